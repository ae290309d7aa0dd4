"""Report profiles: the sections of an event's reports, with their headings."""

from __future__ import annotations

from collections.abc import Mapping

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.model import Event, Record, Session

FREE = "free"
PROFILES: Mapping[str, Mapping[str, str]] = {
    FREE: {},
    "just-in-time": {},
    "igf": {
        "policy-questions": "Policy questions and expectations",
        "summary-of-issues": "Issues discussed",
        "takeaways": "Key takeaways",
        "calls-to-action": "Calls to action",
        "recommendations": "Policy recommendations and ways forward",
        "gender": "Gender and inclusion",
    },
}
"""The profiles that an event can name; ``free`` and ``just-in-time`` have no sections of their own."""


def profile_of(event: Event) -> Mapping[str, str]:
    """Return the headings of the event's report sections by id; none for a free or an unknown profile."""
    profile = event.report_profile
    if isinstance(profile, str):
        return PROFILES.get(profile, {})
    return {section.id: section.title for section in profile}


def report_sections(catalog: Catalog, record: Record, found: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return id and heading of the sections of a report that are there, in the order of the profile."""
    profile = profile_of(catalog.event_of(record)) if isinstance(record, Session) else {}
    ordered = [name for name in profile if name in found] + [name for name in found if name not in profile]
    return [(name, profile.get(name) or name.replace("-", " ").capitalize()) for name in ordered]
