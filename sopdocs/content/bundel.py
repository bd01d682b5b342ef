"""What is bound together, the decree that adopts it, and the explanation of its use: bundel.yaml."""

from __future__ import annotations

from sopdocs.content.citing import with_citations
from sopdocs.content.fields import Fields, plain_text
from sopdocs.content.folder import Folder
from sopdocs.content.registers import read_mapping
from sopdocs.content.report import Report, nearest
from sopdocs.content.sop import Known, Registry
from sopdocs.content.yaml_reader import Node, Sequence
from sopdocs.model import Bundel, Keputusan, Pengertian, Penjelasan, Peraturan, SopDitetapkan, Span

BUNDEL = "content/bundel.yaml"
_LISTED = 'contoh: - {nomor: "000.8/1/CONTOH/2024", nama: Pengelolaan Surat Masuk}'
_DEFINED = "contoh: - {istilah: Pelaksana, arti: pegawai yang melakukan langkah}"
_CITED = 'contoh: - "[PP 46/2011]"'


def read_bundel(folder: Folder, known: Known, default_title: str, report: Report) -> Bundel:
    """Read bundel.yaml; missing keys, or the whole file, have defaults: every SOP of `known`, in its order."""
    every = tuple(known.sop)
    path = folder.path(BUNDEL)
    mapping = read_mapping(folder, path, report, optional=True)
    if mapping is None:
        return Bundel(default_title, sop=every, spans={"": Span(path)})
    fields = Fields(mapping, report, "bundel.yaml")
    listed = fields.texts("sop")
    for slug, span in listed:
        fields.spans[f"sop.{slug}"] = span
    bundel = Bundel(
        judul=fields.text("judul") or default_title,
        tahun=fields.integer("tahun"),
        sop=tuple(dict.fromkeys(slug for slug, _ in listed)) or every,
        keputusan=_keputusan(fields, known),
        pengantar=_paragraphs(fields, "pengantar"),
        penjelasan=_penjelasan(fields),
        formulir_pemantauan=fields.boolean("formulir_pemantauan", default=False),
        spans=fields.spans,
    )
    seen: set[str] = set()
    for slug, span in listed:
        if slug in seen:
            report.add(span, "SOP011", f"SOP “{slug}” ditulis dua kali di bundel.yaml", "hapus salah satu")
        seen.add(slug)
    fields.finish()
    return bundel


def _paragraphs(fields: Fields, key: str) -> tuple[str, ...]:
    """Take a list of texts, the place of each kept as `key.0`, `key.1`, …"""
    found = fields.texts(key)
    fields.spans |= {f"{key}.{number}": span for number, (_, span) in enumerate(found)}
    return tuple(text for text, _ in found)


def _keputusan(fields: Fields, known: Known) -> Keputusan:
    record = fields.record("keputusan", "keputusan di bundel.yaml")
    if record is None:
        return Keputusan()
    keputusan = Keputusan(
        nomor=record.text("nomor"),
        tanggal=record.date("tanggal"),
        tentang=record.text("tentang"),
        menimbang=_paragraphs(record, "menimbang"),
        mengingat=_mengingat(record, known.peraturan),
        memutuskan=_paragraphs(record, "memutuskan"),
        pejabat=_pejabat(record, known),
        sop=_adopted(record),
    )
    record.finish()
    fields.keep("keputusan", record)
    return keputusan


def _pejabat(record: Fields, known: Known) -> str | None:
    key = record.text("pejabat")
    if key and key not in known.pejabat:
        message = f"Pejabat “{key}” pada keputusan tidak ada di pejabat.yaml"
        record.report.add(record.spans["pejabat"], "SOP030", message, nearest(key, known.pejabat))
        return None
    return key


def _mengingat(record: Fields, known: Registry[Peraturan]) -> tuple[str, ...]:
    node = record.node("mengingat")
    found: list[str] = []
    for item in node.items if isinstance(node, Sequence) else (node,) if node else ():
        text = _written(item)
        if text is None:
            record.bad(item.span, "mengingat", "daftar teks", _CITED)
            continue
        record.spans[f"mengingat.{len(found)}"] = item.span
        found.append(with_citations(text, item.span, known, record.report))
    return tuple(found)


def _written(item: Node) -> str | None:
    """The text of an item; to YAML `- [PP 46/2011]` is a list, to its writer it is a reference."""
    if not isinstance(item, Sequence):
        return plain_text(item)
    text = plain_text(item.items[0]) if len(item.items) == 1 else None
    return f"[{text}]" if text else None


def _adopted(record: Fields) -> tuple[SopDitetapkan, ...]:
    found: list[SopDitetapkan] = []
    for entry in record.records("sop", "sop pada keputusan di bundel.yaml", _LISTED):
        nomor, nama = entry.text("nomor"), entry.text("nama", required=True)
        entry.finish()
        if nama:
            record.keep(f"sop.{len(found)}", entry)
            found.append(SopDitetapkan(nama, nomor))
    return tuple(found)


def _penjelasan(fields: Fields) -> Penjelasan:
    record = fields.record("penjelasan", "penjelasan di bundel.yaml")
    if record is None:
        return Penjelasan()
    penjelasan = Penjelasan(_paragraphs(record, "ruang_lingkup"), _paragraphs(record, "ringkasan"), _pengertian(record))
    record.finish()
    fields.keep("penjelasan", record)
    return penjelasan


def _pengertian(record: Fields) -> tuple[Pengertian, ...]:
    found: list[Pengertian] = []
    for entry in record.records("pengertian", "pengertian di bundel.yaml", _DEFINED):
        istilah, arti = entry.text("istilah", required=True), entry.text("arti", required=True)
        entry.finish()
        if istilah and arti:
            record.keep(f"pengertian.{len(found)}", entry)
            found.append(Pengertian(istilah, arti))
    return tuple(found)
