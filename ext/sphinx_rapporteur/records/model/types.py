"""The scalar types of the data format: how the text of a file becomes a value.

Every scalar arrives as text (a record file's ``NO``, ``0123`` and ``12:30`` stay what they are),
and the field's type decides what it means. A ``ValueError`` from here becomes a finding, so its
text says what was expected; the reader adds the place and what was found.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass
from functools import cache
from typing import Annotated, TypeAlias

from babel import Locale
from pydantic import AfterValidator, BeforeValidator, Field

from sphinx_rapporteur.records.address import web_address
from sphinx_rapporteur.records.figure import Figure, parse_figure
from sphinx_rapporteur.records.sdg import TARGETS, targets_text

LONGEST_ID = 100
"""In characters: an id is the name of a file, of which systems take 255 bytes with all that is added."""
ID_PATTERN = re.compile(rf"(?=.{{1,{LONGEST_ID}}}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED_IDS = frozenset({"index", "by-country", "by-stakeholder-group", "by-track", "by-type"})
"""What the address of an index page ends in."""
ID_EXPECTED = f"lower-case ASCII letters, digits and single hyphens, at most {LONGEST_ID}"
_MOST_STEPS = 3
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class Markdown:
    """Marks a field whose text is restricted Markdown; all other strings are plain."""


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a field that names a record or a part of one; the catalog checks that it exists."""

    kind: str
    """``people``, ``organizations``, ``indicators``, ``events``, ``sessions``, ``statistics``, ``rooms``,
    ``tracks`` or ``outcomes``."""


def _check_id(text: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise ValueError(f"an id: {ID_EXPECTED}")
    return text


def _check_full_id(text: str) -> str:
    steps = text.split("/")
    if len(steps) > _MOST_STEPS or not all(ID_PATTERN.fullmatch(step) for step in steps):
        raise ValueError("an id, or ids joined by slashes, such as igf-2016/ws27")
    return text


def _check_former_id(text: str) -> str:
    if not RESERVED_IDS.isdisjoint(_check_full_id(text).split("/")):
        raise ValueError(
            f"an id that no page of the site has; {', '.join(sorted(RESERVED_IDS))} are reserved"
        )
    return text


def _check_plain(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValueError("some text")
    return text


def parse_moment(text: object) -> object:
    """Return a date, or a date and time, from ISO 8601 text; raise ``ValueError`` otherwise."""
    if not isinstance(text, str):
        return text
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return _of_our_time(dt.date.fromisoformat(text))
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", text):
            return _of_our_time(dt.datetime.fromisoformat(text))
    except ValueError:
        raise ValueError("a date that exists, or a date and time that do, in ISO 8601") from None
    raise ValueError("a date (2016-12-06) or a date and time (2016-12-06T13:00), ISO 8601")


def _of_our_time(moment: dt.date) -> dt.date:
    """Return a date that can be moved to another zone and written by every system."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError
    return moment


def _parse_date(text: object) -> object:
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("a date without a time, such as 2016-12-06, ISO 8601")
    return parse_moment(text)


def _parse_offset(text: object) -> object:
    if not isinstance(text, str):
        return text
    match = re.fullmatch(r"([+-]?)([0-9]{1,2}):([0-5][0-9])", text)
    if not match:
        raise ValueError("hours and minutes with a sign, such as +01:00")
    sign, hours, minutes = match.groups()
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes))
    return -offset if sign == "-" else offset


def _parse_clock(text: object) -> object:
    """Hours, minutes and seconds into a recording, or a length: 00:12:31, 12:31."""
    if not isinstance(text, str):
        return text
    match = re.fullmatch(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5][0-9])", text)
    if not match:
        raise ValueError("hours, minutes and seconds, such as 00:12:31")
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _parse_flag(text: object) -> object:
    if not isinstance(text, str):
        return text
    lowered = text.casefold()
    if lowered in {"true", "yes", "on"}:
        return True
    if lowered in {"false", "no", "off"}:
        return False
    raise ValueError("true or false")


def _parse_number(text: object) -> object:
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError("a whole number")
    return text


def _check_zone(text: str) -> str:
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone of the IANA database, such as America/Mexico_City") from None
    return text


@cache
def territories() -> dict[str, str]:
    """Return the English names of the world's countries by their ISO 3166-1 alpha-2 code."""
    names = Locale("en").territories
    return {
        code: name
        for code, name in names.items()
        if re.fullmatch(r"[A-Z]{2}", code) and code not in _NO_COUNTRY
    }


_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "XK", "AC", "CP", "DG", "EA", "IC", "TA"})


def _check_country(text: str) -> str:
    if text not in territories():
        raise ValueError("a country code of ISO 3166, two capital letters")
    return text


def _check_sdg(text: str) -> str:
    number, dot, _target = text.partition(".")
    goal = int(number) if re.fullmatch(r"[1-9][0-9]?", number) else 0
    if goal not in TARGETS:
        raise ValueError("a Sustainable Development Goal from 1 to 17, or a target such as 16.2")
    if dot and text not in TARGETS[goal]:
        raise ValueError(f"a target of goal {goal}: {targets_text(goal)}")
    return text


def _check_orcid(text: str) -> str:
    bare = text.removeprefix("https://orcid.org/")
    if not re.fullmatch(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", bare):
        raise ValueError("an ORCID iD, such as 0000-0002-1825-0097")
    total = 0
    digits = bare.replace("-", "")
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != digits[-1]:
        raise ValueError("an ORCID iD whose check digit fits")  # ISO 7064 MOD 11-2
    return bare


def _check_ror(text: str) -> str:
    bare = text.removeprefix("https://ror.org/")
    if not re.fullmatch(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", bare):
        raise ValueError("a ROR id, such as https://ror.org/02mhbdp94")
    return bare


def _check_language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise ValueError("a language tag, such as en or pt-BR")
    return text


def _check_colour(text: str) -> str:
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text):
        raise ValueError("a colour as #rgb or #rrggbb")
    return text


def _check_photo(text: str) -> str:
    if not text.strip() or text.startswith("/") or "\\" in text or ":" in text or ".." in text.split("/"):
        raise ValueError("the path of a picture inside the data folder")
    return text


Id: TypeAlias = Annotated[str, AfterValidator(_check_id)]
FullId: TypeAlias = Annotated[str, AfterValidator(_check_full_id)]
FormerId: TypeAlias = Annotated[str, AfterValidator(_check_former_id)]
Plain: TypeAlias = Annotated[str, AfterValidator(_check_plain)]
Text: TypeAlias = Annotated[str, Markdown()]
Url: TypeAlias = Annotated[str, AfterValidator(web_address)]
Moment: TypeAlias = Annotated[dt.datetime | dt.date, BeforeValidator(parse_moment)]
Date: TypeAlias = Annotated[dt.date, BeforeValidator(_parse_date)]
Offset: TypeAlias = Annotated[dt.timedelta, BeforeValidator(_parse_offset)]
Clock: TypeAlias = Annotated[dt.timedelta, BeforeValidator(_parse_clock)]
Flag: TypeAlias = Annotated[bool, BeforeValidator(_parse_flag)]
Count: TypeAlias = Annotated[int, BeforeValidator(_parse_number), Field(ge=0)]
Zone: TypeAlias = Annotated[str, AfterValidator(_check_zone)]
Country: TypeAlias = Annotated[str, AfterValidator(_check_country)]
Sdg: TypeAlias = Annotated[str, AfterValidator(_check_sdg)]
Orcid: TypeAlias = Annotated[str, AfterValidator(_check_orcid)]
Ror: TypeAlias = Annotated[str, AfterValidator(_check_ror)]
Language: TypeAlias = Annotated[str, AfterValidator(_check_language)]
Colour: TypeAlias = Annotated[str, AfterValidator(_check_colour)]
PhotoPath: TypeAlias = Annotated[str, AfterValidator(_check_photo)]
FigureValue: TypeAlias = Annotated[Figure, BeforeValidator(parse_figure)]

PersonId: TypeAlias = Annotated[Id, RefersTo("people")]
OrganizationId: TypeAlias = Annotated[Id, RefersTo("organizations")]
IndicatorId: TypeAlias = Annotated[Id, RefersTo("indicators")]
SessionRef: TypeAlias = Annotated[FullId, RefersTo("sessions")]
StatisticRef: TypeAlias = Annotated[FullId, RefersTo("statistics")]
OutcomeRef: TypeAlias = Annotated[FullId, RefersTo("outcomes")]
EventId: TypeAlias = Annotated[Id, RefersTo("events")]
RoomId: TypeAlias = Annotated[Id, RefersTo("rooms")]
TrackId: TypeAlias = Annotated[Id, RefersTo("tracks")]
