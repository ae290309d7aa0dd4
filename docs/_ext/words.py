"""What a field of the data format takes, in plain words, from its annotation."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sphinx_rapporteur.records.model import types
from sphinx_rapporteur.records.model.base import Withheld, WithheldOrName

Words = list[str | type[BaseModel]]
"""Words with inline code in backticks, and the parts that stand among them."""

_WORDS = {
    "Id": "id",
    "FullId": "id, or ids joined by slashes",
    "FormerId": "id, or ids joined by slashes",
    "Plain": "plain text",
    "Text": "text in Markdown",
    "Url": "address, `https://…`",
    "Moment": "date, or date and time",
    "Date": "date",
    "Offset": "hours and minutes with a sign, `+01:00`",
    "Clock": "hours, minutes and seconds, `00:12:31`",
    "Flag": "`true` or `false`",
    "Count": "whole number",
    "Zone": "time zone, `America/Mexico_City`",
    "Country": "country code, `MX`",
    "Sdg": "goal or target, `16.2`",
    "Orcid": "ORCID iD",
    "Ror": "ROR id",
    "Language": "language tag, `pt-BR`",
    "Colour": "colour, `#2557c4`",
    "PhotoPath": "path of a picture in the data folder",
    "FigureValue": "figure, `68,000` or `3.9 billion`",
}
_REFERS = {
    "people": "id of a person",
    "organizations": "id of an organisation",
    "indicators": "id of an indicator",
    "events": "id of an event",
    "sessions": "id of a session",
    "statistics": "id of a figure",
    "outcomes": "id of an outcome",
    "rooms": "id of a room of the event",
    "tracks": "id of a track of the event",
}


class UnknownTypeError(TypeError):
    """A type of the data format has no words yet: they belong in this module."""


def _key(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    base, *metadata = get_args(annotation)
    return base, tuple(item for item in metadata if not isinstance(item, types.RefersTo))


_BY_TYPE = [(_key(getattr(types, name)), words) for name, words in _WORDS.items()]
_BY_TYPE += [(_key(Withheld), "`true` or `false`"), (_key(WithheldOrName), "`true`, `false` or `name`")]


def words_of(field: FieldInfo) -> Words:
    """Return what a field takes; raise `UnknownTypeError` for a type that this module has no words for."""
    annotation: Any = field.annotation
    if field.metadata:
        annotation = Annotated[annotation, *field.metadata]
    return _words(annotation)


def _words(annotation: Any) -> Words:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(annotation)
    if origin in {Union, UnionType}:
        return _either([_words(arg) for arg in args if arg is not type(None)])
    if origin is tuple:
        return ["list: ", *_words(args[0])]
    if origin is Literal:
        return [" · ".join(f"`{value}`" for value in args)]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return ["mapping of ", *_words(args[0]), " to ", *_words(args[1])]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    raise UnknownTypeError(repr(annotation))


def _either(choices: list[Words]) -> Words:
    out: Words = []
    for choice in choices:
        out += [", or ", *choice] if out else choice
    return out


def _annotated(annotation: Any) -> Words:
    for item in get_args(annotation)[1:]:
        if isinstance(item, types.RefersTo):
            return [_REFERS[item.kind]]
    for known, words in _BY_TYPE:
        if known == _key(annotation):
            return [words]
    # A list with a condition, such as a least length.
    return _words(get_args(annotation)[0])
