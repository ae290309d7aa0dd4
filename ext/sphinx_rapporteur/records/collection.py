"""The catalog's first layer: all records with their places and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from sphinx_rapporteur.records.digest import record_digest
from sphinx_rapporteur.records.failure import NOWHERE, Key
from sphinx_rapporteur.records.finding import Path, Place
from sphinx_rapporteur.records.hosts import ANY_HOST, Hosts
from sphinx_rapporteur.records.losses import Losses
from sphinx_rapporteur.records.model import Event, Indicator, Organization, Person, Record, Session
from sphinx_rapporteur.records.naming import Aliases
from sphinx_rapporteur.records.origin import Origin


@dataclass(frozen=True, eq=False, repr=False)
class Collection:
    """All records with their places; each mapping is ordered by id."""

    events: Mapping[str, Event]
    sessions: Mapping[str, Session]
    """By full id (``igf-2016/ws27``)."""
    people: Mapping[str, Person]
    organizations: Mapping[str, Organization]
    indicators: Mapping[str, Indicator]
    locale: str = "en"
    hosts: Hosts = ANY_HOST
    """Those that texts may link to."""
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By kind (``person``), the ids that exist and may not be shown, former ones included."""
    aliases: Aliases = field(default_factory=Aliases)
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)
    """By kind of record (``people``) and full id."""
    losses: Losses = field(default_factory=Losses)
    """What was left out, and why."""
    remake: Callable[[frozenset[Key]], Self] | None = None

    def without(self, keys: frozenset[Key]) -> Self:
        """Return the collection joined anew without some records, over which our own code failed."""
        return self if not keys or self.remake is None else self.remake(keys)

    def shelf(self, kind: str) -> Mapping[str, Record]:
        """Return the records of a kind as references call it (``person``); nothing for other objects."""
        shelves: dict[str, Mapping[str, Record]] = {
            "event": self.events,
            "session": self.sessions,
            "person": self.people,
            "org": self.organizations,
            "indicator": self.indicators,
        }
        return shelves.get(kind, {})

    def origin(self, record: Record) -> Origin:
        """Return where a record comes from; its paths are those of the record in the catalog."""
        return self.origins[record.kind, record.full_id]

    def place_if_known(self, record: Record) -> Place | None:
        """Return the place of a record, or nothing if it is none of these."""
        origin = self.origins.get((record.kind, record.full_id))
        return None if origin is None else origin.place(())

    def place_of(self, kind: str, full_id: str) -> Place:
        """Return the place of the record that an object is or, such as a figure, belongs to."""
        record = self.shelf(kind).get(full_id)
        while record is None and "/" in full_id:
            full_id = full_id.rpartition("/")[0]
            record = self.sessions.get(full_id) or self.events.get(full_id)
        return NOWHERE if record is None else self.place(record)

    def place(self, record: Record, path: Path = ()) -> Place:
        """Return the place of a record, or of a value inside it."""
        return self.origin(record).place(path)

    @cached_property
    def _digests(self) -> dict[tuple[str, str], str]:
        return {}

    def record_digest(self, record: Record) -> str:
        """Return a digest of all that a record says, the same in each process."""
        key = record.kind, record.full_id
        if key not in self._digests:
            self._digests[key] = record_digest(record)
        return self._digests[key]

    @cached_property
    def digest(self) -> str:
        """A digest of all records, of what is withheld and of the language."""
        total = hashlib.sha256(f"{self.locale} {self.hosts.allowed}".encode())
        for records in (self.events, self.sessions, self.people, self.organizations, self.indicators):
            for record in records.values():
                total.update(f"\n{record.kind} {record.full_id} {self.record_digest(record)}".encode())
        total.update(repr([(kind, sorted(ids)) for kind, ids in sorted(self.withheld.items())]).encode())
        return total.hexdigest()
