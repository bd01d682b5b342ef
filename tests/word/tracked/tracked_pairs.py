"""Tracked sheets of two states, and the plain sheet of each."""

from __future__ import annotations

from settling import accepted, rejected
from sheet_texts import SheetText, parts, read, squeezed

from sopdocs.compare import BedaSop, compare_sops, lembar
from sopdocs.layout import FontData
from sopdocs.model import Sop
from sopdocs.word import Inputs, Template, make_sheet, tracked_sheet
from sopdocs.word.package import check_package, read_package


def told(old: Sop, new: Sop, about: tuple[Inputs, Inputs]) -> BedaSop:
    """What the two states differ in."""
    return compare_sops(lembar(old, about[0].workspace), lembar(new, about[1].workspace))


def check_pair(old: Sop, new: Sop, about: tuple[Inputs, Inputs], template: Template, fonts: FontData) -> bytes:
    """Fail unless the tracked sheet is a sound package that gives both states; return it."""
    made = tracked_sheet(told(old, new, about), about, template, fonts).docx
    check_package(read_package(made))
    same_texts(
        made, *(make_sheet(sop, each, template, fonts).docx for sop, each in zip((old, new), about, strict=True))
    )
    return made


def same_texts(tracked: bytes, old: bytes, new: bytes) -> None:
    """Fail unless accepting gives the new text and rejecting the old one."""
    trees = parts(tracked)
    assert_same(read({name: accepted(tree) for name, tree in trees.items()}), read(parts(new)))
    assert_same(read({name: rejected(tree) for name, tree in trees.items()}), read(parts(old)))


def assert_same(one: SheetText, other: SheetText) -> None:
    """Compare part by part, so that a failure says which."""
    assert one.around == other.around
    assert one.captions == other.captions
    assert one.headings == other.headings
    assert squeezed(one.rows) == squeezed(other.rows)
    whole = [n for n in range(len(one.rows)) if n not in one.cut | other.cut]
    assert [one.rows[n] for n in whole] == [other.rows[n] for n in whole]
    assert one.margins == other.margins
