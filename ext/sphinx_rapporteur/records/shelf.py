"""The shelf: all records by kind and id with their origins, while they are being joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from sphinx_rapporteur.records.model import KINDS, Event, Record, Session
from sphinx_rapporteur.records.naming import Aliases
from sphinx_rapporteur.records.origin import Origin

RecordT = TypeVar("RecordT", bound=Record)


@dataclass
class Shelf:
    """Records by kind (``people``) and full id, with their origins and former ids."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=Aliases)
    withheld: dict[str, set[str]] = field(default_factory=dict)
    """By kind, the ids that may not be shown; statements have kinds too (``quotes``)."""

    def put(self, record: Record, origin: Origin) -> None:
        """Add or replace a record."""
        self.records[record.kind][record.full_id] = record
        self.origins[record.kind, record.full_id] = origin

    def drop(self, record: Record) -> None:
        """Take a record off."""
        del self.records[record.kind][record.full_id]
        del self.origins[record.kind, record.full_id]

    def withhold(self, kind: str, full_id: str) -> None:
        """Note that something may not be shown."""
        self.withheld.setdefault(kind, set()).add(full_id)

    def origin(self, record: Record) -> Origin:
        """Return where a record comes from."""
        return self.origins[record.kind, record.full_id]

    def of(self, model: type[RecordT]) -> Mapping[str, RecordT]:
        """Return the records of one kind."""
        return cast("Mapping[str, RecordT]", self.records[model.kind])

    def owners(self) -> Iterator[Event | Session]:
        """Yield all records that statements are made in."""
        yield from self.of(Event).values()
        yield from self.of(Session).values()

    def each(self) -> Iterator[tuple[Record, Origin]]:
        """Yield all records with their origins; the shelf may be changed meanwhile."""
        for kind, records in self.records.items():
            for full_id, record in list(records.items()):
                yield record, self.origins[kind, full_id]

    def statement_ids(self, kind: str) -> set[str]:
        """Return the full ids of all statements of one kind (``quotes``)."""
        return {f"{owner.full_id}/{item.id}" for owner in self.owners() for item in getattr(owner, kind, ())}
