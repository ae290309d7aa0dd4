"""The tables of what was tried against each promise, as the tests and the fuzzer wrote them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from tables import cell, table

RESULTS = "guide/security-results.json"
FUZZING = "guide/security-fuzzing.json"
PROMISES = {
    "run": "1. No script runs",
    "files": "2. No file from outside",
    "requests": "3. No request",
    "code": "4. No code in the build",
    "addresses": "5. No page is taken over",
    "build": "6. The build goes on",
    "withheld": "7. No withheld name",
}


class SecurityResults(SphinxDirective):
    """Shows promise, attack, number of inputs, result and date."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [
            (
                cell([nodes.Text(PROMISES[row["promise"]])]),
                cell([nodes.Text(row["attack"])]),
                cell([nodes.Text(f"{row['inputs']:,}")]),
                cell([nodes.Text("held" if row["held"] else "broken")], *_aside(row["note"])),
                cell([nodes.Text(row["date"])]),
            )
            for row in _read(self, RESULTS)
        ]
        heads = ("Promise", "What was tried", "Inputs", "Result", "Last tried")
        return [table(heads, (22, 38, 10, 15, 15), rows)]


class SecurityFuzzing(SphinxDirective):
    """Shows how long each target was fuzzed."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [
            (
                cell([nodes.literal("", target)]),
                cell([nodes.Text(f"{row['cpu_seconds'] / 60:.1f}")]),
                cell([nodes.Text(f"{row['inputs']:,}")]),
                cell([nodes.Text(row["last_run"])]),
            )
            for target, row in sorted(_read(self, FUZZING).items())
        ]
        return [table(("Target", "CPU minutes in all runs", "Inputs", "Last run"), (25, 25, 25, 25), rows)]


def _read(directive: SphinxDirective, name: str) -> Any:
    path = Path(directive.env.srcdir, name)
    directive.env.note_dependency(str(path))
    return json.loads(path.read_text(encoding="utf-8"))


def _aside(note: str) -> list[list[nodes.Node]]:
    return [[nodes.Text(note)]] if note else []


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("security-results", SecurityResults)
    app.add_directive("security-fuzzing", SecurityFuzzing)
    return {"parallel_read_safe": True}
