"""Dates and times in the site's language, with what is known of the clock that they were read from."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from babel.dates import format_date, format_time

from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.render.parts import Inline, Time

_REMEMBERED = 10_000
"""A forum has few days and hours, and its pages show them again and again."""
EN_DASH = "–"
MINUS = "−"


@lru_cache(maxsize=_REMEMBERED)
def day(value: dt.date, locale: str, *, width: str = "full") -> Time:
    """Return a date; ``width`` is one of CLDR's: full, long, medium, short."""
    return Time(format_date(value, format=width, locale=locale), value.isoformat())


def day_name(value: dt.date | None, locale: str) -> str:
    """Return a date as a heading, or what stands for one that is not known."""
    return day(value, locale).text if value else _("Day not known")


def clock(value: dt.datetime, locale: str) -> Time:
    """Return the time of day."""
    # Without the zone: two clocks that show different hours at one moment are equal in Python.
    return Time(_hours(value.time(), locale), value.isoformat(timespec="minutes"))


@lru_cache(maxsize=_REMEMBERED)
def _hours(value: dt.time, locale: str) -> str:
    return format_time(value, format="short", locale=locale)


def span(start: dt.datetime | None, end: dt.datetime | None, locale: str) -> tuple[Inline, ...]:
    """Return a start and an end on one line, whichever are known."""
    if start and end:
        parts: tuple[Inline, ...] = (clock(start, locale), EN_DASH, clock(end, locale))
        if end.date() != start.date():
            parts += (f" ({day(end.date(), locale, width='medium').text})",)
        return parts
    if start:
        return (_("from"), " ", clock(start, locale))
    if end:
        return (_("until"), " ", clock(end, locale))
    return ()


def utc_offset(value: dt.datetime) -> str:
    """Return the offset as ``UTC−06:00``; abbreviations such as CST mean several zones."""
    seconds = int((value.utcoffset() or dt.timedelta()).total_seconds())
    sign = MINUS if seconds < 0 else "+"
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"UTC{sign}{hours:02}:{minutes:02}"


def hours_minutes(value: dt.timedelta) -> str:
    """Return a length of time in words."""
    minutes = abs(int(value.total_seconds())) // 60
    hours, minutes = divmod(minutes, 60)
    words = []
    if hours:
        words.append(_("1 hour") if hours == 1 else _("{n} hours").format(n=hours))
    if minutes:
        words.append(_("1 minute") if minutes == 1 else _("{n} minutes").format(n=minutes))
    return " ".join(words) or _("0 minutes")


def into_recording(value: dt.timedelta) -> str:
    """Return a place in a recording as hours, minutes and seconds."""
    seconds = int(value.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
