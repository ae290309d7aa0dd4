"""Raw values: what a file says before the schema reads it, each with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from sphinx_rapporteur.records.characters import visible
from sphinx_rapporteur.records.finding import Path
from sphinx_rapporteur.warnings import Subtype

WITHHELD = "withheld"
"""The one key that is never dropped silently: a slip must not publish what was to be hidden."""

MERGE_KEY = "<<"


class MapLines(NamedTuple):
    """The lines of a mapping."""

    line: int
    keys: dict[str, int]
    """The line of each key."""
    inner: dict[str, Lines]
    """The lines of values that are mappings, lists, or text that starts on another line than its key."""


class ListLines(NamedTuple):
    """The lines of a list."""

    line: int
    items: list[Lines]
    numbers: list[int]
    """Where each item stood in the file; empty while none was left out."""


Lines: TypeAlias = int | MapLines | ListLines
"""The lines of a value; of text, the line on which it starts."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Stands for a value that cannot be read."""

    line: int
    message: str
    subtype: Subtype = Subtype.VALUE
    found: str = ""
    expected: str = ""
    suggestion: str = ""
    other: int = 0
    """The line of the first of two equal keys."""
    instead: Raw = None
    """The first of two values."""


Raw: TypeAlias = dict[str, "Raw"] | list["Raw"] | str | Flaw | None


@dataclass(slots=True)
class Document:
    """One parsed file."""

    value: Raw
    lines: Lines
    flawed: bool = False
    """Whether there is a flaw in it somewhere."""
    has_nulls: bool = False
    """Whether there is a key without a value in it somewhere."""


class NotReadable(Exception):  # noqa: N818
    """A file that yields no values at all; carries the finding."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


_MOST_NAMED = 5


@dataclass(slots=True)
class Inspection:
    """What a walk through a record's raw value found."""

    longest: int
    """The longest text that is allowed."""
    flaws: list[tuple[Path, Flaw]] = field(default_factory=list)
    cleaned: list[tuple[Path, str]] = field(default_factory=list)
    """Texts that had such characters, with their names."""

    def walk(self, value: Raw, path: Path = ()) -> Raw:
        """Return the value without invisible characters; note flaws and texts that are too long."""
        if isinstance(value, dict):
            for key in list(value):
                self._key(value, key, path)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                value[index] = self.walk(item, (*path, index))
        elif isinstance(value, str):
            return self._text(value, path)
        elif isinstance(value, Flaw):
            self.flaws.append((path, value))
            return self.walk(value.instead, path)
        return value

    def _key(self, value: dict[str, Raw], key: str, path: Path) -> None:
        if visible(key)[1] or len(key) > self.longest:
            message = "a key with invisible characters or of great length"
            flaw = Flaw(0, message, Subtype.UNKNOWN_KEY, found=shorten(key))
            self.flaws.append(((*path, key), flaw))
        else:
            value[key] = self.walk(value[key], (*path, key))

    def _text(self, text: str, path: Path) -> str:
        if len(text) > self.longest:
            message = f"the text is longer than {self.longest:,} characters"
            flaw = Flaw(0, message, Subtype.LIMIT, found=f"{len(text):,}")
            self.flaws.append((path, flaw))
            return text
        clean = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        clean, names = visible(clean)
        if names:
            self.cleaned.append((path, ", ".join(names[:_MOST_NAMED])))
        return clean


def too_deep(line: int, depth: int) -> NotReadable:
    """Return the exception for a file whose values nest too deeply."""
    return NotReadable(Flaw(line, f"mappings and lists nest more than {depth} deep", Subtype.LIMIT))


def too_many(line: int, nodes: int) -> NotReadable:
    """Return the exception for a file with too many values."""
    return NotReadable(Flaw(line, f"the file holds more than {nodes:,} values", Subtype.LIMIT))


def duplicate_key(key: str, line: int, other: int, first: Raw) -> Flaw:
    """Return the flaw of a mapping that has a key twice."""
    instead = first.instead if isinstance(first, Flaw) else first
    return Flaw(
        line,
        "the key is there twice",
        Subtype.DUPLICATE_KEY,
        found=shorten(key),
        other=other,
        instead=instead,
    )


_LONGEST_SHOWN = 60


def shorten(value: object) -> str:
    """Return what a finding shows of a value."""
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_SHOWN else f"{value[: _LONGEST_SHOWN - 1]}\u2026"
        return repr(text)
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else repr(value)[:_LONGEST_SHOWN]
