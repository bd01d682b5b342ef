"""Words that made-up SOPs are written with. All offices, people and regulations are invented."""

from __future__ import annotations

ACTIVITIES = tuple(
    "Pengelolaan Penerbitan Penyusunan Pelaksanaan Pencatatan Pendataan Penyampaian Pemeriksaan Pembahasan "
    "Penyimpanan Pemutakhiran Penelaahan".split()
)
DOCUMENTS = (
    "laporan",
    "berkas",
    "usulan",
    "daftar hadir",
    "nota dinas",
    "surat pengantar",
    "permohonan",
    "jadwal",
    "formulir",
    "rekapitulasi",
    "surat undangan",
    "dokumen",
    "buku register",
    "surat keterangan",
    "kartu kendali",
    "rencana kerja",
)
MATTERS = (
    "bantuan pupuk",
    "pajak desa",
    "air bersih",
    "jalan lingkungan",
    "pasar tradisional",
    "sekolah dasar",
    "kesehatan keluarga",
    "arsip kepegawaian",
    "kendaraan dinas",
    "gedung kantor",
    "izin usaha",
    "ternak warga",
    "kebersihan lingkungan",
    "kegiatan pemuda",
    "perpustakaan desa",
    "pelatihan kerja",
    "bencana banjir",
    "listrik perdesaan",
    "sengketa tanah",
    "taman bacaan",
    "kelompok tani",
    "posyandu",
    "koperasi",
    "kinerja triwulan",
    "kinerja pegawai",
    "perjalanan dinas",
    "barang inventaris",
    "keramaian umum",
    "kependudukan",
    "batas wilayah",
    "gotong royong",
    "penerangan jalan",
    "sampah rumah tangga",
    "lomba desa",
    "musyawarah desa",
    "anggaran kegiatan",
    "cuti pegawai",
    "pengaduan masyarakat",
    "siaga bencana",
    "rapat koordinasi",
)
FIRST = (("Menerima", "diterima"), ("Mengumpulkan", "dikumpulkan"), ("Mengajukan", "diajukan"))
MIDDLE = (
    ("Mencatat", "dicatat"),
    ("Menyusun", "disusun"),
    ("Mengolah", "diolah"),
    ("Merekap", "direkap"),
    ("Membahas", "dibahas"),
    ("Mengoreksi", "dikoreksi"),
    ("Memaraf", "diparaf"),
    ("Menandatangani", "ditandatangani"),
    ("Menggandakan", "digandakan"),
    ("Mengirim", "dikirim"),
    ("Menyampaikan", "disampaikan"),
    ("Melengkapi", "dilengkapi"),
    ("Memilah", "dipilah"),
    ("Mengetik", "diketik"),
)
CHECKS = (
    ("Memeriksa", "diperiksa", "Lengkap?"),
    ("Memverifikasi", "diverifikasi", "Benar?"),
    ("Meneliti", "diteliti", "Sesuai?"),
    ("Menilai", "dinilai", "Layak?"),
    ("Memvalidasi", "divalidasi", "Setuju?"),
)
LAST = (("Menyimpan", "disimpan"), ("Mengarsipkan", "diarsipkan"))
TAILS = (
    "",
    "",
    "",
    "beserta seluruh lampirannya",
    "menurut urutan tanggal diterima",
    "sesuai jadwal yang telah ditetapkan",
    "dalam rapat mingguan",
    "untuk bahan penyusunan rekapitulasi bulanan",
    "berdasarkan hasil pembahasan sebelumnya",
    "pada buku kendali",
    "dengan data tahun sebelumnya",
    "ke dalam aplikasi dan buku agenda",
    "kepada bagian yang terkait",
)
"""What follows the object of a step; nothing in every fourth."""
INPUTS = (
    "Lembar disposisi",
    "Data pendukung tahun sebelumnya",
    "Format isian baku",
    "Undangan rapat pembahasan",
    "Bukti pengeluaran yang sah",
)
"""What a step needs that no earlier one brings forth."""
REMARKS = (
    "Yang belum lengkap dikembalikan",
    "Paling lambat akhir bulan",
    "Salinannya disimpan",
    "Lihat buku kendali",
)
SKILLS = (
    "Memahami tata naskah dinas",
    "Mampu mengoperasikan komputer",
    "Mengetahui tugas dan fungsi bagiannya dalam penyusunan laporan",
    "Memiliki kemampuan pengolahan data",
    "Teliti dan komunikatif",
    "Memahami tata kearsipan",
)
EQUIPMENT = (
    "Perangkat komputer dan pencetak",
    "Buku agenda",
    "Lembar kendali",
    "Alat tulis kantor",
    "Format isian baku",
    "Rencana kerja tahunan",
    "Jaringan internet",
    "Lemari arsip",
)
WARNINGS = (
    "Jika SOP ini tidak dilaksanakan, penyelesaian pekerjaan terlambat dan sasaran yang ditetapkan tidak tercapai.",
    "Data yang tidak diperiksa menghasilkan laporan yang keliru.",
    "Berkas yang terlambat dicatat tidak dapat ditindaklanjuti pada waktunya.",
)
RECORDS = (
    "Disimpan sebagai data elektronik dan manual",
    "Disimpan sebagai dokumen pengendalian dan evaluasi",
    "Dicatat dalam buku register",
)
TIMES = ("5 menit", "10 menit", "15 menit", "30 menit", "1 jam", "2 jam", "1 hari kerja", "1–2 jam")
LANES = {
    "pemohon": "{nama: Pemohon}",
    "petugas": "{nama: Petugas Pelayanan, singkatan: Petugas}",
    "staf": "{nama: Pengadministrasi Umum, singkatan: Staf}",
    "bendahara": "{nama: Bendahara Pengeluaran, singkatan: Bendahara}",
    "kasi_pelayanan": "{nama: Kepala Seksi Pelayanan Umum, singkatan: Kasi Pelayanan}",
    "kasi_trantib": "{nama: Kepala Seksi Ketenteraman dan Ketertiban, singkatan: Kasi Trantib}",
    "kasubbag": "{nama: Kepala Subbagian Umum dan Kepegawaian, singkatan: Kasubbag}",
    "sekcam": "{nama: Sekretaris Camat, singkatan: Sekcam}",
    "camat": "{nama: Camat}",
}
"""Key and entry of pelaksana.yaml, from the lowest."""
REGULATIONS = (
    ("UU", 901, 2019, "Contoh Pelayanan kepada Masyarakat"),
    ("UU", 902, 2021, "Contoh Penyelenggaraan Pemerintahan di Wilayah Kecamatan"),
    ("PP", 903, 2020, "Contoh Kecamatan"),
    ("PP", 904, 2022, "Contoh Pembinaan Pegawai dan Penilaian Hasil Kerja Pegawai pada Instansi Daerah"),
    ("Perpres", 905, 2020, "Contoh Akuntabilitas Kinerja"),
    ("Permendagri", 906, 2021, "Contoh Naskah Dinas"),
    ("Permendagri", 907, 2022, "Contoh Pedoman Pengelolaan Barang dan Tata Cara Pelaporannya di Lingkungan Daerah"),
    ("Perda", 908, 2022, "Contoh Susunan Perangkat Daerah"),
    ("Perbup", 909, 2022, "Contoh Perjalanan Dinas"),
    ("Perbup", 910, 2023, "Contoh Pelimpahan Sebagian Kewenangan kepada Camat"),
)
"""Kind, number, year, title, in the order of rank; numbers that no year reaches."""
OFFICES = "Jaya Makmur Sentosa Damai Lestari Mandiri Bahagia Sejahtera Harapan Utama Abadi Mulia".split()
PEOPLE = "Budi Siti Agus Dewi Joko Rina Bambang Lestari Hendra Wati Slamet Yanti".split()
