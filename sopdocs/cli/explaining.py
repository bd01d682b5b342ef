"""`sopdocs explain`: what a code means, where it comes from, a bad and a good form."""

from __future__ import annotations

from difflib import get_close_matches

from sopdocs import content
from sopdocs.cli.output import say
from sopdocs.errors import ExitCode, UsageError
from sopdocs.rules import RULES, Rule, shown
from sopdocs.rules.examples import read_example


def explain(code: str) -> int:
    """Print one rule; raises UsageError for a code that there is none of."""
    wanted = code.strip().upper()
    if wanted in RULES:
        say(explanation(RULES[wanted]), end="")
    elif wanted in content.CODES:
        say(f"{wanted} {content.CODES[wanted]} (galat saat membaca berkas)")
        say("Bentuk yang benar: docs/format-konten.md. Temuan ini tidak dapat diabaikan atau diubah tingkatnya.")
    else:
        close = get_close_matches(wanted, [*content.CODES, *RULES], n=1)
        raise UsageError(f"Kode {code} tidak ada", f"maksud Anda {close[0]}?" if close else "lihat docs/aturan.md")
    return ExitCode.OK


def explanation(rule: Rule) -> str:
    """A rule as Markdown, which reads well on a terminal too."""
    example = read_example(rule.code)
    lines = [f"### {rule.code} {rule.title}", "", f"*{rule.severity}* · {rule.source}", "", rule.reason]
    if rule.values:
        lines += ["", "Setelan: " + ", ".join(f"`{name}: {shown(value)}`" for name, value in rule.values.items())]
    kind = {"md": "markdown", "yaml": "yaml"}.get(example.path.rpartition(".")[2], "text")
    issued = () if example.issued is None else (("Diterbitkan", example.old),)
    for word, text in (*issued, ("Buruk", example.bad), ("Baik", example.good)):
        inside = text.strip("\n") or "(kosong)"
        lines += ["", f"{word}, di `{example.path}`:", "", f"```{kind}", inside, "```"]
    return "\n".join(lines) + "\n"
