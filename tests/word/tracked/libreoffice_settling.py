"""Have LibreOffice accept or reject all changes by its own UNO commands, asked for by a macro in its profile."""

from __future__ import annotations

import subprocess
from pathlib import Path

from sopdocs.office import LibreOffice

ACCEPT, REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"
_TIME_LIMIT = 240
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" \
library:link="false"/></library:libraries>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" \
library:passwordprotected="false"><library:element library:name="Settle"/></library:library>"""
_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub All(list)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  saving(0).Name = "FilterName"
  saving(0).Value = "Office Open XML Text"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  n = FreeFile
  Open list For Input As #n
  Do While Not Eof(n)
    Line Input #n, row
    parts = Split(row, "|")
    doc = StarDesktop.loadComponentFromURL(parts(0), "_blank", 0, opening())
    helper.executeDispatch(doc.CurrentController.Frame, parts(1), "", 0, Array())
    doc.storeToURL(parts(2), saving())
    doc.close(True)
  Loop
  Close #n
End Sub
</script:module>"""


def settled(libreoffice: LibreOffice, folder: Path, asked: list[tuple[bytes, str]]) -> list[bytes]:
    """Each document after its command, saved by LibreOffice; one process does all."""
    profile = folder / "profile"
    start = [str(libreoffice.executable), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # What a new profile is asked to do at once is lost, and so are macros in it.
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=_TIME_LIMIT)
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "Standard" / "Settle.xba").write_text(_MACRO, encoding="utf-8")
    lines: list[str] = []
    for number, (document, command) in enumerate(asked):
        source = folder / f"{number}.docx"
        source.write_bytes(document)
        lines.append(f"{source.as_uri()}|{command}|{_made(folder, number).as_uri()}\n")
    (folder / "list.txt").write_text("".join(lines), encoding="utf-8")
    call = f'macro:///Standard.Settle.All("{folder / "list.txt"}")'
    subprocess.run([*start, call], check=True, capture_output=True, timeout=_TIME_LIMIT)
    return [_made(folder, number).read_bytes() for number in range(len(asked))]


def _made(folder: Path, number: int) -> Path:
    return folder / f"settled-{number}.docx"
