"""A session of an event, with its report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sphinx_rapporteur.records.model.base import Appearance, Part, Record, Source, Withheld
from sphinx_rapporteur.records.model.statements import Outcome, Quote, Statistic
from sphinx_rapporteur.records.model.types import (
    Clock,
    Date,
    EventId,
    Id,
    Language,
    Moment,
    OrganizationId,
    PersonId,
    Plain,
    RoomId,
    Sdg,
    SessionRef,
    Text,
    TrackId,
    Url,
)


class OtherTime(Part):
    """A time that another source prints."""

    telling: ClassVar[frozenset[str]] = frozenset({"start", "end"})

    start: Moment | None = Field(default=None, description="The start that it prints.")
    end: Moment | None = Field(default=None, description="The end that it prints.")
    source: Plain = Field(
        description="Which source: an id of the event's `time_sources`; free text if the event has none."
    )


class Presence(Part):
    """An organisation that is said to have been present, without a person's name."""

    organization: OrganizationId | None = Field(default=None, description="An organisation with a record.")
    name: Plain | None = Field(default=None, description="An organisation without a record.")
    note: Plain | None = Field(default=None, description="In what capacity.")

    @model_validator(mode="after")
    def _needs_one(self) -> Self:
        if self.organization is None and self.name is None:
            raise ValueError("an organization with a record, or the name of one without")
        return self


class Resource(Part):
    """Something that the session presented or rests on."""

    title: Plain = Field(description="What it is called.")
    url: Url | None = Field(default=None, description="Where it is found.")
    kind: Plain | None = Field(default=None, description="report, tool, slides, guide.")
    language: Language | None = Field(default=None, description="Its language.")


class Recording(Part):
    """A recording of the session."""

    url: Url = Field(description="Where it is found.")
    kind: Plain | None = Field(default=None, description="video, audio, transcript, captions.")
    duration: Clock | None = Field(default=None, description="Its length.")
    consent: Plain | None = Field(default=None, description="On what terms people were recorded.")
    withheld: Withheld = Field(default=False, description="Takes the recording off every page and export.")


class Byline(Part):
    """Who wrote the report."""

    whole: ClassVar[bool] = True

    person: PersonId | None = Field(default=None, description="A person with a record.")
    name: Plain | None = Field(default=None, description="Somebody without a record.")
    organization: OrganizationId | None = Field(default=None, description="For which organisation.")

    @model_validator(mode="after")
    def _needs_one(self) -> Self:
        if self.person is None and self.name is None and self.organization is None:
            raise ValueError("a person with a record, the name of somebody without, or an organization")
        return self

    @property
    def stand_ins(self) -> Mapping[str, Any]:
        """Who wrote the report is known without the organisation."""
        return {} if self.person is None and self.name is None else {"organization": None}


class Correction(Part):
    """A change to the published record."""

    date: Date = Field(description="When it was made.")
    text: Text = Field(description="What was changed.")


class Session(Record):
    """A session and its report."""

    kind: ClassVar[str] = "sessions"

    event: EventId = Field(description="The event; the first folder below `sessions/` unless given.")
    title: Plain = Field(description="As in the programme.")
    subtitle: Plain | None = Field(default=None, description="As in the programme.")
    alt_titles: tuple[Plain, ...] = Field(default=(), description="Titles that other sources print.")
    number: Plain | None = Field(default=None, description="As in the programme: `WS27`.")
    type: Plain | None = Field(default=None, description="workshop, open forum, main session.")
    format: Plain | None = Field(default=None, description="debate, round table.")
    track: TrackId | None = Field(default=None, description="A track of the event.")
    room: RoomId | None = Field(default=None, description="A room of the event.")
    tags: tuple[Plain, ...] = Field(default=(), description="Topics.")
    language: Language | None = Field(default=None, description="The language spoken.")
    url: Url | None = Field(default=None, description="Its page in the programme.")
    start: Moment | None = Field(default=None, description="When it began: a date, or a date and time.")
    end: Moment | None = Field(default=None, description="When it ended.")
    time_source: Plain | None = Field(default=None, description="Who printed these times.")
    other_times: tuple[OtherTime, ...] = Field(default=(), description="What other sources print.")
    sdgs: tuple[Sdg, ...] = Field(default=(), description="Sustainable Development Goals or targets.")
    people: tuple[Appearance, ...] = Field(default=(), description="Who took part.")
    organizations: tuple[Presence, ...] = Field(default=(), description="Who else was present.")
    summary: Text | None = Field(default=None, description="One or two sentences.")
    report: Text | Mapping[Id, Text] | None = Field(
        default=None, description="The report: text, or text by section of the event's report profile."
    )
    statistics: tuple[Statistic, ...] = Field(default=(), description="Figures that were stated.")
    quotes: tuple[Quote, ...] = Field(default=(), description="Words that were said.")
    outcomes: tuple[Outcome, ...] = Field(default=(), description="What came of it.")
    resources: tuple[Resource, ...] = Field(default=(), description="What was presented.")
    recordings: tuple[Recording, ...] = Field(default=(), description="Recordings.")
    report_by: tuple[Byline, ...] = Field(default=(), description="The byline.")
    report_status: Literal["draft", "final", "official"] | None = Field(
        default=None, description="How far the report has come."
    )
    report_method: Literal["human", "assisted", "generated"] | None = Field(
        default=None, description="How the report was written."
    )
    report_note: Text | None = Field(
        default=None, description="What a reader has to know about how the report came about."
    )
    published: Date | None = Field(default=None, description="When the report was published.")
    corrections: tuple[Correction, ...] = Field(default=(), description="What was changed since.")
    sources: tuple[Source, ...] = Field(default=(), description="Where the facts come from.")
    related: tuple[SessionRef, ...] = Field(default=(), description="Other sessions.")

    @model_validator(mode="before")
    @classmethod
    def _byline_as_list(cls, data: Any) -> Any:
        """Take a single byline for a list of one."""
        if isinstance(data, dict) and isinstance(data.get("report_by"), dict):
            return data | {"report_by": [data["report_by"]]}
        return data

    @property
    def full_id(self) -> str:
        """The event's id and the session's, joined by a slash."""
        return f"{self.event}/{self.id}"
