"""Measure how long sites of many sessions take to build: ours, a hand-written one, and others.

    python tests/benchmarks/run.py --sessions 100 1000 10000 --json figures.json --markdown figures.md

For each number of sessions it makes up a series of forums (always the same for a seed), writes it as our
data files and as a hand-written MyST site with sphinx-design cards that shows the same facts, and builds
the two in turn, each in a process of its own: from nothing, with nothing changed, and with one figure of
one session changed; serial and with two processes. It prints a table: CPU seconds of all processes, wall
seconds, the most memory held at once, pages and their size, and the ratios to the hand-written site.
Compare the ratios within one run; seconds differ from machine to machine.

    python tests/benchmarks/run.py --sessions 1000 --peers          # and the peers that are installed
    python tests/benchmarks/run.py --sessions 300 --profile out/    # where our build's time goes
    python tests/benchmarks/run.py --pyvideo pyvideo-data.tar.xz    # 21,715 real talks, ours alone

10,000 sessions written by hand take 5 GB of memory and half an hour: ``--sites sphinx-rapporteur``
leaves them out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import profiling
from bench.cases import OURS, Case, generated_cases, pyvideo_case
from bench.measure import output_of, run
from bench.results import BASE, CHANGED, FULL, UNCHANGED, Results, Row, as_markdown, as_text
from bench.site import write_files

_BUILT = "out"


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def measure(case: Case, work: Path, *, jobs: int) -> Iterator[Row]:
    """Build a site from nothing, with nothing changed and with one figure changed; yield what each took."""
    folder = work / "-".join((case.data, str(case.sessions), case.site, f"j{jobs}"))
    shutil.rmtree(folder, ignore_errors=True)
    write_files(folder, dict(case.files()))
    out = folder / _BUILT
    for scenario in (FULL, UNCHANGED, CHANGED):
        if scenario == CHANGED and not write_files(folder, dict(case.changed_files())):
            raise RuntimeError(f"{case.site}: no file shows the figure that was changed")
        cost = run(case.writer.command(folder, out, jobs=jobs), folder=folder, sample=jobs > 1)
        yield Row(case.data, case.sessions, case.site, jobs, scenario, cost, output_of(out))
    shutil.rmtree(folder)


def _cases(arguments: argparse.Namespace) -> Iterator[Case]:
    if arguments.pyvideo:
        yield pyvideo_case(arguments.pyvideo)
    for sessions in () if arguments.pyvideo and not arguments.sessions else arguments.sessions or [100]:
        yield from generated_cases(
            sessions, seed=arguments.seed, only=arguments.sites, with_peers=arguments.peers
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="run.py"
    )
    add = parser.add_argument
    add("--sessions", type=int, nargs="+", help="how many sessions; several are measured in turn (100)")
    add("--seed", type=int, default=1, help="another seed makes up other facts (1)")
    add("--jobs", type=int, nargs="+", default=[1, 2], help="how many processes Sphinx is given (1 2)")
    add("--sites", nargs="+", help=f"only these sites: {OURS}, {BASE}, or a peer's name")
    add("--peers", action="store_true", help="build the peers too, those that are installed")
    add(
        "--pyvideo", type=Path, metavar="ARCHIVE", help="build the talks of a copy of github.com/pyvideo/data"
    )
    add("--profile", type=Path, metavar="FOLDER", help="say where our build's time goes, and measure nothing")
    add("--json", type=Path, metavar="FILE", help="write all figures here")
    add("--markdown", type=Path, metavar="FILE", help="write the table for the documentation here")
    add(
        "--work",
        type=Path,
        metavar="FOLDER",
        help="where sites are written and built; kept (a temporary one)",
    )
    return parser.parse_args()


def _measure_all(arguments: argparse.Namespace, work: Path) -> None:
    results = Results()
    for case in _cases(arguments):
        for jobs in arguments.jobs if case.parallel else [1]:
            for row in measure(case, work, jobs=jobs):
                results.rows.append(row)
                _print(as_text(results, [row]).splitlines()[-1])
                # After each build, so that a run that is stopped leaves what it has.
                if arguments.json:
                    arguments.json.write_text(json.dumps(results.as_json(), indent=1) + "\n", "utf-8")
    _print("\n" + as_text(results))
    if arguments.markdown:
        arguments.markdown.write_text(as_markdown(results), "utf-8")


def main() -> None:
    """Measure or profile, as the arguments say."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="forums-") as temporary:
        work = (arguments.work or Path(temporary)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        if not arguments.profile:
            _measure_all(arguments, work)
            return
        for case in _cases(arguments):
            if case.site == OURS:
                _print(profiling.profile(case, work, arguments.profile.resolve()))


if __name__ == "__main__":
    main()
