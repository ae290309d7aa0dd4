"""Joining records: what a wrong reference takes along, former ids, short ids, cycles."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_catalog_making import (
    FakeLoaded,
    FakeOrigin,
    Made,
    body,
    event,
    figure,
    indicator,
    make,
    make_from,
    person,
    session,
)

from sphinx_rapporteur.records.former import former_here, former_names, former_own_names
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.names import NAME_LEFT_OUT
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.warnings import Subtype

AT = "reference sessions/igf/ws1#"

CASES: dict[str, tuple[dict[str, Any], list[str], dict[str, Any]]] = {
    "an appearance": (
        {"people": [{"person": "adda"}, {"name": "B"}]},
        [f"{AT}people[0].person"],
        {"people": 1},
    ),
    "an affiliation, not the appearance": (
        {"people": [{"person": "ada", "affiliations": [{"organization": "no"}]}]},
        [f"{AT}people[0].affiliations[0].organization"],
        {"people": 1},
    ),
    "a figure whose speaker is nobody": (
        {"statistics": [figure(said_by="nobody-known"), figure("m")]},
        [f"{AT}statistics[0].said_by.person"],
        {"statistics": 2},
    ),
    "a figure of no known measure": (
        {"statistics": [figure(indicator="no")]},
        [f"{AT}statistics[0].indicator"],
        {"statistics": 1},
    ),
    "a quotation whose speaker is nobody": (
        {"quotes": [{"id": "q", "text": "So.", "said_by": "nobody-known"}]},
        [f"{AT}quotes[0].said_by.person"],
        {"quotes": 0},
    ),
    "an outcome of nobody": (
        {"outcomes": [{"id": "o", "kind": "takeaway", "text": "So.", "by": "nobody-known"}]},
        [f"{AT}outcomes[0].by.person"],
        {"outcomes": 1},
    ),
    "the organisation of a byline": (
        {"report_by": [{"person": "ada", "organization": "no"}]},
        [f"{AT}report_by[0].organization"],
        {"report_by": 1},
    ),
    "a byline of an organisation alone": (
        {"report_by": [{"organization": "no"}]},
        [f"{AT}report_by[0].organization"],
        {"report_by": 0},
    ),
    "an optional field of the record": ({"room": "r9"}, [f"{AT}room"], {"room": None}),
    "a related id": ({"related": ["igf/ws2", "igf/none"]}, [f"{AT}related[1]"], {"related": 1}),
    "a conflicting id": (
        {"statistics": [figure(conflicts_with=["m", "none"]), figure("m")]},
        [f"{AT}statistics[0].conflicts_with[1]"],
        {"statistics": 2},
    ),
    "several errors in one item, all said": (
        {"report_by": [{"person": "no", "organization": "no"}]},
        [f"{AT}report_by[0].person", f"{AT}report_by[0].organization"],
        {"report_by": 0},
    ),
    "no finding for what a share is of": (
        {"statistics": [figure(unit="%", of="some-id")]},
        [],
        {"statistics": 1},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_smallest_wrong_part_is_left_out(name: str) -> None:
    fields, said, left = CASES[name]
    made = make(event(), person("ada"), session("ws2"), session(**fields))
    assert made.said == said
    for field, expected in left.items():
        value = getattr(made.catalog.sessions["igf/ws1"], field)
        assert (len(value) if isinstance(value, tuple) else value) == expected


def test_a_session_without_its_event_is_left_out() -> None:
    made = make(event(), session(event="igff"))
    assert made.said == ["reference sessions/igff/ws1#event"]
    assert made.findings[0].message == "there is no such event; the session is left out"
    assert made.findings[0].suggestion == "did you mean igf?"
    assert not made.catalog.sessions


def test_an_event_that_is_missing_is_said_once() -> None:
    lost = [session(f"ws{number}", event="igff") for number in range(1, 7)]
    made = make(*reversed(lost), event(), session("ws1"), session("ws1", event="wsis"))
    assert made.said == ["reference sessions/igff/ws1#event", "reference sessions/wsis/ws1#event"]
    first = made.findings[0]
    assert first.message == "there is no such event; 6 sessions are left out"
    assert [place.file for place in first.others] == [
        f"sessions/igff/ws{number}#event" for number in (2, 3, 4)
    ]
    assert list(made.catalog.sessions) == ["igf/ws1"]


@pytest.mark.parametrize(
    ("fields", "left_out"),
    [
        ({"people": [{"person": "adda"}]}, "this item of `people` is left out"),
        (
            {"people": [{"name": "A", "affiliations": [{"organization": "no"}]}]},
            "this item of `affiliations`",
        ),
        ({"statistics": [figure(said_by="nobody-known")]}, "`said_by` is left out"),
        ({"track": "t9"}, "`track` is left out"),
        ({"related": ["igf/none"]}, "this item of `related` is left out"),
        ({"statistics": [figure(conflicts_with=["none"])]}, "this item of `conflicts_with` is left out"),
    ],
)
def test_a_reference_to_nothing_says_what_is_left_out(fields: dict[str, Any], left_out: str) -> None:
    (finding,) = make(event(), session(**fields)).findings
    assert f"; {left_out}" in finding.message


def test_what_stands_in_for_a_part_that_is_left_out() -> None:
    made = make(
        event(),
        session(
            people=[{"name": "Bo", "affiliations": [{"organization": "no", "title": "Chair"}]}],
            statistics=[figure(said_by="nobody-known", indicator="no")],
        ),
    )
    ws1 = made.catalog.sessions["igf/ws1"]
    (affiliation,) = ws1.people[0].affiliations
    assert (affiliation.organization, affiliation.title) == (None, "Chair")
    (stated,) = ws1.statistics
    assert stated.indicator is None
    assert stated.said_by is not None
    assert made.catalog.name_of(stated.said_by) == NAME_LEFT_OUT


def test_a_byline_that_is_left_out_is_not_missed() -> None:
    without: list[dict[str, Any]] = [
        {"report_by": [{"person": "no"}]},
        {"people": [{"person": "no", "role": "rapporteur"}]},
    ]
    for fields in without:
        made = make(event(), session(report_status="final", **fields))
        assert [finding.subtype for finding in made.findings] == [Subtype.REFERENCE]


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("ws27", ["e/ws28"], None),
        ("ws2", ["e/ws27"], None),
        ("ws-27", ["e/ws27"], "e/ws27"),
        ("igf-206/ws2", ["igf-2016/ws2"], "igf-2016/ws2"),
        ("igf-2015/ws2", ["igf-2016/ws2"], None),
        ("e/ws27/companies", ["e/ws27/project-countries"], None),
        ("e/ws27/page-removed", ["e/ws27/pages-removed", "e/ws28/pages-removed"], "e/ws27/pages-removed"),
        ("e/ws27/one", ["e/ws27"], None),
        ("ada", [], None),
    ],
)
def test_what_is_near_enough_to_be_meant(name: str, known: list[str], near: str | None) -> None:
    assert nearest(name, known) == near


def test_suggestions_never_name_what_is_withheld() -> None:
    made = make(
        event(), person("susie-hargreaves", withheld=True), session(people=[{"person": "susie-hargraves"}])
    )
    assert made.findings[0].suggestion == ""


def test_former_ids_lead_to_present_ones() -> None:
    made = make(
        event(aliases=["old"]),
        person("ada-byron", aliases=["ada"]),
        session(
            "ws2",
            event="old",
            aliases=["first"],
            people=[{"person": "ada"}],
            statistics=[figure(said_by="ada")],
            related=["old/first"],
        ),
    )
    assert made.findings == []
    ws2 = made.catalog.sessions["igf/ws2"]
    assert ws2.people[0].person == "ada-byron"
    assert ws2.related == ("igf/ws2",)
    for kind, former, present in (
        ("event", "old", "igf"),
        ("session", "igf/first", "igf/ws2"),
        ("session", "old/ws2", "igf/ws2"),
        ("session", "old/first", "igf/ws2"),
        ("stat", "old/first/n", "igf/ws2/n"),
        ("person", "ada", "ada-byron"),
        ("person", "nobody", None),
    ):
        assert made.catalog.resolve(kind, former) == present


def test_an_id_in_use_is_no_alias_and_an_alias_has_one_holder() -> None:
    made = make(person("a", aliases=["b", "z"]), person("b", "Other"), person("c", "Third", aliases=["z"]))
    assert made.said == ["duplicate-id people/a#aliases[0]", "duplicate-id people/c#aliases[0]"]
    assert made.catalog.resolve("person", "b") == "b"
    assert made.catalog.resolve("person", "z") == "a"


@pytest.mark.parametrize("kind", [person, body])
def test_a_record_is_not_another_than_itself(kind: Any) -> None:
    made = make(
        kind("a", "One", aliases=["old"], not_same_as=["old", "b"]),
        kind("b", "Another", not_same_as=["b", "a"]),
    )
    folder = kind("a", "x").kind
    assert made.said == [f"reference {folder}/a#not_same_as[0]", f"reference {folder}/b#not_same_as[0]"]
    assert [finding.suggestion for finding in made.findings] == [
        "take old off `aliases` or off `not_same_as`",
        "",
    ]
    assert len(made.findings[0].others) == 1
    shelf: Any = made.catalog.shelf("person" if kind is person else "org")
    assert [shelf[name].not_same_as for name in ("a", "b")] == [("b",), ("a",)]


def _moved_statements() -> Made:
    """One session went into another, and figures of both went elsewhere."""
    return make(
        event(aliases=["old"], statistics=[figure("total", aliases=["igf/ws1/sum"])]),
        session(
            "ws1",
            aliases=["ws0"],
            statistics=[
                figure("a", aliases=["igf/ws2/b", "igf/gone/c"]),
                figure("n", conflicts_with=["ws2/b", "igf/ws3/m"]),
                figure("m", aliases=["k", "igf/gone/k"]),
            ],
        ),
        session("ws2", aliases=["gone"], statistics=[figure("n", aliases=["igf/ws1/x", "igf/gone/n"])]),
        session("ws3", statistics=[figure("n", aliases=["igf/ws0/y"])]),
    )


def test_former_ids_of_statements_may_be_those_of_other_records() -> None:
    made = _moved_statements()
    assert made.said == ["reference sessions/igf/ws1#statistics[1].conflicts_with[1]"]
    for former, present in (
        ("igf/ws1/sum", "igf/total"),
        ("igf/ws2/b", "igf/ws1/a"),
        ("igf/gone/b", "igf/ws1/a"),
        ("igf/gone/c", "igf/ws1/a"),
        ("igf/gone/k", "igf/ws1/m"),
        ("igf/ws1/x", "igf/ws2/n"),
        ("igf/ws0/x", "igf/ws2/n"),
        ("igf/ws0/y", "igf/ws3/n"),
        ("old/ws0/y", None),
        ("old/ws1/sum", "igf/total"),
        ("old/ws0/n", "igf/ws1/n"),
        ("igf/ws2/n", "igf/ws2/n"),
    ):
        assert made.catalog.resolve("stat", former) == present, former
    assert made.catalog.figures["igf/ws1/n"].item.conflicts_with == ("igf/ws1/a",)


def test_every_former_name_is_listed_once_and_resolves_to_what_it_is_listed_with() -> None:
    catalog = _moved_statements().catalog
    listed = list(former_names(catalog))
    assert len({(kind, former) for kind, former, _now in listed}) == len(listed)
    assert all(catalog.resolve(kind, former) == now for kind, former, now in listed)
    stats = {former: now for kind, former, now in listed if kind == "stat"}
    assert stats.items() >= {
        ("igf/ws1/sum", "igf/total"),
        ("old/ws1/sum", "igf/total"),
        ("igf/ws0/sum", "igf/total"),
        ("igf/gone/b", "igf/ws1/a"),
        ("old/gone/b", "igf/ws1/a"),
        ("old/ws0/n", "igf/ws1/n"),
        ("igf/gone/k", "igf/ws1/m"),
        ("igf/ws1/k", "igf/ws1/m"),
        ("igf/gone/n", "igf/ws2/n"),
    }


def test_a_name_in_a_record_is_one_statement_s() -> None:
    catalog = _moved_statements().catalog
    assert dict(former_own_names(catalog)) == {
        ("igf/ws1", "stat", "sum"): "igf/total",
        ("igf/ws2", "stat", "b"): "igf/ws1/a",
        ("igf/ws2", "stat", "c"): "igf/ws1/a",
        ("igf/ws1", "stat", "k"): "igf/ws1/m",
        ("igf/ws2", "stat", "k"): "igf/ws1/m",
        ("igf/ws1", "stat", "x"): "igf/ws2/n",
        ("igf/ws1", "stat", "y"): "igf/ws3/n",
    }
    assert dict(former_here(catalog)) == {("stat", "igf/ws1/m"): ("k",)}


def test_a_former_id_of_a_statement_has_one_holder() -> None:
    made = make(
        event(),
        session("ws1", statistics=[figure("n"), figure("m", aliases=["n", "igf/ws2/n", "igf/ws3/z"])]),
        session("ws2", statistics=[figure("n", aliases=["igf/ws3/z", "igf/ws2/n", "igf/ws4/w"])]),
    )
    at = "duplicate-id sessions/igf/ws1#statistics[1].aliases"
    assert made.said == [f"{at}[0]", f"{at}[1]", "duplicate-id sessions/igf/ws2#statistics[0].aliases[0]"]
    holders = [finding.message.split(";")[0].rpartition(" ")[2] for finding in made.findings]
    assert holders == ["n", "igf/ws2/n", "igf/ws1/m"]
    assert made.catalog.resolve("stat", "igf/ws3/z") == "igf/ws1/m"
    assert made.catalog.resolve("stat", "igf/ws4/w") == "igf/ws2/n"


def test_short_ids_of_figures_mean_the_session_then_the_event() -> None:
    made = make(
        event(statistics=[figure("total"), figure("n")]),
        session(statistics=[figure("n"), figure("m", conflicts_with=["n", "total", "ws2/n", "igf/ws2/n"])]),
        session("ws2", statistics=[figure("n")]),
    )
    assert made.findings == []
    stated = made.catalog.figures["igf/ws1/m"].item
    assert stated.conflicts_with == ("igf/ws1/n", "igf/total", "igf/ws2/n", "igf/ws2/n")


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_of_parents_is_opened_once(length: int) -> None:
    bodies = [body(f"o{n}", f"Body {'x' * n}", parent=f"o{(n + 1) % length}") for n in range(length)]
    made = make(*bodies)
    assert made.said == ["reference organizations/o0#parent"]
    assert made.catalog.organizations["o0"].parent is None


def test_of_two_records_with_one_id_the_first_stays() -> None:
    loaded = [
        FakeLoaded(person("a", name), FakeOrigin(file))
        for name, file in (("Two", "b.yaml"), ("One", "a.yaml"))
    ]
    made = make_from(loaded)
    assert made.said == ["duplicate-id b.yaml#id"]
    assert made.catalog.people["a"].name == "One"


def test_an_end_before_its_start_in_the_zone_of_the_event() -> None:
    made = make(event(), session(start="2016-12-07T13:00", end="2016-12-07T18:00+00:00"))
    assert made.said == ["time-order sessions/igf/ws1#end"]
    assert made.catalog.sessions["igf/ws1"].end is None


def test_a_digest_covers_the_keys_of_the_site_at_any_depth() -> None:
    plain = [{"name": "Bob"}]
    marked = [{"name": "Bob", "x-badge": "blue"}]
    digests = {
        make(event(), session(**fields)).catalog.digest
        for fields in ({"people": plain}, {"people": marked}, {"people": plain, "x-room": "blue"})
    }
    assert len(digests) == 3


RECORDS: list[Record] = [
    event(aliases=["old"]),
    event("wsis", name="WSIS"),
    person("ada", also_known_as=["Ada B"]),
    person("adda"),
    body("iwf", parent="isoc"),
    body("isoc", parent="iwf"),
    indicator(),
    session(
        "ws10", people=[{"person": "ada"}, {"name": "Adda"}], tags=["Child Safety"], start="2016-12-07T09:00"
    ),
    session("ws9", people=[{"person": "nobody"}], tags=["child-safety"], sdgs=["16.2"], related=["old/ws10"]),
    session("ws9", event="wsis", statistics=[figure(indicator="pages"), figure("m", "2", indicator="pages")]),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(RECORDS))
def test_the_order_of_the_files_makes_no_difference(records: list[Record]) -> None:
    expected, made = make(*RECORDS), make(*records)
    assert made.catalog.digest == expected.catalog.digest
    assert made.findings == expected.findings
    assert (
        list(made.catalog.sessions) == list(expected.catalog.sessions) == ["igf/ws10", "igf/ws9", "wsis/ws9"]
    )
    assert made.catalog.topics == expected.catalog.topics
    assert [one.full_id for one in made.catalog.owners] == [one.full_id for one in expected.catalog.owners]
