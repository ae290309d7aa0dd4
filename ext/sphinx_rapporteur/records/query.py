"""Answer queries: which sessions, people and statements a component shows, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import get_args

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.index import appearances
from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.records.order import by_number
from sphinx_rapporteur.records.query_parts import (
    appearance_conditions,
    check_choice,
    cut,
    event_part,
    in_event,
    present_id,
)
from sphinx_rapporteur.records.query_people import country_of, find_people, group_of, merge
from sphinx_rapporteur.records.query_statements import find_figures, find_outcomes, find_quotes
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
from sphinx_rapporteur.records.questions import question

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
    "country_of",
    "find_figures",
    "find_outcomes",
    "find_people",
    "find_quotes",
    "find_sessions",
    "group_of",
    "merge",
]


@question
def find_sessions(catalog: Catalog, query: SessionQuery) -> tuple[Session, ...]:
    """Return the sessions that a query asks for; raise `QueryError` if it names what does not exist."""
    check_choice("sort", query.sort or "time", get_args(SessionSort))
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
    return cut(found, query)


def _session_ids(catalog: Catalog, query: SessionQuery) -> list[str | None]:
    event = present_id(catalog, "event", "event", query.event)
    return [present_id(catalog, "session", "ids", in_event(catalog, event, name)) for name in query.ids]


def _session_conditions(catalog: Catalog, query: SessionQuery) -> list[Callable[[Session], bool]]:
    meets: list[Callable[[Session], bool]] = []
    event = present_id(catalog, "event", "event", query.event)
    if query.ids:
        ids = frozenset(_session_ids(catalog, query))
        meets.append(lambda one: one.full_id in ids)
    if (track := event_part(catalog, event, "track", query.track)) is not None:
        meets.append(lambda one: one.track == track)
    if (room := event_part(catalog, event, "room", query.room)) is not None:
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
    if (event := present_id(catalog, "event", "event", query.event)) is not None:
        groups.append(catalog.sessions_of(event))
    if (topic := present_id(catalog, "topic", "tag", query.tag)) is not None:
        groups.append(catalog.topics[topic].sessions)
    if (sdg := present_id(catalog, "sdg", "sdg", query.sdg)) is not None:
        groups.append(catalog.sessions_of_sdg(sdg, with_targets=True))
    if (indicator := present_id(catalog, "indicator", "indicator", query.indicator)) is not None:
        stated = catalog.figures_of_indicator(indicator)
        groups.append(_each_once(one.owner for one in stated if isinstance(one.owner, Session)))
    person = present_id(catalog, "person", "person", query.person)
    organization = present_id(catalog, "org", "organization", query.organization)
    if person is not None or query.role is not None:
        meets = appearance_conditions(person=person, organization=organization, role=query.role)
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
