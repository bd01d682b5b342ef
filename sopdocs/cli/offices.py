"""Which offices of a workspace a command is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sopdocs.content import EVERY, read_offices, shares_letterhead
from sopdocs.content.report import Report, nearest
from sopdocs.errors import UsageError
from sopdocs.model import OFFICES, Finding, Place, sorted_findings

_NAMED = 3
"""Offices that a finding names; a province has hundreds."""


def offices_option(what: str) -> Any:
    """Make the option that names offices; `what` says what comes without it."""
    text = f"Instansi di instansi/, dipisahkan koma; all: semuanya. Boleh diulang. {what}"
    return click.option("--instansi", "offices", multiple=True, metavar="NAMA[,NAMA]...|all", help=text)


def office_option(what: str = "Tanpa ini: kantor di content/.") -> Any:
    """Make the option that names one office."""
    text = f"Nama folder satu instansi di instansi/. {what}"
    return click.option("--instansi", "offices", multiple=True, metavar="NAMA", help=text)


def every_place(root: Path, names: Sequence[str]) -> tuple[Place, ...]:
    """The offices named; all of them, and that of content/, when none is. Raises UsageError for an unknown name."""
    if names:
        return _named(root, names)
    offices = read_offices(root, Report())
    own = (Place(root),) if shares_letterhead(root) or not offices else ()
    return (*own, *(Place(root, office) for office in offices))


def usual_places(root: Path, names: Sequence[str]) -> tuple[Place, ...]:
    """The offices named; that of content/ when none is.

    Raises UsageError for an unknown name, and when none is named and content/ describes no office.
    """
    if names:
        return _named(root, names)
    offices = read_offices(root, Report())
    if offices and not shares_letterhead(root):
        advice = f"pakai --instansi NAMA, atau --instansi {EVERY}; yang ada: {_listed(offices)}"
        raise UsageError(f"Folder kerja ini memuat {len(offices)} instansi dan content/ tanpa instansi.yaml", advice)
    return (Place(root),)


def one_place(root: Path, names: Sequence[str]) -> Place:
    """The office named, or that of content/; raises UsageError as `usual_places` does, and for more than one."""
    places = usual_places(root, names)
    if len(places) != 1:
        raise UsageError("Perintah ini untuk satu instansi", f"sebut satu saja: {_listed([p.title for p in places])}")
    return places[0]


def beside_offices(root: Path, names: Sequence[str]) -> tuple[Finding, ...]:
    """What stands below instansi/ and is no office; nothing when offices are named one by one."""
    report = Report()
    if not names or EVERY in _split(names):
        read_offices(root, report)
    return tuple(report.findings)


def told_once(found: Mapping[Place, Sequence[Finding]]) -> tuple[Finding, ...]:
    """Return all findings, sorted, each once; one in a shared file says which offices have it, unless all do."""
    where: dict[Finding, list[Place]] = {}
    for place, findings in found.items():
        for finding in dict.fromkeys(findings):
            where.setdefault(finding, []).append(place)
    return sorted_findings(
        finding if _plain(finding, places, found) else replace(finding, message=finding.message + _on(places, found))
        for finding, places in where.items()
    )


def _plain(finding: Finding, places: Sequence[Place], found: Mapping[Place, object]) -> bool:
    return len(places) == len(found) or finding.span.path.partition("/")[0] == OFFICES


def _on(places: Sequence[Place], found: Mapping[Place, object]) -> str:
    names = [place.title for place in places]
    if len(names) <= _NAMED:
        return f" [pada {', '.join(names)}]"
    return f" [pada {len(names)} dari {len(found)} instansi: {', '.join(names[:_NAMED])}, …]"


def option(place: Place) -> str:
    """What is added to a command so that it is about this office."""
    return f" --instansi {place.office}" if place.office else ""


def _named(root: Path, names: Sequence[str]) -> tuple[Place, ...]:
    offices = read_offices(root, Report())
    if not offices:
        message = f"Folder kerja ini tidak memuat instansi lain: {OFFICES}/ tidak ada atau kosong"
        raise UsageError(message, f"hapus --instansi, atau buat {OFFICES}/<nama instansi>/; lihat docs/panduan.md")
    chosen: list[str] = []
    for name in _split(names):
        if name == EVERY:
            chosen += offices
        elif name in offices:
            chosen.append(name)
        else:
            raise UsageError(f"Instansi “{name}” tidak ada", nearest(name, offices) or f"yang ada: {_listed(offices)}")
    return tuple(Place(root, name) for name in dict.fromkeys(chosen))


def _split(names: Sequence[str]) -> list[str]:
    return [name.strip() for each in names for name in each.split(",")]


def _listed(names: Sequence[str]) -> str:
    shown = names[: 5 * _NAMED]
    return ", ".join(shown) + (", …" if len(names) > len(shown) else "")
