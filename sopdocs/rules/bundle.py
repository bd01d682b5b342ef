"""The bundle and the registers that the SOPs share."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.model import Severity, Sop, Span
from sopdocs.rules.rule import DOKUMEN, IDENTITAS, SENDIRI, Context, Hit, whole

TOPIC = "Bundel dan daftar bersama"
_BUNDLE = Span("content/bundel.yaml")


def _bundled(context: Context) -> list[Sop]:
    return [context.workspace.sop[slug] for slug in context.workspace.bundel.sop if slug in context.workspace.sop]


def _at(context: Context, key: str) -> Span:
    return context.workspace.bundel.spans.get(key) or _BUNDLE


@whole(
    "SOP170",
    "Keputusan penetapan belum lengkap",
    Severity.CATATAN,
    DOKUMEN,
    "Dokumen SOP memuat keputusan pimpinan yang menetapkannya.",
)
def decree_missing(context: Context) -> Iterator[Hit]:
    decree = context.workspace.bundel.keputusan
    parts = (("nomor", decree.nomor), ("tanggal", decree.tanggal), ("tentang", decree.tentang))
    missing = [name for name, value in parts if value is None]
    if missing:
        message = f"Keputusan penetapan SOP belum lengkap: {', '.join(missing)} kosong"
        yield Hit(_at(context, "keputusan"), message, "isi kunci keputusan di bundel.yaml setelah ditetapkan")


@whole(
    "SOP171",
    "Tahun bundel mendahului isinya",
    Severity.PERINGATAN,
    SENDIRI,
    "Sampul bertahun lama menandakan bundel lama yang belum diperbarui.",
)
def old_bundle(context: Context) -> Iterator[Hit]:
    year = context.workspace.bundel.tahun
    days = [(day, sop.nama) for sop in _bundled(context) for day in (sop.pembuatan, sop.pengesahan) if day]
    if year and days and max(days)[0].year > year:
        day, name = max(days)
        message = f"Bundel bertahun {year}, tetapi SOP “{name}” bertanggal {day.isoformat()}"
        yield Hit(_at(context, "tahun"), message, "perbarui tahun di bundel.yaml, atau periksa tanggal SOP")


@whole(
    "SOP172",
    "Keputusan mendahului SOP yang ditetapkannya",
    Severity.PERINGATAN,
    SENDIRI,
    "Keputusan menetapkan SOP yang sudah selesai dibuat.",
)
def early_decree(context: Context) -> Iterator[Hit]:
    decided = context.workspace.bundel.keputusan.tanggal
    made = [(sop.pembuatan, sop.nama) for sop in _bundled(context) if sop.pembuatan]
    if decided and made and max(made)[0] > decided:
        message = f"Keputusan bertanggal {decided.isoformat()}, tetapi SOP “{max(made)[1]}” baru dibuat sesudahnya"
        yield Hit(_at(context, "keputusan"), message, "periksa tanggal keputusan dan pembuatan")


@whole(
    "SOP118",
    "Logo kantor belum ada",
    Severity.CATATAN,
    IDENTITAS,
    "Lembar bertanda logo kantor; tanpa logo tercetak lambang sementara.",
)
def no_logo(context: Context) -> Iterator[Hit]:
    office = context.workspace.instansi
    if office.logo is None:
        where = office.spans.get("logo") or office.spans.get("") or Span("content/instansi.yaml")
        yield Hit(where, "Logo kantor belum ada", "simpan logonya di content/, lalu isi logo: di instansi.yaml")


@whole(
    "SOP161",
    "Pelaksana terdaftar tetapi tidak dipakai",
    Severity.CATATAN,
    SENDIRI,
    "Daftar pelaksana yang memuat sisa-sisa menyulitkan pemilihan lajur.",
)
def unused_performer(context: Context) -> Iterator[Hit]:
    used = {key for sop in context.workspace.sop.values() for key in sop.pelaksana}
    for key, performer in context.workspace.pelaksana.items():
        if key not in used:
            message = f"Pelaksana “{key}” ({performer.nama}) tidak dipakai SOP mana pun"
            yield Hit(performer.spans[""], message, "hapus dari pelaksana.yaml bila memang tidak perlu")


@whole(
    "SOP162",
    "Dua pelaksana bernama sama",
    Severity.PERINGATAN,
    SENDIRI,
    "Dua lajur berjudul sama tidak dapat dibedakan pada lembar.",
)
def performer_twice(context: Context) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for key, performer in context.workspace.pelaksana.items():
        for name in dict.fromkeys((performer.nama.casefold(), performer.judul_lajur.casefold())):
            first = seen.setdefault(name, key)
            if first != key:
                message = f"Pelaksana “{key}” bernama sama dengan “{first}”"
                where = performer.spans.get("nama") or performer.spans[""]
                yield Hit(where, message, "pakai satu kunci saja, atau beri nama yang berbeda")
                break


@whole(
    "SOP163",
    "Pejabat terdaftar tetapi tidak mengesahkan",
    Severity.CATATAN,
    SENDIRI,
    "Pejabat lama yang tertinggal di daftar mudah terpilih keliru.",
)
def unused_official(context: Context) -> Iterator[Hit]:
    used = {sop.pengesah for sop in context.workspace.sop.values()}
    for key, official in context.workspace.pejabat.items():
        if key not in used:
            message = f"Pejabat “{key}” ({official.nama}) tidak mengesahkan SOP mana pun"
            yield Hit(official.spans[""], message, "hapus dari pejabat.yaml bila memang tidak perlu")
