"""The decree that adopts the SOPs, against the sheets that are bound behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from sopdocs.content.kutipan import parse_kutipan
from sopdocs.content.report import quote
from sopdocs.model import Severity, Sop, SopDitetapkan
from sopdocs.rules.regulations import if_revoked
from sopdocs.rules.rule import DOKUMEN, PRAKTIK, SENDIRI, Context, Hit, bundle_place, whole

TOPIC = "Keputusan penetapan"
_LIKE = 85
"""Two names at least this alike (rapidfuzz ratio, 0 to 100) are taken for one SOP."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """One line of the decree's list."""

    number: int
    """Counted from 0."""
    entry: SopDitetapkan


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Which sheet each line of the decree's list means."""

    pairs: list[tuple[_Listed, Sop]] = field(default_factory=list[tuple[_Listed, Sop]])
    twice: list[_Listed] = field(default_factory=list[_Listed])
    """Names a sheet that an earlier line has named."""
    unknown: list[_Listed] = field(default_factory=list[_Listed])
    missing: list[Sop] = field(default_factory=list[Sop])
    """In the bundle, but on no line."""


def _compare(context: Context) -> _Comparison:
    """Match by name, then by number, then by what is nearly the name; empty without a list."""
    found = _Comparison()
    listed = [_Listed(number, entry) for number, entry in enumerate(context.workspace.bundel.keputusan.sop)]
    if not listed:
        return found
    left = {sop.slug: sop for sop in context.bundled}
    names = {_folded(sop.nama): sop for sop in context.bundled}
    rest: list[_Listed] = []
    for line in listed:
        named = names.get(_folded(line.entry.nama))
        if named is None:
            rest.append(line)
        elif left.pop(named.slug, None):
            found.pairs.append((line, named))
        else:
            found.twice.append(line)
    for line in rest:
        meant = _by_number(line.entry, left) or _by_likeness(line.entry, left)
        if meant:
            found.pairs.append((line, left.pop(meant.slug)))
        else:
            found.unknown.append(line)
    found.missing.extend(left.values())
    return found


def _by_number(entry: SopDitetapkan, left: dict[str, Sop]) -> Sop | None:
    return next((sop for sop in left.values() if _same_number(entry.nomor, sop.nomor)), None)


def _by_likeness(entry: SopDitetapkan, left: dict[str, Sop]) -> Sop | None:
    names = {slug: _folded(sop.nama) for slug, sop in left.items()}
    found = process.extractOne(_folded(entry.nama), names, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return left[found[2]] if found else None


def _folded(name: str) -> str:
    """A decree may write names in capitals, and with SOP before them."""
    return " ".join(name.casefold().split()).removeprefix("sop ")


def _same_number(one: str | None, other: str | None) -> bool:
    return bool(one and other) and _bare(one) == _bare(other)


def _bare(nomor: str | None) -> str:
    return "".join((nomor or "").split()).casefold()


@whole(
    "SOP164",
    "Daftar SOP pada keputusan berbeda dari bundel",
    Severity.GALAT,
    DOKUMEN,
    "Yang ditetapkan keputusan dan yang dibundel harus SOP yang sama, dengan nama yang sama.",
)
def other_list(context: Context) -> Iterator[Hit]:
    """Report names that differ, lines without a sheet, repeated lines, and sheets without a line."""
    found = _compare(context)
    for line, sop in found.pairs:
        if _folded(line.entry.nama) != _folded(sop.nama):
            message = f"Keputusan menyebut {quote(line.entry.nama)}, sedangkan lembarnya berjudul {quote(sop.nama)}"
            yield _at_line(context, line, "nama", message, "samakan: nama pada keputusan yang terbit yang berlaku")
    for line in found.twice:
        message = f"{quote(line.entry.nama)} disebut dua kali pada daftar keputusan"
        yield _at_line(context, line, "nama", message, "hapus salah satu")
    # While a file cannot be read, the lines that mean it are not known.
    if set(context.workspace.bundel.sop) <= set(context.workspace.sop):
        for line in found.unknown:
            if _ended(line.entry, context):
                continue  # a decree stands as it was issued; what it adopted may have ended since
            message = f"{quote(line.entry.nama)} ada pada daftar keputusan, tetapi tidak ada di bundel"
            yield _at_line(context, line, "nama", message, _way_in(line.entry, context))
    for sop in found.missing:
        message = f"SOP {quote(sop.nama)} ikut bundel, tetapi tidak ada pada daftar keputusan"
        hint = "tambahkan pada sop: di keputusan bila memang ditetapkan, atau keluarkan dari bundel"
        yield Hit(bundle_place(context, "keputusan.sop"), message, hint)


def _way_in(entry: SopDitetapkan, context: Context) -> str:
    slug = next((sop.slug for sop in context.workspace.sop.values() if _folded(sop.nama) == _folded(entry.nama)), None)
    if slug:
        return f"tambahkan {slug} pada sop: di bundel.yaml"
    return "buat lembarnya di content/sop/, atau perbaiki daftarnya bila keputusan tidak memuatnya"


def _ended(entry: SopDitetapkan, context: Context) -> bool:
    ended = [sop for sop in context.workspace.sop.values() if sop.status.ended]
    return any(_folded(sop.nama) == _folded(entry.nama) or _same_number(entry.nomor, sop.nomor) for sop in ended)


def _at_line(context: Context, line: _Listed, key: str, message: str, hint: str) -> Hit:
    return Hit(bundle_place(context, f"keputusan.sop.{line.number}.{key}"), message, hint)


@whole(
    "SOP165",
    "Nomor SOP pada keputusan berbeda dari lembarnya",
    Severity.GALAT,
    PRAKTIK,
    "Nomor yang tertukar antara dua lembar membuat rujukan menunjuk SOP yang salah.",
)
def other_number(context: Context) -> Iterator[Hit]:
    """Report each line whose number is not that of its sheet; one without a number says nothing."""
    for line, sop in _compare(context).pairs:
        nomor = line.entry.nomor
        if nomor is None or _same_number(nomor, sop.nomor):
            continue
        other = next((each for each in context.bundled if _same_number(nomor, each.nomor)), None)
        path = sop.at("").path
        if other:
            message = f"Nomor {quote(nomor)} diberikan keputusan kepada {quote(sop.nama)}, tetapi tertulis pada lembar "
            message += quote(other.nama)
            hint = f"mungkin tertukar: periksa nomor di {path} dan {other.at('').path}"
        elif sop.nomor:
            message = f"Keputusan memberi {quote(sop.nama)} nomor {quote(nomor)}, lembarnya bernomor {quote(sop.nomor)}"
            hint = f"periksa keputusan dan {path}"
        else:
            message = f"Keputusan memberi {quote(sop.nama)} nomor {quote(nomor)}, lembarnya belum bernomor"
            hint = f"isi nomor: di {path}"
        yield _at_line(context, line, "nomor", message, hint)


@whole(
    "SOP166",
    "Nomor keputusan dipakai sebagai nomor SOP",
    Severity.GALAT,
    SENDIRI,
    "Keputusan dan SOP diberi nomor masing-masing; satu nomor untuk keduanya berarti salah satu tersalin.",
)
def number_of_decree(context: Context) -> Iterator[Hit]:
    decree = context.workspace.bundel.keputusan
    for sop in context.workspace.living.values():
        if _same_number(decree.nomor, sop.nomor):
            message = f"Nomor {quote(sop.nomor or '')} adalah nomor keputusan penetapan, bukan nomor SOP"
            yield Hit(sop.at("nomor"), message, "tulis nomor SOP-nya sendiri, atau periksa keputusan di bundel.yaml")


@whole(
    "SOP167",
    "Keputusan bernomor tanpa tanggal, atau bertanggal tanpa nomor",
    Severity.PERINGATAN,
    SENDIRI,
    "Nomor dan tanggal keputusan diberikan bersama-sama; yang hanya salah satu biasanya terlewat.",
)
def half_decree(context: Context) -> Iterator[Hit]:
    decree = context.workspace.bundel.keputusan
    if (decree.nomor is None) != (decree.tanggal is None):
        given, missing = ("tanggal", "nomor") if decree.nomor is None else ("nomor", "tanggal")
        message = f"Keputusan penetapan sudah ada {given}-nya, tetapi {missing} kosong"
        yield Hit(bundle_place(context, f"keputusan.{missing}"), message, f"isi {missing}, atau kosongkan keduanya")


@whole(
    "SOP170",
    "Keputusan penetapan belum lengkap",
    Severity.CATATAN,
    DOKUMEN,
    "Dokumen SOP memuat keputusan pimpinan yang menetapkannya.",
)
def decree_missing(context: Context) -> Iterator[Hit]:
    decree = context.workspace.bundel.keputusan
    parts = [("tentang", decree.tentang)]
    if decree.nomor is None and decree.tanggal is None:  # only one of them: SOP167
        parts = [("nomor", None), ("tanggal", None), *parts]
    missing = [name for name, value in parts if value is None]
    if missing:
        message = f"Keputusan penetapan SOP belum lengkap: {', '.join(missing)} kosong"
        yield Hit(bundle_place(context, "keputusan"), message, "isi kunci keputusan di bundel.yaml setelah ditetapkan")


@whole(
    "SOP172",
    "Keputusan mendahului SOP yang ditetapkannya",
    Severity.PERINGATAN,
    SENDIRI,
    "Keputusan menetapkan SOP yang sudah selesai dibuat.",
)
def early_decree(context: Context) -> Iterator[Hit]:
    decided = context.workspace.bundel.keputusan.tanggal
    made = [(sop.pembuatan, sop.nama) for sop in context.bundled if sop.pembuatan]
    if decided and made and max(made)[0] > decided:
        message = f"Keputusan bertanggal {decided.isoformat()}, tetapi SOP “{max(made)[1]}” baru dibuat sesudahnya"
        yield Hit(bundle_place(context, "keputusan"), message, "periksa tanggal keputusan dan pembuatan")


@whole(
    "SOP175",
    "Keputusan mengingat peraturan yang sudah dicabut",
    Severity.PERINGATAN,
    SENDIRI,
    "Keputusan tidak dapat berdasar pada peraturan yang tidak berlaku lagi.",
)
def revoked_basis(context: Context) -> Iterator[Hit]:
    for number, text in enumerate(context.workspace.bundel.keputusan.mengingat):
        cited = parse_kutipan(text, bundle_place(context, f"keputusan.mengingat.{number}"))
        if cited:
            yield from if_revoked(cited, context)
