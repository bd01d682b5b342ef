"""The six lists of the identity block and the mutu baku of the steps."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.model import IDENTITY_LISTS, Severity, Sop
from sopdocs.rules.rule import FLOWCHART, IDENTITAS, SENDIRI, Hit, each_sop

TOPIC = "Daftar dan mutu baku"


@each_sop(
    "SOP110",
    "Bagian belum diisi",
    Severity.GALAT,
    IDENTITAS,
    "Keenam bagian di bawah identitas wajib ada pada setiap lembar.",
)
def empty_list(sop: Sop) -> Iterator[Hit]:
    for field, title in IDENTITY_LISTS.items():
        if not getattr(sop, field):
            hint = f"tulis ## {title} dan isinya; tulis - bila memang tidak ada"
            yield Hit(sop.at(field), f"Bagian {title} belum diisi", hint)


@each_sop(
    "SOP112",
    "Mutu baku belum diisi",
    Severity.PERINGATAN,
    FLOWCHART,
    "Setiap langkah menyebut kelengkapan, waktu, dan outputnya.",
)
def empty_standard(sop: Sop) -> Iterator[Hit]:
    for step in (step for prosedur in sop.prosedur for step in prosedur.langkah):
        missing = [name for name in ("syarat", "waktu", "output") if not getattr(step, name)]
        if missing:
            message = f"Langkah {step.nomor}: {', '.join(missing)} belum diisi"
            yield Hit(step.span or sop.at("prosedur"), message, "tulis - bila memang tidak ada")


@each_sop(
    "SOP157",
    "Butir tertulis dua kali",
    Severity.PERINGATAN,
    SENDIRI,
    "Butir kembar biasanya sisa salinan dari lembar lain.",
)
def item_twice(sop: Sop) -> Iterator[Hit]:
    # A regulation cited twice has a rule of its own.
    for field, title in list(IDENTITY_LISTS.items())[1:]:
        seen: set[str] = set()
        for paragraph in getattr(sop, field).paragraphs:
            text = " ".join(paragraph.text.casefold().split()).rstrip(".;, ")
            if len(text) > 1 and text in seen:
                message = f"Butir “{paragraph.text}” tertulis dua kali pada {title}"
                yield Hit(paragraph.span or sop.at(field), message, "hapus salah satu")
            seen.add(text)
