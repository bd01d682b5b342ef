"""What is written down when the application of an SOP was monitored."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.model import HasilLangkah, Pemantauan, Severity, Sop, Span
from sopdocs.rules.rule import PEMANTAUAN, SENDIRI, Context, Hit, each_sop

TOPIC = "Pemantauan"
_Langkah = tuple[int, int]
"""Procedure, from 1, and number of a step."""


def _entries(sop: Sop, context: Context) -> tuple[Pemantauan, ...]:
    return context.workspace.pemantauan.get(sop.slug, ())


def _of_today(sop: Sop, entry: Pemantauan) -> bool:
    """Whether the sheet of today was monitored: earlier ones may have had other steps."""
    return all(day is None or entry.tanggal >= day for day in (sop.pembuatan, sop.revisi, sop.pengesahan))


def _steps(sop: Sop) -> tuple[_Langkah, ...]:
    return tuple((number, step.nomor) for number, each in enumerate(sop.prosedur, 1) for step in each.langkah)


def _called(sop: Sop, step: _Langkah) -> str:
    return f"langkah {step[1]} prosedur {step[0]}" if len(sop.prosedur) > 1 or step[0] != 1 else f"langkah {step[1]}"


def _named(each: HasilLangkah) -> _Langkah:
    return each.prosedur, each.nomor


def _place(each: HasilLangkah, entry: Pemantauan) -> Span:
    return each.span or entry.spans[""]


@each_sop(
    "SOP221",
    "Langkah yang dipantau tidak ada",
    Severity.GALAT,
    PEMANTAUAN,
    "Hasil untuk langkah yang tidak ada tidak dapat dibaca kembali; yang dinilai ialah langkah lembar yang berlaku.",
)
def unknown_step(sop: Sop, context: Context) -> Iterator[Hit]:
    known = _steps(sop)
    for entry in _entries(sop, context):
        for each in entry.langkah if _of_today(sop, entry) else ():
            if _named(each) not in known:
                message = f"SOP {sop.slug} tidak mempunyai {_called(sop, _named(each))}"
                yield Hit(_place(each, entry), message, f"langkahnya: {', '.join(str(n) for _, n in known)}")


@each_sop(
    "SOP222",
    "Pemantauan bertanggal di masa depan",
    Severity.GALAT,
    SENDIRI,
    "Yang dicatat ialah pemantauan yang sudah dilakukan.",
)
def monitored_tomorrow(sop: Sop, context: Context) -> Iterator[Hit]:
    for entry in _entries(sop, context):
        if entry.tanggal > context.today:
            message = f"Pemantauan {entry.tanggal.isoformat()} belum terjadi"
            yield Hit(entry.spans["tanggal"], message, "periksa tanggalnya")


@each_sop(
    "SOP223",
    "Langkah tidak berjalan tanpa tindakan",
    Severity.PERINGATAN,
    PEMANTAUAN,
    "Untuk langkah yang tidak berjalan, formulir Tabel 7 meminta tindakan yang harus diambil.",
)
def no_action(sop: Sop, context: Context) -> Iterator[Hit]:
    for entry in _entries(sop, context):
        for each in entry.langkah:
            if each.berjalan is False and not each.tindakan:
                message = f"{_called(sop, _named(each)).capitalize()} tidak berjalan, tetapi tindakannya belum ditulis"
                yield Hit(_place(each, entry), message, "contoh: tindakan: Kasubbag memperbaiki formulir")


@each_sop(
    "SOP224",
    "Pemantauan tanpa penilai",
    Severity.PERINGATAN,
    PEMANTAUAN,
    "Formulir Tabel 7 diparaf penilai; pemantauan tanpa penilai belum terhitung.",
)
def no_assessor(sop: Sop, context: Context) -> Iterator[Hit]:
    for entry in _entries(sop, context):
        if not entry.penilai:
            where = entry.spans.get("penilai") or entry.spans[""]
            message = f"Penilai pada pemantauan {entry.tanggal.isoformat()} belum diisi"
            yield Hit(where, message, "isi penilai: dengan nama yang menilai")


@each_sop(
    "SOP225",
    "Langkah belum dinilai",
    Severity.PERINGATAN,
    PEMANTAUAN,
    "Formulir Tabel 7 menilai setiap langkah; selama ada yang dibiarkan kosong, pemantauannya belum terhitung.",
)
def unjudged(sop: Sop, context: Context) -> Iterator[Hit]:
    for entry in _entries(sop, context):
        said = {_named(each) for each in entry.langkah if each.berjalan is not None}
        # Of an earlier sheet only what is left open is known.
        wanted = _steps(sop) if _of_today(sop, entry) else tuple(map(_named, entry.langkah))
        open_steps = [step for step in dict.fromkeys(wanted) if step not in said]
        if open_steps:
            where = entry.spans.get("langkah") or entry.spans[""]
            names = ", ".join(_called(sop, step) for step in open_steps)
            message = f"Pada pemantauan {entry.tanggal.isoformat()} belum dinilai: {names}"
            yield Hit(where, message, "isi berjalan: ya atau tidak untuk tiap langkah")


@each_sop(
    "SOP226",
    "Langkah dinilai dua kali",
    Severity.GALAT,
    SENDIRI,
    "Dua penilaian untuk satu langkah tidak memberi tahu mana yang benar.",
)
def judged_twice(sop: Sop, context: Context) -> Iterator[Hit]:
    for entry in _entries(sop, context):
        seen: set[_Langkah] = set()
        for each in entry.langkah:
            if _named(each) in seen:
                message = f"{_called(sop, _named(each)).capitalize()} dinilai dua kali"
                yield Hit(_place(each, entry), message, "hapus salah satu")
            seen.add(_named(each))
