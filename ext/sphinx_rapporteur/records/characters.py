"""Characters that no output can hold, that hide, or that turn what stands around them."""

from __future__ import annotations

import re
import unicodedata

_NEVER = (
    # Controls and lone surrogates, which XML and UTF-8 cannot hold.
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
    # Embeddings, overrides and isolates turn the text around them.
    "\\u202a-\\u202e\\u2066-\\u206f"
    # Nothing is seen of these; tag characters carry whole hidden texts.
    "\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u2060-\\u2065\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e007f"
)
_JOINERS = "\\u200c\\u200d"
_MARKS = "\\u061c\\u200e\\u200f"
_INVISIBLE = re.compile(f"[{_NEVER}]")
_SOMETIMES = re.compile(f"[{_JOINERS}{_MARKS}]")
_MARKED = re.compile(f"[{_MARKS}]")
_SUSPECT = re.compile(f"[\\\\{_NEVER}{_JOINERS}{_MARKS}]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_JOINED = ("L", "M", "So", "Sk")


def needs_a_look(text: str) -> bool:
    """Return whether a file's text has, or may yield by an escape, characters that ``visible`` removes."""
    return _SUSPECT.search(text) is not None


def hides(text: str) -> bool:
    """Whether a text has a character that is never taken for an honest one."""
    return _INVISIBLE.search(text) is not None


def visible(text: str) -> tuple[str, list[str]]:
    """Return a text with what hides or turns taken out, and the characters that were (``U+202E``), sorted.

    Joiners stay where a script or a picture is joined by them, marks of direction where a text has letters
    that run from right to left.
    """
    found = set(_INVISIBLE.findall(text))
    clean = _INVISIBLE.sub("", text) if found else text
    if _SOMETIMES.search(clean):
        runs_left = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in _MARKED.sub("", clean))
        idle = _idle(clean, runs_left=runs_left)
        found |= {clean[index] for index in idle}
        clean = "".join(char for index, char in enumerate(clean) if index not in idle)
    return clean, sorted(f"U+{ord(char):04X}" for char in found)


def _idle(text: str, *, runs_left: bool) -> set[int]:
    """Return where joiners and marks of direction do nothing but hide."""
    idle = set()
    for match in _SOMETIMES.finditer(text):
        index = match.start()
        is_joiner = match[0] in "\u200c\u200d"
        if not (_joins(text[index - 1 : index]) if is_joiner else runs_left):
            idle.add(index)
    return idle


def _joins(before: str) -> bool:
    """Whether a joiner can do something behind a character: in scripts that join, and in emoji."""
    if not before or before.isascii() or unicodedata.name(before, "").startswith("LATIN "):
        return False
    return unicodedata.category(before).startswith(_JOINED)


_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Scripts that have letters which look like another's."""
_WORD = re.compile(r"[^\W\d_]+")
_TWINS = str.maketrans(
    "абвеёзкмнорстухѕіїјԁһԛԝӏαβεζηικνορτυχϲօոսհց",
    "abbee3kmhopctyxsiijdhqwlabezhiknoptyxconuhg",
)


def skeleton(text: str) -> str:
    """Return lower-case text with the letters of other scripts that look like Latin ones made such."""
    return text if text.isascii() else text.translate(_TWINS)


def mixed_word(text: str) -> str:
    """Return the first word of a text that mixes scripts whose letters look alike, or nothing."""
    if text.isascii():
        return ""
    return next((word for word in _WORD.findall(text) if len(scripts_of(word)) > 1), "")


def scripts_of(text: str) -> tuple[str, ...]:
    """Return the scripts of a text that have letters which look like another's, capitalised."""
    names = {unicodedata.name(char, "").partition(" ")[0] for char in text}
    return tuple(script.capitalize() for script in _SCRIPTS if script in names)
