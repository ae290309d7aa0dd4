"""Leaves parts of a raw record out, together with their lines."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_rapporteur.records.finding import Path
from sphinx_rapporteur.records.model import Part
from sphinx_rapporteur.records.model.base import EXTRA_PREFIX
from sphinx_rapporteur.records.read.raw import WITHHELD, Flaw, Lines, ListLines, MapLines, Raw
from sphinx_rapporteur.records.read.schema import keys_of


def leave_out(value: Raw, lines: Lines, targets: Iterable[Path]) -> bool:
    """Remove the values at some paths; return whether anything was removed."""
    removed = False
    # From the back, so that the indices before stay what they are; what is inside goes first.
    for path in sorted(set(targets), key=_order, reverse=True):
        removed |= _remove(value, lines, path)
    return removed


def drop_nulls(value: Raw, part: type[Part] | None) -> None:
    """Remove the keys without a value; those that a part does not have stay, to be reported."""
    if isinstance(value, Flaw):
        value = value.instead
    if isinstance(value, list):
        for item in value:
            drop_nulls(item, part)
    if not isinstance(value, dict):
        return
    keys = keys_of(part) if part else {}
    for key, item in list(value.items()):
        if item is not None:
            drop_nulls(item, keys[key].part if key in keys else None)
        elif key != WITHHELD and (not part or key in keys or key.startswith(EXTRA_PREFIX)):
            del value[key]


def _order(path: Path) -> list[tuple[int, int, str]]:
    return [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in path]


def _remove(value: Raw, lines: Lines, path: Path) -> bool:
    here: Raw = value
    marks: Lines | None = lines
    for step in path[:-1]:
        if isinstance(here, dict) and isinstance(step, str) and step in here:
            here = here[step]
            marks = marks.inner.get(step) if isinstance(marks, MapLines) else None
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
            marks = marks.items[step] if isinstance(marks, ListLines) else None
        else:
            return False
    last = path[-1]
    if isinstance(here, dict) and isinstance(last, str) and last in here:
        del here[last]
        return True
    if isinstance(here, list) and isinstance(last, int) and last < len(here):
        if isinstance(marks, ListLines):
            if not marks.numbers:
                marks.numbers.extend(range(len(marks.items)))
            del marks.items[last]
            del marks.numbers[last]
        del here[last]
        return True
    return False
