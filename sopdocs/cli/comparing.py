"""`sopdocs diff`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sopdocs.cli import change_sheets, picturing, tracking
from sopdocs.cli.output import print_json, say
from sopdocs.cli.sides import Side, Sides
from sopdocs.cli.targets import check_target
from sopdocs.compare import (
    BedaBundel,
    BedaSop,
    bundle_sentences,
    compare_sops,
    compare_workspaces,
    lembar,
    sop_sentences,
)
from sopdocs.compare.record import as_record
from sopdocs.errors import ExitCode
from sopdocs.model import Place


@dataclass(frozen=True, slots=True)
class Files:
    """What is written besides what is printed."""

    docx: Path | None = None
    """Where the new sheet goes with the changes tracked."""
    lembar: Path | None = None
    """Where the lembar perubahan goes: a Word file or a PDF."""
    gambar: Path | None = None
    """Where both flows go side by side: a PDF or an SVG."""

    def check(self) -> None:
        """Raise UsageError for a name of another kind, or of a file that is there."""
        if self.docx is not None:
            check_target(self.docx, "berkas Word", tracking.DOCX)
        if self.lembar is not None:
            check_target(self.lembar, "berkas Word atau PDF", tracking.DOCX, tracking.PDF)
        if self.gambar is not None:
            check_target(self.gambar, "berkas PDF atau SVG", *picturing.SUFFIXES)


def compare(place: Place, names: Sequence[str], form: str, files: Files) -> int:
    """Print what differs between two sides, or between the last edition and today's content when none is named."""
    files.check()
    with tempfile.TemporaryDirectory(prefix="sopdocs-", ignore_cleanup_errors=True) as scratch:
        old, new = Sides(place, Path(scratch)).pair(*(*names, None, None)[:2])
    beda = difference(old, new)
    if files.docx is not None:
        tracking.write_tracked(place, beda, (old, new), files.docx)
    if files.lembar is not None:
        change_sheets.write_sheet(place, beda, (old, new), files.lembar)
    if files.gambar is not None:
        picturing.write_picture(beda, (old, new), files.gambar)
    if form == "json":
        print_json(as_record(beda, _told(old), _told(new)))
    else:
        _print(beda, old, new)
    return ExitCode.OK


def difference(old: Side, new: Side) -> BedaBundel:
    """Compare two sides: their whole bundles, or the one SOP that they name."""
    if not (old.slug or new.slug):
        return compare_workspaces(old.workspace, new.workspace)
    before, after = old.sop, new.sop
    ended = after if before and after and after.status.ended and not before.status.ended else None
    beda = compare_sops(
        lembar(before, old.workspace) if before else None,
        lembar(after, new.workspace) if after and not ended else None,
        ended,
    )
    return BedaBundel(() if beda.kosong else (beda,))


def _told(side: Side) -> dict[str, object]:
    edition = {"edisi": side.edisi.nomor, "tanggal": side.edisi.tanggal.isoformat()} if side.edisi else {}
    return {"nama": side.nama, **edition, **({"sop": side.slug} if side.slug else {})}


def _print(beda: BedaBundel, old: Side, new: Side) -> None:
    say(f"Dari {_name(old)} ke {_name(new)}:", "bold")
    if beda.kosong:
        say("Tidak ada perbedaan.")
        return
    around = bundle_sentences(beda)
    if around:
        say("\nDi luar lembar SOP", "bold")
        _list(around)
    for sop in beda.sop:
        say(f"\n{_title(sop, whole=not (old.slug or new.slug))}", "bold")
        _list(sop_sentences(sop) or ("Berkasnya berganti nama; isinya sama.",))
    if len(beda.sop) > 1:
        say(f"\n{_summary(beda)}")


def _name(side: Side) -> str:
    return f"{side.slug} di {side.nama}" if side.slug and not side.berkas else side.nama


def _title(beda: BedaSop, *, whole: bool) -> str:
    sop = beda.baru or beda.lama
    name = sop.nama if sop else ""
    if not whole:
        return name
    renamed = beda.lama and beda.baru and beda.lama.slug != beda.baru.slug
    former = f", dahulu {beda.lama.slug}" if renamed and beda.lama else ""
    return f"{name} ({beda.slug}{former})"


def _list(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        say(f"  - {sentence}")


def _summary(beda: BedaBundel) -> str:
    came = sum(sop.lama is None for sop in beda.sop)
    went = sum(sop.baru is None for sop in beda.sop)
    parts = ((len(beda.sop) - came - went, "berubah"), (came, "baru"), (went, "tidak ada lagi"))
    return ", ".join(f"{count} SOP {word}" for count, word in parts if count) + "."
