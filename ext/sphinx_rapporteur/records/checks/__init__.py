"""Checks of the joined records: each reports warnings, none changes a record."""

from __future__ import annotations

from sphinx_rapporteur.records.checks.attribution import check_attributions, check_bylines
from sphinx_rapporteur.records.checks.figures import (
    check_ambiguous,
    check_breakdowns,
    check_conflicts,
    check_of_what,
    check_shares,
)
from sphinx_rapporteur.records.checks.lookalikes import check_look_alikes
from sphinx_rapporteur.records.checks.roles import check_roles
from sphinx_rapporteur.records.checks.scripts import check_scripts
from sphinx_rapporteur.records.checks.times import check_dates, check_people, check_rooms, check_time_sources
from sphinx_rapporteur.records.failure import spare
from sphinx_rapporteur.records.finding import Report
from sphinx_rapporteur.records.statements import Statements

__all__ = ["check", "check_bylines"]

CHECKS = (
    check_time_sources,
    check_dates,
    check_rooms,
    check_people,
    check_roles,
    check_ambiguous,
    check_breakdowns,
    check_shares,
    check_of_what,
    check_conflicts,
    check_attributions,
    check_look_alikes,
    check_scripts,
)
"""All checks of a catalog."""


def check(catalog: Statements, *, report: Report) -> None:
    """Run all checks."""
    for run in CHECKS:
        spare(
            lambda keys, note, run=run: run(catalog.without(keys), note),  # type: ignore[misc]
            report=report,
            place_of=catalog.place_if_known,
            otherwise=lambda: None,
        )
