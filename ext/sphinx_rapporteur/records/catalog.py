"""The catalog: all records joined, immutable, with what pages and components ask of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from sphinx_rapporteur.records.checks import check, check_bylines
from sphinx_rapporteur.records.display import figure_text, plain_text, shorten
from sphinx_rapporteur.records.failure import Key, spare
from sphinx_rapporteur.records.finding import Finding, Place, Report
from sphinx_rapporteur.records.hosts import ANY_HOST, Hosts, limit_hosts
from sphinx_rapporteur.records.index import (
    OrgAppearance,
    PersonAppearance,
    StatedFigure,
    StatedOutcome,
    StatedQuote,
    Topic,
)
from sphinx_rapporteur.records.link import link
from sphinx_rapporteur.records.losses import Losses
from sphinx_rapporteur.records.model import (
    Appearance,
    Attribution,
    Byline,
    Event,
    Indicator,
    Organization,
    Person,
    Record,
    Session,
)
from sphinx_rapporteur.records.names import NAME_WITHHELD
from sphinx_rapporteur.records.naming import Aliases
from sphinx_rapporteur.records.origin import Loaded
from sphinx_rapporteur.records.resolve import KIND_OF, Resolver
from sphinx_rapporteur.records.shelf import Shelf
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.records.topics import former_tags, topics_of
from sphinx_rapporteur.records.withhold import withhold

__all__ = [
    "NAME_WITHHELD",
    "Catalog",
    "OrgAppearance",
    "PersonAppearance",
    "StatedFigure",
    "StatedOutcome",
    "StatedQuote",
    "Topic",
    "build_catalog",
]

Display: TypeAlias = Callable[[str], str]
RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, eq=False, repr=False)
class Catalog(Statements):
    """All records, joined. Make one with :func:`build_catalog`.

    The kinds that ``resolve`` and its neighbours take are those of references: event, session, person, org,
    stat, quote, outcome, topic, sdg, indicator.
    """

    @cached_property
    def indexes(self) -> dict[str, Any]:
        """The indexes that were asked for, by name (see `grouped`)."""
        return {}

    @cached_property
    def _resolver(self) -> Resolver:
        known: dict[str, Collection[str]] = {
            "event": self.events,
            "session": self.sessions,
            "person": self.people,
            "org": self.organizations,
            "indicator": self.indicators,
            "stat": self.figures,
            "quote": self.quotes,
            "outcome": self.outcomes,
            "topic": self.topics,
            "sdg": self.sdgs,
        }
        return Resolver(known, self.aliases, {slug: topic.label for slug, topic in self.topics.items()})

    def resolve(self, kind: str, name: str) -> str | None:
        """Return the present full id for a full id, a former one or a topic's label, if there is one."""
        return self._resolver.resolve(kind, name)

    def is_withheld(self, kind: str, name: str) -> bool:
        """Whether a full id, present or former, is that of something that may not be shown."""
        if name in self.withheld[kind]:
            return True
        owner, _, own = name.rpartition("/")
        if not owner or not own:
            return False
        return self.is_withheld("event" if "/" not in owner else "session", owner)

    def candidates(self, kind: str, short: str) -> list[str]:
        """Return the full ids that a short one such as ``ws27`` may stand for, in order."""
        return self._resolver.candidates(kind, short)

    def names(self, kind: str) -> Collection[str]:
        """Return the full ids of a kind."""
        return self._resolver.known[kind]

    def suggest(self, kind: str, name: str) -> str | None:
        """Return the full id that was probably meant by a wrong one, if one is near."""
        return self._resolver.suggest(kind, name)

    def display(self, kind: str, full_id: str) -> str:
        """Return what a reader sees in place of an id; raise ``KeyError`` if there is no such thing."""
        return self._displays[kind](full_id)

    @cached_property
    def _displays(self) -> Mapping[str, Display]:
        return {
            "event": lambda name: self.events[name].short_name or self.events[name].name,
            "session": lambda name: self.sessions[name].title,
            "person": lambda name: self.people[name].name,
            "org": lambda name: self.organizations[name].name,
            "indicator": lambda name: self.indicators[name].name,
            "stat": lambda name: figure_text(self.figures[name].item, self.locale),
            "quote": lambda name: shorten(self.quotes[name].item.text),
            "outcome": lambda name: shorten(plain_text(self.outcomes[name].item.text)),
            "topic": lambda name: self.topics[name].label,
            "sdg": lambda name: f"SDG {name}",
        }

    def name_of(self, who: Appearance | Attribution | Byline) -> str:
        """Return the name that is shown for an entry: of the person, the organisation or the document."""
        if who.person is not None:
            return self.people[who.person].name
        if who.name is not None:
            return who.name
        organization = getattr(who, "organization", None)
        if organization is not None:
            return self.organizations[organization].name
        return getattr(who, "document", None) or ""


def build_catalog(
    loaded: Sequence[Loaded],
    *,
    locale: str = "en",
    hosts: Hosts = ANY_HOST,
    found: Iterable[Finding] = (),
    report: Report,
) -> Catalog:
    """Return the catalog of all records that can be joined; report what is wrong in and between them.

    *found* are the findings of the reader: what names something that was left out because of one goes along.
    """
    maker = _Maker(loaded, locale, hosts, list(found))
    catalog = spare(
        maker.make,
        report=maker.noting(report),
        place_of=maker.place_of,
        otherwise=lambda: maker.make(frozenset(maker.places), report),
    )
    check(catalog, report=report)
    return catalog


@dataclass
class _Maker:
    """Makes the catalog of some records, or of those that our own code does not fail over."""

    loaded: Sequence[Loaded]
    locale: str
    hosts: Hosts
    found: list[Finding]
    made: dict[frozenset[Key], Catalog] = field(default_factory=dict)

    @cached_property
    def places(self) -> Mapping[Key, Place]:
        """The place of each record by its kind and full id."""
        return {(one.record.kind, one.record.full_id): one.origin.place(()) for one in self.loaded}

    def place_of(self, record: Record) -> Place | None:
        """Return the place of one of the records."""
        return self.places.get((record.kind, record.full_id))

    def noting(self, report: Report) -> Report:
        """Return *report*, such that what is left out over a failure is known to what refers to it."""

        def note(finding: Finding) -> None:
            if finding.error is not None:
                self.found.append(finding)
            report(finding)

        return note

    def make(self, without: frozenset[Key], report: Report) -> Catalog:
        """Return the catalog, without some of the records."""
        if without in self.made:
            return self.made[without]
        losses = Losses()
        losses.note(self.found)

        def note(finding: Finding) -> None:
            losses.note((finding,))
            report(finding)

        loaded = [one for one in self.loaded if (one.record.kind, one.record.full_id) not in without]
        shelf = link(loaded, losses=losses, report=note)
        limit_hosts(shelf, self.hosts, report=note)
        # Before a byline is withheld, since the check would take it for missing.
        check_bylines(shelf, losses, report=report)
        withhold(shelf, report=report)
        catalog = self._catalog(shelf, losses, without)
        _use(catalog)
        self.made[without] = catalog
        return catalog

    def _catalog(self, shelf: Shelf, losses: Losses, without: frozenset[Key]) -> Catalog:
        names = {plural: kind for kind, plural in KIND_OF.items()}
        withheld = {kind: frozenset[str]() for kind in KIND_OF}
        withheld |= {names[plural]: frozenset(ids) for plural, ids in shelf.withheld.items()}
        events, sessions = _ordered(shelf.of(Event)), _ordered(shelf.of(Session))
        return Catalog(
            events=events,
            sessions=sessions,
            people=_ordered(shelf.of(Person)),
            organizations=_ordered(shelf.of(Organization)),
            indicators=_ordered(shelf.of(Indicator)),
            locale=self.locale,
            hosts=self.hosts,
            withheld=MappingProxyType(withheld),
            aliases=_with_tags(shelf.aliases, events, sessions),
            origins=MappingProxyType(dict(shelf.origins)),
            losses=losses,
            remake=lambda keys: self.make(without | keys, lambda _finding: None),
        )


def _use(catalog: Catalog) -> None:
    """Ask what every build asks of each record, so that what fails over one costs that one here."""
    _ = catalog.digest
    for session in catalog.sessions.values():
        catalog.event_of(session)
        catalog.time(session)
        catalog.neighbours(session)


def _with_tags(aliases: Aliases, events: Mapping[str, Event], sessions: Mapping[str, Session]) -> Aliases:
    """Return the former ids of all records, with what tags were called before."""
    if not any(event.tags for event in events.values()):
        return aliases
    tags = former_tags(events.values(), topics_of(sessions.values()))
    return Aliases({**aliases.current, KIND_OF["topic"]: tags})


def _ordered(records: Mapping[str, RecordT]) -> Mapping[str, RecordT]:
    return MappingProxyType(dict(sorted(records.items())))
