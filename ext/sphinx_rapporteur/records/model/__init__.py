"""The record types: the data format, version 1, as pydantic models."""

from __future__ import annotations

from sphinx_rapporteur.records.model.actors import Indicator, Organization, Person, Photo
from sphinx_rapporteur.records.model.base import (
    Affiliation,
    Appearance,
    Attribution,
    Link,
    Part,
    Record,
    Source,
)
from sphinx_rapporteur.records.model.event import (
    Attendance,
    Event,
    FormerTag,
    Organizer,
    ReportSection,
    Room,
    TimeSource,
    Track,
)
from sphinx_rapporteur.records.model.session import (
    Byline,
    Correction,
    OtherTime,
    Presence,
    Recording,
    Resource,
    Session,
)
from sphinx_rapporteur.records.model.statements import (
    PERCENT,
    Breakdown,
    BreakdownRow,
    Outcome,
    Quote,
    Statistic,
)

KINDS: dict[str, type[Record]] = {
    model.kind: model for model in (Event, Session, Person, Organization, Indicator)
}
"""The record types by the folder in which they lie."""

__all__ = [
    "KINDS",
    "PERCENT",
    "Affiliation",
    "Appearance",
    "Attendance",
    "Attribution",
    "Breakdown",
    "BreakdownRow",
    "Byline",
    "Correction",
    "Event",
    "FormerTag",
    "Indicator",
    "Link",
    "Organization",
    "Organizer",
    "OtherTime",
    "Outcome",
    "Part",
    "Person",
    "Photo",
    "Presence",
    "Quote",
    "Record",
    "Recording",
    "ReportSection",
    "Resource",
    "Room",
    "Session",
    "Source",
    "Statistic",
    "TimeSource",
    "Track",
]
