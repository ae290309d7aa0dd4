"""The components: each describes what it shows as parts, from a query."""

from __future__ import annotations

from collections.abc import Mapping

from sphinx_rapporteur.render.context import Describe
from sphinx_rapporteur.render.describe import (
    disputes,
    facts,
    figures,
    grouped,
    indexes,
    people,
    programme,
    provenance,
    related,
    schedule,
    sessions,
    statements,
)

COMPONENTS: Mapping[str, Describe] = {
    "facts": facts.describe,
    "sessions": sessions.describe,
    "people": people.describe,
    "statistics": figures.describe,
    "schedule": schedule.describe,
    "days": schedule.days,
    "disputes": disputes.describe,
    "quotes": statements.quotes,
    "outcomes": statements.outcomes,
    "programme-statistics": programme.describe,
    "resources": provenance.resources,
    "provenance": provenance.describe,
    "related": related.describe,
    "cited-in": provenance.cited,
    "affiliations": people.affiliations,
    "event-people": people.of_event,
    "organizations": indexes.organizations,
    "index": grouped.describe,
    "indexes": grouped.indexes,
    "topics": grouped.topics,
    "sdgs": grouped.sdgs,
    "events": indexes.events,
    "indicators": indexes.indicators,
}
"""The components by the name of their directive."""
