"""The document properties: title, language and dates from the content, never from a clock."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from sopdocs.word.template import guard

_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:language>id-ID</dc:language>{dates}\
</cp:coreProperties>"""
_DATE = '<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>'


def core_properties(title: str, day: date | None) -> bytes:
    """Write docProps/core.xml (ISO/IEC 29500-2, 8.3)."""
    dates = "".join(_DATE.format(name=name, day=day.isoformat()) for name in ("created", "modified")) if day else ""
    return _CORE.format(title=escape(guard(title)), dates=dates).encode()
