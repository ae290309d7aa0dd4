"""One file to its records: what rests on its path, its bytes and the limits alone, not on other files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import NamedTuple, TypeAlias

from sphinx_rapporteur.records.characters import needs_a_look
from sphinx_rapporteur.records.failure import attempt
from sphinx_rapporteur.records.finding import Finding, Place, Report, Thing
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.model import KINDS, Record, Session
from sphinx_rapporteur.records.model.types import ID_PATTERN
from sphinx_rapporteur.records.read.files import decode
from sphinx_rapporteur.records.read.json_text import parse_json
from sphinx_rapporteur.records.read.kinds import named_by
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
from sphinx_rapporteur.records.read.schema import hides
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


class Found(NamedTuple):
    """What became of one of a file's records."""

    line: int
    findings: tuple[Finding, ...]
    key: Thing | None
    """Kind and full id, which count as used even if the record is left out; ``None`` if the id is none."""
    id_line: int
    record: Record | None
    """``None`` if it is left out."""
    origin: Origin
    hidden: bool
    """Whether it may be withheld, for all that its key ``withheld`` says."""


Item: TypeAlias = Found | Finding
"""A record, or what is wrong with something that is none."""


class FileContent(NamedTuple):
    """What a file holds."""

    items: tuple[Item, ...]
    """In the file's order."""
    withholds: bool
    """Whether anything in the file may be withheld."""


def read_file(file: str, data: bytes, limits: Limits) -> FileContent:
    """Return what the bytes of a file in a folder of records hold. Never raises for what they are.

    The limit of records is for the whole folder, and not looked at here.
    """
    reader = _FileReader(PurePosixPath(file), limits)
    guarded(lambda: reader.read(data), reader.items.append, file, 1)
    return FileContent(tuple(reader.items), reader.withholds or any(map(_names_withheld, reader.items)))


def finding_of(
    flaw: Flaw, file: str, *, others: tuple[Place, ...] = (), lost: tuple[Thing, ...] = ()
) -> Finding:
    """Return the finding of a flaw in a file."""
    return Finding(
        subtype=flaw.subtype,
        place=Place(file, flaw.line),
        message=flaw.message,
        found=flaw.found,
        expected=flaw.expected,
        suggestion=flaw.suggestion,
        others=others,
        lost=lost,
    )


def guarded(work: Callable[[], None], report: Report, file: str, line: int) -> None:
    """Do some work; report what goes wrong in a file or record as a finding, so that the rest goes on."""

    def readable() -> None:
        try:
            work()
        except NotReadable as error:
            report(finding_of(error.flaw, file, lost=named_by(file)))

    def report_failure(finding: Finding) -> None:
        report(replace(finding, lost=named_by(file)))

    attempt(readable, report=report_failure, place=Place(file, line), otherwise=None)


@dataclass(slots=True)
class _FileReader:
    path: PurePosixPath
    limits: Limits
    items: list[Item] = field(default_factory=list)
    withholds: bool = False

    def read(self, data: bytes) -> None:
        text = decode(data)
        # A key can be written with escapes; what is not parsed may hold anything.
        self.withholds = WITHHELD in text or "\\" in text
        try:
            document = _PARSERS[self.path.suffix.lower()](data, self.limits)
        except NotReadable as error:
            raise NotReadable(_unfinished_merge(_with_line(error.flaw, text), text)) from None
        self.withholds = self.withholds and _withholds(document.value)
        look = document.flawed or len(text) > self.limits.text_characters or needs_a_look(text)
        model = KINDS[self.path.parts[0]]
        for value, lines, stem in self._mappings(document):
            if document.has_nulls:
                drop_nulls(value, model)
            findings: list[Finding] = []
            draft = Draft(model, value, Origin(str(self.path), lines), findings.append, stem)
            self.items.append(self._record(draft, findings, look=look))

    def _mappings(self, document: Document) -> Iterator[tuple[dict[str, Raw], Lines, str]]:
        """Yield the raw records of a file, each with its lines and the id that comes from the file's name."""
        value, lines, file = document.value, document.lines, str(self.path)
        if isinstance(value, dict):
            has_id = value.get("id") is not None
            if not has_id:
                value["id"] = self.path.stem
            yield value, lines, "" if has_id else self.path.stem
            return
        if isinstance(value, list) and isinstance(lines, ListLines):
            for item, inner in zip(value, lines.items, strict=True):
                if isinstance(item, dict):
                    yield item, inner, ""
                else:
                    self.items.append(finding_of(_no_mapping(item, own_line(inner)), file))
        if not isinstance(value, list) or not value:
            flaw = _no_mapping(value, own_line(lines))
            self.items.append(finding_of(flaw, file, lost=named_by(file)))

    def _record(self, draft: Draft, findings: list[Finding], *, look: bool) -> Found:
        record: Record | None = None
        key: Thing | None = None
        hidden = False

        def settle() -> None:
            nonlocal record, key, hidden
            if draft.model.kind == Session.kind and "event" not in draft.value and len(self.path.parts) > 2:  # noqa: PLR2004
                draft.value["event"] = self.path.parts[1]
            if look:
                draft.inspect(self.limits)
            hidden = _may_be_withheld(draft.value)
            full_id = draft.full_id
            record = draft.settle()
            is_named = isinstance(draft.value.get("id"), str)
            if is_named and all(map(ID_PATTERN.fullmatch, full_id.split("/"))):
                key = (draft.model.kind, full_id)

        origin = draft.origin
        guarded(settle, findings.append, origin.file, origin.line)
        return Found(
            origin.line,
            tuple(findings),
            key,
            origin.place(("id",)).line,
            record,
            origin,
            hidden,
        )


def _may_be_withheld(value: dict[str, Raw]) -> bool:
    said = value.get(WITHHELD, "false")
    return not (isinstance(said, str) and said.casefold() in _SHOWN)


def _withholds(value: Raw) -> bool:
    """Whether a raw value has a key that may withhold it or anything in it."""
    if isinstance(value, Flaw):
        return _withholds(value.instead)
    if isinstance(value, list):
        return any(map(_withholds, value))
    return isinstance(value, dict) and (_may_be_withheld(value) or any(map(_withholds, value.values())))


def _names_withheld(item: Item) -> bool:
    """Whether a key was found that may have been meant to withhold something."""
    return any(hides(finding.path) for finding in (item.findings if isinstance(item, Found) else (item,)))


def _with_line(flaw: Flaw, text: str) -> Flaw:
    """Return why a file is not valid with the line that it stands in, the last if it ends early."""
    if flaw.subtype is not Subtype.SYNTAX:
        return flaw
    lines = text.splitlines()
    last = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 1)
    line = min(flaw.line, last)
    found = flaw.found or shorten(lines[line - 1].strip(" ") if lines else "")
    return replace(flaw, line=line, found=found)


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
    found = "an empty file" if value is None else "an empty list" if value == [] else shorten(value)
    return Flaw(line, "this is no record; it is not read", Subtype.VALUE, found, expected)
