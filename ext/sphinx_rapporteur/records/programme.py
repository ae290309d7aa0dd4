"""Counts of an event's programme: the confirmed alone, each with how many of how many it knows about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from babel import Locale
from babel.dates import format_date

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.index import PersonAppearance, appearances
from sphinx_rapporteur.records.model import Affiliation, Session
from sphinx_rapporteur.records.query import QueryError, country_of, group_of, merge
from sphinx_rapporteur.records.questions import question

By: TypeAlias = Literal[
    "day", "type", "track", "room", "tag", "organization", "country", "stakeholder-group", "role"
]
Noun: TypeAlias = Literal["sessions", "people", "appearances"]


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many there are of one value."""

    key: str
    """An id, an ISO date or a country code where there is one, else the label."""
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each value, and of how many the value is known."""

    rows: tuple[CountRow, ...]
    known: int
    """For how many of ``total`` a value is given; one may count in several rows."""
    total: int
    noun: Noun
    """What is counted."""
    not_counted: int = 0
    """How many more of the same are listed or cited, and not known to have been there."""


Value: TypeAlias = tuple[str, str]
"""Key and label."""


@question
def programme_counts(catalog: Catalog, event_id: str, by: By) -> Counts:
    """Return how an event's sessions, people or appearances divide; raise `QueryError` if nothing does."""
    if by not in get_args(By):
        raise QueryError("by", by, allowed=get_args(By))
    if event_id not in catalog.events:
        raise QueryError("event", event_id, suggestion=catalog.suggest("event", event_id))
    sessions = catalog.sessions_of(event_id)
    if by in {"day", "type", "track", "room", "tag"}:
        return _count(catalog, by, [_of_session(catalog, session, by) for session in sessions], "sessions")
    listed = list(appearances((catalog.events[event_id], *sessions)))
    entries = [one for one in listed if one.appearance.status == "confirmed"]
    if by == "role":
        roles = [[(one.appearance.role.casefold(), one.appearance.role)] for one in entries]
        return _count(catalog, by, roles, "appearances", not_counted=len(listed) - len(entries))
    people = [one.appearances for one in merge(catalog, entries)]
    values = [_of_person(catalog, group, by) for group in people]
    # Who is confirmed in one session and listed in another is counted.
    not_counted = len(merge(catalog, listed)) - len(people)
    return _count(catalog, by, values, "people", not_counted=not_counted)


def _of_session(catalog: Catalog, session: Session, by: By) -> list[Value]:
    event = catalog.event_of(session)
    if by == "day":
        day = catalog.time(session).day
        return [(day.isoformat(), format_date(day, "full", catalog.locale.replace("-", "_")))] if day else []
    if by == "type":
        return [(session.type.casefold(), session.type)] if session.type else []
    if by == "track":
        return [(track.id, track.name) for track in event.tracks if track.id == session.track]
    if by == "room":
        return [(room.id, room.name) for room in event.rooms if room.id == session.room]
    topics = catalog.topics_of(session)
    return [(topic.slug, topic.label) for topic in topics]


def _of_person(catalog: Catalog, entries: Sequence[PersonAppearance], by: By) -> list[Value]:
    if by == "country":
        codes = {country_of(catalog, one) for one in entries}
        names = Locale.parse(catalog.locale.replace("-", "_")).territories
        return [(code, str(names.get(code, code))) for code in codes if code]
    if by == "stakeholder-group":
        groups = {group_of(catalog, one) for one in entries}
        return [(group.casefold(), group) for group in groups if group]
    return [
        value for one in entries for each in one.appearance.affiliations for value in _body(catalog, each)
    ]


def _body(catalog: Catalog, affiliation: Affiliation) -> list[Value]:
    if affiliation.organization is not None:
        return [(affiliation.organization, catalog.organizations[affiliation.organization].name)]
    return [(affiliation.name, affiliation.name)] if affiliation.name else []


def _count(
    catalog: Catalog, by: By, values: Sequence[Iterable[Value]], noun: Noun, *, not_counted: int = 0
) -> Counts:
    """Count the values of each thing; the spelling met first is the label."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    known = 0
    for each in values:
        own = dict(each)
        known += bool(own)
        counts.update(own.keys())
        for key, label in own.items():
            labels.setdefault(key, label)
    rows = [CountRow(key, labels[key], count) for key, count in counts.items()]
    if by == "day":
        rows.sort(key=lambda row: row.key)
    else:
        rows.sort(key=lambda row: (-row.count, sort_key(_padded(row.label), catalog.locale), row.key))
    return Counts(tuple(rows), known, len(values), noun, not_counted)


def _padded(text: str) -> str:
    """Return a text whose numbers sort as numbers: Room 5 before Room 10."""
    return re.sub("[0-9]+", lambda number: number.group().zfill(9), text)
