"""Counts what was tried against each promise of the page on security, for its table.

With ``RAPPORTEUR_SECURITY_TABLE=docs/guide/security-results.json``, a run of ``tests/hostile`` and
``tests/browser/test_hostile.py`` with ``-m 'slow or not slow'`` writes it anew. Rows of which nothing was
tried in a run stay as they were.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMISES = ("run", "files", "requests", "code", "addresses", "build", "withheld")
"""The promises of the page on security, in its order."""
_LISTS = ("own", "naughty strings", "script injection", "formula injection", "CommonMark examples")
ATTACKS: dict[str, tuple[str, ...]] = {
    "own cases of this promise": PROMISES,
    **{f"{name}, in a record text": ("run",) for name in _LISTS},
    **{f"{name}, in every plain field": ("run", "addresses") for name in _LISTS},
    "own and script injection, opened in Chromium": ("run", "requests"),
    "guards, each taken away once": PROMISES,
    "guards of whole builds, each taken away once": ("run", "code", "addresses", "withheld"),
    "YAML test suite, as a record file": ("build",),
    "faults of the machine": ("build",),
    "files and records by the thousand": ("build",),
    "texts made to be slow": ("build",),
    "functions of ours, each made to fail over a record": ("build",),
    "sessions broken in every way among 1,000 good ones": ("build",),
}
"""Each class of attack, and the promises that it is tried against."""


class Tried(Protocol):
    """Notes how many inputs of a class of attack were tried, and what else is to be said of them."""

    def __call__(self, promise: str, attack: str, inputs: int, /, *, note: str = "") -> None:
        """Note it."""


_INPUTS: Counter[tuple[str, str]] = Counter()
_NOTES: dict[tuple[str, str], str] = {}
_FAILED: set[tuple[str, str]] = set()


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Iterator[Tried]:
    """Note how many inputs of a class of attack a test tries against a promise."""
    noted: list[tuple[str, str]] = []

    def note_down(promise: str, attack: str, inputs: int, /, *, note: str = "") -> None:
        assert promise in ATTACKS[attack]
        noted.append((promise, attack))
        _INPUTS[promise, attack] += inputs
        if note:
            _NOTES[promise, attack] = note

    yield note_down
    report = getattr(request.node, "report_of_call", None)
    if report is None or not report.passed:
        _FAILED.update(noted)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the fixture know how its test ended: a row with a failure in it did not hold."""
    report = yield
    if report.when == "call":  # type: ignore[attr-defined]
        item.report_of_call = report  # type: ignore[attr-defined]
    return report


class _FromWorkers:
    """Collects what the parallel workers tried."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Add what one of them tried."""
        for promise, attack, inputs, note, has_failed in getattr(node, "workeroutput", {}).get("tried", ()):
            _INPUTS[promise, attack] += inputs
            if note:
                _NOTES[promise, attack] = note
            if has_failed:
                _FAILED.add((promise, attack))


def pytest_configure(config: pytest.Config) -> None:
    """Listen to workers, if there are any."""
    config.pluginmanager.register(_FromWorkers())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the table, if it is asked for; a worker hands on what it tried."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["tried"] = [
            (*key, inputs, _NOTES.get(key, ""), key in _FAILED) for key, inputs in _INPUTS.items()
        ]
        return
    file = os.environ.get("RAPPORTEUR_SECURITY_TABLE")
    if file and _INPUTS:
        _write(Path(file))


def _write(file: Path) -> None:
    before = json.loads(file.read_text("utf-8")) if file.is_file() else []
    rows = {(row["promise"], row["attack"]): row for row in before}
    for key, inputs in _INPUTS.items():
        rows[key] = {
            "promise": key[0],
            "attack": key[1],
            "inputs": inputs,
            "held": key not in _FAILED,
            "note": _NOTES.get(key, ""),
            "date": time.strftime("%F"),
        }
    known = [(promise, attack) for promise in PROMISES for attack in ATTACKS if promise in ATTACKS[attack]]
    file.write_text(json.dumps([rows[key] for key in known if key in rows], indent=1) + "\n", "utf-8")
