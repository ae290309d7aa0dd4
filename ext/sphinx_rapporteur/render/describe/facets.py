"""The facets of sessions, people and figures: what the rows of their lists can be filtered by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.display import capital
from sphinx_rapporteur.records.index import StatedFigure, event_id, organizations_of
from sphinx_rapporteur.records.measures import comparable, year_of
from sphinx_rapporteur.records.model import Organization, Session
from sphinx_rapporteur.records.query import Listed, country_of, group_of
from sphinx_rapporteur.records.topics import sdg_order, slug_of
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.filters import NO_FILTER, Facet, Filter, Order, Value
from sphinx_rapporteur.render.labels import _

T = TypeVar("T")
FILTER = "filter"
"""The option of directives that asks for a filter."""


def sessions_filter(context: Context, options: Options, found: Sequence[Session]) -> Filter[Session]:
    """Return the filter of a list of sessions, if the options ask for one."""
    if FILTER not in options:
        return NO_FILTER
    catalog = context.catalog
    places = {session.full_id: place for place, session in enumerate(found)}
    facets = [
        *_event(context, lambda one: (one.event,)),
        _day(context, lambda one: one),
        Facet[Session]("type", _("Type"), lambda one: [_slug(one.type)] if one.type else []),
        Facet[Session]("track", _("Track"), lambda one: _track(context, one)),
        _topic(context, lambda one: one),
        Facet[Session](
            "sdg",
            _("Goal"),
            lambda one: [(sdg, catalog.display("sdg", sdg)) for sdg in one.sdgs],
            lambda value: sdg_order(value[0]),
        ),
        Facet[Session](
            "indicator",
            _("Figure of"),
            lambda one: [
                _named(context, "indicator", stat.indicator) for stat in one.statistics if stat.indicator
            ],
        ),
        Facet[Session](
            "organization",
            _("Organisation"),
            lambda one: [_named(context, "org", name) for name in organizations_of(one)],
        ),
    ]
    orders = [
        Order[Session]("newest", _("Latest first"), lambda one: -places[one.full_id]),
        Order[Session]("title", _("By title"), lambda one: sort_key(one.title, catalog.locale)),
    ]
    return Filter("sessions", found, facets, orders, locale=catalog.locale)


def people_filter(context: Context, options: Options, found: Sequence[Listed]) -> Filter[Listed]:
    """Return the filter of a list of people, if the options ask for one."""
    if FILTER not in options:
        return NO_FILTER
    catalog = context.catalog
    facets = [
        *_event(context, lambda one: [event_id(entry.session_or_event) for entry in one.appearances]),
        Facet[Listed]("role", _("Role"), _roles),
        Facet[Listed]("country", _("Country"), lambda one: _countries(context, one)),
        Facet[Listed]("stakeholder-group", _("Stakeholder group"), lambda one: _groups(context, one)),
        Facet[Listed](
            "organization",
            _("Organisation"),
            lambda one: [
                _named(context, "org", item.organization)
                for entry in one.appearances
                for item in entry.appearance.affiliations
                if item.organization
            ],
        ),
    ]
    orders = [Order[Listed]("sessions", _("Most sessions first"), lambda one: -len(one.attended))]
    return Filter("people", found, facets, orders, locale=catalog.locale)


def figures_filter(context: Context, options: Options, found: Sequence[StatedFigure]) -> Filter[StatedFigure]:
    """Return the filter of a list of figures, if the options ask for one."""
    if FILTER not in options:
        return NO_FILTER
    catalog = context.catalog
    facets = [
        *_event(context, lambda one: [event_id(one.owner)]),
        _day(context, _session_of),
        _topic(context, _session_of),
        Facet[StatedFigure](
            "indicator",
            _("Indicator"),
            lambda one: [_named(context, "indicator", one.item.indicator)] if one.item.indicator else [],
        ),
        Facet[StatedFigure](
            "unit", _("Unit"), lambda one: [(one.item.unit, one.item.unit)] if one.item.unit else []
        ),
        Facet[StatedFigure]("said-by", _("Said by"), lambda one: _said_by(context, one)),
    ]
    orders = [
        Order[StatedFigure]("newest", _("Newest first"), lambda one: -year_of(one)),
        Order[StatedFigure]("value", _("By unit, largest first"), lambda one: _largest(context, one)),
        Order[StatedFigure](
            "label", _("By what is counted"), lambda one: sort_key(one.item.label, catalog.locale)
        ),
    ]
    return Filter("figures", found, facets, orders, locale=catalog.locale)


def organizations_filter(
    context: Context, options: Options, found: Sequence[Organization]
) -> Filter[Organization]:
    """Return the filter of a list of organisations, if the options ask for one."""
    if FILTER not in options:
        return NO_FILTER
    facets = [
        Facet[Organization]("kind", _("Kind"), lambda one: [_slug(one.kind_of)] if one.kind_of else []),
        Facet[Organization](
            "country",
            _("Country"),
            lambda one: _country_names(context, {one.country}),
        ),
        Facet[Organization](
            "stakeholder-group",
            _("Stakeholder group"),
            lambda one: [_slug(one.stakeholder_group)] if one.stakeholder_group else [],
        ),
    ]
    orders = [
        Order[Organization](
            "sessions",
            _("Most sessions first"),
            lambda one: -len(context.catalog.sessions_of_organization(one.id)),
        )
    ]
    return Filter("organizations", found, facets, orders, locale=context.catalog.locale)


# --- what rows have


def _slug(text: str) -> Value:
    return slug_of(text), capital(text)


def _named(context: Context, kind: str, full_id: str) -> Value:
    return full_id, context.catalog.display(kind, full_id)


def _event(context: Context, events_of: Callable[[Any], Iterable[str]]) -> Iterator[Facet[Any]]:
    """Yield the facet of events, if there are several."""
    if len(context.catalog.events) > 1:
        yield Facet(
            "event", _("Event"), lambda one: [_named(context, "event", event) for event in events_of(one)]
        )


def _session_of(one: StatedFigure) -> Session | None:
    return one.owner if isinstance(one.owner, Session) else None


def _day(context: Context, session_of: Callable[[T], Session | None]) -> Facet[T]:
    def values(one: T) -> list[Value]:
        session = session_of(one)
        day = context.catalog.day_of(session) if session else None
        return [(day.isoformat(), dates.day(day, context.locale, width="medium").text)] if day else []

    return Facet("day", _("Day"), values, lambda value: value[0])


def _topic(context: Context, session_of: Callable[[T], Session | None]) -> Facet[T]:
    def values(one: T) -> list[Value]:
        session = session_of(one)
        topics = context.catalog.topics_of(session) if session else ()
        return [(topic.slug, topic.label) for topic in topics]

    return Facet("topic", _("Topic"), values)


def _track(context: Context, session: Session) -> list[Value]:
    tracks = context.catalog.event_of(session).tracks
    return [(track.id, track.name) for track in tracks if track.id == session.track]


def _roles(one: Listed) -> Iterator[Value]:
    """The roles in which somebody is known to have been there, or to have written a report."""
    for entry in one.appearances:
        if entry.is_confirmed or entry.is_byline:
            yield entry.appearance.role, common.role_name(entry.appearance.role)


def _countries(context: Context, one: Listed) -> list[Value]:
    codes = {country_of(context.catalog, entry) for entry in one.appearances}
    codes.add(one.person.country if one.person else None)
    return _country_names(context, codes)


def _country_names(context: Context, codes: Iterable[str | None]) -> list[Value]:
    return [(code, common.country_name(code, context.locale)) for code in codes if code]


def _groups(context: Context, one: Listed) -> list[Value]:
    names = {group_of(context.catalog, entry) for entry in one.appearances}
    names.add(one.person.stakeholder_group if one.person else None)
    return [_slug(name) for name in names if name]


def _said_by(context: Context, one: StatedFigure) -> list[Value]:
    who = one.item.said_by
    if who is None:
        return []
    name = context.catalog.name_of(who)
    return [(who.person or who.organization or name, name)]


def _largest(context: Context, one: StatedFigure) -> tuple[Any, ...]:
    unit, (_low, high) = comparable(one.item)
    return sort_key(unit, context.catalog.locale), -high
