"""Indonesian words for checking and deciding, in the forms that begin a step."""

from __future__ import annotations

import re

_STEMS = (
    "amati analisa analisis audit banding cek cermat cocok disposisi evaluasi identifikasi kaji klarifikasi konfirmasi "
    "koreksi kroscek monitor nilai paraf periksa pertimbang pilih putus reviu review saring sahkan seleksi sepakat "
    "setuju sortir supervisi telaah teliti tentu timbang tinjau uji validasi verifikasi"
).split()
_PREFIXES = {
    **dict.fromkeys("pbfv", "mem"),
    **dict.fromkeys("tdcj", "men"),
    **dict.fromkeys("kgaeiou", "meng"),
    "s": "meny",
}
_DROPPED = "ptks"
"""First letters that melt into the prefix: periksa, memeriksa."""
_SUFFIXES = ("", "kan", "i")
_FOLLOWING = re.compile(r"(?:^|\b(?:dan|serta|lalu|kemudian|atau)\s|[,/;&])\s*(\w+)")


def _forms(stem: str) -> set[str]:
    prefix = _PREFIXES.get(stem[0], "me")
    # Both spellings: "mengonfirmasi" is right and "mengkonfirmasi" is what many sheets have.
    active = {prefix + stem, "me" + stem, "men" + stem if stem[0] == "s" else prefix + stem}
    if stem[0] in _DROPPED:
        active.add(prefix + stem[1:])
    if len(stem) == 3:
        active.add("menge" + stem)  # mengecek
    verbs = {stem, "di" + stem, "memper" + stem, *active}
    nouns = {f"p{form[1:]}an" for form in active}  # pemeriksaan
    return {verb + suffix for verb in verbs for suffix in _SUFFIXES} | nouns


_WORDS = frozenset(form for stem in _STEMS for form in _forms(stem))


def is_check(text: str) -> bool:
    """Whether a step checks or decides: by its first word, or by one after a comma or "dan"."""
    return any(word in _WORDS for word in _FOLLOWING.findall(text.casefold()))
