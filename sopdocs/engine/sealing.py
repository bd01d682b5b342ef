"""Seal the bundle and prove the seal before the file is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sopdocs.errors import OutputRejectedError
from sopdocs.model import Instansi

_REASON = "Uji coba dengan kunci pengembangan; bukan tanda tangan elektronik tersertifikasi"


def seal(pdf: bytes, office: Instansi, key_folder: Path, now: datetime) -> bytes:
    """Certify a bundle with the development key, which is made on first use, and verify the result.

    Raises OutputRejectedError when the sealed file does not pass our own verification.
    """
    # Late: pyHanko takes half a second to load, and most commands seal nothing.
    from sopdocs.sign import DEVELOPMENT_NAME, Statement, Verdict, development_key, sign, verify

    key = development_key(key_folder, now=now)
    statement = Statement(DEVELOPMENT_NAME, _REASON, office.tempat or office.nama)
    sealed = sign(pdf, key, now=now, statement=statement)
    report = verify(sealed, trusted=[key.certificate], now=now)
    if report.verdict is not Verdict.PASSED:
        raise OutputRejectedError("Segel yang baru dibuat tidak lolos pemeriksaan", "; ".join(report.problems))
    return sealed
