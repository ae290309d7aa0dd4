"""Each warning about joined records: what provokes it, and what looks like it and does not."""

from __future__ import annotations

from typing import Any

import pytest
from test_catalog_making import body, event, figure, indicator, make, person, session

from sphinx_rapporteur.records.model import Record

WS1, WS2 = "sessions/igf/ws1", "sessions/igf/ws2"


def at(start: str, end: str | None = None, day: int = 7, **fields: Any) -> dict[str, Any]:
    times = {"start": f"2016-12-{day:02}T{start}"} | ({"end": f"2016-12-{day:02}T{end}"} if end else {})
    return times | fields


def parts(value: str, *rows: str, **fields: Any) -> dict[str, Any]:
    breakdown = {"by": "x", "rows": [{"label": row, "value": row} for row in rows], "exhaustive": True}
    return {"statistics": [figure("n", value, breakdown=breakdown, **fields)]}


ADA = {"person": "ada"}
BREAKDOWN = [f"breakdown {WS1}#statistics[0].breakdown"]
SHARE = [f"share {WS1}#statistics[0].value"]
OUTSIDE = [f"outside-event {WS1}#start"]
NOT_IN = [f"not-in-session {WS1}#statistics[0].said_by"]
NO_BYLINE = [f"no-byline {WS1}#report_status"]

ONE_SESSION: dict[str, tuple[dict[str, Any], list[str]]] = {
    "before the event": (at("09:00", day=5), OUTSIDE),
    "after the event": ({"start": "2016-12-10"}, OUTSIDE),
    "the last day's night": ({"start": "2016-12-09T23:00", "end": "2016-12-10T01:00"}, []),
    "into the day after": ({"start": "2016-12-09T23:00", "end": "2016-12-10T12:00"}, OUTSIDE),
    "inside by the event's clock": (at("00:30", day=10, time_source="dig-watch"), []),
    "outside by the event's clock": (at("00:30", day=6, time_source="dig-watch"), OUTSIDE),
    "parts that add up": (parts("10", "4", "6"), []),
    "parts that do not": (parts("10", "4", "5"), BREAKDOWN),
    "more than its parts say": (parts("10", "4", "7", qualifier="more than"), []),
    "less than its parts say": (parts("10", "4", "5", qualifier="more than"), BREAKDOWN),
    "about its parts": (parts("100", "50", "52", qualifier="about"), []),
    "ranges around the figure": (parts("10", "4-5", "5-7"), []),
    "ranges above the figure": (parts("10", "6-7", "5-7"), BREAKDOWN),
    "shares of a count": (parts("3,000", "60%", "40%"), []),
    "shares to 101 by rounding": (parts("3,000", "34%", "34%", "33%"), []),
    "shares to 102 of three": (parts("3,000", "34%", "34%", "34%"), BREAKDOWN),
    "halves and quarters": (parts("3,000", "1/2", "1 in 4", "25%"), []),
    "parts of a share": (parts("46", "30", "16", unit="%"), []),
    "parts of a whole": (parts("46", "46", "54", unit="%"), []),
    "parts of neither": (parts("46", "46", "20", unit="%"), BREAKDOWN),
    "counts among shares": (parts("10", "4", "60%"), []),
    "a share over 100": ({"statistics": [figure("n", "120", unit="%", of="users")]}, SHARE),
    "a rise over 100": ({"statistics": [figure("n", "120%")]}, []),
    "a share of 100": ({"statistics": [figure("n", "100%", of="users")]}, []),
    "said by somebody listed": ({"people": [ADA], "statistics": [figure(said_by="ada")]}, []),
    "said by somebody not listed": ({"statistics": [figure(said_by="ada")]}, NOT_IN),
    "said by a name that is listed otherwise": (
        {"people": [{"name": "Dr. MARÍA BADA"}], "statistics": [figure(said_by={"name": "Maria Bada"})]},
        [],
    ),
    "said by a listed person's other name": (
        {"people": [ADA], "statistics": [figure(said_by={"name": "Countess of Lovelace"})]},
        [],
    ),
    "said by a name not listed": ({"statistics": [figure(said_by={"name": "Maria Bada"})]}, NOT_IN),
    "said by an organisation": ({"statistics": [figure(said_by={"organization": "iwf"})]}, []),
    "said by a document": ({"statistics": [figure(said_by={"document": "the agenda"})]}, []),
    "quoted but not listed": (
        {"quotes": [{"id": "q", "text": "Words", "said_by": "ada"}]},
        [f"not-in-session {WS1}#quotes[0].said_by"],
    ),
    "to act but not listed": (
        {"outcomes": [{"id": "o", "kind": "commitment", "text": "Words", "by": "ada"}]},
        [],  # whoever is to act need not have been there
    ),
    "final without a byline": ({"report_status": "final"}, NO_BYLINE),
    "a draft without one": ({"report_status": "draft"}, []),
    "final with a rapporteur": ({"report_status": "final", "people": [ADA | {"role": "rapporteur"}]}, []),
    "final with a byline": ({"report_status": "final", "report_by": [{"name": "Bob"}]}, []),
}


@pytest.mark.parametrize("name", ONE_SESSION)
def test_one_session(name: str) -> None:
    fields, said = ONE_SESSION[name]
    made = make(
        event(), body("iwf"), person("ada", also_known_as=["Countess of Lovelace"]), session(**fields)
    )
    assert made.said == said


TWO_SESSIONS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "one room": (
        at("09:00", "10:00", room="r1"),
        at("09:30", "10:30", room="r1"),
        [f"room-overlap {WS2}#room"],
    ),
    "one room, one after the other": (at("09:00", "10:00", room="r1"), at("10:00", "11:00", room="r1"), []),
    "two rooms": (at("09:00", "10:00", room="r1"), at("09:30", "10:30", room="r2"), []),
    "two clocks that print one time": (
        at("09:00", "10:00", room="r1"),
        at("09:00", "10:00", room="r1", time_source="dig-watch"),
        [],
    ),
    "two clocks that mean one time": (
        at("09:00", "10:00", room="r1"),
        at("10:00", "11:00", room="r1", time_source="dig-watch"),
        [f"room-overlap {WS2}#room"],
    ),
    "one person": (
        at("09:00", "10:00", people=[ADA]),
        at("09:30", "10:30", people=[{"name": "Bob"}, ADA]),
        [f"person-overlap {WS2}#people[1]"],
    ),
    "one person, provisional": (
        at("09:00", "10:00", people=[ADA]),
        at("09:30", "10:30", people=[ADA | {"status": "provisional"}]),
        [],
    ),
    "one organizer": (
        at("09:00", "10:00", people=[ADA]),
        at("09:30", "10:30", people=[ADA | {"role": "organizer"}]),
        [],
    ),
    "one start, an end unknown": (
        at("09:00", "10:00", people=[ADA]),
        at("09:00", people=[ADA]),
        [f"person-overlap {WS2}#people[0]"],
    ),
    "an end unknown": (at("09:00", people=[ADA]), at("09:30", "10:30", people=[ADA]), []),
    "figures that disagree": (
        {"statistics": [figure("n", "1", indicator="pages", period="2016")]},
        {"statistics": [figure("n", "2", indicator="pages", period="2016")]},
        [f"conflict {WS2}#statistics[0].value"],
    ),
    "figures that agree as far as they say": (
        {"statistics": [figure("n", "1", indicator="pages", qualifier="at least")]},
        {"statistics": [figure("n", "2", indicator="pages")]},
        [],
    ),
    "a conflict that is declared": (
        {"statistics": [figure("n", "1", indicator="pages")]},
        {"statistics": [figure("n", "2", indicator="pages", conflicts_with=["ws1/n"])]},
        [],
    ),
    "two periods": (
        {"statistics": [figure("n", "1", indicator="pages", period="2015")]},
        {"statistics": [figure("n", "2", indicator="pages", period="2016")]},
        [],
    ),
    "two regions": (
        {"statistics": [figure("n", "1", indicator="pages", region="Asia")]},
        {"statistics": [figure("n", "2", indicator="pages", region="Africa")]},
        [],
    ),
    "two units": (
        {"statistics": [figure("n", "1", indicator="pages", unit="pages")]},
        {"statistics": [figure("n", "2", indicator="pages", unit="%")]},
        [],
    ),
}


@pytest.mark.parametrize("name", TWO_SESSIONS)
def test_two_sessions(name: str) -> None:
    one, other, said = TWO_SESSIONS[name]
    made = make(event(), person("ada"), indicator(), session("ws1", **one), session("ws2", **other))
    assert made.said == said
    for finding in made.findings:
        assert finding.others
        assert finding.others[0].file.startswith(WS1)
        assert not finding.is_error


def test_figures_of_two_events_without_a_period_do_not_disagree() -> None:
    stated = [figure("n", "1", indicator="pages")], [figure("n", "2", indicator="pages")]
    made = make(event(statistics=stated[0]), event("wsis", name="WSIS", statistics=stated[1]), indicator())
    assert made.said == []


def test_conflicts_are_seen_from_both_sides() -> None:
    made = make(
        event(
            statistics=[figure("n", "1", indicator="pages"), figure("m", "2", indicator="pages"), figure("k")]
        ),
        session(statistics=[figure("x", conflicts_with=["k"])]),
        indicator(),
    )
    found = {
        full_id: [one.full_id for one in made.catalog.conflicts_of(full_id)]
        for full_id in made.catalog.figures
    }
    assert found == {"igf/n": ["igf/m"], "igf/m": ["igf/n"], "igf/k": ["igf/ws1/x"], "igf/ws1/x": ["igf/k"]}


def test_three_in_a_room_are_three_pairs() -> None:
    sessions: list[Record] = [session(f"ws{n}", **at(f"09:{n}0", "10:30", room="r1")) for n in range(3)]
    made = make(event(), *sessions, session("ws4", **at("10:30", "11:00", room="r1")))
    assert [finding.subtype.subtype for finding in made.findings] == ["room-overlap"] * 3
