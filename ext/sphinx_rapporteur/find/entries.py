"""What can be found: each session, person, organisation and figure, with what narrows it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sphinx_rapporteur.records.catalog import NAME_WITHHELD, Catalog
from sphinx_rapporteur.records.display import plain_text
from sphinx_rapporteur.records.failure import NOWHERE, attempt
from sphinx_rapporteur.records.finding import Report
from sphinx_rapporteur.records.grouped import grouped
from sphinx_rapporteur.records.index import (
    StatedFigure,
    attribution_of,
    event_id,
    organizations_of,
    spoke_for,
)
from sphinx_rapporteur.records.model import Appearance, Event, Organization, Person, Session
from sphinx_rapporteur.records.topics import slug_of
from sphinx_rapporteur.render.attributes import attributes_of, hover_card

Filters = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: str
    """That of references: session, person, org or stat."""
    id: str
    title: str
    lines: tuple[str, ...]
    """Who, what and when, as on a hover card."""
    text: str
    """The words by which it is found."""
    filters: Filters
    """What narrows a search down to it: values by ``event``, ``day``, ``person`` and so on."""


def entries(catalog: Catalog, *, report: Report) -> Iterator[Entry]:
    """Yield an entry for everything in the catalog that has a page or a row of its own, the latest first.

    What our own code fails over is reported and left out.
    """
    makers: tuple[tuple[Iterable[Any], Callable[[Catalog, Any], Entry]], ...] = (
        (catalog.organizations.values(), _organization),
        (catalog.people.values(), _person),
        (reversed(catalog.sessions_in_order), _session),
        (reversed(catalog.figures_in_order), _figure),
    )
    for found, make in makers:
        for one in found:
            record = one.owner if isinstance(one, StatedFigure) else one
            entry = attempt(
                partial(make, catalog, one),
                report=report,
                place=catalog.place_if_known(record) or NOWHERE,
                otherwise=None,
            )
            if entry is not None:
                yield entry


def _entry(
    catalog: Catalog, kind: str, full_id: str, *, words: Iterable[str | None], filters: Filters
) -> Entry:
    card = hover_card(kind, attributes_of(catalog, kind, full_id))
    title = card.title if card else catalog.display(kind, full_id)
    lines = card.lines if card else ()
    text = ". ".join(dict.fromkeys(word for word in (title, *lines, *words) if word))
    given = {name: values for name, values in filters.items() if values}
    return Entry(kind, full_id, title, lines, text, given)


def _session(catalog: Catalog, session: Session) -> Entry:
    report = session.report
    sections = report.values() if isinstance(report, Mapping) else (report or "",)
    statements = (*(quote.text for quote in session.quotes), *(outcome.text for outcome in session.outcomes))
    texts = map(plain_text, (session.summary or "", *sections, *statements))
    people = [name for name in map(catalog.name_of, session.people) if name != NAME_WITHHELD]
    titles = (session.number, session.subtitle, *session.alt_titles)
    filters = {
        **_of_session(catalog, session),
        "person": list(dict.fromkeys(people)),
        "organization": _names(catalog, organizations_of(session)),
        "figures": ["yes"] if session.statistics else [],
    }
    words = (*titles, *people, *_bodies(catalog, session.people), *session.tags, *texts)
    return _entry(catalog, "session", session.full_id, words=words, filters=filters)


def _bodies(catalog: Catalog, appearances: Iterable[Appearance]) -> list[str]:
    """Return the organisations that people appeared for, with a record or not."""
    items = (item for appearance in appearances for item in appearance.affiliations)
    names = (catalog.organizations[x.organization].name if x.organization else x.name for x in items)
    return list(dict.fromkeys(name for name in names if name))


def _names(catalog: Catalog, ids: Iterable[str]) -> list[str]:
    return [catalog.organizations[one].name for one in sorted(ids)]


def _of_session(catalog: Catalog, session: Session) -> dict[str, list[str]]:
    event = catalog.event_of(session)
    day = catalog.day_of(session)
    goals = dict.fromkeys(name for sdg in session.sdgs for name in (sdg.partition(".")[0], sdg))
    return {
        "event": [catalog.display("event", event.id)],
        "day": [day.isoformat()] if day else [],
        "track": [track.name for track in event.tracks if track.id == session.track],
        # As the index has it, whose spellings of one type are one.
        "type": [grouped(catalog, "types").group(slug_of(session.type)).label] if session.type else [],
        "topic": [topic.label for topic in catalog.topics_of(session)],
        "sdg": [catalog.display("sdg", name) for name in goals],
    }


def _person(catalog: Catalog, person: Person) -> Entry:
    appearances = catalog.appearances_of(person.id)
    bodies = _bodies(catalog, (entry.appearance for entry in appearances))
    filters = {
        "event": _events(catalog, (entry.session_or_event for entry in appearances)),
        "organization": bodies,
        "figures": ["yes"] if catalog.figures_by_person(person.id) else [],
    }
    return _entry(catalog, "person", person.id, words=(*person.also_known_as, *bodies), filters=filters)


def _organization(catalog: Catalog, organization: Organization) -> Entry:
    filters = {
        "event": _events(catalog, catalog.sessions_of_organization(organization.id)),
        "figures": ["yes"] if catalog.figures_by_organization(organization.id) else [],
    }
    words = (*organization.also_known_as, organization.short_name)
    return _entry(catalog, "org", organization.id, words=words, filters=filters)


def _events(catalog: Catalog, owners: Iterable[Session | Event]) -> list[str]:
    return [catalog.display("event", event) for event in dict.fromkeys(map(event_id, owners))]


def _figure(catalog: Catalog, figure: StatedFigure) -> Entry:
    owner, said_by = figure.owner, attribution_of(figure)
    own = _of_session(catalog, owner) if isinstance(owner, Session) else {"event": _events(catalog, (owner,))}
    filters = {
        **own,
        "person": [catalog.name_of(said_by)] if said_by and (said_by.person or said_by.name) else [],
        "organization": _names(catalog, spoke_for(figure)),
        "figures": ["yes"],
    }
    return _entry(catalog, "stat", figure.full_id, words=(), filters=filters)
