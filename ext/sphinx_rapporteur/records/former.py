"""Former names: every name that an object had before, so that none that was published is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.resolve import KIND_OF

Former = tuple[str, str, str]
"""Kind, former full id, full id now."""

_CATALOGS = 4
_RECORDS = ("event", "session", "person", "org", "indicator")
_STATEMENTS = ("stat", "quote", "outcome")


def former_names(catalog: Catalog) -> Iterator[Former]:
    """Yield the former names of all objects; a record that was renamed takes what stands below it along."""
    for kind in _STATEMENTS:
        for former, current in catalog.aliases.current.get(KIND_OF[kind], {}).items():
            yield kind, former, current
    for kind in _RECORDS:
        for former, current in catalog.aliases.current.get(KIND_OF[kind], {}).items():
            if kind == "event":
                yield from _below(catalog, former, current)
            if kind == "session":
                yield from _statements(catalog, former, current)
            found = catalog.resolve(kind, former)
            if found is not None:
                yield kind, former, found


@lru_cache(maxsize=_CATALOGS)
def former_sessions(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Return the former full ids of sessions by their full id now."""
    found: dict[str, list[str]] = {}
    for kind, former, current in former_names(catalog):
        if kind == "session":
            found.setdefault(current, []).append(former)
    return {current: tuple(names) for current, names in found.items()}


def _below(catalog: Catalog, former: str, event: str) -> Iterator[Former]:
    yield from _statements(catalog, former, event)
    if event not in catalog.events:
        return
    names = {session.full_id: session.full_id for session in catalog.sessions_of(event)}
    # A session may have been renamed too, before or after its event.
    for name, current in {**names, **catalog.aliases.current.get(KIND_OF["session"], {})}.items():
        if name.startswith(f"{event}/"):
            before = f"{former}/{name.removeprefix(f'{event}/')}"
            yield "session", before, current
            yield from _statements(catalog, before, current)


def _statements(catalog: Catalog, former: str, owner: str) -> Iterator[Former]:
    shelves: Mapping[str, Mapping[str, Any]] = {
        "stat": catalog.figures,
        "quote": catalog.quotes,
        "outcome": catalog.outcomes,
    }
    record = catalog.sessions.get(owner) or catalog.events.get(owner)
    if record is None:
        return
    for kind in _STATEMENTS:
        field = KIND_OF[kind]
        for item in getattr(record, field, ()):
            full_id = f"{owner}/{item.id}"
            if full_id in shelves[kind]:
                for name in (item.id, *item.aliases):
                    yield kind, f"{former}/{name}", full_id
