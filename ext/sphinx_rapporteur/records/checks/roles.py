"""Check of roles: one that is nearly a usual one, and so would be counted by itself."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from sphinx_rapporteur.records.checks.finding import say
from sphinx_rapporteur.records.finding import Report
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.warnings import Subtype

USUAL = (
    *("chair", "co-chair", "moderator", "online moderator", "onsite moderator", "on-site moderator"),
    *("offline moderator", "remote moderator", "speaker", "panellist", "panelist", "discussant"),
    *("rapporteur", "organizer", "organiser", "host", "co-organizer", "co-organiser"),
)
"""The roles that most sessions have; each may be shared, with ``co-`` in front."""
NEAR = 85.0
"""How alike (0 to 100) a role has to be to a usual one to be taken for a slip."""


def check_roles(catalog: Statements, report: Report) -> None:
    """Warn of roles that are nearly usual ones."""
    for owner in catalog.owners:
        for index, appearance in enumerate(owner.people):
            meant = usual_role(appearance.role)
            if meant is not None:
                say(
                    catalog,
                    report,
                    Subtype.NEAR_MISS,
                    owner,
                    ("people", index, "role"),
                    "the role is nearly, but not, one of the usual ones",
                    found=appearance.role,
                    suggestion=f"did you mean {meant}?",
                )


def usual_role(role: str) -> str | None:
    """Return the usual role that was probably meant, or ``None`` if it is one, or one of the site's own."""
    if role.removeprefix("co-") in USUAL:
        return None
    found = process.extractOne(role.casefold(), USUAL, scorer=fuzz.ratio, score_cutoff=NEAR)
    return str(found[0]) if found else None
