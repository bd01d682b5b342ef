"""The whole document: the parts around the sheets, their page numbers, and the bundle of all of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from sopdocs import __version__
from sopdocs.engine import stages
from sopdocs.engine.attachments import Approvals, attached_changes, attachments
from sopdocs.engine.crew import Task, Work
from sopdocs.engine.files import sha256
from sopdocs.engine.ingredients import Ingredients, Recipe
from sopdocs.engine.jobs import MergeJob, PartJob, Surroundings
from sopdocs.engine.manifest import AttachmentEntry, BundleEntry, PartEntry
from sopdocs.engine.outputs import Outputs
from sopdocs.engine.register import (
    WORKBOOK,
    ended_entries,
    register_entries,
    register_tables,
    register_workbook,
)
from sopdocs.errors import OutputRejectedError, SopdocsError
from sopdocs.model import Sop, Workspace
from sopdocs.pdf import Attachment, Part, page_count
from sopdocs.word import (
    ChangeSheet,
    ContentsEntry,
    EndedEntry,
    Inputs,
    RegisterEntry,
    make_changes,
    make_contents,
    make_cover,
    make_decree,
    make_explanation,
    make_monitoring,
    make_register,
)

_Listed = tuple[tuple[RegisterEntry, ...], tuple[EndedEntry, ...]]
"""What the register says of SOPs in force and of others."""
BUNDLE = "bundel.pdf"
CONTENTS = "bagian/daftar-isi"
"""Key of the table of contents."""
_CONTENTS, _CHANGES, _MONITORING = "daftar-isi", "perubahan", "pemantauan"
TITLES = {
    "sampul": "Sampul",
    "keputusan": "Keputusan",
    _CONTENTS: "Daftar Isi",
    "penjelasan": "Penjelasan Singkat Penggunaan",
    "register": "Register SOP",
    _CHANGES: "Lembar Perubahan",
    _MONITORING: "Formulir Pemantauan",
}
"""Parts around the sheets, in order (PermenPAN-RB 35/2012); the sheets stand before the last one."""
_LISTS = (_CONTENTS, "register", _MONITORING)
"""Parts that name every SOP."""
_FIXED = {"sampul": 1}
"""Parts whose number of pages is known."""
_GROUP = "Standar Operasional Prosedur"
_ROUNDS = 4
"""A table of contents that is longer than it was thought moves everything after it, once or twice."""
_LINES, _HEAD = 27, 2
"""Lines on a page of the built-in table of contents, and how many its title takes; another template costs a round."""


@dataclass(frozen=True)
class Whole:
    """A bundle in the making; every sheet of it is made already."""

    workspace: Workspace
    surroundings: Surroundings
    outputs: Outputs
    sources: Mapping[str, bytes] | None
    """Files to be attached, by path below the workspace; None attaches none."""
    approvals: Approvals
    changes: ChangeSheet | None = None
    """What differs from an earlier edition; None for a first one."""
    merging: Callable[[], None] = lambda: None
    """Called when a worker is about to merge and nothing else is to be done meanwhile."""

    @cached_property
    def sops(self) -> tuple[Sop, ...]:
        """The sheets, in order."""
        return tuple(self.workspace.sop[slug] for slug in self.workspace.bundel.sop)

    @cached_property
    def day(self) -> date:
        """The date of the bundle and of the parts around the sheets."""
        decided = self.workspace.bundel.keputusan.tanggal
        return max(stages.bundle_date(self.sops), decided or stages.UNDATED)

    @cached_property
    def inputs(self) -> Inputs:
        """What the templates are filled with."""
        konsep = any(self.outputs.new.sop[sop.slug].konsep for sop in self.sops)
        return stages.inputs_of(self.workspace, self.surroundings, konsep=konsep)

    def work(self) -> Work:
        """Make the parts and the bundle, as far as they are stale.

        Raises OutputRejectedError, ToolMissingError, TemplateBrokenError, UsageError.
        """
        listed = register_entries(self.sops, self.workspace, self.outputs.new), ended_entries(self.workspace)
        around = {name: make() for name, make in self._makers(listed).items()}
        yield from self._made(around)
        self._workbook(listed)
        pages = {f"bagian/{name}": self._pages(name) for name in around}
        pages |= {f"sop/{sop.slug}": self.outputs.new.sop[sop.slug].halaman for sop in self.sops}
        entries = yield from self._contents(pages)
        yield from self._merged(entries)

    def _contents(self, pages: Mapping[str, int]) -> Generator[Sequence[Task], None, tuple[PartEntry, ...]]:
        """Make the table of contents with the numbers that come true with its own length, and return its entries."""
        own = self._expected()
        for _ in range(_ROUNDS):
            entries = self._entries({**pages, CONTENTS: own})
            docx = make_contents(
                tuple(self._lines(entries[1:])), self.inputs, self.surroundings.templates.daftar_isi, self.day
            )
            yield from self._made({_CONTENTS: docx})
            found = self._pages(_CONTENTS)
            if found == own:
                return entries
            own = found
        raise OutputRejectedError(
            "Nomor halaman daftar isi tidak dapat dipastikan", "kembalikan templates/daftar-isi.docx ke templat bawaan"
        )

    def _expected(self) -> int:
        """Pages of the table of contents: as in the last build, or what its lines usually take."""
        before = self.outputs.old.bundel.bagian if self.outputs.old.bundel else ()
        usual = -(-(_HEAD + len(self._order())) // _LINES)
        return next((each.jumlah for each in before if each.kunci == CONTENTS), usual)

    def _merged(self, entries: tuple[PartEntry, ...]) -> Work:
        made, attached = self._parts(), self._attached(entries)
        recipe = Recipe.of(self._ingredients(made, attached))
        if not self.outputs.fresh(BUNDLE, recipe):
            title, author = self.workspace.bundel.judul, self.workspace.instansi.nama
            font = self.surroundings.fonts.regular
            self.merging()
            job = MergeJob(BUNDLE, made, title, self.day, author, font, attached)
            yield from _results([Task(stages.merge, job, lambda data: self.outputs.put(BUNDLE, _good(data), recipe))])
        lampiran = tuple(AttachmentEntry(each.name, sha256(each.data)) for each in attached)
        self.outputs.new.bundel = BundleEntry(sum(each.jumlah for each in entries), entries, lampiran)

    def _workbook(self, listed: _Listed) -> None:
        """Write the register for the office; the bundle holds it as a part."""
        tables = register_tables(*listed, self.workspace)
        facts = tables, self.workspace.instansi.nama, self.workspace.instansi.kertas, self.day
        recipe = Recipe.of({"isinya menurut content/": sha256(repr(facts).encode()), "versi sopdocs": __version__})
        if not self.outputs.fresh(WORKBOOK, recipe):
            self.outputs.put(WORKBOOK, register_workbook(tables, self.workspace, self.day), recipe)

    def _makers(self, listed: _Listed) -> dict[str, Callable[[], bytes]]:
        """Parts whose text does not depend on page numbers."""
        templates, inputs, sops, day = self.surroundings.templates, self.inputs, self.sops, self.day
        makers: dict[str, Callable[[], bytes]] = {
            "sampul": partial(make_cover, sops, inputs, templates.sampul, day),
            "keputusan": partial(make_decree, sops, inputs, templates.keputusan, day),
            "penjelasan": partial(make_explanation, sops, inputs, templates.penjelasan, day),
            "register": partial(make_register, listed[0], inputs, templates.register, day, listed[1]),
        }
        if self.changes is not None:
            makers[_CHANGES] = partial(make_changes, self.changes, inputs, templates.perubahan, day)
        if self.workspace.bundel.formulir_pemantauan:
            makers[_MONITORING] = partial(make_monitoring, sops, inputs, templates.pemantauan, day)
        return makers

    def _made(self, parts: Mapping[str, bytes]) -> Work:
        """Print the parts, Word files by name, that do not stand already."""
        tasks: list[Task] = []
        for name, docx in parts.items():
            made_of = {"isinya menurut content/ dan templates/": sha256(docx), **self.surroundings.named_tools}
            recipe = Recipe.of(made_of)
            if not all(self.outputs.fresh(file, recipe) for file in _files(name)):
                title = self.workspace.bundel.judul if name == "sampul" else TITLES[name]
                job = PartJob(name, title, docx, self.day, self._said(name), _FIXED.get(name))
                tasks.append(Task(stages.parts, job, partial(self._keep, name, docx, recipe)))
        yield from _results(tasks)

    def _keep(self, name: str, docx: bytes, recipe: Recipe, pdf: bytes | SopdocsError) -> None:
        for file, data in zip(_files(name), (docx, _good(pdf)), strict=True):
            self.outputs.put(file, data, recipe)

    def _pages(self, name: str) -> int:
        return page_count(self.outputs.content(_files(name)[1]))

    def _said(self, name: str) -> tuple[str, ...]:
        """What a part must say: the rest is the template's."""
        if name == "sampul":
            return (self.workspace.bundel.judul,)
        return tuple(sop.nama for sop in self.sops) if name in _LISTS else ()

    def _lines(self, entries: tuple[PartEntry, ...]) -> Iterator[ContentsEntry]:
        """Yield a line for each part, and before the first sheet one for all of them, as among the bookmarks."""
        grouped = False
        for line in map(self._line, entries):
            if line.tingkat and not grouped:
                grouped = True
                yield ContentsEntry(_GROUP, "", None, None, line.halaman, 0)
            yield line

    def _line(self, entry: PartEntry) -> ContentsEntry:
        sop = self.workspace.sop.get(entry.kunci.removeprefix("sop/")) if entry.kunci.startswith("sop/") else None
        return ContentsEntry(
            judul=entry.judul,
            kunci=entry.kunci,
            nomor=sop.nomor if sop else None,
            revisi=sop.revisi if sop else None,
            halaman=entry.halaman,
            tingkat=1 if sop else 0,
        )

    def _order(self) -> list[tuple[str, str]]:
        """Keys and titles of all parts, in order."""
        left_out = {_MONITORING} if self.changes is not None else {_MONITORING, _CHANGES}
        around = [(f"bagian/{name}", title) for name, title in TITLES.items() if name not in left_out]
        last = [(f"bagian/{_MONITORING}", TITLES[_MONITORING])] if self.workspace.bundel.formulir_pemantauan else []
        return [*around, *((f"sop/{sop.slug}", sop.nama) for sop in self.sops), *last]

    def _entries(self, pages: Mapping[str, int]) -> tuple[PartEntry, ...]:
        entries: list[PartEntry] = []
        page = 1
        for key, title in self._order():
            entries.append(PartEntry(key, title, page, pages[key]))
            page += pages[key]
        return tuple(entries)

    def _parts(self) -> list[Part]:
        return [
            Part(title, key, self.outputs.content(f"{key}.pdf"), _GROUP if key.startswith("sop/") else "")
            for key, title in self._order()
        ]

    def _ingredients(self, parts: list[Part], attached: tuple[Attachment, ...]) -> Ingredients:
        """What the bundle is made of."""
        order = [(part.key, part.title) for part in parts], [each.name for each in attached]
        return {
            **{f"{part.key}.pdf": sha256(part.pdf) for part in parts},
            **{f"lampiran {each.name}": _identity(each) for each in attached},
            "judul bundel": self.workspace.bundel.judul,
            "nama instansi": self.workspace.instansi.nama,
            "tanggal bundel": repr(self.day),
            "susunan bundel": repr(order),
            **self.surroundings.named_tools,
        }

    def _attached(self, entries: tuple[PartEntry, ...]) -> tuple[Attachment, ...]:
        documents = {f"{key}.docx": self.outputs.content(f"{key}.docx") for key, _ in self._order()}
        attached = attachments(self.sources, documents, self.approvals, entries, self.outputs.new, self.day)
        if self.sources is None or self.changes is None:
            return attached
        # The archive that it was told from does not travel with the bundle.
        return (*attached, attached_changes(self.changes, self.day))


def _files(name: str) -> tuple[str, str]:
    return f"bagian/{name}.docx", f"bagian/{name}.pdf"


def _good(result: bytes | SopdocsError) -> bytes:
    if isinstance(result, SopdocsError):
        raise result
    return result


def _results(tasks: Iterable[Task]) -> Work:
    """Wait for all of `tasks`, then raise the first thing that went wrong: none of them is left behind."""
    wrong: list[SopdocsError] = []

    def hearing(done: Callable[[Any], None], result: Any) -> None:
        try:
            done(result)
        except SopdocsError as error:
            wrong.append(error)

    yield [replace(task, done=partial(hearing, task.done)) for task in tasks]
    if wrong:
        raise wrong[0]


def _identity(each: Attachment) -> str:
    return repr((each.name, sha256(each.data), each.mime, each.relationship, each.description))
