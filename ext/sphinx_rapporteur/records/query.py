"""Answer queries: which sessions, people and statements a component shows, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar, get_args

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.index import (
    PersonAppearance,
    StatedFigure,
    StatedOutcome,
    StatedQuote,
    appearances,
)
from sphinx_rapporteur.records.model import Event, Session
from sphinx_rapporteur.records.names import NAME_WITHHELD
from sphinx_rapporteur.records.order import by_number
from sphinx_rapporteur.records.query_types import (
    Listed,
    OutcomeKind,
    PersonQuery,
    PersonSort,
    QueryError,
    SessionQuery,
    SessionSort,
    StatementQuery,
    StatementSort,
)

__all__ = [
    "Listed",
    "OutcomeKind",
    "PersonQuery",
    "PersonSort",
    "QueryError",
    "SessionQuery",
    "SessionSort",
    "StatementQuery",
    "StatementSort",
    "find_figures",
    "find_outcomes",
    "find_people",
    "find_quotes",
    "find_sessions",
]

T = TypeVar("T")
StatedT = TypeVar("StatedT", StatedFigure, StatedQuote, StatedOutcome)


def find_sessions(catalog: Catalog, query: SessionQuery) -> tuple[Session, ...]:
    """Return the sessions that a query asks for; raise `QueryError` if it names what does not exist."""
    _check_choice("sort", query.sort or "time", get_args(SessionSort))
    groups = _session_groups(catalog, query)
    meets = [*_session_conditions(catalog, query), *map(_is_among, groups)]
    # The smallest group is looked through; all are in time order.
    start = min(groups, key=len, default=catalog.sessions_in_order)
    found = [session for session in start if all(condition(session) for condition in meets)]
    if query.sort == "title":
        found.sort(key=lambda session: (sort_key(session.title, catalog.locale), session.full_id))
    elif query.sort == "number":
        found.sort(key=by_number)
    elif query.sort is None and query.ids:
        wanted = _session_ids(catalog, query)
        found.sort(key=lambda session: wanted.index(session.full_id))
    return _cut(found, query)


def _session_ids(catalog: Catalog, query: SessionQuery) -> list[str | None]:
    event = _id(catalog, "event", "event", query.event)
    return [_id(catalog, "session", "ids", _in_event(catalog, event, name)) for name in query.ids]


def _session_conditions(catalog: Catalog, query: SessionQuery) -> list[Callable[[Session], bool]]:
    meets: list[Callable[[Session], bool]] = []
    event = _id(catalog, "event", "event", query.event)
    if query.ids:
        ids = frozenset(_session_ids(catalog, query))
        meets.append(lambda one: one.full_id in ids)
    if (track := _event_part(catalog, event, "track", query.track)) is not None:
        meets.append(lambda one: one.track == track)
    if (room := _event_part(catalog, event, "room", query.room)) is not None:
        meets.append(lambda one: one.room == room)
    if query.day is not None:
        meets.append(lambda one: catalog.time(one).day == query.day)
    if query.type is not None:
        kind = query.type.casefold()
        meets.append(lambda one: one.type is not None and one.type.casefold() == kind)
    return meets


def _session_groups(catalog: Catalog, query: SessionQuery) -> list[Sequence[Session]]:
    """Return the sessions that meet one condition each, where the catalog has them at hand."""
    groups: list[Sequence[Session]] = []
    if (event := _id(catalog, "event", "event", query.event)) is not None:
        groups.append(catalog.sessions_of(event))
    if (topic := _id(catalog, "topic", "tag", query.tag)) is not None:
        groups.append(catalog.topics[topic].sessions)
    if (sdg := _id(catalog, "sdg", "sdg", query.sdg)) is not None:
        groups.append(catalog.sessions_of_sdg(sdg, with_targets=True))
    if (indicator := _id(catalog, "indicator", "indicator", query.indicator)) is not None:
        stated = catalog.figures_of_indicator(indicator)
        groups.append(_each_once(one.owner for one in stated if isinstance(one.owner, Session)))
    person = _id(catalog, "person", "person", query.person)
    organization = _id(catalog, "org", "organization", query.organization)
    if person is not None or query.role is not None:
        meets = _appearance_conditions(person=person, organization=organization, role=query.role)
        entries = appearances(catalog.sessions_in_order) if person is None else catalog.appearances_of(person)
        groups.append(
            _each_once(one.session for one in entries if one.session and all(meet(one) for meet in meets))
        )
    elif organization is not None:
        groups.append(catalog.sessions_of_organization(organization))
    return groups


def _each_once(sessions: Iterable[Session]) -> tuple[Session, ...]:
    return tuple({session.full_id: session for session in sessions}.values())


def _is_among(group: Iterable[Session]) -> Callable[[Session], bool]:
    ids = {session.full_id for session in group}
    return lambda one: one.full_id in ids


def find_people(catalog: Catalog, query: PersonQuery) -> tuple[Listed, ...]:
    """Return the people that a query asks for, those without a record included.

    People without a record are one if their names are equal; entries without a name stay apart. Appearances
    keep their status: provisional, absent and cited ones are included. Without a condition, all people with
    a record are listed. Raises `QueryError`.
    """
    _check_choice("sort", query.sort, get_args(PersonSort))
    event = _id(catalog, "event", "event", query.event)
    session = _id(catalog, "session", "session", _in_event(catalog, event, query.session))
    organization = _id(catalog, "org", "organization", query.organization)
    meets = _appearance_conditions(organization=organization, role=query.role)
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
        people.sort(
            key=lambda one: -len({entry.session.full_id for entry in one.appearances if entry.session})
        )
    return _cut(people, query)


def _entries(
    catalog: Catalog, event: str | None, session: str | None, organization: str | None
) -> Iterable[PersonAppearance]:
    """Return the appearances among which people are looked for."""
    if organization is not None and event is None and session is None:
        return catalog.appearances_for(organization)
    return appearances(_owners(catalog, event, session))


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


def find_figures(catalog: Catalog, query: StatementQuery) -> tuple[StatedFigure, ...]:
    """Return the figures that a query asks for; raise `QueryError`."""
    keys: Keys[StatedFigure] = {
        "value": lambda one: one.item.value.value,
        "label": lambda one: one.item.label,
    }
    return _find(catalog, query, "stat", catalog.figures_in_order, keys)


def find_quotes(catalog: Catalog, query: StatementQuery) -> tuple[StatedQuote, ...]:
    """Return the quotations that a query asks for; raise `QueryError`."""
    return _find(catalog, query, "quote", catalog.quotes_in_order, {"label": lambda one: one.item.text})


def find_outcomes(catalog: Catalog, query: StatementQuery) -> tuple[StatedOutcome, ...]:
    """Return the outcomes that a query asks for; raise `QueryError`."""
    if query.kind is not None:
        _check_choice("kind", query.kind, get_args(OutcomeKind))
    stated = catalog.outcomes_in_order
    keep = None if query.kind is None else {one.full_id for one in stated if one.item.kind == query.kind}
    return _find(catalog, query, "outcome", stated, {"label": lambda one: one.item.text}, keep=keep)


Keys: TypeAlias = dict[str, Callable[[StatedT], Any]]
"""What statements can be sorted by, besides the order of time."""


def _find(
    catalog: Catalog,
    query: StatementQuery,
    kind: str,
    stated: tuple[StatedT, ...],
    keys: Keys[StatedT],
    *,
    keep: set[str] | None = None,
) -> tuple[StatedT, ...]:
    _check_choice("sort", query.sort, ("order", "time", *keys))
    groups = _statement_groups(catalog, query, kind, stated)
    members = [{one.full_id for one in group} for group in groups]
    ids = [_id(catalog, kind, "ids", name) for name in query.ids]
    members += [{full_id for full_id in ids if full_id is not None}] if ids else []
    members += [keep] if keep is not None else []
    # The smallest group is looked through; all are in time order.
    start = min(groups, key=len, default=stated)
    found = [one for one in start if all(one.full_id in group for group in members)]
    if query.sort == "order" and ids:
        found.sort(key=lambda one: ids.index(one.full_id))
    elif query.sort == "value":
        found.sort(key=keys["value"])
    elif query.sort == "label":
        found.sort(key=lambda one: sort_key(keys["label"](one), catalog.locale))
    return _cut(found, query)


def _statement_groups(
    catalog: Catalog, query: StatementQuery, kind: str, stated: tuple[StatedT, ...]
) -> list[tuple[StatedT, ...]]:
    """Return the statements that meet one condition each."""
    event = _id(catalog, "event", "event", query.event)
    wanted = {
        "event": event,
        "session": _id(catalog, "session", "session", _in_event(catalog, event, query.session)),
        "person": _id(catalog, "person", "person", query.person),
        "organization": _id(catalog, "org", "organization", query.organization),
        "indicator": _id(catalog, "indicator", "indicator", query.indicator) if kind == "stat" else None,
    }
    groups = [catalog.grouped(stated, by).get(value, ()) for by, value in wanted.items() if value is not None]
    topic = _id(catalog, "topic", "tag", query.tag)
    if topic is not None:
        by_session = catalog.grouped(stated, "session")
        sessions = catalog.topics[topic].sessions
        groups.append(tuple(one for session in sessions for one in by_session.get(session.full_id, ())))
    return groups


def _appearance_conditions(
    *, person: str | None = None, organization: str | None = None, role: str | None = None
) -> list[Callable[[PersonAppearance], bool]]:
    meets: list[Callable[[PersonAppearance], bool]] = []
    if person is not None:
        meets.append(lambda one: one.appearance.person == person)
    if organization is not None:
        meets.append(
            lambda one: any(each.organization == organization for each in one.appearance.affiliations)
        )
    if role is not None:
        folded = role.casefold()
        meets.append(lambda one: one.appearance.role.casefold() == folded)
    return meets


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


def _in_event(catalog: Catalog, event: str | None, name: str | None) -> str | None:
    """Return a session's name in full if it is given without the event."""
    if name is None or event is None or "/" in name:
        return name
    full = f"{event}/{name}"
    return full if catalog.resolve("session", full) or catalog.is_withheld("session", full) else name


def _id(catalog: Catalog, kind: str, option: str, name: str | None) -> str | None:
    """Return the present full id of what an option names."""
    if name is None:
        return None
    found = catalog.resolve(kind, name)
    if found is not None:
        return found
    if catalog.is_withheld(kind, name):
        raise QueryError(option, name, is_withheld=True)
    candidates = catalog.candidates(kind, name)
    if len(candidates) == 1:
        return candidates[0]
    raise QueryError(option, name, allowed=candidates, suggestion=catalog.suggest(kind, name))


def _event_part(catalog: Catalog, event: str | None, option: str, name: str | None) -> str | None:
    """Return the id of a room or track, which has to be one of the event's, or of any event's."""
    if name is None:
        return None
    events = [catalog.events[event]] if event is not None else catalog.events.values()
    known = sorted({part.id for one in events for part in getattr(one, f"{option}s")})
    _check_choice(option, name, known)
    return name


def _check_choice(option: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise QueryError(option, value, allowed=allowed)


def _cut(found: Sequence[T], query: SessionQuery | PersonQuery | StatementQuery) -> tuple[T, ...]:
    ordered = list(reversed(found)) if query.reverse else list(found)
    return tuple(ordered[: query.limit])
