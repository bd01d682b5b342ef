"""Several offices in one workspace, on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.cli.offices import told_once
from sopdocs.cli.places import content_inputs, logo_of, templates_of
from sopdocs.content import read_workspace
from sopdocs.engine import read_manifest
from sopdocs.engine.ingredients import sheet_sources
from sopdocs.model import Finding, Place, Severity, Span
from sopdocs.office import LibreOffice
from sopdocs.pdf import page_texts, read_bundle

from ..content.offices import OFFICES, edit, make_offices, office
from ..sign.authority import running

WORD = "sandi-contoh"
TEMPLATE = Path("templates/sampul.docx")


def call(root: Path, *arguments: str) -> int:
    return run(["-C", str(root), *arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_offices(tmp_path / "w")


def describe_content(root: Path) -> None:
    """Make content/ an office of its own, too."""
    for name in ("instansi", "pejabat"):
        shutil.copy(root / f"instansi/kec-angin/{name}.yaml", root / "content")


def test_check_looks_at_every_office(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "check") == 0
    assert capsys.readouterr().out == "Tidak ada temuan.\n"
    (root / "instansi/kec-batu/pejabat.yaml").unlink()
    (root / "instansi/Kec Dua").mkdir()
    assert call(root, "check", "--select", "SOP0") == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert lines[0].startswith("content/sop/surat-keluar.md:6:11: galat SOP030 Pejabat pengesah “camat” tidak ada di ")
    assert "[pada kec-batu]" in lines[0]
    assert [line.split(":")[0] for line in lines[1:4]] == [
        "content/sop/surat-masuk.md",
        "instansi/Kec Dua",
        "instansi/kec-batu/pejabat.yaml",
    ]


def test_what_all_offices_have_is_told_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "surat-keluar", "- Waktu: 5 menit", "- Waktu: sebentar")
    assert call(root, "check", "--format", "json") == 1
    found = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["code"] == "SOP048"]
    assert len(found) == len({f["line"] for f in found}) == 3
    assert not any("[pada" in f["message"] for f in found)


def test_check_looks_at_one_office(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "instansi/kec-batu/pejabat.yaml").unlink()
    assert call(root, "check", "--instansi", "kec-angin,kec-cemara") == 0
    assert call(root, "check", "--instansi", "kec-batu") == 1
    assert "[pada" not in capsys.readouterr().out


def test_a_finding_names_its_offices_as_far_as_it_can() -> None:
    places = [Place(Path(), f"kec-{number}") for number in range(6)]
    finding = Finding(Span("content/sop/a.md"), "SOP030", "Salah")
    own = Finding(Span("instansi/kec-0/pejabat.yaml"), "SOP001", "Tidak ada")

    def told(count: int) -> list[str]:
        found = {place: (finding, own) if number < count else () for number, place in enumerate(places)}
        return [each.message for each in told_once(found)]

    assert told(2) == ["Salah [pada kec-0, kec-1]", "Tidak ada"]
    assert told(5) == ["Salah [pada 5 dari 6 instansi: kec-0, kec-1, kec-2, …]", "Tidak ada"]
    assert told(6) == ["Salah", "Tidak ada"]
    mild = Finding(finding.span, finding.code, finding.message, severity=Severity.CATATAN)
    both = told_once({places[0]: (finding,), places[1]: (mild,)})
    assert [each.message for each in both] == ["Salah [pada kec-0]", "Salah [pada kec-1]"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "--instansi", "kec-batuu"), "maksud Anda “kec-batu”?"),
        (("check", "--instansi", "kabupaten"), "kec-angin, kec-batu, kec-cemara"),
        (("check", "--instansi", ""), "kec-angin, kec-batu, kec-cemara"),
        (("check", "--instansi", "../content"), "kec-angin, kec-batu, kec-cemara"),
        (("build",), "--instansi all"),
        (("build", "--instansi", "kec-batu,lain"), "Instansi “lain” tidak ada"),
        (("sign",), "--instansi all"),
        (("sign", "--instansi", "all"), "satu instansi"),
        (("layout", "surat-masuk"), "kec-angin, kec-batu, kec-cemara"),
        (("layout", "surat-masuk", "--instansi", "all"), "satu instansi"),
        (("report", "waktu"), "kec-angin, kec-batu, kec-cemara"),
        (("new", "Surat Tugas"), "kec-angin, kec-batu, kec-cemara"),
    ],
)
def test_an_office_must_be_named_and_known(
    arguments: tuple[str, ...], words: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, *arguments) == 2
    assert words in capsys.readouterr().err
    assert not (root / "build/bundel.pdf").exists()


def test_a_workspace_of_one_office_has_no_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_offices(tmp_path / "w")
    describe_content(root)
    shutil.rmtree(root / "instansi")
    assert call(root, "check", "--instansi", "all") == 2
    assert "instansi/" in capsys.readouterr().err
    (root / "instansi").write_text("x", encoding="utf-8")
    assert call(root, "check") == 1
    assert "instansi:1:1: galat SOP002" in capsys.readouterr().out


def test_layout_shows_the_lanes_of_the_office(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "layout", "surat-masuk", "--instansi", "kec-batu") == 0
    assert "Seksi" in capsys.readouterr().out
    assert call(root, "layout", "surat-masuk", "--instansi", "kec-angin") == 0
    assert "Seksi" not in capsys.readouterr().out


def test_report_counts_the_sops_of_the_office(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "report", "waktu", "--instansi", "kec-cemara", "--format", "json") == 0
    slugs = [each["slug"] for each in json.loads(capsys.readouterr().out)["sop"]]
    assert slugs == ["surat-keluar", "surat-masuk", "surat-undangan"]


def test_new_writes_into_the_office(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "new", "Surat Tugas", "--instansi", "kec-angin") == 0
    assert (root / "instansi/kec-angin/sop/surat-tugas.md").is_file()
    assert "sopdocs check --instansi kec-angin" in capsys.readouterr().out
    assert call(root, "check", "--instansi", "kec-angin") == 0


def test_format_takes_every_file_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = ["content/sop/surat-keluar.md", "content/sop/surat-masuk.md"]
    own = [f"instansi/kec-cemara/sop/{slug}.md" for slug in ("surat-masuk", "surat-undangan")]
    for path in (*paths, *own):
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(text.replace("\n\n## Peringatan", "\n\n\n## Peringatan"), encoding="utf-8")
    assert call(root, "format", "surat-undangan") == 0
    assert capsys.readouterr().out.splitlines()[0] == f"dirapikan: {own[1]}"
    assert call(root, "format", "--check", "--instansi", "kec-cemara") == 1
    assert capsys.readouterr().out.splitlines()[:-1] == [f"perlu dirapikan: {path}" for path in (paths[0], own[0])]
    assert call(root, "format") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[:-1] == [f"dirapikan: {path}" for path in (*paths, own[0])]
    assert call(root, "check") == 0


def test_a_shared_file_is_mended_only_where_no_office_is_worse_off(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(root, "surat-masuk", "## Peringatan", "## Peringatann")
    assert call(root, "check", "--fix") == 0
    assert "diperbaiki content/sop/surat-masuk.md" in capsys.readouterr().out
    own = root / "instansi/kec-cemara/sop/surat-undangan.md"
    own.write_text(own.read_text(encoding="utf-8").replace("## Peringatan", "## Peringatann"), encoding="utf-8")
    assert call(root, "check", "--fix", "--instansi", "kec-cemara") == 0
    assert "diperbaiki instansi/kec-cemara/sop/surat-undangan.md" in capsys.readouterr().out


def test_a_secret_in_an_offices_settings_is_not_shown(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office(root, "kec-angin", {"segel.yaml": "sandi: sangat-rahasia-contoh\n"})
    assert call(root, "check") == 1
    out = capsys.readouterr().out
    assert "SOP016" in out
    assert "sangat-rahasia" not in out


def test_only_what_counts_for_the_office_is_an_input(root: Path) -> None:
    (root / "content/logo.png").write_bytes(b"bersama")
    (root / "instansi/kec-batu/logo.png").write_bytes(b"sendiri")
    (root / "instansi/kec-batu/persetujuan").mkdir()
    (root / "instansi/kec-batu/persetujuan/surat-masuk.pdf").write_bytes(b"pdf")
    (root / "content/persetujuan").mkdir()
    (root / "content/persetujuan/surat-masuk.pdf").write_bytes(b"pdf")
    (root / "content/bundel.yaml").write_text("judul: Bersama\n", encoding="utf-8")
    office(root, "kec-batu", {"bundel.yaml": "judul: Sendiri\n"})
    home = "instansi/kec-batu"
    assert set(content_inputs(Place(root, "kec-batu"))) == {
        "content/pelaksana.yaml",
        f"{home}/pelaksana.yaml",
        *(f"{home}/{name}" for name in ("instansi.yaml", "pejabat.yaml", "bundel.yaml", "logo.png")),
        f"{home}/persetujuan/surat-masuk.pdf",
        "content/sop/surat-keluar.md",
        "content/sop/surat-masuk.md",
    }
    assert not any(path.startswith("instansi") for path in content_inputs(Place(root)))


def test_templates_and_logo_are_the_offices_own_before_the_shared_ones(root: Path, repository: Path) -> None:
    for folder in (root / "templates", root / "instansi/kec-batu/templates"):
        folder.mkdir()
        shutil.copy(repository / TEMPLATE, folder)
    (root / "templates/sop.docx").write_bytes(b"bersama")
    (root / "instansi/kec-batu/templates/sop.docx").write_bytes(b"sendiri")
    found = {slug: templates_of(Place(root, slug)).sop for slug in OFFICES}
    assert [each.data for each in found.values()] == [b"bersama", b"sendiri", b"bersama"]
    assert {each.name for each in found.values()} == {"templates/sop.docx"}
    (root / "content/logo.png").write_bytes(b"bersama")
    (root / "instansi/kec-batu/logo.png").write_bytes(b"sendiri")
    logos: list[bytes | None] = []
    for slug in OFFICES:
        path = root / "instansi" / slug / "instansi.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("logo: null", "logo: logo.png"), encoding="utf-8")
        workspace = read_workspace(root, office=slug).workspace
        assert workspace is not None
        logos.append(logo_of(Place(root, slug), workspace.instansi))
    assert logos == [b"bersama", b"sendiri", b"bersama"]


def test_where_a_file_lies_does_not_change_what_a_sheet_is_made_of(root: Path) -> None:
    """The same values from content/ and from the office's folder."""

    def key(slug: str | None) -> str:
        workspace, place = read_workspace(root, office=slug).workspace, Place(root, slug)
        assert workspace is not None
        return sheet_sources(workspace.sop["surat-masuk"], workspace, place.named(content_inputs(place)), konsep=False)

    before = key("kec-angin")
    own = root / "instansi/kec-angin/sop"
    own.mkdir()
    shutil.copy(root / "content/sop/surat-masuk.md", own)
    assert key("kec-angin") == before
    describe_content(root)
    assert key(None) == before
    assert key("kec-batu") != before


@pytest.fixture(scope="module")
def built(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of three offices built with their sources; the third lacks its letterhead. Not to be changed."""
    root = make_offices(tmp_path_factory.mktemp("instansi") / "w")
    (root / "instansi/kec-angin/instansi.yaml").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))
        assert call(root, "build", "--instansi", "all", "--sertakan-sumber") == 1
    return root


def test_each_office_gets_its_bundle_and_one_that_fails_stops_no_other(built: Path) -> None:
    assert sorted(path.name for path in (built / "build/instansi").iterdir()) == ["kec-batu", "kec-cemara"]
    texts = {
        slug: "\n".join(page_texts((built / f"build/instansi/{slug}/bundel-ttd.pdf").read_bytes()))
        for slug in OFFICES[1:]
    }
    assert "Budi Batu Contoh" in texts["kec-batu"]
    assert "Surat Undangan" not in texts["kec-batu"]
    assert "Surat Undangan" in texts["kec-cemara"]
    assert "Budi Batu" not in texts["kec-cemara"]
    inputs = read_manifest(built / "build/instansi/kec-batu").inputs
    assert "instansi/kec-batu/pelaksana.yaml" in inputs
    assert "content/sop/surat-masuk.md" in inputs
    assert not any("cemara" in path for path in inputs)


def test_a_second_run_makes_nothing_and_other_offices_are_left_alone(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(shutil.copytree(built, tmp_path / "salinan"))
    before = (root / "build/instansi/kec-batu/bundel-ttd.pdf").read_bytes()
    assert call(root, "build", "--instansi", "kec-batu", "--sertakan-sumber", "--explain") == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[0] == "Instansi kec-batu"
    assert {line.split()[0] for line in captured.err.splitlines() if "build/" in line} == {"tetap"}
    assert (root / "build/instansi/kec-batu/bundel-ttd.pdf").read_bytes() == before
    capsys.readouterr()
    assert call(root, "check", "--instansi", "kec-batu,kec-cemara") == 0
    assert "SOP863" not in capsys.readouterr().out


def test_a_bundle_carries_the_files_of_its_office_and_is_built_again_from_them(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = built / "build/instansi/kec-cemara/bundel-ttd.pdf"
    names = {each.name for each in read_bundle(bundle.read_bytes()).attachments}
    assert "instansi/kec-cemara/sop/surat-masuk.md" in names
    assert "content/sop/surat-keluar.md" in names
    assert not names & {"content/sop/surat-masuk.md"}
    assert not any("kec-batu" in name for name in names)
    assert run(["reproduce", str(bundle)]) == 0
    assert run(["reproduce", str(bundle), "--sumber", str(built)]) == 0
    assert run(["reproduce", str(bundle), "--sumber", str(built), "--instansi", "kec-batu"]) == 1
    assert run(["reproduce", str(bundle), "--sumber", str(built), "--instansi", "kec-tidak"]) == 2


@pytest.fixture
def certified(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy in which the official of kec-batu has a certificate, its issuer at hand."""
    root = Path(shutil.copytree(built, tmp_path / "salinan"))
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    office(root, "kec-batu", {"segel.yaml": "kunci: pkcs12\npkcs12: kunci.p12\n"})
    register = root / "instansi/kec-batu/pejabat.yaml"
    register.write_text(register.read_text(encoding="utf-8").replace("Budi Batu", "Budi"), encoding="utf-8")
    (tmp_path / "otoritas").mkdir()
    with running(tmp_path / "otoritas", datetime.now(tz=UTC)) as authority:
        (root / "kunci.p12").write_bytes(authority.pkcs12("pejabat", WORD.encode()))
        yield root


def test_what_a_certificate_signed_is_kept_in_the_offices_folder(
    certified: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = certified
    assert call(root, "build", "--instansi", "kec-batu", "--sertakan-sumber") == 0
    assert call(root, "sign", "surat-masuk", "--instansi", "kec-batu") == 0
    assert (root / "instansi/kec-batu/persetujuan/surat-masuk.pdf").is_file()
    assert not (root / "content/persetujuan").exists()
    assert call(root, "build", "--instansi", "kec-batu", "--sertakan-sumber") == 0
    bundle = root / "build/instansi/kec-batu/bundel.pdf"
    names = [each.name for each in read_bundle(bundle.read_bytes()).attachments]
    assert "instansi/kec-batu/persetujuan/surat-masuk.pdf" in names
    assert run(["reproduce", str(bundle)]) == 0
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)  # taken out when it is read
    assert call(root, "sign", "--instansi", "kec-batu") == 0
    kept = {path.name.rpartition("-")[0] for path in (root / "instansi/kec-batu/arsip").glob("*.pdf")}
    assert kept == {"bundel-ttd", "surat-masuk"}
    assert not (root / "arsip").exists()
