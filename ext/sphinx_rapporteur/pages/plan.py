"""Which pages exist: a page for each record and each index, with its docname, layout and title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.grouped import grouped, split_pages

INDEX = "index"
DAY = "day"
"""The kind of part that a day of an event is, called ``igf-2016/2016-12-06``."""
PART = "part"
"""The kind of part that a page of a long index is, called ``people/s/2``."""
GROUPING = "grouping"
"""The kind of part that an index by another property is, called ``countries``."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that is made from records."""

    docname: str
    layout: str
    """The name of its layout: ``session`` for ``session.md``."""
    kind: str
    """The kind of object that the page is about; empty for an index."""
    id: str
    """The full id of that object; empty for an index."""
    section: str
    """The docname of the index page that this page belongs under."""
    part: tuple[str, str] = ("", "")
    """For a page that shows a part of something: of what kind, and which."""


@dataclass(frozen=True)
class Plan:
    """All pages of a build and where each object lives."""

    pages: Mapping[str, PlannedPage]

    @cached_property
    def homes(self) -> Mapping[tuple[str, str], str]:
        """The docname of each object that has a page of its own."""
        return MappingProxyType(
            {(page.kind, page.id): name for name, page in self.pages.items() if page.kind}
        )

    @cached_property
    def parts(self) -> Mapping[tuple[str, str], str]:
        """The docname of each page that shows a part of something, such as a day of an event."""
        return MappingProxyType({page.part: name for name, page in self.pages.items() if page.part[0]})

    @cached_property
    def _indexes(self) -> Mapping[str, str]:
        return MappingProxyType({page.layout: name for name, page in self.pages.items() if not page.kind})

    def index(self, kind: str) -> str | None:
        """Return the docname of the page that lists all objects of a kind, or nothing if there is none."""
        return self._indexes.get(_INDEX_LAYOUTS.get(kind, ""))

    def home(self, kind: str, full_id: str) -> str | None:
        """Return the docname of the page of an object, or of a part such as a day, if it has one."""
        return self.homes.get((kind, full_id)) or self.parts.get((kind, full_id))


_INDEX_LAYOUTS: Mapping[str, str] = {
    "event": "events-index",
    "session": "sessions-index",
    "person": "people-index",
    "org": "organizations-index",
    "indicator": "indicators-index",
    "stat": "statistics-index",
    "topic": "topics-index",
    "sdg": "sdgs-index",
}
EMPTY_PLAN = Plan(MappingProxyType({}))


def _pages(catalog: Catalog, settings: Settings) -> Iterator[PlannedPage]:
    for kind, prefix in settings.prefixes.items():
        records = catalog.shelf(kind)
        if not records:
            continue
        section = f"{prefix}/{INDEX}"
        yield PlannedPage(section, prefix_layout(kind), "", "", section)
        for full_id in records:
            yield PlannedPage(f"{prefix}/{full_id}", kind, kind, full_id, section)
    yield from _days(catalog, settings)
    for layout, prefix, present in (
        ("statistics-index", settings.url_statistics, catalog.figures),
        ("topics-index", settings.url_topics, catalog.topics),
        ("sdgs-index", settings.url_sdgs, catalog.sdgs),
    ):
        if present:
            docname = f"{prefix}/{INDEX}"
            name = layout.removesuffix("-index")
            yield PlannedPage(docname, layout, "", "", docname, part=(GROUPING, name))
    yield from _groupings(catalog, settings)
    yield from _parts(catalog, settings)


def _days(catalog: Catalog, settings: Settings) -> Iterator[PlannedPage]:
    """Yield a page for each day of an event on which there were sessions."""
    prefix = settings.url_events
    for event in catalog.events:
        for day, _sessions in catalog.days_of(event):
            if day is not None:
                name = f"{event}/{day.isoformat()}"
                yield PlannedPage(f"{prefix}/{name}", "day", "", "", f"{prefix}/{INDEX}", part=(DAY, name))


def _places(settings: Settings) -> dict[str, tuple[str, str]]:
    """Return the docname of each index and the path under which the pages of its groups are."""
    sessions, people = settings.url_sessions, settings.url_people
    return {
        "people": (f"{people}/{INDEX}", f"{people}/letter"),
        "countries": (f"{people}/by-country", f"{people}/by-country"),
        "stakeholder-groups": (f"{people}/by-stakeholder-group", f"{people}/by-stakeholder-group"),
        "organizations": (f"{settings.url_organizations}/{INDEX}", f"{settings.url_organizations}/letter"),
        "types": (f"{sessions}/by-type", f"{sessions}/by-type"),
        "tracks": (f"{sessions}/by-track", f"{sessions}/by-track"),
        "topics": (f"{settings.url_topics}/{INDEX}", f"{settings.url_topics}/tag"),
        "sdgs": (f"{settings.url_sdgs}/{INDEX}", f"{settings.url_sdgs}/goal"),
        "figures": (f"{settings.url_statistics}/{INDEX}", f"{settings.url_statistics}/of"),
    }


def _groupings(catalog: Catalog, settings: Settings) -> Iterator[PlannedPage]:
    """Yield the indexes besides the one that each kind of record has, where anything is known."""
    for index in ("countries", "stakeholder-groups", "types", "tracks"):
        if grouped(catalog, index).is_known:
            docname, _path = _places(settings)[index]
            section = f"{docname.rpartition('/')[0]}/{INDEX}"
            yield PlannedPage(docname, f"{index}-index", "", "", section, part=(GROUPING, index))


def _parts(catalog: Catalog, settings: Settings) -> Iterator[PlannedPage]:
    """Yield the pages of the indexes that are too long for one."""
    places = _places(settings)
    for index, key, number in split_pages(catalog):
        docname, path = places[index]
        name = f"{path}/{key}" if number == 1 else f"{path}/{key}/{number}"
        yield PlannedPage(name, "part", "", "", docname, part=(PART, f"{index}/{key}/{number}"))


def prefix_layout(kind: str) -> str:
    """Return the name of the layout of the index of a kind of record."""
    return _INDEX_LAYOUTS[kind]


def make_plan(catalog: Catalog, settings: Settings) -> Plan:
    """Return the pages that *catalog* calls for; of two with one docname the first is kept."""
    pages: dict[str, PlannedPage] = {}
    for page in _pages(catalog, settings):
        pages.setdefault(page.docname, page)
    return Plan(MappingProxyType(pages))
