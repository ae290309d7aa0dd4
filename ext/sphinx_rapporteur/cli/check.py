"""``sphinx-rapporteur check``: what a build would say about a data folder, without the build."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Collection
from pathlib import Path

from sphinx_rapporteur.cli.checked import Checked, check_folder
from sphinx_rapporteur.cli.output import as_github, as_json, as_text, summary, wants_colour
from sphinx_rapporteur.cli.promises import ConfError, Promises, read_promises, read_settings
from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.formats.inventory import InventoryError
from sphinx_rapporteur.records.hosts import Hosts
from sphinx_rapporteur.records.limits import limits_of
from sphinx_rapporteur.warnings import WARNING_TYPE, Subtype

NAME = "check"
SUMMARY = "say what is wrong in data folders, without building a site"

_EPILOG = """\
exit codes:
  0  nothing is wrong, or there are warnings alone
  1  there are errors; with --strict, errors or warnings
  2  the command was called in a way that it does not take
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.epilog = _EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("data", nargs="+", type=_folder, metavar="DATA", help="a data folder")
    parser.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="text",
        help="text for people (the default), annotations for a workflow on GitHub, JSON for programs",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        type=_subtype,
        metavar="SUBTYPE",
        help=f"leave out one kind of finding, such as {Subtype.ROOM_OVERLAP.subtype}; may be repeated",
    )
    parser.add_argument(
        "--published",
        metavar="PATH-OR-URL",
        help="the inventory that was published last (objects.inv, or the site beside which it lies): "
        "say which names and addresses are gone without an alias",
    )
    parser.add_argument(
        "--conf",
        type=_conf,
        metavar="FOLDER",
        help="the folder of conf.py, for its rapporteur_limits and rapporteur_url_... settings",
    )
    parser.add_argument("--strict", action="store_true", help="fail for warnings too")
    parser.add_argument("--quiet", action="store_true", help="print the findings alone, without a summary")


def run(options: argparse.Namespace) -> int:
    """Check the folders, print what was found and return the exit code."""
    base = _base(options.format)
    folders = {folder.resolve(): folder for folder in options.data}.values()
    try:
        settings = read_settings(options.conf) if options.conf else Settings()
        promises = _promises(options, folders, settings)
    except (ConfError, InventoryError) as error:
        print(f"sphinx-rapporteur check: {error}", file=sys.stderr)  # noqa: T201  (as argparse does)
        return 2
    limits, hosts = limits_of(settings.limits), Hosts(settings.link_hosts)
    checked = Checked.joined(
        check_folder(folder, base=base, limits=limits, hosts=hosts, promises=promises) for folder in folders
    )
    checked = checked.without(frozenset(options.ignore))
    notes = promises.notes() if promises is not None else []
    for line in _output(checked, options.format, notes, quiet=options.quiet):
        print(line)  # noqa: T201  (what the command is for)
    return int(checked.errors > 0 or (options.strict and checked.warnings > 0))


def _promises(options: argparse.Namespace, folders: Collection[Path], settings: Settings) -> Promises | None:
    if not options.published:
        return None
    if len(folders) > 1:
        raise InventoryError("--published goes with one data folder, that of the site that was published")
    (data,) = folders
    return read_promises(options.published, settings, conf=options.conf, data=data)


def _output(checked: Checked, form: str, notes: list[str], *, quiet: bool) -> list[str]:
    if form == "json":
        return [as_json(checked, notes)]
    lines = as_github(checked) if form == "github" else as_text(checked, colour=wants_colour(sys.stdout))
    if not quiet:
        lines += ["", *notes, summary(checked)] if lines else [*notes, summary(checked)]
    return lines


def _base(form: str) -> Path:
    """Return the folder that printed paths start from: GitHub takes them from the checkout's."""
    checkout = os.environ.get("GITHUB_WORKSPACE", "")
    return Path(checkout) if form == "github" and checkout else Path.cwd()


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        problem = "is not a folder" if path.exists() else "does not exist"
        raise argparse.ArgumentTypeError(f"the data folder {text!r} {problem}")
    return path


def _conf(text: str) -> Path:
    path = Path(text)
    if not (path / "conf.py").is_file():
        raise argparse.ArgumentTypeError(f"there is no conf.py in {text!r}")
    return path


def _subtype(text: str) -> Subtype:
    known = {subtype.subtype: subtype for subtype in Subtype}
    name = text.removeprefix(f"{WARNING_TYPE}.")
    if name not in known:
        allowed = ", ".join(known)
        raise argparse.ArgumentTypeError(f"no kind of finding is called {text!r}; allowed: {allowed}")
    return known[name]
