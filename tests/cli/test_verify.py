"""`sopdocs verify` with a manifest, as a page, and repeated with other tools."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from sopdocs.cli import run
from sopdocs.cli.verdict_page import page
from sopdocs.layout import FontData
from sopdocs.sign import Policy, examine

from ..sign.authority import Authority, running
from ..sign.material import tool
from ..sign.sealing import sealed as seal
from ..sign.tampering import page_content
from .sealed_bundle import SOURCE, SealedBundle, make


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("otoritas"), datetime.now(tz=UTC)) as authority:
        yield authority


@pytest.fixture(scope="module")
def sealed(authority: Authority, fonts: FontData, tmp_path_factory: pytest.TempPathFactory) -> SealedBundle:
    return make(tmp_path_factory.mktemp("bundel"), authority, fonts.regular)


@pytest.fixture(autouse=True)
def _stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever verifies has no development key."""
    monkeypatch.setenv("SOPDOCS_KEYS", str(tmp_path / "kosong"))


def verify(sealed: SealedBundle, *options: str, file: Path | None = None) -> int:
    return run(["verify", "--trust", str(sealed.trust), *options, str(file or sealed.pdf)])


def test_everything_agrees(sealed: SealedBundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(sealed, "--expect", str(sealed.manifest)) == 0
    text = capsys.readouterr().out
    for words in (
        "LOLOS (TOTAL-PASSED)",
        "menurut penanda waktu Penanda Waktu Uji",
        "PDF/A-3b: sesuai",
        "PDF/UA-1: sesuai",
        "halaman 3–4         SOP Uji Tanda Tangan",
        f"lampiran {SOURCE}",
        "Mengulang dengan alat lain:",
    ):
        assert words in text
    assert re.search(r"^  Manifest: +lolos", text, re.MULTILINE)


def test_online(sealed: SealedBundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(sealed, "--online") == 0
    assert "menurut layanan penerbit yang ditanya" in capsys.readouterr().out


def test_without_trust_nothing_is_certain(sealed: SealedBundle) -> None:
    assert run(["verify", str(sealed.pdf)]) == 5


def test_as_json(sealed: SealedBundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(sealed, "--format", "json", "--expect", str(sealed.manifest)) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["verdict"], record["level"], record["revocation"]) == ("TOTAL-PASSED", "B-LT", "stored")
    assert [part["key"] for part in record["contents"]["parts"]] == [
        "bagian/sampul",
        "sop/surat-masuk",
        "sop/surat-keluar",
    ]
    assert record["stamp"]["trusted"] is True
    assert [each["subject"] for each in record["chain"]][-1] == "Akar Uji"
    assert record["differences"] == []
    assert len(record["commands"]) == 9


# The manifest


def changed(sealed: SealedBundle, folder: Path, change: Callable[[dict[str, Any]], None]) -> str:
    record = json.loads(sealed.manifest.read_text(encoding="utf-8"))
    change(record)
    path = folder / "manifest.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    return str(path)


def other_bundle(record: dict[str, Any]) -> None:
    record["outputs"]["bundel.pdf"]["sha256"] = "0" * 64
    record["sop"][1]["nomor"] = "SOP/99"


def other_attachment(record: dict[str, Any]) -> None:
    record["bundel"]["lampiran"][0]["sha256"] = "0" * 64


@pytest.mark.parametrize(
    ("change", "words"),
    [(other_bundle, "Nomor SOP “SOP/99” tidak tercetak di halaman 5"), (other_attachment, "Isi lampiran ini lain")],
)
def test_another_file_than_expected_fails(
    sealed: SealedBundle, change: Callable[..., None], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(sealed, "--expect", changed(sealed, tmp_path, change)) == 6
    text = capsys.readouterr().out
    assert words in text
    assert "TIDAK tersertifikasi" in text


def test_a_bundle_changed_after_its_end_and_sealed_by_somebody(
    sealed: SealedBundle, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It begins with the expected bytes, and the seal of a trusted certificate covers all of it."""
    size = json.loads(sealed.manifest.read_text(encoding="utf-8"))["outputs"]["bundel.pdf"]["size"]
    writer, output = IncrementalPdfFileWriter(BytesIO(sealed.pdf.read_bytes()[:size])), BytesIO()
    page_content(writer)
    writer.write(output)
    file = tmp_path / "bundel-ttd.pdf"
    file.write_bytes(seal(output.getvalue(), authority))
    assert verify(sealed, file=file) == 0
    assert verify(sealed, "--expect", str(sealed.manifest), file=file) == 6
    assert "tambahan sesudahnya bukan hanya segel" in capsys.readouterr().out


def drop(*path: str) -> Callable[[dict[str, Any]], None]:
    def change(record: dict[str, Any]) -> None:
        *above, last = path
        for key in above:
            record = record[key]
        del record[last]

    return change


def put(value: object, *path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(record: Any) -> None:
        *above, last = path
        for key in above:
            record = record[key]
        record[last] = value

    return change


def twice(record: dict[str, Any]) -> None:
    record["bundel"]["bagian"] *= 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (drop("bundel"), "bundel tidak ada"),
        (drop("outputs", "bundel.pdf"), "outputs.bundel.pdf tidak ada"),
        (put("sopdocs-manifest/99", "format"), "format harus sopdocs-manifest/1"),
        (put("x", "outputs", "bundel.pdf", "sha256"), "outputs.bundel.pdf.sha256 harus berupa SHA-256"),
        (put(0, "bundel", "halaman"), "bundel.halaman harus berupa bilangan bulat"),
        (put(True, "bundel", "halaman"), "bundel.halaman harus berupa bilangan bulat"),
        (put("1", "bundel", "bagian", 0, "jumlah"), "bundel.bagian[0].jumlah harus berupa bilangan bulat"),
        (put({}, "bundel", "lampiran"), "bundel.lampiran harus berupa daftar"),
        (put([], "bundel"), "bundel harus berupa objek"),
        (put("", "sop", 0, "nama"), "sop[0].nama harus berupa teks"),
        (twice, "kunci yang sama dua kali"),
    ],
)
def test_a_bad_manifest(
    sealed: SealedBundle, change: Callable[..., None], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(sealed, "--expect", changed(sealed, tmp_path, change)) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'{"format": 1, "format": 2}', b"[" * 100_000])
def test_what_is_no_manifest(
    sealed: SealedBundle, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(data)
    assert verify(sealed, "--expect", str(path)) == 2
    assert "bukan manifest bundel yang utuh" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--expect", "--trust"])
def test_what_is_not_there(sealed: SealedBundle, option: str, tmp_path: Path) -> None:
    assert run(["verify", option, str(tmp_path / "tidak-ada"), str(sealed.pdf)]) == 2


def test_a_trust_folder_without_certificates(
    sealed: SealedBundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", "--trust", str(tmp_path), str(sealed.pdf)]) == 2
    assert "tidak memuat sertifikat" in capsys.readouterr().err


# The page


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_one_file_that_asks_for_nothing(sealed: SealedBundle, tmp_path: Path) -> None:
    target = tmp_path / "hasil.html"
    options = ("--expect", str(sealed.manifest), "--format", "html", "--output", str(target))
    assert verify(sealed, *options) == 0
    text = target.read_text(encoding="utf-8")
    found = Page(text)
    assert found.open == []
    assert not {"script", "img", "link", "iframe", "object", "a", "form"} & set(found.tags)
    names = {name for name, _ in found.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("src", "href", "style")}
    assert "url(" not in text
    assert "@import" not in text
    assert "prefers-color-scheme: dark" in text
    assert '<html lang="id">' in text
    for words in (">LOLOS<", "Apa yang harus dilakukan", "SOP Uji Kedua", SOURCE, "Tidak ada perbedaan", "pdfsig"):
        assert words in text


def test_the_page_of_a_changed_file(sealed: SealedBundle, tmp_path: Path) -> None:
    data = bytearray(sealed.pdf.read_bytes())
    data[len(data) // 3] ^= 1
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(data)
    target = tmp_path / "hasil.html"
    assert verify(sealed, "--format", "html", "--output", str(target), file=broken) == 6
    text = target.read_text(encoding="utf-8")
    for words in (">TIDAK LOLOS<", "Jangan pakai berkas ini", "telah berubah", "tidak diperiksa", "tidak terjamin"):
        assert words in text


def test_what_is_no_pdf_has_a_page_too(sealed: SealedBundle, tmp_path: Path) -> None:
    junk = tmp_path / "x.pdf"
    junk.write_bytes(b"bukan")
    assert verify(sealed, "--format", "html", "--output", str(tmp_path / "x.html"), file=junk) == 6
    assert "Berkas ini bukan PDF." in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_what_comes_from_the_file_cannot_become_part_of_the_page(sealed: SealedBundle) -> None:
    report = examine(sealed.pdf.read_bytes(), trusted=[], now=datetime.now(tz=UTC), policy=Policy())
    text = page("<script>alert(1)</script>\u202efdp.exe", report)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text


def test_a_report_that_cannot_be_written(sealed: SealedBundle, capsys: pytest.CaptureFixture[str]) -> None:
    target = sealed.pdf / "hasil.html"
    assert verify(sealed, "--format", "html", "--output", str(target)) == 2
    assert "tidak dapat ditulis" in capsys.readouterr().err


# Other tools


def test_the_commands_of_the_report_work(
    sealed: SealedBundle, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("sha256sum", "qpdf", "pdfsig", "openssl", "basenc"):
        tool(name)
    name = "bundel 'kantor' $HOME.pdf"
    (tmp_path / name).write_bytes(sealed.pdf.read_bytes())
    pem = x509.load_der_x509_certificate(authority.root).public_bytes(Encoding.PEM)
    (tmp_path / "akar.pem").write_bytes(pem)
    assert verify(sealed, "--format", "json", file=tmp_path / name) == 0
    record = json.loads(capsys.readouterr().out)
    printed = ""
    for command in record["commands"]:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command["line"]], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, (command, done.stderr)
        printed += done.stdout
    for words in (
        record["sha256"],
        "Signature is Valid",
        "Total document signed",
        SOURCE,
        record["contents"]["attachments"][0]["sha256"],
    ):
        assert words in printed
