"""How the bundle is sealed: segel.yaml, which may be missing and never holds a secret."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sopdocs.content.fields import Fields
from sopdocs.content.folder import Folder
from sopdocs.content.registers import read_mapping
from sopdocs.content.report import Report, nearest
from sopdocs.content.yaml_reader import Mapping, Node, Sequence
from sopdocs.model import OFFICES, SHARED, JenisKunci, LayananBsre, Segel, Span, Token

SEGEL = "content/segel.yaml"
_SECRET = re.compile(
    r"sandi|passphrase|passwd|password|rahasia|secret|totp|(?:^|[^a-z])(?:pin|nik|otp|pass|pwd)(?![a-z])"
)
"""What the name of a key holds whose value is a secret, or that tells one person from all others (NIK)."""
_VERSIONS = (1, 2)
"""Of the Esign Client API."""
_ASKED = "hapus nilainya dari berkas ini dan gantilah rahasia itu; sopdocs memintanya saat menyegel"
_OUTSIDE = "simpan di luar content/ dan instansi/, misalnya di folder lain yang hanya terbaca oleh Anda"


def read_segel(folder: Folder, pejabat: Collection[str], report: Report) -> Segel:
    """Read segel.yaml; without the file, a development key seals.

    What smells of a secret is reported by its place alone: neither its value nor its line is ever shown.
    """
    mapping = read_mapping(folder, folder.path(SEGEL), report, optional=True)
    if mapping is None:
        return Segel()
    secrets = _secrets(mapping, report)
    fields = Fields(_without(mapping, secrets), report, "segel.yaml")
    kunci = fields.choice("kunci", JenisKunci, JenisKunci.PENGEMBANGAN)
    segel = Segel(
        kunci=kunci,
        pejabat=_pejabat(fields, pejabat),
        kalimat=fields.text("kalimat"),
        alamat_verifikasi=_address(fields, "alamat_verifikasi"),
        penanda_waktu=_address(fields, "penanda_waktu"),
        pkcs12=_pkcs12(fields, folder.place.root, required=kunci is JenisKunci.PKCS12),
        pkcs11=_token(fields, required=kunci is JenisKunci.PKCS11),
        bsre=_bsre(fields, required=kunci is JenisKunci.BSRE),
        spans=fields.spans,
    )
    if "kunci" not in fields.spans and (segel.pkcs12 or segel.pkcs11 or segel.bsre):
        # Sealing with the development key instead would go unnoticed.
        hint = "salah satu dari " + ", ".join(JenisKunci)
        report.add(mapping.span, "SOP013", "Kunci “kunci” wajib diisi pada segel.yaml", hint)
    fields.finish()
    return segel


def _secrets(node: Node, report: Report) -> frozenset[Span]:
    """Report every key, at any depth, that smells of a secret; return their places."""
    found: set[Span] = set()
    for key, span in _keys(node):
        smell = _SECRET.search(key.casefold())
        if smell:
            word = smell.group().strip("_- .").upper()
            message = f"Jangan menulis kata sandi, PIN, atau NIK di berkas ini: kunci di sini memuat kata {word}"
            report.add(span, "SOP016", message, _ASKED)
            found.add(span)
    return frozenset(found)


def _keys(node: Node) -> Iterator[tuple[str, Span]]:
    if isinstance(node, Mapping):
        yield from node.key_spans.items()
    children = node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ()
    for child in children:
        yield from _keys(child)


def _without(mapping: Mapping, secrets: Collection[Span]) -> Mapping:
    """Leave secrets out at every depth: each has its own finding, and goes no further."""
    entries = {
        key: _without(node, secrets) if isinstance(node, Mapping) else node
        for key, node in mapping.entries.items()
        if mapping.key_spans[key] not in secrets
    }
    spans = {key: mapping.key_spans[key] for key in entries}
    return Mapping(entries, spans, mapping.span, {key: mapping.key_kinds[key] for key in entries})


def _pejabat(fields: Fields, known: Collection[str]) -> str | None:
    key = fields.text("pejabat")
    if key and key not in known:
        message = f"Pejabat “{key}” pada segel tidak ada di pejabat.yaml"
        fields.report.add(fields.spans["pejabat"], "SOP030", message, nearest(key, known))
        return None
    return key


def _address(fields: Fields, key: str, *, required: bool = False) -> str | None:
    """Take an address of the web; one with user and password in it is a secret."""
    text = fields.text(key, required=required)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        whole = bool(parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
    except ValueError:  # a broken port or IPv6 address
        parts, whole = None, False
    if parts and "@" in parts.netloc:
        message = f"Alamat “{key}” memuat nama pengguna atau kata sandi"
        fields.report.add(fields.spans[key], "SOP016", message, _ASKED)
        return None
    if not whole or any(mark.isspace() for mark in text):
        fields.bad(fields.spans[key], key, "alamat yang diawali http:// atau https://")
        return None
    return text


def _pkcs12(fields: Fields, root: Path, *, required: bool) -> str | None:
    """Take the path of a key file; what lies in content/ is bound into bundles with their sources, a key must not."""
    text = fields.text("pkcs12", required=required)
    if text is None:
        return None
    span = fields.spans["pkcs12"]
    try:
        rooms = [(root / name).resolve() for name in (SHARED, OFFICES)]
        target = (root / text).resolve()
    except (OSError, ValueError, RuntimeError):  # too long a name, a loop of links
        fields.bad(span, "pkcs12", "nama berkas yang sah")
        return None
    if any(room in (target, *target.parents) for room in rooms):
        message = "Berkas kunci tidak boleh disimpan bersama isi, di dalam folder content/ atau instansi/"
        fields.report.add(span, "SOP017", message, _OUTSIDE)
        return None
    return text


def _token(fields: Fields, *, required: bool) -> Token | None:
    record = fields.record("pkcs11", "pkcs11 di segel.yaml", required=required)
    if record is None:
        return None
    pustaka, token, label = (record.text(key, required=True) for key in ("pustaka", "token", "label"))
    record.finish()
    fields.keep("pkcs11", record)
    return Token(pustaka, token, label) if pustaka and token and label else None


def _bsre(fields: Fields, *, required: bool) -> LayananBsre | None:
    record = fields.record("bsre", "bsre di segel.yaml", required=required)
    if record is None:
        return None
    alamat, versi = _address(record, "alamat", required=True), record.integer("versi")
    if versi is not None and versi not in _VERSIONS:
        record.bad(record.spans["versi"], "versi", "salah satu dari 1, 2")
    record.finish()
    fields.keep("bsre", record)
    return LayananBsre(alamat, versi if versi in _VERSIONS else 2) if alamat else None
