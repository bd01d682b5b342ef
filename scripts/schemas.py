"""JSON Schemas (draft-07, which editors know best) of the content files, made from sopdocs/content/shapes.py."""

from __future__ import annotations

import json
from typing import Any

from sopdocs.content import shapes
from sopdocs.model import Nilai, Severity
from sopdocs.rules import FIRM, RULES

FILES = {
    "instansi": ("content/instansi.yaml", shapes.INSTANSI),
    "pejabat": ("content/pejabat.yaml", shapes.PEJABAT),
    "pelaksana": ("content/pelaksana.yaml", shapes.PELAKSANA),
    "peraturan": ("content/peraturan.yaml", shapes.PERATURAN),
    "bundel": ("content/bundel.yaml", shapes.BUNDEL),
    "segel": ("content/segel.yaml", shapes.SEGEL),
    "pemantauan": ("content/monitoring/<slug>.yaml", shapes.PEMANTAUAN),
    "sop": ("bagian depan content/sop/<slug>.md", shapes.SOP),
}
_TEXT = {"type": ["string", "number"], "minLength": 1}
"""A number is a text as well, printed as it is written."""
_GROUPS = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
}
# Both Python and the editors' JavaScript read this; letters with accents are allowed as they are in the reader.
_OWN_KEY = r"^[\w\u00aa-\uffff]+(-[\w\u00aa-\uffff]+)*$"


def pages() -> dict[str, str]:
    """The text of every schema, by file name."""
    return {f"{name}.schema.json": _page(name) for name in FILES}


def _page(name: str) -> str:
    title, shape = FILES[name]
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Dihasilkan dari kode: make generated",
        "title": title,
    }
    return json.dumps(head | _schema(shape), ensure_ascii=False, indent=2) + "\n"


def _schema(shape: shapes.Shape) -> dict[str, Any]:
    match shape:
        case shapes.Text(pattern):
            # What holds spaces or many digits is a text only in quotation marks.
            return {"type": "string", "pattern": f"^{pattern}$"} if pattern else dict(_TEXT)
        case shapes.Texts(citing):
            items = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1, "maxItems": 1}]}
            return {"anyOf": [_TEXT, {"type": "array", "items": items if citing else _TEXT}]}
        case shapes.Day():
            return {
                "type": "string",
                "format": "date",
                "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            }
        case shapes.Whole(least, most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case shapes.YesNo():
            return {"enum": ["ya", "tidak", True, False]}
        case shapes.Choice(kinds):
            return {"enum": [kind.value for kind in kinds]}
        case shapes.Lanes():
            lanes = {"type": "array", "items": {"anyOf": [_TEXT, _GROUPS]}, "minItems": 1}
            return {"anyOf": [_TEXT, lanes, _GROUPS]}
        case shapes.Record():
            return _record(shape)
        case shapes.ListOf(item):
            return {"type": "array", "items": _record(item)}
        case shapes.MapOf(item):
            own = {"propertyNames": {"pattern": _OWN_KEY}}
            return {"type": "object", **own, "additionalProperties": _record(item)}
        case shapes.RuleSettings():
            return _settings()


def _settings() -> dict[str, Any]:
    """Every rule with the severity and the values that an office may give it."""
    severity = {"enum": [*(kind.value for kind in Severity), "mati"]}
    rules = {
        code: {
            "description": rule.title,
            "type": "object",
            "properties": {"tingkat": severity, **{name: _value(usual) for name, usual in rule.values.items()}},
            "additionalProperties": False,
        }
        for code, rule in RULES.items()
        if code not in FIRM
    }
    return {"type": "object", "properties": rules, "additionalProperties": False}


def _value(usual: Nilai) -> dict[str, Any]:
    if isinstance(usual, tuple):
        return {"type": "array", "items": {"type": "string"}, "default": list(usual)}
    return {"type": "integer" if isinstance(usual, int) else "string", "default": usual}


def _record(record: shapes.Record) -> dict[str, Any]:
    required = [key.name for key in record.keys if key.required]
    return {
        "type": "object",
        "properties": {key.name: _key(key) for key in record.keys},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _key(key: shapes.Key) -> dict[str, Any]:
    schema = _schema(key.shape)
    if not key.required:
        schema = _or_null(schema)
    elif isinstance(key.shape, shapes.Texts):
        schema["anyOf"][1]["minItems"] = 1
    examples = {} if key.example is None else {"examples": [key.example]}
    return {"description": key.meaning, **schema, **examples}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Let a key that may be left out be null or empty, which says the same."""
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {name: value for name, value in schema.items() if name != "minLength"} | {"type": [*kinds, "null"]}
