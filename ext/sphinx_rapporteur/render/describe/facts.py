"""What is known of a record at a glance: dates, place, room, topics, other names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from babel import Locale

from sphinx_rapporteur.records.model import (
    Event,
    Indicator,
    Organization,
    Organizer,
    Person,
    Presence,
    Recording,
    Room,
    Session,
)
from sphinx_rapporteur.records.time import other_times
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.schedule import anchor_of
from sphinx_rapporteur.render.labels import _

Inlines = tuple[p.Inline, ...]
Known = Iterator[tuple[str, Inlines | tuple[p.Block, ...]]]


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the list of what is known of the record that is named; what is unknown has no line."""
    catalog = context.catalog
    known: list[Known] = []
    if "event" in options:
        known.append(_event(context, catalog.events[options["event"]]))
    if "session" in options:
        known.append(_session(context, catalog.sessions[options["session"]]))
    if "person" in options:
        known.append(_person(context, catalog.people[options["person"]]))
    if "organization" in options:
        known.append(_organization(context, catalog.organizations[options["organization"]]))
    if "indicator" in options:
        known.append(_indicator(catalog.indicators[options["indicator"]]))
    items = tuple(p.Fact(label, _blocks(value)) for part in known for label, value in part if value)
    facts = (p.Facts(items),) if items else ()
    return (*_portrait(context, options), *facts)


def _portrait(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the photo of the person that is named, if there is one."""
    if "person" not in options:
        return ()
    person = context.catalog.people[options["person"]]
    image = common.portrait(context, person, person.name)
    caption = _("Photo: {name}").format(name=image.credit) if image.credit else ""
    return (p.Portrait(image, caption),) if image.file else ()


def _blocks(value: Inlines | tuple[p.Block, ...]) -> tuple[p.Block, ...]:
    if isinstance(value[0], (p.Para, p.Items)):
        return value
    return (p.Para(value),)  # type: ignore[arg-type]


def _text(value: str | None) -> Inlines:
    return (value,) if value else ()


def _list(values: tuple[str, ...]) -> Inlines:
    return _text(", ".join(values))


def _url(value: str | None) -> Inlines:
    return (p.Link((value,), value),) if value else ()


def language_name(tag: str, locale: str) -> str:
    """Return the name of a language in the site's language, or the tag where none is known."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or tag
    except ValueError:
        return tag


def _event(context: Context, event: Event) -> Known:
    yield _("Short name"), _text(event.short_name)
    start = dates.day(event.start, context.locale, width="long")
    end = dates.day(event.end, context.locale, width="long")
    yield _("Dates"), (start,) if event.start == event.end else (start, f" {dates.EN_DASH} ", end)
    country = common.country_name(event.country, context.locale) if event.country else None
    yield _("Place"), _list(tuple(x for x in (event.venue, event.city, country) if x))
    yield _("Time zone"), _text(event.timezone)
    yield _("Theme"), _text(event.theme)
    if event.series:
        number = _("{series}, number {ordinal}").format(series=event.series, ordinal=event.ordinal)
        yield _("Series"), _text(number if event.ordinal else event.series)
    yield _("Organised by"), join((_organizer(context, item) for item in event.organizers), "; ")
    yield _("Languages"), _list(tuple(language_name(tag, context.locale) for tag in event.languages))
    if event.attendance:
        yield _("On site"), _text(event.attendance.onsite)
        yield _("Online"), _text(event.attendance.online)
    yield _("Website"), _url(event.url)
    yield _("Licence of the reports"), _text(event.licence)
    yield _("Rooms"), _text("; ".join(_room(room) for room in event.rooms))
    yield _("Tracks"), _tracks(context, event)


def _room(room: Room) -> str:
    if room.capacity is None:
        return room.name
    return _("{room} ({capacity} places)").format(room=room.name, capacity=room.capacity)


def _tracks(context: Context, event: Event) -> tuple[p.Block, ...]:
    items: list[tuple[p.Block, ...]] = []
    for index, track in enumerate(event.tracks):
        text = context.read_text(event, ("tracks", index, "description"), track.description or "")
        items.append((para(track.name), *text))
    return (p.Items(tuple(items), "plain"),) if items else ()


def _organizer(context: Context, item: Organizer | Presence) -> Inlines:
    name: p.Inline = common.org_link(context, item.organization) if item.organization else item.name or ""
    aside = item.role if isinstance(item, Organizer) else item.note
    return (name, muted(f" ({aside})")) if aside else (name,)


def _session(context: Context, session: Session) -> Known:
    catalog = context.catalog
    event = catalog.event_of(session)
    yield _("Event"), (common.event_link(event),)
    yield _("Number"), _text(session.number)
    yield _("Type"), _text(", ".join(x for x in (session.type, session.format) if x))
    yield _("When"), _when(context, session)
    yield _("Other times"), _others(context, session)
    yield _("Room"), _text(next((room.name for room in event.rooms if room.id == session.room), None))
    yield _("Track"), _text(next((track.name for track in event.tracks if track.id == session.track), None))
    yield _("Language"), _text(language_name(session.language, context.locale) if session.language else None)
    goals = ((p.Link((catalog.display("sdg", goal),), p.Ref("sdg", goal)),) for goal in session.sdgs)
    yield _("Development goals"), join(goals, ", ")
    slugs = (catalog.resolve("topic", tag) for tag in session.tags)
    topics = ((p.Link((catalog.display("topic", slug),), p.Ref("topic", slug)),) for slug in slugs if slug)
    yield _("Topics"), join(topics, ", ")
    yield _("Also present"), join((_organizer(context, item) for item in session.organizations), "; ")
    yield _("Also titled"), _text("; ".join(session.alt_titles))
    yield _("Recordings"), join((_recording(item) for item in session.recordings), "; ")
    yield _("In the programme"), _url(session.url)
    related = ((common.session_link(catalog.sessions[full_id]),) for full_id in session.related)
    yield _("Related"), join(related, "; ")


def _recording(item: Recording) -> Inlines:
    length = dates.into_recording(item.duration) if item.duration else None
    aside = ", ".join(x for x in (length, item.consent) if x)
    link = p.Link((item.kind or _("recording"),), item.url)
    return (link, muted(f" ({aside})")) if aside else (link,)


def _when(context: Context, session: Session) -> tuple[p.Block, ...]:
    """The day and the hours as printed, who printed them, and what they are on the event's clock."""
    when = context.catalog.time(session)
    if when.day is None:
        return (para(*dates.span(when.start, when.end, context.locale), muted(_("day not known"))),)
    hours = dates.span(when.start, when.end, context.locale)
    line: Inlines = (_day_link(context, session, when.day),)
    if hours:
        line += (", ", *hours)
    moment = when.start or when.end
    if moment is not None and not when.is_shifted:
        line += (muted(f" ({dates.utc_offset(moment)})"),)
    source = when.source.title if when.source else when.source_text
    if source and hours:
        line += (muted(", " + _("as printed by {source}").format(source=source)),)
    if not when.is_shifted or when.source is None or moment is None:
        return (para(*line),)
    text = _("This source’s clock runs {length} {direction} of the event’s. On the event’s clock: ").format(
        length=dates.hours_minutes(when.shift),
        direction=_("ahead") if when.shift.total_seconds() > 0 else _("behind"),
    )
    event_hours = dates.span(when.event_start, when.event_end, context.locale)
    return (para(*line), para(text, *event_hours, f" ({dates.utc_offset(moment)})", role="clock-note"))


def _day_link(context: Context, session: Session, day: dt.date) -> p.Inline:
    """Return a day that leads to the session in its schedule."""
    shown = dates.day(day, context.locale)
    home = context.home_of("day", f"{session.event}/{day}")
    return p.Link((shown,), p.Page(home, anchor_of(session))) if home else shown


def _others(context: Context, session: Session) -> tuple[p.Block, ...]:
    items = []
    for other in other_times(context.catalog.event_of(session), session):
        hours = dates.span(other.start, other.end, context.locale)
        when: tuple[Inlines, ...] = (hours,) if hours else ()
        if other.day and (not hours or other.day != context.catalog.time(session).day):
            when = ((dates.day(other.day, context.locale),), *when)
        printed = muted(" " + _("as printed by {source}").format(source=other.title))
        items.append((para(*join(when, ", "), printed),))
    return (p.Items(tuple(items), "plain"),) if items else ()


def _person(context: Context, person: Person) -> Known:
    yield _("Also printed as"), _text("; ".join(person.also_known_as))
    yield _("Country"), _text(common.country_name(person.country, context.locale) if person.country else None)
    yield _("Stakeholder group"), _text(person.stakeholder_group)
    if person.orcid:
        yield "ORCID", (p.Link((person.orcid,), f"https://orcid.org/{person.orcid}"),)
    yield _("Links"), join(((p.Link((link.label,), link.url),) for link in person.links), ", ")
    others = ((common.person_link(context, other),) for other in person.not_same_as)
    yield _("Not to be confused with"), join(others, ", ")


def _organization(context: Context, organization: Organization) -> Known:
    yield _("Short name"), _text(organization.short_name)
    yield _("Also known as"), _text("; ".join(organization.also_known_as))
    yield _("Kind"), _text(organization.kind_of)
    yield _("Stakeholder group"), _text(organization.stakeholder_group)
    country = organization.country
    yield _("Country"), _text(common.country_name(country, context.locale) if country else None)
    yield _("Part of"), (common.org_link(context, organization.parent),) if organization.parent else ()
    children = context.catalog.children_of(organization.id)
    yield _("Includes"), join(((common.org_link(context, child.id),) for child in children), "; ")
    yield _("Website"), _url(organization.url)
    if organization.ror:
        yield "ROR", (p.Link((organization.ror,), f"https://ror.org/{organization.ror}"),)


def _indicator(indicator: Indicator) -> Known:
    yield _("Unit"), _text(indicator.unit)
    better = {"higher": _("higher is better"), "lower": _("lower is better")}
    yield _("Reading"), _text(better.get(indicator.better))
