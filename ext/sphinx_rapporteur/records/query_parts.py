"""What the queries share: names looked up, options checked, appearances compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.index import PersonAppearance
from sphinx_rapporteur.records.query_types import PersonQuery, QueryError, SessionQuery, StatementQuery

T = TypeVar("T")


def in_event(catalog: Catalog, event: str | None, name: str | None) -> str | None:
    """Return a session's name in full if it is given without the event."""
    if name is None or event is None or "/" in name:
        return name
    full = f"{event}/{name}"
    return full if catalog.resolve("session", full) or catalog.is_withheld("session", full) else name


def present_id(catalog: Catalog, kind: str, option: str, name: str | None) -> str | None:
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


def event_part(catalog: Catalog, event: str | None, option: str, name: str | None) -> str | None:
    """Return the id of a room or track, which has to be one of the event's, or of any event's."""
    if name is None:
        return None
    events = [catalog.events[event]] if event is not None else catalog.events.values()
    known = sorted({part.id for one in events for part in getattr(one, f"{option}s")})
    check_choice(option, name, known)
    return name


def check_choice(option: str, value: str, allowed: Sequence[str]) -> None:
    """Raise `QueryError` unless an option's value is one of a few."""
    if value not in allowed:
        raise QueryError(option, value, allowed=allowed)


def cut(found: Sequence[T], query: SessionQuery | PersonQuery | StatementQuery) -> tuple[T, ...]:
    """Return what was found in the order and number that a query wants."""
    ordered = list(reversed(found)) if query.reverse else list(found)
    return tuple(ordered[: query.limit])


def appearance_conditions(
    *, person: str | None = None, organization: str | None = None, role: str | None = None
) -> list[Callable[[PersonAppearance], bool]]:
    """Return what an appearance has to meet."""
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
