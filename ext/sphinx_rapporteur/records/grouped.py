"""All records of a kind in groups, such as the letters of the alphabet: what an index page shows.

A long index is split into a page for each group, and a long group into several.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.dates import format_date

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.collation import initial, sort_key
from sphinx_rapporteur.records.display import capital
from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.records.query import (
    Listed,
    PersonQuery,
    SessionQuery,
    country_of,
    find_people,
    find_sessions,
    group_of,
)
from sphinx_rapporteur.records.questions import question
from sphinx_rapporteur.records.sdg import title_of
from sphinx_rapporteur.records.topics import slug_of

UNKNOWN = "unknown"
"""The key of the group of those for which nothing is known."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records that belong together."""

    key: str
    """In lower-case letters, digits and hyphens, for addresses."""
    label: str
    """What they share; nothing for those of which it is not known."""
    items: tuple[Any, ...]
    """Sessions, people as `Listed`, organisations or figures."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """An index."""

    groups: tuple[Group, ...]
    total: int
    """Of how many records; one may stand in several groups."""
    most: int
    """How many records a page holds."""

    def group(self, key: str) -> Group:
        """Return the group of a key; raise ``KeyError`` if there is none."""
        return {group.key: group for group in self.groups}[key]

    @property
    def is_known(self) -> bool:
        """Whether it says anything of any record."""
        return any(group.label for group in self.groups)

    @property
    def is_split(self) -> bool:
        """Whether there is more than a page holds."""
        return sum(len(group.items) for group in self.groups) > self.most

    def pages(self, group: Group) -> int:
        """Return over how many pages a group stands."""
        return max(1, -(-len(group.items) // self.most))

    def slice(self, group: Group, number: int) -> tuple[Any, ...]:
        """Return what stands on a page of a group; pages count from one."""
        return group.items[(number - 1) * self.most : number * self.most]


def _whole(catalog: Catalog, index: str) -> Grouped:
    if index not in catalog.indexes:
        catalog.indexes[index] = INDEXES[index](catalog)
    return catalog.indexes[index]  # type: ignore[no-any-return]


@question
def grouped(catalog: Catalog, index: str) -> Grouped:
    """Return an index, one of `INDEXES`, in the order of its page."""
    return _whole(catalog, index)


def _outline(found: Grouped, _index: str, *, few: int = 0) -> object:
    groups = tuple((one.key, one.label, len(one.items), one.items[:few]) for one in found.groups)
    return found.total, found.most, groups


def _page(found: Grouped, index: str, key: str, number: int) -> object:
    slices = tuple(found.slice(group, number) for group in found.groups if group.key == key)
    return _outline(found, index), slices


@partial(question, seen=_outline)
def grouped_outline(catalog: Catalog, index: str, *, few: int = 0) -> Grouped:
    """Return an index of which no more is looked at than its groups, and *few* of the items of each."""
    return _whole(catalog, index)


@partial(question, seen=_page)
def grouped_page(catalog: Catalog, index: str, _key: str, _number: int) -> Grouped:
    """Return an index of which no more is looked at than its groups, and one page of one of them."""
    return _whole(catalog, index)


def split_pages(catalog: Catalog) -> Iterator[tuple[str, str, int]]:
    """Yield the name, the group and the number of each page of an index that is too long for one."""
    for index in INDEXES:
        found = grouped(catalog, index)
        if found.is_split:
            for group in found.groups:
                if group.label and group.items:
                    yield from ((index, group.key, number + 1) for number in range(found.pages(group)))


# --- how records are grouped

Value = tuple[str, str]
"""Key and label."""
_SESSIONS, _PEOPLE, _ORGANIZATIONS, _FIGURES = 500, 350, 600, 150
"""How many lines of each kind make a page of some 130 kB."""


def _groups(
    items: Sequence[Any],
    values: Callable[[Any], Iterable[Value]],
    order: Callable[[Value], Any] | None = None,
) -> tuple[Group, ...]:
    """Return items by their values; those without one come last."""
    labels: dict[str, str] = {}
    members: dict[str, list[Any]] = {}
    without = []
    for item in items:
        own = dict(values(item))
        for key, label in own.items():
            labels.setdefault(key, label)
            members.setdefault(key, []).append(item)
        if not own:
            without.append(item)
    keys = sorted(labels.items(), key=order) if order else list(labels.items())
    groups = [Group(key, label, tuple(members[key])) for key, label in keys]
    return (*groups, Group(UNKNOWN, "", tuple(without))) if without else tuple(groups)


def _by_label(catalog: Catalog) -> Callable[[Value], Any]:
    return lambda value: sort_key(value[1], catalog.locale)


def _letter(catalog: Catalog, name: str) -> list[Value]:
    letter = initial(name, catalog.locale)
    key = letter.casefold() if letter.isascii() and letter.isalnum() else f"u{ord(letter[0]):x}"
    return [(key, letter)]


def _letters_of_people(catalog: Catalog) -> Grouped:
    found = find_people(catalog, PersonQuery())
    return Grouped(_groups(found, lambda one: _letter(catalog, sort_name(one))), len(found), _PEOPLE)


def sort_name(item: Listed) -> str:
    """Return the name by which somebody stands in an alphabetical list."""
    return (item.person.sort_name if item.person else None) or item.name


def _letters_of_organizations(catalog: Catalog) -> Grouped:
    bodies = catalog.organizations.values()
    found = sorted(bodies, key=lambda one: sort_key(one.name, catalog.locale))
    return Grouped(_groups(found, lambda one: _letter(catalog, one.name)), len(found), _ORGANIZATIONS)


def _figures(catalog: Catalog) -> Grouped:
    def place(one: Any) -> list[Value]:
        if not isinstance(one.owner, Session):
            return [(one.owner.id, catalog.display("event", one.owner.id))]
        day = catalog.time(one.owner).day
        event = catalog.display("event", one.owner.event)
        return (
            [(f"{one.owner.event}-{day}", f"{event}, {_date(catalog, day)}")]
            if day
            else [(one.owner.event, event)]
        )

    found = catalog.figures_in_order
    return Grouped(_groups(found, place), len(found), _FIGURES)


def _date(catalog: Catalog, day: dt.date) -> str:
    return format_date(day, "medium", catalog.locale.replace("-", "_"))


def _topics(catalog: Catalog) -> Grouped:
    found = sorted(catalog.topics.values(), key=lambda one: sort_key(one.label, catalog.locale))
    groups = tuple(Group(topic.slug, topic.label, topic.sessions) for topic in found)
    return Grouped(groups, len(catalog.sessions), _SESSIONS)


def _sdgs(catalog: Catalog) -> Grouped:
    groups = tuple(
        Group(sdg.replace(".", "-"), title_of(sdg), sessions) for sdg, sessions in catalog.sdgs.items()
    )
    return Grouped(groups, len(catalog.sessions), _SESSIONS)


def _types(catalog: Catalog) -> Grouped:
    found = find_sessions(catalog, SessionQuery())
    groups = _groups(
        found, lambda one: [(slug_of(one.type), capital(one.type))] if one.type else [], _by_label(catalog)
    )
    return Grouped(groups, len(found), _SESSIONS)


def _tracks(catalog: Catalog) -> Grouped:
    found = find_sessions(catalog, SessionQuery())
    several = len(catalog.events) > 1

    def track_of(session: Session) -> Iterator[Value]:
        event = catalog.event_of(session)
        for track in event.tracks:
            if track.id == session.track:
                forum = catalog.display("event", event.id)
                yield f"{event.id}-{track.id}", f"{forum}: {track.name}" if several else track.name

    return Grouped(_groups(found, track_of), len(found), _SESSIONS)


def _countries(catalog: Catalog) -> Grouped:
    names = Locale.parse(catalog.locale.replace("-", "_")).territories
    found = find_people(catalog, PersonQuery())

    def countries(one: Listed) -> list[Value]:
        codes = {country_of(catalog, entry) for entry in one.appearances}
        codes.add(one.person.country if one.person else None)
        return [(code.casefold(), str(names.get(code, code))) for code in codes if code]

    return Grouped(_groups(found, countries, _by_label(catalog)), len(found), _PEOPLE)


def _stakeholder_groups(catalog: Catalog) -> Grouped:
    found = find_people(catalog, PersonQuery())

    def groups(one: Listed) -> list[Value]:
        names = {group_of(catalog, entry) for entry in one.appearances}
        names.add(one.person.stakeholder_group if one.person else None)
        return [(slug_of(name), capital(name)) for name in names if name]

    return Grouped(_groups(found, groups, _by_label(catalog)), len(found), _PEOPLE)


INDEXES: Mapping[str, Callable[[Catalog], Grouped]] = MappingProxyType(
    {
        "people": _letters_of_people,
        "countries": _countries,
        "stakeholder-groups": _stakeholder_groups,
        "organizations": _letters_of_organizations,
        "types": _types,
        "tracks": _tracks,
        "topics": _topics,
        "sdgs": _sdgs,
        "figures": _figures,
    }
)
"""The indexes by name."""
