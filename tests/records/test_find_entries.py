"""What the site's search knows of each record: its words, its lines and what narrows it down."""

from __future__ import annotations

import pytest
from test_catalog_making import body, event, figure, make, person, session

from sphinx_rapporteur.find import entries as module
from sphinx_rapporteur.find.entries import Entry, entries
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.model import Person
from sphinx_rapporteur.warnings import Subtype


def found(findings: list[Finding] | None = None) -> dict[tuple[str, str], Entry]:
    ada = {"person": "ada", "affiliations": [{"organization": "iwf", "title": "Head"}, {"name": "A ship"}]}
    catalog = make(
        event(short_name="IGF 2016", tracks=[{"id": "rights", "name": "Rights"}]),
        person("ada", "Ada Zeta", also_known_as=["A. Z."]),
        person("gone", "Quasti", withheld=True),
        body("iwf", "Internet Watch Foundation"),
        session(
            "a",
            title="Opening",
            number="WS1",
            start="2016-12-06T09:00",
            type="workshop",
            track="rights",
            tags=["Law"],
            sdgs=["16.2"],
            people=[ada, {"name": "Bo", "role": "chair"}, {"person": "gone"}],
            summary="All on *ships*.",
            report={"first": "They **sail**."},
            statistics=[figure("ships", "2,000", unit="ships", said_by={"person": "ada"})],
            quotes=[{"id": "q", "text": "We dive", "said_by": {"name": "Bo"}}],
        ),
        session("b", type="Workshop"),
    ).catalog
    report = (findings if findings is not None else []).append
    return {(one.kind, one.id): one for one in entries(catalog, report=report)}


def test_a_session_is_found_by_all_that_was_said_in_it() -> None:
    one = found()["session", "igf/a"]
    assert (one.title, one.filters["day"]) == ("Opening", ["2016-12-06"])
    for words in (
        "WS1",
        "Ada Zeta",
        "Internet Watch Foundation",
        "A ship",
        "Law",
        "on ships",
        "They sail",
        "We dive",
    ):
        assert words in one.text
    assert one.filters == {
        "event": ["IGF 2016"],
        "day": ["2016-12-06"],
        "track": ["Rights"],
        "type": ["Workshop"],
        "topic": ["Law"],
        "sdg": ["SDG 16", "SDG 16.2"],
        "person": ["Ada Zeta", "Bo"],
        "organization": ["Internet Watch Foundation"],
        "figures": ["yes"],
    }
    # Spellings of one type are one.
    assert found()["session", "igf/b"].filters == {"event": ["IGF 2016"], "type": ["Workshop"]}


def test_a_figure_is_found_by_itself() -> None:
    one = found()["stat", "igf/a/ships"]
    assert one.title == "2,000 ships"
    assert "Ada Zeta" in one.lines
    assert one.filters["person"] == ["Ada Zeta"]
    assert one.filters["organization"] == ["Internet Watch Foundation"]
    assert (one.filters["event"], one.filters["sdg"], one.filters["day"]) == (
        ["IGF 2016"],
        ["SDG 16", "SDG 16.2"],
        ["2016-12-06"],
    )


def test_people_and_organisations_are_found_by_their_other_names_and_events() -> None:
    ada, iwf = found()["person", "ada"], found()["org", "iwf"]
    assert "A. Z." in ada.text
    assert ada.filters == {
        "event": ["IGF 2016"],
        "organization": ["Internet Watch Foundation", "A ship"],
        "figures": ["yes"],
    }
    assert iwf.filters == {"event": ["IGF 2016"], "figures": ["yes"]}


def test_nothing_withheld_is_found() -> None:
    assert "gone" not in {name for _kind, name in found()}
    assert "Quasti" not in repr(found())


def test_what_our_own_code_fails_over_costs_its_entry_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_catalog: Catalog, _person: Person) -> Entry:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "_person", fail)
    findings: list[Finding] = []
    assert {kind for kind, _id in found(findings)} == {"session", "org", "stat"}
    assert [(one.subtype, one.place.file) for one in findings] == [(Subtype.INTERNAL, "people/ada#")]
