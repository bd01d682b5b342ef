"""The regulations that an SOP cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopdocs.model import Severity, Sop, StatusPeraturan
from sopdocs.rules.rule import PRAKTIK, Context, Hit, each_sop

TOPIC = "Dasar hukum"


@each_sop(
    "SOP111",
    "Dasar hukum sudah dicabut",
    Severity.PERINGATAN,
    PRAKTIK,
    "SOP tidak dapat berdasar pada peraturan yang tidak berlaku lagi.",
)
def revoked(sop: Sop, context: Context) -> Iterator[Hit]:
    for entry in context.workspace.peraturan:
        if entry.status is not StatusPeraturan.DICABUT:
            continue
        # Only at the beginning: the title of another regulation may name this one.
        cited = re.compile(re.escape(entry.kutipan.removesuffix(f" tentang {entry.tentang}")) + r"\b", re.IGNORECASE)
        for paragraph in sop.dasar_hukum.paragraphs:
            if cited.match(paragraph.text):
                by = f" oleh {entry.dicabut_oleh}" if entry.dicabut_oleh else ""
                message = f"{entry.jenis} {entry.nomor}/{entry.tahun} menurut peraturan.yaml sudah dicabut{by}"
                yield Hit(
                    paragraph.span or sop.dasar_hukum.span or sop.at("dasar_hukum"), message, "perbarui rujukannya"
                )
