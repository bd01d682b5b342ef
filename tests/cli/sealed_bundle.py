"""A sealed bundle with its manifest, and the authority that vouches for it, for the tests of `sopdocs verify`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sopdocs.pdf import Attachment, Part, Relationship, bundle, read_bundle

from ..sign.authority import Authority
from ..sign.material import office_pdf
from ..sign.sealing import Way, sealed

SOURCE = "content/sop/surat-masuk.md"


@dataclass(frozen=True, slots=True)
class SealedBundle:
    """Where the files of one bundle lie."""

    folder: Path
    """Holds bundel-ttd.pdf, manifest.json and percaya/."""
    authority: Authority

    @property
    def pdf(self) -> Path:
        return self.folder / "bundel-ttd.pdf"

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"

    @property
    def trust(self) -> Path:
        return self.folder / "percaya"


def make(folder: Path, authority: Authority, font: bytes) -> SealedBundle:
    """Seal a bundle of a cover and two sheets of two pages each, with a source attached, below `folder`."""
    sheet = office_pdf(folder)
    parts = [
        Part("Sampul", "bagian/sampul", sheet),
        Part("SOP Uji Tanda Tangan", "sop/surat-masuk", sheet, "SOP"),
        Part("SOP Uji Kedua", "sop/surat-keluar", sheet, "SOP"),
    ]
    source = Attachment(SOURCE, b"isi contoh", "text/markdown", Relationship.SOURCE, "Sumber SOP", date(2026, 1, 2))
    merged = bundle(
        parts, title="Bundel SOP", date=date(2026, 1, 2), author="Dinas Contoh", font=font, attachments=[source]
    )
    result = SealedBundle(folder, authority)
    result.pdf.write_bytes(sealed(merged, authority, Way()))
    result.manifest.write_text(json.dumps(manifest(merged)), encoding="utf-8")
    result.trust.mkdir()
    (result.trust / "akar.cer").write_bytes(authority.root)
    return result


def manifest(merged: bytes) -> dict[str, Any]:
    """Return the record that the build writes about the unsigned bundle `merged`."""
    facts = read_bundle(merged)
    sheet = {"nomor": "SOP Uji", "nama": "Tanda Tangan", "halaman": 2, "konsep": [], "temuan": [], "masukan": ""}
    return {
        "format": "sopdocs-manifest/1",
        "tools": {},
        "inputs": {},
        "outputs": {"bundel.pdf": {"sha256": hashlib.sha256(merged).hexdigest(), "size": len(merged), "key": ""}},
        "sop": [sheet | {"slug": slug} for slug in ("surat-masuk", "surat-keluar", "dari-bangunan-lama")],
        "bundel": {
            "halaman": facts.pages,
            "bagian": [
                {"kunci": part.key, "judul": part.title, "halaman": part.first, "jumlah": part.pages}
                for part in facts.parts
            ],
            "lampiran": [{"nama": each.name, "sha256": each.sha256} for each in facts.attachments],
        },
    }
