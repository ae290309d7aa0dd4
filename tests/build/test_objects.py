"""An object of the domain is one thing everywhere: row, anchor, inventory, references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sites import forum_entries
from sphinx_rapporteur.records.lookup import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sites import Built, Page, Site

SHIPS = "harbour-2024/opening/ships"
OBJECTS = {
    "event": ("harbour-2024", "Harbour 2024"),
    "session": ("harbour-2024/opening", "Opening: who counts the ships?"),
    "person": ("ada-lindqvist", "Ada Lindqvist"),
    "org": ("tidewatch", "Tidewatch"),
    "indicator": ("ships-counted", "Ships counted"),
    "stat": (SHIPS, "4,321 ships"),
    "quote": ("harbour-2024/opening/sea", "The sea keeps no minutes"),
    "outcome": ("harbour-2024/opening/count-again", "Count again next year."),
    "topic": ("ship-traffic", "Ship traffic"),
    "sdg": ("14.1", "SDG 14.1"),
}


def test_every_kind_has_an_example() -> None:
    assert OBJECTS.keys() == KIND_NAMES.keys()


@pytest.mark.parametrize("kind", OBJECTS)
def test_the_inventory_shows_the_thing(html: Built, kind: str) -> None:
    name, display = OBJECTS[kind]
    assert forum_entries(html)[kind, name].display.startswith(display)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_object_is_where_the_inventory_says(builder: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(builder)
    entries = forum_entries(built)
    assert len(entries) > 40
    for entry in entries.values():
        path, _, anchor = entry.uri.partition("#")
        if not path or path.endswith("/"):
            path += "index.html"
        assert path in built.pages, entry
        assert not anchor or built.pages[path].by_id(anchor) is not None, entry


def test_a_figure_is_one_object_from_end_to_end(html: Built) -> None:
    entry = forum_entries(html)["stat", SHIPS]
    assert entry.display == "4,321 ships"
    assert entry.uri == "sessions/harbour-2024/opening.html#stat-ships"
    row = html.page("sessions/harbour-2024/opening.html").by_id("stat-ships")
    assert row.tag == "tr"
    assert "4,321 ships" in "".join(row.itertext())
    for name, link in {
        "people/ada-lindqvist.html": "../sessions/harbour-2024/opening.html#stat-ships",
        "statistics/index.html": "../sessions/harbour-2024/opening.html#stat-ships",
        "indicators/ships-counted.html": "../sessions/harbour-2024/opening.html#stat-ships",
        "index.html": "sessions/harbour-2024/opening.html#stat-ships",
        "uses.html": "sessions/harbour-2024/opening.html#stat-ships",
        "sessions/harbour-2025/return.html": "../harbour-2024/opening.html#stat-ships",
    }.items():
        page = html.page(name)
        shown = ["".join(a.itertext()) for a in page.main().iter("a") if a.get("href") == link]
        assert shown, name
        assert all("4,321 ships" in text for text in shown), name


def test_roles_show_the_thing_they_name(html: Built) -> None:
    page = html.page("uses.html")
    items = [page.text(item) for item in next(page.main().iter("ul")).iter("li")]
    assert items[:9] == [
        "Harbour 2024",
        *(display for kind, (_name, display) in OBJECTS.items() if kind not in {"event", "sdg"}),
    ]
    assert items[9].startswith("SDG 14.1")
    assert items[10:] == ["this many lanterns", "4,321 ships"]
    assert all(len(page.links(item)) == 1 for item in next(page.main().iter("ul")).iter("li"))


def test_any_finds_every_kind(make_site: Callable[..., Site]) -> None:
    site = make_site()
    # A name that is unique among the kinds, and one that is not.
    lines = [f"{kind}: {{any}}`{name}`" for kind, (name, _display) in OBJECTS.items()]
    site.write("docs/uses.md", "# Any\n\n" + "\n\n".join(lines) + "\n")
    built = site.build()
    assert built.output == ""
    page: Page = built.page("uses.html")
    text = page.text()
    for kind, (_name, display) in OBJECTS.items():
        assert f"{kind}: {display}" in text
    assert sum("#" not in link or len(link) > 1 for link in page.links()) >= len(OBJECTS)


def test_short_names_are_found_on_pages_of_their_event(html: Built) -> None:
    report = html.page("sessions/harbour-2024/opening.html")
    assert "opened with 4,321 ships and" in report.text()


def test_a_former_name_still_leads_to_the_record(make_site: Callable[..., Site]) -> None:
    site = make_site()
    site.write(
        "docs/uses.md", "# Former\n\n{forum:person}`ada-l` {forum:stat}`harbour-2024/plenary-one/ships`\n"
    )
    built = site.build()
    assert built.output == ""
    page = built.page("uses.html")
    assert "Ada Lindqvist 4,321 ships" in page.text()
    assert "people/ada-lindqvist.html" in page.links()


def test_a_name_of_nothing_is_reported_with_what_was_meant(make_site: Callable[..., Site]) -> None:
    site = make_site()
    site.write(
        "docs/uses.md",
        "# Wrong\n\nA {forum:stat}`harbour-2024/opening/ship` here.\n\n{forum:person}`nobody`\n",
    )
    built = site.build()
    assert built.found == [("rapporteur.role", "docs/uses.md", 3), ("rapporteur.role", "docs/uses.md", 5)]
    assert "harbour-2024/opening/ships" in built.warnings[0].message
    assert "A harbour-2024/opening/ship here." in built.page("uses.html").text()


@pytest.mark.parametrize("word", ["hidden-guest", "nameless-witness"])
def test_a_reference_to_what_is_withheld_says_nothing(make_site: Callable[..., Site], word: str) -> None:
    site = make_site()
    site.write("docs/uses.md", f"# Withheld\n\nHere: {{forum:person}}`{word}`.\n")
    built = site.build()
    assert built.found == [("rapporteur.withheld", "docs/uses.md", 3)]
    assert word not in built.page("uses.html").text()
    assert "Skjult" not in built.output
