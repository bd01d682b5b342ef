"""Write the status of an SOP into its file, and nothing else."""

from __future__ import annotations

import re

from sopdocs.content.markdown import parse_document
from sopdocs.content.report import Report
from sopdocs.content.revising import Change, with_change
from sopdocs.content.source import Source, clean
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, load_yaml
from sopdocs.errors import UsageError
from sopdocs.model import Status

KEY = "status"
_OWN_LINE = re.compile(r"^status[ ]*:.*\n", re.MULTILINE)


def without_status(text: str) -> str:
    """Return a file's text without the line of its status, to tell whether two differ in more than that."""
    front, mark, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n---")
    return _OWN_LINE.sub("", f"{front}\n", count=1) + mark + rest


def with_status(text: str, status: Status) -> str:
    """Return a file's text with `status` in its front matter; everything else, comments and line ends, stays.

    Raises UsageError with advice for a front matter that cannot be edited without reading otherwise.
    """
    said = _said(text)
    try:
        changed = with_change(text, Change({KEY: str(status)})) if said else ""
    except (UsageError, LookupError, ValueError):
        changed = ""
    if not said or _said(changed) != said | {KEY: (str(status), "str")}:
        raise UsageError(
            "Bagian depan berkas tidak dapat diubah dengan aman",
            f"tulis sendiri pada bagian depannya: {KEY}: {status}",
        )
    return changed


def _said(text: str) -> dict[str, object]:
    """Return what a front matter says, without places; empty when it cannot be read."""
    front = parse_document(clean("", text, Report()), Report()).front_matter
    report = Report()
    node = load_yaml(Source("", front.text), report) if front else None
    if not isinstance(node, Mapping) or report.findings:
        return {}
    return {key: _value(value) for key, value in node.entries.items()}


def _value(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text, node.kind
    if isinstance(node, Mapping):
        return [(key, _value(value)) for key, value in node.entries.items()]
    return [_value(item) for item in node.items]
