"""Order: sessions by time and number, texts with numbers in them as people count."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.records.time import SessionTime

NaturalKey: TypeAlias = tuple[tuple[bool, int, str], ...]
_MOST_DIGITS = 300


def natural(text: str) -> NaturalKey:
    """Return a key that puts WS 9 before WS27."""
    return tuple(map(_piece, re.findall(r"\d+|[^\W\d]+", text.casefold())))


def _piece(text: str) -> tuple[bool, int, str]:
    # Python makes no number of thousands of digits.
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return False, int(text), ""
    return True, 0, text


def by_number(session: Session) -> tuple[bool, NaturalKey, NaturalKey, str]:
    """Order sessions by number, those without one after them by title."""
    return session.number is None, natural(session.number or ""), natural(session.title), session.full_id


def by_time(time: Callable[[Session], SessionTime]) -> Callable[[Session], tuple[object, ...]]:
    """Return a key that orders sessions by day and start, then by number."""

    def key(session: Session) -> tuple[object, ...]:
        return (*time(session).sort_key, by_number(session))

    return key
