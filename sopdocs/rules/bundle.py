"""The bundle and the registers that the SOPs share."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.model import Severity, Span
from sopdocs.rules.rule import IDENTITAS, SENDIRI, Context, Hit, bundle_place, whole

TOPIC = "Bundel dan daftar bersama"


@whole(
    "SOP171",
    "Tahun bundel mendahului isinya",
    Severity.PERINGATAN,
    SENDIRI,
    "Sampul bertahun lama menandakan bundel lama yang belum diperbarui.",
)
def old_bundle(context: Context) -> Iterator[Hit]:
    year = context.workspace.bundel.tahun
    days = [(day, sop.nama) for sop in context.bundled for day in (sop.pembuatan, sop.pengesahan) if day]
    if year and days and max(days)[0].year > year:
        day, name = max(days)
        message = f"Bundel bertahun {year}, tetapi SOP “{name}” bertanggal {day.isoformat()}"
        yield Hit(bundle_place(context, "tahun"), message, "perbarui tahun di bundel.yaml, atau periksa tanggal SOP")


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
    workspace = context.workspace
    used = {sop.pengesah for sop in workspace.sop.values()}
    used |= {key for key in (workspace.bundel.keputusan.pejabat, workspace.segel.pejabat) if key}
    for key, official in workspace.pejabat.items():
        if key not in used:
            message = f"Pejabat “{key}” ({official.nama}) tidak mengesahkan SOP mana pun"
            yield Hit(official.spans[""], message, "hapus dari pejabat.yaml bila memang tidak perlu")


@whole(
    "SOP169",
    "Penyegel bukan pejabat yang mengesahkan",
    Severity.PERINGATAN,
    SENDIRI,
    "Segel menyatakan pengesahan; yang menyegel ialah yang mengesahkan lembarnya atau menetapkan keputusannya.",
)
def foreign_seal(context: Context) -> Iterator[Hit]:
    """Report a sealing official who signs nothing in the bundle, and several who sign it while none is named."""
    seal, bundle = context.workspace.segel, context.workspace.bundel
    where = seal.spans.get("pejabat") or seal.spans.get("")
    approving = dict.fromkeys(sop.pengesah for sop in context.bundled if sop.pengesah in context.workspace.pejabat)
    if where is None or not approving:
        return
    named = ", ".join(f"“{key}”" for key in approving)
    if seal.pejabat is None and len(approving) > 1:
        yield Hit(where, f"SOP bundel disahkan {named}, tetapi segel.yaml belum menyebut pejabat", "isi kunci pejabat")
    elif seal.pejabat is not None and seal.pejabat not in (*approving, bundle.keputusan.pejabat):
        message = f"Bundel disegel pejabat “{seal.pejabat}”, sedangkan SOP-nya disahkan {named}"
        yield Hit(where, message, "samakan pejabat di segel.yaml dengan pengesah SOP")
