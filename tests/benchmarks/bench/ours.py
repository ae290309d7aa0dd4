"""The facts as data files of this project: pages are made from them by the package's own layouts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bench.facts import Event, Organization, Person, Session, World
from bench.site import COMMON_CONF, SphinxSite

_CONF = f"""\
{COMMON_CONF}extensions = ["sphinx_rapporteur"]
"""
_INDEX = """\
# Made-up forums

{doc}`events/index`, {doc}`sessions/index`, {doc}`people/index`, {doc}`organizations/index`.
"""
PROJECT_FILES = {"docs/conf.py": _CONF, "docs/index.md": _INDEX}
"""What a site needs besides its data."""


def to_yaml(data: dict[str, Any]) -> str:
    """Return a record as a data file."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100))


def _event(event: Event) -> dict[str, Any]:
    return {
        "name": event.name,
        "short_name": event.short_name,
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "timezone": "UTC",
        "city": event.city,
        "country": event.country,
        "description": event.description,
        "rooms": [{"id": room.id, "name": room.name} for room in event.rooms],
    }


def _person(person: Person) -> dict[str, Any]:
    return {"name": person.name, "country": person.country, "bio": person.bio}


def _organization(organization: Organization) -> dict[str, Any]:
    return {
        "name": organization.name,
        "country": organization.country,
        "description": organization.description,
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "title": session.title,
        "number": session.number,
        "type": session.type,
        "room": session.room.id,
        "start": session.start.isoformat(timespec="minutes"),
        "end": session.end.isoformat(timespec="minutes"),
        "sdgs": list(session.sdgs),
        "tags": list(session.tags),
        "people": [
            {
                "person": appearance.person.id,
                "role": appearance.role,
                "affiliations": [
                    {"organization": appearance.person.organization.id, "title": appearance.person.post}
                ],
            }
            for appearance in session.people
        ],
        "summary": session.summary,
        "report": "\n\n".join(session.report),
        "statistics": [
            {
                "id": figure.id,
                "label": figure.label,
                "value": figure.value,
                "unit": figure.unit,
                "said_by": figure.said_by.id,
            }
            for figure in session.figures
        ],
        "quotes": [
            {"id": quote.id, "text": quote.text, "said_by": quote.said_by.id} for quote in session.quotes
        ],
        "report_by": [{"person": session.report_by.id}],
        "report_status": "final",
    }


@dataclass(frozen=True)
class OurSite(SphinxSite):
    """A data folder beside a project of one page."""

    def files(self, world: World) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""
        yield from PROJECT_FILES.items()
        for event in world.events:
            yield f"data/events/{event.id}.yaml", to_yaml(_event(event))
            for session in event.sessions:
                yield f"data/sessions/{event.id}/{session.id}.yaml", to_yaml(_session(session))
        for person in world.people:
            yield f"data/people/{person.id}.yaml", to_yaml(_person(person))
        for organization in world.organizations:
            yield f"data/organizations/{organization.id}.yaml", to_yaml(_organization(organization))
