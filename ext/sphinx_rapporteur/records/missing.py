"""References that lead nowhere: what is said of them, and of what they take along."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sphinx_rapporteur.records.finding import Finding, Path, Place, Thing
from sphinx_rapporteur.records.index import RAPPORTEUR
from sphinx_rapporteur.records.losses import BYLINES, IDENTIFYING, things_of
from sphinx_rapporteur.records.model import Event, Part, Record, Session
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.records.origin import Loaded, Origin, path_in_file
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
_OF_EVENTS = frozenset({"rooms", "tracks"})
"""What is named without the record that it stands in."""
_OTHERS_SHOWN = 3


def no_such(
    kind: str, name: str, known: Collection[str], record: Record, origin: Origin, path: Path
) -> Finding:
    """Return the finding that a reference in a record leads nowhere."""
    near = nearest(name, known)
    target = goes_along(record, path)
    article = "an" if NOUNS[kind][0] in "aeiou" else "a"
    return Finding(
        Subtype.REFERENCE,
        origin.place(path),
        f"there is no such {NOUNS[kind]}; {left_out(target)}",
        path=path_in_file(origin, path),
        found=name,
        expected=f"the id of {article} {NOUNS[kind]}",
        suggestion=f"did you mean {near}?" if near else "",
        lost=things_at(record, target),
    )


def no_event(
    event: str, sessions: Sequence[Loaded], known: Collection[str], cause: Finding | None
) -> Finding:
    """Return the finding that the event of some sessions does not exist, or was left out for a *cause*."""
    path = ("event",)
    first = sessions[0]
    finding = no_such(Event.kind, event, known, first.record, first.origin, path)
    those = "the session is" if len(sessions) == 1 else f"{len(sessions):,} sessions are"
    others = tuple(each.origin.place(path) for each in sessions[1 : _OTHERS_SHOWN + 1])
    finding = replace(
        finding,
        message=f"there is no such {NOUNS[Event.kind]}; {those} left out",
        others=others,
        lost=tuple((Session.kind, each.record.full_id) for each in sessions),
    )
    if cause is None:
        return finding
    message = f"the event is left out; {those} left out with it"
    return replace(finding, message=message, expected="", suggestion="", others=(cause.place, *others))


def gone_along(cause: Finding, named: Mapping[Thing, Sequence[Place]]) -> Finding:
    """Return the finding that things left out for one *cause* were *named* in some places."""
    places = sorted({place for each in named.values() for place in each})
    where = "1 place" if len(places) == 1 else f"{len(places):,} places"
    (kind, name), *more = named
    if not more:
        message, found = f"the {NOUNS[kind]} is left out, and with it what names it in {where}", name
        if kind in _OF_EVENTS:
            found = name.rpartition("/")[2]
    else:
        things, found = f"{len(named):,} records or parts of records", ""
        message = f"{things} are left out, and with them what names them in {where}"
    others = tuple(places[:_OTHERS_SHOWN])
    return Finding(Subtype.REFERENCE, cause.place, message, found=found, others=others)


def goes_along(record: Record, path: Path) -> Path:
    """Return what a reference takes along when it goes: the innermost list item, or only a field of it."""
    last = max((index for index, step in enumerate(path) if isinstance(step, int)), default=0)
    item: Any = record
    for step in path[: last + 1]:
        item = item[step] if isinstance(step, int) else getattr(item, step)
    is_spared = last + 1 < len(path) and isinstance(item, Part) and path[last + 1] in item.stand_ins
    return path[: last + 2] if is_spared else path[: last + 1]


def things_at(record: Record, target: Path) -> tuple[Thing, ...]:
    """Return what goes with a part of a record that others may refer to."""
    if len(target) != 2:  # noqa: PLR2004  (what is referred to stands in a list of the record)
        return ()
    name, index = str(target[0]), int(target[1])
    item = getattr(record, name)[index]
    lost = things_of(record.full_id, name, {key: getattr(item, key, None) for key in IDENTIFYING})
    return (*lost, (BYLINES, record.full_id)) if getattr(item, "role", "") == RAPPORTEUR else lost
