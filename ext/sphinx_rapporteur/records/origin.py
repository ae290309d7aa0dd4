"""Where records come from: what the catalog asks of a reader, and places that survive left-out items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sphinx_rapporteur.records.finding import Path, Place
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.read.origin import Origin as ReadOrigin
from sphinx_rapporteur.records.read.origin import in_file


class Origin(Protocol):
    """Knows the file and line of each value of one record."""

    @property
    def file(self) -> str:
        """The record's file, relative to the data folder."""
        ...

    def place(self, path: Path = (), /) -> Place:
        """Return the place of the value at ``path``, or of what encloses it."""
        ...

    def text_line(self, path: Path, /) -> int:
        """Return the line on which a value's text starts."""
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

    @property
    def file(self) -> str:
        """The record's file, relative to the data folder."""
        return self.origin.file

    def original(self, path: Path) -> Path:
        """Return a path as it was before items were left out."""
        steps: Path = ()
        for step in path:
            kept = self.kept.get(steps, ()) if isinstance(step, int) else ()
            steps += (kept[step] if isinstance(step, int) and step < len(kept) else step,)
        return steps

    def place(self, path: Path = ()) -> Place:
        """Return the place of a value by its path in the record as it is now."""
        return self.origin.place(self.original(path))

    def text_line(self, path: Path) -> int:
        """Return the line on which a value's text starts, by its path in the record as it is now."""
        return self.origin.text_line(self.original(path))


def path_in_file(origin: Origin, path: Path) -> Path:
    """Return a path with the indexes that a person counts in the file."""
    if isinstance(origin, Moved):
        return path_in_file(origin.origin, origin.original(path))
    return in_file(origin.lines, path) if isinstance(origin, ReadOrigin) else path
