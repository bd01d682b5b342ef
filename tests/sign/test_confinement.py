"""Files that take all time, all memory, or the process with them get a verdict like any other."""

from __future__ import annotations

import dataclasses

import pytest

from sopdocs.errors import UsageError
from sopdocs.sign import Policy, Verdict, examine
from sopdocs.sign.confinement import Case, Limits, examine_confined

from .agency import now
from .authority import Authority
from .sealing import sealed

CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
PAGES = (b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")


def plain_pdf(catalog: bytes, *more: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, item in enumerate((CATALOG % catalog, *PAGES, *more), start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return (
        bytes(out) + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def doubling_fields() -> bytes:
    """Forty levels of fields, each with the next one twice."""
    levels = [b"<< /T (a) /Kids [%d 0 R %d 0 R] >>" % (number, number) for number in range(5, 45)]
    return plain_pdf(b"/AcroForm << /Fields [4 0 R] >>", *levels, b"<< /FT /Sig /T (b) >>")


def endless_numbers() -> bytes:
    """A cross-reference stream of nothing that says it has two thousand million entries."""
    entries = b"/Type /XRef /Size 3 /W [0 0 0] /Index [0 2000000000] /Root 1 0 R /Length 0"
    return b"%%PDF-1.7\n1 0 obj\n<< %s >>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n" % entries


def long_outline() -> bytes:
    """Bookmarks one after the other, more than a validator's stack can take."""
    items = [b"<< /Title (a) /Next %d 0 R >>" % number for number in range(6, 60_006)]
    return plain_pdf(b"/Outlines 4 0 R", b"<< /First 5 0 R >>", *items, b"<< /Title (a) >>")


@pytest.mark.parametrize("make", [doubling_fields, endless_numbers, long_outline])
def test_a_file_that_exhausts_or_kills(make: object) -> None:
    assert callable(make)
    case = Case(make(), [], now(), Policy())
    report = examine_confined(case, Limits(seconds=6, memory=2 * 1024**3))
    assert report.verdict is not Verdict.PASSED
    assert report.problems


def test_a_file_in_order_gets_the_same_report(unsigned: bytes, authority: Authority) -> None:
    case = Case(sealed(unsigned, authority), [authority.root], now(), Policy())
    report = examine_confined(case)
    assert report.verdict is Verdict.PASSED
    expected = examine(case.pdf, trusted=case.trusted, now=case.now, policy=case.policy)
    assert dataclasses.asdict(report) == dataclasses.asdict(expected)


def test_an_unreadable_certificate_is_told_as_ever(unsigned: bytes) -> None:
    with pytest.raises(UsageError, match="tidak dapat dibaca"):
        examine_confined(Case(unsigned, [b"bukan"], now(), Policy()))
