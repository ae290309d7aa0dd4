"""Fuzz targets one after the other, and add to the ledger what that cost.

``python tests/fuzz/fuzz.py text --seconds 600`` needs the extra ``fuzz``. What was tried is kept in
``corpus/``, for the next run; a case that fails is written to ``found/``, which the tests try again for ever.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from ledger import FILE, add  # noqa: E402
from targets import TARGETS  # noqa: E402

_INPUTS = re.compile(rb"stat::number_of_executed_units: (\d+)")


def main() -> int:
    """Fuzz each target for some time; return how many had a case that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "targets", nargs="*", metavar="target", help=f"of {', '.join(TARGETS)}; all if none is given"
    )
    parser.add_argument("--seconds", type=int, default=600, help="how long for each (default: %(default)s)")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus", help="where inputs are kept")
    parser.add_argument(
        "--ledger", type=Path, default=FILE, help="what the run is added to (default: %(default)s)"
    )
    options = parser.parse_args()
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    failed = 0
    for target in options.targets or TARGETS:
        failed += not _fuzz(target, options)
    return failed


def _fuzz(target: str, options: argparse.Namespace) -> bool:
    """Fuzz one target in a process of its own, and return whether nothing failed."""
    print(f"{target}: {options.seconds} s from {time.strftime('%F %T')}", flush=True)  # noqa: T201
    command = [sys.executable, str(HERE / "guided.py"), target, f"--seconds={options.seconds}"]
    inputs = 0
    with subprocess.Popen(
        [*command, f"--corpus={options.corpus}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.buffer.write(line)
            if match := _INPUTS.match(line):
                inputs = int(match[1])
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    sys.stdout.flush()
    add(options.ledger, target, seconds=usage.ru_utime + usage.ru_stime, inputs=inputs)
    return process.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
