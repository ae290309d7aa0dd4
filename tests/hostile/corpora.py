"""Public lists of hostile and awkward text, where they lie beside the checkout, and our own.

The lists are not copied here: ``RAPPORTEUR_CORPORA`` names their folder, which is otherwise looked for at
``../shared/corpora`` from the checkout. Without it the tests that need one are skipped.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).parents[1]
FOLDER = Path(os.environ.get("RAPPORTEUR_CORPORA") or TESTS.parents[1] / "shared" / "corpora")
_OWN = TESTS / "render" / "cases" / "text-hostile.yaml"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n", re.MULTILINE | re.DOTALL)
LISTS = ("own", "naughty strings", "script injection", "formula injection", "CommonMark examples")


def payloads(name: str) -> list[str]:
    """Return the texts of a list, each once; skip the test if it is not there."""
    if name == "own":
        groups: dict[str, Any] = yaml.safe_load(_OWN.read_text("utf-8"))
        found = [text for group in groups.values() for text in _texts(group)]
    else:
        found = _public(name)
    return [text for text in dict.fromkeys(found) if text.strip()]


def _texts(group: Any) -> list[str]:
    return list(group["texts"] if isinstance(group, dict) else group)


def _public(name: str) -> list[str]:
    match name:
        case "naughty strings":
            return list(json.loads(_read("blns/blns.json")))
        case "script injection":
            return _read("payloadbox-xss/xss-payload-list.txt").splitlines()
        case "formula injection":
            return _read("csv-injection/csv-payload.txt").splitlines()
    spec = _read("commonmark-spec/spec.txt").replace("\u2192", "\t")
    return [match[1] for match in _EXAMPLE.finditer(spec)]


def yaml_cases() -> dict[str, str]:
    """Return the documents of the YAML test suite by name."""
    folder = FOLDER / "yaml-test-suite" / "src"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}")
    marks = str.maketrans({"\u2423": " ", "\u21b5": "", "\u220e": "", "\u2190": "\r", "\u21d4": "\ufeff"})
    cases = {}
    for path in sorted(folder.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text("utf-8"))):
            if "yaml" in case:
                text = re.sub("\u2014*\u00bb", "\t", case["yaml"])
                cases[f"{path.stem}-{number}"] = text.translate(marks)
    return cases


def _read(name: str) -> str:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"there is no {path}; RAPPORTEUR_CORPORA names the folder")
    return path.read_bytes().decode("utf-8", "replace")
