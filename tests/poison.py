"""Records with something added to every plain string in them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import AfterValidator

from sphinx_rapporteur.records.model import Part
from sphinx_rapporteur.records.model.types import Plain

_IS_PLAIN = next(item.func for item in get_args(Plain) if isinstance(item, AfterValidator))
KEPT = {"role", "unit"}
"""Plain fields that choose how others are shown, so that another word is another page."""


def is_plain(annotation: Any) -> bool:
    """Return whether a field, or an item of it, is a plain string."""
    metadata = getattr(annotation, "__metadata__", ())
    return any(isinstance(item, AfterValidator) and item.func is _IS_PLAIN for item in metadata) or any(
        is_plain(argument) for argument in get_args(annotation)
    )


def poisoned(model: type[Part], value: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Return a raw record with something added to every plain string in it."""
    out = dict(value)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key not in value or key in KEPT:
            continue
        found = value[key]
        plain = is_plain(field.annotation) or any(
            getattr(m, "func", None) is _IS_PLAIN for m in field.metadata
        )
        if plain and isinstance(found, str):
            out[key] = found + suffix
        elif plain and isinstance(found, list) and found and isinstance(found[0], str):
            out[key] = [item + suffix for item in found]
        else:
            part = part_of(field.annotation)
            if part is not None and isinstance(found, dict):
                out[key] = poisoned(part, found, suffix)
            elif part is not None and isinstance(found, list):
                out[key] = [
                    poisoned(part, item, suffix) if isinstance(item, dict) else item for item in found
                ]
    return out


def part_of(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for argument in get_args(annotation) if (found := part_of(argument))), None)


def load(path: Path) -> Any:
    text = path.read_text("utf-8")
    match path.suffix:
        case ".yaml":
            return yaml.load(text, yaml.BaseLoader)
        case ".json":
            return json.loads(text, parse_int=str, parse_float=str)
    return json.loads(json.dumps(tomllib.loads(text), default=lambda moment: moment.isoformat()))
