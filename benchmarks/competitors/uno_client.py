"""Print Word files by UNO over a pipe; run by the Python that has `uno` (python3-uno), not by ours.

Run: /usr/bin/python3 uno_client.py PIPE OPTIONS. Reads lines of JSON [input, output] and answers each with a line.
"""

import json
import sys
import time

import uno  # pyright: ignore[reportMissingImports]
from com.sun.star.beans import PropertyValue  # pyright: ignore[reportMissingImports]

_PATIENCE = 30


def connected(pipe):
    """The desktop of the LibreOffice that listens at `pipe`."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def main():
    """Answer until the input ends."""
    pipe, options = sys.argv[1:]
    desktop = connected(pipe)
    hidden = PropertyValue("Hidden", 0, True, 0)
    kind = PropertyValue("FilterName", 0, "writer_pdf_Export", 0)
    how = PropertyValue("FilterOptions", 0, options, 0)
    for line in sys.stdin:
        source, target = json.loads(line)
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (hidden,))
        document.storeToURL(uno.systemPathToFileUrl(target), (kind, how))
        document.close(True)
        print("ok", flush=True)


if __name__ == "__main__":
    main()
