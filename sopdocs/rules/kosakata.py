"""Words of office Indonesian that the forms in `bahasa` are told apart by. Lists only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BASE_VERBS = _words(
    "mulai selesai ikut turut masuk keluar hadir datang pergi kembali pulang tiba naik turun saling tampil"
)
"""Verbs that are active without a prefix."""

LIKE_VERBS = _words("""
    beberapa begitu benar berada beragam berakhir beralamat berani berapa beras berat berbagai berbasis berbeda
    berdasar berdasarkan bergaji berhak berharga berhubung berhubungan berian berikut berikutnya berisi berita
    berjangka berjenjang berjumlah berkaitan berkala berkas berkat berkelanjutan berkenaan berkesinambungan
    berlainan berlaku berlebihan berlian berlokasi bermacam bermaterai bermeterai bermutu bernama bernas
    bernilai bersama bersamaan bersangkutan bersifat bersih bersyarat bertahap bertempat bertepatan bertingkat
    beruang berumur beruntun berupa berurutan berusia berwarna berwenang berwujud beserta mebel media medis
    megah meja mekanisme melainkan melalui melati melayu melodi memang member membran memo memoar memorandum
    memori memorial menantu menara mencolok mendadak mendagri mendalam mendasar mendatang mendiang mendikbud
    mendung mengapa mengenai menit menjangan menjelang menkes menkeu menpan menpanrb mensos mentah mental
    mentari mentega menteri mentimun mentor menu menurut menyan merah meranti merata merdeka merek meriah meriam
    merica merupakan mesin mess meter meterai metode metro mewah
""")
"""Nouns, adjectives, prepositions and copulas that begin like an active verb."""

LIKE_PASSIVES = _words("""
    dia diagnosa diagnosis diagram dialog diam digit digital diklat dikotomi dilema dimensi dinamika dinas
    dinding dini diploma direksi direktorat direktori direktur diri dirjen disiplin disket diskon diskusi
    dispensasi display disposisi distribusi distrik divisi diversifikasi
""")
"""Words that begin like a passive verb."""

LEADERS = _words("""
    segera kemudian lalu selanjutnya setelah sesudah sebelum untuk agar guna dalam dengan secara telah sudah
    akan harus wajib dapat bisa perlu tidak tolong mohon silakan berdasarkan sesuai atas kegiatan proses melalui
""")
"""Words before the verb that a step does without."""

HONORIFICS = _words("bapak ibu pak bu sdr saudara para seluruh semua setiap tiap oleh pihak yth")
"""Words that may stand before a performer."""

FUNCTION_WORDS = _words("""
    adalah agar akan antara apa atas atau bagi bahwa bila dalam dan dapat dari daripada dengan di hingga ialah
    ini itu jika juga kami karena ke kepada maka oleh pada para perlu saat sampai se sebagai secara serta sudah
    supaya tanpa telah tentang terhadap tersebut tetapi tidak untuk yaitu yakni yang
""")
"""Words that are never doubled on purpose, but for those that take a hyphen then."""

WITH_HYPHEN = _words("agar antara apa atas bagi bila dalam ini itu jika kami para perlu saat sampai se sudah tidak")
"""Function words of which two in a row may be meant as one word: saat-saat, dalam-dalam."""

DOUBLES = _words("""
    baik bersama cepat hati kadang kira lain lama lambat lebih macam masing mudah pagi pelan rata sama sehari
    sewaktu sungguh tahun tiap undang
""")
"""Words that are usually doubled, with a hyphen: masing-masing, rata-rata."""

ROOTS: dict[str, str] = {
    root: suffix
    for suffix, roots in {
        "": """
            ambil analisis antar atur audit baca bagi bahas bantu bawa bayar beli bentuk bina buat buka cabut
            cari catat cek cetak data didik disposisi dukung edit entri evaluasi fotokopi ganti gelar hapus
            hitung identifikasi input inventarisasi isi jawab jemput kaji kawal kelola ketik kirim klarifikasi
            konfirmasi konsep koreksi kutip latih legalisasi lihat muat nilai olah pakai pantau paraf pasang
            periksa pesan pilah pilih pimpin pindai pinjam proses rancang rawat registrasi rekam rekap reviu
            review revisi salin sewa simpan sortir sunting survei susun tagih tampung tata telaah teliti terima
            tinjau tukar tulis tunjuk tutup ubah uji ukur undang unggah unduh urus validasi verifikasi tebus
            jaga kemas
        """,
        "kan": """
            ada agenda aju alih alokasi anggar arah arsip beritahu bubuh cair cantum cocok daftar distribusi
            dokumentasi edar eksekusi fungsi gabung ganda guna harmonisasi ikhtisar informasi jadwal kembali
            kembang kendali kumpul lampir laksana lapor masuk mutakhir musnah pindah publikasi putus rencana
            rumus sah salur sampai sedia selesai selenggara serah siap simpul sosialisasi tampil tempat tentu
            terbit terus tetap tugas tuntas umum usul wajib
        """,
        "i": """
            awas damping hadir hubung kunjung layan lengkap nomor penuh setuju tandatangan tangan tanggap
            tindaklanjut wawancara
        """,
    }.items()
    for root in roots.split()
}
"""Roots whose active form is me- + root + suffix."""

NOUN_ROOTS = _words("data isi konsep pesan proses survei wawancara")
"""Roots that are nouns when they stand alone."""

ALSO_THINGS = _words("""
    antar bentuk disposisi ganti gelar konsep nilai pengumuman permintaan permohonan persetujuan pertimbangan rekap
    tata uji
""")
"""Words for an act that as often name a document or thing, or begin a compound: tata usaha, uji coba."""

ACTIVE: dict[str, str] = {
    "beri": "memberi",
    "berikan": "memberikan",
    "diberi": "memberi",
    "diberikan": "memberikan",
    "konsultasi": "berkonsultasi",
    "koordinasi": "berkoordinasi",
    "lakukan": "melakukan",
    "dilakukan": "melakukan",
    "minta": "meminta",
    "diminta": "meminta",
    "mohon": "memohon",
    "monitoring": "memantau",
    "pelajari": "mempelajari",
    "dipelajari": "mempelajari",
    "pembaharuan": "memperbarui",
    "pembaruan": "memperbarui",
    "pemberian": "memberikan",
    "pemrosesan": "memproses",
    "pengoperasian": "mengoperasikan",
    "penyuluhan": "menyuluh",
    "perbaikan": "memperbaiki",
    "perbaiki": "memperbaiki",
    "diperbaiki": "memperbaiki",
    "perbarui": "memperbarui",
    "diperbarui": "memperbarui",
    "perhitungan": "menghitung",
    "permintaan": "meminta",
    "permohonan": "memohon",
    "persetujuan": "menyetujui",
    "persiapan": "menyiapkan",
    "pertimbangan": "mempertimbangkan",
    "perubahan": "mengubah",
    "rapat": "mengadakan rapat",
    "scan": "memindai",
    "discan": "memindai",
    "sosialisasi": "menyosialisasikan",
    "upload": "mengunggah",
    "download": "mengunduh",
}
"""Active verbs that no rule gives."""

ORDINARY_AFTER_PLACE = _words("""
    adalah agar ajudan akan alamat anggaran apabila apel arsip asal asisten asli atas atau aula bagian baru
    beserta bidang bila bulan bulanan cq daerah dalam dan dapat dari data definitif dengan desa di dinas dokumen
    email format formulir gedung guna hari harian hasil indonesia induk ini jalan jika jl kabupaten kantor kasi
    kasubbag ke kecamatan kedua kegiatan kelurahan kepada kepala keputusan kinerja konsep kota lain lainnya lama
    lantai laporan lembar lengkap loket lurah maka masing melalui menjadi mewakili mingguan no nomer nomor nota
    oleh pada para pejabat pelaksana pelayanan pemerintah pemohon penerima pengantar pengganti per peraturan
    perihal pertama plh plt provinsi pukul rapat rekomendasi rencana resmi rt ruang rw sah satu se sebagai
    secara sekarang sekcam sekretariat sekretaris seksi selaku semester serta sesuai setempat setiap situs staf
    subbagian surat tahun tahunan tanggal teladan tembusan tentang terhadap terkait terpilih tersebut tiap tidak
    tim tingkat triwulan tujuan umum undangan untuk usulan wakil wali walikota website wib wilayah wita yaitu
    yang yth
""")
"""Words that may follow “Camat” or “Kecamatan” in capitals without being a place."""

LIGHT_WORDS = _words("""
    dan yang untuk dari pada dengan atau serta di ke telah sudah siap hasil bahan berupa tentang kepada oleh
    atas para akan sesuai per adanya beserta kelengkapan kelengkapannya dokumen berkas naskah draft draf konsep
    rancangan final asli sah lengkap selesai jadi akhir awal data formulir form blangko blanko lembar daftar
    arsip salinan fotokopi fc tercetak tertulis elektronik
""")
"""Words of a requirement that do not tell what thing it is."""
