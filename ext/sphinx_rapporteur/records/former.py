"""Former names: every name that an object had before, so that none that was published is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.questions import question
from sphinx_rapporteur.records.resolve import KIND_OF

Former = tuple[str, str, str]
"""Kind, former full id, full id now."""

_CATALOGS = 4
_RECORDS = ("event", "session", "person", "org", "indicator")
_STATEMENTS = ("stat", "quote", "outcome")


def former_names(catalog: Catalog) -> Iterator[Former]:
    """Yield the former names of all objects, each once; a renamed record takes what stands below it along."""
    yield from _former_names(catalog)


@question
@lru_cache(maxsize=_CATALOGS)
def _former_names(catalog: Catalog) -> tuple[Former, ...]:
    names = dict.fromkeys(_candidates(catalog))
    found = ((kind, former, catalog.resolve(kind, former)) for kind, former in names)
    return tuple((kind, former, now) for kind, former, now in found if now is not None and now != former)


@question
@lru_cache(maxsize=_CATALOGS)
def former_sessions(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Return the former full ids of sessions by their full id now."""
    found: dict[str, list[str]] = {}
    for kind, former, current in former_names(catalog):
        if kind == "session":
            found.setdefault(current, []).append(former)
    return {current: tuple(names) for current, names in found.items()}


@question
@lru_cache(maxsize=_CATALOGS)
def former_own_names(catalog: Catalog) -> Mapping[tuple[str, str, str], str]:
    """Return the present full ids of statements by each name that they had in a record.

    The name is the present full id of the record, the kind and the short id; one that something else in
    the record has now is not among them.
    """
    found: dict[tuple[str, str, str], str] = {}
    known = _known(catalog)
    for kind, former, current in former_names(catalog):
        owner, _, own = former.rpartition("/")
        now = catalog.resolve("session" if "/" in owner else "event", owner) if kind in known else None
        name = f"{now}/{own}"
        if now is not None and name not in known[kind] and catalog.resolve(kind, name) in {None, current}:
            found.setdefault((now, kind, own), current)
    return found


@question
@lru_cache(maxsize=_CATALOGS)
def former_here(catalog: Catalog) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the former short ids that statements, by kind and full id, had in the record they are in now.

    Those of topics are among them.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for (owner, kind, own), current in former_own_names(catalog).items():
        if current.rpartition("/")[0] == owner:
            found.setdefault((kind, current), []).append(own)
    for kind, former, current in former_names(catalog):
        if kind == "topic":
            found.setdefault((kind, current), []).append(former)
    return {key: tuple(names) for key, names in found.items()}


def _known(catalog: Catalog) -> Mapping[str, Collection[str]]:
    return {"stat": catalog.figures, "quote": catalog.quotes, "outcome": catalog.outcomes}


def _candidates(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for kind in _STATEMENTS:
        for former in catalog.aliases.current.get(KIND_OF[kind], {}):
            yield kind, former
    yield from (("topic", former) for former in catalog.aliases.current.get(KIND_OF["topic"], {}))
    below = _own_names(catalog)
    for kind in _RECORDS:
        for former, current in catalog.aliases.current.get(KIND_OF[kind], {}).items():
            if kind == "event":
                yield from _below_event(catalog, former, current, below)
            if kind == "session":
                yield from _statements(former, current, below)
            yield kind, former


OwnNames = Mapping[str, Mapping[tuple[str, str], None]]
"""By full id of a record: kind and short id of each statement that is or was in it."""


def _own_names(catalog: Catalog) -> OwnNames:
    known = _known(catalog)
    found: dict[str, dict[tuple[str, str], None]] = {}
    for kind in _STATEMENTS:
        for name in (*known[kind], *catalog.aliases.current.get(KIND_OF[kind], {})):
            owner, _, own = name.rpartition("/")
            found.setdefault(owner, {})[kind, own] = None
    return found


def _below_event(catalog: Catalog, former: str, event: str, below: OwnNames) -> Iterator[tuple[str, str]]:
    yield from _statements(former, event, below)
    # A session may have been renamed too, before or after its event.
    for name in (*catalog.sessions, *catalog.aliases.current.get(KIND_OF["session"], {})):
        if name.startswith(f"{event}/"):
            before = f"{former}/{name.removeprefix(f'{event}/')}"
            yield "session", before
            yield from _statements(before, name, below)
            current = catalog.resolve("session", name)
            if current is not None and current != name:
                yield from _statements(before, current, below)


def _statements(former: str, owner: str, below: OwnNames) -> Iterator[tuple[str, str]]:
    for kind, own in below.get(owner, ()):
        yield kind, f"{former}/{own}"
