"""What tells that a file is as it was, without reading it."""

from __future__ import annotations

import os
import time
from typing import TypeAlias

SETTLED = 2_000_000_000
"""How long, in nanoseconds, a file must have been left alone for its times to be believed.

File systems count time in steps of up to two seconds: a file that is written again within one looks the same.
"""

Stamp: TypeAlias = tuple[int, int, int, int]
"""Size, times of modification and change, and number of a file."""


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file.

    The second time is that of the last change of any sort, which no program can set back; Windows has none.
    """
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def believable(stamp: Stamp) -> Stamp | None:
    """Return a stamp; ``None`` if its file had only just been written."""
    return stamp if max(stamp[1:3]) < time.time_ns() - SETTLED else None
