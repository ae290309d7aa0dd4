"""Every input that fuzzing found a fault with once, and the seeds, tried again."""

from __future__ import annotations

from pathlib import Path

import pytest
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
