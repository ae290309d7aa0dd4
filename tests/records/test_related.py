"""Which sessions belong to one: at the same time, sharing somebody or something, of the same organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_catalog_making import body, event, make, person, session

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.related import at_the_same_time, more_of_organizations, related_sessions

MANY = 400


def spoke(who: str, *, status: str = "confirmed", of: str | None = None) -> dict[str, Any]:
    affiliations = [{"organization": of}] if of else []
    return {"person": who, "role": "speaker", "status": status, "affiliations": affiliations}


def catalog(**sessions: dict[str, Any]) -> Catalog:
    people = [person(name) for name in ("ann", "bo", "cy")]
    bodies = [body("apc"), body("iwf")]
    made = make(event(), *people, *bodies, *(session(name, **fields) for name, fields in sessions.items()))
    assert made.said == []
    return made.catalog


def related(found: Catalog, name: str, *, limit: int = 9) -> list[str]:
    """Return the sessions that belong to one, each with what they share."""
    shown = related_sessions(found, found.sessions[f"igf/{name}"], limit=limit)
    return [
        f"{one.session.full_id.removeprefix('igf/')}: {' '.join(name for _kind, name in one.shared)}"
        for one in shown
    ]


CASES: dict[str, tuple[dict[str, dict[str, Any]], list[str]]] = {
    "nothing in common": ({"a": {"tags": ["x"]}, "b": {"tags": ["y"]}}, []),
    "a person before a topic": (
        {
            "a": {"tags": ["x"], "people": [spoke("ann")]},
            "b": {"tags": ["x"]},
            "c": {"people": [spoke("ann")]},
        },
        ["c: ann", "b: x"],
    ),
    "more in common first, the rarest reason first": (
        {
            "a": {"tags": ["x", "y"]},
            "b": {"tags": ["y"]},
            "c": {"tags": ["X", "y"]},
            "d": {"tags": ["y"]},
        },
        ["c: x y", "b: y", "d: y"],
    ),
    "of what is rare more than of what is common": (
        {"a": {"tags": ["common", "rare"]}, "b": {"tags": ["common"]}, "c": {"tags": ["common"]}}
        | {"z": {"tags": ["rare"]}},
        ["z: rare", "b: common", "c: common"],
    ),
    "whoever was not seen there is no reason": (
        {
            "a": {"people": [spoke("ann"), spoke("bo", status="absent")]},
            "b": {"people": [spoke("ann", status="provisional"), spoke("bo")]},
        },
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_sessions_share(name: str) -> None:
    sessions, expected = CASES[name]
    assert related(catalog(**sessions), "a") == expected


def test_the_limit_keeps_the_most_telling() -> None:
    found = catalog(a={"tags": ["x"]}, b={"tags": ["x"]}, c={"tags": ["x"]}, d={"tags": ["x"]})
    assert related(found, "c", limit=2) == ["b: x", "d: x"]


def test_of_what_very_many_share_the_nearest_are_looked_at() -> None:
    found = catalog(**{f"s{n:03}": {"tags": ["x"]} for n in range(MANY)})
    names = [one.partition(":")[0] for one in related(found, "s200", limit=MANY)]
    assert names[:4] == ["s199", "s201", "s198", "s202"]
    assert len(names) < 60


def at(start: str, end: str | None = None) -> dict[str, Any]:
    return {"start": f"2016-12-06T{start}"} | ({"end": f"2016-12-06T{end}"} if end else {})


TIMES: dict[str, tuple[dict[str, Any], bool]] = {
    "within": (at("10:15", "10:30"), True),
    "over both ends": (at("09:00", "12:00"), True),
    "the same start, no end": (at("10:00"), True),
    "another start, no end": (at("10:15"), False),
    "right after": (at("11:00", "12:00"), False),
    "another day": ({"start": "2016-12-07T10:00", "end": "2016-12-07T11:00"}, False),
    "a day alone": ({"start": "2016-12-06"}, False),
}


@pytest.mark.parametrize("name", TIMES)
def test_at_the_same_time(name: str) -> None:
    fields, expected = TIMES[name]
    found = catalog(a=at("10:00", "11:00"), b=fields)
    one, other = found.sessions["igf/a"], found.sessions["igf/b"]
    assert at_the_same_time(found, one, limit=9) == ((other,) if expected else ())
    assert at_the_same_time(found, other, limit=9) == ((one,) if expected else ())


def more(found: Catalog, of: str, **options: Any) -> list[tuple[str, list[str]]]:
    shown = more_of_organizations(found, found.sessions[f"igf/{of}"], **options)
    return [(name, [one.full_id.removeprefix("igf/") for one in others]) for name, others in shown]


def test_more_of_the_organisations_that_few_sessions_have() -> None:
    apc, iwf = spoke("ann", of="apc"), spoke("bo", of="iwf")
    found = catalog(
        a={"people": [apc, iwf]},
        b={"people": [apc]},
        c={"people": [apc]},
        d={"people": [apc, iwf]},
        e={"people": [spoke("cy")]},
    )
    # What stands under one organisation is not repeated under another.
    assert more(found, "a", organizations=2, limit=2) == [("iwf", ["d"]), ("apc", ["b", "c"])]
    assert more(found, "a", organizations=1, limit=9) == [("iwf", ["d"])]
    without = [found.sessions["igf/d"]]
    assert more(found, "a", organizations=2, limit=9, without=without) == [("apc", ["b", "c"])]
    assert more(found, "e", organizations=2, limit=9) == []


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("xyz"), unique=True), min_size=1, max_size=8))
def test_belonging_is_mutual_and_never_to_itself(tags: Sequence[list[str]]) -> None:
    found = catalog(**{f"s{n}": {"tags": own} for n, own in enumerate(tags)})
    pairs = {
        (one.full_id, other.session.full_id)
        for one in found.sessions.values()
        for other in related_sessions(found, one, limit=len(tags))
    }
    assert pairs == {
        (f"igf/s{i}", f"igf/s{j}")
        for i, own in enumerate(tags)
        for j, others in enumerate(tags)
        if i != j and set(own) & set(others)
    }
