"""Figures that say otherwise: declared by the records, or found by indicator, period and region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from sphinx_rapporteur.records.index import StatedFigure, frozen
from sphinx_rapporteur.records.model import Event, Statistic
from sphinx_rapporteur.records.names import fold

Pair: TypeAlias = tuple[StatedFigure, StatedFigure]
_MOST_COMPARED = 20
"""With how many different figures for one thing each other is compared."""


def disagree(one: Statistic, other: Statistic) -> bool:
    """Whether two figures for one thing cannot both be true."""
    if fold(one.unit or "") != fold(other.unit or "") and one.unit and other.unit:
        return False
    return not one.value.agrees(other.value, one.qualifier, other.qualifier)


def declared(figures: Mapping[str, StatedFigure]) -> set[frozenset[str]]:
    """Return the pairs of full ids that either record of the two declares to be in conflict."""
    return {
        frozenset((stated.full_id, other))
        for stated in figures.values()
        for other in stated.item.conflicts_with
        if other != stated.full_id and other in figures
    }


def found(figures: Mapping[str, StatedFigure]) -> Iterable[Pair]:
    """Yield each figure with an earlier one of its indicator, period and region that it disagrees with.

    Of several earlier figures that say the same, one is named; of very many that differ, the first.
    """
    for group in _groups(figures.values()):
        distinct: dict[tuple[object, ...], StatedFigure] = {}
        for stated in group:
            for earlier in distinct.values():
                if disagree(earlier.item, stated.item):
                    yield earlier, stated
            item = stated.item
            if len(distinct) < _MOST_COMPARED:
                distinct.setdefault((item.value, item.qualifier, fold(item.unit or "")), stated)


def _groups(figures: Iterable[StatedFigure]) -> Iterable[list[StatedFigure]]:
    """Return the figures that speak of one thing, two or more at a time."""
    groups: dict[tuple[str | None, ...], list[StatedFigure]] = defaultdict(list)
    for stated in figures:
        item = stated.item
        if item.indicator is None:
            continue
        owner = stated.owner
        event = owner.id if isinstance(owner, Event) else owner.event
        # Without a period, a figure speaks of the time of its event.
        when = (fold(item.period or ""), fold(item.as_of or "")) if item.period or item.as_of else (event, "")
        groups[item.indicator, *when, fold(item.region or "")].append(stated)
    return (group for group in groups.values() if len(group) > 1)


def all_conflicts(figures: Mapping[str, StatedFigure]) -> Mapping[str, tuple[StatedFigure, ...]]:
    """Return, for each figure that has any, the figures that say otherwise, by full id."""
    pairs = declared(figures) | {frozenset((one.full_id, other.full_id)) for one, other in found(figures)}
    groups: dict[str, list[StatedFigure]] = defaultdict(list)
    for pair in pairs:
        for full_id in pair:
            groups[full_id].extend(figures[other] for other in pair if other != full_id)
    return frozen({full_id: sorted(group, key=lambda one: one.full_id) for full_id, group in groups.items()})
