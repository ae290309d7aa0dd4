"""What a reader sees in place of an id: names, titles, figures with their units, shortened words."""

from __future__ import annotations

import re
import textwrap

from sphinx_rapporteur.records.model import PERCENT, Statistic

SHORT = 80
"""How many characters of a quotation or an outcome stand for the whole."""

# No part of these takes what the one behind it takes too: texts may be made to be slow.
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*+)\](?:\([^()\s]*+(?:\s++\"[^\"]*+\")?\)|\[[^\]]*+\])")
_ROLE = re.compile(r"\{[a-z:]++\}`(?:([^`<]*+)<[^`>]*+>|([^`]*+))`")
_MARKS = re.compile(r"(?<!\\)(\*{1,3}|`+|~~|(?<!\w)_{1,3}|_{1,3}(?!\w))")
_BLOCK = re.compile(r"^[^\S\n]*+(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+)", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def figure_text(statistic: Statistic, locale: str = "en", *, qualifier: bool = False) -> str:
    """Return a figure with its unit, "68,000 web pages"; with its qualifier, "more than 100%"."""
    value = statistic.value
    is_part = value.form in {"fraction", "one-in"}
    if statistic.unit == PERCENT:
        text = value.format(locale, percent=not is_part)
    else:
        text = value.format(locale)
        if statistic.unit:
            text = f"{text} {statistic.unit}"
    return f"{statistic.qualifier} {text}" if qualifier and statistic.qualifier else text


def plain_text(markdown: str) -> str:
    """Return the words of a Markdown text on one line, without its marks."""
    text = _BLOCK.sub("", markdown)
    text = _LINK.sub(r"\1", text)
    text = _ROLE.sub(lambda match: (match[1] or "").rstrip() or match[2] or "", text)
    return " ".join(_ESCAPE.sub(r"\1", _MARKS.sub("", text)).split())


def capital(text: str) -> str:
    """Return a text as a heading or a label."""
    return text[:1].upper() + text[1:]


def shorten(text: str, width: int = SHORT) -> str:
    """Return a text cut between words if it is longer than ``width`` characters."""
    if len(text) <= width:
        return text
    # A language without spaces has no words to cut between.
    return textwrap.shorten(text, width, placeholder="…") if " " in text[:width] else f"{text[: width - 1]}…"
