"""The record of an edition, `edisi.json`: what was issued, and the digest of every file that it consists of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any, cast

from sopdocs.model import Edisi, Pengesahan, SopTerbit, Status

FORMAT = "sopdocs-edisi/1"
RECORD = "edisi.json"
ISI = "isi"
"""Folder, below an edition's, of the files that it was made from, each at its path below the workspace."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAYS = ("pembuatan", "revisi", "pengesahan", "efektif", "pencabutan")


class RecordError(ValueError):
    """A record is not as it should be; the text says why, in Indonesian."""


@dataclass(frozen=True, slots=True)
class CatatanEdisi:
    """What the record of one edition says."""

    edisi: Edisi
    sebelumnya: str
    """SHA-256 of the record of the edition before; empty for the first."""
    berkas: Mapping[str, str]
    """Path below the edition's folder -> SHA-256; every file but the record."""
    alat: Mapping[str, str] = field(default_factory=dict[str, str])
    """What made it, by name and version."""

    def text(self) -> str:
        """Return it as JSON."""
        edisi = self.edisi
        record = {
            "format": FORMAT,
            "nomor": edisi.nomor,
            "tanggal": edisi.tanggal,
            "dicatat": edisi.dicatat,
            "pengesahan": edisi.pengesahan,
            "keterangan": edisi.keterangan,
            "sebelumnya": self.sebelumnya,
            "sop": [asdict(sop) for sop in edisi.sop],
            "alat": dict(sorted(self.alat.items())),
            "berkas": dict(sorted(self.berkas.items())),
        }
        return _as_json(record)


def _as_json(record: Mapping[str, object]) -> str:
    return json.dumps(record, default=date.isoformat, ensure_ascii=False, indent=2) + "\n"


def read_record(data: bytes, folder: str) -> CatatanEdisi:
    """Read the record of the edition in `folder`, a path below the workspace.

    Raises RecordError, in Indonesian, for what is no whole record.
    """
    try:
        record = cast(dict[str, Any], json.loads(data))
        if record["format"] != FORMAT:
            raise RecordError(f"bentuknya bukan {FORMAT}")
        edisi = Edisi(
            nomor=_whole(record["nomor"]),
            tanggal=date.fromisoformat(record["tanggal"]),
            dicatat=date.fromisoformat(record["dicatat"]),
            folder=folder,
            pengesahan=Pengesahan(record["pengesahan"]),
            sop=tuple(_sop(each) for each in record["sop"]),
            keterangan=_text(record["keterangan"]),
            sha256=hashlib.sha256(data).hexdigest(),
        )
        files = {_inside(path): _digest(value) for path, value in record["berkas"].items()}
        tools = {str(name): str(version) for name, version in record["alat"].items()}
        before = record["sebelumnya"]
        # Another hand shows: a key written twice, another order of letters, a mark at the beginning.
        if _as_json(record) != data.decode("utf-8"):
            raise RecordError("tidak seperti yang ditulis sopdocs issue")
        return CatatanEdisi(edisi, _digest(before) if before else "", files, tools)
    except KeyError as error:
        raise RecordError(f"{error.args[0]} tidak ada di dalamnya") from None
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise RecordError("bukan JSON yang utuh") from None
    except RecordError:
        raise
    except (ValueError, TypeError, AttributeError):  # not quoted: English, or of the file
        raise RecordError("ada isian yang tidak sesuai") from None


def _sop(record: dict[str, Any]) -> SopTerbit:
    days = {name: date.fromisoformat(record[name]) if record[name] else None for name in _DAYS}
    return SopTerbit(
        slug=_text(record["slug"]),
        nama=_text(record["nama"]),
        nomor=_text(record["nomor"]) if record["nomor"] is not None else None,
        revisi_ke=_whole(record["revisi_ke"]),
        status=Status(record["status"]),
        pengganti=_text(record["pengganti"]) if record["pengganti"] is not None else None,
        halaman=_whole(record["halaman"]),
        **days,
    )


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RecordError("ada bilangan yang bukan bilangan bulat dari 0")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise RecordError("ada teks yang bukan teks")
    return value


def _digest(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise RecordError("ada SHA-256 yang tidak sesuai")
    return value


def _inside(path: str) -> str:
    """Return a path that stays below the edition's folder on every system."""
    parts = PurePosixPath(path).parts
    strange = path.startswith("/") or any(part in (".", "..") for part in parts) or any(c in path for c in "\\:\0")
    if strange or not parts or path == RECORD or "/".join(parts) != path:
        raise RecordError("ada letak berkas di luar folder edisi")
    return path
