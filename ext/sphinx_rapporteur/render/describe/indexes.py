"""Lists of organisations, events and indicators."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.model import Organization, Session
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import muted, para
from sphinx_rapporteur.render.describe.filters import NO_FILTER, Filter, marks
from sphinx_rapporteur.render.describe.grouping import by_letter
from sphinx_rapporteur.render.labels import _


def organizations(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the organisations with a record in alphabetical order, or those of one event."""
    catalog = context.catalog
    found = list(catalog.organizations.values())
    if "event" in options:
        found = [item for item in found if any(s.event == options["event"] for s in _sessions(context, item))]
    if not found:
        return common.nothing(_("No organisation is listed."))
    found.sort(key=lambda item: sort_key(item.name, context.locale))
    if options.get("group") != "letter":
        return (organization_list(context, found),)
    return by_letter(
        found, lambda item: item.name, context.locale, lambda items: organization_list(context, items)
    )


def _sessions(context: Context, organization: Organization) -> tuple[Session, ...]:
    return context.catalog.sessions_of_organization(organization.id)


def organization_list(
    context: Context, found: Sequence[Organization], filtering: Filter[Organization] = NO_FILTER
) -> p.Block:
    """Return organisations as a list, each with the number of its sessions."""
    items = []
    for item in found:
        short = (
            (muted(f" ({item.short_name})"),) if item.short_name and item.short_name not in item.name else ()
        )
        count = _count_sessions(len(_sessions(context, item)))
        items.append((para(common.org_link(context, item.id), *short, muted(f" · {count}")),))
    return p.Items(tuple(items), "organizations", marks=marks(filtering, found))


def _count_sessions(n: int) -> str:
    return _("1 session") if n == 1 else _("{n} sessions").format(n=n)


def session_items(
    context: Context, found: Sequence[Session], filtering: Filter[Session] = NO_FILTER
) -> p.Items:
    """Return sessions as a list, each with its day."""
    items = []
    for session in found:
        day = common.session_day(context, session)
        items.append(
            (para(common.session_link(session), *((p.Span("muted", (" · ", *day)),) if day else ())),)
        )
    return p.Items(tuple(items), "sessions", marks=marks(filtering, found))


def events(context: Context, _options: Options) -> tuple[p.Block, ...]:
    """Return the events, the latest first."""
    found = sorted(context.catalog.events.values(), key=lambda event: (event.start, event.id), reverse=True)
    cards = []
    for event in found:
        country = common.country_name(event.country, context.locale) if event.country else ""
        place = ", ".join(x for x in (event.city, country) if x)
        start = dates.day(event.start, context.locale, width="long")
        end = dates.day(event.end, context.locale, width="long")
        count = _count_sessions(len(context.catalog.sessions_of(event.id)))
        body = (para(start, f" {dates.EN_DASH} ", end), para(place), para(muted(count), role="aside"))
        link = p.Link((event.name,), p.Ref("event", event.id))
        cards.append(p.Card((link,), body, role="event"))
    return (
        (p.Cards(tuple(cards), level=2, role="events"),)
        if cards
        else common.nothing(_("No event is listed."))
    )


def indicators(context: Context, _options: Options) -> tuple[p.Block, ...]:
    """Return the indicators with how many figures give a value for each."""
    found = sorted(context.catalog.indicators.values(), key=lambda item: sort_key(item.name, context.locale))
    items = []
    for item in found:
        n = len(context.catalog.figures_of_indicator(item.id))
        count = _("1 figure") if n == 1 else _("{n} figures").format(n=n)
        items.append((para(p.Link((item.name,), p.Ref("indicator", item.id)), muted(f" · {count}")),))
    return (p.Items(tuple(items), "indicators"),)
