"""The regulations an SOP cites, against themselves and against the register."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import fuzz

from sopdocs.content.kutipan import parse_kutipan
from sopdocs.content.report import quote
from sopdocs.model import (
    Peraturan,
    Rujukan,
    Severity,
    Sop,
    Span,
    StatusPeraturan,
    number_key,
    same_regulation,
)
from sopdocs.model.jenis import RINGKASAN_URUTAN
from sopdocs.rules.rule import PRAKTIK, SENDIRI, Context, Hit, each_sop, whole

TOPIC = "Dasar hukum"
TYPING_RATIO = 90
"""Two subjects at least this alike (rapidfuzz ratio, 0 to 100) differ by typing; below it they are two subjects."""
_LONGEST = 2000
"""Characters of a subject that are compared; more would only be slow."""
_ROMAN = {"i": 1, "v": 5, "x": 10}
_SHORT = {"no": "nomor", "th": "tahun", "thn": "tahun"}


@each_sop(
    "SOP111",
    "Dasar hukum sudah dicabut",
    Severity.PERINGATAN,
    PRAKTIK,
    "SOP tidak dapat berdasar pada peraturan yang tidak berlaku lagi.",
)
def revoked(sop: Sop, context: Context) -> Iterator[Hit]:
    """Report a regulation that the register knows as revoked."""
    for rujukan in sop.rujukan:
        yield from if_revoked(rujukan, context)


@each_sop(
    "SOP130",
    "Rujukan tanpa nomor, tahun, atau judul",
    Severity.PERINGATAN,
    PRAKTIK,
    "Rujukan yang tidak lengkap tidak dapat dicari pembaca.",
)
def incomplete(sop: Sop, context: Context) -> Iterator[Hit]:
    """Report a citation that leaves out number, year or subject; the UUD has none."""
    for rujukan, entry in _entries(sop, context):
        parts = {"nomor": rujukan.nomor, "tahun": rujukan.tahun, "judul (tentang …)": rujukan.tentang}
        missing = [name for name, value in parts.items() if value is None]
        if missing and rujukan.jenis != "uud":
            message = f"Rujukan {quote(rujukan.tertulis)} belum menyebut {_listed(missing)}"
            whole = entry.kutipan if entry else "… Nomor … Tahun … tentang …"
            yield Hit(rujukan.span, message, f"tulis lengkap: {whole}")


@each_sop(
    "SOP131",
    "Peraturan dirujuk dua kali",
    Severity.PERINGATAN,
    PRAKTIK,
    "Rujukan kembar biasanya sisa salinan dari lembar lain.",
)
def cited_twice(sop: Sop) -> Iterator[Hit]:
    """Report a regulation that the same SOP has cited before, at the second place."""
    seen: defaultdict[tuple[str, int] | None, list[Rujukan]] = defaultdict(list)
    for rujukan in sop.rujukan:
        alike = seen[number_key(rujukan)]
        first = next((earlier for earlier in alike if same_regulation(rujukan, earlier)), None)
        if first is None:
            alike.append(rujukan)
        else:
            message = f"{_name(rujukan)} sudah dirujuk di baris {first.span.line}"
            yield Hit(rujukan.span, message, "hapus salah satu")


@each_sop(
    "SOP132",
    "Urutan dasar hukum terbalik",
    Severity.PERINGATAN,
    PRAKTIK,
    "Dasar hukum disusun menurut tingkat peraturan.",
)
def out_of_order(sop: Sop) -> Iterator[Hit]:
    """Report the first citation that stands below one of lower rank; kinds without a rank are skipped."""
    ranked = [(rujukan.peringkat, rujukan) for rujukan in sop.rujukan if rujukan.peringkat is not None]
    for (above_rank, above), (rank, rujukan) in pairwise(ranked):
        if above_rank > rank:
            message = f"{_name(rujukan)} lebih tinggi daripada {_name(above)}, tetapi disebut sesudahnya"
            yield Hit(rujukan.span, message, f"urutannya: {RINGKASAN_URUTAN}")
            return


@each_sop(
    "SOP133",
    "Peraturan belum terdaftar",
    Severity.CATATAN,
    SENDIRI,
    "Hanya peraturan yang terdaftar dapat dipantau statusnya.",
)
def unregistered(sop: Sop, context: Context) -> Iterator[Hit]:
    """Report a complete citation that the register does not have; the UUD need not be there."""
    for rujukan, entry in _entries(sop, context):
        if rujukan.jenis == "uud" or rujukan.nomor is None or rujukan.tahun is None or entry is not None:
            continue
        fields = {"jenis": rujukan.nama_jenis, "nomor": rujukan.nomor}
        written = ", ".join(f"{key}: {_yaml_text(value)}" for key, value in fields.items())
        tentang = _yaml_text(rujukan.tentang) if rujukan.tentang else "…"
        hint = f"tambahkan: - {{{written}, tahun: {rujukan.tahun}, tentang: {tentang}, status: tidak_diketahui}}"
        message = f"{_name(rujukan)} belum ada di peraturan.yaml, jadi statusnya tidak terpantau"
        yield Hit(rujukan.span, message, hint)


@each_sop(
    "SOP134",
    "Judul peraturan berbeda dari daftar",
    Severity.PERINGATAN,
    SENDIRI,
    "Nomor yang benar dengan judul lain menandakan salah satu keliru.",
)
def other_subject(sop: Sop, context: Context) -> Iterator[Hit]:
    """Report a citation whose subject is not the one that the register has."""
    for rujukan, entry in _entries(sop, context):
        if entry is None or rujukan.tentang is None:
            continue
        # Read in the same way, so that both lose what follows on later changes.
        known = parse_kutipan(entry.kutipan, rujukan.span)
        registered = known.tentang if known and known.tentang else entry.tentang
        one, other = _plain(rujukan.tentang), _plain(registered)
        if one == other:
            continue
        alike = fuzz.ratio(one[:_LONGEST], other[:_LONGEST]) >= TYPING_RATIO
        what = "sedikit berbeda dari" if alike else "bukan judul menurut"
        message = f"Judul {entry.ringkas} yang ditulis, {quote(rujukan.tentang, 200)}, {what} peraturan.yaml"
        hint = f"di peraturan.yaml: tentang {entry.tentang}"
        yield Hit(rujukan.span, message, hint)


@whole(
    "SOP135",
    "Keterangan status peraturan belum lengkap",
    Severity.PERINGATAN,
    SENDIRI,
    "Status tanpa sumber tidak dapat dipercaya pemeriksa.",
)
def status_without_ground(context: Context) -> Iterator[Hit]:
    """Report register entries whose status is told without its ground."""
    for entry in context.workspace.peraturan:
        if entry.status is StatusPeraturan.DICABUT and entry.dicabut_oleh is None:
            message = f"{entry.ringkas} berstatus dicabut, tetapi dicabut_oleh kosong"
            yield _of_entry(entry, "status", message, "isi dicabut_oleh, misalnya PP 1/2020")
        revoking = _year(entry.dicabut_oleh) if entry.dicabut_oleh else None
        if revoking is not None and revoking < entry.tahun:
            message = f"{entry.ringkas} tidak mungkin dicabut oleh {entry.dicabut_oleh}, yang lebih tua"
            yield _of_entry(entry, "dicabut_oleh", message, "periksa kedua tahunnya")
        if entry.status is not StatusPeraturan.TIDAK_DIKETAHUI and entry.sumber is None:
            message = f"Status {entry.status.value} untuk {entry.ringkas} belum bersumber"
            yield _of_entry(entry, "status", message, "isi sumber, atau tulis status: tidak_diketahui")


@each_sop(
    "SOP136",
    "Dasar hukum yang bukan peraturan",
    Severity.CATATAN,
    SENDIRI,
    "Yang tidak dikenali sebagai peraturan tidak dapat diperiksa.",
)
def no_regulation(sop: Sop) -> Iterator[Hit]:
    """Report text under Dasar Hukum that cites no regulation; "-" says that there is none."""
    cited = {rujukan.span for rujukan in sop.rujukan}
    for paragraph in sop.dasar_hukum.paragraphs:
        span = paragraph.span or sop.at("dasar_hukum")
        if span not in cited and paragraph.text.strip(" -–."):
            message = f"{quote(paragraph.text)} di Dasar Hukum tidak dikenali sebagai peraturan"
            hint = "mulai dengan jenisnya, misalnya: Peraturan Bupati Nomor … Tahun … tentang …"
            yield Hit(span, message, hint)


def _entries(sop: Sop, context: Context) -> Iterator[tuple[Rujukan, Peraturan | None]]:
    """Yield each citation with its register entry."""
    for rujukan in sop.rujukan:
        yield rujukan, _entry(rujukan, context)


def _entry(rujukan: Rujukan, context: Context) -> Peraturan | None:
    alike = context.register.get(number_key(rujukan), ())
    return next((entry for entry in alike if same_regulation(rujukan, entry)), None)


def if_revoked(rujukan: Rujukan, context: Context) -> Iterator[Hit]:
    """Report a citation of what the register knows as revoked."""
    entry = _entry(rujukan, context)
    if entry is not None and entry.status is StatusPeraturan.DICABUT:
        by = f" oleh {entry.dicabut_oleh}" if entry.dicabut_oleh else ""
        message = f"{entry.ringkas} menurut peraturan.yaml sudah dicabut{by}"
        yield Hit(rujukan.span, message, "perbarui rujukannya")


def _name(rujukan: Rujukan) -> str:
    return rujukan.ringkas if rujukan.nomor and rujukan.tahun else quote(rujukan.tertulis)


def _listed(names: list[str]) -> str:
    return " dan ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _of_entry(entry: Peraturan, field: str, message: str, hint: str) -> Hit:
    span = entry.spans.get(field) or entry.spans.get("") or Span("content/peraturan.yaml")
    return Hit(span, message, hint)


def _year(reference: str) -> int | None:
    cited = parse_kutipan(reference, Span(""))
    return cited.tahun if cited else None


def _yaml_text(text: str) -> str:
    """Return `text` as YAML takes it within braces: quoted unless it is a plain word or number."""
    return text if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ]*", text) else json.dumps(text, ensure_ascii=False)


def _plain(subject: str) -> str:
    """Fold what does not make another subject: case, marks, "tentang", "dan" or "&", short words, roman numerals."""
    words: list[str] = re.findall(r"\w+", subject.casefold().replace("&", " dan "))
    return " ".join(_plain_word(word) for word in words if word != "tentang")


def _plain_word(word: str) -> str:
    return str(_roman(word)) if set(word) <= set(_ROMAN) else _SHORT.get(word, word)


def _roman(word: str) -> int:
    values = [_ROMAN[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
