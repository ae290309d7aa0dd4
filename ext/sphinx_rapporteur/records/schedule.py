"""A day of an event as a grid: rooms across, time down, sessions that overlap in one room in lanes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.records.questions import question

_STEPS = (30, 15, 10, 5)
"""Minutes that a row of the grid can stand for."""
_ASSUMED = dt.timedelta(minutes=30)
"""How long a session without an end is drawn, unless the next in its room begins earlier."""
_LONGEST = dt.timedelta(hours=14)
"""What takes longer than this is no part of a day's grid."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A session in the grid; rows and columns count from nought."""

    session: Session
    column: int
    row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day."""

    day: dt.date | None
    start: dt.datetime | None
    """When the first row begins, on the event's clock."""
    step: int
    """Minutes of a row."""
    rows: int
    rooms: tuple[tuple[str | None, int], ...]
    """The rooms in which there is something, in the event's order, each with its number of lanes."""
    placed: tuple[Placed, ...]
    """By row and column."""
    untimed: tuple[Session, ...]
    """The sessions of the day of which no start is known, or which last longer than a day has hours."""

    def at(self, row: int) -> dt.datetime:
        """Return when a row begins."""
        assert self.start is not None  # noqa: S101  (a grid without rows has none)
        return _later(self.start, dt.timedelta(minutes=row * self.step))


@question
def schedule_of(catalog: Catalog, event_id: str, day: dt.date | None = None) -> tuple[Day, ...]:
    """Return an event's days, or one of them; sessions without a day come last."""
    days = catalog.days_of(event_id)
    return tuple(
        _day(catalog, event_id, one, sessions) for one, sessions in days if day is None or one == day
    )


@dataclass(slots=True)
class _Timed:
    session: Session
    start: dt.datetime
    end: dt.datetime
    row: int = 0
    until: int = 0
    """The first row after it."""
    lane: int = 0


def _day(catalog: Catalog, event_id: str, day: dt.date | None, sessions: Sequence[Session]) -> Day:
    timed = _timed(catalog, sessions)
    there = {one.session.full_id for one in timed}
    untimed = tuple(session for session in sessions if session.full_id not in there)
    if not timed:
        return Day(day, None, _STEPS[0], 0, (), (), untimed)
    step = _step(timed)
    first = min(one.start for one in timed)
    start = _later(first, -dt.timedelta(minutes=first.minute % _STEPS[0]))
    for one in timed:
        one.row = _minutes(start, one.start) // step
        one.until = max(-(-_minutes(start, one.end) // step), one.row + 1)
    rooms: list[tuple[str | None, int]] = []
    placed: list[Placed] = []
    known = [room.id for room in catalog.events[event_id].rooms]
    for room in (*known, None):
        own = [one for one in timed if one.session.room == room]
        if own:
            column = sum(lanes for _room, lanes in rooms)
            rooms.append((room, _into_lanes(own)))
            placed += [Placed(one.session, column + one.lane, one.row, one.until - one.row) for one in own]
    placed.sort(key=lambda one: (one.row, one.column))
    return Day(day, start, step, max(one.until for one in timed), tuple(rooms), tuple(placed), untimed)


def _timed(catalog: Catalog, sessions: Iterable[Session]) -> list[_Timed]:
    """Return the sessions whose start is known, with an end that may be assumed."""
    found = []
    for session in sessions:
        time = catalog.time(session)
        start = time.event_start
        if start is None or (time.duration or dt.timedelta()) > _LONGEST:
            continue
        found.append(_Timed(session, start, time.event_end or _later(start, _ASSUMED)))
    for one in found:
        if catalog.time(one.session).event_end is None:
            same_room = (other.start for other in found if other.session.room == one.session.room)
            following = min((start for start in same_room if start > one.start), default=one.end)
            one.end = min(one.end, following)
    return found


def _into_lanes(timed: Iterable[_Timed]) -> int:
    """Give each session the first lane that is free at its start; return how many lanes there are."""
    free_from: list[int] = []
    for one in sorted(timed, key=lambda one: one.row):
        one.lane = next((n for n, row in enumerate(free_from) if row <= one.row), len(free_from))
        free_from[one.lane : one.lane + 1] = [one.until]
    return len(free_from)


def _step(timed: Iterable[_Timed]) -> int:
    common = gcd(*(moment.minute for one in timed for moment in (one.start, one.end)))
    return next((step for step in _STEPS if common % step == 0), _STEPS[-1])


def _minutes(start: dt.datetime, moment: dt.datetime) -> int:
    """Return the minutes that passed, whatever clocks did between."""
    return int((moment.astimezone(dt.UTC) - start.astimezone(dt.UTC)).total_seconds()) // 60


def _later(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    return (moment.astimezone(dt.UTC) + by).astimezone(moment.tzinfo)
