"""Write the status of an SOP into its file, and nothing else."""

from __future__ import annotations

import re

from sopdocs.content.markdown import parse_document
from sopdocs.content.report import Report
from sopdocs.content.shapes import SOP
from sopdocs.content.source import Source
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, load_yaml
from sopdocs.errors import UsageError
from sopdocs.model import Status

KEY = "status"
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_WRITTEN = re.compile(
    r"""(?P<before>\s*["']?status["']?\s*:)[ ]*(?:"[^"]*"|'[^']*'|[^\s#][^#\r\n]*?)?(?P<rest>\s*(?:\s\#.*)?[\r\n]*)"""
)
_OWN_LINE = re.compile(r"^status[ ]*:.*\n", re.MULTILINE)
_BEFORE = ("nomor", "nama")
"""Keys after which it is written where `shapes` does not tell."""


def without_status(text: str) -> str:
    """Return a file's text without the line of its status, to tell whether two differ in more than that."""
    front, mark, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n---")
    return _OWN_LINE.sub("", f"{front}\n", count=1) + mark + rest


def with_status(text: str, status: Status) -> str:
    """Return a file's text with `status` in its front matter; everything else, comments and line ends, stays.

    Raises UsageError with advice for a front matter that cannot be edited without reading otherwise.
    """
    front = _front(text)
    node = load_yaml(front, Report()) if front else None
    if front is None or not isinstance(node, Mapping) or not node.entries:
        raise _uneditable(status)
    lines = _LINES.findall(text)
    at = node.key_spans.get(KEY)
    if at is not None:
        match = _WRITTEN.fullmatch(lines[at.line - 1])
        if match is None:
            raise _uneditable(status)
        lines[at.line - 1] = f"{match['before']} {status}{match['rest']}"
    else:
        number = _place(front, node)
        end = next((line[len(line.rstrip("\r\n")) :] for line in lines if line.endswith(("\r", "\n"))), "\n")
        lines.insert(number, f"{KEY}: {status}{end}")
    changed = "".join(lines)
    if _said(changed) != _said(text) | {KEY: (str(status), "str")}:
        raise _uneditable(status)
    return changed


def _place(front: Source, node: Mapping) -> int:
    """Return how many lines of the file stand before the line of a new key."""
    order = [key.name for key in SOP.keys]
    earlier = order[: order.index(KEY)] if KEY in order else _BEFORE
    lines = front.text.split("\n")
    starts = sorted(span.line - front.first_line for span in node.key_spans.values())
    known = [node.key_spans[key].line - front.first_line for key in earlier if key in node.key_spans]
    if not known:
        return starts[0] + front.first_line - 1
    # Up to the next key, but not over what is written above that.
    end = next((start for start in starts if start > max(known)), len(lines))
    while end > max(known) + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end + front.first_line - 1


def _front(text: str) -> Source | None:
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return parse_document(Source("", plain), Report()).front_matter


def _said(text: str) -> dict[str, object]:
    """Return what a front matter says, without places; empty when it cannot be read."""
    front, report = _front(text), Report()
    node = load_yaml(front, report) if front else None
    if not isinstance(node, Mapping) or report.findings:
        return {}
    return {key: _value(value) for key, value in node.entries.items()}


def _value(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text, node.kind
    if isinstance(node, Mapping):
        return [(key, _value(value)) for key, value in node.entries.items()]
    return [_value(item) for item in node.items]


def _uneditable(status: Status) -> UsageError:
    return UsageError(
        "Bagian depan berkas tidak dapat diubah dengan aman", f"tulis sendiri pada bagian depannya: {KEY}: {status}"
    )
