"""`sopdocs report`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sopdocs.cli.checking import Checked, load
from sopdocs.cli.output import counts, print_findings, print_json, print_table, say
from sopdocs.errors import ExitCode, UsageError
from sopdocs.model import Place, Severity, Sop, Workspace
from sopdocs.rules import TOPICS
from sopdocs.rules.amounts import Jumlah
from sopdocs.rules.durations import Beban, Jalan, Putaran, WaktuProsedur, WaktuSop, deret, sop_times

_FORMAT = "sopdocs-waktu/1"
_TIME_CODES = ("SOP048", *(rule.code for rule in TOPICS["Waktu"]))
_NO_WAY = "tidak ada jalan dari mulai sampai selesai"
_NOTES = (
    "Tercepat dan terlama: langkah dalam kurung dijumlahkan; cabang paralel berjalan bersamaan, yang paling lama "
    "dihitung. Putaran dihitung sekali.",
    "Hari, hari kerja, bulan, dan jam tidak saling dikonversi; 1 minggu = 7 hari, 1 jam = 60 menit.",
    "Bila satuan dua jalan berbeda, yang lebih lama dipilih menurut kalender: 1 hari 24 jam, seminggu 5 hari kerja, "
    "1 bulan 30 hari.",
    "Langkah yang dikerjakan beberapa pelaksana dihitung penuh pada masing-masing.",
)
_COLUMNS = (
    "slug nama prosedur jenis pelaksana langkah banyak_langkah bulan hari hari_kerja menit teks tanpa_waktu".split()
)


def report_times(place: Place, slugs: tuple[str, ...], form: str, today: date) -> int:
    """Print how long the SOPs take; findings about their times go to stderr."""
    checked = load(place, today)
    if checked.workspace is None:
        print_findings(checked.findings, errors=True)
    workspace = checked.readable()
    unknown = [slug for slug in slugs if slug not in workspace.sop]
    if unknown:
        known = ", ".join(workspace.sop) or "tidak ada"
        raise UsageError(f"SOP “{unknown[0]}” tidak ada atau tidak terbaca", f"yang ada: {known}")
    chosen = [workspace.sop[slug] for slug in dict.fromkeys(slugs or workspace.living)]
    times = [(sop, sop_times(sop)) for sop in chosen]
    _warn(checked, chosen)
    if form == "json":
        print_json({"format": _FORMAT, "sop": [_record(sop, time) for sop, time in times]})
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(row for sop, time in times for row in _csv_rows(sop, time))
    else:
        for sop, time in times:
            _print(sop, time, workspace)
        for note in _NOTES:
            say(note)
    return ExitCode.OK


def _warn(checked: Checked, chosen: list[Sop]) -> None:
    paths = {sop.at("").path for sop in chosen}
    print_findings((f for f in checked.findings if f.code in _TIME_CODES and f.span.path in paths), errors=True)
    errors = counts(checked.findings)[Severity.GALAT.value]
    if errors:
        say(f"Isi content/ masih memuat {errors} galat; jumlah di sini dapat keliru. Lihat: sopdocs check", errors=True)


def _print(sop: Sop, time: WaktuSop, workspace: Workspace) -> None:
    say(f"{sop.nama} ({sop.slug})", "bold")
    several = len(time.prosedur) > 1
    rows = [_row(prosedur, f"Prosedur {n}" if several else "Prosedur") for n, prosedur in enumerate(time.prosedur, 1)]
    if several:
        steps = sum(prosedur.langkah for prosedur in time.prosedur)
        rows.append(("Jumlah", str(steps), _or_none(time.tercepat), _or_none(time.terlama), ""))
    print_table(("Prosedur", "Langkah", "Tercepat", "Terlama", "Putaran"), rows)
    say()
    lanes = [(workspace.pelaksana[beban.pelaksana].nama, *_lane(beban)) for beban in time.beban]
    print_table(("Pelaksana", "Langkah", "Waktu"), lanes)
    say()


def _row(prosedur: WaktuProsedur, name: str) -> tuple[str, ...]:
    loops = "\n".join(putaran.teks for putaran in prosedur.putaran) or "tidak ada"
    return (prosedur.judul or name, str(prosedur.langkah), _way(prosedur.tercepat), _way(prosedur.terlama), loops)


def _way(jalan: Jalan | None) -> str:
    if jalan is None:
        return _NO_WAY
    beside = f"; bersamaan {deret(jalan.bersamaan)}" if jalan.bersamaan else ""
    return f"{jalan.jumlah.teks} (langkah {deret(jalan.langkah)}{beside}{_untimed(len(jalan.tanpa_waktu))})"


def _lane(beban: Beban) -> tuple[str, str]:
    low, high = beban.paling_singkat.teks, beban.paling_lama.teks
    amount = low if low == high else f"{low} sampai {high}"
    return (str(beban.langkah), f"{amount}{_untimed(beban.tanpa_waktu)}")


def _untimed(count: int) -> str:
    return f"; {count} langkah tanpa waktu" if count else ""


def _or_none(amount: Jumlah | None) -> str:
    return amount.teks if amount is not None else _NO_WAY


def _record(sop: Sop, time: WaktuSop) -> dict[str, Any]:
    return {
        "slug": sop.slug,
        "nama": sop.nama,
        "tercepat": _amount(time.tercepat),
        "terlama": _amount(time.terlama),
        "pelaksana": [_lane_record(beban) for beban in time.beban],
        "prosedur": [
            {
                "judul": prosedur.judul,
                "langkah": prosedur.langkah,
                "tercepat": _way_record(prosedur.tercepat),
                "terlama": _way_record(prosedur.terlama),
                "putaran": [_loop_record(putaran) for putaran in prosedur.putaran],
                "pelaksana": [_lane_record(beban) for beban in prosedur.beban],
            }
            for prosedur in time.prosedur
        ],
    }


def _amount(amount: Jumlah | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    numbers = {name: _number(getattr(amount, name)) for name in ("bulan", "hari", "hari_kerja", "menit")}
    return {**numbers, "teks": amount.teks}


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def _way_record(jalan: Jalan | None) -> dict[str, Any] | None:
    if jalan is None:
        return None
    return {
        "jumlah": _amount(jalan.jumlah),
        "langkah": jalan.langkah,
        "bersamaan": jalan.bersamaan,
        "tanpa_waktu": jalan.tanpa_waktu,
    }


def _loop_record(putaran: Putaran) -> dict[str, Any]:
    ways = [{"dari": dari, "ke": ke} for dari, ke in putaran.kembali]
    return {"langkah": putaran.langkah, "kembali": ways, "teks": putaran.teks}


def _lane_record(beban: Beban) -> dict[str, Any]:
    return {
        "pelaksana": beban.pelaksana,
        "langkah": beban.langkah,
        "paling_singkat": _amount(beban.paling_singkat),
        "paling_lama": _amount(beban.paling_lama),
        "tanpa_waktu": beban.tanpa_waktu,
    }


def _csv_rows(sop: Sop, time: WaktuSop) -> Iterator[list[str | int | float]]:
    """One row each way, loop and lane of each procedure; numbers with a point, steps in words."""
    for prosedur in time.prosedur:
        start = [sop.slug, sop.nama, prosedur.judul]
        for kind, jalan in (("tercepat", prosedur.tercepat), ("terlama", prosedur.terlama)):
            if jalan is None:
                yield [*start, kind, "", "", 0, "", "", "", "", _NO_WAY, ""]
            else:
                steps = [deret(jalan.langkah), len(jalan.langkah)]
                yield [*start, kind, "", *steps, *_numbers(jalan.jumlah), len(jalan.tanpa_waktu)]
        for putaran in prosedur.putaran:
            steps = [deret(putaran.langkah), len(putaran.langkah)]
            yield [*start, "putaran", "", *steps, "", "", "", "", putaran.teks, ""]
        for beban in prosedur.beban:
            for kind, amount in (("paling_singkat", beban.paling_singkat), ("paling_lama", beban.paling_lama)):
                yield [*start, kind, beban.pelaksana, "", beban.langkah, *_numbers(amount), beban.tanpa_waktu]


def _numbers(amount: Jumlah) -> tuple[str | int | float, ...]:
    parts = (amount.bulan, amount.hari, amount.hari_kerja, amount.menit)
    return (*(_number(part) for part in parts), amount.teks)
