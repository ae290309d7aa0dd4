"""One raw record to its model: says what is wrong and leaves out the smallest part that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath

from pydantic import ValidationError

from sphinx_rapporteur.records.finding import Finding, Path, Place, Report, Thing
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.losses import things_of
from sphinx_rapporteur.records.model import Event, Part, Record, Session
from sphinx_rapporteur.records.model.types import ID_EXPECTED, ID_PATTERN, RESERVED_IDS
from sphinx_rapporteur.records.naming import NOUNS, with_article
from sphinx_rapporteur.records.read.explain import Issue, did_you_mean, issues_of, left_out, nearest, slug
from sphinx_rapporteur.records.read.kinds import folder_of, kinds_with, named_by
from sphinx_rapporteur.records.read.origin import Origin, in_file
from sphinx_rapporteur.records.read.prune import leave_out
from sphinx_rapporteur.records.read.raw import Flaw, Inspection, Raw, shorten
from sphinx_rapporteur.records.read.schema import Key, hides, keys_of, smallest_part
from sphinx_rapporteur.warnings import Subtype

_KEYS_SHOWN = 5
_AT_MOST_WEST, _AT_MOST_EAST = dt.timedelta(hours=-12), dt.timedelta(hours=14)


@dataclass(slots=True)
class Draft:
    """A record on its way from raw values to its model."""

    model: type[Record]
    value: dict[str, Raw]
    origin: Origin
    report: Report
    stem: str = ""
    """The file's stem, where it became the id."""
    is_lost: bool = False
    """Whether the record has to be left out, whatever else is found."""

    is_over: bool = False
    """Whether nothing more can be found out about it, since a required value is missing."""
    _lost_at: dict[Path, tuple[Thing, ...]] = field(default_factory=dict)
    """What goes with a part, which thousands of findings may leave out."""

    def settle(self) -> Record | None:
        """Return the record with all its wrong parts left out, or ``None`` if it cannot be kept."""
        if self._is_of_another_kind():
            return None
        self._check_id()
        while not self.is_over:
            try:
                record = self.model.model_validate(self.value)
            except ValidationError as error:
                issues = issues_of(error.errors(include_url=False), self.model, self.value)
            else:
                issues = [*_equal_ids(record), *_time_order(record)]
                if not issues:
                    return None if self.is_lost else record
            if not self._apply(issues):
                break
        return None

    def _is_of_another_kind(self) -> bool:
        """Report a record with the keys of another kind than its folder's; return whether it is one."""
        known = keys_of(self.model)
        strange = [key for key in self.value if key not in known and not key.startswith("x-")]
        lacks = any(key.required and name not in self.value for name, key in known.items())
        if not strange or (len(strange) == 1 and not lacks):
            return False
        in_event = len(PurePosixPath(self.origin.file).parts) > 2  # noqa: PLR2004
        by_folder = {"id", "event"} if self.model.kind == Session.kind else {"id"}
        kinds = [
            kind
            for kind in kinds_with(self.value.keys() - by_folder)
            if not (in_event and self.model.kind == Session.kind and kind == Event.kind)
        ]
        if not kinds:
            return False
        mine, theirs = NOUNS[self.model.kind], " or ".join(with_article(NOUNS[kind]) for kind in kinds)
        lost = [*self._lost(()), *(thing for kind in kinds for thing in named_by(self.origin.file, kind))]
        self.report(
            Finding(
                Subtype.UNKNOWN_KIND,
                self.origin.place(()),
                f"the keys are those of {theirs}, not of {with_article(mine)}; the record is left out",
                found=", ".join(strange[:_KEYS_SHOWN]),
                expected=f"the keys of {with_article(mine)}",
                suggestion=f"move the file to the folder {' or '.join(map(folder_of, kinds))}",
                lost=tuple(dict.fromkeys(lost)),
            )
        )
        return True

    def inspect(self, limits: Limits) -> None:
        """Remove invisible characters, and what the parser could not read."""
        inspection = Inspection(limits.text_characters)
        inspection.walk(self.value)
        for path, names in inspection.cleaned:
            message = "invisible or direction-changing characters were removed"
            self._say(Issue(path, path, Subtype.CHARACTERS, message, found=names))
        targets = []
        for path, flaw in inspection.flaws:
            targets += self._flaw(path, flaw)
        leave_out(self.value, self.origin.lines, [target for target in targets if target])

    def _flaw(self, path: Path, flaw: Flaw) -> list[Path]:
        """Report what the parser could not read; return what has to be left out."""
        target = () if hides(path) else smallest_part(self.model, path)
        in_list = any(isinstance(step, int) for step in path)
        is_second = flaw.subtype is Subtype.DUPLICATE_KEY
        keeps_first = is_second and not in_list and not hides(path)
        consequence = "only the first is used" if keeps_first else left_out(target, self.model)
        self.report(
            Finding(
                subtype=flaw.subtype,
                place=Place(self.origin.file, flaw.line or self.origin.place(path).line),
                message=f"{flaw.message}; {consequence}",
                path=in_file(self.origin.lines, path),
                found=flaw.found,
                expected=flaw.expected,
                suggestion=flaw.suggestion,
                others=(Place(self.origin.file, flaw.other),) if flaw.other else (),
                lost=() if keeps_first else self._lost(target),
            )
        )
        if keeps_first:
            return [path] if flaw.instead is None else []
        self.is_lost |= not target
        self.is_over |= not target and not hides(path)
        return [target or path]

    def _apply(self, issues: list[Issue]) -> bool:
        """Report the issues and leave their parts out; return whether to go on."""
        self._lost_at.clear()
        for issue in issues:
            self._say(issue)
        targets = []
        may_go_on = True
        for issue in issues:
            self.is_lost |= not issue.target
            if issue.target:
                targets.append(issue.target)
            elif hides(issue.path) or (issue.subtype is Subtype.UNKNOWN_KEY and not issue.is_last):
                targets.append(issue.path)  # the record is lost, but can be read on for its other faults
            else:
                may_go_on = False
        return leave_out(self.value, self.origin.lines, targets) and may_go_on

    def _say(self, issue: Issue, others: tuple[Place, ...] = ()) -> None:
        message = issue.message
        if issue.subtype.is_error:
            message += f"; {left_out(issue.target, self.model)}"
        self.report(
            Finding(
                subtype=issue.subtype,
                place=self.origin.place(issue.path),
                message=message,
                path=in_file(self.origin.lines, issue.path),
                found=issue.found,
                expected=issue.expected,
                suggestion=issue.suggestion,
                others=others,
                lost=self._lost(issue.target) if issue.subtype.is_error else (),
            )
        )

    def _lost(self, target: Path) -> tuple[Thing, ...]:
        """Return what others may refer to and goes with a part of the record; empty: the record."""
        if target not in self._lost_at:
            things = tuple(self._things_at(target))
            meant = ((kind, "/".join(map(slug, name.split("/")))) for kind, name in things)
            self._lost_at[target] = tuple(dict.fromkeys((*things, *meant)))
        return self._lost_at[target]

    def _things_at(self, target: Path) -> Iterable[Thing]:
        full_id = self.full_id
        if not target:
            # The file's name too: an id inside that is wrong is not what others call it.
            return ((self.model.kind, full_id), *named_by(self.origin.file))
        name, *steps = target
        key = str(name)
        meant = _meant([key], keys_of(self.model))[key]
        value = self.value.get(key)
        items = value if isinstance(value, list) else []
        if not steps:
            # A list whose key is misspelt may stand beside the one that was meant.
            whole = () if meant != key and meant in self.value else ((meant, full_id),)
            return (*whole, *self._things_in(meant, items if meant != key else []))
        index = steps[0]
        if len(steps) > 1 or not items or not isinstance(index, int):
            return ()
        return self._things_in(meant, [items[index]])

    def _things_in(self, name: str, items: list[Raw]) -> tuple[Thing, ...]:
        """Return what items of a list are to others, by the keys that were meant."""
        part = keys_of(self.model)[name].part if name in keys_of(self.model) else None
        keys = keys_of(part) if part else {}
        found: list[Thing] = []
        for item in items:
            if isinstance(item, dict):
                read_as = {meant: item[key] for key, meant in _meant(item, keys).items()}
                found += things_of(self.full_id, name, read_as | item)
        return tuple(found)

    @property
    def full_id(self) -> str:
        """The record's full id as it is written."""
        names = ("event", "id") if self.model.kind == Session.kind else ("id",)
        return "/".join(str(self.value.get(key)) for key in names)

    def _check_id(self) -> None:
        text = self.value.get("id")
        if not isinstance(text, str) or (ID_PATTERN.fullmatch(text) and text not in RESERVED_IDS):
            return
        path: Path = () if self.stem else ("id",)
        where = "the file's name" if self.stem else "the value"
        if text in RESERVED_IDS:
            message, suggestion = f"{where} is reserved for a page of the site", "choose another id"
        else:
            message, suggestion = f"{where} is not an id", did_you_mean(slug(text))
        self._say(Issue(path, (), Subtype.BAD_ID, message, shorten(text), ID_EXPECTED, suggestion))
        self.is_lost = True
        self.value["id"] = "id"  # so that the rest is checked


def _meant(given: Iterable[str], keys: Mapping[str, Key]) -> dict[str, str]:
    """Return the keys of a mapping, each with the known one that was meant by it; itself if none was."""
    names = list(keys)
    return {key: key if key in keys else nearest(key, names) or key for key in given}


@cache
def _lists_with_ids(model: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, key in keys_of(model).items() if key.part and "id" in keys_of(key.part))


def _equal_ids(record: Record) -> Iterator[Issue]:
    """Find the parts of a list that have the id of an earlier one."""
    for name in _lists_with_ids(type(record)):
        parts = getattr(record, name)
        if not isinstance(parts, tuple):
            continue
        first: dict[str, int] = {}
        for index, part in enumerate(parts):
            text = getattr(part, "id", None) if isinstance(part, Part) else None
            if text is not None and first.setdefault(text, index) != index:
                path = (name, index)
                message = f"the id of `{name}[{first[text]}]` once more"
                expected = "an id that no other has"
                yield Issue((*path, "id"), path, Subtype.DUPLICATE_ID, message, shorten(text), expected)


def _time_order(record: Record) -> Iterator[Issue]:
    """Find what ends before it starts."""
    if isinstance(record, Event) and record.end < record.start:
        yield _order_issue(("end",), (), record.start, record.end)
    if not isinstance(record, Session):
        return
    if record.start and record.end and _is_before(record.end, record.start):
        yield _order_issue(("end",), ("end",), record.start, record.end)
    for index, time in enumerate(record.other_times):
        if time.start and time.end and _is_before(time.end, time.start):
            path = ("other_times", index, "end")
            yield _order_issue(path, path, time.start, time.end)


def _order_issue(path: Path, target: Path, start: dt.date, end: dt.date) -> Issue:
    expected = f"a time from {start.isoformat()} on"
    return Issue(path, target, Subtype.TIME_ORDER, "an end before the start", end.isoformat(), expected)


def _is_before(end: dt.date, start: dt.date) -> bool:
    """Return whether a moment is certainly before another; dates last the whole day."""
    if not isinstance(end, dt.datetime) or not isinstance(start, dt.datetime):
        return _day(end) < _day(start)
    if (end.tzinfo is None) == (start.tzinfo is None):
        return end < start
    # One is in the event's zone, which is not known here.
    if end.tzinfo is None:
        return end - _AT_MOST_WEST < _in_utc(start)
    return _in_utc(end) < start - _AT_MOST_EAST


def _in_utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
