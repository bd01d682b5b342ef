"""`sopdocs verify`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from babel.dates import format_datetime

from sopdocs.cli import places
from sopdocs.cli.output import print_json, say
from sopdocs.errors import ExitCode, UsageError, reason
from sopdocs.sign import Report, TimeSource, Verdict, development_key, verify


def verify_file(file: Path, trust: Path | None, form: str, now: datetime) -> int:
    """Print the verdict on a sealed file."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} tidak dapat dibaca: {reason(error)}", "periksa nama dan letak berkasnya") from error
    report = verify(data, trusted=_trusted(trust, now), now=now)
    if form == "json":
        record = {"format": "sopdocs-verify/1", "file": str(file), **asdict(report)}
        print_json(json.loads(json.dumps(record, default=_plain)))
    else:
        _print_report(file, report)
    codes = {Verdict.PASSED: ExitCode.OK, Verdict.INDETERMINATE: ExitCode.INDETERMINATE}
    return codes.get(report.verdict, ExitCode.SEAL_BROKEN)


def _plain(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _trusted(trust: Path | None, now: datetime) -> list[bytes]:
    """This machine's development certificate, and those in the folder given."""
    found: list[bytes] = []
    keys = places.key_folder()
    if keys.is_dir() and any(keys.iterdir()):
        found.append(development_key(keys, now=now).certificate)
    for path in sorted(trust.iterdir()) if trust else []:
        if path.suffix.casefold() in (".pem", ".crt", ".cer"):
            found.append(path.read_bytes())
    return found


def _moment(time: datetime) -> str:
    return format_datetime(time, "d MMMM y HH.mm.ss z", locale="id")


def _coverage(report: Report) -> str | None:
    if report.coverage in (None, "ENTIRE_FILE"):
        return "seluruh berkas" if report.coverage else None
    return "tidak seluruh berkas: ada tambahan sesudah disegel"


def _print_report(file: Path, report: Report) -> None:
    words = {
        Verdict.PASSED: ("LOLOS", "bold green"),
        Verdict.INDETERMINATE: ("BELUM DAPAT DIPASTIKAN", "bold yellow"),
        Verdict.FAILED: ("TIDAK LOLOS", "bold red"),
    }
    word, style = words[report.verdict]
    say(f"{word} ({report.verdict})", style)
    source = "menurut penanda waktu" if report.time_source is TimeSource.TIMESTAMP else "menurut penanda tangan sendiri"
    rows = [
        ("Berkas", str(file)),
        ("SHA-256", report.sha256),
        ("Penanda tangan", report.signer),
        ("Penerbit sertifikat", report.issuer),
        ("Sertifikat", "tersertifikasi" if report.certified else "TIDAK tersertifikasi"),
        (
            "Waktu",
            f"{_moment(report.time)} ({source})" if report.time else None,
        ),
        ("Cakupan", _coverage(report)),
        ("Perubahan yang diizinkan", "tidak ada" if report.docmdp == 1 else None),
        ("Tingkat PAdES", report.level),
    ]
    for name, value in rows:
        if value and (report.signer or name in ("Berkas", "SHA-256")):
            say(f"  {name + ':':<26}{value}")
    for problem in report.problems:
        say(f"  - {problem}")
