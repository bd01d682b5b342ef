"""Where a command may write a file that the user names."""

from __future__ import annotations

from pathlib import Path

from sopdocs.errors import UsageError


def check_target(path: Path, what: str, *suffixes: str) -> None:
    """Raise UsageError unless a file with one of `suffixes` can come to `path` without taking another one's place."""
    if path.suffix.lower() not in suffixes:
        raise UsageError(f"{path} bukan nama {what}", f"pakai nama yang berakhir {' atau '.join(suffixes)}")
    if path.exists():
        raise UsageError(
            f"{path} sudah ada, dan tidak ditimpa", "pakai nama lain, atau pindahkan berkas itu lebih dahulu"
        )
