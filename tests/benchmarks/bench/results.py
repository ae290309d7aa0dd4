"""The figures of a run: as a table for people, as Markdown for the documentation and as JSON."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.measure import Cost, Output

BASE = "hand-written"
FULL, UNCHANGED, CHANGED = "full build", "nothing changed", "one session changed"
_MEGABYTE = 1e6
_PACKAGES = (
    "sphinx-rapporteur", "sphinx", "furo", "myst-parser", "sphinx-design", "docutils", "pydantic",
    "sphinxcontrib-datatemplates", "sphinx-needs", "hugo", "PyStemmer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One build of one site."""

    data: str
    """Which data: ``generated`` or ``pyvideo``."""
    sessions: int
    site: str
    jobs: int
    scenario: str
    cost: Cost
    output: Output


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def machine() -> dict[str, Any]:
    """Return what the figures depend on: date, versions, the size and the load of the machine."""
    memory = None
    info = Path("/proc/meminfo")
    if info.is_file():
        memory = round(int(info.read_text("ascii").split()[1]) * 1024 / 1e9, 1)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
        "memory in GB": memory,
        "load at the start": round(os.getloadavg()[0], 1),
        "versions": {name: found for name in _PACKAGES if (found := _version(name))},
    }


@dataclass
class Results:
    """All builds of a run."""

    machine: dict[str, Any] = field(default_factory=machine)
    rows: list[Row] = field(default_factory=list)

    def base_of(self, row: Row) -> Row | None:
        """Return the hand-written site's row that a row is compared with."""
        return self._like(row, site=BASE, jobs=row.jobs)

    def serial_of(self, row: Row) -> Row | None:
        """Return the serial build that a parallel one is compared with."""
        return self._like(row, site=row.site, jobs=1)

    def _like(self, row: Row, *, site: str, jobs: int) -> Row | None:
        wanted = (row.data, row.sessions, row.scenario, site, jobs)
        rows = {
            (other.data, other.sessions, other.scenario, other.site, other.jobs): other for other in self.rows
        }
        return rows.get(wanted)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {"machine": self.machine, "rows": [asdict(row) for row in self.rows]}


HEADER = (
    "sessions", "site", "jobs", "build", "CPU s", "ratio", "CPU ms/page", "wall s", "wall -j1",
    "peak MB", "ratio", "pages", "kB/page", "kB/session page", "ratio",
)  # fmt: skip
_TEXT_COLUMNS = frozenset({"site", "build"})


def _ratio(value: float, base: float | None) -> str:
    return f"{value / base:.2f}" if base else ""


def cells(results: Results, row: Row) -> tuple[str, ...]:
    """Return a row of the table."""
    base, serial = results.base_of(row), results.serial_of(row)
    cost, output = row.cost, row.output
    return (
        f"{row.sessions:,}" if row.data == "generated" else f"{row.sessions:,} ({row.data})",
        row.site,
        str(row.jobs),
        row.scenario,
        f"{cost.cpu:.1f}",
        _ratio(cost.cpu, base.cost.cpu if base else None),
        f"{cost.cpu / output.pages * 1000:.1f}" if output.pages else "",
        f"{cost.wall:.1f}",
        _ratio(cost.wall, serial.cost.wall) if serial and row.jobs > 1 else "",
        f"{cost.peak / _MEGABYTE:,.0f}",
        _ratio(cost.peak, base.cost.peak if base else None),
        f"{output.pages:,}",
        f"{output.page_bytes / output.pages / 1000:.1f}" if output.pages else "",
        f"{output.session_bytes / 1000:.1f}",
        _ratio(output.session_bytes, base.output.session_bytes if base else None),
    )


def as_text(results: Results, rows: Sequence[Row] | None = None) -> str:
    """Return a table for a terminal."""
    lines = [HEADER, *(cells(results, row) for row in (results.rows if rows is None else rows))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if name in _TEXT_COLUMNS else cell.rjust(width)
            for cell, width, name in zip(line, widths, HEADER, strict=True)
        ).rstrip()
        for line in lines
    )


def as_markdown(results: Results) -> str:
    """Return the table and what it was measured with, as a part of a page of the documentation."""
    rule = [":--" if name in _TEXT_COLUMNS else "--:" for name in HEADER]
    lines = [HEADER, rule, *(cells(results, row) for row in results.rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    found = dict(results.machine)
    versions = ", ".join(f"{name} {number}" for name, number in found.pop("versions").items())
    about = ", ".join(f"{name}: {value}" for name, value in found.items())
    return f"{table}\n\nMeasured with {versions} ({about}).\n"
