"""What is wrong with a value, in plain words: from the schema's errors to findings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from sphinx_rapporteur.records.finding import Path
from sphinx_rapporteur.records.losses import IDENTIFYING
from sphinx_rapporteur.records.model import Part
from sphinx_rapporteur.records.model.types import LONGEST_ID, territories
from sphinx_rapporteur.records.read.raw import Raw, shorten
from sphinx_rapporteur.records.read.schema import (
    hides,
    keys_of,
    part_at,
    smallest_part,
    smallest_value,
    value_at,
)
from sphinx_rapporteur.warnings import Subtype

_NEAR = 65
_WORD = re.compile(r"[^\W\d][\w.-]*")
_SHAPES = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "greater_than_equal": "a whole number from 0",
    "date_type": "a date",
    "datetime_type": "a date and time",
    "time_delta_type": "hours, minutes and seconds",
    "is_instance_of": "a number",
    "too_short": "at least one item",
}
_COUNTRIES = {
    "uk": "GB",
    "usa": "US",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "korea": "KR",
    "russia": "RU",
    "iran": "IR",
    "czech republic": "CZ",
    "holland": "NL",
    "turkey": "TR",
    "burma": "MM",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One wrong value of a record, and what is left out because of it."""

    path: Path
    target: Path
    """The smallest part that holds it; empty: the record."""
    subtype: Subtype
    message: str
    found: str = ""
    expected: str = ""
    suggestion: str = ""
    is_last: bool = False
    """Whether nothing more can be found out about a record that is left out because of it."""


def issues_of(errors: Iterable[Any], model: type[Part], value: Raw) -> list[Issue]:
    """Return the issues that pydantic's errors amount to, without its own terms."""
    expectations: dict[Path, list[Any]] = {}
    for error in errors:
        expectations.setdefault(_real_path(error, value), []).append(error)
    # Looked up, not searched: there may be a hundred thousand errors.
    around = {path[:depth] for path in expectations for depth in range(len(path))}
    issues = []
    for path, group in expectations.items():
        if path in around and _is_shadow(path, group, value):
            continue
        issues.append(_issue(path, group, model, value))
    return _misspelt_required(issues)


def _misspelt_required(issues: list[Issue]) -> list[Issue]:
    """Join an unknown key with the required one that was meant by it: that is one slip."""
    absent = {issue.path: issue for issue in issues if issue.is_last and issue.path}
    joined: dict[Path, Issue] = {}
    for issue in issues:
        if issue.subtype is Subtype.UNKNOWN_KEY:
            beside = [str(path[-1]) for path in absent if path[:-1] == issue.path[:-1]]
            meant = (*issue.path[:-1], nearest(str(issue.path[-1]), beside))
            if meant in absent:
                missing = absent.pop(meant)
                joined[meant] = issue
                joined[issue.path] = replace(
                    missing,
                    path=issue.path,
                    subtype=Subtype.UNKNOWN_KEY,
                    message=f"{issue.message}, while `{meant[-1]}`, which is required, is not there",
                    found=issue.found,
                    suggestion=did_you_mean(str(meant[-1])),
                )
    return [joined.get(issue.path, issue) for issue in issues if joined.get(issue.path) not in issues]


def _real_path(error: Any, value: Raw) -> Path:
    """Return where an error is in the file: pydantic's path has steps for alternatives too."""
    path: list[str | int] = []
    here: Any = value
    location: Sequence[str | int] = error["loc"]
    absent = error["type"] in {"missing", "extra_forbidden"}
    for index, step in enumerate(location):
        is_item = isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here)
        if is_item or (isinstance(here, dict) and step in here):
            path.append(step)
            here = here[step]
        elif absent and index == len(location) - 1 and isinstance(here, dict):
            path.append(step)
    return tuple(path)


def _is_shadow(path: Path, group: list[Any], value: Raw) -> bool:
    """Return whether errors at a path, below which there are others, merely follow from those."""
    shapes = all(
        error["type"] == "too_short" or (error["type"] in _SHAPES and len(error["loc"]) > len(path))
        for error in group
    )
    derived = all(error["type"] == "value_error" and len(error["loc"]) > len(path) for error in group)
    return shapes or (derived and isinstance(value_at(value, path), dict))


def _issue(path: Path, group: list[Any], model: type[Part], value: Raw) -> Issue:
    error = group[0]
    if error["type"] == "missing":
        return _missing(path, model)
    if error["type"] == "extra_forbidden":
        return _unknown_key(path, model)
    found = value_at(value, path)
    allowed = [word for each in group if each["type"] == "literal_error" for word in _allowed(each)]
    expected = " or ".join(dict.fromkeys(_expected(each) for each in group))
    target = () if hides(path) else smallest_value(model, path, value)
    is_id = expected.startswith("an id") and isinstance(found, str)
    if any(error["loc"][-1:] == ("[key]",) for error in group):
        found, is_id = path[-1], True
    return Issue(
        path=path,
        target=target,
        subtype=Subtype.BAD_ID if is_id else Subtype.VALUE,
        message=_says_what(found, group),
        found="" if isinstance(found, dict) and error["type"] == "value_error" else shorten(found),
        expected=expected,
        suggestion=_suggestion(found, expected, allowed, part_at(model, path)),
    )


def _says_what(found: object, group: list[Any]) -> str:
    if isinstance(found, str) and all(error["type"] == "literal_error" for error in group):
        return "not one of the values that are allowed here"
    if found is None:
        return "there is no value"
    if all(error["type"] in _SHAPES or error["type"].startswith("model_") for error in group):
        return "a value of the wrong form"
    return "a value that does not fit here"


def _missing(path: Path, model: type[Part]) -> Issue:
    part = part_at(model, path[:-1])
    name = str(path[-1])
    field = next((f for n, f in part.model_fields.items() if (f.alias or n) == name), None) if part else None
    return Issue(
        path=path,
        target=smallest_part(model, path, missing=True),
        subtype=Subtype.VALUE,
        message=f"`{name}` is required and is not there",
        is_last=True,
        expected=f"`{name}`: {_in_a_sentence(field.description or '')}" if field else f"`{name}`",
    )


def _in_a_sentence(description: str) -> str:
    text = description.removesuffix(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _unknown_key(path: Path, model: type[Part]) -> Issue:
    part = part_at(model, path[:-1])
    names = list(keys_of(part)) if part else []
    key = str(path[-1])
    near = nearest(key, names)
    return Issue(
        path=path,
        target=() if hides(path) else smallest_part(model, path) if _changes_meaning(key, part) else path,
        subtype=Subtype.UNKNOWN_KEY,
        message="a key that the data format does not have here",
        found=shorten(key),
        expected="" if near else f"one of {', '.join(names)}",
        suggestion=did_you_mean(near) or "keys of your own start with x-",
    )


def _changes_meaning(key: str, part: type[Part] | None) -> bool:
    """Return whether a part may say something else without an unknown key."""
    telling = [name for name in keys_of(part) if name in part.telling] if part else []
    # What is no word at all may be the rest of a text that a comma cut off.
    return bool(nearest(key, telling)) or not _WORD.fullmatch(key)


def left_out(target: Path, model: type[Part] | None = None) -> str:
    """Return what is said of a part of a record that is left out, and of what is used in its place.

    *target* is its path, empty for the record, whose type the *model* is.
    """
    if not target:
        return "the record is left out"
    names = [str(step) for step in target if isinstance(step, str)]
    if isinstance(target[-1], int):
        return f"this item of `{names[-1]}` is left out"
    part = part_at(model, target[:-1]) if model else None
    known = keys_of(part) if part else {}
    meant = names[-1] if names[-1] in known else nearest(names[-1], list(known)) or ""
    used = known[meant].default if meant else ""
    return f"`{names[-1]}` is left out" + (f", `{used}` stands in its place" if used else "")


def _allowed(error: Any) -> list[str]:
    return re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))


def _expected(error: Any) -> str:
    kind = error["type"]
    if kind == "literal_error":
        words = _allowed(error)
        return f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind in {"model_type", "model_attributes_type", "dataclass_type"}:
        return "a mapping of keys and values"
    return _SHAPES.get(kind, "another value")


def _suggestion(found: object, expected: str, allowed: list[str], part: type[Part] | None) -> str:
    if isinstance(found, list) and len(found) == 1 and expected == "text" and isinstance(found[0], str):
        return f"write it without brackets: {shorten(found[0])}"
    if not isinstance(found, str):
        is_lone = isinstance(found, dict) and expected == "a list"
        return "put a hyphen before its first key" if is_lone else ""
    if expected == "a list":
        text = found if len(found) < _NEAR else "\u2026"
        key = _naming_key(found, part)
        return f"[{{{key}: {text}}}]" if key else f"[{text}]"
    if expected.startswith("an id"):
        return did_you_mean(slug(found))
    if expected.startswith("a country code"):
        return did_you_mean(_country(found))
    return did_you_mean(nearest(found, allowed))


def _naming_key(text: str, part: type[Part] | None) -> str:
    """Return the key of a part that a lone text may be meant for."""
    keys = [key for key in IDENTIFYING if part and key in keys_of(part)]
    return next((key for key in keys if key == "name" or slug(text) == text), "")


def _country(text: str) -> str:
    codes = territories()
    if text.upper() in codes:
        return text.upper()
    by_name = {name.casefold(): code for code, name in codes.items()} | _COUNTRIES
    return by_name.get(nearest(text, list(by_name), at_least=85), "")


def nearest(text: str, choices: Sequence[str], *, at_least: int = _NEAR) -> str:
    """Return the choice that is spelled most like a text, or nothing if none is near."""
    found = process.extractOne(
        text[:200].casefold(), choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=at_least
    )
    return str(found[0]) if found else ""


def did_you_mean(text: str) -> str:
    """Return the question, or nothing without a candidate."""
    return f"did you mean {text}?" if text else ""


def slug(text: str) -> str:
    """Return a text as an id; nothing if none of it can be in one."""
    plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-")
