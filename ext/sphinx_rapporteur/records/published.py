"""Addresses are promises: what was published last, held against the records of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from sphinx_rapporteur.records.alike import Spellings, people_pairs
from sphinx_rapporteur.records.alike_bodies import organization_pairs
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.finding import Finding, Place
from sphinx_rapporteur.records.index import StatedFigure, StatedOutcome, StatedQuote
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.records.model import Event, Organization, Person, Record, Session
from sphinx_rapporteur.records.names import fold
from sphinx_rapporteur.records.resolve import KIND_OF
from sphinx_rapporteur.warnings import Subtype

WITH_PAGE = ("event", "session", "person", "org", "indicator")
STATEMENTS = ("stat", "quote", "outcome")
ON_INDEX = ("topic", "sdg")
_SET_BACK = "set the `rapporteur_url_…` setting back to the path that was published"
_PROBABLE = 60.0
"""How alike (0 to 100) a record's name has to be for it to be what a vanished one became."""
_MERGED = 85.0
"""How alike the names have to be if the record was published too, so that two may have become one."""
_OTHER = 45.0
"""Names less alike than this are those of two things."""


@dataclass(frozen=True, slots=True)
class PublishedObject:
    """An object of the domain as an inventory lists it."""

    kind: str
    name: str
    uri: str
    """Relative to the site."""
    display: str


def check_published(
    catalog: Catalog, published: Iterable[PublishedObject], *, prefixes: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield a finding for each published name or address that is gone and each that means something else.

    *prefixes* are the paths under which the pages of each kind of record are (``rapporteur_url_…``).
    """
    objects = [item for item in published if item.kind in KIND_NAMES]
    names = {(item.kind, item.name) for item in objects}
    gone = {(item.kind, item.name) for item in objects if not _is_known(catalog, item.kind, item.name)}
    yield from _moved_indexes(objects, prefixes)
    for item in objects:
        if (item.kind, item.name) in gone:
            if not _owner_is_gone(item, gone):
                yield _vanished(catalog, item, names)
            continue
        if item.kind in WITH_PAGE:
            yield from _moved(catalog, item, prefixes)
            yield from _changed_meaning(catalog, item)


def _is_known(catalog: Catalog, kind: str, name: str) -> bool:
    """Whether a name still resolves, or was taken off on purpose."""
    return catalog.resolve(kind, name) is not None or catalog.is_withheld(kind, name)


def _owner_is_gone(item: PublishedObject, gone: set[tuple[str, str]]) -> bool:
    """Whether what an object stands in is gone too, so that one finding is enough."""
    owner = item.name.rpartition("/")[0]
    event = item.name.partition("/")[0]
    return bool(owner) and not gone.isdisjoint({("session", owner), ("event", owner), ("event", event)})


def _vanished(catalog: Catalog, item: PublishedObject, published: set[tuple[str, str]]) -> Finding:
    what = KIND_NAMES[item.kind]
    message = f"the {what} {item.name!r} was published and is gone, and no alias leads to what it became"
    successor = _successor(catalog, item, published)
    expected = "every published name to resolve"
    if successor is None:
        if item.kind not in {*WITH_PAGE, *STATEMENTS}:
            hint = "give a session this tag, or goal, again, or accept that links to it break"
            place = Place(KIND_OF["session"], 1)
            return Finding(
                Subtype.PUBLISHED, place, message, found=item.display, expected=expected, suggestion=hint
            )
        place = Place(KIND_OF[item.kind], 1)
        hint = f"restore it, or add {item.name!r} to the `aliases` of the record that took its place"
        return Finding(
            Subtype.PUBLISHED, place, message, found=item.display, expected=expected, suggestion=hint
        )
    record, path, full_id = successor
    former = item.name.rpartition("/")[2]
    if item.kind in {"session", *STATEMENTS} and item.name.rpartition("/")[0] != full_id.rpartition("/")[0]:
        former = item.name
    hint = f"it probably became {full_id!r}: add `aliases: [{former}]` to it"
    place = catalog.place(record, path)
    return Finding(Subtype.PUBLISHED, place, message, found=item.display, expected=expected, suggestion=hint)


Found = tuple[Record, tuple[str | int, ...]]
"""A record and the path inside it."""
Successor = tuple[Record, tuple[str | int, ...], str]
"""The record, the path inside it, and the full id of what something became."""


def _successor(catalog: Catalog, item: PublishedObject, published: set[tuple[str, str]]) -> Successor | None:
    """The object of the kind that was not published before and whose name is nearest."""
    shelf = _objects(catalog, item.kind)
    new = {full_id: found for full_id, found in shelf.items() if (item.kind, full_id) not in published}
    labels = {full_id: catalog.display(item.kind, full_id) for full_id in new}
    best = process.extractOne(item.display, labels, scorer=fuzz.token_sort_ratio, score_cutoff=_PROBABLE)
    if best is None:
        by_id = {full_id: full_id for full_id in new}
        best = process.extractOne(item.name, by_id, scorer=fuzz.ratio, score_cutoff=_PROBABLE + 15)
    if best is None:
        return _merged_into(item, shelf)
    record, path = new[best[2]]
    return record, path, best[2]


def _merged_into(item: PublishedObject, shelf: Mapping[str, Found]) -> Successor | None:
    """The record that has the vanished one's name among its own: two became one."""
    for full_id, (record, path) in shelf.items():
        if not path and any(fold(name) == fold(item.display) for name in _names(record)):
            return record, path, full_id
    names = {full_id: _names(record) for full_id, (record, path) in shelf.items() if not path}
    likeness = {
        full_id: max(fuzz.ratio(item.display, name) for name in known) for full_id, known in names.items()
    }
    best = max(likeness, key=lambda full_id: likeness[full_id], default=None)
    if best is None or likeness[best] < _MERGED:
        return None
    return *shelf[best], best


def _objects(catalog: Catalog, kind: str) -> dict[str, Found]:
    if kind in WITH_PAGE:
        return {full_id: (record, ()) for full_id, record in catalog.shelf(kind).items()}
    statements: dict[str, Mapping[str, StatedFigure | StatedQuote | StatedOutcome]] = {
        "stat": catalog.figures,
        "quote": catalog.quotes,
        "outcome": catalog.outcomes,
    }
    field = KIND_OF.get(kind, "")
    return {full_id: (item.owner, (field, item.index)) for full_id, item in statements.get(kind, {}).items()}


def _moved_indexes(objects: Iterable[PublishedObject], prefixes: Mapping[str, str]) -> Iterator[Finding]:
    """The index of topics, or of goals, on which all of them are, keeps its address."""
    addresses = {(item.kind, _page_of(item)) for item in objects if item.kind in ON_INDEX}
    for kind, address in sorted(addresses):
        if kind in prefixes and address != prefixes[kind]:
            yield Finding(
                Subtype.PUBLISHED,
                Place(KIND_OF["session"], 1),
                f"the page with every {KIND_NAMES[kind]} was published at another address",
                found=address,
                expected=prefixes[kind],
                suggestion=_SET_BACK,
            )


def _page_of(item: PublishedObject) -> str:
    """Return the address of an object's page, without what builders end it with."""
    address = item.uri.partition("#")[0]
    for ending in ("index.html", ".html", "/"):
        address = address.removesuffix(ending)
    return address.strip("/")


def _moved(catalog: Catalog, item: PublishedObject, prefixes: Mapping[str, str]) -> Iterator[Finding]:
    """A name that resolves keeps its address or gets a redirect there, unless the path was changed."""
    expected = f"{prefixes[item.kind]}/{item.name}"
    page, prefix = _page_of(item), f"{prefixes[item.kind]}/"
    if page == expected:
        return
    current = catalog.resolve(item.kind, item.name)
    if page.startswith(prefix) and catalog.resolve(item.kind, page.removeprefix(prefix)) == current:
        # A former name was published with the page of what it became.
        return
    record = _objects(catalog, item.kind)[current][0] if current else None
    if record is None:
        return
    yield Finding(
        Subtype.PUBLISHED,
        catalog.place(record),
        f"the page of the {KIND_NAMES[item.kind]} {item.name!r} was published at another address",
        found=item.uri,
        expected=f"{expected}.html or {expected}/",
        suggestion=_SET_BACK,
    )


def _changed_meaning(catalog: Catalog, item: PublishedObject) -> Iterator[Finding]:
    found = _objects(catalog, item.kind).get(item.name)
    if found is None:
        # A former name means what its record means.
        return
    record = found[0]
    names = _names(record)
    if not _same(record, item.display, names):
        yield Finding(
            Subtype.MEANING,
            catalog.place(record),
            f"the id {item.name!r} was published for something else; an id is never given to another",
            found=names[0],
            expected=item.display,
            suggestion="give the new record an id of its own, or list the published name under "
            "`also_known_as` or `alt_titles` if it is the same",
        )


def _same(record: Record, published: str, names: list[str]) -> bool:
    """Whether a record may be what was published under its id, going by its names.

    People and organisations are held to what counts as another spelling of one name; titles of
    sessions and names of events may be worded anew.
    """
    if any(fold(name) == fold(published) for name in names):
        return True
    match record:
        case Person():
            if any(_shortened(name, published) for name in names):
                return True
            return bool(people_pairs([Spellings.of_person((published,)), Spellings.of_person(names)]))
        case Organization():
            of = Spellings.of_organization
            return bool(organization_pairs([of((published,)), of(names)]))
    likeness = max(fuzz.token_set_ratio(published.casefold(), name.casefold()) for name in names)
    return likeness >= _OTHER


def _shortened(name: str, other: str) -> bool:
    """Whether two names differ by shortened words alone: Cy Witness, Cyril Witness."""
    words, others = fold(name).split(), fold(other).split()
    pairs = list(zip(words, others, strict=False))
    return len(words) == len(others) and all(a.startswith(b) or b.startswith(a) for a, b in pairs)


def _names(record: Record) -> list[str]:
    match record:
        case Person() | Organization():
            short = getattr(record, "short_name", None)
            return [record.name, *record.also_known_as, *([short] if short else [])]
        case Event():
            return [record.name, *([record.short_name] if record.short_name else [])]
        case Session():
            return [record.title, *record.alt_titles]
    return [getattr(record, "name", record.full_id)]
