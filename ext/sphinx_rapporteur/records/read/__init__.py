"""Reads a data folder: files to records, each value with its place."""

from __future__ import annotations

import gc
import pathlib
from collections.abc import Callable, Collection, Iterator

from sphinx_rapporteur.records.finding import Report
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.read.cache import RecordCache, forget
from sphinx_rapporteur.records.read.files import Entry, scan
from sphinx_rapporteur.records.read.folder import FolderReader, LoadedRecord
from sphinx_rapporteur.records.read.origin import Origin

__all__ = ["LoadedRecord", "Origin", "RecordCache", "forget", "list_files", "read_folder"]

Watch = Callable[[Collection[Entry]], Iterator[Entry]]
_DEFAULT_LIMITS = Limits()


def read_folder(
    root: pathlib.Path,
    *,
    limits: Limits = _DEFAULT_LIMITS,
    report: Report,
    watch: Watch = iter,
    cache: RecordCache | None = None,
) -> tuple[LoadedRecord, ...]:
    """Return the records of a data folder in the order of their kinds and full ids.

    Never raises for what the files hold: all that is wrong is handed to ``report``, and the smallest part
    around it is left out. The files pass through ``watch``, which may show how far it is. With a *cache*,
    files that are as they were are not parsed again; what is returned and reported is the same.
    """
    # Nothing here is cyclic, yet the collector would look through every value that is kept, again and again.
    collects = gc.isenabled()
    gc.disable()
    try:
        return FolderReader(root, limits, report, cache).read(watch)
    finally:
        if collects:
            gc.enable()


def list_files(root: pathlib.Path) -> tuple[str, ...]:
    """Return the paths of the record files below a folder, relative to it, with forward slashes, in order."""
    return tuple(entry.file for entry in scan(root) if not entry.is_stray) if root.is_dir() else ()
