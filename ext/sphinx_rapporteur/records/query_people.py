"""Which people a component shows, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.index import PersonAppearance, appearances, with_bylines
from sphinx_rapporteur.records.model import Event, Session
from sphinx_rapporteur.records.names import NAME_WITHHELD
from sphinx_rapporteur.records.query_parts import (
    appearance_conditions,
    check_choice,
    cut,
    in_event,
    present_id,
)
from sphinx_rapporteur.records.query_types import Listed, PersonQuery, PersonSort
from sphinx_rapporteur.records.questions import question


@question
def find_people(catalog: Catalog, query: PersonQuery) -> tuple[Listed, ...]:
    """Return the people that a query asks for, those without a record included.

    People without a record are one if their names are equal; entries without a name stay apart. Appearances
    keep their status: provisional, absent and cited ones are included. Without a condition, all people with
    a record are listed. Raises `QueryError`.
    """
    check_choice("sort", query.sort, get_args(PersonSort))
    event = present_id(catalog, "event", "event", query.event)
    session = present_id(catalog, "session", "session", in_event(catalog, event, query.session))
    organization = present_id(catalog, "org", "organization", query.organization)
    meets = appearance_conditions(organization=organization, role=query.role)
    if query.country is not None:
        meets.append(lambda one: country_of(catalog, one) == query.country)
    if query.stakeholder_group is not None:
        group = query.stakeholder_group.casefold()
        meets.append(lambda one: (group_of(catalog, one) or "").casefold() == group)
    found = merge(
        catalog,
        (
            one
            for one in _entries(catalog, event, session, organization)
            if all(condition(one) for condition in meets)
        ),
    )
    if not meets and event is None and session is None:
        # Whoever only wrote a report or was quoted has a page too.
        met = {one.person.id for one in found if one.person is not None}
        found += tuple(Listed(one, one.name, ()) for one in catalog.people.values() if one.id not in met)
    people = sorted(found, key=lambda one: _person_key(catalog, one))
    if query.sort == "sessions":
        people.sort(key=lambda one: -len(one.attended))
    return cut(people, query)


def _entries(
    catalog: Catalog, event: str | None, session: str | None, organization: str | None
) -> Iterable[PersonAppearance]:
    """Return the appearances among which people are looked for."""
    if organization is not None and event is None and session is None:
        return catalog.appearances_for(organization)
    found = _owners(catalog, event, session)
    # Of an event or a session, those who were there; of all, those who wrote the reports too.
    return with_bylines(found) if event is None and session is None else appearances(found)


def merge(catalog: Catalog, entries: Iterable[PersonAppearance]) -> tuple[Listed, ...]:
    """Return appearances by person, in the order in which each is met first."""
    groups: dict[tuple[object, ...], list[PersonAppearance]] = {}
    for entry in entries:
        who = entry.appearance
        is_nobody = who.person is None and who.name == NAME_WITHHELD
        # Nothing says whether two entries without a name are one person.
        key = (entry.session_or_event.full_id, entry.index) if is_nobody else (who.person, who.name)
        groups.setdefault(key, []).append(entry)
    listed = []
    for group in groups.values():
        who = group[0].appearance
        listed.append(
            Listed(catalog.people[who.person] if who.person else None, catalog.name_of(who), tuple(group))
        )
    return tuple(listed)


def country_of(catalog: Catalog, entry: PersonAppearance) -> str | None:
    """Return the country of an appearance, or of the person."""
    person = catalog.people[entry.appearance.person] if entry.appearance.person else None
    return entry.appearance.country or (person.country if person else None)


def group_of(catalog: Catalog, entry: PersonAppearance) -> str | None:
    """Return the stakeholder group of an appearance, or of the person."""
    person = catalog.people[entry.appearance.person] if entry.appearance.person else None
    return entry.appearance.stakeholder_group or (person.stakeholder_group if person else None)


def _person_key(catalog: Catalog, listed: Listed) -> tuple[object, ...]:
    name = (listed.person.sort_name if listed.person else None) or listed.name
    return (
        sort_key(name, catalog.locale),
        listed.person is None,
        listed.person.id if listed.person else listed.name,
    )


def _owners(catalog: Catalog, event: str | None, session: str | None) -> Iterable[Session | Event]:
    if session is not None:
        found = catalog.sessions[session]
        return (found,) if event in {None, found.event} else ()
    if event is not None:
        return (catalog.events[event], *catalog.sessions_of(event))
    return catalog.owners
