"""The SOP as frozen data. Nothing here reads a file, a clock or an environment variable."""

from sopdocs.model.berlaku import Berlaku, in_force, in_force_from
from sopdocs.model.edisi import Arsip, Edisi, Pengesahan, SopTerbit, Terbitan
from sopdocs.model.finding import Finding, Fix, Severity, Span, SpanMap, sorted_findings
from sopdocs.model.office import (
    Bundel,
    Instansi,
    Istilah,
    Keputusan,
    Kertas,
    Nilai,
    Pejabat,
    Pelaksana,
    Pengertian,
    Penjelasan,
    SetelanAturan,
    SopDitetapkan,
    TandaTangan,
)
from sopdocs.model.pemantauan import HasilLangkah, Pemantauan, terakhir
from sopdocs.model.place import OFFICES, SHARED, Place
from sopdocs.model.printed import ListedPart, PrintedBundle, PrintedPage, PrintedSheet, SmallText
from sopdocs.model.procedure import (
    Alur,
    Bentuk,
    Hubungan,
    Langkah,
    Prosedur,
    Simbol,
    SimbolId,
)
from sopdocs.model.regulation import Peraturan, Rujukan, StatusPeraturan, number_key, regulation_key, same_regulation
from sopdocs.model.segel import JenisKunci, LayananBsre, Segel, Token
from sopdocs.model.sop import IDENTITY_LISTS, Abaikan, Kelompok, Revisi, Sop, Status
from sopdocs.model.text import Paragraph, RichText, Run
from sopdocs.model.time import Durasi, Satuan
from sopdocs.model.workspace import Workspace

__all__ = [
    "IDENTITY_LISTS",
    "OFFICES",
    "SHARED",
    "Abaikan",
    "Alur",
    "Arsip",
    "Bentuk",
    "Berlaku",
    "Bundel",
    "Durasi",
    "Edisi",
    "Finding",
    "Fix",
    "HasilLangkah",
    "Hubungan",
    "Instansi",
    "Istilah",
    "JenisKunci",
    "Kelompok",
    "Keputusan",
    "Kertas",
    "Langkah",
    "LayananBsre",
    "ListedPart",
    "Nilai",
    "Paragraph",
    "Pejabat",
    "Pelaksana",
    "Pemantauan",
    "Pengertian",
    "Pengesahan",
    "Penjelasan",
    "Peraturan",
    "Place",
    "PrintedBundle",
    "PrintedPage",
    "PrintedSheet",
    "Prosedur",
    "Revisi",
    "RichText",
    "Rujukan",
    "Run",
    "Satuan",
    "Segel",
    "SetelanAturan",
    "Severity",
    "Simbol",
    "SimbolId",
    "SmallText",
    "Sop",
    "SopDitetapkan",
    "SopTerbit",
    "Span",
    "SpanMap",
    "Status",
    "StatusPeraturan",
    "TandaTangan",
    "Terbitan",
    "Token",
    "Workspace",
    "in_force",
    "in_force_from",
    "number_key",
    "regulation_key",
    "same_regulation",
    "sorted_findings",
    "terakhir",
]
