"""`sopdocs at`: what was in force on a day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sopdocs.cli.dates import day_words
from sopdocs.cli.excerpt import printable
from sopdocs.cli.output import print_findings, print_json, print_table, say
from sopdocs.content import ArchiveReading, read_editions
from sopdocs.engine import MANIFEST, SEALED, VERDICT, read_if_there, read_manifest, sha256, write_whole
from sopdocs.errors import ExitCode, OutputRejectedError, UsageError, reason
from sopdocs.model import Berlaku, Edisi, Pengesahan, Place, in_force

FORMAT = "sopdocs-berlaku/1"
_LIST = "daftar"
_SIGNED = {
    Pengesahan.SERTIFIKAT: "disegel dengan sertifikat",
    Pengesahan.BASAH: "ditandatangani di atas kertas; segel PDF-nya dari kunci pengembangan",
}


@dataclass(frozen=True, slots=True)
class _View:
    """What was in force on a day, and where it stands."""

    day: date
    found: tuple[Berlaku, ...]
    pages: Mapping[tuple[int, str], tuple[int, int]]
    """(edition, slug) -> first page in its bundle, from 1, and how many pages there are."""
    reading: ArchiveReading
    notes: tuple[str, ...]

    @property
    def editions(self) -> tuple[Edisi, ...]:
        """Those that hold what was in force, by number."""
        return tuple(sorted({each.edisi.nomor: each.edisi for each in self.found}.values(), key=lambda e: e.nomor))

    def place(self, each: Berlaku) -> str:
        """The pages of a sheet in the bundle of its edition."""
        first, count = self.pages.get((each.edisi.nomor, each.sop.slug), (0, 0))
        if not first:
            return "-"
        return f"{first}–{first + count - 1}" if count > 1 else str(first)

    def digest(self, edisi: Edisi, name: str) -> str:
        """SHA-256 of a file of an edition, as its record says."""
        return self.reading.catatan[edisi.nomor].berkas.get(name, "")


def point(place: Place, day: date, form: str, out: Path | None, today: date) -> int:
    """Print what was in force on `day`, and copy the bundles that hold it to `out`; exit 1 for a damaged archive."""
    reading = read_editions(place)
    print_findings(reading.findings, errors=True)
    found = in_force(reading.arsip, day)
    view = _View(day, found, _pages(place, found), reading, tuple(_notes(reading, day, today)))
    if out is not None:
        _export(place, view, out)
    if form == "json":
        print_json(_record(view))
    else:
        _print(view)
        if out is not None:
            _tell_export(view, out)
    return ExitCode.OK if reading.arsip.utuh else ExitCode.FINDINGS


def _notes(reading: ArchiveReading, day: date, today: date) -> Iterator[str]:
    editions = reading.arsip.edisi
    if not reading.arsip.utuh:
        yield "Arsip tidak utuh: daftar ini mungkin tidak lengkap atau tidak benar."
    if not editions:
        yield "Belum ada edisi di arsip; edisi pertama dibuat dengan sopdocs issue."
    elif day < editions[0].tanggal:
        first = editions[0]
        yield (
            f"Hari itu sebelum edisi pertama di arsip ({first}, {day_words(first.tanggal)}): yang tercantum hanya SOP "
            "yang menurut tanggalnya sendiri sudah berlaku; apa lagi yang berlaku saat itu tidak diketahui arsip."
        )
    if day > today:
        yield f"Hari itu belum tiba: daftar ini menurut yang diketahui hari ini, {day_words(today)}."
    late = [edisi for edisi in editions if edisi.dicatat > edisi.tanggal]
    for edisi in late:
        told = f"{day_words(edisi.tanggal)}, dicatat kemudian pada {day_words(edisi.dicatat)}"
        yield f"{str(edisi).capitalize()} bertanggal {told}."


def _pages(place: Place, found: tuple[Berlaku, ...]) -> dict[tuple[int, str], tuple[int, int]]:
    pages: dict[tuple[int, str], tuple[int, int]] = {}
    for edisi in {each.edisi.nomor: each.edisi for each in found}.values():
        bundle = read_manifest(place.root / edisi.folder).bundel
        for part in bundle.bagian if bundle else ():
            room, _, slug = part.kunci.partition("/")
            if room == "sop":
                pages[edisi.nomor, slug] = part.halaman, part.jumlah
    return pages


def _print(view: _View) -> None:
    say(_headline(view), "bold")
    if view.found:
        print_table(
            ("SOP", "Nomor", "Revisi ke", "Berlaku sejak", "Edisi", "Halaman"),
            (
                (
                    each.sop.nama,
                    each.sop.nomor or "-",
                    str(each.sop.revisi_ke),
                    day_words(each.sejak),
                    str(each.edisi.nomor),
                    view.place(each),
                )
                for each in view.found
            ),
        )
    for line in _bundles(view):
        say(line)


def _record(view: _View) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tanggal": view.day.isoformat(),
        "utuh": view.reading.arsip.utuh,
        "catatan": list(view.notes),
        "sop": [
            {
                "slug": each.sop.slug,
                "nama": each.sop.nama,
                "nomor": each.sop.nomor,
                "revisi_ke": each.sop.revisi_ke,
                "berlaku_sejak": each.sejak.isoformat(),
                "edisi": each.edisi.nomor,
                "halaman": list(view.pages.get((each.edisi.nomor, each.sop.slug), ())),
            }
            for each in view.found
        ],
        "edisi": [
            {
                "nomor": edisi.nomor,
                "tanggal": edisi.tanggal.isoformat(),
                "dicatat": edisi.dicatat.isoformat(),
                "pengesahan": edisi.pengesahan,
                "keterangan": edisi.keterangan,
                "folder": edisi.folder,
                "bundel": {"berkas": _name(SEALED, edisi), "sha256": view.digest(edisi, SEALED)},
            }
            for edisi in view.editions
        ],
    }


def _name(name: str, edisi: Edisi) -> str:
    """What a file of an edition is called beside those of others: bundel-ttd-edisi-3.pdf."""
    stem, _, kind = name.partition(".")
    return f"{stem}-edisi-{edisi.nomor}.{kind}"


def _export(place: Place, view: _View, out: Path) -> None:
    """Copy the bundles, byte for byte, with what proves them; the lists come last. Nothing is replaced."""
    if not view.editions:
        raise UsageError(f"Tidak ada bundel yang berlaku pada {day_words(view.day)}", "pilih hari lain")
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise UsageError(f"{out} sudah berisi", "sebut folder baru atau folder kosong; tidak ada yang ditimpa")
    except OSError as error:
        raise UsageError(f"{out} tidak dapat dibaca: {reason(error)}", "sebut folder lain") from error
    for edisi in view.editions:
        for name in (SEALED, MANIFEST, VERDICT):
            digest = view.digest(edisi, name)
            data = read_if_there(place.root / edisi.folder / name)
            if data is None or sha256(data) != digest:
                raise OutputRejectedError(
                    f"{edisi.folder}/{name} hilang atau berubah", "periksa arsip dengan sopdocs check"
                )
            copy = out / _name(name, edisi)
            write_whole(copy, data)
            if sha256(read_if_there(copy) or b"") != digest:
                raise OutputRejectedError(f"{copy} tidak tersalin dengan utuh", "periksa media penyimpanannya")
    write_whole(out / f"{_LIST}.json", (json.dumps(_record(view), ensure_ascii=False, indent=2) + "\n").encode())
    lines = (_headline(view), "", *_listed(view), "", *_bundles(view), "", *_checking(view))
    write_whole(out / f"{_LIST}.txt", "".join(f"{printable(line)}\n" for line in lines).encode())


def _tell_export(view: _View, out: Path) -> None:
    names = [_name(SEALED, edisi) for edisi in view.editions]
    say(f"Disalin ke {out}: {', '.join(names)}, {_LIST}.txt, dan {_LIST}.json", "bold green")
    for line in _checking(view):
        say(line)


def _headline(view: _View) -> str:
    return f"Berlaku pada {day_words(view.day)}: {len(view.found)} SOP"


def _listed(view: _View) -> Iterator[str]:
    for number, each in enumerate(view.found, 1):
        since = f"revisi ke-{each.sop.revisi_ke}, berlaku sejak {day_words(each.sejak)}"
        yield f"{number}. {each.sop.nama} (nomor {each.sop.nomor or '-'})"
        yield f"   {since}; {each.edisi}, halaman {view.place(each)}"


def _bundles(view: _View) -> Iterator[str]:
    for edisi in view.editions:
        what = f"{str(edisi).capitalize()}, {day_words(edisi.tanggal)}, {_SIGNED[edisi.pengesahan]}"
        yield f"{what}: {edisi.folder}/{SEALED}"
    for note in view.notes:
        yield f"Catatan: {note}"


def _checking(view: _View) -> Iterator[str]:
    """Say how to prove a bundle."""
    yield "Memeriksa segel dan isi setiap bundel:"
    for edisi in view.editions:
        yield f"  sopdocs verify --expect {_name(MANIFEST, edisi)} {_name(SEALED, edisi)}"
        yield f"  SHA-256 {view.digest(edisi, SEALED)}  {_name(SEALED, edisi)}"
