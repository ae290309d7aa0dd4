"""Text as HTML: the one place where it is escaped."""

from __future__ import annotations

import html
import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def escape(text: str) -> str:
    """Return *text* as HTML, also within an attribute; control characters become a replacement character."""
    text = html.escape(text)
    return text if text.isprintable() else _CONTROL.sub("\ufffd", text)
