"""The table of what was tried against each promise, as the tests wrote it."""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from tables import cell, table

RESULTS = "guide/security-results.json"
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
    """Shows promise, attack, number of inputs and result."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        path = Path(self.env.srcdir, RESULTS)
        self.env.note_dependency(str(path))
        rows = [
            (
                cell([nodes.Text(PROMISES[row["promise"]])]),
                cell([nodes.Text(row["attack"])]),
                cell([nodes.Text(f"{row['inputs']:,}")]),
                cell([nodes.Text("held" if row["held"] else "broken")]),
            )
            for row in json.loads(path.read_text(encoding="utf-8"))
        ]
        return [table(("Promise", "What was tried", "Inputs", "Result"), (25, 50, 10, 15), rows)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("security-results", SecurityResults)
    return {"parallel_read_safe": True}
