"""The catalog's second layer: when sessions were, and in what order they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sphinx_rapporteur.records.collection import Collection
from sphinx_rapporteur.records.index import Owner, frozen
from sphinx_rapporteur.records.model import Event, Session
from sphinx_rapporteur.records.order import by_time
from sphinx_rapporteur.records.time import ResolvedOther, SessionTime, other_times, session_time


@dataclass(frozen=True, eq=False, repr=False)
class Timeline(Collection):
    """Records in time order."""

    @cached_property
    def _times(self) -> dict[str, SessionTime]:
        return {
            key: session_time(self.events[session.event], session) for key, session in self.sessions.items()
        }

    def time(self, session: Session) -> SessionTime:
        """Return when a session was."""
        return self._times[session.full_id]

    def day_of(self, owner: Session | Event) -> date | None:
        """Return the day of a session, if it is known; an event as a whole has none."""
        return self.time(owner).day if isinstance(owner, Session) else None

    def other_times(self, session: Session) -> tuple[ResolvedOther, ...]:
        """Return what other sources print for a session."""
        return other_times(self.event_of(session), session)

    def event_of(self, session: Session) -> Event:
        """Return the event of a session."""
        return self.events[session.event]

    @cached_property
    def _programmes(self) -> Mapping[str, tuple[Session, ...]]:
        groups: dict[str, list[Session]] = {event: [] for event in self.events}
        for session in sorted(self.sessions.values(), key=by_time(self.time)):
            groups[session.event].append(session)
        return frozen(groups)

    def sessions_of(self, event_id: str) -> tuple[Session, ...]:
        """Return an event's sessions by day and start, undated ones last."""
        return self._programmes[event_id]

    def days_of(self, event_id: str) -> tuple[tuple[date | None, tuple[Session, ...]], ...]:
        """Return an event's sessions by day; those without a day come last, under ``None``."""
        days: dict[date | None, list[Session]] = {}
        for session in self.sessions_of(event_id):
            days.setdefault(self.time(session).day, []).append(session)
        return tuple((day, tuple(sessions)) for day, sessions in days.items())

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {
            one.full_id: position for group in self._programmes.values() for position, one in enumerate(group)
        }

    def position(self, session: Session) -> int:
        """Return the place of a session among those of its event, counted from nought."""
        return self._positions[session.full_id]

    def neighbours(self, session: Session) -> tuple[Session | None, Session | None]:
        """Return the sessions before and after one in its event."""
        programme = self.sessions_of(session.event)
        position = self.position(session)
        before = programme[position - 1] if position else None
        after = programme[position + 1] if position + 1 < len(programme) else None
        return before, after

    @cached_property
    def events_in_order(self) -> tuple[Event, ...]:
        """The events by their first day."""
        return tuple(sorted(self.events.values(), key=lambda event: (event.start, event.end, event.id)))

    @cached_property
    def owners(self) -> tuple[Owner, ...]:
        """All events and sessions in time order, each event before its sessions."""
        ordered: list[Owner] = []
        for event in self.events_in_order:
            ordered.append(event)
            ordered.extend(self.sessions_of(event.id))
        return tuple(ordered)

    @cached_property
    def sessions_in_order(self) -> tuple[Session, ...]:
        """All sessions in time order, event by event."""
        return tuple(owner for owner in self.owners if isinstance(owner, Session))
