"""The catalog's fourth layer: figures, quotations and outcomes, topics and goals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from sphinx_rapporteur.records import conflicts, measures
from sphinx_rapporteur.records.index import (
    StatedFigure,
    StatedOutcome,
    StatedQuote,
    Topic,
    attribution_of,
    event_id,
    frozen,
    spoke_for,
)
from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.records.participation import Participation
from sphinx_rapporteur.records.topics import same_tag, sdgs_of, topics_of

StatedT = TypeVar("StatedT", StatedFigure, StatedQuote, StatedOutcome)


def _by_id(stated: Iterable[StatedT]) -> Mapping[str, StatedT]:
    return MappingProxyType(dict(sorted((one.full_id, one) for one in stated)))


def _grouped(
    stated: Iterable[StatedT], keys: Callable[[StatedT], Iterable[str | None]]
) -> Mapping[str, tuple[StatedT, ...]]:
    groups: dict[str, list[StatedT]] = defaultdict(list)
    for one in stated:
        for key in keys(one):
            if key is not None:
                groups[key].append(one)
    return frozen(groups)


Stated: TypeAlias = StatedFigure | StatedQuote | StatedOutcome


def _event(stated: Stated) -> tuple[str, ...]:
    return (event_id(stated.owner),)


def _session(stated: Stated) -> tuple[str, ...]:
    return (stated.owner.full_id,) if isinstance(stated.owner, Session) else ()


def _speaker(stated: Stated) -> tuple[str | None, ...]:
    attribution = attribution_of(stated)
    return (attribution.person,) if attribution else ()


def _indicator(stated: Stated) -> tuple[str | None, ...]:
    return (stated.item.indicator,) if isinstance(stated, StatedFigure) else ()


_KEYS: Mapping[str, Callable[[Stated], Iterable[str | None]]] = {
    "event": _event,
    "session": _session,
    "person": _speaker,
    "organization": spoke_for,
    "indicator": _indicator,
}
"""By what statements are found."""


@dataclass(frozen=True, eq=False, repr=False)
class Statements(Participation):
    """What was said in sessions and about events."""

    @cached_property
    def figures_in_order(self) -> tuple[StatedFigure, ...]:
        """All figures in time order, each record's in its own."""
        return tuple(
            StatedFigure(f"{owner.full_id}/{item.id}", item, owner, position)
            for owner in self.owners
            for position, item in enumerate(owner.statistics)
        )

    @cached_property
    def quotes_in_order(self) -> tuple[StatedQuote, ...]:
        """All quotations in time order, each session's in its own."""
        return tuple(
            StatedQuote(f"{session.full_id}/{item.id}", item, session, position)
            for session in self.sessions_in_order
            for position, item in enumerate(session.quotes)
        )

    @cached_property
    def outcomes_in_order(self) -> tuple[StatedOutcome, ...]:
        """All outcomes in time order, each session's in its own."""
        return tuple(
            StatedOutcome(f"{session.full_id}/{item.id}", item, session, position)
            for session in self.sessions_in_order
            for position, item in enumerate(session.outcomes)
        )

    @cached_property
    def figures(self) -> Mapping[str, StatedFigure]:
        """All figures by full id."""
        return _by_id(self.figures_in_order)

    @cached_property
    def quotes(self) -> Mapping[str, StatedQuote]:
        """All quotations by full id."""
        return _by_id(self.quotes_in_order)

    @cached_property
    def outcomes(self) -> Mapping[str, StatedOutcome]:
        """All outcomes by full id."""
        return _by_id(self.outcomes_in_order)

    @cached_property
    def _groups(self) -> dict[tuple[str, str], Mapping[str, tuple[Any, ...]]]:
        return {}

    def grouped(self, stated: tuple[StatedT, ...], by: str) -> Mapping[str, tuple[StatedT, ...]]:
        """Return the statements of one kind by what they are found by.

        *stated* are all of the kind, *by* is ``event``, ``session``, ``person`` (who said it),
        ``organization`` (for which it was said) or ``indicator``.
        """
        kind = type(stated[0]).__name__ if stated else ""
        if (kind, by) not in self._groups:
            self._groups[kind, by] = _grouped(stated, _KEYS[by])
        return self._groups[kind, by]

    def figures_by_person(self, person_id: str) -> tuple[StatedFigure, ...]:
        """Return the figures that a person stated, in time order."""
        return self.grouped(self.figures_in_order, "person").get(person_id, ())

    def figures_by_organization(self, org_id: str) -> tuple[StatedFigure, ...]:
        """Return the figures that an organisation, or somebody there for it, stated, in time order."""
        return self.grouped(self.figures_in_order, "organization").get(org_id, ())

    def figures_of_indicator(self, indicator_id: str) -> tuple[StatedFigure, ...]:
        """Return the figures that give an indicator a value, in time order."""
        return self.grouped(self.figures_in_order, "indicator").get(indicator_id, ())

    def quotes_by_person(self, person_id: str) -> tuple[StatedQuote, ...]:
        """Return what a person is quoted with, in time order."""
        return self.grouped(self.quotes_in_order, "person").get(person_id, ())

    @cached_property
    def _conflicts(self) -> Mapping[str, tuple[StatedFigure, ...]]:
        return conflicts.all_conflicts(self.figures)

    def conflicts_of(self, full_id: str) -> tuple[StatedFigure, ...]:
        """Return the figures that say otherwise than one: declared on either side, or found by indicator."""
        return self._conflicts.get(full_id, ())

    @cached_property
    def _disputes(self) -> tuple[tuple[StatedFigure, ...], ...]:
        return measures.disputes(self.figures_in_order, self._conflicts)

    def disputes(
        self, *, event: str | None = None, indicator: str | None = None
    ) -> tuple[tuple[StatedFigure, ...], ...]:
        """Return the figures that disagree, each group together; those of an event or a measure."""
        return tuple(
            group
            for group in self._disputes
            if any(event in {None, *_event(one)} and indicator in {None, one.item.indicator} for one in group)
        )

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The topics by slug; tags that differ in case, accents or spaces are one."""
        return topics_of(self.sessions_in_order)

    @cached_property
    def _topics_of_sessions(self) -> Mapping[str, tuple[Topic, ...]]:
        by_tag = {same_tag(topic.label): topic for topic in self.topics.values()}
        return {
            session.full_id: tuple(
                by_tag[key] for key in dict.fromkeys(same_tag(tag) for tag in session.tags)
            )
            for session in self.sessions_in_order
        }

    def topics_of(self, session: Session) -> tuple[Topic, ...]:
        """Return the topics of a session in the order of its tags."""
        return self._topics_of_sessions[session.full_id]

    @cached_property
    def sdgs(self) -> Mapping[str, tuple[Session, ...]]:
        """The sessions of each Sustainable Development Goal and target, in the order of the goals."""
        return sdgs_of(self.sessions_in_order)

    def sessions_of_sdg(self, sdg: str, *, with_targets: bool = False) -> tuple[Session, ...]:
        """Return the sessions of a goal or target in time order; those of a goal's targets too, if wanted."""
        if not with_targets or "." in sdg:
            return self.sdgs.get(sdg, ())
        return tuple(
            session
            for session in self.sessions_in_order
            if any(one.partition(".")[0] == sdg for one in session.sdgs)
        )
