"""Lists that the reader filters and sorts: by mouse, by keyboard, by address, and without the script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from browser.visits import DESKTOP, LOOKS, PHONE, Look, Open
from sphinx_rapporteur.records.collation import sort_key

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

FIGURES, SESSIONS, PEOPLE = "statistics/index.html", "sessions/index.html", "people/index.html"
EVENT, ORGANIZATIONS = "events/igf-2016.html", "organizations/index.html"
LIGHT = Look("light", DESKTOP)


def control(page: Page, label: str) -> Locator:
    """Return the control of that label."""
    return page.get_by_label(label, exact=True)


def rows(page: Page) -> list[str]:
    """Return the rows that can be seen, by their first line."""
    shown = page.locator("[data-row]").filter(visible=True)
    return [text.strip().split("\n")[0] for text in shown.all_inner_texts()]


def state(page: Page) -> str:
    """Return what is said of how many are shown."""
    return page.locator(".rp-filter-state [role=status]").inner_text()


def asked(page: Page) -> dict[str, str]:
    """Return what stands in the address."""
    return {key: value for key, (value,) in parse_qs(urlsplit(page.url).query).items()}


def choices(page: Page, label: str) -> list[str]:
    """Return the choices under a label that can be chosen."""
    options = control(page, label).locator("option:not([disabled])")
    return [text.strip() for text in options.all_text_contents()]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_all_figures_on_womens_access_newest_first_as_a_link_to_send(open_page: Open, look: Look) -> None:
    visit = open_page(FIGURES, look)
    page = visit.page
    assert state(page) == "146 of 146"
    if look.width == PHONE:
        page.get_by_text("Filter and sort figures").click()
    control(page, "Topic").select_option("gender")
    control(page, "Words").fill("women internet")
    control(page, "Order").select_option(label="Newest first")
    found, said = rows(page), state(page)
    assert said == f"{len(found)} of 146"
    assert 3 < len(found) < 15
    assert all(
        "women" in text.lower() for text in page.locator("[data-row]").filter(visible=True).all_inner_texts()
    )
    years = [
        int(text[-4:])
        for text in page.locator("[data-row]")
        .filter(visible=True)
        .locator("[data-label='Speaks of']")
        .all_inner_texts()
        if text[-4:].isdecimal()
    ]
    assert years == sorted(years, reverse=True)
    assert asked(page) == {"topic": "gender", "words": "women internet", "order": "newest"}
    assert visit.problems() == {}

    # Somebody else opens the link.
    page.goto(page.url)
    assert (rows(page), state(page)) == (found, said)
    # The way back to all.
    page.get_by_role("button", name="Clear").click()
    assert state(page) == "146 of 146"
    assert asked(page) == {}
    assert not page.get_by_role("button", name="Clear").is_visible()
    page.go_back()
    assert (rows(page), state(page)) == (found, said)
    page.go_forward()
    assert state(page) == "146 of 146"
    assert visit.noises == []


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(SESSIONS, LIGHT).page
    before = rows(page)
    page.get_by_text("Filter and sort sessions").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("cyber")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Day"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Type"
    page.keyboard.type("Works")
    assert control(page, "Type").input_value() == "workshop"
    found = rows(page)
    assert 0 < len(found) < len(before)
    assert state(page) == f"{len(found)} of 53"
    page.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Enter")
    assert rows(page) == before
    # The button is gone: the next letter goes to the words.
    page.keyboard.type("e")
    assert control(page, "Words").input_value() == "e"


def test_counts_say_what_each_choice_would_leave(open_page: Open) -> None:
    page = open_page(SESSIONS, LIGHT).page
    types = choices(page, "Type")
    assert types[0] == "Any"
    for choice in types[1:]:
        label, _space, count = choice.rpartition(" ")
        control(page, "Type").select_option(label=choice)
        assert f"({len(rows(page))})" == count, label
        control(page, "Type").select_option("")
    control(page, "Type").select_option("workshop")
    # The other types are still there to be chosen instead; days without a workshop are not.
    assert choices(page, "Type") == types
    days = sum(int(choice.rpartition("(")[2][:-1]) for choice in choices(page, "Day")[1:])
    assert days == len(rows(page))


def test_a_heading_without_a_row_goes_and_comes_back(open_page: Open) -> None:
    page = open_page(PEOPLE, LIGHT).page
    letters = page.get_by_role("heading", level=2)
    before = letters.all_inner_texts()
    control(page, "Country").select_option("BR")
    assert 0 < letters.count() < len(before)
    assert page.locator(".rp-jumps", has_text="A").filter(visible=True).count() == 0
    page.get_by_role("button", name="Clear").click()
    assert letters.all_inner_texts() == before


def test_sorted_rows_say_where_they_stood_and_go_back_there(open_page: Open) -> None:
    page = open_page(SESSIONS, LIGHT).page
    before, headings = rows(page), page.get_by_role("heading").all_inner_texts()
    control(page, "Order").select_option(label="By title")
    links = page.locator("[data-row]").filter(visible=True).locator("th a").all_inner_texts()
    assert len(links) == 53
    assert links == sorted(links, key=sort_key)
    notes = page.locator("[data-row] .rp-from").all_inner_texts()
    assert "Tuesday, 6 December 2016" in notes
    assert len(notes) == 53
    control(page, "Order").select_option("")
    assert rows(page) == before
    assert page.get_by_role("heading").all_inner_texts() == headings
    assert page.locator(".rp-from").count() == 0


def test_the_lists_of_an_event_are_filtered_together(open_page: Open) -> None:
    visit = open_page(EVENT, LIGHT)
    page = visit.page
    assert page.locator(".rp-filter").count() == 1
    assert state(page) == "53 of 53"
    days = [choice.partition(" (")[0] for choice in choices(page, "Day")]
    assert days == ["Any", *(f"{n} Dec 2016" for n in range(5, 10))]
    control(page, "Type").select_option("open-forum")
    tuesday = page.get_by_role("heading", name="Tuesday, 6 December 2016")
    assert state(page) == f"{len(rows(page))} of 53"
    assert tuesday.count() == 1
    control(page, "Day").select_option("2016-12-07")
    assert tuesday.count() == 0
    # What is not of the lists stays.
    assert page.get_by_role("heading", name="The event in figures").is_visible()
    control(page, "Order").select_option(label="Latest first")
    assert page.locator("[data-row]").filter(visible=True).count() > 1
    assert visit.problems() == {}
    # Tables leave out columns of which they know nothing; in one table all have the same.
    page.get_by_role("button", name="Clear").click()
    widths = "rows => [...new Set(rows.map((row) => row.cells.length))]"
    assert len(page.locator("[data-row]").evaluate_all(widths)) > 1
    control(page, "Order").select_option(label="By title")
    first = page.locator("table:has([data-row])").filter(visible=True).first
    names = first.locator("thead th").all_inner_texts()
    assert first.locator("[data-row]").evaluate_all(widths) == [len(names)]
    misplaced = first.locator("[data-label]").evaluate_all(
        """cells => cells.filter((cell) => {
            const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
            return head.textContent !== cell.dataset.label;
        }).length"""
    )
    assert misplaced == 0


@pytest.mark.parametrize("path", [SESSIONS, PEOPLE, FIGURES, ORGANIZATIONS, EVENT])
def test_an_address_with_unknown_choices_shows_all(open_page: Open, path: str) -> None:
    visit = open_page(f"{path}?type=nothing&country=%3Cb%3E&order=__proto__&words=&other=1", LIGHT)
    n, _of, total = state(visit.page).split()
    assert n == total
    assert visit.problems() == {}


def test_nothing_that_meets_all_is_said(open_page: Open) -> None:
    page = open_page(f"{PEOPLE}?words=zzzz", LIGHT).page
    assert rows(page) == []
    assert state(page).startswith("0 of ")


@pytest.mark.parametrize("path", [SESSIONS, PEOPLE, FIGURES])
def test_without_javascript_every_row_is_there_and_no_control(
    browser: Browser, address: str, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{path}?words=zzzz")
    every = page.locator("[data-row]")
    assert every.count() > 50
    assert every.filter(visible=True).count() == every.count()
    assert page.locator(".rp-filtered").locator("select, input, button").count() == 0
    context.close()


def test_pages_without_a_filter_load_nothing_for_it(open_page: Open) -> None:
    page = open_page("sessions/igf-2016/ws27.html", LIGHT).page
    assert page.locator("[src*='rapporteur-filter'], [href*='rapporteur-filter'], [data-row]").count() == 0
