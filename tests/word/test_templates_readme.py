"""templates/README.md lists exactly the placeholders there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

import pytest
from word_parts import PART_CONTEXTS, PART_TEMPLATES
from word_samples import COVER_TEMPLATE, SOP_TEMPLATE, TEMPLATES, inputs, sop, unpack

from sopdocs.word.context import Butir, cover_context, sop_context

README = (TEMPLATES / "README.md").read_text("utf-8")
ALL = {"sop": SOP_TEMPLATE, "sampul": COVER_TEMPLATE, **PART_TEMPLATES}
LOOPS = {"pemantauan": "formulir"}
"""What a list's items are called where it is not `butir`."""
LOOP = {"loop.index", "loop.revindex", "loop.first", "loop.last"}


def contexts() -> dict[str, dict[str, object]]:
    return {
        "sop": sop_context(sop(), inputs()),
        "sampul": cover_context((sop(),), inputs()),
        **{name: context() for name, context in PART_CONTEXTS.items()},
    }


def listed(heading: str) -> set[str]:
    """First cells of the tables below a heading."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([a-z_.]+)` \|", section, re.MULTILINE))


def known(values: Mapping[str, object]) -> set[str]:
    """All names that a context gives, those of the items of its lists after `butir`."""
    names: set[str] = set()
    for key, value in values.items():
        names |= {f"{key}.{inner}" for inner in value} if isinstance(value, Mapping) else {key}
        names |= _of_items(LOOPS.get(key, "butir"), value)
    return names


def _of_items(name: str, value: object) -> set[str]:
    found: set[str] = set()
    for item in value if isinstance(value, list) else ():
        inner = {field.name: None for field in fields(item)} if isinstance(item, Butir) else item
        for key, deeper in inner.items() if isinstance(inner, Mapping) else ():
            found |= {f"{name}.{key}", *_of_items("butir", deeper)}
    return found


def used(template: bytes) -> set[str]:
    """Names that a template prints, loop variables left out."""
    parts = unpack(template)
    text = re.sub(r"<[^>]+>", "", parts["word/document.xml"].decode() + parts["word/header1.xml"].decode())
    tags = re.findall(r"\{[{%][a-z]*\s(.*?)[%}]\}", text)
    words = {word for tag in tags for word in re.findall(r"[a-z_]+(?:\.[a-z_]+)*", re.sub(r'".*?"', "", tag))}
    syntax = {"if", "elif", "else", "endif", "for", "in", "endfor", "not", "upper", "title", "length", "join", "lt"}
    return words - syntax - {"and", "or", *LOOP, "baris", "kalimat", "butir", "formulir"}


@pytest.mark.parametrize("name", ALL)
def test_the_placeholders_are_listed_both_ways(name: str):
    context = known(contexts()[name])
    assert listed(f"Penanda `{name}.docx`") == context
    assert used(ALL[name].data) <= context


def test_every_template_is_listed():
    files = {path.name for path in TEMPLATES.glob("*.docx")}
    assert (
        {f"{name}.docx" for name in ALL} == files == set(re.findall(r"^\| `([a-z-]+\.docx)` \|", README, re.MULTILINE))
    )


def test_names_are_found_in_the_templates():
    assert len(used(SOP_TEMPLATE.data)) > 20
    assert {"formulir.langkah", "butir.uraian"} <= used(PART_TEMPLATES["pemantauan"].data)


def test_the_fixed_tags_it_names_are_in_the_templates():
    parts = unpack(SOP_TEMPLATE.data)
    text = re.sub(r"<[^>]+>", "", parts["word/document.xml"].decode())
    for tag in ("{{p prosedur }}", "{{r butir.isi }}", "{{ logo }}", "{%tr if efektif %}"):
        assert tag in text
    assert "Judul Prosedur" in parts["word/styles.xml"].decode()
