"""Each guard is needed: with it an attack fails, without it the same attack succeeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile.guards import GUARDS
from tried import PROMISES, Tried


@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_is_missed_when_it_is_gone(name: str, tmp_path: Path, tried: Tried) -> None:
    guard = GUARDS[name]
    for folder in ("with", "without"):
        (tmp_path / folder).mkdir()
    guard.attack(tmp_path / "with")
    with pytest.MonkeyPatch.context() as patch:
        guard.remove(patch)
        with pytest.raises(guard.breaks):
            guard.attack(tmp_path / "without")
    tried(guard.promise, "guards, each taken away once", 1)


def test_each_promise_has_guards() -> None:
    assert {guard.promise for guard in GUARDS.values()} == set(PROMISES)
