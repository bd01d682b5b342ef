"""What can go wrong outside the content: every error knows its exit code and the way to mend it."""

from __future__ import annotations

import errno
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


_REASONS = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "izinnya tidak ada",
    errno.EPERM: "izinnya tidak ada",
    errno.ENOSPC: "ruang penyimpanan penuh",
    errno.EDQUOT: "jatah ruang penyimpanan habis",
    errno.EFBIG: "melebihi ukuran berkas yang diizinkan",
    errno.EIO: "media penyimpanannya gagal membaca atau menulis",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.EEXIST: "di tempatnya ada berkas lain dengan nama itu",
    errno.EISDIR: "ini folder, bukan berkas",
    errno.ENOTDIR: "salah satu bagian letaknya bukan folder",
    errno.ELOOP: "tautannya berputar",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EBUSY: "sedang dipakai program lain",
    errno.ETXTBSY: "sedang dipakai program lain",
}


def reason(error: OSError) -> str:
    """Say in Indonesian why a file could not be read or written; rare causes in the system's own words."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


class SopdocsError(Exception):
    """An expected failure of the environment.

    `message` says in Indonesian what is wrong and where, `advice` what to do about it.
    """

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[type[SopdocsError], tuple[object, ...]]:
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
