"""Catalogue of the layout's findings."""

CODES: dict[str, str] = {
    "SOP801": "Lajur terlalu sempit untuk anak panah",
    "SOP802": "Terlalu banyak pelaksana",
    "SOP803": "Teks tidak muat di dalam lambang",
    "SOP804": "Label cabang tidak mendapat tempat",
    "SOP805": "Langkah tidak muat pada satu halaman",
    "SOP806": "Judul lajur atau kelompok tidak muat",
    "SOP807": "Langkah lebih tinggi daripada satu halaman",
    "SOP808": "Halaman dengan satu baris saja",
}
"""Every code the layout gives, with a short Indonesian title."""
