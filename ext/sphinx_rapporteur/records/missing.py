"""References that lead nowhere: what is said of them, and of what they take along."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sphinx_rapporteur.records.finding import Finding, Path
from sphinx_rapporteur.records.model import Event
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.records.origin import Origin, path_in_file
from sphinx_rapporteur.records.read.explain import left_out
from sphinx_rapporteur.warnings import Subtype

NOUNS = {
    "events": "event",
    "sessions": "session",
    "people": "person",
    "organizations": "organisation",
    "indicators": "indicator",
    "statistics": "figure",
    "quotes": "quotation",
    "outcomes": "outcome",
    "rooms": "room of the event",
    "tracks": "track of the event",
}
_OTHERS_SHOWN = 3


def no_such(kind: str, name: str, known: Collection[str], origin: Origin, path: Path) -> Finding:
    """Return the finding that a reference leads nowhere."""
    near = nearest(name, known)
    article = "an" if NOUNS[kind][0] in "aeiou" else "a"
    return Finding(
        Subtype.REFERENCE,
        origin.place(path),
        f"there is no such {NOUNS[kind]}; {left_out(_goes_along(path))}",
        path=path_in_file(origin, path),
        found=name,
        expected=f"the id of {article} {NOUNS[kind]}",
        suggestion=f"did you mean {near}?" if near else "",
    )


def no_event(event: str, origins: Sequence[Origin], known: Collection[str]) -> Finding:
    """Return the finding that some sessions name an event that does not exist."""
    path = ("event",)
    finding = no_such(Event.kind, event, known, origins[0], path)
    those = "the session is" if len(origins) == 1 else f"{len(origins):,} sessions are"
    return replace(
        finding,
        message=f"there is no such {NOUNS[Event.kind]}; {those} left out",
        others=tuple(origin.place(path) for origin in origins[1 : _OTHERS_SHOWN + 1]),
    )


def _goes_along(path: Path) -> Path:
    """Return what a reference takes along when it goes: the innermost list item, or the record's field."""
    last = max((index for index, step in enumerate(path) if isinstance(step, int)), default=0)
    return path[: last + 1]
