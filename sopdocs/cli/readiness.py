"""What keeps a bundle from being sealed or issued for good."""

from __future__ import annotations

from collections.abc import Sequence

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import Checked
from sopdocs.cli.offices import option
from sopdocs.cli.output import say
from sopdocs.engine import Manifest
from sopdocs.errors import FindingsError, UsageError
from sopdocs.model import Place

_DECREE = "SOP170"


def built(place: Place, name: str, manifest: Manifest) -> bytes:
    """Return an output as the build made it."""
    data = engine.read_if_there(place.build / name)
    recorded = manifest.outputs.get(name)
    if data is None or recorded is None or engine.sha256(data) != recorded.sha256:
        advice = f"jalankan sopdocs build{option(place)} dahulu"
        raise UsageError(f"{place.built}/{name} belum ada atau berubah setelah dibuat", advice)
    return data


def undecided(checked: Checked) -> list[str]:
    """What keeps a bundle from being final besides its sheets: a decree that has not been issued."""
    advice = "bila kantor ini memang tidak memakai keputusan, matikan SOP170 pada aturan di instansi.yaml"
    return [f"{finding.message}; {advice}" for finding in checked.findings if finding.code == _DECREE]


def refuse_drafts(checked: Checked, manifest: Manifest, slugs: Sequence[str], reasons: Sequence[str] = ()) -> None:
    """Raise FindingsError, after saying why, when one of these sheets must not be sealed for good.

    What the sheets looked like when they were built counts, and that nothing changed since.
    """
    refuse_stale(checked.place, manifest)
    refuse("Belum boleh disegel sebagai final:", (*reasons, *drafts(manifest, slugs)), checked.place)


def refuse_stale(place: Place, manifest: Manifest) -> None:
    """Raise FindingsError when what is built was not made from what stands in content/ and templates/ now."""
    if manifest.inputs != places.content_inputs(place):
        advice = f"jalankan sopdocs build{option(place)}"
        raise FindingsError("Isi content/ atau templates/ berubah setelah bundel dibuat", advice)


def drafts(manifest: Manifest, slugs: Sequence[str]) -> list[str]:
    """Why these sheets are drafts, as they were built."""
    entries = ((slug, manifest.sop.get(slug)) for slug in slugs)
    return [reason for slug, entry in entries for reason in (entry.konsep if entry else (f"{slug}: belum dibuat",))]


def refuse(headline: str, reasons: Sequence[str], place: Place, otherwise: str = "") -> None:
    """Say each of the reasons once, and raise FindingsError; nothing happens without any.

    `otherwise` is what else can be done.
    """
    if reasons:
        told = list(dict.fromkeys(reasons))
        say(headline, "bold red", errors=True)
        for reason in told:
            say(f"  - {reason}", errors=True)
        advice = f"selesaikan daftar di atas, lalu sopdocs build{option(place)}{otherwise}"
        raise FindingsError(f"{len(told)} hal belum selesai", advice)
