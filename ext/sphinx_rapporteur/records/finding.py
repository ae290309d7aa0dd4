"""Findings: what is wrong in the data, with its place and what was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from sphinx_rapporteur.warnings import Subtype

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands inside a record: ``("statistics", 2, "value")``."""

Thing: TypeAlias = tuple[str, str]
"""A record or a part of one, by kind (``people``, ``quotes``) and full id."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file of the data folder."""

    file: str
    """Relative to the data folder, with forward slashes."""
    line: int
    """Counted from 1."""

    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, as a person needs it to mend it."""

    subtype: Subtype
    place: Place
    message: str
    """One sentence without the place: what was found and why that is wrong."""
    path: Path = ()
    """Inside the record; empty if the finding is about the whole record or file."""
    found: str = ""
    expected: str = ""
    suggestion: str = ""
    """The value that was probably meant, or what to do."""
    others: tuple[Place, ...] = ()
    """Other places that take part: the first of two duplicates, the other session in the room."""
    lost: tuple[Thing, ...] = ()
    """What is left out because of it, so that whatever refers to that can say why."""
    error: Exception | None = field(default=None, compare=False, repr=False)
    """What our own code raised, with its traceback."""

    @property
    def is_error(self) -> bool:
        """Whether something was left out of the site because of it."""
        return self.subtype.is_error

    def text(self) -> str:
        """Return the finding as one printable line without its place and subtype."""
        parts = [self.message]
        if self.path:
            parts[0] = f"{format_path(self.path)}: {parts[0]}"
        if self.found:
            parts.append(f"found {self.found}")
        if self.expected:
            parts.append(f"expected {self.expected}")
        line = "; ".join(parts)
        if self.suggestion:
            line += f" ({self.suggestion})"
        if self.others:
            line += f" [see also {', '.join(map(str, self.others))}]"
        return printable(line)


Report: TypeAlias = Callable[[Finding], None]
"""What readers and checks call for each finding."""


def printable(text: str) -> str:
    r"""Return text as a terminal and a log can show it: ``\x1b`` for what moves the cursor or hides."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as people read them, in the order of files and lines, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.place))


def format_path(path: Path) -> str:
    """Return a path as people write it: ``statistics[2].value``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
