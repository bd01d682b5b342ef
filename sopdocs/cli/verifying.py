"""`sopdocs verify`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sopdocs.cli import places
from sopdocs.cli.excerpt import printable
from sopdocs.cli.expecting import read_expectation
from sopdocs.cli.output import say
from sopdocs.cli.verdict import OUTCOMES, TOPICS, facts, told, words
from sopdocs.engine import write_whole
from sopdocs.errors import ExitCode, UsageError, reason
from sopdocs.sign import FIELD_NAME, Policy, Report, Verdict, commands, development_key
from sopdocs.sign.confinement import Case, examine_confined

_CERTIFICATES = (".pem", ".crt", ".cer")
_LARGEST = 512 * 1024 * 1024
"""Bytes; a bundle of 200 SOPs has some six million."""
CODES = {
    Verdict.PASSED: ExitCode.OK,
    Verdict.INDETERMINATE: ExitCode.INDETERMINATE,
    Verdict.FAILED: ExitCode.SEAL_BROKEN,
}
STYLES = {Verdict.PASSED: "bold green", Verdict.INDETERMINATE: "bold yellow", Verdict.FAILED: "bold red"}


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    file: Path
    trust: Path | None = None
    """Folder of trusted certificates."""
    expect: Path | None = None
    """The manifest to compare with."""
    form: str = "text"
    """text, json or html."""
    online: bool = False
    approval: bool = False
    """Be content with an approval signature in a field of any name."""
    output: Path | None = None


def verify_file(request: Request, now: datetime) -> int:
    """Print or write the report on a sealed file; the exit code is the verdict."""
    if request.file.is_dir():
        from sopdocs.cli.verifying_edition import verify_edition  # late: it reads the archive

        return verify_edition(request, now)
    data = _read(request.file)
    policy = Policy(
        field=None if request.approval else FIELD_NAME,
        certification=not request.approval,
        online=request.online,
    )
    expectation = read_expectation(request.expect) if request.expect else None
    report = examine_confined(Case(data, trusted(request.trust, now), now, policy, expectation))
    if request.form == "text" and request.output is None:
        _print_report(request.file, report)
    else:
        deliver(_FORMS[request.form](request.file, report), request, report)
    return CODES[report.verdict]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} tidak dapat dibaca: {reason(error)}", "periksa nama dan letak berkasnya") from error
    if len(data) > _LARGEST:
        raise UsageError(f"{path} lebih besar dari {_LARGEST >> 20} MiB", "periksa apakah itu benar bundel SOP")
    return data


def trusted(trust: Path | None, now: datetime) -> list[bytes]:
    """This machine's development certificate, and those in the folder given; raises UsageError for a folder of none."""
    found: list[bytes] = []
    keys = places.key_folder()
    if keys.is_dir() and any(keys.iterdir()):
        found.append(development_key(keys, now=now).certificate)
    if trust is None:
        return found
    files = [path for path in sorted(trust.iterdir()) if path.suffix.casefold() in _CERTIFICATES]
    if not files:
        raise UsageError(
            f"Folder {trust} tidak memuat sertifikat", f"simpan sertifikat di sana sebagai {', '.join(_CERTIFICATES)}"
        )
    return found + [_read(path) for path in files]


def deliver(text: str, request: Request, report: Report) -> None:
    """Write a report where it is asked for. Raises UsageError when that is not possible."""
    if request.output is None:
        sys.stdout.write(text)  # not through the console: it would wrap and colour
        return
    try:
        write_whole(request.output, text.encode())
    except OSError as error:
        raise UsageError(
            f"{request.output} tidak dapat ditulis: {reason(error)}", "pilih tempat lain dengan --output"
        ) from error
    say(f"{words(report).title} ({report.verdict})", STYLES[report.verdict])
    say(printable(f"Laporan: {request.output}"))


def text_report(file: Path, report: Report) -> str:
    """Return a report as `--format text` gives it."""
    return "".join(f"{line}\n" for line in _lines(file, report))


def json_report(file: Path, report: Report) -> str:
    """Return a report as `--format json` gives it."""
    repeat = [asdict(command) for command in commands(report, file.name)]
    record = {"format": "sopdocs-verify/1", "file": str(file), **asdict(report), "commands": repeat}
    return json.dumps(record, default=_plain, ensure_ascii=False, indent=2) + "\n"


def _html(file: Path, report: Report) -> str:
    from sopdocs.cli.verdict_page import page  # late: jinja2 is needed for nothing else

    return page(file.name, report)


_FORMS = {"text": text_report, "json": json_report, "html": _html}


def _plain(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _print_report(file: Path, report: Report) -> None:
    for number, line in enumerate(_lines(file, report)):
        say(line, None if number else STYLES[report.verdict])


def _lines(file: Path, report: Report) -> Iterator[str]:
    """Yield the lines of the text report; what comes from the file is made safe for a terminal."""
    title = words(report)
    yield f"{title.title} ({report.verdict})"
    for name, value in (("Berkas", str(file)), ("SHA-256", report.sha256), *facts(report)):
        yield printable(f"  {name + ':':<26}{value}")
    for problem in report.problems:
        yield printable(f"  - {problem}")
    yield ""
    yield f"{title.meaning} {title.advice}"
    yield ""
    yield "Yang diperiksa:"
    for check in report.checks:
        name = f"{TOPICS[check.topic][0]}:"
        yield printable(f"  {name:<20}{OUTCOMES[check.verdict]:<16}{' '.join(told(check, report))}")
    for note in report.notes:
        yield printable(f"Catatan: {note}")
    yield from _contents(report)
    yield ""
    yield "Mengulang dengan alat lain:"
    for command in commands(report, file.name):
        yield printable(f"  # {command.purpose}")
        yield printable(f"  {command.line}")


def _contents(report: Report) -> Iterator[str]:
    for each in report.conformity:
        yield f"{each.standard}: {'sesuai' if each.passed else f'tidak sesuai ({len(each.failures)} hal)'}"
    if report.contents is None:
        return
    if report.contents.parts:
        yield ""
        yield "Isi menurut berkas:" if report.verdict is Verdict.PASSED else "Isi menurut berkas (tidak terjamin):"
    for part in report.contents.parts:
        last = part.first_page + part.pages - 1
        where = f"{part.first_page}–{last}" if part.pages > 1 else str(last)
        yield printable(f"  halaman {where:<12}{part.title}")
    for attached in report.contents.attachments:
        yield printable(f"  lampiran {attached.name} SHA-256 {attached.sha256}")
