"""Printed times, the event's clock, and the order of sessions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from test_catalog_making import event, make, session

from sphinx_rapporteur.records.time import SessionTime, other_times, session_time


def shown(time: SessionTime) -> str:
    def text(moment: dt.datetime | None) -> str:
        return f"{moment:%d %H:%M %z}" if moment else "-"

    return " | ".join((str(time.day), *map(text, (time.start, time.end, time.event_start, time.event_end))))


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "None | - | - | - | -"),
    "a day": ({"start": "2016-12-07"}, "2016-12-07 | - | - | - | -"),
    "a start": (
        {"start": "2016-12-07T13:00"},
        "2016-12-07 | 07 13:00 -0600 | - | 07 13:00 -0600 | -",
    ),
    "an end": ({"end": "2016-12-07T13:00"}, "2016-12-07 | - | 07 13:00 -0600 | - | 07 13:00 -0600"),
    "a day and an end": (
        {"start": "2016-12-07", "end": "2016-12-07T13:00"},
        "2016-12-07 | - | 07 13:00 -0600 | - | 07 13:00 -0600",
    ),
    "a source an hour ahead": (
        {"start": "2016-12-07T13:00", "end": "2016-12-07T14:30", "time_source": "dig-watch"},
        "2016-12-07 | 07 13:00 -0600 | 07 14:30 -0600 | 07 12:00 -0600 | 07 13:30 -0600",
    ),
    "an hour ahead, over midnight": (
        {"start": "2016-12-08T00:30", "time_source": "dig-watch"},
        "2016-12-07 | 08 00:30 -0600 | - | 07 23:30 -0600 | -",
    ),
    "another offset is the moment itself": (
        {"start": "2016-12-07T13:00-05:00", "time_source": "dig-watch"},
        "2016-12-07 | 07 12:00 -0600 | - | 07 12:00 -0600 | -",
    ),
    "the event's own offset is still the source's clock": (
        {"start": "2016-12-07T13:00-06:00", "time_source": "dig-watch"},
        "2016-12-07 | 07 13:00 -0600 | - | 07 12:00 -0600 | -",
    ),
    "a source that the event does not know": (
        {"start": "2016-12-07T13:00", "time_source": "a blog"},
        "2016-12-07 | 07 13:00 -0600 | - | 07 13:00 -0600 | -",
    ),
    "crossing midnight": (
        {"start": "2016-12-07T23:00", "end": "2016-12-08T01:00"},
        "2016-12-07 | 07 23:00 -0600 | 08 01:00 -0600 | 07 23:00 -0600 | 08 01:00 -0600",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_times(name: str) -> None:
    fields, expected = CASES[name]
    assert shown(session_time(event(), session(**fields))) == expected


def test_the_hour_that_comes_twice() -> None:
    zone = event(timezone="Europe/Berlin", start="2016-10-30", end="2016-10-30")
    early = session_time(zone, session(start="2016-10-30T02:30+02:00", end="2016-10-30T02:45+02:00"))
    late = session_time(zone, session(start="2016-10-30T02:30+01:00", end="2016-10-30T02:45+01:00"))
    assert early.start is not None
    assert late.start is not None
    assert (early.start.fold, late.start.fold) == (0, 1)
    assert early.sort_key < late.sort_key
    assert not early.overlaps(late)
    across = session_time(zone, session(start="2016-10-30T01:30", end="2016-10-30T03:30"))
    assert across.duration == dt.timedelta(hours=3)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("09:00", "10:00"), ("09:30", "10:30"), True),
        (("09:00", "10:00"), ("10:00", "11:00"), False),
        (("09:00", None), ("09:00", "11:00"), True),
        (("09:00", None), ("09:30", "11:00"), False),
        ((None, "10:00"), ("09:30", "11:00"), False),
    ],
)
def test_overlap(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], *, expected: bool
) -> None:
    def time(ends: tuple[str | None, str | None]) -> SessionTime:
        start, end = (f"2016-12-07T{clock}" if clock else None for clock in ends)
        return session_time(event(), session(start=start, end=end))

    assert time(one).overlaps(time(other)) is expected
    assert time(other).overlaps(time(one)) is expected


def test_other_times_are_compared_by_the_clocks_of_their_sources() -> None:
    fields: dict[str, Any] = {
        "start": "2016-12-07T13:00",
        "time_source": "dig-watch",
        "other_times": [
            {"start": "2016-12-07T12:00", "source": "the programme"},
            {"start": "2016-12-07T13:00", "source": "a blog"},
            {"start": "2016-12-07", "source": "a poster"},
        ],
    }
    one = session(**fields)
    time, others = session_time(event(), one), other_times(event(), one)
    assert time.source_text == "dig.watch"
    assert time.is_shifted
    assert [(other.title, other.agrees_with(time)) for other in others] == [
        ("the programme", True),
        ("a blog", False),
        ("a poster", True),
    ]


def test_sessions_are_in_the_order_of_the_event_clock() -> None:
    made = make(
        event(),
        session("late", start="2016-12-07T12:30"),
        session("shifted", start="2016-12-07T13:00", time_source="dig-watch"),
        session("undated"),
        session("dated", start="2016-12-07"),
        session("ws10", number="WS10", start="2016-12-06T09:00"),
        session("ws9", number="WS9", start="2016-12-06T09:00"),
    )
    catalog = made.catalog
    ids = [one.id for one in catalog.sessions_of("igf")]
    assert ids == ["ws9", "ws10", "shifted", "late", "dated", "undated"]
    assert [(str(day), len(group)) for day, group in catalog.days_of("igf")] == [
        ("2016-12-06", 2),
        ("2016-12-07", 3),
        ("None", 1),
    ]
    around = [catalog.neighbours(one) for one in catalog.sessions_of("igf")]
    assert [(before and before.id, after and after.id) for before, after in around] == list(
        zip([None, *ids[:-1]], [*ids[1:], None], strict=True)
    )
