"""The schedule of a day: rooms across, time down, and under it what has a date alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sphinx_rapporteur.records.display import capital
from sphinx_rapporteur.records.model import Event, Session
from sphinx_rapporteur.records.schedule import Day, Placed, schedule_of
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.sessions import room_name, sessions_table
from sphinx_rapporteur.render.labels import _

_HUE_STEP = 5
"""Tones that follow each other lie far apart on the circle of hues."""
Tones = dict[str, tuple[str, str]]
"""What colours stand for: name and tone by key."""


def days(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return a line of links to the pages of an event's days, with how many sessions each had."""
    links: list[tuple[p.Inline, ...]] = []
    for day, sessions in context.catalog.days_of(options["event"]):
        home = context.home_of("day", f"{options['event']}/{day}") if day else None
        if day is not None and home is not None:
            name = dates.day(day, context.locale, width="medium")
            count = muted(f" {len(sessions)}")
            links.append((p.Link((name, count), p.Page(home)),))
    return (para(*join(links, " "), role="jumps"),) if links else ()


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the grids of an event's days, each with the sessions that have a date alone under it."""
    event = context.catalog.events[options["event"]]
    day = dt.date.fromisoformat(options["day"]) if "day" in options else None
    found = schedule_of(context.catalog, event.id, day)
    if not found:
        return common.nothing(_("No session is listed."))
    tones = _tones(context, event)
    blocks: list[p.Block] = []
    if any(one.placed for one in found):
        blocks.append(_zone(event, found))
        blocks += _legend(found, tones)
    for one in found:
        blocks += _day(context, event, one, tones)
    shown = [item.session for one in found for item in one.placed]
    return (p.Group((*blocks, *common.clock_notes(context, shown)), "schedule"),)


def _zone(event: Event, found: Sequence[Day]) -> p.Block:
    start = next(one.start for one in found if one.start)
    name = f"{event.timezone} ({dates.utc_offset(start)})"
    before, _mark, after = _("Times on the clock of {zone}").partition("{zone}")
    return para(before, p.Span("zone-name", (name,)), after, " ", p.Switch(_("My time zone")), role="zone")


# --- what colours stand for


def _tones(context: Context, event: Event) -> Tones:
    """Return the event's tracks with their colours; without any, the types of its sessions."""
    sessions = context.catalog.sessions_of(event.id)
    if event.tracks:
        return {
            track.id: (track.name, track.color or _tone(position))
            for position, track in enumerate(event.tracks)
        }
    types = dict.fromkeys(session.type for session in sessions if session.type)
    return {name: (capital(name), _tone(position)) for position, name in enumerate(sorted(types))}


def _tone(position: int) -> str:
    return f"hue-{position * _HUE_STEP % common.HUES}"


def _key(session: Session, tones: Tones) -> str | None:
    return next((key for key in (session.track, session.type) if key in tones), None)


def _legend(found: Sequence[Day], tones: Tones) -> tuple[p.Block, ...]:
    """Return what the colours of the days that are shown stand for."""
    shown = {_key(item.session, tones) for one in found for item in one.placed}
    items = tuple((para(p.Swatch(tone), name),) for key, (name, tone) in tones.items() if key in shown)
    return (p.Items(items, "legend"),) if items else ()


# --- one day


def _day(context: Context, event: Event, day: Day, tones: Tones) -> tuple[p.Block, ...]:
    blocks: list[p.Block] = []
    name = dates.day_name(day.day, context.locale)
    is_home = context.home_of("day", f"{event.id}/{day.day}") == context.docname
    if day.placed:
        blocks.append(_grid(context, event, day, tones, name, is_home=is_home))
    if day.untimed:
        title = _("{day}, hour not known").format(day=name) if day.placed else name
        blocks.append(para(p.Span("strong", (title,)), role="untimed-intro"))
        blocks.append(
            p.Items(tuple((_untimed(context, one, is_home=is_home),) for one in day.untimed), "sessions")
        )
    return tuple(blocks)


def _grid(context: Context, event: Event, day: Day, tones: Tones, caption: str, *, is_home: bool) -> p.Grid:
    assert day.start is not None  # noqa: S101  (something is placed)
    names = {room.id: room.name for room in event.rooms}
    unknown = _("Room not known") if event.rooms else _("Sessions")
    columns = tuple((names.get(room or "", unknown), lanes) for room, lanes in day.rooms)
    labels = [day.at(row) for row in range(day.rows)]
    slots = tuple(_slot(context, item, tones, is_home=is_home) for item in day.placed)
    return p.Grid(
        caption=caption,
        first=_("Time"),
        columns=columns,
        rows=tuple(dates.clock(moment, context.locale) if moment.minute == 0 else None for moment in labels),
        slots=slots,
        start=day.start.isoformat(timespec="minutes"),
        step=day.step,
        plain=sessions_table(context, [item.session for item in day.placed], caption),
    )


def anchor_of(session: Session) -> str:
    """Return the id of a session in the schedule on the page of its day."""
    return f"at-{session.id}"


def _slot(context: Context, item: Placed, tones: Tones, *, is_home: bool) -> p.Slot:
    session = item.session
    key = _key(session, tones)
    name, tone = tones.get(key or "", ("", ""))
    swatch: tuple[p.Inline, ...] = (p.Swatch(tone),) if tone else ()
    kind = session.type if session.track in tones else None
    about = " · ".join(x for x in (session.number, kind, name if key else session.type) if x)
    room = room_name(context, session)
    aside: tuple[p.Inline, ...] = (about, " ", p.Span("room", (room,))) if room else (about,)
    blocks = (
        para(*swatch, *common.session_hours(context, session), role="slot-time"),
        para(common.session_link(session)),
        para(*aside, role="aside"),
    )
    anchor = p.Anchor(anchor_of(session)) if is_home else None
    return p.Slot(blocks, item.column, item.row, item.rows, anchor)


def _untimed(context: Context, session: Session, *, is_home: bool) -> p.Block:
    when = context.catalog.time(session)
    hours = dates.span(when.event_start, when.event_end, context.locale)
    about: list[tuple[p.Inline, ...]] = [
        (x,) for x in (session.number, session.type, room_name(context, session)) if x
    ]
    aside = join([hours, *about] if hours else about, " · ")
    line = para(common.session_link(session), *((p.Span("muted", (" · ", *aside)),) if aside else ()))
    return p.Group((line,), anchor=p.Anchor(anchor_of(session))) if is_home else line
