"""`sopdocs revise --tunda` and `--lanjut`: a revision that takes longer must not hold up the next edition."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sopdocs.cli.offices import option
from sopdocs.cli.output import say
from sopdocs.cli.revising import LOCK, Opened, copied, open_sop, read_as, refuse_issued
from sopdocs.cli.sharing import told_shared
from sopdocs.content import read_workspace
from sopdocs.engine.files import exclusive, read_if_there, write_whole
from sopdocs.errors import UsageError
from sopdocs.model import Place, Sop, Status


def postpone(place: Place, slug: str) -> int:
    """Put the open revision of an SOP aside, and its file back to what is in force.

    Raises UsageError when none is open, or one waits already; then nothing was changed.
    """
    opened = open_sop(place, slug)
    if opened.sop.status is not Status.DIREVISI:
        raise UsageError(f"SOP “{slug}” tidak sedang direvisi (status {opened.sop.status})", "tidak ada yang ditunda")
    aside, copy = place.postponed(opened.path), place.root / opened.copy
    # The same one is what a killed call left.
    if aside.exists() and read_if_there(aside) != opened.data:
        advice = "terbitkan atau batalkan yang terbuka ini; yang ditunda tetap di sana"
        raise UsageError(f"{_below(place, aside)} sudah ada", advice)
    before = copied(opened, copy)
    refuse_issued(opened, read_as(opened, before))
    _exchange(opened, before.encode(), lambda: write_whole(aside, opened.data), copy)
    say(f"Revisi ke-{opened.sop.revisi_ke} SOP “{opened.sop.nama}” ditunda: {_below(place, aside)}")
    say(f"{opened.path} kembali seperti terakhir terbit, sehingga edisi berikutnya dapat diterbitkan tanpa revisi itu.")
    say(f"Berikutnya: sopdocs revise {slug} --lanjut{option(place)}")
    told_shared(place, opened.path)
    return 0


def resume(place: Place, slug: str) -> int:
    """Take up the revision again that was put aside.

    Raises UsageError when none waits, or the SOP went on without it; then nothing was changed.
    """
    opened = open_sop(place, slug)
    aside = place.postponed(opened.path)
    draft = read_if_there(aside)
    if draft is None:
        advice = f"buka yang baru dengan sopdocs revise {slug} --alasan …"
        raise UsageError(f"Tidak ada revisi SOP “{slug}” yang ditunda", advice)
    sop = _read(opened, draft, _below(place, aside))
    now = opened.sop
    if now.status is not Status.BERLAKU or sop.riwayat_revisi[: len(now.riwayat_revisi)] != now.riwayat_revisi:
        message = f"SOP “{slug}” sudah berjalan terus sejak revisi itu ditunda (kini {now.status}, revisi ke-"
        advice = f"pindahkan yang masih perlu dari {_below(place, aside)} ke {opened.path}, lalu hapus berkas itu"
        raise UsageError(f"{message}{now.revisi_ke})", advice)
    copy = place.root / opened.copy
    _exchange(opened, draft, lambda: write_whole(copy, opened.data), aside)
    say(f"Revisi ke-{sop.revisi_ke} SOP “{sop.nama}” dilanjutkan: {opened.path}")
    told_shared(place, opened.path)
    return 0


def _exchange(opened: Opened, data: bytes, keep: Callable[[], None], done: Path) -> None:
    """Keep what stands in the file elsewhere, write `data` in its place, then remove `done`, where that came from.

    Stopped at any moment, nothing is lost: at worst a copy remains.
    """
    target = opened.place.root / opened.path
    with exclusive(Place(opened.place.root).store / LOCK):
        if read_if_there(target) != opened.data:
            raise UsageError(f"{opened.path} berubah selagi dibaca", "ulangi setelah berkas itu disimpan")
        keep()
        write_whole(target.resolve(), data)
        with suppress(OSError):
            done.unlink()
            done.parent.rmdir()


def _read(opened: Opened, data: bytes, shown: str) -> Sop:
    """The SOP as the revision has it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    workspace = read_workspace(opened.place.root, {opened.path: text}, office=opened.place.office).workspace
    sop = workspace.sop.get(opened.sop.slug) if workspace else None
    if sop is None or sop.status is not Status.DIREVISI:
        raise UsageError(f"{shown} bukan revisi yang ditunda", "periksa isinya; berkas itu dibiarkan")
    return sop


def _below(place: Place, path: Path) -> str:
    return path.relative_to(place.root).as_posix()
