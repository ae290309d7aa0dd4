"""A data folder to records: which kind a file is of, which ids, and what is there twice."""

from __future__ import annotations

import os
import pathlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sphinx_rapporteur.records.characters import needs_a_look
from sphinx_rapporteur.records.failure import attempt
from sphinx_rapporteur.records.finding import Finding, Place, Report, Thing
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.model import KINDS, Record
from sphinx_rapporteur.records.model.types import ID_PATTERN
from sphinx_rapporteur.records.read.files import Entry, decode, read_bytes, read_start, scan
from sphinx_rapporteur.records.read.json_text import parse_json
from sphinx_rapporteur.records.read.kinds import meant_kind, named_by, unknown_kind
from sphinx_rapporteur.records.read.origin import Origin, own_line
from sphinx_rapporteur.records.read.prune import drop_nulls
from sphinx_rapporteur.records.read.raw import (
    WITHHELD,
    Document,
    Flaw,
    Lines,
    ListLines,
    NotReadable,
    Raw,
    shorten,
)
from sphinx_rapporteur.records.read.record import Draft
from sphinx_rapporteur.records.read.strays import looks_like, may_be_record, misnamed
from sphinx_rapporteur.records.read.toml_text import parse_toml
from sphinx_rapporteur.records.read.yaml_text import parse_yaml
from sphinx_rapporteur.warnings import Subtype

_PARSERS: dict[str, Callable[[bytes, Limits], Document]] = {
    ".yaml": parse_yaml,
    ".yml": parse_yaml,
    ".json": parse_json,
    ".toml": parse_toml,
}
_MERGE_MARK = re.compile(r"^(?:<{7} |\|{7} |={7}\r?$|>{7} )", re.MULTILINE)
_SHOWN = frozenset({"false", "no", "off"})


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
    loaded: dict[tuple[str, str], LoadedRecord] = field(default_factory=dict)
    _first: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where each id was first used, whether or not that record could be kept."""
    _count: int = 0
    _files: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The files in each folder."""
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
        for entry in watch(entries):
            if self._count > self.limits.records:
                break
            self._guard(lambda entry=entry: self._file(entry), entry.file, 1)  # type: ignore[misc]
        order = {kind: number for number, kind in enumerate(KINDS)}
        return tuple(self.loaded[key] for key in sorted(self.loaded, key=lambda key: (order[key[0]], key[1])))

    def _say(
        self, flaw: Flaw, file: str, others: tuple[Place, ...] = (), lost: tuple[Thing, ...] = ()
    ) -> None:
        self.report(
            Finding(
                subtype=flaw.subtype,
                place=Place(file, flaw.line),
                message=flaw.message,
                found=flaw.found,
                expected=flaw.expected,
                suggestion=flaw.suggestion,
                others=others,
                lost=lost,
            )
        )

    def _guard(self, work: Callable[[], None], file: str, line: int) -> None:
        """Turn what goes wrong in one file or record into a finding; the rest goes on."""

        def readable() -> None:
            try:
                work()
            except NotReadable as error:
                self._say(error.flaw, file, lost=named_by(file))

        attempt(readable, report=self.report, place=Place(file, line), otherwise=None, lost=named_by(file))

    def _file(self, entry: Entry) -> None:
        if entry.problem:
            flaw = Flaw(1, f"not read: {entry.problem}", Subtype.UNREADABLE)
            self._say(flaw, entry.file, lost=named_by(entry.file))
            return
        path = PurePosixPath(entry.file)
        if entry.is_stray:
            self._stray(path)
            return
        model = KINDS.get(path.parts[0]) if len(path.parts) > 1 else None
        if model is None:
            self._unknown_kind(path)
            return
        data = read_bytes(os.path.join(self.root, entry.file), self.limits)  # noqa: PTH118
        text = decode(data)
        try:
            document = _PARSERS[path.suffix.lower()](data, self.limits)
        except NotReadable as error:
            raise NotReadable(_unfinished_merge(error.flaw, text)) from None
        look = document.flawed or len(text) > self.limits.text_characters or needs_a_look(text)
        for value, lines, stem in self._mappings(document, path):
            self._count += 1
            if self._count > self.limits.records:
                message = f"the data folder holds more than {self.limits.records:,} records; no more are read"
                self._say(Flaw(own_line(lines), message, Subtype.LIMIT), entry.file)
                return
            if document.has_nulls:
                drop_nulls(value, model)
            draft = Draft(model, value, Origin(entry.file, lines), self.report, stem)
            self._guard(lambda draft=draft: self._record(draft, look=look), entry.file, own_line(lines))  # type: ignore[misc]

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
            kind = meant_kind(folder)
            files = self._files[folder] if folder else []
            lost = tuple(thing for file in files for thing in named_by(file, kind)) if kind else ()
            self._say(unknown_kind(folder, kind, len(files)), str(path), lost=lost)
        self._strange.add(folder)

    def _mappings(
        self, document: Document, path: PurePosixPath
    ) -> Iterator[tuple[dict[str, Raw], Lines, str]]:
        """Yield the raw records of a file, each with its lines and the id that comes from the file's name."""
        value, lines = document.value, document.lines
        if isinstance(value, dict):
            has_id = value.get("id") is not None
            if not has_id:
                value["id"] = path.stem
            yield value, lines, "" if has_id else path.stem
            return
        if isinstance(value, list) and isinstance(lines, ListLines):
            for item, inner in zip(value, lines.items, strict=True):
                if isinstance(item, dict):
                    yield item, inner, ""
                else:
                    self._say(_no_mapping(item, own_line(inner)), str(path))
        if not isinstance(value, list) or not value:
            self._say(_no_mapping(value or None, own_line(lines)), str(path), lost=named_by(str(path)))

    def _record(self, draft: Draft, *, look: bool) -> None:
        file = PurePosixPath(draft.origin.file)
        if draft.model.kind == "sessions" and "event" not in draft.value and len(file.parts) > 2:  # noqa: PLR2004
            draft.value["event"] = file.parts[1]
        if look:
            draft.inspect(self.limits)
        hidden = _may_be_withheld(draft.value)
        full_id = draft.full_id
        record = draft.settle()
        if not isinstance(draft.value.get("id"), str) or not all(
            map(ID_PATTERN.fullmatch, full_id.split("/"))
        ):
            return
        key = (draft.model.kind, full_id)
        place = draft.origin.place(("id",))
        first = self._first.setdefault(key, place)
        if first is not place:
            self._duplicate(key, place, first, hidden=hidden)
        elif record is not None:
            self.loaded[key] = LoadedRecord(record, draft.origin)

    def _duplicate(self, key: tuple[str, str], place: Place, first: Place, *, hidden: bool) -> None:
        message = "another record has this id; the second is left out"
        if hidden and key in self.loaded:
            del self.loaded[key]
            message = "another record has this id, and one is withheld; both are left out"
        flaw = Flaw(place.line, message, Subtype.DUPLICATE_ID, found=shorten(key[1]))
        self._say(flaw, place.file, (first,), () if key in self.loaded else (key,))


def _may_be_withheld(value: dict[str, Raw]) -> bool:
    said = value.get(WITHHELD, "false")
    return not (isinstance(said, str) and said.casefold() in _SHOWN)


def _unfinished_merge(flaw: Flaw, text: str) -> Flaw:
    """Return why a file is not valid: marks of a merge say it better than the parser."""
    mark = _MERGE_MARK.search(text) if flaw.subtype is Subtype.SYNTAX else None
    if mark is None:
        return flaw
    return Flaw(
        text.count("\n", 0, mark.start()) + 1,
        f"{flaw.message.partition(':')[0]}: a mark of a merge that was not finished",
        Subtype.SYNTAX,
        found=shorten(mark.group().strip()),
        suggestion="keep what is right of both sides, and delete the marks",
    )


def _no_mapping(value: Raw, line: int) -> Flaw:
    if isinstance(value, Flaw):
        return value
    expected = "a mapping of keys and values, or a list of such mappings"
    if value is None:
        return Flaw(line, "there is no record; nothing is read", Subtype.VALUE, "nothing", expected)
    return Flaw(line, "this is no record; it is not read", Subtype.VALUE, shorten(value), expected)
