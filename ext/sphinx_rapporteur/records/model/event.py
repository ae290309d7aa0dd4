"""An event: a forum or a conference, with its days, rooms and tracks."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from sphinx_rapporteur.records.model.base import Appearance, Part, Record, Source
from sphinx_rapporteur.records.model.statements import Statistic
from sphinx_rapporteur.records.model.types import (
    Colour,
    Count,
    Country,
    Date,
    Id,
    Language,
    Offset,
    OrganizationId,
    Plain,
    Text,
    Url,
    Zone,
)


class Room(Part):
    """A room of the venue."""

    id: Id = Field(description="Its id, unique in the event.")
    name: Plain = Field(description="What it is called.")
    capacity: Count | None = Field(default=None, description="How many it holds.")


class Track(Part):
    """A thread of the programme."""

    id: Id = Field(description="Its id, unique in the event.")
    name: Plain = Field(description="What it is called.")
    color: Colour | None = Field(default=None, description="Its colour in schedules.")
    description: Text | None = Field(default=None, description="What it is about.")


class FormerTag(Part):
    """A tag of sessions that was worded differently before."""

    name: Plain = Field(description="The tag as sessions have it now.")
    aliases: tuple[Plain, ...] = Field(
        description="How it was worded, or what addresses called it; both keep working."
    )


class ReportSection(Part):
    """A section of the event's report profile."""

    id: Id = Field(description="The key under `report`.")
    title: Plain = Field(description="Its heading.")


class Organizer(Part):
    """A body that convened, hosted or organised the event."""

    organization: OrganizationId | None = Field(default=None, description="An organisation with a record.")
    name: Plain | None = Field(default=None, description="An organisation without a record.")
    role: Plain | None = Field(default=None, description="convenor, host, organizer.")

    @model_validator(mode="after")
    def _needs_one(self) -> Self:
        if self.organization is None and self.name is None:
            raise ValueError("an organization with a record, or the name of one without")
        return self


class Attendance(Part):
    """How many took part."""

    onsite: Plain | None = Field(default=None, description="On site, as the organiser states it.")
    online: Plain | None = Field(default=None, description="Online, as the organiser states it.")


class TimeSource(Part):
    """A source of times whose clock is known."""

    telling: ClassVar[frozenset[str]] = frozenset({"offset"})

    id: Id = Field(description="What `time_source` and `other_times` call it.")
    title: Plain = Field(description="The source's name.")
    url: Url | None = Field(default=None, description="Where it is found.")
    offset: Offset | None = Field(
        default=None,
        description="How far its clock runs ahead of the event's: `+01:00` prints 13:00 for 12:00.",
    )
    note: Text | None = Field(default=None, description="How that is known.")


class Event(Record):
    """A forum or a conference."""

    kind: ClassVar[str] = "events"

    name: Plain = Field(description="The full name.")
    short_name: Plain | None = Field(default=None, description="The name in lists.")
    series: Plain | None = Field(default=None, description="The series that it is one of.")
    ordinal: Count | None = Field(default=None, description="Which of the series.")
    theme: Plain | None = Field(default=None, description="Its motto.")
    start: Date = Field(description="The first day.")
    end: Date = Field(description="The last day.")
    timezone: Zone = Field(default="UTC", description="The IANA time zone of its place.")
    venue: Plain | None = Field(default=None, description="The building.")
    city: Plain | None = Field(default=None, description="The city.")
    country: Country | None = Field(default=None, description="The country, ISO 3166.")
    url: Url | None = Field(default=None, description="Its own site.")
    description: Text | None = Field(default=None, description="What it is.")
    rooms: tuple[Room, ...] = Field(default=(), description="The rooms.")
    tracks: tuple[Track, ...] = Field(default=(), description="The tracks.")
    tags: tuple[FormerTag, ...] = Field(
        default=(), description="Tags of sessions, in any event, that were worded differently before."
    )
    report_profile: Plain | tuple[ReportSection, ...] = Field(
        default="free",
        description="The sections of its reports: `free`, `just-in-time`, `igf`, or a list of `id` "
        "and `title`.",
    )
    organizers: tuple[Organizer, ...] = Field(default=(), description="Who convened, hosted, organised it.")
    languages: tuple[Language, ...] = Field(default=(), description="The languages spoken.")
    people: tuple[Appearance, ...] = Field(
        default=(), description="People with a role in the event as a whole."
    )
    statistics: tuple[Statistic, ...] = Field(default=(), description="Its own figures.")
    attendance: Attendance | None = Field(default=None, description="How many took part.")
    time_sources: tuple[TimeSource, ...] = Field(
        default=(), description="Sources of times whose clocks are known."
    )
    licence: Plain | None = Field(default=None, description="The licence of the reports.")
    sources: tuple[Source, ...] = Field(default=(), description="Where the facts come from.")
