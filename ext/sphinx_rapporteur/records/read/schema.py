"""What the reader asks of the record types: their keys, and how their parts nest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from rapidfuzz import fuzz

from sphinx_rapporteur.records.finding import Path
from sphinx_rapporteur.records.model import Part
from sphinx_rapporteur.records.read.raw import MERGE_KEY, WITHHELD, Raw

_NEAR_WITHHELD = 75


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a part."""

    required: bool
    part: type[Part] | None
    """The type of the mapping, or of the list's mappings, that stands there."""
    has_texts: bool
    """Whether a mapping with keys of the writer's own may stand there, as under ``report``."""
    default: str = ""
    """The text that is used where the key is absent, if any is."""


@cache
def keys_of(model: type[Part]) -> Mapping[str, Key]:
    """Return the keys of a part by their name in files."""
    return {
        field.alias or name: Key(
            field.is_required(),
            next(_parts_in(field.annotation), None),
            any(get_origin(form) is not None and _is_mapping(form) for form in _forms_in(field.annotation)),
            field.default if isinstance(field.default, str) else "",
        )
        for name, field in model.model_fields.items()
        if name != "extra"
    }


def _forms_in(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in get_args(annotation):
        yield from _forms_in(argument)


def _parts_in(annotation: object) -> Iterator[type[Part]]:
    for form in _forms_in(annotation):
        if isinstance(form, type) and get_origin(form) is None and issubclass(form, Part):
            yield form


def _is_mapping(form: object) -> bool:
    origin = get_origin(form)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def part_at(model: type[Part], path: Path) -> type[Part] | None:
    """Return the type of the mapping at a path, or ``None`` if there is none of ours."""
    part: type[Part] | None = model
    for step in path:
        if isinstance(step, int):
            continue
        key = keys_of(part).get(step) if part else None
        part = key.part if key else None
    return part


def smallest_part(model: type[Part], path: Path, *, missing: bool = False) -> Path:
    """Return what has to be left out if the value at a path is wrong; empty: the record."""
    steps = _mappings(model, path)
    whole = [step for step, part in steps if part.whole]
    if whole:
        return whole[-1]
    numbers = [index for index, step in enumerate(path) if isinstance(step, int)]
    if numbers:
        return path[: numbers[-1] + 1]
    if missing:
        return smallest_part(model, path[:-1]) if len(path) > 1 else ()
    for step, part in reversed(steps):
        key = keys_of(part).get(str(path[len(step)])) if len(step) < len(path) else None
        if key and not key.required:
            depth = len(step) + (2 if key.has_texts else 1)
            return path[:depth]
        if key is None and len(step) + 1 == len(path):
            return path
    return ()


def smallest_value(model: type[Part], path: Path, record: Raw) -> Path:
    """Return what has to be left out if the value at a path of a record does not fit; empty: the record.

    In an item of a list that is an optional value without which the item says the same.
    """
    target = smallest_part(model, path)
    if not target or not isinstance(target[-1], int):
        return target
    for step, part in reversed(_mappings(model, path)):
        if len(target) <= len(step) < len(path):
            name = str(path[len(step)])
            key = keys_of(part).get(name)
            others = part.either - {name}
            stands_alone = name in part.either and others.isdisjoint(value_at(record, step) or ())
            if key and not key.required and name not in part.telling and not stands_alone:
                in_list = len(step) + 1 < len(path) and isinstance(path[len(step) + 1], int)
                return path[: len(step) + (2 if in_list else 1)]
    return target


def value_at(record: Any, path: Path) -> Any:
    """Return what stands at a path of a raw record; ``None`` if there is nothing."""
    for step in path:
        try:
            record = record[step]
        except (KeyError, IndexError, TypeError):
            return None
    return record


def _mappings(model: type[Part], path: Path) -> list[tuple[Path, type[Part]]]:
    """Return the parts of our own along a path, below the record, with their paths."""
    found: list[tuple[Path, type[Part]]] = []
    for depth in range(len(path) + 1):
        follows_list = depth < len(path) and isinstance(path[depth], int)
        part = part_at(model, path[:depth])
        if part is not None and not follows_list:
            found.append((path[:depth], part))
    return found


def hides(path: Path) -> bool:
    """Return whether a wrong value may have been meant to withhold something, however its key is spelled."""
    if not path or not isinstance(path[-1], str):
        return False
    # A merge key might bring it in from elsewhere.
    return path[-1] == MERGE_KEY or fuzz.ratio(path[-1].casefold(), WITHHELD) >= _NEAR_WITHHELD
