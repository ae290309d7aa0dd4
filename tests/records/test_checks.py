"""Each warning about joined records: what provokes it, and what looks like it and does not."""

from __future__ import annotations

from typing import Any

import pytest
from test_catalog_making import (
    FakeLoaded,
    FakeOrigin,
    body,
    event,
    figure,
    indicator,
    make,
    make_from,
    person,
    session,
)

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
AMBIGUOUS = [f"ambiguous {WS1}#statistics[0].value"]

ONE_SESSION: dict[str, tuple[dict[str, Any], list[str]]] = {
    "before the event": (at("09:00", day=5), OUTSIDE),
    "after the event": ({"start": "2016-12-10"}, OUTSIDE),
    "the last day's night": ({"start": "2016-12-09T23:00", "end": "2016-12-10T01:00"}, []),
    "into the day after": ({"start": "2016-12-09T23:00", "end": "2016-12-10T12:00"}, OUTSIDE),
    "times of a source that is declared": (at("09:00", time_source="dig-watch"), []),
    "times of a source by its title": (at("09:00", time_source="dig.watch"), []),
    "times of a source that is not": (
        at("09:00", time_source="digwatch"),
        [f"time-source {WS1}#time_source"],
    ),
    "other times of a source that is declared": ({"other_times": [{"source": "dig-watch"}]}, []),
    "other times of a source that is not": (
        {"other_times": [{"source": "dig-watch"}, {"source": "dig-wach"}]},
        [f"time-source {WS1}#other_times[1].source"],
    ),
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
    "parts of a share": (parts("46", "30", "16", unit="%", of="users"), []),
    "parts of a whole": (parts("46", "46", "54", unit="%", of="users"), []),
    "parts of neither": (parts("46", "46", "20", unit="%", of="users"), BREAKDOWN),
    "counts among shares": (parts("10", "4", "60%"), []),
    "a point before three digits": ({"statistics": [figure("n", "68.000")]}, AMBIGUOUS),
    "a point before three digits of one thousand": ({"statistics": [figure("n", "1.234")]}, AMBIGUOUS),
    "less than nothing": ({"statistics": [figure("n", "-1.234")]}, AMBIGUOUS),
    "a point and a scale": ({"statistics": [figure("n", "7.400 million")]}, AMBIGUOUS),
    "a point in a range": ({"statistics": [figure("n", "1-1.500")]}, AMBIGUOUS),
    "ends of a range": (
        {"statistics": [{"id": "n", "label": "n", "low": "1.200", "high": "1.500"}]},
        [f"ambiguous {WS1}#statistics[0].low", f"ambiguous {WS1}#statistics[0].high"],
    ),
    "a point in a part": (
        parts("7,000", "5,000", "2.000"),
        [f"ambiguous {WS1}#statistics[0].breakdown.rows[1].value", *BREAKDOWN],
    ),
    "commas between thousands": ({"statistics": [figure("n", "68,000")]}, []),
    "decimals after thousands": ({"statistics": [figure("n", "1,234.567")]}, []),
    "decimals after thousands with spaces": ({"statistics": [figure("n", "1 234.567")]}, []),
    "decimals after four digits": ({"statistics": [figure("n", "1234.567")]}, []),
    "less than one": ({"statistics": [figure("n", "0.125")]}, []),
    "two decimals": ({"statistics": [figure("n", "68.00")]}, []),
    "four decimals": ({"statistics": [figure("n", "68.0000")]}, []),
    "no thousands of per cents": ({"statistics": [figure("n", "46.125%", of="users")]}, []),
    "no thousands of per cents by the unit": (
        {"statistics": [figure("n", "46.125", unit="%", of="users")]},
        [],
    ),
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
        [f"look-alike {WS1}#statistics[0].said_by"],
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


def test_an_event_that_declares_no_sources_takes_any_text() -> None:
    made = make(event(time_sources=[]), session(**at("09:00", time_source="a leaflet")))
    assert made.said == []


@pytest.mark.parametrize(
    ("source", "suggestion"), [("digwatch", "did you mean dig-watch?"), ("a leaflet", "")]
)
def test_a_source_of_times_is_suggested_if_one_is_near(source: str, suggestion: str) -> None:
    (finding,) = make(event(), session(**at("09:00", time_source=source))).findings
    assert (finding.suggestion, finding.found, finding.is_error) == (suggestion, source, False)


@pytest.mark.parametrize(
    ("value", "thousands", "decimals"),
    [
        ("68.000", "68,000", "68.0"),
        ("1.234", "1,234", "1.2340"),
        ("1.230", "1,230", "1.23"),
        ("1.200 - 1.500", "1,200 - 1,500", "1.2 - 1.5"),
        ("7.400 million", "7,400 million", "7.4 million"),
    ],
)
def test_both_readings_of_a_point_are_suggested(value: str, thousands: str, decimals: str) -> None:
    (finding,) = make(event(), session(statistics=[figure("n", value)])).findings
    assert (finding.found, finding.is_error) == (value, False)
    assert finding.suggestion == f"write `{thousands}` for thousands, `{decimals}` for decimals"


def test_a_finding_is_one_line_whatever_the_text() -> None:
    (finding,) = make(event(), session(**at("09:00", time_source="a\nb: WARNING: c"))).findings
    assert finding.found == "a b: WARNING: c"
    ours, theirs = (person(own_id, name) for own_id, name in (("x", "Vint\nCerf"), ("y", "Vinton\nCerf")))
    assert ["\n" in one.text() for one in make(ours, theirs).findings] == [False]


def test_a_figure_of_an_event_is_read_as_closely() -> None:
    made = make(event(statistics=[figure("n", "68.000")]))
    assert made.said == ["ambiguous events/igf#statistics[0].value"]


@pytest.mark.parametrize(
    ("suffix", "count"), [("yaml", 1), ("yml", 1), ("YAML", 1), ("json", 0), ("toml", 0), ("JSON", 0)]
)
def test_numbers_of_json_and_toml_have_decimals(suffix: str, count: int) -> None:
    records = event(), session(statistics=[figure("n", "68.000")])
    made = make_from([FakeLoaded(one, FakeOrigin(f"{one.full_id}.{suffix}")) for one in records])
    assert [finding.subtype.subtype for finding in made.findings] == ["ambiguous"] * count


ROLES: list[tuple[str, str]] = [
    ("moderater", "moderator"),
    ("modertor", "moderator"),
    ("panelllist", "panellist"),
    ("Speeker", "speaker"),
    ("speakers", "speaker"),
    ("Speaker", "speaker"),
    ("Online Moderator", "online moderator"),
    ("cochair", "co-chair"),
    ("raporteur", "rapporteur"),
    ("Co-Organizer", "co-organizer"),
]
OTHER_ROLES = [
    *("chair", "co-chair", "moderator", "online moderator", "remote moderator", "speaker", "panellist"),
    *("panelist", "discussant", "rapporteur", "organizer", "organiser", "host", "co-organizer"),
    *("MAG chair", "honorary MAG co-chair", "convenor", "keynote speaker", "Facilitator", "vice-chair"),
    *("co-organiser", "co-moderator", "co-host", "co-rapporteur", "co-panellist", "co-discussant"),
    *("onsite moderator", "on-site moderator", "offline moderator", "chairman", "coordinator", "guest"),
]


@pytest.mark.parametrize(("role", "suggestion"), ROLES)
def test_nearly_a_usual_role(role: str, suggestion: str) -> None:
    people = [ADA, {"name": "Bob", "role": role}]
    made = make(event(people=people), person("ada"), session(people=people))
    assert made.said == [f"near-miss {one}#people[1].role" for one in ("events/igf", WS1)]
    assert {one.suggestion for one in made.findings} == {f"did you mean {suggestion}?"}


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_usual_roles_and_roles_of_ones_own(role: str) -> None:
    assert make(event(), session(people=[{"name": "Bob", "role": role}])).said == []


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
        {"statistics": [figure("n", "2", indicator="pages", unit="%", of="users")]},
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
