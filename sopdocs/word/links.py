"""Links from one part of the bundle to another: `../<key>.pdf`, seen from the folder of the part they stand in.

A context can only put markup into its place; the relationship that a hyperlink needs (ISO/IEC 29500-1, 17.16.22)
belongs to the package. So the markup names the key as anchor, and `weave_links` makes relationships of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from docxtpl import RichText as WordText

from sopdocs.model import Run
from sopdocs.word.package import HYPERLINK
from sopdocs.word.template import guard
from sopdocs.word.xml import Element, Xml, el, elements, parse_strictly, qn, serialise

_ANCHOR = "sopdocs:"
LINK_STYLE = "Tautan"
"""Character style without a look: a link without any gets a style of LibreOffice's, which then prints no link."""
_STYLES = "word/styles.xml"


def word_text(runs: tuple[Run, ...]) -> Any:
    """Runs as docxtpl inserts them with `{{r … }}`; one that names an SOP leads to its sheet."""
    text = cast(Any, WordText())
    for run in runs:
        style = {"style": LINK_STYLE} if run.link else {}
        piece = cast(Any, WordText(guard(run.text), bold=run.bold, italic=run.italic, **style))
        text.xml += _linked(f"sop/{run.link}", piece.xml) if run.link else piece.xml
    return text


def link_text(words: str, key: str) -> Any:
    """Words that lead to the part `key`; plain ones when it is empty."""
    if not key:
        return word_text((Run(words),))
    text = cast(Any, WordText(guard(words), style=LINK_STYLE))
    text.xml = _linked(key, text.xml)
    return text


def link_element(key: str, runs: list[Xml]) -> Xml:
    """Runs, all of the style `LINK_STYLE`, that lead to the part `key`."""
    return el("w:hyperlink", *runs, w_anchor=f"{_ANCHOR}{key}")


def _linked(key: str, xml: str) -> str:
    return f'<w:hyperlink w:anchor="{_ANCHOR}{key}">{xml}</w:hyperlink>'


def weave_links(parts: dict[str, bytes], trees: Mapping[str, Element]) -> None:
    """Give the links in `trees` (part name -> content) their relationships; changes both in place."""
    woven = False
    for name, tree in trees.items():
        ids: dict[str, str] = {}
        for link in tree.iter(qn("w:hyperlink")):
            anchor = link.get(qn("w:anchor"), "")
            if anchor.startswith(_ANCHOR):
                del link.attrib[qn("w:anchor")]
                link.set(qn("r:id"), ids.setdefault(anchor.removeprefix(_ANCHOR), f"tautan{len(ids) + 1}"))
        if ids:
            folder, _, file = name.rpartition("/")
            _relate(parts, f"{folder}/_rels/{file}.rels", ids)
            woven = True
    if woven:
        _define_style(trees[_STYLES])


def _relate(parts: dict[str, bytes], name: str, ids: Mapping[str, str]) -> None:
    relations = parse_strictly(parts[name]) if name in parts else elements([el("rel:Relationships")])[0]
    for key, number in ids.items():
        target = f"../{key}.pdf"
        relation = el("rel:Relationship", Id=number, Type=HYPERLINK, Target=target, TargetMode="External")
        relations.extend(elements([relation]))
    parts[name] = serialise(relations)


def _define_style(styles: Element) -> None:
    if all(style.get(qn("w:styleId")) != LINK_STYLE for style in styles.iter(qn("w:style"))):
        style = el("w:style", el("w:name", w_val=LINK_STYLE), w_type="character", w_customStyle=1, w_styleId=LINK_STYLE)
        styles.extend(elements([style]))
