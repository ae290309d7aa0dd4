"""Every input that fuzzing found a fault with once, and the seeds, tried again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ledger import FILE, add
from seeds import seeds
from targets import TARGETS

FOUND = Path(__file__).with_name("found")
CASES = sorted(path.relative_to(FOUND).as_posix() for path in FOUND.glob("*/*"))


@pytest.mark.parametrize("case", CASES)
def test_what_was_found_stays_mended(case: str) -> None:
    TARGETS[case.partition("/")[0]]((FOUND / case).read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_targets_take_their_seeds(target: str) -> None:
    inputs = list(seeds(target))
    assert inputs
    for data in (b"", *inputs):
        TARGETS[target](data)


def test_every_target_is_in_the_ledger() -> None:
    rows = json.loads(FILE.read_text("utf-8"))
    assert rows.keys() == TARGETS.keys()
    assert all(row["cpu_seconds"] > 0 and row["inputs"] > 0 for row in rows.values())


def test_runs_add_up(tmp_path: Path) -> None:
    file = tmp_path / "ledger.json"
    for seconds in (1.2, 59.9):
        add(file, "text", seconds=seconds, inputs=7)
    row = json.loads(file.read_text("utf-8"))["text"]
    assert (row["cpu_seconds"], row["inputs"]) == (61, 14)
