"""Elements as they are written: what goes in comes out, and prefixes stay declared wherever they are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sopdocs.word.xml import NS, choice, el, elements, parse_strictly, qn, serialise

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t\n\r&<>\"'{}\ue000😀"), max_size=30
)


@given(WORDS, WORDS)
def test_text_and_attributes_survive(text: str, said: str) -> None:
    (made,) = elements([el("w:p", el("w:t", text, w_val=said), text)])
    again = parse_strictly(serialise(made))
    found = again.find(qn("w:t"))
    assert found is not None
    assert ((found.text or ""), found.get(qn("w:val")), (found.tail or "")) == (text, said, text)


def test_numbers_and_names_without_prefix() -> None:
    (made,) = elements([el("a:off", x=0, y=-635)])
    assert dict(made.attrib) == {"x": "0", "y": "-635"}
    assert made.tag == qn("a:off")


def test_a_choice_declares_the_prefix_that_it_requires() -> None:
    (made,) = elements([el("w:r", choice(el("wps:wsp"), requires="wps"))])
    body = etree.Element(qn("w:body"), nsmap={"w": NS["w"]})
    body.append(made)
    written = serialise(body).decode()
    assert f'<mc:Choice xmlns:wps="{NS["wps"]}" Requires="wps">' in written
    assert parse_strictly(written.encode()).find(f".//{qn('wps:wsp')}") is not None


def test_what_xml_has_not_is_refused() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        elements([el("w:t", "\x01")])
