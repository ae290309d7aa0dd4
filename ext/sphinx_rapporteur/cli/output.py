"""Findings as they are printed: for people, for workflows on GitHub, for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import TextIO

from sphinx_rapporteur.cli.checked import Checked
from sphinx_rapporteur.records.finding import Finding, Place, format_path, printable
from sphinx_rapporteur.warnings import WARNING_TYPE

JSON_VERSION = 1
"""Goes up when a key of the JSON changes its meaning or goes away, not when one is added."""

_BOLD, _RED, _YELLOW, _DIM, _RESET = "\033[1m", "\033[1;31m", "\033[1;33m", "\033[2m", "\033[0m"


def wants_colour(stream: TextIO) -> bool:
    """Whether output to *stream* is coloured: on a terminal, unless ``NO_COLOR`` is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def as_text(checked: Checked, *, colour: bool = False) -> list[str]:
    """Return a line for each finding, as editors and terminals make links of; a gap between files."""
    lines: list[str] = []
    before = ""
    for finding in checked.findings:
        if lines and finding.place.file != before:
            lines.append("")
        before = finding.place.file
        place, severity = f"{finding.place}:", _severity(finding)
        kind = f"[{WARNING_TYPE}.{_kind(finding)}]"
        if colour:
            place = f"{_BOLD}{place}{_RESET}"
            severity = f"{_RED if finding.is_error else _YELLOW}{severity}{_RESET}"
            kind = f"{_DIM}{kind}{_RESET}"
        lines.append(f"{place} {severity}: {finding.text()} {kind}")
    return lines


def summary(checked: Checked) -> str:
    """Return the line that says how much was looked at and how much is wrong."""
    looked = f"{_count(checked.files, 'file')}, {_count(checked.records, 'record')}"
    counts = [(checked.errors, "error"), (checked.warnings, "warning")]
    wrong = ", ".join(_count(number, noun) for number, noun in counts if number)
    return f"{looked}: {wrong or 'nothing is wrong'}"


def as_github(checked: Checked) -> list[str]:
    """Return a workflow command for each finding, which GitHub shows beside the line."""
    lines = []
    for finding in checked.findings:
        properties = {
            "file": finding.place.file,
            "line": str(finding.place.line),
            "title": f"{WARNING_TYPE}.{_kind(finding)}",
        }
        named = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
        lines.append(f"::{_severity(finding)} {named}::{_escape(finding.text())}")
    return lines


def as_json(checked: Checked, notes: Sequence[str] = ()) -> str:
    """Return all findings as JSON.

    ``version`` is that of this shape. ``summary`` has the numbers of ``files``, ``records``, ``errors`` and
    ``warnings``. Each of ``findings`` has ``subtype``, ``severity`` (``error`` or ``warning``), ``file``,
    ``line`` (from 1), ``path`` (inside the record, such as ``statistics[2].value``), ``message``, ``found``,
    ``expected``, ``suggestion`` (each empty if there is nothing to say) and ``others``, places with ``file``
    and ``line``. ``notes`` are sentences that say what was not compared.
    """
    counts = {
        "files": checked.files,
        "records": checked.records,
        "errors": checked.errors,
        "warnings": checked.warnings,
    }
    findings = [_as_object(finding) for finding in checked.findings]
    return json.dumps(
        {"version": JSON_VERSION, "summary": counts, "findings": findings, "notes": [*notes]}, indent=2
    )


def _as_object(finding: Finding) -> dict[str, object]:
    return {
        "subtype": _kind(finding),
        "severity": _severity(finding),
        **_as_place(finding.place),
        "path": format_path(finding.path),
        "message": finding.message,
        "found": finding.found,
        "expected": finding.expected,
        "suggestion": finding.suggestion,
        "others": [_as_place(place) for place in finding.others],
    }


def _as_place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line}


def _severity(finding: Finding) -> str:
    return "error" if finding.is_error else "warning"


def _kind(finding: Finding) -> str:
    return finding.subtype.subtype


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    # GitHub has no escape for the other characters that a log cannot show.
    return printable(_escape(text)).replace(":", "%3A").replace(",", "%2C")
