"""Fill a Word template: docxtpl in a sandbox, every damage reported with its paragraph."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast
from xml.sax.saxutils import quoteattr

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Emu
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateAssertionError, TemplateError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from sopdocs.errors import UsageError
from sopdocs.word.package import PackageError, Parts, check_parts, read_package
from sopdocs.word.picture import Picture, picture_size
from sopdocs.word.placeholders import (
    ADVICE,
    Template,
    TemplateBrokenError,
    check_alone,
    check_placement,
    place_of,
    text_of,
    where,
)
from sopdocs.word.xml import parse_strictly

__all__ = ["PROCEDURE_MARK", "Markup", "Picture", "Template", "TemplateBrokenError", "fill", "guard", "unguard"]

PROCEDURE_MARK = "sopdocs_prosedur"
"""Name of the bookmark that stands where the procedure goes."""
_GUARD = str.maketrans({"{": "\uf8d0", "}": "\uf8d1"})
_UNGUARD = {b"\xef\xa3\x90": b"{", b"\xef\xa3\x91": b"}"}
_AGAIN = "buka templat dengan Word dan simpan ulang, atau pakai templat bawaan"
_UNCLOSED = f"periksa bahwa tiap if ditutup endif dan tiap for ditutup endfor; {ADVICE}"
_LOGO_HEIGHT = 792_000
"""22 mm in EMU."""
_WIDEST = 3_600_000
_PARTS = 64
"""Parts of templates kept in memory: a document has three or four."""
_KEPT = 16
"""Templates whose checks are remembered."""
_LISTING = re.compile("[\t\n\a\f]")
_FAILURES = (
    *(TemplateError, RecursionError, MemoryError),
    *(TypeError, ValueError, AttributeError, LookupError, ArithmeticError),
)
"""What a placeholder can raise while it is filled."""


class _Environment(SandboxedEnvironment):
    """Jinja that compiles each part of a template once, however many sheets are filled with it."""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Any:
        del globals, template_class  # docxtpl gives none
        return _compiled(source)


@lru_cache(_PARTS)
def _compiled(source: str) -> Any:
    return SandboxedEnvironment.from_string(_ENVIRONMENT, source)


_ENVIRONMENT = _Environment(autoescape=True, undefined=StrictUndefined)


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
_ImageBase = cast(Any, InlineImage)


class _StrictTemplate(_StrictBase):
    """docxtpl without its recovering parser, remembering what it was rendering."""

    source: tuple[str, ...] = ()
    """Paragraph by paragraph; the first entry is what precedes the first one."""
    place = ""
    """Which part of the document, in words; empty for its body."""

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def resolve_listing(self, xml: str) -> str:
        """Turn control characters into tabs, breaks and paragraphs; most documents have none to be looked for."""
        return str(_StrictBase.resolve_listing(self, xml)) if _LISTING.search(xml) else xml

    def fix_tables(self, xml: str) -> Any:
        return etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.source = tuple(re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).split("\n"))
        self.place = place_of(str(part.partname))
        _check_names(src_xml, context, jinja_env)
        return str(_StrictBase.render_xml_part(self, src_xml, part, context, jinja_env))

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        self.source, self.place = (), "properti dokumen"
        _StrictBase.render_properties(self, context, jinja_env)


@lru_cache(_PARTS)
def _patched(source: str) -> str:
    """What docxtpl makes of a part before jinja reads it; nothing of the content is in there yet."""
    return str(_StrictBase.patch_xml(None, source))


class _DescribedImage(_ImageBase):
    """A picture with a name and an alternative text of ours."""

    alt = ""

    def _insert_image(self) -> str:
        naming = f"name={quoteattr('Logo')} descr={quoteattr(guard(self.alt or 'Logo'))}"
        return re.sub(r'(<wp:docPr\b[^>]*?)name="[^"]*"', lambda m: m[1] + naming, _ImageBase._insert_image(self))


def fill(template: Template, context: Mapping[str, object]) -> Parts:
    """Fill a template and return the parts of the document, braces of the content still guarded.

    Raises TemplateBrokenError when the template is no Word file, or a placeholder is unknown, misspelt or misplaced.
    """
    document = _open(template)
    values = {key: _image(document, v) if isinstance(v, Picture) else v for key, v in context.items()}
    try:
        document.render(values, _ENVIRONMENT, autoescape=True)
    except etree.XMLSyntaxError as error:
        message = f"{template.name}: hasil pengisian bukan XML yang sah ({error.msg})"
        advice = "nilai bertanda isi harus ditulis {{r butir.isi }}, dan {{p prosedur }} berdiri sendiri di paragrafnya"
        raise TemplateBrokenError(message, advice) from error
    except _FAILURES as error:
        raise TemplateBrokenError(*_explain(template, document, error)) from error
    buffer = io.BytesIO()
    document.save(buffer)
    parts = read_package(buffer.getvalue())
    check_placement(template, parts)
    _check_draft(template, parts, konsep=bool(context.get("konsep")))
    return parts


def _check_names(source: str, context: Any, environment: Any) -> None:
    """Refuse unknown names in branches that today's content does not take, too."""
    known = {*context, *environment.globals}
    for name, line in _names(source):
        if name not in known:
            raise TemplateAssertionError(f"{name!r} is undefined", line)


@lru_cache(_PARTS)
def _names(source: str) -> tuple[tuple[str, int], ...]:
    """Every name that a template asks for, with its line."""
    tree = _ENVIRONMENT.parse(re.sub(r"<w:p([ >])", r"\n<w:p\1", source))
    asked = find_undeclared_variables(tree)
    return tuple((name.name, name.lineno) for name in tree.find_all(nodes.Name) if name.name in asked)


def _open(template: Template) -> Any:
    """Check the file, since docxtpl mends or drops what is damaged, and load it."""
    try:
        _check(template)
        document = _StrictTemplate(io.BytesIO(template.data))
        document.init_docx()
    except PackageError as error:
        raise TemplateBrokenError(f"{template.name}: {error.message}", error.advice or _AGAIN) from error
    except (LookupError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise TemplateBrokenError(f"{template.name}: templat ini rusak", _AGAIN) from error
    return document


@lru_cache(_KEPT)
def _check(template: Template) -> None:
    """Check the file of a template that passes only once; one that fails is checked again each time."""
    parts = read_package(template.data)
    check_parts(parts)
    check_alone(template, parts)


def _check_draft(template: Template, parts: Parts, *, konsep: bool) -> None:
    """A draft must say so on every page, whatever the template looks like."""
    heads = [parse_strictly(data) for name, data in parts.items() if place_of(name) == "kepala halaman"]
    if konsep and (not heads or not all("KONSEP" in text_of(head).upper() for head in heads)):
        message = f"{template.name}: kepala halaman tidak mencetak tanda KONSEP"
        raise TemplateBrokenError(message, "kembalikan {% if konsep %}KONSEP …{% endif %} di setiap kepala halaman")


def _explain(template: Template, document: Any, error: BaseException) -> tuple[str, str]:
    """Say in which paragraph a template failed: jinja counts lines, and docxtpl starts a line at each paragraph."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    source: tuple[str, ...] = document.source
    text = re.sub(r"<[^>]+>", "", source[line - 1]).strip() if line and line <= len(source) else ""
    place = where(document.place, line - 1, text) if line and text else document.place or "di luar paragraf"
    reason = getattr(error, "message", None) or str(error) or type(error).__name__  # str() adds jinja's line number
    advice = _UNCLOSED if "looking for the following tags" in reason else ADVICE
    return f"{template.name}: {place}: penanda tidak dapat diisi ({reason})", advice


def _image(document: Any, picture: Picture) -> Any:
    across, down = picture_size(picture.data)
    width = round(_LOGO_HEIGHT * across / down)
    size = {"width": Emu(_WIDEST)} if width > _WIDEST else {"height": Emu(_LOGO_HEIGHT)}
    image = _DescribedImage(document, io.BytesIO(picture.data), **size)
    image.alt = picture.alt
    try:
        document.docx.part.package.get_or_add_image_part(io.BytesIO(picture.data))
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, *_FAILURES) as error:
        raise UsageError("Logo bukan gambar PNG atau JPEG yang utuh", "simpan ulang logo sebagai PNG") from error
    return image
