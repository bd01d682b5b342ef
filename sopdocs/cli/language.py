"""Make click speak Indonesian."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def speak_indonesian() -> None:
    """Point gettext, which click uses for its own words, at our catalogue."""
    os.environ["LANGUAGE"] = "id"
    gettext.bindtextdomain("messages", str(LOCALE))
    gettext.textdomain("messages")
