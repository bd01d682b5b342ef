"""No tampered file passes, and no genuine file fails; what pdfsig and openssl say of the same files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sopdocs.sign import Verdict, verify

from .authority import Authority
from .others import Poppler, openssl_accepts, pdfsig, poppler, trust_store
from .tampering import GENUINE, TAMPERED, Kind, Material, material, write

EVERY = [*GENUINE, *TAMPERED]

AFTER_SIGNING = ("revisi-", "tambah-", "halaman-", "pohon-", "bayangan-", "info-", "xmp-", "lampiran-", "dss-", "izin-")
"""Beginnings of the names of what was added behind an intact signature."""

BROKEN = (
    *("bita-isi-halaman", "bita-nama", "bita-xref", "bita-lampiran", "bita-dss", "bita-nilai-tanda-tangan"),
    *("terpotong", "rentang-bita", "tanda-tangan-berkas-lain"),
)
"""What everybody finds."""

WITHOUT = ("tanda-tangan-dilepas", "tanpa-tanda-tangan", "ditulis-ulang-judul", "ditulis-ulang-tanpa-halaman")
"""No signature is left, or its place is no longer to be found in the bytes."""

UNTRUSTED = ("asli-kunci-pengembangan", "sertifikat-asing", "sertifikat-kedaluwarsa", "sertifikat-belum-berlaku")
"""The only faults of a certificate that openssl sees: it knows neither usage nor revocation nor weakness here."""


@pytest.fixture(scope="module")
def source(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return material(authority, tmp_path_factory.mktemp("korpus") / "kunci", datetime.now(tz=UTC))


@pytest.fixture(scope="module")
def corpus(source: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("berkas")
    write(folder, source)
    return folder


@pytest.fixture(scope="module")
def store(source: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trust_store(tmp_path_factory.mktemp("percaya"), [source.authority.root])


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_the_verdict(kind: Kind, source: Material, corpus: Path) -> None:
    pdf = (corpus / f"{kind.name}.pdf").read_bytes()
    report = verify(pdf, trusted=source.trusted, now=datetime.now(tz=UTC) + kind.later, policy=kind.policy)
    assert report.verdict is kind.verdict, report.problems
    assert bool(report.problems) == (kind in TAMPERED)
    assert all(check.verdict is Verdict.PASSED for check in report.checks) == (kind in GENUINE)


def test_there_are_enough_kinds_and_each_is_another_file(corpus: Path) -> None:
    assert len(TAMPERED) >= 25
    assert len({kind.name for kind in EVERY}) == len(EVERY)
    files = [(corpus / f"{kind.name}.pdf").read_bytes() for kind in EVERY if not kind.later]
    assert len(set(files)) == len(files)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_poppler_calls_what_was_added_valid(kind: Kind, corpus: Path, store: Path) -> None:
    printed = pdfsig(corpus / f"{kind.name}.pdf", store)
    if kind.name in (*BROKEN, *WITHOUT, "tanda-tangan-dikosongkan"):
        expected = Poppler.NOT
    elif kind.name.startswith(AFTER_SIGNING) or "ganjalan" in kind.name:
        expected = Poppler.PART
    else:
        expected = Poppler.WHOLE
    assert poppler(printed) is expected, printed
    assert ("Certificate issuer isn't Trusted" in printed) == (kind.name == "sertifikat-asing"), printed


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_openssl_calls_what_was_added_valid(kind: Kind, source: Material, corpus: Path, tmp_path: Path) -> None:
    pdf = (corpus / f"{kind.name}.pdf").read_bytes()
    expected = None if kind.name in WITHOUT else kind.name not in BROKEN
    assert openssl_accepts(pdf, tmp_path, "-noverify") is expected
    pem = x509.load_der_x509_certificate(source.authority.root).public_bytes(Encoding.PEM)
    (tmp_path / "akar.pem").write_bytes(pem)
    trusted = expected and kind.name not in UNTRUSTED
    assert openssl_accepts(pdf, tmp_path, "-CAfile", "akar.pem", "-purpose", "any") is trusted
