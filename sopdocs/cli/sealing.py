"""`sopdocs sign`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import Checked, load
from sopdocs.cli.output import say
from sopdocs.engine import BUNDLE, SEALED
from sopdocs.errors import ExitCode, FindingsError, UsageError


def sign_bundle(folder: Path, final: bool, now: datetime) -> int:
    """Seal the bundle; with `final` only when nothing in it is a draft."""
    checked = load(folder, now.astimezone().date())
    workspace = checked.readable()
    target = folder / "build"
    manifest = engine.read_manifest(target)
    merged = engine.read_if_there(target / BUNDLE)
    recorded = manifest.outputs.get(BUNDLE)
    if merged is None or recorded is None or engine.sha256(merged) != recorded.sha256:
        raise UsageError("build/bundel.pdf belum ada atau berubah setelah dibuat", "jalankan sopdocs build dahulu")
    if final:
        _refuse_drafts(checked, manifest)
    with engine.exclusive(target):
        sealed = engine.seal(merged, workspace.instansi, places.key_folder(), now)
        engine.write_whole(target / SEALED, sealed)
        manifest.outputs[SEALED] = engine.Output(engine.sha256(sealed), len(sealed), engine.sha256(merged))
        manifest.write(target)
    say(f"Disegel dengan kunci pengembangan (tidak tersertifikasi): {target / SEALED}")
    return ExitCode.OK


def _refuse_drafts(checked: Checked, manifest: engine.Manifest) -> None:
    """The state of the content today counts, and what the sheets looked like when they were built."""
    workspace = checked.readable()
    if manifest.inputs != places.content_inputs(checked.root):
        raise FindingsError("Isi content/ atau templates/ berubah setelah bundel dibuat", "jalankan sopdocs build")
    reasons: list[str] = []
    for slug in workspace.bundel.sop:
        built = manifest.sop.get(slug)
        reasons += built.konsep if built else (f"{slug}: belum dibuat",)
    if reasons:
        say("Belum boleh disegel sebagai final:", "bold red", errors=True)
        for reason in dict.fromkeys(reasons):
            say(f"  - {reason}", errors=True)
        raise FindingsError(f"{len(set(reasons))} hal belum selesai", "selesaikan daftar di atas, lalu sopdocs build")
