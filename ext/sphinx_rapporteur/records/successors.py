"""What a vanished object became: the record that has, or may have, its place today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from rapidfuzz import fuzz

from sphinx_rapporteur.records.alike import Spellings, people_pairs
from sphinx_rapporteur.records.alike_bodies import organization_pairs
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.finding import Path, Place
from sphinx_rapporteur.records.index import StatedFigure, StatedOutcome, StatedQuote
from sphinx_rapporteur.records.likeness import Likeness, New, PublishedObject
from sphinx_rapporteur.records.model import Event, Organization, Person, Record, Session
from sphinx_rapporteur.records.names import fold
from sphinx_rapporteur.records.resolve import KIND_OF

WITH_PAGE = ("event", "session", "person", "org", "indicator")
_MERGED = 85.0
"""How alike the names have to be if the record was published too, so that two may have become one."""
_WORD = 3
"""From how many letters on a word of a name that two people have in common says something."""
_AT = "@"


@dataclass(frozen=True, slots=True)
class Successor:
    """What something became."""

    record: Record
    path: Path
    full_id: str
    is_probable: bool = True
    """Whether its name or its place says so, not only that nothing else is left."""


def objects_of(catalog: Catalog, kind: str) -> dict[str, Successor]:
    """Return the record, and the path inside it, of each object of a kind."""
    if kind in WITH_PAGE:
        return {full_id: Successor(record, (), full_id) for full_id, record in catalog.shelf(kind).items()}
    statements: dict[str, Mapping[str, StatedFigure | StatedQuote | StatedOutcome]] = {
        "stat": catalog.figures,
        "quote": catalog.quotes,
        "outcome": catalog.outcomes,
    }
    plural = KIND_OF.get(kind, "")
    return {
        full_id: Successor(item.owner, (plural, item.index), full_id)
        for full_id, item in statements.get(kind, {}).items()
    }


@dataclass(frozen=True)
class Successors:
    """Finds what vanished objects became."""

    catalog: Catalog
    published: Mapping[tuple[str, str], PublishedObject]
    gone: Collection[tuple[str, str]]
    attributes: Callable[[str, str], Mapping[str, str]]
    """What is published of an object, from its kind and full id."""

    def find(self, item: PublishedObject) -> tuple[Successor, ...]:
        """Return what an object became: something new that is like it, or what it was joined with.

        Several are equally likely.
        """
        shelf, new = self._shelf(item.kind), self._new(item.kind)
        alike = self._alike(item)
        if alike:
            return tuple(shelf[name] for name in alike)
        ways = (self._by_appearances, self._joined, self._by_word, self._last)
        found = next((found for way in ways if (found := way(item, shelf, new)) is not None), None)
        return () if found is None else (found,)

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}

    def _shelf(self, kind: str) -> Mapping[str, Successor]:
        if kind not in self._kept:
            self._kept[kind] = objects_of(self.catalog, kind)
        shelf: Mapping[str, Successor] = self._kept[kind]
        return shelf

    def _new(self, kind: str) -> Mapping[str, Successor]:
        return {name: one for name, one in self._shelf(kind).items() if (kind, name) not in self.published}

    def _alike(self, item: PublishedObject) -> tuple[str, ...]:
        """The new things that are as much like what is gone."""
        key = f"like {item.kind}"
        if key not in self._kept:
            gone = [self.published[one] for one in self.gone if one[0] == item.kind]
            new = [self._as_new(item.kind, name, one) for name, one in self._new(item.kind).items()]
            self._kept[key] = new, self._likeness.best(gone, new)
        new, best = self._kept[key]
        # What has a name that leads to something else is not gone.
        alike: tuple[str, ...] = (best if item.name in best else self._likeness.best([item], new))[item.name]
        return alike

    def _as_new(self, kind: str, name: str, one: Successor) -> New:
        names = () if one.path else tuple(names_of(one.record))
        return New(name, self.catalog.display(kind, name), self.attributes(kind, name), names)

    @cached_property
    def _likeness(self) -> Likeness:
        statements: dict[str, dict[tuple[str, str], str]] = {}
        for kind in ("stat", "quote", "outcome"):
            for full_id in self.catalog.names(kind):
                owner, _, own = full_id.rpartition("/")
                statements.setdefault(owner, {})[kind, own] = self.catalog.display(kind, full_id)

        @cache
        def today(kind: str, name: str) -> Mapping[str, str]:
            now = self.catalog.resolve(kind, name)
            return {} if now is None else self.attributes(kind, now)

        return Likeness(self.published, today, statements)

    def _by_appearances(
        self, item: PublishedObject, shelf: Mapping[str, Successor], _new: Mapping[str, Successor]
    ) -> Successor | None:
        """Whoever is listed with the same affiliation at the sessions at which the vanished person was."""
        if item.kind != "person":
            return None
        counts = {name: sum(1 for _one in self._in_place_of(item, name)) for name in shelf}
        best = max(counts, key=lambda name: counts[name], default=None)
        return shelf[best] if best is not None and counts[best] else None

    def _in_place_of(self, item: PublishedObject, person: str) -> Iterator[str]:
        before = self.published.get((item.kind, person))
        for entry in self.catalog.appearances_of(person):
            session = entry.session_or_event.full_id
            if item.display in entry.appearance.as_printed:
                yield session
            for name, text in item.attributes.items():
                is_new_there = before is None or name not in before.attributes
                if (
                    name.startswith(_AT)
                    and is_new_there
                    and self.catalog.resolve("session", name.removeprefix(_AT)) == session
                    and _post(self.catalog, entry.appearance.affiliations)
                    == text.removeprefix(f"{item.display} (").removesuffix(")")
                ):
                    yield session

    def _joined(
        self, item: PublishedObject, shelf: Mapping[str, Successor], _new: Mapping[str, Successor]
    ) -> Successor | None:
        """The record that has the vanished one's name among its own: two became one."""
        records = {full_id: names_of(one.record) for full_id, one in shelf.items() if not one.path}
        for full_id, names in records.items():
            if any(fold(name) == fold(item.display) for name in names):
                return shelf[full_id]
        if item.kind in {"person", "org"}:
            # Another spelling; one that was published beside it was somebody else then.
            for full_id, names in records.items():
                if (item.kind, full_id) in self.published and is_spelling(item.kind, item.display, names):
                    return shelf[full_id]
        likeness = {
            full_id: max(fuzz.ratio(item.display, name) for name in names)
            for full_id, names in records.items()
        }
        best = max(likeness, key=lambda full_id: likeness[full_id], default=None)
        return shelf[best] if best is not None and likeness[best] >= _MERGED else None

    def _by_word(
        self, item: PublishedObject, _shelf: Mapping[str, Successor], new: Mapping[str, Successor]
    ) -> Successor | None:
        """The one new person who has a name in common, such as after a marriage."""
        if item.kind != "person":
            return None
        words = _long_words(item.display)
        sharing = [
            one for one in new.values() if words & set().union(*map(_long_words, names_of(one.record)))
        ]
        return sharing[0] if len(sharing) == 1 else None

    def _last(
        self, item: PublishedObject, _shelf: Mapping[str, Successor], new: Mapping[str, Successor]
    ) -> Successor | None:
        """The only new one, if nothing else of the kind is gone."""
        gone = [kind for kind, _name in self.gone if kind == item.kind]
        if len(gone) != 1 or len(new) != 1:
            return None
        (one,) = new.values()
        return Successor(one.record, one.path, one.full_id, is_probable=False)


def _post(catalog: Catalog, affiliations: Collection[object]) -> str:
    lines = []
    for item in affiliations:
        organization, name = getattr(item, "organization", None), getattr(item, "name", None)
        shown = catalog.display("org", organization) if organization else name
        lines.append(", ".join(x for x in (getattr(item, "title", None), shown) if x))
    return "; ".join(lines)


def _long_words(name: str) -> set[str]:
    return {word for word in fold(name).split() if len(word) >= _WORD}


def is_spelling(kind: str, name: str, names: list[str]) -> bool:
    """Whether a person's or an organisation's name is another spelling of one of *names*."""
    if kind == "person":
        if any(_shortened(one, name) for one in names):
            return True
        return bool(people_pairs([Spellings.of_person((name,)), Spellings.of_person(names)]))
    of = Spellings.of_organization
    return bool(organization_pairs([of((name,)), of(names)]))


def _shortened(name: str, other: str) -> bool:
    """Whether two names differ by shortened words alone: Cy Witness, Cyril Witness."""
    words, others = fold(name).split(), fold(other).split()
    pairs = list(zip(words, others, strict=False))
    return len(words) == len(others) and all(a.startswith(b) or b.startswith(a) for a, b in pairs)


def names_of(record: Record) -> list[str]:
    """Return the names that a record says its thing has, the usual one first."""
    match record:
        case Person() | Organization():
            short = getattr(record, "short_name", None)
            return [record.name, *record.also_known_as, *([short] if short else [])]
        case Event():
            return [record.name, *([record.short_name] if record.short_name else [])]
        case Session():
            return [record.title, *record.alt_titles]
    return [getattr(record, "name", record.full_id)]


def written_name(catalog: Catalog, kind: str, name: str) -> Place | None:
    """Return where the name of a person or an organisation without a record stands in some record."""
    for owner in catalog.owners:
        for index, appearance in enumerate(owner.people):
            if kind == "person" and appearance.name is not None and fold(appearance.name) == fold(name):
                return catalog.place(owner, ("people", index, "name"))
            for number, affiliation in enumerate(appearance.affiliations):
                if kind == "org" and affiliation.name is not None and fold(affiliation.name) == fold(name):
                    return catalog.place(owner, ("people", index, "affiliations", number, "name"))
    return None
