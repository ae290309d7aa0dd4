"""Sessions that belong together: at the same time, of the same organisation, with what they share.

What is shared counts the more, the fewer sessions have it. All lookups are by index, and of what very many
sessions share the nearest in time alone are looked at: what a session costs does not grow with the site.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.index import organizations_of
from sphinx_rapporteur.records.model import Person, Session
from sphinx_rapporteur.records.questions import question

_WEIGHTS: Mapping[str, int] = MappingProxyType({"person": 3000, "indicator": 3000, "topic": 2000})
"""By kind, how much it counts that two sessions share one."""
_NEAREST = 16
"""So many sessions before and after are looked at for each thing that a session has."""
_FARTHEST = 100
"""So many sessions of the programme before and after are looked at for those at the same time."""
_NAME = "related"
"""Of the index, among those that the catalog keeps."""

Thing = tuple[str, str]
"""Kind and full id of a person, a topic or an indicator."""


@dataclass(frozen=True, slots=True)
class Related:
    """A session with what it shares with another, the rarest first."""

    session: Session
    shared: tuple[Thing, ...]

    def of(self, kind: str) -> tuple[str, ...]:
        """Return the full ids of what is shared of a kind."""
        return tuple(name for of, name in self.shared if of == kind)


@dataclass(frozen=True, slots=True)
class _Index:
    """Where each thing is found, by the place of sessions in the order of time."""

    sessions: tuple[Session, ...]
    places: Mapping[str, int]
    things: Mapping[str, tuple[Thing, ...]]
    """Of each session, by its full id."""
    found: Mapping[Thing, Sequence[int]]
    of_body: Mapping[str, Sequence[int]]
    """Where each organisation took part."""


@question
def at_the_same_time(catalog: Catalog, session: Session, *, limit: int) -> tuple[Session, ...]:
    """Return sessions of the event that are certain to share some time with one, in the order of time."""
    time = catalog.time(session)
    if time.event_start is None:
        return ()
    programme = catalog.sessions_of(session.event)
    place = catalog.position(session)
    nearby = programme[max(place - _FARTHEST, 0) : place + _FARTHEST]
    found = (one for one in nearby if one is not session and time.overlaps(catalog.time(one)))
    return tuple(one for one, _n in zip(found, range(limit), strict=False))


@question
def related_sessions(catalog: Catalog, session: Session, *, limit: int) -> tuple[Related, ...]:
    """Return the sessions that share most with one, the most telling first."""
    index = _index(catalog)
    here = index.places[session.full_id]
    scores: dict[int, int] = defaultdict(int)
    shared: dict[int, list[Thing]] = defaultdict(list)
    weights = {thing: _weight(index, thing) for thing in index.things[session.full_id]}
    for thing in sorted(weights, key=lambda thing: (-weights[thing], thing)):
        weight = weights[thing]
        for place in _near(index.found[thing], here):
            scores[place] += weight
            shared[place].append(thing)
    best = sorted(scores, key=lambda place: (-scores[place], abs(place - here), place))
    return tuple(Related(index.sessions[place], tuple(shared[place])) for place in best[:limit])


@question
def more_of_organizations(
    catalog: Catalog, session: Session, *, organizations: int, limit: int, without: Sequence[Session] = ()
) -> tuple[tuple[str, tuple[Session, ...]], ...]:
    """Return other sessions of a session's organisations, nearest in time first.

    The organisations that few sessions have come first; those without another session are left out.
    """
    index = _index(catalog)
    here = index.places[session.full_id]
    seen = {session.full_id, *(one.full_id for one in without)}
    bodies = {name: index.of_body[name] for name in organizations_of(session)}
    found = []
    for name, places in sorted(bodies.items(), key=lambda item: (len(item[1]), item[0])):
        near = sorted(_near(places, here), key=lambda place: (abs(place - here), place))
        others = [one for one in map(index.sessions.__getitem__, near) if one.full_id not in seen][:limit]
        if others:
            seen.update(one.full_id for one in others)
            found.append((name, tuple(others)))
        if len(found) == organizations:
            break
    return tuple(found)


@question
def colleagues(
    catalog: Catalog, person: Person, *, organizations: int, limit: int
) -> tuple[tuple[str, tuple[Person, ...], int], ...]:
    """Return others who appeared for a person's organisations, the latest first, and how many there are.

    The organisations that the person appeared for last come first; nobody is named twice.
    """
    own = (
        item.organization
        for entry in reversed(catalog.appearances_of(person.id))
        for item in entry.appearance.affiliations
        if item.organization
    )
    seen = {person.id}
    found = []
    for name in dict.fromkeys(own):
        names = dict.fromkeys(entry.appearance.person for entry in reversed(catalog.appearances_for(name)))
        others = [one for one in names if one and one not in seen]
        if others:
            seen.update(others[:limit])
            people = tuple(catalog.people[one] for one in others[:limit])
            found.append((name, people, len(others)))
        if len(found) == organizations:
            break
    return tuple(found)


def _index(catalog: Catalog) -> _Index:
    if _NAME not in catalog.indexes:
        catalog.indexes[_NAME] = _make_index(catalog)
    return catalog.indexes[_NAME]  # type: ignore[no-any-return]


def _make_index(catalog: Catalog) -> _Index:
    sessions = catalog.sessions_in_order
    found: dict[Thing, list[int]] = defaultdict(list)
    of_body: dict[str, list[int]] = defaultdict(list)
    things = {}
    for place, session in enumerate(sessions):
        things[session.full_id] = tuple(dict.fromkeys(_things(catalog, session)))
        for thing in things[session.full_id]:
            found[thing].append(place)
        for name in organizations_of(session):
            of_body[name].append(place)
    places = {one.full_id: place for place, one in enumerate(sessions)}
    return _Index(sessions, places, things, found, of_body)


def _things(catalog: Catalog, session: Session) -> Iterator[Thing]:
    """Yield what a session can share: people who were there, topics, measures."""
    for item in session.people:
        if item.person is not None and item.status == "confirmed":
            yield "person", item.person
    for stat in session.statistics:
        if stat.indicator is not None:
            yield "indicator", stat.indicator
    for topic in catalog.topics_of(session):
        yield "topic", topic.slug


def _weight(index: _Index, thing: Thing) -> int:
    # The length in bits is a logarithm without fractions; of the square, one of finer steps.
    return _WEIGHTS[thing[0]] // (len(index.found[thing]) ** 2).bit_length()


def _near(places: Sequence[int], here: int) -> list[int]:
    """Return the places nearest to one in their order, without that one."""
    at = bisect_left(places, here)
    return [place for place in places[max(at - _NEAREST, 0) : at + _NEAREST + 1] if place != here]
