"""Figures of one measure: those that can be compared, in the order of what they speak of, and disputes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from sphinx_rapporteur.records.index import StatedFigure
from sphinx_rapporteur.records.model import Event, Statistic
from sphinx_rapporteur.records.names import fold

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LAST = 9999
SHARE = "%"
"""The unit of all shares, whether said in per cent or as 1 in 3."""

Ends = tuple[Fraction, Fraction]
"""The lower and the higher end of a value, the same if it is no range."""


def year_of(stated: StatedFigure) -> int:
    """Return the year that a figure speaks of, by its own words, else by the event in which it was stated."""
    item, owner = stated.item, stated.owner
    words = item.as_of or item.period or ""
    if match := _YEAR.search(words):
        return int(match[0])
    if isinstance(owner, Event):
        return owner.start.year
    return owner.start.year if owner.start else _LAST


def comparable(item: Statistic) -> tuple[str, Ends]:
    """Return the unit of a figure and its ends in that unit; a share counts in per cent."""
    value = item.value
    if value.form in {"fraction", "one-in"}:
        return SHARE, (value.low * 100, value.high * 100)
    return (SHARE if item.is_share else fold(item.unit or "")), (value.low, value.high)


def by_unit(found: Iterable[StatedFigure]) -> dict[str, list[StatedFigure]]:
    """Return figures by the unit in which they can be compared, in the order of their first ones."""
    groups: dict[str, list[StatedFigure]] = {}
    for stated in found:
        groups.setdefault(comparable(stated.item)[0], []).append(stated)
    return groups


def disputes(
    figures: Iterable[StatedFigure], conflicts: Mapping[str, tuple[StatedFigure, ...]]
) -> tuple[tuple[StatedFigure, ...], ...]:
    """Return the figures that disagree, each with all that it is at odds with, directly or through others."""
    order = {stated.full_id: stated for stated in figures}
    seen: set[str] = set()
    groups = []
    for full_id in order:
        if full_id in seen or full_id not in conflicts:
            continue
        members, waiting = set[str](), [full_id]
        while waiting:
            one = waiting.pop()
            if one not in members:
                members.add(one)
                waiting += [other.full_id for other in conflicts.get(one, ())]
        seen |= members
        groups.append(tuple(stated for name, stated in order.items() if name in members))
    return tuple(groups)
