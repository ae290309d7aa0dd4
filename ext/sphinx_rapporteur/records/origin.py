"""Where records come from: what the catalog asks of a reader, and places that survive left-out items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sphinx_rapporteur.records.finding import Path, Place
from sphinx_rapporteur.records.model import Record


class Origin(Protocol):
    """Knows the file and line of each value of one record."""

    def place(self, path: Path, /) -> Place:
        """Return the place of the value at ``path``, or of what encloses it."""
        ...


class Loaded(Protocol):
    """A record with its origin, as a reader returns it."""

    @property
    def record(self) -> Record:
        """The record."""
        ...

    @property
    def origin(self) -> Origin:
        """Where its values stand."""
        ...


@dataclass(frozen=True, slots=True)
class Moved:
    """The origin of a record from whose lists items were left out, so that indexes moved."""

    origin: Origin
    kept: Mapping[Path, tuple[int, ...]] = field(default_factory=dict)
    """By the path of a list in the original record: the original indexes of the items that were kept."""

    def place(self, path: Path) -> Place:
        """Return the place of a value by its path in the record as it is now."""
        original: Path = ()
        for step in path:
            kept = self.kept.get(original) if isinstance(step, int) else None
            known = kept is not None and isinstance(step, int) and step < len(kept)
            original += (kept[step] if kept and known and isinstance(step, int) else step,)
        return self.origin.place(original)
