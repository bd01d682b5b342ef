"""What the digits of a NIP say of impossible and implausible numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.model import Bundel, Instansi, Pejabat, Severity, Span, Workspace
from tests.rules.judging import TODAY, findings


def judge(nip: str, today: date = TODAY) -> list[tuple[str, str]]:
    official = Pejabat("camat", "Camat", "Budi Contoh", nip, spans={"": Span("pejabat.yaml")})
    workspace = Workspace(Instansi("Kantor", ("KANTOR",)), {"camat": official}, {}, (), Bundel("Judul"), {})
    return [(finding.code, finding.message) for finding in findings(workspace, "SOP106", "SOP115", today=today)]


@pytest.mark.parametrize(
    ("nip", "code", "says"),
    [
        ("1970010119950110", "SOP106", "18 angka"),
        ("19700230 199501 1 001", "SOP106", "1970-02-30"),
        ("19700101 199513 1 001", "SOP106", "1995-13"),
        ("19700101 199521 1 001", "SOP106", "PPPK"),
        ("19700101 199501 3 001", "SOP106", "jenis kelamin 3"),
        ("19700101 198712 1 001", "SOP115", "sebelum berumur 18 tahun"),
        ("19600101 201901 1 001", "SOP115", "umur 59 tahun"),
        ("20700101 199501 1 001", "SOP115", "sebelum berumur 18 tahun"),
    ],
)
def test_a_number_that_cannot_be(nip: str, code: str, says: str) -> None:
    ((found, message),) = judge(nip)
    assert found == code
    assert says in message


def test_a_start_in_the_future() -> None:
    nip = "19900101 202506 1 001"
    assert judge(nip, date(2025, 6, 1)) == []
    ((code, message),) = judge(nip, date(2025, 5, 31))
    assert code == "SOP115"
    assert "2025-06" in message


def test_implausible_is_a_warning() -> None:
    official = Pejabat("camat", "Camat", "Budi Contoh", "19900101 200001 1 001")
    workspace = Workspace(Instansi("Kantor", ("KANTOR",)), {"camat": official}, {}, (), Bundel("Judul"), {})
    (finding,) = findings(workspace, "SOP106", "SOP115")
    assert finding.severity is Severity.PERINGATAN
    assert finding.span == Span("content/pejabat.yaml")


@given(st.text(alphabet="0123456789 -x²", max_size=30))
def test_any_number_is_judged(nip: str) -> None:
    assert {code for code, _ in judge(nip)} <= {"SOP106", "SOP115"}
