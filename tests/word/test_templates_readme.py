"""templates/README.md lists exactly the placeholders there are."""

from __future__ import annotations

import re
from dataclasses import fields

from word_samples import COVER_TEMPLATE, SOP_TEMPLATE, TEMPLATES, inputs, sop, unpack

from sopdocs.word.context import Butir, cover_context, sop_context

README = (TEMPLATES / "README.md").read_text("utf-8")


def listed(heading: str) -> set[str]:
    """First cells of the tables below a heading."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([a-z_.]+)` \|", section, re.MULTILINE))


def known(context: dict[str, object], butir: set[str]) -> set[str]:
    names: set[str] = set()
    for key, value in context.items():
        names |= {f"{key}.{inner}" for inner in value} if isinstance(value, dict) else {key}
    return names | {f"butir.{name}" for name in butir}


def used(template: bytes) -> set[str]:
    """Names that a template prints, loop variables left out."""
    parts = unpack(template)
    text = re.sub(r"<[^>]+>", "", parts["word/document.xml"].decode() + parts["word/header1.xml"].decode())
    tags = re.findall(r"\{[{%][a-z]*\s(.*?)[%}]\}", text)
    words = {word for tag in tags for word in re.findall(r"[a-z_]+(?:\.[a-z_]+)*", re.sub(r'".*?"', "", tag))}
    syntax = {"if", "elif", "else", "endif", "for", "in", "endfor", "not", "upper", "title", "length", "join", "lt"}
    return words - syntax - {"loop.index", "baris", "kalimat", "butir"}


def test_sop_placeholders_are_listed_both_ways():
    context = known(sop_context(sop(), inputs()), {field.name for field in fields(Butir)})
    assert listed("Penanda `sop.docx`") == context
    assert used(SOP_TEMPLATE.data) <= context
    assert len(used(SOP_TEMPLATE.data)) > 20


def test_cover_placeholders_are_listed_both_ways():
    values = cover_context((sop(),), inputs())
    first = values["sop"][0]  # pyright: ignore[reportIndexIssue]
    context = known(values, set(first))
    assert listed("Penanda `sampul.docx`") == context
    assert used(COVER_TEMPLATE.data) <= context


def test_the_fixed_tags_it_names_are_in_the_templates():
    parts = unpack(SOP_TEMPLATE.data)
    text = re.sub(r"<[^>]+>", "", parts["word/document.xml"].decode())
    for tag in ("{{p prosedur }}", "{{r butir.isi }}", "{{ logo }}", "{%tr if efektif %}"):
        assert tag in text
    assert "Judul Prosedur" in parts["word/styles.xml"].decode()
