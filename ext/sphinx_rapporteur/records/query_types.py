"""What a query asks for: sessions, people, statements; and what is wrong with one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from sphinx_rapporteur.records.index import PersonAppearance
from sphinx_rapporteur.records.model import Person

SessionSort = Literal["time", "title", "number"]
PersonSort = Literal["name", "sessions"]
StatementSort = Literal["order", "value", "label", "time", "year"]
OutcomeKind = Literal["takeaway", "call to action", "commitment", "next step"]


class QueryError(ValueError):
    """A query names something that does not exist, or a value that is not allowed."""

    def __init__(
        self,
        option: str,
        value: str,
        *,
        allowed: Sequence[str] = (),
        suggestion: str | None = None,
        is_withheld: bool = False,
    ) -> None:
        self.option = option
        self.value = value
        self.allowed = tuple(allowed)
        """The values that may stand here, if they are few."""
        self.suggestion = suggestion
        """The id that was probably meant."""
        self.is_withheld = is_withheld
        """Whether there is such a record, which may not be shown."""
        hint = f", did you mean {suggestion}?" if suggestion else ""
        choice = f", expected one of {', '.join(self.allowed)}" if self.allowed else ""
        super().__init__(f"{option}: there is no {value!r}{hint}{choice}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionQuery:
    """Which sessions: those that meet every condition that is given."""

    event: str | None = None
    day: dt.date | None = None
    track: str | None = None
    type: str | None = None
    tag: str | None = None
    sdg: str | None = None
    person: str | None = None
    organization: str | None = None
    role: str | None = None
    indicator: str | None = None
    room: str | None = None
    ids: tuple[str, ...] = ()
    sort: SessionSort | None = None
    """By time, unless `ids` are given: then in their order."""
    reverse: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonQuery:
    """Which people: those with an appearance that meets every condition that is given."""

    event: str | None = None
    session: str | None = None
    organization: str | None = None
    role: str | None = None
    country: str | None = None
    stakeholder_group: str | None = None
    sort: PersonSort = "name"
    reverse: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """Which figures, quotations or outcomes: those that meet every condition that is given."""

    event: str | None = None
    session: str | None = None
    person: str | None = None
    organization: str | None = None
    indicator: str | None = None
    tag: str | None = None
    kind: str | None = None
    ids: tuple[str, ...] = ()
    sort: StatementSort = "order"
    reverse: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody with the appearances that a query found."""

    person: Person | None
    """The record, if there is one."""
    name: str
    appearances: tuple[PersonAppearance, ...]

    def _sessions(self, wanted: Callable[[PersonAppearance], bool]) -> frozenset[str]:
        return frozenset(one.session.full_id for one in self.appearances if one.session and wanted(one))

    @property
    def attended(self) -> frozenset[str]:
        """The sessions in which they are known to have been."""
        return self._sessions(lambda one: one.is_confirmed)

    @property
    def reported(self) -> frozenset[str]:
        """The sessions whose report bears their byline."""
        return self._sessions(lambda one: one.is_byline)

    @property
    def listed(self) -> frozenset[str]:
        """The sessions that list or name them, without their being known to have been there."""
        return self._sessions(lambda one: not one.is_byline) - self.attended - self.reported
