"""Makes catalogs from records without files, and tests that places survive what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.finding import Finding, Path, Place, format_path
from sphinx_rapporteur.records.model import Event, Indicator, Organization, Person, Record, Session


@dataclass(frozen=True)
class FakeOrigin:
    """An origin whose places spell out the path that was asked for."""

    file: str

    def place(self, path: Path = ()) -> Place:
        return Place(f"{self.file}#{format_path(path)}", 1)

    def text_line(self, path: Path) -> int:
        return len(path)


@dataclass(frozen=True)
class FakeLoaded:
    record: Record
    origin: FakeOrigin


@dataclass(frozen=True)
class Made:
    catalog: Catalog
    findings: list[Finding]

    @property
    def said(self) -> list[str]:
        """The findings as subtype and place, without a word of prose."""
        return [f"{finding.subtype.subtype} {finding.place.file}" for finding in self.findings]


def make(*records: Record, locale: str = "en") -> Made:
    return make_from(
        [FakeLoaded(one, FakeOrigin(f"{one.kind}/{one.full_id}")) for one in records], locale=locale
    )


def make_from(loaded: Sequence[FakeLoaded], *, locale: str = "en") -> Made:
    findings: list[Finding] = []
    return Made(build_catalog(loaded, locale=locale, report=findings.append), findings)


def event(own_id: str = "igf", **fields: Any) -> Event:
    given = {"name": "IGF", "start": "2016-12-06", "end": "2016-12-09", "timezone": "America/Mexico_City"}
    rooms = [{"id": "r1", "name": "Room 1"}, {"id": "r2", "name": "Room 2"}]
    sources = [{"id": "dig-watch", "title": "dig.watch", "offset": "+01:00"}]
    return Event.model_validate({"id": own_id, "rooms": rooms, "time_sources": sources} | given | fields)


def session(own_id: str = "ws1", **fields: Any) -> Session:
    return Session.model_validate({"id": own_id, "event": "igf", "title": own_id.upper()} | fields)


def person(own_id: str, name: str = "", **fields: Any) -> Person:
    return Person.model_validate({"id": own_id, "name": name or own_id.replace("-", " ").title()} | fields)


def body(own_id: str, name: str = "", **fields: Any) -> Organization:
    return Organization.model_validate({"id": own_id, "name": name or own_id.upper()} | fields)


def indicator(own_id: str = "pages", **fields: Any) -> Indicator:
    return Indicator.model_validate({"id": own_id, "name": own_id.title()} | fields)


def figure(own_id: str = "n", value: str = "1", **fields: Any) -> dict[str, Any]:
    return {"id": own_id, "label": own_id, "value": value} | fields


def test_places_are_those_of_the_file_after_items_were_left_out() -> None:
    made = make(
        event(),
        person("ada"),
        session(
            people=[
                {"person": "nobody"},
                {"person": "ada", "affiliations": [{"organization": "none"}, {"name": "X"}]},
            ],
        ),
    )
    ws1 = made.catalog.sessions["igf/ws1"]
    assert [appearance.person for appearance in ws1.people] == ["ada"]
    path = ("people", 0, "affiliations", 0, "name")
    assert made.catalog.place(ws1, path).file == "sessions/igf/ws1#people[1].affiliations[1].name"
    assert made.said == [
        "reference sessions/igf/ws1#people[0].person",
        "reference sessions/igf/ws1#people[1].affiliations[0].organization",
    ]


def test_places_survive_linking_and_withholding_both() -> None:
    made = make(
        event(),
        person("ada"),
        person("eve", withheld=True),
        session(people=[{"person": "nobody"}, {"person": "eve"}, {"person": "ada"}]),
    )
    assert made.catalog.place(made.catalog.sessions["igf/ws1"], ("people", 0)).file.endswith("#people[2]")
