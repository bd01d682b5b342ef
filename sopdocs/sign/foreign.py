"""The few members of pyHanko's loosely annotated objects that this room uses, as types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol, cast

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.fields import enumerate_sig_fields


class Dictionary(Protocol):
    """A PDF dictionary; indexing follows references, `raw_get` returns them.

    There is no `get` here: pyHanko inherits it from `dict`, where it follows nothing.
    """

    def __getitem__(self, key: str) -> object: ...
    def raw_get(self, key: str) -> object: ...
    def __contains__(self, key: str) -> bool: ...
    def __setitem__(self, key: str, value: object) -> None: ...


class Array(Protocol):
    """A PDF array; indexing follows references, `raw_get` returns them."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> object: ...
    def raw_get(self, index: int) -> object: ...
    def append(self, value: object) -> None: ...


class Writer(Protocol):
    """A writer of incremental updates."""

    @property
    def root(self) -> Dictionary: ...
    def add_object(self, obj: object) -> IndirectObject: ...
    def update_container(self, obj: object) -> None: ...


class Revisions(Protocol):
    """The cross-reference sections of a file, oldest first."""

    hybrid_xrefs_present: bool


class Reader(Protocol):
    """A parsed file."""

    trailer: Dictionary
    xrefs: Revisions
    encrypted: bool

    @property
    def root(self) -> Dictionary: ...
    @property
    def embedded_signatures(self) -> Sequence[Embedded]: ...


class PreparedDigest(Protocol):
    """The digest over the byte range."""

    document_digest: bytes


class Document(Protocol):
    """A document that waits for its signature."""

    def digest_tbs_document(self) -> tuple[PreparedDigest, BytesIO]: ...
    async def perform_signature(self, document_digest: bytes, pdf_cms_signed_attrs: object) -> object: ...


class Session(Protocol):
    """A signing session; `system_time` becomes /M."""

    system_time: datetime

    async def perform_presign_validation(self, pdf_out: object) -> object: ...
    async def estimate_signature_container_size(self, validation_info: object) -> int: ...
    def prepare_tbs_document(self, validation_info: object, bytes_reserved: int) -> Document: ...


class Certificate(Protocol):
    """An asn1crypto certificate."""

    def dump(self) -> bytes: ...


class Permission(Protocol):
    """A DocMDP permission."""

    value: int


class Coverage(Protocol):
    """How much of the file a signature covers."""

    name: str


class Embedded(Protocol):
    """A signature in a file."""

    byte_range: Sequence[int]
    pkcs7_content: bytes
    sig_field: Dictionary
    sig_object: Dictionary
    signed_data: object
    signer_info: object

    @property
    def sig_object_type(self) -> str: ...
    @property
    def signer_cert(self) -> Certificate: ...
    @property
    def self_reported_timestamp(self) -> datetime | None: ...
    @property
    def docmdp_level(self) -> Permission | None: ...
    def compute_digest(self) -> bytes: ...
    def evaluate_signature_coverage(self) -> Coverage: ...


def entry(dictionary: Dictionary, key: str) -> object:
    """Return the value of `key` with references followed, None when it is absent."""
    if key not in dictionary:
        return None
    return dictionary[key]


def signature_fields(handler: PdfHandler) -> Iterator[tuple[str, IndirectObject]]:
    """Yield the full name and the reference of every signature field, signed or empty, in file order."""
    found = cast("Iterator[tuple[Any, Any, IndirectObject]]", enumerate_sig_fields(handler))
    for name, _, reference in found:
        yield str(name or ""), reference


def certificates(data: bytes) -> list[Any]:
    """Return the asn1crypto certificates in PEM or DER `data`; ValueError when it is neither."""
    return list(cast("Iterator[Any]", load_certs_from_pemder_data(data)))
