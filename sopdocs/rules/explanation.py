"""The short explanation of how the document is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopdocs.content.report import quote
from sopdocs.model import Severity
from sopdocs.rules.rule import DOKUMEN, SENDIRI, Context, Hit, bundle_place, whole

TOPIC = "Penjelasan singkat penggunaan"
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST = 2
"""Letters of the shortest meaning that says something."""


@whole(
    "SOP168",
    "Penjelasan singkat penggunaan belum lengkap",
    Severity.CATATAN,
    DOKUMEN,
    "Dokumen SOP memuat ruang lingkup, ringkasan, dan pengertian; yang kosong hanya tercetak seadanya.",
)
def explanation_missing(context: Context) -> Iterator[Hit]:
    use = context.workspace.bundel.penjelasan
    parts = (("ruang_lingkup", use.ruang_lingkup), ("ringkasan", use.ringkasan), ("pengertian", use.pengertian))
    missing = [name for name, value in parts if not value]
    if missing:
        message = f"Penjelasan singkat penggunaan belum lengkap: {', '.join(missing)} kosong"
        yield Hit(bundle_place(context, "penjelasan"), message, "isi kunci penjelasan di bundel.yaml")


@whole(
    "SOP173",
    "Istilah dijelaskan dua kali",
    Severity.PERINGATAN,
    SENDIRI,
    "Satu istilah dengan dua arti membuat pembaca memilih sendiri.",
)
def term_twice(context: Context) -> Iterator[Hit]:
    seen: dict[str, int] = {}
    for number, each in enumerate(context.workspace.bundel.penjelasan.pengertian):
        first = seen.setdefault(_folded(each.istilah), number)
        if first != number:
            earlier = bundle_place(context, f"penjelasan.pengertian.{first}.istilah")
            message = f"Istilah {quote(each.istilah)} sudah dijelaskan di baris {earlier.line}"
            yield Hit(bundle_place(context, f"penjelasan.pengertian.{number}.istilah"), message, "gabungkan artinya")


@whole(
    "SOP174",
    "Pengertian tanpa isi",
    Severity.PERINGATAN,
    SENDIRI,
    "Arti yang hanya tanda baca atau mengulang istilahnya tidak menjelaskan apa pun.",
)
def empty_meaning(context: Context) -> Iterator[Hit]:
    for number, each in enumerate(context.workspace.bundel.penjelasan.pengertian):
        said = _folded(each.arti)
        if len(said.replace(" ", "")) < _LEAST or said == _folded(each.istilah):
            message = f"Arti istilah {quote(each.istilah)} belum menjelaskan apa pun: {quote(each.arti)}"
            where = bundle_place(context, f"penjelasan.pengertian.{number}.arti")
            yield Hit(where, message, "tulis artinya, atau hapus istilah ini")


def _folded(text: str) -> str:
    """The words alone: neither case, marks nor numbers make another term."""
    return " ".join(_LETTERS.findall(text.casefold()))
