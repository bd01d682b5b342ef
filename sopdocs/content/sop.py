"""Read one SOP: front matter and sections."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sopdocs.content.citing import cite
from sopdocs.content.fields import Fields, plain_text
from sopdocs.content.kutipan import parse_kutipan
from sopdocs.content.lanes import read_lanes
from sopdocs.content.markdown import Block, Document, Heading, Inline, Table, place_of
from sopdocs.content.prose import flatten, rich_text
from sopdocs.content.report import Report, mending, nearest, quote, slips_of
from sopdocs.content.settings import read_silences
from sopdocs.content.steps import StepContext, read_prosedur
from sopdocs.content.yaml_reader import Mapping, load_yaml
from sopdocs.model import (
    IDENTITY_LISTS,
    Finding,
    Peraturan,
    Prosedur,
    Revisi,
    RichText,
    Rujukan,
    Run,
    Sop,
    Span,
    SpanMap,
    Status,
)

V = TypeVar("V")
SECTIONS = {
    **{title: field for field, title in IDENTITY_LISTS.items()},
    "Prosedur": "prosedur",
    "Riwayat Revisi": "riwayat_revisi",
    "Catatan": "catatan",
}
"""Headings of level 2 and the fields they fill."""
_DATES = ("pembuatan", "revisi", "pengesahan", "efektif", "pemantauan", "evaluasi")
COLUMNS = ("Revisi", "Tanggal", "Uraian", "Alasan", "Oleh")
"""Of the table below `## Riwayat Revisi`; the last may be left out."""


Registry = abc.Mapping[str, V]


@dataclass(frozen=True, slots=True)
class Known:
    """What an SOP may refer to, by key."""

    pejabat: Registry[object]
    pelaksana: Registry[object]
    peraturan: Registry[Peraturan]
    sop: Registry[str]
    """Names by slug."""


Sections = list[tuple[str, Heading, list[Block]]]
"""(field, heading, blocks under it), in the order of the file."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An SOP whose front matter was read and whose body was not; it can be read against one register after another."""

    slug: str
    document: Document
    front: Mapping
    start: Span
    nama: str
    """Empty when it is missing, which is told when the SOP is read."""

    def fields(self, report: Report) -> Fields:
        """The front matter, none of it taken."""
        fields = Fields(self.front, report, "bagian depan SOP")
        fields.spans[""] = self.start
        return fields


def read_front_matter(slug: str, document: Document, start: Span, report: Report) -> Draft | None:
    """Read the front matter far enough to know the SOP's name; None without it."""
    if document.front_matter is None:
        hint = "mulai berkas dengan baris ---, lalu nama: …, lalu tutup dengan baris ---"
        report.add(start, "SOP020", "Berkas ini tidak diawali bagian depan (front matter)", hint)
        return None
    before = len(report.findings)
    node = load_yaml(document.front_matter, report)
    if not isinstance(node, Mapping):
        # Broken YAML has been reported; an empty front matter has not.
        if len(report.findings) == before:
            span = node.span if node else start
            hint = "contoh: nama: Pengelolaan Surat Masuk"
            report.add(span, "SOP014", "Bagian depan harus berupa pasangan kunci dan nilai", hint)
        return None
    named = node.entries.get("nama")
    return Draft(slug, document, node, start, (plain_text(named) if named else None) or "")


def read_sop(draft: Draft, known: Known, report: Report) -> Sop:
    """Read an SOP against what the registers know."""
    return _SopReader(draft, known, report).sop()


def section_title(heading: Heading) -> tuple[str, str | None]:
    """The words of a section heading and the field they name; only Prosedur may go on after a colon."""
    title = " ".join(heading.inline.text.split())
    before = title.partition(":")[0].rstrip()
    if before.casefold() == "prosedur":
        title = before
    names = {name.casefold(): field for name, field in SECTIONS.items()}
    return title, names.get(title.casefold()) if heading.level == 2 else None


class _SopReader:
    def __init__(self, draft: Draft, known: Known, report: Report) -> None:
        self.draft = draft
        self.fields = draft.fields(report)
        self.known = known
        self.report = report
        self.spans: SpanMap = self.fields.spans

    def sop(self) -> Sop:
        fields = self.fields
        nama, nomor = fields.text("nama", required=True) or "", fields.text("nomor")
        pengesah = self.pengesah()
        lanes = read_lanes(fields, self.known.pelaksana, self.report)
        dates = {name: fields.date(name) for name in _DATES}
        status = fields.choice("status", Status, Status.KONSEP)
        pencabutan, pengganti = fields.date("pencabutan"), self.pengganti()
        confirm = self.doubts()
        masukan = tuple(text for text, _ in fields.texts("masukan"))
        abaikan = read_silences(fields)
        fields.finish()
        sections = self.sections()
        dasar_hukum = self.text(sections, "dasar_hukum")
        return Sop(
            slug=self.draft.slug,
            nama=nama,
            pengesah=pengesah,
            pelaksana=lanes.pelaksana,
            prosedur=self.prosedur(sections, lanes.pelaksana),
            nomor=nomor,
            **dates,
            dasar_hukum=dasar_hukum,
            rujukan=tuple(self.rujukan(dasar_hukum)),
            kualifikasi_pelaksana=self.text(sections, "kualifikasi_pelaksana"),
            keterkaitan=self.text(sections, "keterkaitan"),
            peralatan=self.text(sections, "peralatan"),
            peringatan=self.text(sections, "peringatan"),
            pencatatan=self.text(sections, "pencatatan"),
            kelompok=lanes.kelompok,
            riwayat_revisi=self.history(sections),
            status=status,
            pencabutan=pencabutan,
            pengganti=pengganti,
            perlu_konfirmasi=confirm,
            masukan=masukan,
            abaikan=abaikan,
            catatan=self.text(sections, "catatan").text,
            spans=self.spans,
        )

    def pengesah(self) -> str:
        key = self.fields.text("pengesah", required=True)
        if key and key not in self.known.pejabat:
            message = f"Pejabat pengesah “{key}” tidak ada di pejabat.yaml"
            self.report.add(self.fields.spans["pengesah"], "SOP030", message, nearest(key, self.known.pejabat))
        return key or ""

    def doubts(self) -> tuple[str, ...]:
        found = self.fields.texts("perlu_konfirmasi")
        self.spans |= {f"perlu_konfirmasi.{number}": span for number, (_, span) in enumerate(found)}
        return tuple(text for text, _ in found)

    def pengganti(self) -> str | None:
        slug = self.fields.text("pengganti")
        if slug and slug not in self.known.sop:
            message = f"SOP pengganti {quote(slug)} tidak ada di content/sop/"
            self.report.add(self.fields.spans["pengganti"], "SOP033", message, nearest(slug, self.known.sop))
        return slug

    def sections(self) -> Sections:
        """The blocks under each level 2 heading that is known, in order."""
        found: Sections = []
        current: list[Block] | None = None
        meant = self.meant_titles()
        for block in self.draft.document.blocks:
            if isinstance(block, Heading) and block.level <= 2:
                title, field = section_title(block)
                current = []
                if field is None:
                    message = f"Judul bagian {quote(title)} tidak dikenal"
                    fix = mending(block.inline.text, meant)
                    finding = Finding(block.inline.span(), "SOP021", message, nearest(title, SECTIONS), fix=fix)
                    self.report.add_finding(finding)
                elif field != "prosedur" and any(field == other for other, _, _ in found):
                    self.report.add(block.inline.span(), "SOP022", f"Bagian “{title}” ditulis dua kali", "gabungkan")
                else:
                    self.spans.setdefault(field, block.inline.span())
                    found.append((field, block, current))
            elif current is None:
                message = "Teks sebelum judul bagian pertama (## …) tidak akan tercetak"
                self.report.add(place_of(block), "SOP023", message, "pindahkan ke bawah sebuah judul bagian")
                current = []
            else:
                current.append(block)
        return found

    def meant_titles(self) -> dict[str, str]:
        """The known title that each unknown heading, as written, is a slip of."""
        headings = [block for block in self.draft.document.blocks if isinstance(block, Heading) and block.level == 2]
        fields = [(block.inline.text, section_title(block)[1]) for block in headings]
        present = [title for title, field in SECTIONS.items() if any(field == other for _, other in fields)]
        return slips_of([title for title, field in fields if field is None], SECTIONS, present)

    def text(self, sections: Sections, field: str) -> RichText:
        return flatten(_blocks(sections, field), self.substitute, self.report)

    def rujukan(self, dasar_hukum: RichText) -> Iterator[Rujukan]:
        """What each paragraph cites; one that is no citation is left out."""
        for paragraph in dasar_hukum.paragraphs:
            span = paragraph.span or self.spans["dasar_hukum"]
            found = parse_kutipan(paragraph.text, span)
            if found is not None:
                yield found

    def prosedur(self, sections: Sections, lanes: tuple[str, ...]) -> tuple[Prosedur, ...]:
        context = StepContext(lanes, self.known.pelaksana, self.substitute, self.report)
        found: list[Prosedur] = []
        for field, heading, blocks in sections:
            if field != "prosedur":
                continue
            colon = heading.inline.text.find(":")
            title = heading.inline.slice(colon + 1) if colon >= 0 else None
            prosedur = read_prosedur(title, heading.inline.span(), blocks, context)
            if prosedur is not None:
                found.append(prosedur)
        if not any(field == "prosedur" for field, _, _ in sections):
            self.report.add(self.spans[""], "SOP040", "SOP ini belum punya bagian ## Prosedur")
        return tuple(found)

    def history(self, sections: Sections) -> tuple[Revisi, ...]:
        rows: list[Revisi] = []
        for block in _blocks(sections, "riwayat_revisi"):
            if not isinstance(block, Table) or not is_log(block):
                hint = "kolomnya: Revisi | Tanggal | Uraian | Alasan | Oleh"
                self.report.add(place_of(block), "SOP060", "Riwayat Revisi harus berupa satu tabel", hint)
                continue
            rows.extend(row for row in map(self.revision, block.rows[1:]) if row is not None)
        return tuple(rows)

    def revision(self, cells: tuple[Inline, ...]) -> Revisi | None:
        number, day, *texts = cells
        try:
            if not re.fullmatch(r"[0-9]{1,4} [0-9]{4}-[0-9]{2}-[0-9]{2}", f"{number.text} {day.text}"):
                raise ValueError
            revisi, tanggal = int(number.text), date.fromisoformat(day.text)
        except ValueError:
            hint = "contoh: | 1 | 2024-01-31 | Menambah langkah 3 | Hasil evaluasi | Sekcam |"
            self.report.add(number.span(), "SOP060", "Baris Riwayat Revisi ini tidak terbaca", hint)
            return None
        words = ["".join(run.text for run in rich_text(text, self.substitute, self.report)) for text in texts]
        return Revisi(revisi, tanggal, *words, span=number.span())

    def substitute(self, reference: str, span: Span) -> Run:
        """What is printed for `[[slug]]` or `[PP 46/2011]`."""
        if reference.startswith("[["):
            return self.sop_link(reference[2:-2].strip(), span)
        return Run(cite(reference[1:-1].strip(), span, self.known.peraturan, self.report))

    def sop_link(self, slug: str, span: Span) -> Run:
        if slug in self.known.sop:
            return Run(self.known.sop[slug], link=slug)
        message = f"SOP {quote(slug)} tidak ada di content/sop/"
        self.report.add(span, "SOP033", message, nearest(slug, self.known.sop))
        return Run(slug)


def is_log(table: Table) -> bool:
    """Whether a table has the columns of the log of revisions."""
    written = [cell.text.casefold() for cell in table.rows[0]]
    known = [name.casefold() for name in COLUMNS]
    return written in (known, known[:-1])


def _blocks(sections: Sections, wanted: str) -> tuple[Block, ...]:
    return tuple(block for field, _, blocks in sections if field == wanted for block in blocks)
