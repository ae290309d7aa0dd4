"""Where a record's values stand in their file."""

from __future__ import annotations

import pickle

from sphinx_rapporteur.records.finding import Path, Place
from sphinx_rapporteur.records.read.raw import Lines, ListLines, MapLines

# Field names that are not the key in the file.
_FIELD_KEYS = {"kind_of": "kind"}
_PROTOCOL = 5


class Origin:
    """The file of a record, with the lines of its values. Paths are those of the record's model.

    Pickled, the lines stay packed until somebody asks for one: most records of a build are never asked.
    """

    __slots__ = ("_lines", "file", "line")

    def __init__(self, file: str, lines: Lines) -> None:
        self.file = file
        """Relative to the data folder, with forward slashes."""
        self.line = own_line(lines)
        """That of the record itself."""
        self._lines: Lines | bytes = lines

    @property
    def lines(self) -> Lines:
        """The lines of the record's values."""
        if isinstance(self._lines, bytes):
            self._lines = _lines_of(self._lines)
        return self._lines

    def place(self, path: Path = ()) -> Place:
        """Return where a value's key stands, or that of the nearest value around it that is known."""
        return Place(self.file, find(self.lines, path)[0] if path else self.line)

    def text_line(self, path: Path) -> int:
        """Return the line on which a value's text starts: of a block, the one below its key."""
        return find(self.lines, path)[1]

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make it anew."""
        packed = self._lines if isinstance(self._lines, bytes) else pickle.dumps(self._lines, _PROTOCOL)
        return _packed, (self.file, self.line, packed)


def _packed(file: str, line: int, lines: bytes) -> Origin:
    origin = Origin(file, line)
    origin._lines = lines  # noqa: SLF001
    return origin


def _lines_of(packed: bytes) -> Lines:
    lines: Lines = pickle.loads(packed)  # noqa: S301  (from a pickle of our own: see the cache)
    return lines


def own_line(lines: Lines) -> int:
    """Return the line of a value itself."""
    return lines if isinstance(lines, int) else lines.line


def find(lines: Lines, path: Path) -> tuple[int, int]:
    """Return the line of the key at a path and the line on which its value starts."""
    key_line = text_line = own_line(lines)
    for step in path:
        if isinstance(lines, MapLines):
            # A model has levels that the file need not have: own keys under "extra", a list of one.
            key = _FIELD_KEYS.get(step, step) if isinstance(step, str) and step not in lines.keys else step
            if key not in lines.keys:
                if isinstance(key, int) or key == "extra":
                    continue
                break
            key_line = lines.keys[key]
            lines = lines.inner.get(key, key_line)
        elif isinstance(lines, ListLines) and isinstance(step, int) and 0 <= step < len(lines.items):
            lines = lines.items[step]
            key_line = own_line(lines)
        else:
            break
        text_line = own_line(lines)
    return key_line, text_line


def in_file(lines: Lines, path: Path) -> Path:
    """Return a path with its indices as they were before items were left out."""
    steps: list[str | int] = []
    for step in path:
        if isinstance(lines, ListLines) and isinstance(step, int) and 0 <= step < len(lines.items):
            steps.append(lines.numbers[step] if lines.numbers else step)
            lines = lines.items[step]
            continue
        steps.append(step)
        lines = lines.inner.get(step, 0) if isinstance(lines, MapLines) and isinstance(step, str) else 0
    return tuple(steps)
