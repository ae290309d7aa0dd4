"""References that lead nowhere: what is said of them, and of what they take along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sphinx_rapporteur.records.finding import Finding, Path, Place, Thing
from sphinx_rapporteur.records.losses import IDENTIFYING, MEND_FIRST, things_of
from sphinx_rapporteur.records.model import Event, Part, Record, Session
from sphinx_rapporteur.records.naming import NOUNS, nearest, with_article
from sphinx_rapporteur.records.origin import Loaded, Origin, path_in_file
from sphinx_rapporteur.records.read.explain import left_out
from sphinx_rapporteur.warnings import Subtype

_OF_EVENTS = frozenset({"rooms", "tracks"})
"""What is named without the record that it stands in."""
_OTHERS_SHOWN = 3
_FEW = 5
"""So many ids are listed where none is near."""


def no_such(
    kind: str,
    name: str,
    known: Collection[str],
    record: Record,
    origin: Origin,
    path: Path,
    *,
    others: Mapping[str, Place] | None = None,
) -> Finding:
    """Return the finding that a reference in a record leads nowhere; *others* of other kinds have this id."""
    near = nearest(name, known)
    target = goes_along(record, path)
    return Finding(
        Subtype.REFERENCE,
        origin.place(path),
        f"there is no such {NOUNS[kind]}; {left_out(target)}",
        path=path_in_file(origin, path),
        found=name,
        expected=_expected(kind, () if near else known),
        suggestion=f"did you mean {near}?" if near else of_this_name(others or ()),
        others=() if near else tuple((others or {}).values()),
        lost=things_at(record, target),
    )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _OTHERS_SHOWN:,} more" if len(names) > _OTHERS_SHOWN else ""
    return f"{', '.join(names[:_OTHERS_SHOWN])}{more}"


def of_this_name(kinds: Iterable[str]) -> str:
    """Return the hint that things of other kinds have a name; nothing without any."""
    what = " and ".join(with_article(NOUNS[kind]) for kind in kinds)
    return f"there is {what} of this name" if what else ""


def _expected(kind: str, known: Collection[str]) -> str:
    expected = f"the id of {with_article(NOUNS[kind])}"
    return f"{expected}: {', '.join(sorted(known))}" if 0 < len(known) <= _FEW else expected


def no_event(
    event: str, sessions: Sequence[Loaded], known: Collection[str], cause: Finding | None
) -> Finding:
    """Return the finding that the event of some sessions does not exist, or was left out for a *cause*."""
    path = ("event",)
    first = sessions[0]
    finding = no_such(Event.kind, event, known, first.record, first.origin, path)
    those = "the session is" if len(sessions) == 1 else f"{len(sessions):,} sessions are"
    if not known:
        finding = replace(finding, expected=f"the record of the event, such as {Event.kind}/{event}.yaml")
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
    places = (cause.place, *others)
    return replace(finding, message=message, expected="", suggestion=MEND_FIRST, others=places)


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
        things = f"{len(named):,} records or parts of records"
        found = _some(sorted({full_id for _kind, full_id in named}))
        message = f"{things} are left out, and with them what names them in {where}"
    others = tuple(places[:_OTHERS_SHOWN])
    hint = "mend what else is found here"
    return Finding(Subtype.REFERENCE, cause.place, message, found=found, suggestion=hint, others=others)


def none_at_all(kind: str, named: Sequence[tuple[str, Finding]]) -> Finding:
    """Return the finding that there is no record of a kind though some are *named*, each with a finding."""
    first = min((finding for _name, finding in named), key=lambda finding: finding.place)
    names = sorted({name for name, _finding in named})
    places = sorted({finding.place for _name, finding in named} - {first.place})
    return replace(
        first,
        message=f"there is no {NOUNS[kind]} in the data; {len(named):,} references are left out",
        path=(),
        found=_some(names),
        expected=f"a record of each in the folder {kind}/",
        others=tuple(places[:_OTHERS_SHOWN]),
        lost=tuple(thing for _name, finding in named for thing in finding.lost),
    )


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
    return things_of(record.full_id, name, {key: getattr(item, key, None) for key in (*IDENTIFYING, "role")})
