"""Where our build's time goes: one build is timed by phase, another runs under a profiler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.cases import Case
from bench.measure import output_of
from bench.site import write_files

_HERE = Path(__file__).parent.parent


def _run(kind: str, folder: Path, results: Path) -> Any:
    found = results / f"{folder.name}-{kind}.json"
    command = [
        sys.executable,
        "-m",
        "bench.phases",
        kind,
        str(found),
        str(folder / "docs"),
        str(folder / kind),
    ]
    path = os.pathsep.join(filter(None, (str(_HERE), os.environ.get("PYTHONPATH", ""))))
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": path})
    return json.loads(found.read_text("utf-8"))


def profile(case: Case, work: Path, results: Path) -> str:
    """Build a site twice; return a report, and leave it in *results* with the profiler's own file."""
    results.mkdir(parents=True, exist_ok=True)
    folder = work / f"profile-{case.data}-{case.sessions}-{case.site}"
    write_files(folder, dict(case.files()))
    timed = _run("phases", folder, results)
    pages = output_of(folder / "phases").pages
    total = sum(timed["phases"].values())
    lines = [f"{case.site}, {case.sessions:,} sessions ({case.data}), {pages:,} pages: {total:.1f} CPU s"]
    lines += [
        f"  {phase:<32}{seconds:7.2f} s {seconds / total:6.1%} {seconds / pages * 1000:7.2f} ms/page"
        for phase, seconds in timed["phases"].items()
    ]
    if timed["not found"]:
        lines.append(f"  not in these versions: {', '.join(timed['not found'])}")
    for order, text in _run("functions", folder, results).items():
        lines.append(f"\nfunctions by {order}:\n{text}")
    Path(folder, "functions.pstats").replace(results / f"{folder.name}.pstats")
    report = "\n".join(lines) + "\n"
    (results / f"{folder.name}.txt").write_text(report, "utf-8")
    return report
