"""Checks of time: unknown clocks, outside the event's dates, two things at once in a room or of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sphinx_rapporteur.records.checks.finding import say
from sphinx_rapporteur.records.finding import Path, Report
from sphinx_rapporteur.records.index import PersonAppearance
from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.records.time import SessionTime, find_source
from sphinx_rapporteur.warnings import Subtype

NOT_IN_THE_ROOM = frozenset({"organizer"})
"""Roles of people who need not be there."""
_MOST_AT_ONCE = 10
"""With how many others at its time a session is compared: of thousands in one room not each with each."""


def check_time_sources(catalog: Statements, report: Report) -> None:
    """Warn of sources of times that an event does not declare among others: their clocks would be mixed."""
    for session in catalog.sessions_in_order:
        event = catalog.event_of(session)
        if not event.time_sources:
            continue
        for name, path in _time_sources(session):
            if find_source(event, name) is not None:
                continue
            if catalog.losses.cause("time_sources", f"{event.id}/{name}"):
                continue
            known = {source.id for source in event.time_sources}
            near = nearest(name, known)
            say(
                catalog,
                report,
                Subtype.TIME_SOURCE,
                session,
                path,
                "the event does not say how the clock of this source runs",
                found=name,
                expected="an id of the event's `time_sources`",
                suggestion=f"did you mean {near}?" if near else "",
                others=(catalog.place(event, ("time_sources",)),),
            )


def _time_sources(session: Session) -> Iterator[tuple[str, Path]]:
    """Yield what the sources of a session's times are called, with their paths."""
    if session.time_source is not None:
        yield session.time_source, ("time_source",)
    for index, other in enumerate(session.other_times):
        yield other.source, ("other_times", index, "source")


def check_dates(catalog: Statements, report: Report) -> None:
    """Warn of sessions outside the dates of their event, by the event's clock."""
    for session in catalog.sessions_in_order:
        time = catalog.time(session)
        event = catalog.event_of(session)
        days = [day for day in (time.day, time.last_day) if day is not None]
        outside = next((day for day in days if not event.start <= day <= event.end), None)
        # A session may go on past midnight of the last day.
        if outside is None or (outside is not time.day and time.event_end and time.event_end.hour < _EARLY):
            continue
        say(
            catalog,
            report,
            Subtype.OUTSIDE_EVENT,
            session,
            ("start",) if session.start is not None else ("end",),
            "the session lies outside the dates of its event",
            found=outside.isoformat(),
            expected=f"a day from {event.start.isoformat()} to {event.end.isoformat()}",
            others=(catalog.place(event, ("start",)),),
        )


_EARLY = 6


def check_rooms(catalog: Statements, report: Report) -> None:
    """Warn of two sessions in one room of an event at the same time, by the event's clock."""
    rooms: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in catalog.sessions_in_order:
        if session.room is not None:
            rooms[session.event, session.room].append(session)
    for sessions in rooms.values():
        for earlier, later in overlapping(catalog, sessions):
            say(
                catalog,
                report,
                Subtype.ROOM_OVERLAP,
                later,
                ("room",),
                f"{later.full_id} is in one room with {earlier.full_id} at the same time",
                found=f"{later.room}, {span(catalog.time(later))} and {span(catalog.time(earlier))}",
                expected="one session in a room at a time",
                others=(catalog.place(earlier, ("room",)),),
            )


def check_people(catalog: Statements, report: Report) -> None:
    """Warn of people who are confirmed in two sessions at the same time."""
    for person in catalog.people.values():
        entries: dict[str, PersonAppearance] = {}
        sessions: list[Session] = []
        for entry in catalog.appearances_of(person.id):
            is_there = entry.appearance.status == "confirmed" and entry.appearance.role not in NOT_IN_THE_ROOM
            if entry.session is not None and is_there and entry.session.full_id not in entries:
                entries[entry.session.full_id] = entry
                sessions.append(entry.session)
        for earlier, later in overlapping(catalog, sessions):
            path = ("people", entries[later.full_id].index)
            say(
                catalog,
                report,
                Subtype.PERSON_OVERLAP,
                later,
                path,
                f"{person.name} is confirmed here and in {earlier.full_id} at the same time",
                found=f"{span(catalog.time(later))} and {span(catalog.time(earlier))}",
                expected="one session at a time, or `status: provisional`",
                others=(catalog.place(earlier, ("people", entries[earlier.full_id].index)),),
            )


def overlapping(catalog: Statements, sessions: Iterable[Session]) -> Iterator[tuple[Session, Session]]:
    """Yield the pairs of sessions that share some time, the earlier one first; of very many not all."""
    timed = [session for session in sessions if catalog.time(session).event_start is not None]
    timed.sort(key=lambda session: (catalog.time(session).sort_key, session.full_id))
    running: list[Session] = []
    for session in timed:
        time = catalog.time(session)
        running = [one for one in running[-_MOST_AT_ONCE:] if catalog.time(one).overlaps(time)]
        for one in running:
            yield one, session
        running.append(session)


def span(time: SessionTime) -> str:
    """Return a time on the event's clock, said to be so where its source prints another."""
    if time.event_start is None:
        return "no time"
    text = f"{time.event_start:%Y-%m-%d %H:%M}"
    if time.event_end is not None:
        text += f"-{time.event_end:%H:%M}"
    return f"{text} (by the event's clock)" if time.is_shifted else text
