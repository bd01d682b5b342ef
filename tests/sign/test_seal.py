"""Checks on bytes: what is sealed, and how the value is written."""

from __future__ import annotations

import pytest

from sopdocs.sign.report import Verdict
from sopdocs.sign.seal import der_length, revision_end, seal_problems

CMS = bytes.fromhex("3003020105")


def sealed(
    contents: bytes = CMS + bytes(3), *, tail: bytes = b" rest\n%%EOF\n", upper: bool = True
) -> tuple[bytes, list[int]]:
    text = contents.hex().upper() if upper else contents.hex()
    head = b"%PDF-1.7 head "
    gap = b"<" + text.encode() + b">"
    return head + gap + tail, [0, len(head), len(head) + len(gap), len(tail)]


@pytest.mark.parametrize("tail", [b"x%%EOF", b"x%%EOF\n", b"x%%EOF\r", b"x%%EOF\r\n"])
@pytest.mark.parametrize("upper", [True, False])
def test_a_sealed_file_has_no_problem(tail: bytes, upper: bool) -> None:
    pdf, byte_range = sealed(tail=tail, upper=upper)
    assert seal_problems(pdf, byte_range, CMS + bytes(3)) == []
    assert revision_end(pdf, byte_range) == len(pdf)


def sentences(pdf: bytes, byte_range: list[int], contents: bytes) -> str:
    problems = seal_problems(pdf, byte_range, contents)
    assert {problem.verdict for problem in problems} == {Verdict.FAILED}
    return " ".join(problem.sentence for problem in problems)


def test_bytes_after_the_signed_part() -> None:
    pdf, byte_range = sealed()
    assert "1 bita" in sentences(pdf + b"\n", byte_range, CMS + bytes(3))
    assert revision_end(pdf + b"\n", byte_range) == len(pdf)


def test_bytes_after_the_end_marker_even_when_signed() -> None:
    pdf, byte_range = sealed(tail=b"x\n%%EOF\nmore")
    assert "%%EOF" in sentences(pdf, byte_range, CMS + bytes(3))


def test_two_line_ends_after_the_end_marker() -> None:
    pdf, byte_range = sealed(tail=b"x\n%%EOF\n\n")
    assert "%%EOF" in sentences(pdf, byte_range, CMS + bytes(3))


@pytest.mark.parametrize(
    "change",
    [
        lambda r: [1, *r[1:]],
        lambda r: [0, r[1] + 2, r[2], r[3]],
        lambda r: [0, r[1], r[2] - 2, r[3] + 2],
        lambda r: [0, r[1], r[2], r[3] + 1],
        lambda r: [0, r[1], r[1], r[3]],
        lambda r: [0, -1, r[2], r[3]],
        lambda r: [*r, 0, 0],
        lambda r: [],
    ],
    ids=["start", "late", "early", "beyond", "no gap", "negative", "six", "none"],
)
def test_a_strange_byte_range(change: object) -> None:
    pdf, byte_range = sealed()
    assert callable(change)
    assert sentences(pdf, change(byte_range), CMS + bytes(3))


def test_padding_must_be_zero() -> None:
    contents = CMS + b"\0\x01\0"
    pdf, byte_range = sealed(contents)
    assert "tidak kosong" in sentences(pdf, byte_range, contents)


def test_one_letter_case() -> None:
    contents = bytes.fromhex("3003020aab") + bytes(2)
    pdf, byte_range = sealed(contents)
    assert sentences(pdf.replace(b"0AAB", b"0aAB"), byte_range, contents)


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("30", 0), ("3000", 2), ("307f", 129), ("308180", 131), ("30820102", 262), ("3080", 0), ("308201", 0)],
)
def test_length_of_a_der_value(text: str, length: int) -> None:
    assert der_length(bytes.fromhex(text)) == length
