"""What a check of data folders found."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Self

from sphinx_rapporteur.cli.promises import Promises
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.failure import NOWHERE, attempt
from sphinx_rapporteur.records.finding import Finding, Place, in_order
from sphinx_rapporteur.records.hosts import ANY_HOST, Hosts
from sphinx_rapporteur.records.limits import DEFAULT_LIMITS, Limits
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.origin import Loaded, Origin
from sphinx_rapporteur.records.pictures import check_pictures
from sphinx_rapporteur.records.read import list_files, read_folder
from sphinx_rapporteur.render.record_text import check_texts
from sphinx_rapporteur.warnings import Subtype


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of one or several data folders, by file and line, and what was looked at."""

    files: int
    records: int
    """How many records could be read."""
    findings: tuple[Finding, ...]
    """Each once; their files are those that the user can open, no longer relative to the data folder."""

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.is_error for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many of the findings are warnings."""
        return len(self.findings) - self.errors

    @classmethod
    def joined(cls, parts: Iterable[Checked]) -> Self:
        """Return several folders' results as one."""
        known = tuple(parts)
        findings = (finding for part in known for finding in part.findings)
        return cls(
            sum(part.files for part in known),
            sum(part.records for part in known),
            in_order(findings),
        )

    def without(self, subtypes: Collection[Subtype]) -> Self:
        """Return this without the findings of some kinds."""
        return replace(self, findings=tuple(one for one in self.findings if one.subtype not in subtypes))


def check_folder(
    folder: Path,
    *,
    base: Path,
    limits: Limits = DEFAULT_LIMITS,
    hosts: Hosts = ANY_HOST,
    promises: Promises | None = None,
) -> Checked:
    """Return what is wrong in a data folder, as a build would report it, and which *promises* it breaks.

    Places become relative to *base*.

    Never raises for what the folder holds.
    """
    root = folder.resolve()
    found: list[Finding] = []
    records = 0

    def look() -> None:
        nonlocal records
        loaded = read_folder(root, limits=limits, report=found.append)
        records = len(loaded)
        catalog = build_catalog(loaded, hosts=hosts, found=tuple(found), report=found.append)
        check_pictures(catalog, root, report=found.append)
        check_texts(catalog, root, report=found.append)
        if promises is not None:
            found.extend(promises.broken(catalog, partial(_unwithheld, loaded, hosts)))

    # A failure that is about no record ends this folder's check, not the others'.
    attempt(look, report=found.append, place=NOWHERE, otherwise=None)
    shown = _shown(folder, base)
    return Checked.joined(
        [Checked(len(list_files(root)), records, tuple(_moved(finding, shown) for finding in found))]
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A record that is not withheld."""

    record: Record
    origin: Origin


def _unwithheld(loaded: Iterable[Loaded], hosts: Hosts) -> Catalog:
    """Return the catalog as it would be if no record were withheld."""
    shown = [_Shown(one.record.model_copy(update={"withheld": False}), one.origin) for one in loaded]
    return build_catalog(shown, hosts=hosts, report=lambda _finding: None)


def _shown(folder: Path, base: Path) -> str:
    """Return the path of a folder as it is printed."""
    try:
        return os.path.relpath(folder, base)
    except ValueError:
        # On Windows there is no way from one drive to another.
        return str(folder.absolute())


def _moved(finding: Finding, folder: str) -> Finding:
    def move(place: Place) -> Place:
        return Place(os.path.normpath(os.path.join(folder, place.file)).replace(os.sep, "/"), place.line)  # noqa: PTH118

    return replace(finding, place=move(finding.place), others=tuple(map(move, finding.others)))
