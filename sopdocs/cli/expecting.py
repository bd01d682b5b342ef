"""Read what build/manifest.json says of the bundle, trusting nothing in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from sopdocs.engine import BUNDLE, MANIFEST_FORMAT
from sopdocs.errors import UsageError, reason
from sopdocs.sign import Expectation, ExpectedAttachment, ExpectedSop, PartFacts

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ADVICE = "berikan manifest.json yang dibuat bersama bundel itu oleh sopdocs build"


def read_expectation(path: Path) -> Expectation:
    """Read the manifest at `path`; raises UsageError, naming the place, for whatever is missing or out of order."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} tidak dapat dibaca: {reason(error)}", "periksa nama dan letak berkasnya") from error
    try:
        # Twice the same key: whoever wrote that wants two readers to see different things.
        record = json.loads(data, object_pairs_hook=_unique)
        return _expectation(_Place("", record))
    except (ValueError, RecursionError) as error:
        # The parser's own words are English and could quote the file.
        told = str(error) if isinstance(error, _ManifestError) else "bukan JSON"
        raise UsageError(f"{path} bukan manifest bundel yang utuh: {told}", _ADVICE) from None


class _ManifestError(ValueError):
    """The manifest is not as it should be; the text says where."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _ManifestError("ada kunci yang tertulis dua kali")
    return found


class _Place:
    """A value of the manifest, which knows where it stands."""

    def __init__(self, path: str, value: object) -> None:
        self._path = path
        self._value = value

    def __getitem__(self, key: str) -> _Place:
        where = f"{self._path}.{key}" if self._path else key
        if not isinstance(self._value, Mapping):
            raise _ManifestError(f"{self._path or 'isinya'} harus berupa objek")
        mapping = cast("Mapping[str, object]", self._value)
        if key not in mapping:
            raise _ManifestError(f"{where} tidak ada")
        return _Place(where, mapping[key])

    def items(self) -> list[_Place]:
        if not isinstance(self._value, list):
            raise _ManifestError(f"{self._path} harus berupa daftar")
        values = cast("list[object]", self._value)
        return [_Place(f"{self._path}[{number}]", value) for number, value in enumerate(values)]

    def text(self) -> str:
        if not isinstance(self._value, str) or not self._value:
            raise _ManifestError(f"{self._path} harus berupa teks")
        return self._value

    def text_or_none(self) -> str | None:
        return None if self._value is None else self.text()

    def number(self) -> int:
        if not isinstance(self._value, int) or isinstance(self._value, bool) or self._value < 1:
            raise _ManifestError(f"{self._path} harus berupa bilangan bulat mulai dari 1")
        return self._value

    def sha256(self) -> str:
        if not _SHA256.fullmatch(self.text()):
            raise _ManifestError(f"{self._path} harus berupa SHA-256 (64 digit heksadesimal)")
        return self.text()


def _expectation(record: _Place) -> Expectation:
    if record["format"].text() != MANIFEST_FORMAT:
        raise _ManifestError(f"format harus {MANIFEST_FORMAT}")
    bundle, merged = record["bundel"], record["outputs"][BUNDLE]
    parts = tuple(
        PartFacts(
            each["kunci"].text(),
            each["judul"].text(),
            each["halaman"].number(),
            each["jumlah"].number(),
        )
        for each in bundle["bagian"].items()
    )
    keys = {part.key for part in parts}
    if len(keys) != len(parts):
        raise _ManifestError("bundel.bagian memuat kunci yang sama dua kali")
    sheets = (
        ExpectedSop(each["slug"].text(), each["nomor"].text_or_none(), each["nama"].text())
        for each in record["sop"].items()
    )
    return Expectation(
        sha256=merged["sha256"].sha256(),
        size=merged["size"].number(),
        pages=bundle["halaman"].number(),
        parts=parts,
        attachments=tuple(
            ExpectedAttachment(each["nama"].text(), each["sha256"].sha256()) for each in bundle["lampiran"].items()
        ),
        # Sheets of earlier builds stay in the manifest; only those of the bundle are its register.
        register=tuple(sheet for sheet in sheets if sheet.key in keys),
    )
