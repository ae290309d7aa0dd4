"""Rewrite a record part by part: replace references, leave out items, remember which were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar, get_args, get_origin

from sphinx_rapporteur.records.finding import Path
from sphinx_rapporteur.records.model import Part, Record
from sphinx_rapporteur.records.model.types import RefersTo
from sphinx_rapporteur.records.origin import Moved, Origin

RecordT = TypeVar("RecordT", bound=Record)
PartT = TypeVar("PartT", bound=Part)


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that holds references or parts."""

    name: str
    refers_to: str
    """The kind of record that the field names; empty if it holds parts."""
    is_list: bool


@cache
def slots(model: type[Part]) -> tuple[Slot, ...]:
    """Return the fields of a model that hold references or parts, in the model's order."""
    found = []
    for name, info in model.model_fields.items():
        metadata = [entry for entry in info.metadata if isinstance(entry, RefersTo)]
        kinds, is_list = (metadata, False) if metadata else _held(info.annotation)
        if kinds:
            first = kinds[0]
            refers_to = first.kind if isinstance(first, RefersTo) else ""
            found.append(Slot(name, refers_to, is_list))
    return tuple(found)


def _held(annotation: Any) -> tuple[list[RefersTo | type[Part]], bool]:
    """Return what an annotation holds, and whether in a list."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation], False
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        marks: list[RefersTo | type[Part]] = [entry for entry in arguments[1:] if isinstance(entry, RefersTo)]
        return marks or _held(arguments[0])[0], False
    is_list = get_origin(annotation) is tuple
    for argument in arguments:
        held, nested = _held(argument)
        if held:
            return held, is_list or nested
    return [], False


ReplaceReference: TypeAlias = Callable[[str, str, Path], str | None]
"""From kind, value and path to the value to write; ``None`` if the reference is to go."""
ReplacePart: TypeAlias = Callable[[Any, Path], Any]
"""From a part and its path to the part to write; ``None`` if the part is to go."""


@dataclass(slots=True)
class Rewriter:
    """Rewrites records; a reference that goes takes the innermost list item with it, or only its field.

    In some parts something stands in its place.
    """

    reference: ReplaceReference
    part: ReplacePart = lambda part, _path: part
    drops_items: bool = True
    """Whether a scalar reference that goes takes the list item around it along."""
    _kept: dict[Path, tuple[int, ...]] = field(default_factory=dict)

    def rewrite(self, record: RecordT, origin: Origin) -> tuple[RecordT, Origin]:
        """Return the record as it is to be, with its origin; a record itself never goes."""
        self._kept = {}
        new: RecordT = self.part(record, ())
        new, _is_whole = self._fields(new, ())
        if new is record:
            return record, origin
        return new, Moved(origin, self._kept) if self._kept else origin

    def _fields(self, part: PartT, path: Path) -> tuple[PartT, bool]:
        """Return the part with its fields rewritten, and whether none of them had to go."""
        changes: dict[str, Any] = {}
        is_whole = True
        for slot in slots(type(part)):
            value = getattr(part, slot.name)
            if not value or (isinstance(value, str) and not slot.refers_to):
                continue
            here = (*path, slot.name)
            if slot.is_list:
                new: Any = self._list(slot, value, here)
            else:
                new = self._one(slot, value, here)
                if new is None and self.drops_items and slot.name in part.stand_ins:
                    new = part.stand_ins[slot.name]
                else:
                    is_whole = is_whole and new is not None
            if new is not value:
                changes[slot.name] = new
        return (part.model_copy(update=changes) if changes else part), is_whole

    def _one(self, slot: Slot, value: Any, path: Path) -> Any:
        if slot.refers_to:
            new = self.reference(slot.refers_to, value, path)
            return value if new == value else new
        return self._inner(value, path)

    def _inner(self, part: Part, path: Path) -> Part | None:
        """Return a part that is no record, rewritten, or ``None`` if it goes."""
        new: Part | None = self.part(part, path)
        if new is None:
            return None
        new, is_whole = self._fields(new, path)
        return new if is_whole or not self.drops_items else None

    def _list(self, slot: Slot, items: tuple[Any, ...], path: Path) -> tuple[Any, ...]:
        kept = []
        indexes = []
        for index, item in enumerate(items):
            new = self._one(slot, item, (*path, index))
            if new is not None:
                kept.append(new)
                indexes.append(index)
        if len(kept) < len(items):
            self._kept[path] = tuple(indexes)
        elif all(new is old for new, old in zip(kept, items, strict=True)):
            return items
        return tuple(kept)


def walk(part: Part, path: Path = ()) -> Iterator[tuple[Part, Path]]:
    """Yield a part and all parts inside it, each with its path."""
    yield part, path
    for slot in slots(type(part)):
        value = getattr(part, slot.name)
        if slot.refers_to or not value or isinstance(value, str):
            continue
        for index, item in enumerate(value if slot.is_list else (value,)):
            yield from walk(item, (*path, slot.name, index) if slot.is_list else (*path, slot.name))
