"""What can go wrong outside the content: every error knows its exit code and the way to mend it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    TOOL_MISSING = 3
    OUTPUT_REJECTED = 4
    INDETERMINATE = 5
    """`verify`: the seal can neither be trusted nor refuted."""
    SEAL_BROKEN = 6
    """`verify`: the file must not be trusted."""
    BUG = 70
    INTERRUPTED = 130


class SopdocsError(Exception):
    """An expected failure of the environment.

    `message` says in Indonesian what is wrong and where, `advice` what to do about it.
    """

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[type[SopdocsError], tuple[str, str]]:
        return type(self), (self.message, self.advice)


class UsageError(SopdocsError):
    """The call or the configuration is unusable."""


class FindingsError(SopdocsError):
    """The content forbids what was asked for."""

    exit_code = ExitCode.FINDINGS


class ToolMissingError(SopdocsError):
    """A program or font that the work needs is not installed."""

    exit_code = ExitCode.TOOL_MISSING


class OutputRejectedError(SopdocsError):
    """A tool ran, and what it made is not acceptable."""

    exit_code = ExitCode.OUTPUT_REJECTED
