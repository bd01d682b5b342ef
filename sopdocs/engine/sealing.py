"""Seal a bundle or sign a sheet, and prove the result before it is written."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sopdocs.errors import OutputRejectedError, UsageError
from sopdocs.layout import FontData
from sopdocs.model import Instansi, JenisKunci, Pejabat, Segel, Sop, Workspace
from sopdocs.pdf import Mark, draw_mark

if TYPE_CHECKING:
    from sopdocs.sign import BsreService, LocalSigner

MARK_WIDTH = 440.0
"""Points; the height is that of the zone for stamps."""
_TRIAL = "Uji coba dengan kunci pengembangan; bukan tanda tangan elektronik tersertifikasi"


@dataclass(frozen=True, slots=True)
class Sealer:
    """Who seals, with what, and what the mark says."""

    signer: LocalSigner | BsreService
    segel: Segel
    """Its `kunci` is the kind of `signer`."""
    office: Instansi
    official: Pejabat | None
    """Who signs; a development key needs none."""
    fonts: FontData
    issuers: tuple[bytes, ...] = field(default=(), repr=False)
    """Certificates of authorities, PEM or DER, that neither key nor time stamp brings along."""


def load_signing() -> None:
    """Begin to load what signing needs; it takes half a second, which others may need for something else."""
    threading.Thread(target=import_module, args=("sopdocs.sign",)).start()


def sealing_official(workspace: Workspace) -> Pejabat | None:
    """Return who seals the bundle: as segel.yaml says, or the one official who approves every SOP of the bundle."""
    if workspace.segel.pejabat is not None:
        return workspace.pejabat.get(workspace.segel.pejabat)
    approvers = {workspace.sop[slug].pengesah for slug in workspace.bundel.sop if slug in workspace.sop}
    return workspace.pejabat.get(approvers.pop()) if len(approvers) == 1 else None


def trial_sealer(workspace: Workspace, key_folder: Path, fonts: FontData, now: datetime) -> Sealer:
    """Return the sealer for a build: the development key, made on first use, and no network.

    Raises UsageError when the key cannot be read or stored.
    """
    from sopdocs.sign import development_key

    segel = replace(workspace.segel, kunci=JenisKunci.PENGEMBANGAN, penanda_waktu=None)
    key = development_key(key_folder, now=now)
    return Sealer(key, segel, workspace.instansi, sealing_official(workspace), fonts)


def seal(pdf: bytes, sealer: Sealer, now: datetime) -> bytes:
    """Certify a bundle, with the visible mark on its cover, and verify the result.

    `now` is aware and in the office's time zone, in which the mark tells it. Raises OutputRejectedError when the
    sealed file does not pass our own verification, UsageError and ToolMissingError as `sopdocs.sign.sign` does.
    """
    return _signed(pdf, sealer, "Pengesahan bundel SOP", now, certify=True)


def approve(pdf: bytes, sop: Sop, sealer: Sealer, now: datetime) -> bytes:
    """Sign a single sheet: an approval, which certifies nothing by itself. Raises as `seal` does.

    A development key approves nothing: UsageError.
    """
    if sealer.segel.kunci is JenisKunci.PENGEMBANGAN:
        raise UsageError(
            "Kunci pengembangan tidak dapat menyetujui lembar, karena tidak menyatakan siapa yang menandatangani",
            "pakai kunci bersertifikat: sopdocs sign --kunci pkcs12, pkcs11, atau bsre",
        )
    return _signed(pdf, sealer, f"Pengesahan SOP {sop.nomor or sop.nama}", now, certify=False)


def _signed(pdf: bytes, sealer: Sealer, reason: str, now: datetime, *, certify: bool) -> bytes:
    # Late: pyHanko takes half a second to load, and most commands seal nothing.
    from sopdocs.sign import DEVELOPMENT_NAME, Statement, Terms, VisibleMark, mark_words, sign

    trial = sealer.segel.kunci is JenisKunci.PENGEMBANGAN
    name = sealer.official.nama if sealer.official else sealer.office.nama
    statement = Statement(
        DEVELOPMENT_NAME if trial else name,
        _TRIAL if trial else reason,
        sealer.office.tempat or sealer.office.nama,
    )
    words = mark_words(sealer.segel, sealer.office, sealer.official, now, pdf)
    picture = draw_mark(Mark(words.qr, words.lines, MARK_WIDTH), sealer.fonts.regular, sealer.fonts.bold)
    terms = Terms(
        timestamp=sealer.segel.penanda_waktu,
        prove=not trial,
        mark=VisibleMark(picture, words.alt),
        certify=certify,
        issuers=sealer.issuers,
    )
    begun = time.monotonic()
    signed = sign(pdf, sealer.signer, now=now, statement=statement, terms=terms)
    # Services answered after `now`; to the verifier their answers must not come from the future.
    later = now + timedelta(seconds=time.monotonic() - begun)
    signer = _require_passing(signed, sealer, later, certify=certify)
    if not trial:
        require_same_person(signer, sealer)
    return signed


def _require_passing(signed: bytes, sealer: Sealer, now: datetime, *, certify: bool) -> str:
    """Return whose certificate signed."""
    from sopdocs.sign import FIELD_NAME, Policy, Verdict, verify

    remote = sealer.segel.kunci is JenisKunci.BSRE
    # BSrE names its field itself, cannot certify, and stores no revocation data that we could ask for. Without a
    # time stamp nobody stores them; the status was asked for when signing.
    stored = sealer.segel.penanda_waktu is not None and not remote
    policy = Policy(field=None if remote else FIELD_NAME, certification=certify and not remote, revocation=stored)
    report = verify(signed, trusted=None, now=now, policy=policy)
    # What a service's chain lacks is its own matter, and no reason to throw its signature away.
    enough = (Verdict.PASSED, Verdict.INDETERMINATE) if remote else (Verdict.PASSED,)
    if report.verdict not in enough:
        raise OutputRejectedError("Tanda tangan yang baru dibuat tidak lolos pemeriksaan", "; ".join(report.problems))
    return report.signer or ""


def require_same_person(signer: str, sealer: Sealer) -> None:
    """Refuse a certificate of somebody else than the mark names: one of the official, or of the office itself."""
    wanted = [sealer.office.nama, *([sealer.official.nama] if sealer.official else [])]
    known = [words for name in wanted if (words := _name_words(name))]
    if not any(words <= _name_words(signer) for words in known):
        raise UsageError(
            f"Sertifikat itu milik “{signer}”, bukan {' atau '.join(wanted[::-1])}",
            "pakai kunci yang benar, atau betulkan pejabat di segel.yaml dan namanya di pejabat.yaml",
        )


def _name_words(name: str) -> frozenset[str]:
    """The words of a name without titles and degrees, which certificates write in many ways."""
    given = name.partition(",")[0]
    return frozenset(word.casefold() for word in given.split() if not word.endswith("."))


def is_approval(pdf: bytes, now: datetime) -> bool:
    """Tell whether `pdf` was signed with a certified key and not changed since; who that was, its reader judges."""
    from sopdocs.sign import Policy, Verdict, is_trial, verify

    if is_trial(pdf):
        return False
    policy = Policy(field=None, certification=False, revocation=False)
    return verify(pdf, trusted=None, now=now, policy=policy).verdict is not Verdict.FAILED
