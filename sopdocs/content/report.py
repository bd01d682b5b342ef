"""Collect findings while reading, and the catalogue of their codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from rapidfuzz.distance import OSA

from sopdocs.model import Finding, Fix, Severity, Span

CODES: dict[str, str] = {
    "SOP001": "Berkas tidak ada",
    "SOP002": "Berkas tidak dapat dibaca",
    "SOP003": "Bukan teks UTF-8",
    "SOP004": "Karakter kendali di dalam teks",
    "SOP005": "Berkas terlalu besar",
    "SOP006": "Nama berkas SOP atau folder instansi tidak sesuai pola",
    "SOP007": "Kop atau pejabat instansi diambil dari content/",
    "SOP010": "YAML rusak",
    "SOP011": "Kunci ditulis dua kali",
    "SOP012": "Kunci tidak dikenal",
    "SOP013": "Kunci wajib tidak ada",
    "SOP014": "Nilai tidak sesuai",
    "SOP015": "Fasilitas YAML yang tidak dipakai di sini",
    "SOP016": "Rahasia di dalam berkas isi",
    "SOP017": "Kunci tanda tangan di dalam folder isi",
    "SOP018": "Dua orang mengubah berkas yang sama",
    "SOP020": "Bagian depan (front matter) tidak ada",
    "SOP021": "Judul bagian tidak dikenal",
    "SOP022": "Judul bagian ditulis dua kali",
    "SOP023": "Teks berada di luar bagian",
    "SOP024": "Bentuk Markdown yang tidak dipakai di sini",
    "SOP025": "HTML di dalam teks",
    "SOP026": "Gambar atau tautan di dalam teks",
    "SOP030": "Pejabat tidak dikenal",
    "SOP031": "Pelaksana tidak dikenal",
    "SOP032": "Pelaksana ditulis dua kali",
    "SOP033": "Rujukan ke SOP yang tidak ada",
    "SOP034": "Rujukan ke peraturan yang tidak terdaftar",
    "SOP035": "SOP di bundel.yaml tidak ada",
    "SOP036": "SOP tidak ikut bundel",
    "SOP037": "Kelompok pelaksana bertingkat",
    "SOP038": "Kelompok pelaksana kosong",
    "SOP039": "Nama kelompok pelaksana tidak sesuai",
    "SOP040": "Prosedur tidak ada",
    "SOP041": "Judul langkah tidak terbaca",
    "SOP042": "Nomor langkah tidak berurutan",
    "SOP043": "Isian langkah tidak dikenal",
    "SOP044": "Isian langkah ditulis dua kali",
    "SOP045": "Langkah tanpa pelaksana",
    "SOP046": "Penulisan Pelaksana tidak terbaca",
    "SOP047": "Lambang tidak dikenal",
    "SOP048": "Waktu tidak terbaca",
    "SOP050": "Penulisan Alur tidak terbaca",
    "SOP051": "Alur menuju langkah yang tidak ada",
    "SOP052": "Alur menuju lambang yang tidak ada",
    "SOP053": "Alur tanpa tujuan yang pasti",
    "SOP054": "Cabang keputusan tanpa label, atau label tanpa keputusan",
    "SOP055": "Alur keluar dari lambang selesai",
    "SOP056": "Alur ditulis dua kali",
    "SOP057": "Terlalu banyak langkah",
    "SOP060": "Tabel Riwayat Revisi tidak terbaca",
    "SOP210": "Arsip tidak dapat dibaca",
    "SOP211": "Catatan edisi hilang atau rusak",
    "SOP212": "Berkas edisi hilang",
    "SOP213": "Berkas edisi berubah setelah terbit",
    "SOP214": "Berkas yang bukan bagian arsip",
    "SOP215": "Nomor edisi melompat atau ganda",
    "SOP216": "Rantai edisi putus",
    "SOP217": "Tanggal edisi tidak sesuai",
    "SOP218": "Isi edisi tidak terbaca lagi",
    "SOP219": "Sisa penerbitan yang terputus",
    "SOP230": "Arsip tidak seperti yang dicatat di git",
    "SOP231": "Arsip diubah sesudah dicatat di git",
    "SOP220": "Hasil pemantauan untuk SOP yang tidak ada",
}
"""Every code the content room gives, with a short Indonesian title."""


_LISTED = 16
"""Known names that a hint lists when none is near."""
_LONG = 5
"""Letters of the shortest name of which a slip by one letter is told; shorter ones have other words for neighbours."""
_GAP = re.compile(r"[\s_-]+")


class Report:
    """Gathers findings; reading goes on after each."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, span: Span, code: str, message: str, hint: str = "", severity: Severity = Severity.GALAT) -> None:
        """Add one finding; `code` must be in CODES."""
        self.add_finding(Finding(span, code, message, hint, severity))

    def add_finding(self, finding: Finding) -> None:
        """Add one finding, with its fix if it has one; its code must be in CODES."""
        if finding.code not in CODES:
            raise KeyError(finding.code)
        # A name from a YAML block may hold line breaks; a message is one line.
        self.findings.append(replace(finding, message=" ".join(finding.message.split())))


def quote(text: str, limit: int = 60) -> str:
    """Return `text` in quotation marks for a message: on one line, and cut when it is long."""
    folded = " ".join(text[: 4 * limit].split())
    return f"“{folded}”" if len(folded) <= limit and len(text) <= 4 * limit else f"“{folded[:limit].rstrip()} …”"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "maksud Anda …?" with the known name nearest to `word`, or the known names when few, or ""."""
    names = sorted(set(known))
    folded = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f"maksud Anda “{folded[close[0]]}”?"
    if 0 < len(names) <= _LISTED:
        return "yang dikenal: " + ", ".join(names)
    return ""


def slip_of(word: str, known: Iterable[str]) -> str:
    """Return the only known name that `word` can be a slip of, or "".

    A slip is other capitals or gaps, or one letter wrong, missing, too many or exchanged with its neighbour.
    """
    names, bare = set(known), _bare(word)
    near = {name for name in names if _bare(name) == bare} or {
        name for name in names if len(name) >= _LONG and OSA.distance(_bare(name), bare, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else ""


def _bare(name: str) -> str:
    return _GAP.sub("", name.casefold())


def slips_of(words: Collection[str], known: Iterable[str], present: Collection[str]) -> dict[str, str]:
    """Return the name meant by each of `words` that is a slip of one; not of one already there, nor two of the same."""
    names = tuple(known)
    meant = {word: slip_of(word, names) for word in words}
    counts = Counter(meant[word] for word in words)
    return {word: name for word, name in meant.items() if name and counts[name] == 1 and name not in present}


def mending(word: str, meant: Mapping[str, str]) -> Fix | None:
    """Return the fix that writes what is meant by `word`; None where that is not known."""
    return Fix(word, meant[word]) if word in meant else None
