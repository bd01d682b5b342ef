"""The one place that turns exceptions into exit codes."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from typing import NoReturn

import click

from sopdocs.cli.app import main
from sopdocs.cli.language import speak_indonesian
from sopdocs.cli.output import say
from sopdocs.errors import ExitCode, SopdocsError


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    speak_indonesian()
    for stream in (sys.stdout, sys.stderr):
        # A pipe or a Windows console may not take Indonesian quotation marks otherwise.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, _stop)
    try:
        return int(main.main(args=arguments, prog_name="sopdocs", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        say("Dihentikan. Berkas yang sudah jadi tetap utuh.", errors=True)
        return ExitCode.INTERRUPTED
    except SopdocsError as error:
        say(f"Galat: {error.message}", "bold red", errors=True)
        if error.advice:
            say(f"  Saran: {error.advice}", errors=True)
        return error.exit_code
    except BrokenPipeError:
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001  # the last resort: a bug must not show a traceback to a secretary
        return _bug(error)


def _stop(signum: int, frame: object) -> NoReturn:
    del signum, frame
    raise KeyboardInterrupt


def _bug(error: Exception) -> int:
    say(f"Kesalahan di dalam sopdocs, bukan pada berkas Anda: {type(error).__name__}: {error}", "bold red", errors=True)
    if os.environ.get("SOPDOCS_DEBUG"):
        traceback.print_exception(error)
    else:
        say("  Saran: jalankan lagi dengan SOPDOCS_DEBUG=1 dan kirim keluarannya kepada pengembang", errors=True)
    return ExitCode.BUG
