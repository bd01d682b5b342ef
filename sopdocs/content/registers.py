"""The registers of a workspace: office, officials, performers, regulations."""

from __future__ import annotations

import re

from sopdocs.content.fields import Fields
from sopdocs.content.folder import Folder
from sopdocs.content.pola import read_pola
from sopdocs.content.report import Report, quote
from sopdocs.content.settings import read_settings
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, Sequence
from sopdocs.model import (
    SHARED,
    Instansi,
    Istilah,
    Kertas,
    Pejabat,
    Pelaksana,
    Peraturan,
    Span,
    StatusPeraturan,
    TandaTangan,
)

INSTANSI = "content/instansi.yaml"
PEJABAT = "content/pejabat.yaml"
PELAKSANA = "content/pelaksana.yaml"
PERATURAN = "content/peraturan.yaml"
_KEY = re.compile(r"\w+(-\w+)*")


def read_instansi(folder: Folder, report: Report) -> Instansi | None:
    """Read instansi.yaml; None when the office cannot be named."""
    mapping = read_mapping(folder, folder.path(INSTANSI), report)
    if mapping is None:
        return None
    fields = Fields(mapping, report, "instansi.yaml")
    nama = fields.text("nama", required=True)
    kop = tuple(text for text, _ in fields.texts("kop", required=True))
    pola = fields.text("pola_nomor")
    if pola is not None and read_pola(pola) is None:
        wanted = "pola (regular expression) yang sah dan sederhana"
        hint = "yang dipakai: huruf dan angka, [0-9], \\d, ( ), |, dan ulangan * + ? {2,4}"
        fields.bad(fields.spans["pola_nomor"], "pola_nomor", wanted, hint)
        pola = None
    instansi = Instansi(
        nama=nama or "",
        kop=kop,
        kabupaten=fields.text("kabupaten"),
        alamat=fields.text("alamat"),
        tempat=fields.text("tempat"),
        logo=_logo(folder, fields),
        kertas=fields.choice("kertas", Kertas, Kertas.F4),
        pola_nomor=pola,
        istilah=_istilah(fields),
        tanda_tangan=fields.choice("tanda_tangan", TandaTangan, TandaTangan.BAWAH),
        prosedur_di_halaman_baru=fields.boolean("prosedur_di_halaman_baru", default=False),
        kantor_lain=tuple(text for text, _ in fields.texts("kantor_lain")),
        aturan=read_settings(fields),
        spans=fields.spans,
    )
    fields.finish()
    return instansi if nama and kop else None


def _logo(folder: Folder, fields: Fields) -> str | None:
    logo = fields.text("logo")
    if logo is None:
        return None
    span = fields.spans["logo"]
    try:
        room = folder.room(f"{SHARED}/{logo}")
        home = (folder.place.root / room).resolve()
        target = (home / logo).resolve()
        there = target.is_file()
    except (OSError, ValueError, RuntimeError):  # too long a name, a loop of links
        fields.bad(span, "logo", "nama berkas yang sah")
        return None
    if home not in target.parents:
        fields.bad(span, "logo", f"berkas di dalam folder {room}/")
        return None
    if not there:
        hint = f"simpan berkasnya di {room}/, atau tulis null untuk lambang sementara"
        fields.report.add(span, "SOP001", f"Berkas logo {quote(logo)} tidak ada di {room}/", hint)
        return None
    return logo


def _istilah(fields: Fields) -> Istilah:
    words = fields.record("istilah", "istilah di instansi.yaml")
    if words is None:
        return Istilah()
    default = Istilah()
    istilah = Istilah(
        uraian=words.text("uraian") or default.uraian,
        pelaksana=words.text("pelaksana") or default.pelaksana,
        mutu_baku=words.text("mutu_baku") or default.mutu_baku,
        syarat=words.text("syarat") or default.syarat,
        waktu=words.text("waktu") or default.waktu,
        output=words.text("output") or default.output,
        keterangan=words.text("keterangan") or default.keterangan,
    )
    words.finish()
    return istilah


def read_pejabat(folder: Folder, report: Report) -> dict[str, Pejabat]:
    """Read pejabat.yaml: officials by key; an entry of the office's own file stands for the shared one as a whole."""
    officials: dict[str, Pejabat] = {}
    for key, fields in _records(folder, PEJABAT, "pejabat", report):
        jabatan, nama, nip = (fields.text(name, required=True) for name in ("jabatan", "nama", "nip"))
        official = Pejabat(key, jabatan or "", nama or "", nip or "", fields.text("pangkat"), fields.spans)
        fields.finish()
        officials[key] = official
    return officials


def read_pelaksana(folder: Folder, report: Report) -> dict[str, Pelaksana]:
    """Read pelaksana.yaml: performers by key, in order of rank; one that the office renames keeps its rank."""
    performers: dict[str, Pelaksana] = {}
    for key, fields in _records(folder, PELAKSANA, "pelaksana", report):
        nama = fields.text("nama", required=True)
        rank = performers[key].peringkat if key in performers else len(performers)
        performers[key] = Pelaksana(key, nama or key, fields.text("singkatan"), rank, fields.spans)
        fields.finish()
    return performers


def read_peraturan(folder: Folder, report: Report) -> tuple[Peraturan, ...]:
    """Read peraturan.yaml, which may be missing; the office's own file adds entries, or stands for shared ones."""
    found: dict[str, Peraturan] = {}
    for path in folder.layers(PERATURAN):
        found |= _regulations(folder, path, report)
    return tuple(found.values())


def _regulations(folder: Folder, path: str, report: Report) -> dict[str, Peraturan]:
    node = _load(folder, path, report, optional=True)
    if node is None:
        return {}
    if not isinstance(node, Sequence):
        report.add(node.span, "SOP014", "peraturan.yaml harus berupa daftar; tiap butir diawali tanda -")
        return {}
    found: dict[str, Peraturan] = {}
    for item in node.items:
        entry = _regulation(item, report)
        if entry is None:
            continue
        if entry.key in found:
            report.add(item.span, "SOP011", f"Peraturan {entry.jenis} {entry.nomor}/{entry.tahun} ditulis dua kali")
        else:
            found[entry.key] = entry
    return found


def _regulation(node: Node, report: Report) -> Peraturan | None:
    if not isinstance(node, Mapping):
        hint = "contoh: {jenis: PP, nomor: 46, tahun: 2011, tentang: …}"
        report.add(node.span, "SOP014", "Tiap peraturan harus berupa pasangan kunci dan nilai", hint)
        return None
    fields = Fields(node, report, "peraturan")
    jenis, nomor = fields.text("jenis", required=True), fields.text("nomor", required=True)
    tahun, tentang = fields.integer("tahun", required=True), fields.text("tentang", required=True)
    status = fields.choice("status", StatusPeraturan, StatusPeraturan.TIDAK_DIKETAHUI)
    dicabut_oleh, sumber = fields.text("dicabut_oleh"), fields.text("sumber")
    fields.finish()
    if jenis is None or nomor is None or tahun is None or tentang is None:
        return None
    return Peraturan(jenis, nomor, tahun, tentang, status, dicabut_oleh, sumber, fields.spans)


def _load(folder: Folder, path: str, report: Report, *, optional: bool = False) -> Node | None:
    source = folder.read(path, report, optional=optional)
    if source is None:
        return None
    before = len(report.findings)
    node = folder.compose(source, report)
    if (node is None or (isinstance(node, Scalar) and node.kind == "null")) and len(report.findings) == before:
        report.add(Span(path), "SOP014", "Berkas ini kosong", "lihat contoh di docs/format-konten.md")
        return None
    return node


def read_mapping(folder: Folder, path: str, report: Report, *, optional: bool = False) -> Mapping | None:
    """Read a file of keys and values; report and return None when it holds anything else."""
    node = _load(folder, path, report, optional=optional)
    if node is None or isinstance(node, Mapping):
        return node
    report.add(node.span, "SOP014", "Berkas ini harus berupa pasangan kunci dan nilai", "contoh: nama: Kecamatan …")
    return None


def _records(folder: Folder, name: str, what: str, report: Report) -> list[tuple[str, Fields]]:
    records: list[tuple[str, Fields]] = []
    for path in folder.layers(name):
        mapping = read_mapping(folder, path, report)
        if mapping is not None:
            records += _entries(mapping, what, report)
    return records


def _entries(mapping: Mapping, what: str, report: Report) -> list[tuple[str, Fields]]:
    records: list[tuple[str, Fields]] = []
    for key, node in mapping.entries.items():
        span = mapping.key_spans[key]
        if not _KEY.fullmatch(key):
            report.add(
                span,
                "SOP014",
                f"Kunci {what} {quote(key)} hanya boleh huruf, angka, garis bawah, dan tanda hubung",
                "contoh: kasubbag_umum",
            )
        elif isinstance(node, Mapping):
            records.append((key, Fields(node, report, f"{what} “{key}”")))
        else:
            report.add(node.span, "SOP014", f"Isi {what} “{key}” harus berupa pasangan kunci dan nilai")
    return records
