"""The ``sphinx-rapporteur`` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from sphinx_rapporteur import __version__
from sphinx_rapporteur.cli import check

__all__ = ["main"]

_COMMANDS = (check,)
"""Modules of a command each: ``NAME``, ``SUMMARY``, ``add_arguments`` and ``run``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; wrong usage raises ``SystemExit`` with code 2."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that lacks a letter is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough. The interpreter flushes once more at its end and must find nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sphinx-rapporteur", description="Works with session reports as data."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        described = f"{command.SUMMARY[0].upper()}{command.SUMMARY[1:]}."
        sub = commands.add_parser(command.NAME, help=command.SUMMARY, description=described)
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return parser
