"""The facts of a made-up series of forums: the one source of every site that is compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Organization:
    """A body that people speak for."""

    id: str
    name: str
    country: str
    """An ISO 3166 code, and with ``country_name`` what pages show."""
    country_name: str
    description: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part."""

    id: str
    name: str
    country: str
    country_name: str
    bio: str
    organization: Organization
    post: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in a session."""

    person: Person
    role: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that somebody stated."""

    id: str
    label: str
    value: str
    """Without its unit: ``68,000``."""
    unit: str
    said_by: Person

    @property
    def shown(self) -> str:
        """Value and unit as pages show them."""
        return f"{self.value} {self.unit}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said."""

    id: str
    text: str
    said_by: Person


@dataclass(frozen=True, slots=True)
class Session:
    """A session with its report."""

    id: str
    event: str
    """The id of its event."""
    number: str
    title: str
    type: str
    room: Room
    start: datetime
    end: datetime
    sdgs: tuple[str, ...]
    tags: tuple[str, ...]
    people: tuple[Appearance, ...]
    summary: str
    report: tuple[str, ...]
    """Its paragraphs, plain words with emphasis."""
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]
    report_by: Person


@dataclass(frozen=True, slots=True)
class Room:
    """A room of an event."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """A forum with its sessions."""

    id: str
    name: str
    short_name: str
    city: str
    country: str
    country_name: str
    start: date
    end: date
    description: str
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class World:
    """All events, people and organisations."""

    events: tuple[Event, ...]
    people: tuple[Person, ...]
    organizations: tuple[Organization, ...]

    @property
    def sessions(self) -> list[Session]:
        """All sessions in the order of their events."""
        return [session for event in self.events for session in event.sessions]

    def with_one_figure_changed(self) -> World:
        """Return the same world but for the first figure of the session in the middle."""
        sessions = self.sessions
        chosen = sessions[len(sessions) // 2]
        first, *others = chosen.figures
        number = int(first.value.replace(",", "")) + 1
        changed = replace(chosen, figures=(replace(first, value=f"{number:,}"), *others))
        events = tuple(
            replace(event, sessions=tuple(changed if s is chosen else s for s in event.sessions))
            if event.id == chosen.event
            else event
            for event in self.events
        )
        return replace(self, events=events)
