"""What other tools say of a signed file."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from .material import tool


class Poppler(StrEnum):
    """The answer of pdfsig about the first signature."""

    WHOLE = "valid, total document"
    PART = "valid, not total document"
    NOT = "no valid signature"


def trust_store(folder: Path, certificates: Sequence[bytes]) -> Path:
    """Make an NSS database below `folder` that trusts `certificates` (DER)."""
    certutil = tool("certutil")
    store = folder / "nss"
    store.mkdir()
    _run([certutil, "-N", "-d", f"sql:{store}", "--empty-password"])
    for number, certificate in enumerate(certificates):
        path = folder / f"{number}.cer"
        path.write_bytes(certificate)
        _run([certutil, "-A", "-d", f"sql:{store}", "-n", f"{number}", "-t", "C,C,C", "-i", str(path)])
    return store


def pdfsig(path: Path, store: Path) -> str:
    """Return what pdfsig prints about `path`, offline."""
    return _run([tool("pdfsig"), "-nssdir", str(store), "-no-ocsp", str(path)], check=False)


def poppler(printed: str) -> Poppler:
    """Return the meaning of what pdfsig printed."""
    if "Signature is Valid" not in printed:
        return Poppler.NOT
    return Poppler.PART if "Not total document signed" in printed else Poppler.WHOLE


def openssl_accepts(pdf: bytes, folder: Path, *options: str) -> bool | None:
    """Tell whether `openssl cms` accepts the last signature of `pdf`; None when there is none to be found."""
    found = re.findall(rb"/ByteRange \[0 (\d+) (\d+) (\d+)", pdf)
    if not found:
        return None
    first, second, rest = map(int, found[-1])
    (folder / "isi.bin").write_bytes(pdf[:first] + pdf[second : second + rest])
    digits = re.match(rb"[0-9a-fA-F]*", pdf[first + 1 :])
    assert digits is not None
    (folder / "ttd.der").write_bytes(bytes.fromhex(digits.group()[: len(digits.group()) // 2 * 2].decode()))
    command = [tool("openssl"), "cms", "-verify", "-binary", "-inform", "DER", "-in", "ttd.der"]
    command += ["-content", "isi.bin", "-out", "isi.out", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False).returncode == 0


def _run(command: list[str], *, check: bool = True) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=check).stdout
