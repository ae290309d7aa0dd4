"""How long each target was fuzzed in all runs together, for the table of the documentation."""

from __future__ import annotations

import fcntl
import json
import time
from pathlib import Path

FILE = Path(__file__).parents[2] / "docs" / "guide" / "security-fuzzing.json"


def add(file: Path, target: str, *, seconds: float, inputs: int) -> None:
    """Add a run to the ledger: its processor seconds and inputs; runs at one time wait for each other."""
    with file.open("a+", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.seek(0)
        rows = json.loads(stream.read() or "{}")
        row = rows.setdefault(target, {"cpu_seconds": 0, "inputs": 0})
        row["cpu_seconds"] += round(seconds)
        row["inputs"] += inputs
        row["last_run"] = time.strftime("%F")
        stream.truncate(0)
        stream.write(json.dumps(rows, indent=1, sort_keys=True) + "\n")
