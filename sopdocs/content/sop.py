"""Read one SOP: front matter and sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sopdocs.content.fields import Fields
from sopdocs.content.markdown import Block, Document, Heading, Inline, Substitute, Table, Text, flatten
from sopdocs.content.report import Report, nearest
from sopdocs.content.steps import StepContext, read_prosedur
from sopdocs.content.yaml_reader import Mapping, load_yaml
from sopdocs.model import Peraturan, Prosedur, Revisi, RichText, Run, Sop, Span, SpanMap, regulation_key

SECTIONS = {
    "Dasar Hukum": "dasar_hukum",
    "Kualifikasi Pelaksana": "kualifikasi_pelaksana",
    "Keterkaitan": "keterkaitan",
    "Peralatan/Perlengkapan": "peralatan",
    "Peringatan": "peringatan",
    "Pencatatan dan Pendataan": "pencatatan",
    "Prosedur": "prosedur",
    "Riwayat Revisi": "riwayat_revisi",
    "Catatan": "catatan",
}
"""Headings of level 2 and the fields they fill."""
_LINK = re.compile(r"\[\[([^\[\]]+)\]\]|\[([^\[\]]*\d\s*/\s*\d{4})\]")


@dataclass(frozen=True, slots=True)
class Known:
    """What an SOP may refer to."""

    pejabat: tuple[str, ...]
    pelaksana: tuple[str, ...]
    """In order of rank."""
    peraturan: dict[str, Peraturan]
    """By key."""
    sop: dict[str, str]
    """Names by slug."""


Sections = list[tuple[str, Heading, list[Block]]]
"""(field, heading, blocks under it), in the order of the file."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An SOP whose front matter was read and whose body was not."""

    slug: str
    document: Document
    fields: Fields
    nama: str


def read_front_matter(slug: str, document: Document, start: Span, report: Report) -> Draft | None:
    """Read the front matter far enough to know the SOP's name; None without it."""
    if document.front_matter is None:
        hint = "mulai berkas dengan baris ---, lalu nama: …, lalu baris ---"
        report.add(start, "SOP020", "Berkas ini tidak diawali bagian depan (front matter)", hint)
        return None
    node = load_yaml(document.front_matter, report)
    if not isinstance(node, Mapping):
        if node is not None:
            report.add(node.span, "SOP014", "Bagian depan harus berupa pasangan kunci dan nilai")
        return None
    fields = Fields(node, report, "bagian depan SOP")
    fields.spans[""] = start
    nama = fields.text("nama", required=True)
    return Draft(slug, document, fields, nama) if nama else None


def read_sop(draft: Draft, known: Known, report: Report) -> Sop:
    """Read the rest of an SOP against what the registers know."""
    return _SopReader(draft, known, report).sop()


class _SopReader:
    def __init__(self, draft: Draft, known: Known, report: Report) -> None:
        self.draft = draft
        self.fields = draft.fields
        self.known = known
        self.report = report
        self.spans: SpanMap = draft.fields.spans

    def sop(self) -> Sop:
        fields = self.fields
        pengesah = self.pengesah()
        lanes = self.lanes()
        dates = {name: fields.date(name) for name in ("pembuatan", "revisi", "pengesahan", "efektif")}
        nomor = fields.text("nomor")
        confirm = fields.texts("perlu_konfirmasi")
        self.spans |= {f"perlu_konfirmasi.{number}": span for number, (_, span) in enumerate(confirm)}
        fields.finish()
        sections = self.sections()
        return Sop(
            slug=self.draft.slug,
            nama=self.draft.nama,
            pengesah=pengesah,
            pelaksana=lanes,
            prosedur=self.prosedur(sections, lanes),
            nomor=nomor,
            pembuatan=dates["pembuatan"],
            revisi=dates["revisi"],
            pengesahan=dates["pengesahan"],
            efektif=dates["efektif"],
            dasar_hukum=self.text(sections, "dasar_hukum"),
            kualifikasi_pelaksana=self.text(sections, "kualifikasi_pelaksana"),
            keterkaitan=self.text(sections, "keterkaitan"),
            peralatan=self.text(sections, "peralatan"),
            peringatan=self.text(sections, "peringatan"),
            pencatatan=self.text(sections, "pencatatan"),
            riwayat_revisi=self.history(sections),
            perlu_konfirmasi=tuple(text for text, _ in confirm),
            catatan=self.text(sections, "catatan").text,
            spans=self.spans,
        )

    def pengesah(self) -> str:
        key = self.fields.text("pengesah", required=True)
        if key and key not in self.known.pejabat:
            message = f"Pejabat pengesah “{key}” tidak ada di pejabat.yaml"
            self.report.add(self.fields.spans["pengesah"], "SOP030", message, nearest(key, self.known.pejabat))
        return key or ""

    def lanes(self) -> tuple[str, ...]:
        lanes: list[str] = []
        for key, span in self.fields.texts("pelaksana", required=True):
            if key in lanes:
                self.report.add(span, "SOP032", f"Pelaksana “{key}” ditulis dua kali", "hapus salah satu")
            elif key not in self.known.pelaksana:
                message = f"Pelaksana “{key}” tidak ada di pelaksana.yaml"
                self.report.add(span, "SOP031", message, nearest(key, self.known.pelaksana))
            else:
                lanes.append(key)
                self.spans[f"pelaksana.{key}"] = span
        return tuple(lanes)

    def sections(self) -> Sections:
        """The blocks under each level 2 heading that is known, in order."""
        found: Sections = []
        current: list[Block] | None = None
        names = {name.casefold(): field for name, field in SECTIONS.items()}
        for block in self.draft.document.blocks:
            if isinstance(block, Heading) and block.level <= 2:
                title = " ".join(block.inline.text.partition(":")[0].split())
                field = names.get(title.casefold()) if block.level == 2 else None
                current = []
                if field is None:
                    self.report.add(
                        block.inline.span(), "SOP021", f"Judul bagian “{title}” tidak dikenal", nearest(title, SECTIONS)
                    )
                elif field != "prosedur" and any(field == other for other, _, _ in found):
                    self.report.add(block.inline.span(), "SOP022", f"Bagian “{title}” ditulis dua kali", "gabungkan")
                else:
                    self.spans.setdefault(field, block.inline.span())
                    found.append((field, block, current))
            elif current is None:
                span = block.inline.span() if isinstance(block, Text | Heading) else block.span
                self.report.add(span, "SOP023", "Teks sebelum judul bagian pertama (## …) tidak akan tercetak")
                current = []
            else:
                current.append(block)
        return found

    def text(self, sections: Sections, field: str) -> RichText:
        return flatten(_blocks(sections, field), self.substitute, self.report)

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
        blocks = _blocks(sections, "riwayat_revisi")
        rows: list[Revisi] = []
        for block in blocks:
            if not isinstance(block, Table) or [c.text.casefold() for c in block.rows[0]] != [
                "revisi",
                "tanggal",
                "uraian",
                "alasan",
            ]:
                span = block.inline.span() if isinstance(block, Text | Heading) else block.span
                hint = "kolomnya: Revisi | Tanggal | Uraian | Alasan"
                self.report.add(span, "SOP060", "Riwayat Revisi harus berupa satu tabel", hint)
                continue
            rows.extend(row for row in map(self.revision, block.rows[1:]) if row is not None)
        return tuple(rows)

    def revision(self, cells: tuple[Inline, ...]) -> Revisi | None:
        number, day, what, why = cells
        try:
            return Revisi(int(number.text), date.fromisoformat(day.text), what.text, why.text)
        except ValueError:
            hint = "contoh: | 1 | 2024-01-31 | Menambah langkah 3 | Hasil evaluasi |"
            self.report.add(number.span(), "SOP060", "Baris Riwayat Revisi ini tidak terbaca", hint)
            return None

    @property
    def substitute(self) -> Substitute:
        def runs(text: str, inline: Inline) -> list[Run]:
            found: list[Run] = []
            end = 0
            for match in _LINK.finditer(text):
                found.append(Run(text[end : match.start()]))
                found.append(self.sop_link(match[1], inline) if match[1] else self.regulation(match[2], inline))
                end = match.end()
            return [*found, Run(text[end:])]

        return runs

    def sop_link(self, reference: str, inline: Inline) -> Run:
        slug = reference.strip()
        if slug in self.known.sop:
            return Run(self.known.sop[slug], link=slug)
        span = inline.span(max(inline.text.find(f"[[{reference}]]"), 0))
        self.report.add(span, "SOP033", f"SOP “{slug}” tidak ada di content/sop/", nearest(slug, self.known.sop))
        return Run(slug)

    def regulation(self, reference: str, inline: Inline) -> Run:
        entry = self.known.peraturan.get(regulation_key(reference))
        if entry is not None:
            return Run(entry.kutipan)
        span = inline.span(max(inline.text.find(f"[{reference}]"), 0))
        names = [f"{p.jenis} {p.nomor}/{p.tahun}" for p in self.known.peraturan.values()]
        message = f"Peraturan “{reference}” tidak terdaftar di peraturan.yaml"
        self.report.add(span, "SOP034", message, nearest(reference, names))
        return Run(reference)


def _blocks(sections: Sections, wanted: str) -> tuple[Block, ...]:
    return tuple(block for field, _, blocks in sections if field == wanted for block in blocks)
