"""What pages give to the script that filters lists: the choices of each row and its place in each order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sites import Site

if TYPE_CHECKING:
    from sites import Page

EVENT = "name: E {n}\nstart: 202{n}-05-06\nend: 202{n}-05-07\ntracks: [{{id: t, name: Track T}}]\n"
SESSION = """\
title: {title}
type: {type}
track: t
start: 2024-05-06T09:00
tags: ["{tag}"]
sdgs: ["16.2", "5"]
people:
- {{name: Ann, role: speaker, country: SE}}
- {{person: bo, role: chair, status: {status}, stakeholder_group: government}}
statistics:
- {{id: a, label: "l'été", unit: people, value: {value}, said_by: {{person: bo}}}}
"""
QUOTE = """it's a "tag" & <b>"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    site = Site(tmp_path_factory.mktemp("filter"), data=None, docs=None)
    site.write("data/people/bo.yaml", "name: Bo\n")
    for n, (title, kind, status, tag) in enumerate(
        (
            ("Beta", "workshop", "confirmed", QUOTE.replace('"', '\\"')),
            ("Alpha", "Workshop", "provisional", "x"),
        )
    ):
        site.write(f"data/events/e{n}.yaml", EVENT.format(n=n + 4))
        text = SESSION.format(title=title, type=kind, status=status, tag=tag, value=10 - n)
        site.write(f"data/sessions/e{n}/s.yaml", text.replace("2024", f"202{n + 4}"))
    done = site.build()
    assert done.output == ""
    return done


def lists(page: Page) -> list[Any]:
    return [node for node in page.tree.iter() if node.get("data-filter")]


def decoded(page: Page) -> list[tuple[dict[str, list[str]], list[int]]]:
    """Return of each row what it has, as a reader sees it, and its places."""
    found = []
    for node in lists(page):
        facets = json.loads(node.get("data-filter"))["facets"]
        for row in (row for row in node.iter() if row.get("data-row")):
            choices, _bar, places = row.get("data-row").partition("|")
            has = {}
            for (key, _label, values), numbers in zip(facets, choices.split(";"), strict=True):
                chosen = [values[int(number)] for number in numbers.split(",") if number]
                has[key] = [one if isinstance(one, str) else one[1] for one in chosen]
            found.append((has, [int(place) for place in places.split(",")]))
    return found


def test_sessions_have_their_choices_and_places(built: Any) -> None:
    one, other = decoded(built.page("sessions/index.html"))
    common = {"type": ["Workshop"], "track": ["Track T"], "sdg": ["SDG 5", "SDG 16.2"]}
    assert one[0] == common | {"event": ["E 4"], "day": ["May 6, 2024"], "topic": [QUOTE]}
    assert other[0] == common | {"event": ["E 5"], "day": ["May 6, 2025"], "topic": ["x"]}


def test_people_have_the_roles_in_which_they_were_there(built: Any) -> None:
    (found,) = decoded(built.page("people/index.html"))[1:]
    assert found[0]["role"] == ["Chair"]
    assert found[0]["event"] == ["E 4", "E 5"]
    assert found[0]["stakeholder-group"] == ["Government"]


def test_figures_have_what_they_are_found_by(built: Any) -> None:
    one, other = decoded(built.page("statistics/index.html"))
    assert one[0]["unit"] == other[0]["unit"] == ["people"]
    assert one[0]["said-by"] == ["Bo"]
    # Newest, by unit with the largest first, by what is counted.
    assert (one[1], other[1]) == ([1, 0, 0], [0, 1, 1])


def test_orders_of_sessions(built: Any) -> None:
    (node, *_others) = lists(built.page("sessions/index.html"))
    assert [key for key, _label in json.loads(node.get("data-filter"))["orders"]] == ["newest", "title"]


def test_pages_of_single_records_stay_as_they_were(built: Any) -> None:
    for path in ("sessions/e0/s.html", "people/bo.html", "events/index.html", "sessions/by-type.html"):
        page = built.page(path)
        assert lists(page) == []
        assert "data-row" not in page.html
        assert "rapporteur-filter" not in page.html


def test_a_site_of_one_file_has_the_lists_alone(built: Any) -> None:
    single = built.site.build("singlehtml")
    assert "data-row" not in single.page("index.html").html
