"""The commands as `sopdocs --help` lists them: by what they are for, in the order of the work."""

from __future__ import annotations

import click

SECTIONS = {
    "Menulis dan memeriksa": ("new", "check", "explain", "format", "report", "layout"),
    "Membuat dan menyegel": ("build", "sign", "verify", "reproduce"),
    "Merevisi dan menerbitkan": ("revise", "diff", "issue", "revoke", "replace", "at"),
    "Memantau": ("status", "monitor"),
    "Alat": ("doctor",),
}


class Overview(click.Group):
    """A group whose help lists its commands by section."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of the sections."""
        return [name for names in SECTIONS.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write each section as a list of its own, all as wide."""
        width = max(map(len, self.commands))
        limit = formatter.width - width - 6
        for title, names in SECTIONS.items():
            rows = [(f"{name:<{width}}", self.commands[name].get_short_help_str(limit)) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows)
