"""`sopdocs reproduce`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import load
from sopdocs.cli.offices import one_place
from sopdocs.cli.output import say
from sopdocs.cli.staffing import Workforce, crewed
from sopdocs.engine import BUNDLE, EventKind, Order, Sources
from sopdocs.errors import ExitCode, UsageError, reason
from sopdocs.model import Place
from sopdocs.pdf import read_bundle
from sopdocs.word import ChangeSheet


def reproduce(file: Path, source: Path | None, offices: Sequence[str], now: datetime) -> int:
    """Build the bundle again, from `source` or from what the file carries, and compare; exit 1 when it differs.

    Whose bundle it is, `offices` says, or else the paths of what it carries.
    """
    try:
        sealed = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} tidak dapat dibaca: {reason(error)}", "periksa nama dan letak berkasnya") from error
    carried = engine.carried_sources(read_bundle(sealed))
    if source is None and carried is None:
        advice = "berikan folder kerja tempat bundel itu dibuat: sopdocs reproduce FILE --sumber FOLDER"
        raise UsageError(f"{file} tidak membawa sumbernya", advice)
    with tempfile.TemporaryDirectory(prefix="sopdocs-", ignore_cleanup_errors=True) as folder:
        root = source or Path(folder) / "sumber"
        if source is None and carried is not None:
            carried.write(root)
        say(f"Membangun ulang dari {source or 'sumber yang terlampir'} …", errors=True)
        place = _place(root, offices, carried)
        carrying = carried is not None
        told = carried.changes if carried is not None and source is None else None
        rebuilt, tools = _rebuilt(place, Path(folder) / "build", (carrying, told), now)
    found = engine.differences(sealed, rebuilt, carried.tools if carried else {}, tools)
    digest = engine.sha256(rebuilt)
    if found:
        say("TIDAK COCOK: berkas ini bukan hasil dari sumber itu", "bold red")
        for sentence in found:
            say(f"  - {sentence}")
        return ExitCode.FINDINGS
    say("COCOK: berkas ini diawali persis oleh bundel yang dibangun ulang", "bold green")
    if source is None and carried is not None and carried.changes is not None:
        say("  Lembar Perubahan memuat kata-kata lampirannya: arsip edisi sebelumnya tidak ikut di dalam berkas.")
    say(f"  {_count(rebuilt)} bita, SHA-256 {digest}")
    added = sealed[len(rebuilt) :]
    say(
        f"  {_count(added)} bita sesudahnya adalah segel; periksa dengan sopdocs verify"
        if added
        else "  Belum disegel."
    )
    return ExitCode.OK


def _place(root: Path, offices: Sequence[str], carried: Sources | None) -> Place:
    named = (carried.office,) if carried and carried.office else ()
    return one_place(root, offices or named)


def _rebuilt(
    place: Place, target: Path, carried: tuple[bool, ChangeSheet | None], now: datetime
) -> tuple[bytes, dict[str, str]]:
    """`carried`: whether the bundle has its sources with it, and what it says of the edition before."""
    with_sources, told = carried
    checked = load(place, now.astimezone().date())
    workspace = checked.readable()
    found = places.tools()
    tools = places.surroundings(place, workspace.instansi, found)
    inputs = places.content_inputs(place)
    changes = told or engine.changes_since(place, workspace, inputs, checked.arsip)
    order = Order(
        place, workspace, checked.findings, inputs, now, with_sources=with_sources, output=target, changes=changes
    )

    def notify(event: engine.Event) -> None:
        if event.kind is EventKind.FAILED:
            say(f"GAGAL build/{event.name}: {event.detail}", errors=True)

    with crewed(Workforce(), found, target) as crew:
        result = engine.build(order, tools, notify, crew)
    if result.failures:
        raise result.failures[0]
    return (target / BUNDLE).read_bytes(), tools.tools


def _count(data: bytes) -> str:
    return f"{len(data):,}".replace(",", ".")
