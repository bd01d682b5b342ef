"""Print Word files for as long as asked, in a process of its own: run by path, with nothing but the standard library.

Arguments: LibreOffice's program folder, the URL of the profile, the export options as JSON. Then one line of JSON for
each request on standard input and for each answer on standard output:

    (at the start)                                              {"number": 0, "error": null}
    {"number": 1, "input": "/a.docx", "output": "/a.pdf"}       {"number": 1, "error": "what LibreOffice said"}

An error in answer 0 is the last word. LibreOffice runs inside this process (LibreOfficeKit, include/LibreOfficeKit/
LibreOfficeKit.h of its sources); what it prints goes to standard error.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
"""Where LibreOfficeKit is: all of LibreOffice in one library, as most builds have it, or else its desktop part."""

_LOAD_OPTIONS = b"Batch=true"
"""No dialogue may wait for somebody."""


class OfficeError(Exception):
    """LibreOffice cannot be had, or refuses; the text is its own."""


class _OfficeClass(ctypes.Structure):
    size: int
    get_error: Callable[[int], int | None]
    load: Callable[[int, bytes, bytes], int | None]
    free_error: Callable[[int], None]
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("destroy", ctypes.c_void_p),
        ("document_load", ctypes.c_void_p),
        ("get_error", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)),
        ("load", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)),
        ("free_error", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
    )


class _DocumentClass(ctypes.Structure):
    size: int
    destroy: Callable[[int], None]
    save_as: Callable[[int, bytes, bytes, bytes], int]
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("destroy", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
        (
            "save_as",
            ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p),
        ),
    )


class _Office(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_OfficeClass)),)


class _Document(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_DocumentClass)),)


def library(program: Path) -> Path | None:
    """Return the library with LibreOfficeKit in the folder `program`, if it has one."""
    return next((program / name for name in LIBRARIES if (program / name).is_file()), None)


class Office:
    """LibreOffice, loaded into this process. There can be one, and it must not be forked."""

    def __init__(self, program: Path, profile_url: str, options: str) -> None:
        path = library(program)
        if path is None:
            raise OfficeError(f"no LibreOfficeKit in {program}")
        try:
            hook = ctypes.CDLL(str(path), mode=os.RTLD_LAZY | os.RTLD_GLOBAL).libreofficekit_hook_2
        except (OSError, AttributeError) as error:
            raise OfficeError(str(error)) from error
        hook.restype, hook.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_char_p)
        self._office: int | None = hook(os.fsencode(program), profile_url.encode())
        if not self._office:
            raise OfficeError("LibreOfficeKit did not start")
        self._methods: _OfficeClass = _Office.from_address(self._office).methods.contents
        if self._methods.size < ctypes.sizeof(_OfficeClass):
            raise OfficeError("this LibreOfficeKit is too old")
        self._options = options.encode()

    def print(self, source: Path, output: Path) -> None:
        """Write the Word file `source` as PDF to `output`. Raises OfficeError with LibreOffice's own words."""
        assert self._office
        document = self._methods.load(self._office, source.as_uri().encode(), _LOAD_OPTIONS)
        if not document:
            raise OfficeError(self._last_error())
        methods: _DocumentClass = _Document.from_address(document).methods.contents
        try:
            if not methods.save_as(document, output.as_uri().encode(), b"pdf", self._options):
                raise OfficeError(self._last_error())
        finally:
            methods.destroy(document)

    def _last_error(self) -> str:
        assert self._office
        text = self._methods.get_error(self._office)
        if not text:
            return ""
        try:
            return ctypes.string_at(text).decode("utf-8", "replace")
        finally:
            self._methods.free_error(text)


def serve(requests: TextIO, answers: TextIO, program: Path, profile_url: str, options: str) -> None:
    """Answer until there are no more requests."""

    def answer(number: int, error: str | None) -> None:
        answers.write(json.dumps({"number": number, "error": error}) + "\n")
        answers.flush()

    try:
        office = Office(program, profile_url, options)
    except OfficeError as error:
        answer(0, str(error))
        return
    answer(0, None)
    for line in requests:
        request = json.loads(line)
        try:
            office.print(Path(request["input"]), Path(request["output"]))
        except OfficeError as error:
            answer(request["number"], str(error))
        else:
            answer(request["number"], None)


def main() -> None:
    """Keep both pipes from LibreOffice, which may print and read what it likes, and serve."""
    requests, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    serve(requests, answers, Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    # LibreOffice's own way out tears down what nobody needs any more.
    os._exit(0)


if __name__ == "__main__":
    main()
