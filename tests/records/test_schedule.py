"""A day as a grid: what is beside what, how long it is, what is left under it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_catalog_making import event, make, session

from sphinx_rapporteur.records.schedule import Day, schedule_of

Times = tuple[str, str | None, str | None]
"""Start, end and room."""
CASES: dict[str, tuple[dict[str, Times], list[str]]] = {
    "rooms in the event's order, the unknown one last": (
        {"a": ("09:00", "10:00", "r2"), "b": ("09:00", "10:00", "r1"), "c": ("09:00", "10:00", None)},
        ["b 0 0+2", "a 1 0+2", "c 2 0+2"],
    ),
    "a step that all times are a multiple of": (
        {"a": ("09:00", "09:45", "r1"), "b": ("10:30", "11:00", "r1")},
        ["a 0 0+3", "b 0 6+2"],
    ),
    "odd minutes rounded outwards": ({"a": ("09:02", "09:58", "r1")}, ["a 0 0+12"]),
    "two at once in one room have a lane each": (
        {"a": ("09:00", "11:00", "r1"), "b": ("10:00", "12:00", "r1"), "c": ("11:00", "12:00", "r1")},
        ["a 0 0+4", "b 1 2+4", "c 0 4+2"],
    ),
    "without an end until the next in the room, half an hour at most": (
        {"a": ("09:00", None, "r1"), "b": ("09:15", None, "r1"), "c": ("09:00", None, "r2")},
        ["a 0 0+1", "c 1 0+2", "b 0 1+2"],
    ),
    "one after the other in one row": (
        {"a": ("09:01", "09:03", "r1"), "b": ("09:04", "09:13", "r1")},
        ["a 0 0+1", "b 1 0+3"],
    ),
    "past midnight on the day of its start": ({"a": ("23:00", "25:30", "r1")}, ["a 0 0+5"]),
    "an end at its start": ({"a": ("09:00", "09:00", "r1")}, ["a 0 0+1"]),
}


def day_of(times: dict[str, Times], zone: str = "America/Mexico_City", date: str = "2016-12-06") -> Day:
    sessions = []
    for name, (start, end, room) in times.items():
        fields: dict[str, Any] = {"start": f"{date}T{start}"}
        if end:
            hour, minute = map(int, end.split(":"))
            moment = dt.datetime.fromisoformat(date) + dt.timedelta(hours=hour, minutes=minute)
            fields["end"] = moment.isoformat(timespec="minutes")
        if room:
            fields["room"] = room
        sessions.append(session(name, **fields))
    first = dt.date.fromisoformat(date)
    made = make(event(timezone=zone, start=date, end=str(first + dt.timedelta(days=3))), *sessions)
    return schedule_of(made.catalog, "igf")[0]


def shown(day: Day) -> list[str]:
    return [f"{one.session.id} {one.column} {one.row}+{one.rows}" for one in day.placed]


@pytest.mark.parametrize("name", CASES)
def test_sessions_stand_where_and_when_they_were(name: str) -> None:
    times, expected = CASES[name]
    assert shown(day_of(times)) == expected


def test_a_row_knows_its_time_though_the_clock_was_changed_in_the_night() -> None:
    day = day_of({"a": ("01:00", "04:00", "r1")}, zone="Europe/Berlin", date="2016-10-30")
    assert (day.step, day.rows) == (30, 8)
    assert [day.at(row).strftime("%H:%M") for row in (0, 2, 4, 6)] == ["01:00", "02:00", "02:00", "03:00"]


def test_what_has_a_date_alone_or_lasts_for_days_is_left_under_the_grid() -> None:
    sessions = [
        session("hour", start="2016-12-06T09:00"),
        session("date", start="2016-12-06"),
        session("days", start="2016-12-06T09:00", end="2016-12-08T18:00"),
        session("end", end="2016-12-06T18:00"),
        session("nothing"),
    ]
    days = schedule_of(make(event(), *sessions).catalog, "igf")
    assert [one.day for one in days] == [dt.date(2016, 12, 6), None]
    assert shown(days[0]) == ["hour 0 0+1"]
    assert {one.id for one in days[0].untimed} == {"date", "days", "end"}
    assert [one.id for one in days[1].untimed] == ["nothing"]
    assert schedule_of(make(event(), *sessions).catalog, "igf", dt.date(2016, 12, 7)) == ()


_MINUTES = st.integers(0, 20 * 60)


@given(st.lists(st.tuples(_MINUTES, st.integers(0, 180), st.sampled_from(["r1", "r2", None])), min_size=1))
def test_no_two_sessions_cover_one_cell(found: list[tuple[int, int, str | None]]) -> None:
    def clock(minutes: int) -> str:
        return f"{minutes // 60:02}:{minutes % 60:02}"

    times: dict[str, Times] = {
        f"s{n}": (clock(a), clock(a + length), room) for n, (a, length, room) in enumerate(found)
    }
    day = day_of(times)
    assert len(day.placed) == len(found)
    cells = [(one.column, row) for one in day.placed for row in range(one.row, one.row + one.rows)]
    assert len(cells) == len(set(cells))
    assert max(row for _column, row in cells) < day.rows
    assert max(column for column, _row in cells) < sum(lanes for _room, lanes in day.rooms)
