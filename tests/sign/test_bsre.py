"""BSrE: what it signs begins with what was sent, its refusals are told in words, and no secret is ever shown."""

from __future__ import annotations

import base64
import json
import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from sopdocs.errors import UsageError
from sopdocs.layout import FontData
from sopdocs.pdf import Mark, draw_mark
from sopdocs.sign import Policy, Secret, Terms, Verdict, VisibleMark, sign, verify

from ..pdf.pdf_samples import conformance_failures
from .agency import NIK, PASSPHRASE, PASSWORD, TOTP, USER, Agency, agency, now
from .authority import Authority
from .loopback import Reply
from .material import STATEMENT
from .tampering import annotation, attachment_added, font, overlay, page_content, redirected_kids, title

SECRETS = (NIK, PASSPHRASE, PASSWORD, TOTP)


@pytest.fixture
def bsre(authority: Authority) -> Iterator[Agency]:
    with agency(authority) as running:
        yield running


@pytest.mark.parametrize("version", [1, 2])
def test_it_signs(bsre: Agency, unsigned: bytes, version: int) -> None:
    signed = sign(unsigned, bsre.service(version), now=now(), statement=STATEMENT)
    assert signed.startswith(unsigned)
    policy = Policy(field=None, certification=False, revocation=False)
    report = verify(signed, trusted=[bsre.authority.root], now=now(), policy=policy)
    assert report.verdict is Verdict.PASSED, report.problems
    assert verify(signed, trusted=[bsre.authority.root], now=now()).verdict is Verdict.FAILED  # no certification


def test_a_one_time_password_replaces_the_passphrase(bsre: Agency, unsigned: bytes) -> None:
    sign(unsigned, bsre.service(passphrase=None, totp=Secret(TOTP)), now=now(), statement=STATEMENT)
    asked = json.loads(bsre.requests[-1].body)
    assert asked["totp"] == TOTP
    assert "passphrase" not in asked


def test_the_mark_stands_on_the_page(bsre: Agency, office: bytes, fonts: FontData) -> None:
    picture = draw_mark(Mark("sha256:00", ("Budi Contoh", "BSrE"), 300.0), fonts.regular, fonts.bold)
    mark = VisibleMark(picture, "Tanda tangan elektronik Budi Contoh")
    signed = sign(office, bsre.service(), now=now(), statement=STATEMENT, terms=Terms(mark=mark))
    assert signed.startswith(office)
    sent = base64.b64decode(json.loads(bsre.requests[-1].body)["file"][0])
    assert conformance_failures(sent) == []
    with pikepdf.open(BytesIO(signed)) as pdf:
        figure = pdf.Root.StructTreeRoot.K[0].K[-1]
        assert (figure.S, str(figure.Alt)) == ("/Figure", mark.text)
        assert figure.Pg.objgen == pdf.pages[0].objgen
        elements = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(pdf.pages[0].StructParents)]
        assert elements[int(figure.K)].objgen == figure.objgen
        assert "/TandaPengesahan" in pdf.pages[0].Resources.XObject


def refusal(bsre: Agency, unsigned: bytes, version: int = 2, **changes: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        sign(unsigned, bsre.service(version, **changes), now=now(), statement=STATEMENT)
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    told += f"{caught.value.message} {caught.value.advice}"
    for secret in SECRETS:
        assert secret not in told.replace(f"SECRETS = {SECRETS!r}", "")
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"passphrase": Secret("bukan itu")}, "passphrase"),
        ({"nik": Secret("3171000000000009")}, "tidak terdaftar"),
        ({"password": Secret("bukan itu")}, "pengguna atau kata sandi aplikasi"),
    ],
)
def test_the_documented_errors(
    bsre: Agency, unsigned: bytes, version: int, changes: dict[str, Secret], words: str
) -> None:
    assert words in refusal(bsre, unsigned, version, **changes).message


@pytest.mark.parametrize("status", ["EXPIRED", "REVOKE", "NEW", "", None])
def test_only_an_issued_certificate_signs(bsre: Agency, unsigned: bytes, status: str | None) -> None:
    bsre.status = status
    assert "belum atau tidak lagi dapat dipakai" in refusal(bsre, unsigned).message
    assert len(bsre.requests) == 1


def _reply(record: object, status: int = 200) -> Reply:
    return Reply(json.dumps(record).encode(), status)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (_reply({"status_code": 4044, "error": "File not found"}), "kehilangan berkas"),
        (_reply({"status_code": 9999, "error": f"Gagal untuk {NIK} dan {PASSPHRASE}"}), "Gagal untuk … dan …"),
        (_reply({"error": "x\u001b[31m" + "y" * 500}), "menolak permintaan"),
        (_reply({"message": "sibuk"}, 503), "menolak permintaan (503): sibuk"),
        (Reply(b"<html>Bad Gateway</html>", 502), "HTTP 502"),
        (Reply(b'{"file": ["JVBERi0'), "bukan JSON yang utuh"),
        (Reply(b"[]"), "bukan JSON yang utuh"),
        (Reply(b"%PDF-1.7 setengah", missing=5000), "terpotong"),
        (Reply(status=307, headers={"Location": "http://127.0.0.1:1/"}), "pengalihan ditolak"),
    ],
)
def test_answers_that_are_no_signature(bsre: Agency, unsigned: bytes, version: int, reply: Reply, words: str) -> None:
    bsre.instead = reply
    error = refusal(bsre, unsigned, version)
    assert words in error.message
    assert "\u001b" not in error.message
    assert len(error.message) < 400


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({}, "tepat satu berkas"),
        ({"file": "JVBERi0="}, "tepat satu berkas"),
        ({"file": []}, "tepat satu berkas"),
        ({"file": ["bukan base64!"]}, "bukan base64"),
        ({"file": [base64.b64encode(b"halo").decode()]}, "bukan PDF"),
        ({"file": [base64.b64encode(b"%PDF-1.7 berkas lain").decode()]}, "bukan berkas yang dikirim"),
    ],
)
def test_answers_of_version_2_that_are_no_signature(
    bsre: Agency, unsigned: bytes, record: dict[str, object], words: str
) -> None:
    bsre.instead = _reply(record)
    assert words in refusal(bsre, unsigned).message


def test_two_files_for_one(bsre: Agency, unsigned: bytes) -> None:
    bsre.copies = 2
    assert "tepat satu berkas" in refusal(bsre, unsigned).message


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda signed: signed[:-200], "tidak memuat tepat satu tanda tangan"),
        (lambda signed: b"%PDF-1.4" + signed[8:], "bukan berkas yang dikirim"),
        (lambda signed: signed + b"\n", "tidak memuat tepat satu tanda tangan"),
    ],
    ids=["truncated", "rewritten", "longer"],
)
def test_spoilt_files(bsre: Agency, unsigned: bytes, version: int, spoil: object, words: str) -> None:
    bsre.spoil = spoil
    assert words in refusal(bsre, unsigned, version).message


def _changing(change: Callable[[IncrementalPdfFileWriter], None]) -> Callable[[bytes], bytes]:
    def make(sent: bytes) -> bytes:
        writer, output = IncrementalPdfFileWriter(BytesIO(sent)), BytesIO()
        change(writer)
        writer.write(output)
        return output.getvalue()

    return make


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("change", [page_content, overlay, font, annotation, title, attachment_added, redirected_kids])
def test_a_service_that_changes_what_it_signs(
    bsre: Agency, unsigned: bytes, change: Callable[[IncrementalPdfFileWriter], None], version: int
) -> None:
    """The answer begins with what was sent, and one signature covers all of it."""
    bsre.before = _changing(change)
    assert "mengubah isi dokumen" in refusal(bsre, unsigned, version).message


def test_the_file_itself_comes_back_unsigned(bsre: Agency, unsigned: bytes) -> None:
    bsre.instead = _reply({"file": [base64.b64encode(unsigned).decode()]})
    assert "bukan berkas yang dikirim dengan tambahan" in refusal(bsre, unsigned).message


@pytest.mark.parametrize("version", [1, 2])
def test_a_slow_service(bsre: Agency, unsigned: bytes, version: int) -> None:
    over = threading.Event()
    bsre.instead = Reply(b"%PDF-" + b"0" * 10_000, drip=over)
    assert "tidak selesai menjawab dalam 1 detik" in refusal(bsre, unsigned, version, seconds=1.0).message
    over.set()


def test_nobody_listens(bsre: Agency, unsigned: bytes) -> None:
    bsre.url = "http://127.0.0.1:1"
    assert "tidak dapat dihubungi" in refusal(bsre, unsigned).message


def test_secrets_travel_only_encrypted_beyond_this_machine(bsre: Agency, unsigned: bytes) -> None:
    bsre.url = "http://contoh.invalid"
    assert "https://" in refusal(bsre, unsigned).advice


@pytest.mark.parametrize("version", [1, 2])
def test_no_log_shows_a_secret(
    bsre: Agency, unsigned: bytes, version: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("pyhanko").setLevel(logging.DEBUG)
    sign(unsigned, bsre.service(version), now=now(), statement=STATEMENT)
    refusal(bsre, unsigned, version, passphrase=Secret("bukan itu"))
    told = caplog.text + "".join(capfd.readouterr())
    assert "urllib3" in caplog.text  # the log was on
    pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    assert not [secret for secret in (*SECRETS, pair, "bukan itu") if secret in told]


def test_a_version_that_is_unknown(bsre: Agency, unsigned: bytes) -> None:
    assert "Versi 3" in refusal(bsre, unsigned, 3).message


def test_version_1_has_no_one_time_password(bsre: Agency, unsigned: bytes) -> None:
    assert "memerlukan passphrase" in refusal(bsre, unsigned, 1, passphrase=None, totp=Secret(TOTP)).message
