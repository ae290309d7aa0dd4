"""Files and records by the thousand: what is done for them grows with their number, not with its square."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_rapporteur.records.catalog import build_catalog
from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.display import plain_text
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.read import read_folder
from sphinx_rapporteur.records.withhold import _without_targets
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from tried import Tried

MANY = 20_000
SOME = 600
EVENT = {"name": "E", "start": "2024-05-06", "end": "2024-05-08", "timezone": "UTC"}
LIMIT, UNKNOWN, VALUE = Subtype.LIMIT, Subtype.UNKNOWN_KEY, Subtype.VALUE
FILES: dict[str, tuple[str, str, Subtype, int, int]] = {
    "a key of steps": ("toml", "name = 'A'\na" + ".a" * MANY + " = 1\n", LIMIT, 2, 1),
    "a key of steps in quotes": ("toml", "name = 'A'\n" + "'a'." * MANY + "'a' = 1\n", LIMIT, 2, 1),
    "a table of steps": ("toml", "name = 'A'\n[a" + " . a" * MANY + "]\n", LIMIT, 2, 1),
    "directives": ("yaml", "".join(f"%TAG !a{n}! x\n" for n in range(MANY)) + "---\nname: A\n", LIMIT, 1, 1),
    "unknown keys": ("yaml", "name: A\n" + "".join(f"key{n}: 1\n" for n in range(MANY)), UNKNOWN, 2, MANY),
    "wrong items": ("yaml", "name: A\nlinks:\n" + "- {label: a, url: b}\n" * MANY, VALUE, 3, MANY),
}
"""Ending and text of a file, what is said of it first and in which line, and how often something is said."""


def letters(number: int) -> str:
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))


def session(number: int, **keys: Any) -> dict[str, Any]:
    times = {"start": "2024-05-06T10:00", "end": "2024-05-06T11:00"}
    return {"id": f"s{number}", "title": "T", **times, **keys}


def figure(number: int) -> dict[str, Any]:
    return {"id": f"f{number}", "label": "l", "value": number, "indicator": "i"}


def people(name: Callable[[int], str]) -> dict[str, Any]:
    return {"people/all": [{"id": f"p{number}", "name": name(number)} for number in range(SOME)]}


FOLDERS: dict[str, tuple[dict[str, Any], Subtype, int]] = {
    "sessions in one room": (
        {
            "events/e": {**EVENT, "rooms": [{"id": "r", "name": "R"}]},
            "sessions/e/all": [session(number, room="r") for number in range(SOME)],
        },
        Subtype.ROOM_OVERLAP,
        10 * SOME,
    ),
    "sessions of one person": (
        {
            "people/ada": {"name": "Ada"},
            "sessions/e/all": [session(number, people=[{"person": "ada"}]) for number in range(SOME)],
        },
        Subtype.PERSON_OVERLAP,
        10 * SOME,
    ),
    "figures that disagree": (
        {
            "indicators/i": {"name": "I"},
            "sessions/e/all": [session(0, statistics=[figure(number) for number in range(SOME)])],
        },
        Subtype.CONFLICT,
        SOME,
    ),
    "one name": (people(lambda _number: "Ada Berg"), Subtype.LOOK_ALIKE, SOME),
    "names that are nearly alike": (people(lambda n: f"Ada B{letters(n)}rg"), Subtype.LOOK_ALIKE, 10 * SOME),
}
"""Records by file, what is said of them, and how often at most."""


TEXTS = {
    "brackets that do not close": "[" + "\\a" * MANY,
    "empty lines": "x" + "\n" * 10 * MANY + "x",
    "a reference that does not close": "{forum:person}`" + "x" * 10 * MANY,
    "a reference of spaces": "{forum:person}`x" + " " * 10 * MANY,
    "a link that does not close": "[a](b" + " " * 10 * MANY,
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_words_of_a_text_are_found_at_once(name: str, tried: Tried) -> None:
    """Expressions that try each way to read these would take from minutes to the end of time."""
    text = TEXTS[name]
    assert len(plain_text(text)) <= len(text)
    assert _without_targets(text, {}) == text
    tried("build", "texts made to be slow", 1)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_once(name: str, tmp_path: Path, tried: Tried) -> None:
    """With each key compared with each, these would take from minutes to days."""
    suffix, text, subtype, line, count = FILES[name]
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / f"a.{suffix}").write_text(text, "utf-8")
    found: list[Finding] = []
    read_folder(tmp_path, report=found.append)
    assert (found[0].subtype, found[0].place.line) == (subtype, line)
    assert len(found) == count
    tried("build", "files and records by the thousand", 1)


@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_said_grows_with_the_records(name: str, tmp_path: Path, tried: Tried) -> None:
    """With each pair of records said, a few thousand would give millions of findings."""
    files, subtype, most = FOLDERS[name]
    for file, content in {"events/e": EVENT, **files}.items():
        path = tmp_path / f"{file}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")
    found: list[Finding] = []
    build_catalog(read_folder(tmp_path, report=found.append), report=found.append)
    assert {finding.subtype for finding in found} == {subtype}
    assert SOME // 2 < len(found) <= most
    assert sum(len(finding.others) for finding in found) <= 20 * SOME
    tried("build", "files and records by the thousand", 1)


@pytest.mark.parametrize("word", ["ab ", "A", "A. ", "United Nations "])
def test_a_name_may_be_as_long_as_a_text(word: str, tmp_path: Path, tried: Tried) -> None:
    """With each word or letter of it looked at with each, one name would take hours."""
    name = word * (190_000 // len(word))
    bearers = [{"id": f"p{number}", "name": f"{name}{number}"} for number in range(2)]
    for kind in ("people", "organizations"):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "a.json").write_text(json.dumps(bearers), "utf-8")
    found: list[Finding] = []
    catalog = build_catalog(read_folder(tmp_path, report=found.append), report=found.append)
    assert len(catalog.people) == len(catalog.organizations) == len(bearers)
    assert sort_key(name) == sort_key(f"{name}1")
    tried("build", "texts made to be slow", 1)
