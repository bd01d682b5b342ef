"""Fields of a template: page numbers pass, what brings in something foreign is named."""

from __future__ import annotations

import pytest
from lxml import etree

from sopdocs.word.fields import strange_field

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def complex_field(*texts: str, inner: str = "") -> str:
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    return char("begin") + runs + inner + char("end")


def found(body: str) -> str | None:
    return strange_field(etree.fromstring(f"<w:p {W}>{body}</w:p>"))


@pytest.mark.parametrize("instruction", [" PAGE ", "NUMPAGES \\* Arabic", " page", "STYLEREF 1"])
def test_page_numbers_pass(instruction: str) -> None:
    assert found(f'<w:fldSimple w:instr="{instruction}"/>') is None
    assert found(complex_field(instruction)) is None


@pytest.mark.parametrize(
    "name", ["INCLUDETEXT", "INCLUDEPICTURE", "DDE", "DDEAUTO", "DATE", "LINK", "HYPERLINK", "Import"]
)
def test_what_reads_elsewhere_is_named(name: str) -> None:
    assert found(f'<w:fldSimple w:instr=" {name} x"/>') == name.upper()
    assert found(complex_field(" ", name[:3], name[3:], " x")) == name.upper()


def test_a_field_within_a_field_is_seen() -> None:
    assert found(complex_field("PAGE ", inner=complex_field("INCLUDETEXT /etc/passwd"))) == "INCLUDETEXT"


@pytest.mark.parametrize(
    "body", ["<w:r><w:instrText>DDE x</w:instrText></w:r>", char("begin") + "<w:r><w:instrText>DDE</w:instrText></w:r>"]
)
def test_a_broken_field_counts_as_well(body: str) -> None:
    assert found(body) == "DDE"


def test_a_field_that_says_nothing_is_strange() -> None:
    assert found('<w:fldSimple w:instr=" "/>') == "tanpa nama"
