"""Rules about the drawn table; `sopdocs.layout` finds them while it draws."""

from __future__ import annotations

from sopdocs.layout import CODES as TITLES
from sopdocs.model import Severity
from sopdocs.rules.rule import PRAKTIK, SENDIRI, Rule, Source

TOPIC = "Gambar alur dan halaman"


def _drawn(code: str, source: Source, reason: str, severity: Severity = Severity.GALAT) -> Rule:
    return Rule(code, TITLES[code], severity, source, reason)


narrow = _drawn("SOP801", PRAKTIK, "Anak panah yang terlalu rapat tidak dapat diikuti mata.")
many_lanes = _drawn("SOP802", PRAKTIK, "Di bawah lebar terkecil, lambang dan anak panah tidak terbaca lagi.")
long_symbol = _drawn("SOP803", PRAKTIK, "Teks yang keluar dari lambangnya terpotong atau tertimpa panah.")
lost_label = _drawn("SOP804", PRAKTIK, "Cabang keputusan tanpa jawaban tidak dapat dijalankan.")
high_row = _drawn("SOP805", PRAKTIK, "Baris yang melebihi halaman tercetak terpotong.")
clipped_head = _drawn("SOP806", PRAKTIK, "Judul kolom yang terpotong menyembunyikan siapa pelaksananya.")
lonely_row = _drawn("SOP808", PRAKTIK, "Satu baris di halaman sendiri terlepas dari alurnya.", Severity.PERINGATAN)
cut_row = _drawn("SOP807", SENDIRI, "Langkah yang terbelah di dua halaman sulit dibaca.", Severity.PERINGATAN)
