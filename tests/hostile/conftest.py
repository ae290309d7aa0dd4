"""Counts what was tried against each promise, for the table of the documentation.

``RAPPORTEUR_SECURITY_TABLE=docs/guide/security-results.json pytest -n 0 tests/hostile -m 'slow or not slow'``
writes it anew.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tried = Callable[[str, str, int], None]

PROMISES = ("run", "files", "requests", "code", "addresses", "build", "withheld")
"""The promises of the page on security, in its order."""
_INPUTS: Counter[tuple[str, str]] = Counter()
_FAILED: set[tuple[str, str]] = set()


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Iterator[Tried]:
    """Note how many inputs of a class of attack a test tries against a promise."""
    noted: list[tuple[str, str]] = []

    def note(promise: str, attack: str, inputs: int) -> None:
        assert promise in PROMISES
        noted.append((promise, attack))
        _INPUTS[promise, attack] += inputs

    yield note
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


def pytest_sessionfinish() -> None:
    """Write the table, if it is asked for."""
    file = os.environ.get("RAPPORTEUR_SECURITY_TABLE")
    if file and _INPUTS:
        rows = [
            {"promise": promise, "attack": attack, "inputs": inputs, "held": (promise, attack) not in _FAILED}
            for (promise, attack), inputs in sorted(
                _INPUTS.items(), key=lambda one: (PROMISES.index(one[0][0]), one[0][1])
            )
        ]
        Path(file).write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
