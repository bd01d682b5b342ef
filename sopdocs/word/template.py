"""Fill a Word template: docxtpl in a sandbox, every damage reported with its paragraph."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.shared import Emu
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from sopdocs.errors import OutputRejectedError, UsageError
from sopdocs.word.package import PackageError, Parts, read_package

PROCEDURE_MARK = "sopdocs_prosedur"
"""Name of the bookmark that stands where the procedure goes."""
_GUARD = str.maketrans({"{": "\uf8d0", "}": "\uf8d1"})
_UNGUARD = {b"\xef\xa3\x90": b"{", b"\xef\xa3\x91": b"}"}
_MAX_PIXELS = 8000
_LOGO_HEIGHT = 792_000
"""22 mm in EMU."""
_WIDEST = 3_600_000


class TemplateBrokenError(OutputRejectedError):
    """A template that cannot be filled; the message names file and paragraph."""


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template."""

    name: str
    """Shown in messages, such as templates/sop.docx."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a placeholder prints."""

    data: bytes = field(repr=False)
    alt: str = ""


class Markup(str):
    """WordprocessingML that a placeholder inserts as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def guard(text: str) -> str:
    """Hide braces of the content from the template engine and from the search for tags left over."""
    return text.translate(_GUARD)


def unguard(data: bytes) -> bytes:
    """Show the braces of the content again."""
    for hidden, brace in _UNGUARD.items():
        data = data.replace(hidden, brace)
    return data


_StrictBase = cast(Any, DocxTemplate)


class _StrictTemplate(_StrictBase):
    """docxtpl without its recovering parser, remembering which source it was rendering."""

    source: tuple[str, ...] = ()

    def fix_tables(self, xml: str) -> Any:
        return etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.source = tuple(re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).splitlines())
        return str(_StrictBase.render_xml_part(self, src_xml, part, context, jinja_env))


def fill(template: Template, context: Mapping[str, object]) -> Parts:
    """Fill a template and return the parts of the document, braces of the content still guarded.

    Raises TemplateBrokenError when the template is no Word file, or a placeholder is unknown or misspelt.
    """
    try:
        read_package(template.data)
        document = _StrictTemplate(io.BytesIO(template.data))
    except PackageError as error:
        raise TemplateBrokenError(f"{template.name}: {error.message}", error.advice) from error
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        advice = "buka templat dengan Word dan simpan ulang, atau pakai templat bawaan"
        raise TemplateBrokenError(f"{template.name}: templat ini rusak", advice) from error
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    values = {key: _image(document, v) if isinstance(v, Picture) else v for key, v in context.items()}
    try:
        document.render(values, environment, autoescape=True)
    except (TemplateError, SecurityError, TypeError, ValueError, AttributeError, KeyError) as error:
        raise TemplateBrokenError(*_explain(template, document, error)) from error
    except etree.XMLSyntaxError as error:
        message = f"{template.name}: hasil pengisian bukan XML yang sah ({error.msg})"
        advice = "nilai bertanda isi harus ditulis {{r butir.isi }}, dan {{p prosedur }} berdiri sendiri di paragrafnya"
        raise TemplateBrokenError(message, advice) from error
    buffer = io.BytesIO()
    document.save(buffer)
    return read_package(buffer.getvalue())


def _explain(template: Template, document: Any, error: Exception) -> tuple[str, str]:
    """Say in which paragraph a template failed: jinja counts lines, and docxtpl starts a line at each paragraph."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    source: tuple[str, ...] = document.source
    text = re.sub(r"<[^>]+>", "", source[line - 1]).strip() if line and line <= len(source) else ""
    where = f"paragraf {line - 1}, “{text[:80]}”" if line and text else "di luar paragraf"
    advice = "daftar penanda yang dikenal ada di templates/README.md"
    return f"{template.name}: {where}: penanda tidak dapat diisi ({error})", advice


def _image(document: Any, picture: Picture) -> Any:
    try:
        image = Image.from_blob(picture.data)
        across, down = image.px_width, image.px_height
        kind = image.content_type
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError) as error:
        raise UsageError("Logo bukan gambar PNG atau JPEG yang utuh", "simpan ulang logo sebagai PNG") from error
    if kind not in ("image/png", "image/jpeg"):
        raise UsageError("Logo harus berupa PNG atau JPEG", "simpan ulang logo sebagai PNG")
    if not 0 < max(across, down) <= _MAX_PIXELS or min(across, down) <= 0:
        raise UsageError(f"Logo berukuran {across} × {down} titik", f"perkecil sampai paling besar {_MAX_PIXELS} titik")
    width = round(_LOGO_HEIGHT * across / down)
    size = {"width": Emu(_WIDEST)} if width > _WIDEST else {"height": Emu(_LOGO_HEIGHT)}
    return InlineImage(document, io.BytesIO(picture.data), **size)
