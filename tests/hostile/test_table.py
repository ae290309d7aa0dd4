"""The table of the page on security: every promise is tried in it, and held."""

from __future__ import annotations

import json
from pathlib import Path

from hostile.conftest import PROMISES

RESULTS = Path(__file__).parents[2] / "docs" / "guide" / "security-results.json"
ROWS = json.loads(RESULTS.read_text("utf-8"))


def test_every_promise_is_tried() -> None:
    assert {row["promise"] for row in ROWS} == set(PROMISES)
    assert all(row["inputs"] > 0 for row in ROWS)


def test_every_promise_held() -> None:
    assert [row for row in ROWS if not row["held"]] == []
