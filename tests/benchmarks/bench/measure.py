"""What a command costs: CPU seconds and peak memory of it and all its children, and what it left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_SAMPLE_SECONDS = 0.5
_KIB = 1024


class BuildError(RuntimeError):
    """A build ended with an error; the text is what it printed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command cost."""

    cpu: float
    """Seconds, user and system, of all its processes."""
    wall: float
    """Seconds."""
    peak: int
    """Bytes held at once by all its processes, pages that they share counted once."""
    lines: int
    """How many lines of warnings it printed."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a build left behind."""

    pages: int
    """Files of HTML."""
    page_bytes: int
    """Bytes of HTML."""
    session_bytes: float
    """Bytes of HTML per session page."""
    total_bytes: int
    """Bytes of all files."""


def _children() -> dict[int, list[int]]:
    """Return the children of every process, by the table of processes."""
    found: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # The name in brackets may hold spaces and brackets itself.
            after_name = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2]
            found.setdefault(int(after_name.split()[1]), []).append(int(entry.name))
        except (OSError, IndexError):
            continue
    return found


def _proportional_size(pid: int) -> int:
    """Return the bytes that a process holds, its share of shared pages; 0 if it is gone."""
    try:
        for line in (_PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KIB
    except OSError:
        pass
    return 0


class _Sampler(threading.Thread):
    """Looks at a tree of processes now and then; does nothing where there is no ``/proc``."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while _PROC.is_dir() and not self._over.wait(_SAMPLE_SECONDS):
            children = _children()
            waiting, size = [self._pid], 0
            while waiting:
                pid = waiting.pop()
                waiting += children.get(pid, [])
                size += _proportional_size(pid)
            self.peak = max(self.peak, size)

    def stop(self) -> None:
        self._over.set()
        self.join()


def run(command: Sequence[str], *, folder: Path, sample: bool = False) -> Cost:
    """Run a command to its end and return its cost.

    The peak is that of the largest process, which is exact; with *sample* it is that of all processes
    together, looked at twice a second. Raises :class:`BuildError`.
    """
    log = folder.with_name(folder.name + ".log")
    with log.open("wb") as output:
        start = time.perf_counter()
        # Without a hash seed of its own, no two builds take the same time.
        environment = os.environ | {"PYTHONHASHSEED": "0"}
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=environment)
        sampler = _Sampler(process.pid)
        if sample:
            sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if sample:
            sampler.stop()
    printed = log.read_text("utf-8", "replace")
    if process.returncode:
        raise BuildError(f"{' '.join(command)}\n{printed[-4000:]}")
    unit = 1 if sys.platform == "darwin" else _KIB
    peak = max(usage.ru_maxrss * unit, sampler.peak)
    return Cost(usage.ru_utime + usage.ru_stime, wall, peak, len(printed.splitlines()))


def output_of(folder: Path) -> Output:
    """Return what lies in the folder of a built site."""
    pages = page_bytes = total = 0
    sessions: list[int] = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        size = path.stat().st_size
        total += size
        if path.suffix == ".html":
            pages += 1
            page_bytes += size
            inside = path.relative_to(folder).parts
            if inside[0] == "sessions" and len(inside) > 2:
                sessions.append(size)
    return Output(pages, page_bytes, sum(sessions) / len(sessions) if sessions else 0, total)
