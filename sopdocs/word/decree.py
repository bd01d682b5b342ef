"""What the placeholders of templates/keputusan.docx stand for."""

from __future__ import annotations

from collections.abc import Sequence

from sopdocs.model import Pejabat, Sop, SopDitetapkan, Workspace
from sopdocs.word.context import Inputs, bundle_values, official_values, tanggal_surat
from sopdocs.word.links import link_text
from sopdocs.word.template import guard

UNFILLED = "(belum diisi)"
UNDECIDED = "belum ditetapkan"
_CLOSING = (";", ".", ",", ":")
_DIGITS = ("", "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN")


def decree_context(sops: tuple[Sop, ...], inputs: Inputs) -> dict[str, object]:
    """Values for templates/keputusan.docx; what the office did not say is printed as unfilled, never made up."""
    decree = inputs.workspace.bundel.keputusan
    rulings = [(ordinal(number), text) for number, text in enumerate(decree.memutuskan, start=1)]
    return {
        **bundle_values(inputs),
        "nomor": guard(decree.nomor or UNDECIDED),
        "tanggal": tanggal_surat(decree.tanggal) or UNDECIDED,
        "tentang": guard(decree.tentang or UNFILLED),
        "pejabat": official_values(_issuer(sops, inputs.workspace)),
        "menimbang": _listed(decree.menimbang, [_letter(number) for number in range(len(decree.menimbang))]),
        "mengingat": _listed(decree.mengingat, [f"{number}." for number in range(1, len(decree.mengingat) + 1)]),
        "memutuskan": [{"urutan": word, "teks": guard(text)} for word, text in rulings or [("KESATU", UNFILLED)]],
        "sop": _adopted(decree.sop, sops),
    }


def ordinal(number: int) -> str:
    """How a ruling is counted, 1 to 99: KESATU, KEDUA, … KESEBELAS, KEDUA BELAS, KEDUA PULUH SATU."""
    tens, ones = divmod(number, 10)
    if number < 10:
        return f"KE{_DIGITS[ones]}"
    if number in (10, 11):
        return "KESEPULUH" if number == 10 else "KESEBELAS"
    if number < 20:
        return f"KE{_DIGITS[ones]} BELAS"
    return f"KE{_DIGITS[tens]} PULUH {_DIGITS[ones]}".rstrip()


def _issuer(sops: tuple[Sop, ...], workspace: Workspace) -> Pejabat | None:
    """Whom the decree names, else the one official who approves all SOPs, else nobody."""
    named = workspace.bundel.keputusan.pejabat
    approving = {named} if named else {sop.pengesah for sop in sops}
    return workspace.pejabat.get(approving.pop()) if len(approving) == 1 else None


def _letter(index: int) -> str:
    return f"{chr(97 + index)}." if index < 26 else f"{chr(96 + index // 26)}{chr(97 + index % 26)}."


def _listed(texts: Sequence[str], markers: Sequence[str]) -> list[dict[str, str]]:
    """Paragraphs with their markers; a single one bears none. Each ends as a decree asks, with a semicolon."""
    closed = [guard(text if text.endswith(_CLOSING) else f"{text};") for text in texts]
    if len(closed) < 2:
        return [{"penanda": "", "teks": text} for text in closed or (UNFILLED,)]
    return [{"penanda": marker, "teks": text} for marker, text in zip(markers, closed, strict=True)]


def _adopted(issued: tuple[SopDitetapkan, ...], sops: tuple[Sop, ...]) -> list[dict[str, object]]:
    """The list as issued, or the bundle's own; an SOP of the bundle is linked when its name is unmistakable."""
    slugs: dict[str, list[str]] = {}
    for sop in sops:
        slugs.setdefault(sop.nama.casefold(), []).append(sop.slug)
    lines = issued or tuple(SopDitetapkan(sop.nama, sop.nomor) for sop in sops)
    found: list[dict[str, object]] = []
    for position, line in enumerate(lines):
        same = slugs.get(line.nama.casefold(), [])
        slug = sops[position].slug if not issued else same[0] if len(same) == 1 else ""
        link = link_text(line.nama, f"sop/{slug}" if slug else "")
        found.append({"nama": guard(line.nama), "nomor": guard(line.nomor or "-"), "isi": link})
    return found
