"""The table of the page on security: every promise is tried in it, and held; it names what the tests name."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from tried import ATTACKS, PROMISES

RESULTS = Path(__file__).parents[2] / "docs" / "guide" / "security-results.json"
ROWS = json.loads(RESULTS.read_text("utf-8"))


def test_the_table_has_the_attacks_that_there_are() -> None:
    named = [(row["promise"], row["attack"]) for row in ROWS]
    assert named == [
        (promise, attack) for promise in PROMISES for attack in ATTACKS if promise in ATTACKS[attack]
    ]
    assert all(row["inputs"] > 0 for row in ROWS)


def test_every_promise_held() -> None:
    assert [row for row in ROWS if not row["held"]] == []


def test_it_says_when() -> None:
    today = dt.datetime.now(dt.UTC).date()
    assert all(dt.date.fromisoformat(row["date"]) <= today for row in ROWS)
