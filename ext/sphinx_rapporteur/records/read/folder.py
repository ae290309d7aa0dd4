"""A data folder to records: which kind a file is of, and what is there twice."""

from __future__ import annotations

import os
import pathlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sphinx_rapporteur.records.failure import NOWHERE, attempt
from sphinx_rapporteur.records.finding import Finding, Place, Report, Thing, printable
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.model import KINDS, Record
from sphinx_rapporteur.records.read.cache import RecordCache
from sphinx_rapporteur.records.read.file import Found, Item, finding_of, guarded, read_file
from sphinx_rapporteur.records.read.files import START, Entry, read_bytes, read_start, scan
from sphinx_rapporteur.records.read.kinds import (
    is_parent,
    kinds_with,
    meant_kind,
    named_by,
    no_records,
    top_keys,
    unknown_kind,
)
from sphinx_rapporteur.records.read.origin import Origin
from sphinx_rapporteur.records.read.raw import Flaw, shorten
from sphinx_rapporteur.records.read.strays import looks_like, may_be_record, misnamed
from sphinx_rapporteur.warnings import Subtype

_LOOKED_INTO = 5
"""Files of a folder that names no kind."""


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """A record with the place that it comes from."""

    record: Record
    origin: Origin


@dataclass(slots=True)
class FolderReader:
    """Reads all files of a data folder."""

    root: pathlib.Path
    limits: Limits
    report: Report
    cache: RecordCache | None = None
    loaded: dict[Thing, LoadedRecord] = field(default_factory=dict)
    _first: dict[Thing, Place] = field(default_factory=dict)
    """Where each id was first used, whether or not that record could be kept."""
    _count: int = 0
    _files: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The files in each folder."""
    _is_faulty: bool = False
    """Whether anything was reported."""
    _strange: set[str] = field(default_factory=set)
    """The folders that name no kind, so far."""

    def read(self, watch: Callable[[Collection[Entry]], Iterator[Entry]] = iter) -> tuple[LoadedRecord, ...]:
        """Return the records in the order of their kinds and ids."""
        if not self.root.is_dir():
            found = shorten(self.root.name)
            self._say(Flaw(1, "the data folder is not there", Subtype.UNREADABLE, found=found), ".")
            return ()
        entries = scan(self.root)
        for entry in entries:
            if not entry.problem and not entry.is_stray:
                self._files[entry.file.partition("/")[0]].append(entry.file)
        if self.cache is not None:
            self.cache.open(self.limits)
        for entry in watch(entries):
            if self._count > self.limits.records:
                break
            guarded(lambda entry=entry: self._file(entry), self._tell, entry.file, 1)  # type: ignore[misc]
        if self.cache is not None:
            attempt(self.cache.save, report=self.report, place=NOWHERE, otherwise=None)
        if not self.loaded and not self._is_faulty:
            self._say(no_records(self._beside()), ".")
        order = {kind: number for number, kind in enumerate(KINDS)}
        return tuple(self.loaded[key] for key in sorted(self.loaded, key=lambda key: (order[key[0]], key[1])))

    def _say(
        self, flaw: Flaw, file: str, others: tuple[Place, ...] = (), lost: tuple[Thing, ...] = ()
    ) -> None:
        self._tell(finding_of(flaw, file, others=others, lost=lost))

    def _tell(self, finding: Finding) -> None:
        self._is_faulty = True
        self.report(finding)

    def _beside(self) -> list[str]:
        """Return the names of what the folder holds."""
        with os.scandir(self.root) as entries:
            return sorted(printable(entry.name) for entry in entries)

    def _file(self, entry: Entry) -> None:
        if entry.problem:
            flaw = Flaw(1, f"not read: {entry.problem}", Subtype.UNREADABLE)
            self._say(flaw, entry.file, lost=named_by(entry.file))
            return
        path = PurePosixPath(entry.file)
        if entry.is_stray:
            self._stray(path)
        elif len(path.parts) > 1 and path.parts[0] in KINDS:
            for item in self._items(entry.file):
                if not self._merge(item, entry.file):
                    break
        else:
            self._unknown_kind(path)

    def _stray(self, path: PurePosixPath) -> None:
        """Report a file among the records that is one by what it holds, but not by its name."""
        if path.parts[0] not in KINDS or not may_be_record(path.name):
            return
        suffix = looks_like(read_start(os.path.join(self.root, path)))  # noqa: PTH118
        if suffix:
            flaw = misnamed(path.name, suffix)
            self._say(flaw, str(path), lost=named_by(str(path)))

    def _unknown_kind(self, path: PurePosixPath) -> None:
        """Report a file in no folder, or with its first file the folder that names no kind."""
        folder = path.parts[0] if len(path.parts) > 1 else ""
        if folder not in self._strange or not folder:
            files = self._files[folder] if folder else [str(path)]
            kind = meant_kind(folder) or self._kind_inside(files)
            # Whatever the kind: what is named like one of the files and is not there, is meant to be there.
            kinds = (kind,) if kind else KINDS
            lost = tuple(thing for file in files for each in kinds for thing in named_by(file, each))
            self._say(unknown_kind(folder, kind, files), str(path), lost=lost)
        self._strange.add(folder)

    def _kind_inside(self, files: Sequence[str]) -> str:
        """Return the kind whose keys the first of some files have; of several the one without a folder."""
        found: Counter[str] = Counter()
        if is_parent(files):
            return ""
        for file in files[:_LOOKED_INTO]:
            start = read_start(os.path.join(self.root, file))  # noqa: PTH118
            found.update(kinds_with(top_keys(start), is_whole=len(start) < START))
        most = max(found.values(), default=0)
        likely = [kind for kind, count in found.items() if count == most]
        absent = [kind for kind in likely if kind not in self._files]
        return next((kinds[0] for kinds in (likely, absent) if len(kinds) == 1), "")

    def _items(self, file: str) -> tuple[Item, ...]:
        """Return what a file holds; raise ``NotReadable`` if it cannot be read."""
        path = os.path.join(self.root, file)  # noqa: PTH118
        if self.cache is not None:
            return self.cache.read(file, path).items
        return read_file(file, read_bytes(path, self.limits)[0], self.limits).items

    def _merge(self, item: Item, file: str) -> bool:
        """Add what was found in a file to what is known; return whether there may be more."""
        if not isinstance(item, Found):
            self._tell(item)
            return True
        self._count += 1
        if self._count > self.limits.records:
            message = f"the data folder holds more than {self.limits.records:,} records; no more are read"
            self._say(Flaw(item.line, message, Subtype.LIMIT), file)
            return False
        for finding in item.findings:
            self._tell(finding)
        if item.key is None:
            return True
        place = Place(file, item.id_line)
        first = self._first.setdefault(item.key, place)
        if first is not place:
            self._duplicate(item.key, place, first, hidden=item.hidden)
        elif item.record is not None:
            self.loaded[item.key] = LoadedRecord(item.record, item.origin)
        return True

    def _duplicate(self, key: Thing, place: Place, first: Place, *, hidden: bool) -> None:
        message = "another record has this id; the second is left out"
        if hidden and key in self.loaded:
            del self.loaded[key]
            message = "another record has this id, and one is withheld; both are left out"
        expected = "an id that no other has"
        flaw = Flaw(place.line, message, Subtype.DUPLICATE_ID, shorten(key[1]), expected)
        self._say(flaw, place.file, (first,), () if key in self.loaded else (key,))
