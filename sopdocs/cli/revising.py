"""`sopdocs revise`, `revoke` and `replace`: one content file each, proved before it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sopdocs.cli.offices import option
from sopdocs.cli.output import print_findings, say
from sopdocs.cli.sharing import told_shared
from sopdocs.content import ISI, Reading, read_editions, read_workspace
from sopdocs.content.report import Report, nearest, quote
from sopdocs.content.revising import LIFE, Change, taken_back, with_change
from sopdocs.content.source import printable
from sopdocs.engine.files import exclusive, read_if_there, write_whole
from sopdocs.errors import FindingsError, UsageError
from sopdocs.model import Place, Revisi, Severity, Sop, SopTerbit, Span, Status, Workspace

LOCK = "riwayat"
"""Held, below the store of results, while a content file is changed."""
_NOT_TEXT = ("null", "true", "false")
_VERBS = {Status.DIREVISI: "revise", Status.DICABUT: "revoke", Status.DIGANTIKAN: "replace"}
_DONE = {Status.DIREVISI: "Revisi", Status.DICABUT: "Pencabutan", Status.DIGANTIKAN: "Penggantian"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be noted in the log."""

    alasan: str
    uraian: str = ""
    oleh: str = ""
    tanggal: date | None = None
    """None: today."""

    def row(self, number: int, day: date) -> tuple[str, ...]:
        """The cells of the log, on one line each."""
        texts = (self.uraian, self.alasan, self.oleh)
        clean = (" ".join(printable(text, Span(""), Report()).split()) for text in texts)
        return (str(number), day.isoformat(), *clean)


@dataclass(frozen=True, slots=True)
class Opened:
    """The file of an SOP, read."""

    place: Place
    workspace: Workspace
    sop: Sop
    path: str
    """Below the workspace."""
    data: bytes

    @property
    def text(self) -> str:
        """With the line ends and marks of the file."""
        return self.data.decode("utf-8")

    @property
    def copy(self) -> str:
        """Where its copy lies below the workspace."""
        return self.place.opened(self.path).relative_to(self.place.root).as_posix()


def revise(place: Place, slug: str, wish: Wish, today: date) -> int:
    """Open the next revision of an SOP that is in force."""
    opened = open_sop(place, slug)
    sop = opened.sop
    if sop.status is not Status.BERLAKU:
        raise _not_in_force(sop, "direvisi")
    _refuse_old(opened)
    day = _day(sop, wish, today)
    keys = {"status": Status.DIREVISI.value, "revisi": day.isoformat()}
    keys |= {key: "null" for key in ("pengesahan", "efektif") if getattr(sop, key)}
    number = sop.revisi_ke + 1
    log = (*sop.riwayat_revisi, Revisi(number, day, ""))
    wanted = replace(sop, status=Status.DIREVISI, revisi=day, pengesahan=None, efektif=None, riwayat_revisi=log)
    _carry_out(opened, Change(keys, wish.row(number, day)), wanted)
    what = "sunting isinya" if wish.uraian else "sunting isinya, dan isi Uraian pada ## Riwayat Revisi"
    say(f"Revisi ke-{number} SOP “{sop.nama}” dibuka. Yang berlaku tetap yang terakhir terbit.")
    say(f"Berikutnya: {what}; setelah disahkan isi pengesahan:; lalu sopdocs build, sign, dan issue{option(place)}.")
    say(f"Batal: sopdocs revise {slug} --batal{option(place)}")
    aside = place.postponed(opened.path)
    if aside.exists():
        where = aside.relative_to(place.root).as_posix()
        other = "setelah yang ini terbit, pindahkan isinya sendiri; atau batalkan yang ini, lalu --lanjut"
        say(f"Perhatikan: revisi lain SOP ini ditunda di {where}; {other}.", "yellow")
    return 0


def revoke(place: Place, slug: str, wish: Wish, today: date) -> int:
    """End an SOP that is in force."""
    return _end(place, slug, wish, today, None)


def replace_sop(place: Place, slug: str, successor: str, wish: Wish, today: date) -> int:
    """End an SOP that is in force, with another in its place."""
    return _end(place, slug, wish, today, successor)


def _end(place: Place, slug: str, wish: Wish, today: date, successor: str | None) -> int:
    opened = open_sop(place, slug)
    sop = opened.sop
    status = Status.DIGANTIKAN if successor else Status.DICABUT
    if sop.status is not Status.BERLAKU:
        raise _not_in_force(sop, status.value)
    _refuse_old(opened)
    day = _day(sop, wish, today)
    keys = {"status": status.value, "pencabutan": day.isoformat()}
    if successor:
        _check_successor(opened, successor)
        keys["pengganti"] = f'"{successor}"' if successor in _NOT_TEXT else successor
    wish = replace(wish, uraian=wish.uraian or (f"Digantikan [[{successor}]]" if successor else "Dicabut"))
    log = (*sop.riwayat_revisi, Revisi(sop.revisi_ke, day, ""))
    wanted = replace(sop, status=status, pencabutan=day, pengganti=successor, riwayat_revisi=log)
    _carry_out(opened, Change(keys, wish.row(sop.revisi_ke, day)), wanted)
    by = f" oleh “{opened.workspace.sop[successor].nama}”" if successor else ""
    say(f"SOP “{sop.nama}” {status}{by}; mulai {day.isoformat()} tidak berlaku lagi dan tidak ikut bundel.")
    say("Berkasnya jangan dihapus: arsip dan SOP lain merujuknya. Di bundel.yaml ia boleh tetap disebut.")
    check, make = f"sopdocs check{option(place)}", f"sopdocs build, sign, dan issue{option(place)}"
    say(f"Berikutnya: {check} menyebut SOP yang masih merujuknya (SOP184); lalu {make}.")
    verb = f"replace {slug} {successor}" if successor else f"revoke {slug}"
    say(f"Batal: sopdocs {verb} --batal{option(place)}")
    return 0


def undo(place: Place, slug: str, status: Status, successor: str | None = None) -> int:
    """Take back what the command did that gave the SOP this status; what was edited since stays."""
    opened = open_sop(place, slug)
    sop, path = opened.sop, place.root / opened.copy
    done = _DONE[status]
    if sop.status is not status or (successor and sop.pengganti != successor):
        of = f" oleh {sop.pengganti}" if sop.pengganti else ""
        verb = _VERBS.get(sop.status)
        other = f"pakai sopdocs {verb} {' '.join(filter(None, (slug, sop.pengganti)))} --batal" if verb else ""
        message = f"{done} {slug} tidak dapat dibatalkan: statusnya {sop.status}{of}"
        none = f"tidak ada yang terbuka padanya; yang sudah terbit diperbaiki dengan sopdocs revise {slug}"
        raise UsageError(message, other or none)
    before = copied(opened, path)
    text = taken_back(opened.text, before)
    then = read_as(opened, before)
    refuse_issued(opened, then)
    same = text == before
    rows = sop.riwayat_revisi[: len(then.riwayat_revisi)]
    life: dict[str, Any] = {key: getattr(then, key) for key in LIFE}
    _write(opened, text, then if same else replace(sop, **life, riwayat_revisi=rows))
    with suppress(OSError):  # other copies may be there; a copy that stays is written over next time
        path.unlink()
        path.parent.rmdir()
        path.parent.parent.rmdir()
    say(f"{done} SOP “{sop.nama}” dibatalkan: statusnya kembali {then.status}.")
    if same:
        say(f"{opened.path} kembali persis seperti semula.")
    else:
        kept = "Suntingan itu dibiarkan; yang dikembalikan hanya status, tanggal-tanggalnya, dan Riwayat Revisi."
        say(f"{opened.path} disunting sejak itu. {kept} Periksa isinya sebelum membangun.", "yellow")
    told_shared(place, opened.path)
    return 0


def open_sop(place: Place, slug: str) -> Opened:
    """Read the file; raises FindingsError when not all of it can be read, UsageError when it is not there."""
    reading = read_workspace(place.root, office=place.office)
    workspace = reading.workspace
    if workspace is None:
        print_findings(reading.findings, errors=True)
        raise FindingsError("Folder kerja ini belum dapat dipakai", "perbaiki temuan di atas, lalu ulangi")
    homes = [path for path in place.candidates(f"content/sop/{slug}.md") if (place.root / path).exists()]
    if not homes:
        known = nearest(slug, workspace.sop) or "sebut nama berkas di content/sop/, tanpa .md"
        raise UsageError(f"SOP “{slug}” tidak ada", known)
    path = homes[-1]
    bad = [each for each in reading.findings if each.span.path == path and each.severity is Severity.GALAT]
    sop = workspace.sop.get(slug)
    if bad or sop is None:
        print_findings(bad, errors=True)
        raise FindingsError(f"{path} belum terbaca seluruhnya", "perbaiki temuan di atas, lalu ulangi")
    data = read_if_there(place.root / path)
    if data is None:
        raise UsageError(f"{path} tidak dapat dibaca", "ulangi setelah berkas itu disimpan")
    return Opened(place, workspace, sop, path, data)


def _refuse_old(opened: Opened) -> None:
    """Raise UsageError for a file that is older than what was issued, as one from a backup is."""
    sop, path = opened.sop, opened.path
    known = read_editions(opened.place).arsip.sop_terakhir(sop.slug)
    if known is None or known[1].status.ended or sop.revisi_ke >= known[1].revisi_ke:
        return
    edisi, issued = known
    message = f"{path} memuat revisi ke-{sop.revisi_ke}, padahal {edisi} sudah memuat revisi ke-{issued.revisi_ke}"
    advice = f"salin dahulu yang terbit dari {edisi.folder}/{ISI}/{path}, tambahkan perubahan Anda, lalu ulangi"
    raise UsageError(message, advice)


def refuse_issued(opened: Opened, then: Sop) -> None:
    """Raise UsageError when the state before the command is older than what was issued: its copy came back."""
    known = read_editions(opened.place).arsip.sop_terakhir(then.slug)
    if known is not None and (known[1].status.ended or then.revisi_ke < known[1].revisi_ke):
        edisi, issued = known
        what = str(issued.status) if issued.status.ended else f"revisi ke-{issued.revisi_ke}"
        message = f"Tidak dapat dibatalkan lagi: SOP “{then.slug}” sudah {what} pada {edisi}"
        raise UsageError(message, f"yang terbit: {edisi.folder}/{ISI}/{opened.path}; {_onwards(issued)}")


def _not_in_force(sop: Sop, verb: str) -> UsageError:
    """Say why an SOP cannot be revised or ended now, and what can be done."""
    slug, status = sop.slug, sop.status
    if status is Status.DIREVISI:
        row = max(sop.riwayat_revisi, key=lambda row: row.revisi, default=None)
        by = f" oleh {row.oleh}" if row and row.oleh else ""
        since = f" sejak {row.tanggal.isoformat()}" if row else ""
        message = f"Revisi ke-{sop.revisi_ke} SOP “{slug}” sudah terbuka{since}{by}"
        advice = f"lanjutkan menyuntingnya, atau batalkan dahulu dengan sopdocs revise {slug} --batal"
        return UsageError(message, advice)
    if status is Status.KONSEP:
        message = f"SOP “{slug}” berstatus konsep: belum pernah terbit, jadi belum dapat {verb}"
        way = "cukup sunting berkasnya" if verb == "direvisi" else "cukup hapus berkasnya"
        return UsageError(message, f"{way}; bila sudah terbit sebelum memakai sopdocs, tulis status: berlaku")
    since = f" sejak {sop.pencabutan.isoformat()}" if sop.pencabutan else ""
    advice = "buat SOP baru dengan sopdocs new"
    if sop.pengganti:
        advice = f"yang berlaku sekarang penggantinya: {sop.pengganti}"
    return UsageError(f"SOP “{slug}” sudah {status}{since}, jadi tidak dapat {verb}", advice)


def _check_successor(opened: Opened, successor: str) -> None:
    other = opened.workspace.sop.get(successor)
    if successor == opened.sop.slug:
        raise UsageError("SOP tidak dapat digantikan dirinya sendiri", f"pakai sopdocs revise {successor}")
    if other is None:
        advice = nearest(successor, opened.workspace.living) or "periksa nama berkasnya"
        raise UsageError(f"SOP pengganti “{successor}” tidak ada", advice)
    if other.status.ended:
        raise UsageError(f"SOP pengganti “{successor}” sudah {other.status}", "sebut SOP yang masih berlaku")


def _day(sop: Sop, wish: Wish, today: date) -> date:
    """The day of the row; raises UsageError for one that has not come, or lies before what happened already."""
    day = wish.tanggal or today
    if day > today:
        advice = f"hari ini {today.isoformat()}; jalankan perintah ini lagi pada hari itu"
        raise UsageError(f"Tanggal {day.isoformat()} belum tiba", advice)
    earlier = [(row.tanggal, f"revisi ke-{row.revisi}") for row in sop.riwayat_revisi]
    earlier += [(when, name) for name in ("pembuatan", "pengesahan") if (when := getattr(sop, name))]
    last, what = max(earlier, default=(day, ""))
    if day < last:
        message = f"Tanggal {day.isoformat()} mendahului {what} ({last.isoformat()})"
        raise UsageError(message, "pakai --tanggal dengan hari yang benar, atau perbaiki tanggal di berkasnya")
    return day


def _carry_out(opened: Opened, change: Change, wanted: Sop) -> None:
    """Write the change, the copy before it, and say what is different now."""
    text = with_change(opened.text, change)
    _write(opened, text, wanted, lambda: write_whole(opened.place.root / opened.copy, opened.data))
    say(f"Diubah: {opened.place.root / opened.path}")
    for key, value in change.keys.items():
        old = getattr(opened.sop, key)
        say(f"  {key}: {'null' if old is None else old} → {value}")
    number, day, uraian, alasan, oleh = change.row
    told = (f"revisi {number}", day, quote(uraian) if uraian else "", quote(alasan), oleh)
    say(f"  Riwayat Revisi: baris baru ({', '.join(filter(None, told))})")
    say(f"Keadaan sebelumnya disimpan di {opened.copy} sampai terbit.")
    told_shared(opened.place, opened.path)


def _write(opened: Opened, text: str, wanted: Sop, first: Callable[[], None] = lambda: None) -> None:
    """Prove that `text` says what is wanted and nothing else, then write it, `first` done before.

    Raises UsageError when it says something else, or the file changed meanwhile.
    """
    _prove(opened, text, wanted)
    target = opened.place.root / opened.path
    with exclusive(Place(opened.place.root).store / LOCK):
        if read_if_there(target) != opened.data:
            raise UsageError(f"{opened.path} berubah selagi dibaca", "ulangi setelah berkas itu disimpan")
        first()
        # A link stays one: what it leads to is written.
        write_whole(target.resolve(), text.encode())


def _prove(opened: Opened, text: str, wanted: Sop) -> None:
    reading = _reading(opened, {opened.path: text})
    bad = [each for each in reading.findings if each.span.path == opened.path and each.severity is Severity.GALAT]
    if bad:
        print_findings(bad, errors=True)
        advice = "tulis --alasan, --uraian, dan --oleh sebagai teks biasa"
        raise UsageError("Catatan itu tidak terbaca pada Riwayat Revisi; tidak ada yang diubah", advice)
    now = dict(reading.workspace.sop) if reading.workspace else {}
    found = now.pop(wanted.slug, None)
    if found is not None and len(wanted.riwayat_revisi) > len(opened.sop.riwayat_revisi):
        # How the texts of a new row read is their writer's: they may hold references.
        texts = {name: getattr(row, name) for row in found.riwayat_revisi[-1:] for name in ("uraian", "alasan", "oleh")}
        *rows, new = wanted.riwayat_revisi
        wanted = replace(wanted, riwayat_revisi=(*rows, replace(new, **texts)))
    others = {slug: sop for slug, sop in opened.workspace.sop.items() if slug != wanted.slug}
    if found != wanted or now != others:
        message = f"{opened.path} ditulis dengan cara yang tidak dapat diubah sendiri; tidak ada yang diubah"
        raise UsageError(message, "rapikan dahulu dengan sopdocs format, lalu ulangi")


def _reading(opened: Opened, instead: Mapping[str, str]) -> Reading:
    return read_workspace(opened.place.root, instead, office=opened.place.office)


def _onwards(sop: Sop | SopTerbit) -> str:
    """What can be done about a change that was issued."""
    return "bila SOP ini dibutuhkan lagi, buat yang baru" if sop.status.ended else "perbaiki dengan revisi berikutnya"


def copied(opened: Opened, path: Any) -> str:
    """The text of the file before the command; raises UsageError without it."""
    data = read_if_there(path)
    try:
        if data is not None:
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    message = f"Tidak dapat dibatalkan lagi: {opened.copy} tidak ada atau rusak"
    raise UsageError(message, f"setelah terbit perubahan tidak dibatalkan; {_onwards(opened.sop)}")


def read_as(opened: Opened, before: str) -> Sop:
    """The SOP as the copy has it; raises UsageError when that is not the state before a command."""
    reading = _reading(opened, {opened.path: before})
    sop = reading.workspace.sop.get(opened.sop.slug) if reading.workspace else None
    if sop is None or sop.status is not Status.BERLAKU:
        message = f"{opened.copy} bukan keadaan SOP ini sebelum perintah itu"
        raise UsageError(message, "perbaiki sendiri status dan tanggalnya di berkas SOP, lalu hapus salinan itu")
    return sop
