"""The parts of the bundle before and after the sheets, each of them its filled template.

All functions are pure: equal inputs give equal bytes. `day` is the date in the document's properties. All raise
TemplateBrokenError for a template that cannot be filled, and PackageError for a result that must not be written.
What the whole document consists of: PermenPAN-RB 35/2012.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sopdocs.layout.units import Emu, pt
from sopdocs.model import Sop
from sopdocs.word.changes import ChangeSheet, changes_context
from sopdocs.word.context import Inputs
from sopdocs.word.decree import decree_context
from sopdocs.word.explanation import explanation_context
from sopdocs.word.finish import fill_part
from sopdocs.word.lists import ContentsEntry, EndedEntry, RegisterEntry, contents_context, register_context
from sopdocs.word.monitoring import monitoring_context
from sopdocs.word.template import Template

_BOTTOM: Emu = pt(74)
"""The bundle prints its page numbers from 60 pt to 70 pt above the lower edge."""


def make_decree(sops: tuple[Sop, ...], inputs: Inputs, template: Template, day: date | None) -> bytes:
    """Fill templates/keputusan.docx: the decree and the list of the SOPs that it adopts."""
    return _filled("Keputusan", decree_context(sops, inputs), inputs, template, day)


def make_contents(entries: tuple[ContentsEntry, ...], inputs: Inputs, template: Template, day: date | None) -> bytes:
    """Fill templates/daftar-isi.docx, one row for each entry."""
    return _filled("Daftar Isi", contents_context(entries, inputs), inputs, template, day)


def make_explanation(sops: tuple[Sop, ...], inputs: Inputs, template: Template, day: date | None) -> bytes:
    """Fill templates/penjelasan.docx: scope, summary, definitions; what the office left open is told from its SOPs."""
    return _filled("Penjelasan Singkat Penggunaan", explanation_context(sops, inputs), inputs, template, day)


def make_register(
    entries: tuple[RegisterEntry, ...],
    inputs: Inputs,
    template: Template,
    day: date | None,
    ended: tuple[EndedEntry, ...] = (),
) -> bytes:
    """Fill templates/register.docx, one row for each entry; `ended` are the SOPs that are no longer in force."""
    return _filled("Register SOP", register_context(entries, inputs, ended), inputs, template, day)


def make_monitoring(sops: tuple[Sop, ...], inputs: Inputs, template: Template, day: date | None) -> bytes:
    """Fill templates/pemantauan.docx: for each SOP a form on pages of its own (PermenPAN-RB 35/2012, table 7)."""
    return _filled("Formulir Pemantauan", monitoring_context(sops, inputs), inputs, template, day)


def make_changes(sheet: ChangeSheet, inputs: Inputs, template: Template, day: date | None) -> bytes:
    """Fill templates/perubahan.docx, one row for each SOP that came, went or changed."""
    return _filled("Lembar Perubahan", changes_context(sheet, inputs), inputs, template, day)


def _filled(title: str, context: Mapping[str, object], inputs: Inputs, template: Template, day: date | None) -> bytes:
    return fill_part(template, context, inputs, (title, day), bottom=_BOTTOM)
