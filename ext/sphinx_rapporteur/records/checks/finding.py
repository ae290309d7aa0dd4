"""What all checks say a finding with."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_rapporteur.records.collection import Collection
from sphinx_rapporteur.records.finding import Finding, Path, Place, Report
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.origin import path_in_file
from sphinx_rapporteur.warnings import Subtype

MOST_OTHERS = 5
"""How many other places a finding names."""


def say(
    catalog: Collection,
    report: Report,
    subtype: Subtype,
    record: Record,
    path: Path,
    message: str,
    *,
    found: str = "",
    expected: str = "",
    suggestion: str = "",
    others: Iterable[Place] = (),
) -> None:
    """Report a finding about a value of a record; texts of the data are shown in one line."""
    report(
        Finding(
            subtype,
            catalog.place(record, path),
            _one_line(message),
            path=path_in_file(catalog.origin(record), path),
            found=_one_line(found),
            expected=_one_line(expected),
            suggestion=_one_line(suggestion),
            others=tuple(others)[:MOST_OTHERS],
        )
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
