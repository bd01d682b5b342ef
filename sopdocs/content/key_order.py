"""Put the keys of a front matter in order: whole lines move, nothing is written anew."""

from __future__ import annotations

from collections.abc import Sequence as Ordered

from sopdocs.content.report import Report
from sopdocs.content.source import Source
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, Sequence, load_yaml


def in_order(front: Source, order: Ordered[str]) -> str:
    """Return the lines of `front` with its keys in `order`, unknown ones after them; comments go with their key.

    What cannot be moved without reading otherwise is returned as it is.
    """
    node = load_yaml(front, Report())
    if not isinstance(node, Mapping) or not node.entries or node.span != min(node.key_spans.values()):
        return front.text  # in braces
    moved = _moved(front, node, order)
    bare = "\n".join(line.rstrip() for line in moved.split("\n"))
    wanted = dict(_pairs(node))
    for text in (bare, moved):
        report = Report()
        again = load_yaml(Source(front.path, text), report)
        if not report.findings and isinstance(again, Mapping) and dict(_pairs(again)) == wanted:
            return text
    return front.text


def _moved(front: Source, node: Mapping, order: Ordered[str]) -> str:
    lines = front.text.split("\n")
    keys = sorted(node.key_spans, key=lambda key: node.key_spans[key])
    starts = [node.key_spans[key].line - front.first_line for key in keys]
    column = node.span.col
    head, lead = _head(lines[: starts[0]])
    blocks: dict[str, list[str]] = {}
    for key, start, end in zip(keys, starts, [*starts[1:], len(lines)], strict=True):
        own, following = _comments_after(lines[start:end], column)
        blocks[key] = [*lead, *own]
        lead = following
    rank = {key: number for number, key in enumerate(order)}
    keys.sort(key=lambda key: rank.get(key, len(rank)))
    return "\n".join([*head, *(line for key in keys for line in blocks[key]), *lead])


def _head(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut what stands before the first key: up to the last blank line it speaks of the whole, then of the key."""
    blank = max((number for number, line in enumerate(lines) if not line.strip()), default=-1)
    head = [line for line in lines[: blank + 1] if line.strip()]
    return ([*head, ""] if head else []), lines[blank + 1 :]


def _comments_after(lines: list[str], column: int) -> tuple[list[str], list[str]]:
    """Cut the lines of a key from the comments at their end, which speak of the next key; blank lines there go."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or _is_comment(lines[end - 1], column)):
        end -= 1
    return lines[:end], [line for line in lines[end:] if line.strip()]


def _is_comment(line: str, column: int) -> bool:
    text = line.lstrip(" ")
    return text.startswith("#") and len(line) - len(text) < column


def _pairs(node: Mapping) -> list[tuple[str, object]]:
    return [(key, _value(value)) for key, value in node.entries.items()]


def _value(node: Node) -> object:
    """What a node says, without its place; the order of inner keys counts, since it is the order of the lanes."""
    if isinstance(node, Scalar):
        return node.text, node.kind
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return _pairs(node)
