"""Take what is withheld off the shelf before anybody else sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sphinx_rapporteur.records.finding import Finding, Path, Report
from sphinx_rapporteur.records.model import (
    Affiliation,
    Appearance,
    Attribution,
    Byline,
    Event,
    Organization,
    Organizer,
    Outcome,
    Part,
    Person,
    Presence,
    Quote,
    Record,
    Recording,
    Session,
    Statistic,
)
from sphinx_rapporteur.records.names import NAME_WITHHELD, fold, fold_person
from sphinx_rapporteur.records.naming import STATEMENTS, Aliases, shared_prefixes
from sphinx_rapporteur.records.origin import path_in_file
from sphinx_rapporteur.records.rewrite import Rewriter, walk
from sphinx_rapporteur.records.shelf import Shelf
from sphinx_rapporteur.warnings import Subtype

_ROLE = re.compile(r"\{forum:\w++\}`(?P<title>[^`<]*+)(?:<(?P<target>[^`>]*+)>)?+[^`]*+`")


def withhold(shelf: Shelf, *, report: Report) -> None:
    """Remove withheld records and all that would show them; note their ids as withheld.

    Names in running text stay, since nobody but the writer can take them out; each such text is reported.
    """
    rules = _Rules(shelf)
    for record, _origin in shelf.each():
        if record.withheld is not False or (isinstance(record, Session) and record.event in rules.events):
            rules.add(record)
    for kind, ids in shelf.withheld.items():
        for full_id in ids & shelf.records.get(kind, {}).keys():
            shelf.drop(shelf.records[kind][full_id])
    _withhold_aliases(shelf)
    if shelf.withheld or any(_withholds_inside(record) for record, _origin in shelf.each()):
        rules.apply()
    _report_texts(shelf, frozenset(rules.names), report)


def _report_texts(shelf: Shelf, names: frozenset[str], report: Report) -> None:
    """Warn of texts that name somebody withheld, without saying the name."""
    # No space after the name: a genitive may follow.
    full_names = [f" {name}" for name in names if " " in name]
    if not full_names:
        return
    for record, origin in shelf.each():
        for part, path in walk(record):
            for field_path, text in _texts(part, path):
                folded = f" {fold(_without_targets(text, shelf.withheld))}"
                if any(name in folded for name in full_names):
                    report(
                        Finding(
                            Subtype.WITHHELD,
                            origin.place(field_path),
                            "the text names somebody whose record is withheld; it is shown as it is",
                            path=path_in_file(origin, field_path),
                            expected="a text without the name",
                        )
                    )


def _without_targets(text: str, withheld: Mapping[str, set[str]]) -> str:
    """Return a text without the ids that its roles refer to, and without titles of what is withheld.

    Ids are often made of names, and neither is shown: such a reference reads "withheld".
    """

    def shown(role: re.Match[str]) -> str:
        title, target = role["title"], role["target"]
        if not target:
            return " "
        name = re.split("[:@]", target.strip().removeprefix("~"))[0].strip()
        is_gone = any(
            name in ids or any(one.endswith(f"/{name}") for one in ids) for ids in withheld.values()
        )
        return " " if is_gone else str(title)

    return _ROLE.sub(shown, text)


def _texts(part: Part, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the texts that stand directly in a part, with their paths."""
    for name, value in part:
        if isinstance(value, str):
            yield (*path, name), value
        elif isinstance(value, Mapping) and name != "extra":
            yield from (((*path, name, key), text) for key, text in value.items() if isinstance(text, str))


def _withholds_inside(record: Record) -> bool:
    """Whether a part of a record is withheld, though the record is not."""
    if isinstance(record, Person):
        return record.photo is not None and record.photo.withheld
    return isinstance(record, Session) and any(recording.withheld for recording in record.recordings)


def _withhold_aliases(shelf: Shelf) -> None:
    """Former ids of what is withheld, or below what is withheld, lead nowhere either."""
    current = {}
    for kind, former in shelf.aliases.current.items():
        gone = shelf.withheld.get(kind, set())
        owners = shelf.withheld.get(Session.kind, set()) | shelf.withheld.get(Event.kind, set())
        current[kind] = {
            alias: full_id
            for alias, full_id in former.items()
            if full_id not in gone
            and not (kind in STATEMENTS and not owners.isdisjoint(shared_prefixes(alias)))
        }
        for alias in former.keys() - current[kind].keys():
            shelf.withhold(kind, alias)
    shelf.aliases = Aliases(current)


@dataclass
class _Rules:
    """Who and what is withheld, and what that does to each part of a record."""

    shelf: Shelf
    nameless: set[str] = field(default_factory=set)
    """People whose appearances stay."""
    names: dict[str, bool] = field(default_factory=dict)
    """The folded names of withheld people, and whether their appearances stay."""
    organization_names: set[str] = field(default_factory=set)
    record: Record = field(init=False)

    @property
    def events(self) -> set[str]:
        """The ids of withheld events."""
        return self.shelf.withheld.get(Event.kind, set())

    def add(self, record: Record) -> None:
        """Note a withheld record with all that is inside it and all its names."""
        self.shelf.withhold(record.kind, record.full_id)
        if isinstance(record, (Session, Event)):
            for kind in STATEMENTS:
                for item in getattr(record, kind, ()):
                    self.shelf.withhold(kind, f"{record.full_id}/{item.id}")
        elif isinstance(record, Person):
            stays = record.withheld == "name"
            if stays:
                self.nameless.add(record.id)
            for name in (record.name, *record.also_known_as):
                self.names[fold_person(name)] = stays and self.names.get(fold_person(name), True)
        elif isinstance(record, Organization):
            names = (record.name, *record.also_known_as, *((record.short_name,) if record.short_name else ()))
            self.organization_names.update(map(fold, names))

    def apply(self) -> None:
        """Rewrite all records that are left."""
        rewriter = Rewriter(self._reference, self._part, drops_items=False)
        for record, origin in self.shelf.each():
            self.record = record
            result = rewriter.rewrite(record, origin)
            if result[0] is not record:
                self.shelf.put(*result)

    def _is_gone(self, kind: str, full_id: str | None) -> bool:
        return full_id in self.shelf.withheld.get(kind, ())

    def _reference(self, kind: str, value: str, _path: Path) -> str | None:
        return None if self._is_gone(kind, value) else value

    def _part(self, part: Any, path: Path) -> Any:
        """Return what is left of a part; ``None`` if nothing."""
        if isinstance(part, (Appearance, Byline)):
            return self._somebody(part)
        if isinstance(part, (Statistic, Quote, Outcome)):
            return self._statement(part, path)
        if isinstance(part, (Affiliation, Presence, Organizer)):
            return self._body(part)
        if isinstance(part, Recording):
            return None if part.withheld else part
        if isinstance(part, Person) and part.photo is not None and part.photo.withheld:
            return part.model_copy(update={"photo": None, "photo_credit": None, "photo_alt": None})
        return part

    def _stays(self, part: Appearance | Byline | Attribution) -> bool | None:
        """Return whether a withheld person's entry stays without the name; ``None`` if nobody is withheld."""
        if part.person is not None:
            return part.person in self.nameless if self._is_gone(Person.kind, part.person) else None
        # A name typed instead of the id would show what the record withholds.
        return self.names.get(fold_person(part.name)) if part.name is not None and self.names else None

    def _somebody(self, part: Appearance | Byline) -> Appearance | Byline | None:
        stays = self._stays(part)
        if stays is None:
            if isinstance(part, Byline) and part.person is None and part.name is None:
                return None if self._is_gone(Organization.kind, part.organization) else part
            return part
        if not stays:
            return None
        neutral: dict[str, Any] = {"person": None, "name": NAME_WITHHELD}
        if isinstance(part, Appearance):
            neutral |= {"as_printed": (), "honorific": None, "note": None, "extra": {}}
        return part.model_copy(update=neutral)

    def _statement(self, part: Statistic | Quote | Outcome, path: Path) -> Any:
        name = "by" if isinstance(part, Outcome) else "said_by"
        attribution: Attribution | None = getattr(part, name)
        if attribution is None:
            return part
        stays = self._stays(attribution)
        if stays:
            return part.model_copy(update={name: Attribution(name=NAME_WITHHELD)})
        if stays is None and not self._is_gone(Organization.kind, attribution.organization):
            return part
        if isinstance(part, Quote):
            self.shelf.withhold(str(path[-2]), f"{self.record.full_id}/{part.id}")
            return None
        return part.model_copy(update={name: None})

    def _body(self, part: Affiliation | Presence | Organizer) -> Any:
        by_name = (
            part.name is not None
            and bool(self.organization_names)
            and fold(part.name) in self.organization_names
        )
        if not by_name and not self._is_gone(Organization.kind, part.organization):
            return part
        if isinstance(part, Affiliation) and part.title is not None:
            return part.model_copy(update={"organization": None, "name": None, "as_printed": ()})
        return None
