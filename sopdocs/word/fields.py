"""The fields of a Word document: page numbers are welcome, what reads other files or a clock is not."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.word.xml import Element, qn

_KNOWN = frozenset("PAGE NUMPAGES SECTION SECTIONPAGES STYLEREF REF PAGEREF SEQ TOC TITLE".split())
"""ISO/IEC 29500-1, 17.16.5. Others, such as INCLUDETEXT, DDE or DATE, bring in foreign files or today's date."""


def strange_field(tree: Element) -> str | None:
    """Return the name of the first field that a template must not have, None when there is none."""
    for instruction in _instructions(tree):
        name = (instruction.split() or [""])[0].upper()
        if name not in _KNOWN:
            return name or "tanpa nama"
    return None


def _instructions(tree: Element) -> Iterator[str]:
    """Yield what each field says, simple or complex (17.16.18, 17.16.19); complex ones may nest."""
    open_fields: list[str] = []
    for element in tree.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:delInstrText")):
        if element.tag == qn("w:fldSimple"):
            yield str(element.get(qn("w:instr")) or "")
        elif element.tag != qn("w:fldChar"):
            if open_fields:
                open_fields[-1] += element.text or ""
            else:
                yield element.text or ""
        elif element.get(qn("w:fldCharType")) == "begin":
            open_fields.append("")
        elif element.get(qn("w:fldCharType")) == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields
