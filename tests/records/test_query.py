"""Queries and counts over one small programme."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest
from test_catalog_making import body, event, figure, indicator, make, person, session

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.display import figure_text, plain_text, shorten
from sphinx_rapporteur.records.model import Statistic
from sphinx_rapporteur.records.programme import By, programme_counts
from sphinx_rapporteur.records.query import (
    PersonQuery,
    QueryError,
    SessionQuery,
    StatementQuery,
    find_figures,
    find_outcomes,
    find_people,
    find_quotes,
    find_sessions,
)


@cache
def programme() -> Catalog:
    ada = {"person": "ada", "affiliations": [{"organization": "iwf", "title": "CEO"}]}
    bob = {"name": "Bob", "country": "MX"}
    made = make(
        event(
            statistics=[figure("people", "2,000")],
            tracks=[{"id": "rights", "name": "Rights"}],
            organizers=[{"organization": "un"}],
        ),
        event("wsis", name="WSIS Forum", start="2017-06-12", end="2017-06-16"),
        person(
            "ada", "Ada Zeta", sort_name="Zeta, Ada", country="GB", stakeholder_group="Technical community"
        ),
        person("cyd", "Cyd Abel", sort_name="Abel, Cyd", stakeholder_group="Government"),
        body("iwf", "Internet Watch Foundation", parent="un"),
        body("un", "United Nations", short_name="UN"),
        indicator(),
        session(
            "ws10",
            number="WS10",
            title="Beta",
            type="workshop",
            room="r1",
            track="rights",
            start="2016-12-06T09:00",
            tags=["Child Safety", "Law"],
            sdgs=["16.2"],
            people=[ada | {"role": "moderator"}, bob],
            statistics=[
                figure("removed", "68,000", unit="web pages", said_by="ada", indicator="pages"),
                figure("share", "46%", of="all pages", said_by={"organization": "iwf"}),
            ],
            quotes=[
                {"id": "q", "text": "Zest", "said_by": "ada"},
                {"id": "r", "text": "Able", "said_by": {"name": "Bob"}},
            ],
            outcomes=[
                {"id": "o", "kind": "takeaway", "text": "One"},
                {"id": "p", "kind": "next step", "text": "Two"},
            ],
        ),
        session(
            "ws9",
            number="WS9",
            title="Alpha",
            type="Workshop",
            start="2016-12-07T09:00",
            tags=["child-safety"],
            sdgs=["16", "5"],
            people=[{"person": "ada"}, bob, {"person": "cyd", "status": "absent"}],
            organizations=[{"organization": "un"}],
        ),
        session("ws10", event="wsis", title="Gamma", people=[ada]),
    )
    assert made.said == []
    return made.catalog


def ids(found: tuple[Any, ...]) -> list[str]:
    return [one.full_id for one in found]


SESSIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["igf/ws10", "igf/ws9", "wsis/ws10"]),
    ({"event": "igf"}, ["igf/ws10", "igf/ws9"]),
    ({"event": "igf", "reverse": True}, ["igf/ws9", "igf/ws10"]),
    ({"sort": "title"}, ["igf/ws9", "igf/ws10", "wsis/ws10"]),
    ({"sort": "number"}, ["igf/ws9", "igf/ws10", "wsis/ws10"]),
    ({"limit": 1}, ["igf/ws10"]),
    ({"limit": 0}, []),
    ({"day": dt.date(2016, 12, 7)}, ["igf/ws9"]),
    ({"type": "WORKSHOP"}, ["igf/ws10", "igf/ws9"]),
    ({"track": "rights"}, ["igf/ws10"]),
    ({"room": "r1"}, ["igf/ws10"]),
    ({"room": "r2"}, []),
    ({"tag": "child-safety"}, ["igf/ws10", "igf/ws9"]),
    ({"tag": "CHILD SAFETY", "track": "rights"}, ["igf/ws10"]),
    ({"sdg": "16"}, ["igf/ws10", "igf/ws9"]),
    ({"sdg": "16.2"}, ["igf/ws10"]),
    ({"person": "ada"}, ["igf/ws10", "igf/ws9", "wsis/ws10"]),
    ({"person": "ada", "role": "Moderator"}, ["igf/ws10"]),
    ({"person": "ada", "organization": "iwf"}, ["igf/ws10", "wsis/ws10"]),
    ({"organization": "un"}, ["igf/ws9"]),
    ({"indicator": "pages"}, ["igf/ws10"]),
    ({"ids": ("igf/ws9", "wsis/ws10")}, ["igf/ws9", "wsis/ws10"]),
    ({"event": "igf", "ids": ("ws10",)}, ["igf/ws10"]),
]


@pytest.mark.parametrize(("query", "expected"), SESSIONS, ids=str)
def test_sessions(query: dict[str, Any], expected: list[str]) -> None:
    assert ids(find_sessions(programme(), SessionQuery(**query))) == expected


PEOPLE: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["Cyd Abel", "Bob", "Ada Zeta"]),
    ({"sort": "sessions"}, ["Ada Zeta", "Bob", "Cyd Abel"]),
    ({"session": "igf/ws10"}, ["Bob", "Ada Zeta"]),
    ({"event": "igf", "session": "ws9"}, ["Cyd Abel", "Bob", "Ada Zeta"]),
    ({"organization": "iwf"}, ["Ada Zeta"]),
    ({"role": "speaker", "event": "igf"}, ["Cyd Abel", "Bob", "Ada Zeta"]),
    ({"country": "MX"}, ["Bob"]),
    ({"country": "GB"}, ["Ada Zeta"]),
    ({"stakeholder_group": "government"}, ["Cyd Abel"]),
]


@pytest.mark.parametrize(("query", "expected"), PEOPLE, ids=str)
def test_people(query: dict[str, Any], expected: list[str]) -> None:
    assert [one.name for one in find_people(programme(), PersonQuery(**query))] == expected


def test_people_keep_their_appearances_and_statuses() -> None:
    cyd, bob, ada = find_people(programme(), PersonQuery())
    assert [one.appearance.status for one in cyd.appearances] == ["absent"]
    assert (bob.person, len(bob.appearances)) == (None, 2)
    assert [one.session_or_event.full_id for one in ada.appearances] == ["igf/ws10", "igf/ws9", "wsis/ws10"]


def test_statements() -> None:
    catalog = programme()
    figures = ["igf/people", "igf/ws10/removed", "igf/ws10/share"]
    for query, expected in (
        ({}, figures),
        ({"sort": "value"}, [figures[2], figures[0], figures[1]]),
        ({"sort": "label", "limit": 1}, [figures[0]]),
        ({"ids": (figures[2], figures[0])}, [figures[2], figures[0]]),
        ({"ids": (figures[2], figures[0]), "sort": "time"}, [figures[0], figures[2]]),
        ({"session": "igf/ws10"}, figures[1:]),
        ({"person": "ada"}, [figures[1]]),
        ({"organization": "iwf"}, figures[1:]),
        ({"indicator": "pages"}, [figures[1]]),
        ({"tag": "law"}, figures[1:]),
    ):
        assert ids(find_figures(catalog, StatementQuery(**query))) == expected
    assert ids(find_quotes(catalog, StatementQuery(sort="label"))) == ["igf/ws10/r", "igf/ws10/q"]
    assert ids(find_quotes(catalog, StatementQuery(person="ada"))) == ["igf/ws10/q"]
    assert ids(find_outcomes(catalog, StatementQuery(kind="next step"))) == ["igf/ws10/p"]


@pytest.mark.parametrize(
    ("query", "option", "suggestion", "allowed"),
    [
        (SessionQuery(event="iggf"), "event", "igf", ()),
        (SessionQuery(room="r9"), "room", None, ("r1", "r2")),
        (SessionQuery(ids=("ws10",)), "ids", "igf/ws10", ("igf/ws10", "wsis/ws10")),
        (SessionQuery(person="adda"), "person", "ada", ()),
        (SessionQuery(sdg="3"), "sdg", None, ()),
    ],
)
def test_what_does_not_exist(
    query: SessionQuery, option: str, suggestion: str | None, allowed: tuple[str, ...]
) -> None:
    with pytest.raises(QueryError) as caught:
        find_sessions(programme(), query)
    assert (caught.value.option, caught.value.suggestion, caught.value.allowed) == (
        option,
        suggestion,
        allowed,
    )


def test_values_that_are_not_allowed() -> None:
    with pytest.raises(QueryError, match="sort"):
        find_quotes(programme(), StatementQuery(sort="value"))
    with pytest.raises(QueryError, match="takeaway"):
        find_outcomes(programme(), StatementQuery(kind="wish"))
    with pytest.raises(QueryError, match="stakeholder-group"):
        programme_counts(programme(), "igf", "colour")  # type: ignore[arg-type]


COUNTS: dict[By, tuple[list[tuple[str, int]], str]] = {
    "day": ([("2016-12-06", 1), ("2016-12-07", 1)], "2 of 2 sessions"),
    "type": ([("workshop", 2)], "2 of 2 sessions"),
    "track": ([("rights", 1)], "1 of 2 sessions"),
    "room": ([("r1", 1)], "1 of 2 sessions"),
    "tag": ([("child-safety", 2), ("law", 1)], "2 of 2 sessions"),
    "organization": ([("iwf", 1)], "1 of 2 people"),
    "country": ([("MX", 1), ("GB", 1)], "2 of 2 people"),
    "stakeholder-group": ([("technical community", 1)], "1 of 2 people"),
    "role": ([("speaker", 3), ("moderator", 1)], "4 of 4 appearances"),
}


@pytest.mark.parametrize("by", COUNTS)
def test_counts_say_of_how_many(by: By) -> None:
    counts = programme_counts(programme(), "igf", by)
    rows, known = COUNTS[by]
    assert sorted((row.key, row.count) for row in counts.rows) == sorted(rows)
    assert [row.count for row in counts.rows] == [count for _key, count in rows]
    assert f"{counts.known} of {counts.total} {counts.noun}" == known
    assert counts.not_counted == (counts.noun != "sessions")  # Cyd, who was absent


def attended() -> Catalog:
    entries = [
        {"person": "ada"},
        {"person": "ada", "role": "moderator", "status": "provisional"},
        {"name": "Bob", "status": "provisional"},
        {"person": "cyd", "status": "absent"},
        {"name": "Dan", "status": "cited"},
    ]
    once_more = [{"name": "Bob", "status": "cited"}, {"name": "Eve"}]
    return make(
        event(people=once_more),
        person("ada", country="GB"),
        person("cyd", country="MX"),
        session(people=entries),
    ).catalog


@pytest.mark.parametrize(
    ("by", "total", "not_counted"),
    [
        ("country", 2, 3),  # of Ada one entry counts, of Bob, Cyd and Dan none
        ("stakeholder-group", 2, 3),
        ("organization", 2, 3),
        ("role", 2, 5),
        ("day", 1, 0),
        ("tag", 1, 0),
    ],
)
def test_the_confirmed_alone_are_counted(by: By, total: int, not_counted: int) -> None:
    counts = programme_counts(attended(), "igf", by)
    assert (counts.total, counts.not_counted) == (total, not_counted)
    assert sum(row.count for row in counts.rows) == counts.known <= total


def test_equal_counts_stand_in_the_order_of_their_numbers() -> None:
    rooms = [{"id": f"r{n}", "name": f"Room {n}"} for n in (10, 2, 8, 5)]
    held = [session(f"ws{room['id']}", title="Held", room=room["id"]) for room in rooms]
    counts = programme_counts(make(event(rooms=rooms), *held).catalog, "igf", "room")
    assert [row.label for row in counts.rows] == ["Room 2", "Room 5", "Room 8", "Room 10"]


def test_lookups() -> None:
    catalog = programme()
    assert ids(catalog.sessions_of_organization("un")) == ["igf/ws9"]
    assert [one.id for one in catalog.events_of_organization("un")] == ["igf"]
    assert [one.id for one in catalog.children_of("un")] == ["iwf"]
    assert [one.name for one in catalog.affiliated_with("iwf")] == ["Ada Zeta", "Ada Zeta"]
    assert ids(catalog.figures_by_person("ada")) == ["igf/ws10/removed"]
    assert ids(catalog.figures_by_organization("iwf")) == ["igf/ws10/removed", "igf/ws10/share"]
    assert ids(catalog.sessions_of_sdg("16")) == ["igf/ws9"]
    assert ids(catalog.sessions_of_sdg("16", with_targets=True)) == ["igf/ws10", "igf/ws9"]
    assert list(catalog.sdgs) == ["5", "16", "16.2"]
    assert [(one.slug, one.label) for one in catalog.topics.values()] == [
        ("child-safety", "Child Safety"),
        ("law", "Law"),
    ]
    assert catalog.candidates("session", "ws10") == ["igf/ws10", "wsis/ws10"]
    assert catalog.candidates("stat", "ws10/share") == ["igf/ws10/share"]
    assert catalog.suggest("session", "wss10") == "igf/ws10"


@pytest.mark.parametrize(
    ("kind", "full_id", "expected"),
    [
        ("event", "wsis", "WSIS Forum"),
        ("session", "igf/ws10", "Beta"),
        ("person", "ada", "Ada Zeta"),
        ("org", "un", "United Nations"),
        ("stat", "igf/ws10/removed", "68,000 web pages"),
        ("stat", "igf/ws10/share", "46%"),
        ("outcome", "igf/ws10/o", "One"),
        ("topic", "child-safety", "Child Safety"),
        ("sdg", "16.2", "SDG 16.2"),
        ("indicator", "pages", "Pages"),
    ],
)
def test_display(kind: str, full_id: str, expected: str) -> None:
    assert programme().display(kind, full_id) == expected


@pytest.mark.parametrize(
    ("fields", "locale", "expected"),
    [
        ({"value": "100", "unit": "%", "qualifier": "more than"}, "en", "more than 100%"),
        ({"value": "100%", "unit": "%"}, "en", "100%"),
        ({"value": "3.9 billion", "unit": "women"}, "en", "3.9 billion women"),
        ({"value": "1 in 3", "unit": "children"}, "en", "1 in 3 children"),
        ({"value": "2/3", "unit": "%"}, "en", "2/3"),
        ({"low": "25", "high": "30", "unit": "countries"}, "en", "25–30 countries"),
        ({"value": "46", "unit": "%"}, "de", "46\u00a0%"),
    ],
)
def test_figures_with_their_units(fields: dict[str, Any], locale: str, expected: str) -> None:
    statistic = Statistic.model_validate({"id": "n", "label": "n"} | fields)
    assert figure_text(statistic, locale, qualifier=True) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Title\n\n* **One** and `two`", "Title One and two"),
        ("[a link](https://example.org) ![x](y.png)", "a link x"),
        ("{forum:person}`Susie <susie-hargreaves>` snake_case", "Susie snake_case"),
        (r"1\. \*not emphasis\*", "1. *not emphasis*"),
    ],
)
def test_plain_text(markdown: str, expected: str) -> None:
    assert plain_text(markdown) == expected


def test_shortened_texts_are_cut_between_words_if_there_are_any() -> None:
    assert shorten("one two three", 9) == "one two…"
    assert shorten("一" * 20, 9) == "一" * 8 + "…"
    assert shorten("short", 9) == "short"


def test_tags_that_differ_by_more_than_spelling_are_two_topics() -> None:
    tags = ["C++", "C", "Santé", "sante", "حوكمة"]
    topics = make(event(), session(tags=tags)).catalog.topics
    assert {slug: topic.label for slug, topic in topics.items() if slug.startswith(("c", "s"))} == {
        "c": "C",
        "c-2": "C++",
        "sante": "Santé",
    }
    assert len(topics) == 4
    assert all(slug.isascii() for slug in topics)
