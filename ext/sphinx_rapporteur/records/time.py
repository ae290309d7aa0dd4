"""When a session was: the time its source printed, and the same moment on the event's own clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sphinx_rapporteur.records.model import Event, OtherTime, Session, TimeSource

NO_SHIFT = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class SessionTime:
    """A time that a source prints, in the event's zone, and what it is on the event's clock."""

    day: dt.date | None = None
    """The day, by the event's clock."""
    start: dt.datetime | None = None
    """Aware, in the event's zone, as the source printed it."""
    end: dt.datetime | None = None
    """Aware, in the event's zone, as the source printed it."""
    source: TimeSource | None = None
    """The event's record of the source."""
    source_text: str | None = None
    """What the source is called."""
    shift: dt.timedelta = NO_SHIFT
    """How far the printed times run ahead of the event's clock."""
    event_start: dt.datetime | None = None
    """The start on the event's clock: for order and comparisons."""
    event_end: dt.datetime | None = None
    """The end on the event's clock: for order and comparisons."""
    last_day: dt.date | None = None
    """The day of the end, by the event's clock."""

    @property
    def is_shifted(self) -> bool:
        """Whether the printed times are not those of the event's clock."""
        return bool(self.shift)

    @property
    def duration(self) -> dt.timedelta | None:
        """How long it took, if both ends are known."""
        if self.event_start is None or self.event_end is None:
            return None
        return _instant(self.event_end) - _instant(self.event_start)

    @property
    def sort_key(self) -> tuple[bool, dt.date, bool, dt.datetime]:
        """Order by day and start; without a start after those of the day, without a day last."""
        start = self.event_start or self.event_end
        return (
            self.day is None,
            self.day or dt.date.max,
            self.event_start is None,
            _instant(start) if start else dt.datetime.max.replace(tzinfo=dt.UTC),
        )

    def overlaps(self, other: SessionTime) -> bool:
        """Whether the two are certain to share some time, or start at the same moment."""
        if self.event_start is None or other.event_start is None:
            return False
        start, other_start = _instant(self.event_start), _instant(other.event_start)
        if start == other_start:
            return True
        if self.event_end is None or other.event_end is None:
            return False
        return start < _instant(other.event_end) and other_start < _instant(self.event_end)


@dataclass(frozen=True, slots=True)
class ResolvedOther(SessionTime):
    """A time that another source prints."""

    item: OtherTime | None = None
    """The entry of the record."""

    @property
    def title(self) -> str:
        """What the source is called."""
        return self.source_text or ""

    def agrees_with(self, time: SessionTime) -> bool:
        """Whether both say the same once their clocks are taken into account, as far as both say anything."""
        pairs = ((self.event_start, time.event_start), (self.event_end, time.event_end))
        known = [(_instant(mine), _instant(theirs)) for mine, theirs in pairs if mine and theirs]
        if not known:
            return self.day == time.day
        return all(mine == theirs for mine, theirs in known)


def _instant(moment: dt.datetime) -> dt.datetime:
    """Return a moment in UTC; two times of one zone compare by the wall clock otherwise."""
    return moment.astimezone(dt.UTC)


@dataclass(frozen=True, slots=True)
class _Moment:
    """One end of a time."""

    day: dt.date
    printed: dt.datetime | None = None
    on_event_clock: dt.datetime | None = None
    shift: dt.timedelta = NO_SHIFT


def _moment(value: dt.datetime | dt.date | None, zone: ZoneInfo, source: TimeSource | None) -> _Moment | None:
    """Return one end of a time as printed and on the event's clock."""
    if value is None:
        return None
    if not isinstance(value, dt.datetime):
        return _Moment(value)
    printed = value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)
    # An offset that is not the event's own already says how the source's clock differs.
    is_on_source_clock = value.tzinfo is None or value.utcoffset() == printed.utcoffset()
    shift = (source.offset if source and is_on_source_clock else None) or NO_SHIFT
    on_event_clock = (_instant(printed) - shift).astimezone(zone)
    return _Moment(on_event_clock.date(), printed, on_event_clock, shift)


def session_time(event: Event, session: Session) -> SessionTime:
    """Return when a session was, in the zone of its event."""
    source = find_source(event, session.time_source)
    return SessionTime(*_fields(event, session, source, session.time_source))


def other_times(event: Event, session: Session) -> tuple[ResolvedOther, ...]:
    """Return what other sources print for a session, in the record's order."""
    return tuple(
        ResolvedOther(*_fields(event, item, find_source(event, item.source), item.source), item)
        for item in session.other_times
    )


def find_source(event: Event, name: str | None) -> TimeSource | None:
    """Return the event's record of a source, by its id or its title."""
    return next((source for source in event.time_sources if name in {source.id, source.title}), None)


def _fields(
    event: Event, item: Session | OtherTime, source: TimeSource | None, source_text: str | None
) -> tuple[
    dt.date | None,
    dt.datetime | None,
    dt.datetime | None,
    TimeSource | None,
    str | None,
    dt.timedelta,
    dt.datetime | None,
    dt.datetime | None,
    dt.date | None,
]:
    """Return the fields of a time in their order."""
    zone = ZoneInfo(event.timezone)
    start = _moment(item.start, zone, source)
    end = _moment(item.end, zone, source)
    first, last = start or end, end or start
    timed = next((one for one in (start, end) if one and one.printed), None)
    return (
        first.day if first else None,
        start.printed if start else None,
        end.printed if end else None,
        source,
        source.title if source else source_text,
        timed.shift if timed else NO_SHIFT,
        start.on_event_clock if start else None,
        end.on_event_clock if end else None,
        last.day if last else None,
    )
