"""The options of the directives: what each takes, checked with the value and the allowed ones named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from docutils.parsers.rst.directives import unchanged

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.lookup import KIND_NAMES, find, is_withheld, why_nowhere
from sphinx_rapporteur.records.model import Appearance, Person
from sphinx_rapporteur.records.naming import with_article
from sphinx_rapporteur.records.order import natural
from sphinx_rapporteur.render.attributes import WITHHELD
from sphinx_rapporteur.warnings import Subtype

_MOST_SHOWN = 30


class OptionError(ValueError):
    """An option's value is not allowed; the text says what is."""

    def problem(self, name: str, value: str | None) -> Problem:
        """Return what is said of the option *name* with this value."""
        has = f"has the value {value!r}" if value else "has no value"
        return Problem(Subtype.OPTION, f"option {name!r} {has}; {self}")


class NoObjectError(OptionError):
    """An option names something that is not there; the text says so, with the name."""

    def problem(self, name: str, value: str | None) -> Problem:
        """Return what is said of the option."""
        return Problem(Subtype.OPTION, f"option {name!r}: {self}") if value else super().problem(name, value)


class WithheldObjectError(OptionError):
    """An option names something that may not be shown."""

    def problem(self, name: str, _value: str | None) -> Problem:
        """Return what is said of the option, without the value."""
        return Problem(Subtype.WITHHELD, f"option {name!r}: {self}")


class WrongItemsError(OptionError):
    """Some items of a list are not allowed."""

    def __init__(self, wrong: Mapping[str, OptionError], kept: str) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong
        """What is wrong with each."""
        self.kept = kept
        """The others, as they are shown."""


class Problem(NamedTuple):
    """What is wrong with an option."""

    subtype: Subtype
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an option's value is checked against."""

    catalog: Catalog
    event: str | None
    """The event of the page, in which short names are looked up first."""
    root: Path | None = None
    """The data folder."""


Check = Callable[[str, Surroundings], str]


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a directive, with what the reference says of it."""

    help: str
    check: Check


class AnyOption(dict[str, Callable[[str], str]]):
    """An option specification that takes every option as text, so that one place checks them all."""

    def __missing__(self, key: str) -> Callable[[str], str]:
        return unchanged

    def __bool__(self) -> bool:
        return True


def one_of(*allowed: str) -> Check:
    """Return the check for one of a few words."""

    def check(value: str, _surroundings: Surroundings) -> str:
        return _member(value, allowed)

    return check


def several_of(*allowed: str) -> Check:
    """Return the check for some of a few words, separated by commas."""

    def check(value: str, _surroundings: Surroundings) -> str:
        return _each(value, lambda word: _member(word, allowed)) if value else _member(value, allowed)

    return check


def _each(value: str, check: Callable[[str], str]) -> str:
    """Check each item of a list by itself; the wrong ones are left out and named."""
    kept: list[str] = []
    wrong: dict[str, OptionError] = {}
    for item in filter(None, (item.strip() for item in value.split(","))):
        try:
            kept.append(check(item))
        except OptionError as error:
            wrong[item] = error
    if wrong:
        raise WrongItemsError(wrong, ",".join(kept))
    return ",".join(kept)


def _member(value: str, allowed: Iterable[str]) -> str:
    allowed = tuple(allowed)
    if value in allowed:
        return value
    near = get_close_matches(value, allowed, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    rest = len(allowed) - _MOST_SHOWN
    more = f" and {rest} more" if rest > 0 else ""
    raise OptionError(f"allowed: {', '.join(allowed[:_MOST_SHOWN]) or 'none in the data'}{more}{hint}")


def object_of(kind: str) -> Check:
    """Return the check for the name of an object of a kind."""

    def check(value: str, surroundings: Surroundings) -> str:
        found = find(surroundings.catalog, kind, value, event=surroundings.event)
        if found is None and is_withheld(surroundings.catalog, kind, value):
            raise WithheldObjectError(WITHHELD.format(kind=KIND_NAMES[kind]))
        if found is None:
            names = sorted(surroundings.catalog.names(kind), key=natural)
            allowed = f"allowed: {', '.join(names)}" if 0 < len(names) <= _MOST_SHOWN else ""
            if not value:
                raise NoObjectError(allowed or f"allowed: the id of {with_article(KIND_NAMES[kind])}")
            why = why_nowhere(surroundings.catalog, (kind,), value).within(surroundings.root)
            # Where it is known what to do, a list would only stand in its way.
            raise NoObjectError(str(why) if why.suggestion or not allowed else f"{why}; {allowed}")
        return found

    return check


def objects_of(kind: str) -> Check:
    """Return the check for the names of some objects of a kind, separated by commas."""
    check_one = object_of(kind)

    def check(value: str, surroundings: Surroundings) -> str:
        return _each(value, lambda name: check_one(name, surroundings))

    return check


def value_of(values: Callable[[Catalog], Iterable[str]]) -> Check:
    """Return the check for a value that some record has."""

    def check(value: str, surroundings: Surroundings) -> str:
        known = dict.fromkeys(sorted(values(surroundings.catalog), key=natural))
        by_folded = {word.casefold(): word for word in known}
        return by_folded.get(value.casefold()) or _member(value, known)

    return check


def whole_number(value: str, _surroundings: Surroundings) -> str:
    """Check a positive whole number."""
    if not value.isdecimal() or not value.isascii() or int(value) < 1:
        raise OptionError("allowed: a whole number from 1")
    return str(int(value))


def date(value: str, _surroundings: Surroundings) -> str:
    """Check a date."""
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise OptionError("allowed: a date such as 2016-12-06") from None


def flag(value: str, _surroundings: Surroundings) -> str:
    """Check an option that is given without a value."""
    if value.strip():
        raise OptionError("allowed: no value")
    return "yes"


def text(value: str, _surroundings: Surroundings) -> str:
    """Take any text."""
    return value.strip()


def types(catalog: Catalog) -> set[str]:
    """Return the types of session in the data."""
    return {session.type for session in catalog.sessions.values() if session.type}


def rooms(catalog: Catalog) -> set[str]:
    """Return the ids of rooms in the data."""
    return {room.id for event in catalog.events.values() for room in event.rooms}


def tracks(catalog: Catalog) -> set[str]:
    """Return the ids of tracks in the data."""
    return {track.id for event in catalog.events.values() for track in event.tracks}


def _appearances(catalog: Catalog) -> Iterable[Appearance]:
    for event in catalog.events.values():
        yield from event.people
    for session in catalog.sessions.values():
        yield from session.people


def _people(catalog: Catalog) -> Iterable[Appearance | Person]:
    yield from _appearances(catalog)
    yield from catalog.people.values()


def roles(catalog: Catalog) -> set[str]:
    """Return the roles in the data."""
    return {item.role for item in _appearances(catalog)}


def countries(catalog: Catalog) -> set[str]:
    """Return the countries of people in the data."""
    return {item.country for item in _people(catalog) if item.country}


def stakeholder_groups(catalog: Catalog) -> set[str]:
    """Return the stakeholder groups of people in the data."""
    return {item.stakeholder_group for item in _people(catalog) if item.stakeholder_group}


def check_options(
    options: Mapping[str, str | None], allowed: Mapping[str, Option], surroundings: Surroundings
) -> tuple[dict[str, str], list[Problem]]:
    """Return the checked options, and what is wrong with each that is not allowed.

    Of a list the wrong items alone are left out, and if there are others it is among the checked options.
    """
    checked: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in options.items():
        option = allowed.get(name)
        if option is None:
            near = get_close_matches(name, allowed, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            text = f"there is no option {name!r}; allowed: {', '.join(allowed)}{hint}"
            problems.append(Problem(Subtype.OPTION, text))
            continue
        try:
            checked[name] = option.check((value or "").strip(), surroundings)
        except WrongItemsError as error:
            problems += [why.problem(name, item) for item, why in error.wrong.items()]
            if error.kept:
                checked[name] = error.kept
        except OptionError as error:
            problems.append(error.problem(name, value))
    return checked, problems


def empty_day(day: str, event: str | None, catalog: Catalog) -> list[str]:
    """Return a sentence if there is no session on a day; what is shown says so too."""
    days = (
        found.isoformat()
        for session in (catalog.sessions_of(event) if event else catalog.sessions_in_order)
        if (found := catalog.time(session).day)
    )
    seen = set()
    for one in days:
        if one == day:
            return []
        seen.add(one)
    try:
        _member(day, sorted(seen))
    except OptionError as error:
        return [f"option 'day' has the value {day!r}, on which there is no session; {error}"]
    return []
