"""Findings as Sphinx warnings: one line each, with file, line and a subtype that can be silenced."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.util import logging

from sphinx_rapporteur.records.finding import Finding, Report
from sphinx_rapporteur.warnings import WARNING_TYPE, Subtype

logger = logging.getLogger(__name__)


_FLAGS = re.compile(r"-[vqQWTNPaEn]*T[vqQWTNPaEn]*")
"""The options of Sphinx that take no value, with that for tracebacks among them."""


def wants_traceback() -> bool:
    """Whether Sphinx was asked for tracebacks (``-T``); it tells nobody but its own last resort."""
    return any(word == "--show-traceback" or _FLAGS.fullmatch(word) for word in sys.argv[1:])


def warn(subtype: Subtype, message: str, *, location: Any = None, error: Exception | None = None) -> None:
    """Report one thing that is wrong on a page of the site or in its settings."""
    logger.warning(
        "%s",
        message,
        type=WARNING_TYPE,
        subtype=subtype.subtype,
        location=location,
        exc_info=error if wants_traceback() else None,
    )


def reporter(root: Path) -> Report:
    """Return what readers and checks call for each finding about the data folder *root*."""

    def report(finding: Finding) -> None:
        place = finding.place
        location = f"{root}:{place.line}" if place.file == "." else f"{root}/{place}"
        warn(finding.subtype, finding.text(), location=location, error=finding.error)

    return report
