"""Every kind of page in light and dark, on a phone and on a desktop."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from browser.visits import DESKTOP, LOOKS, PHONE, Look, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WS27 = "sessions/igf-2016/ws27.html"
PAGES = [
    "index.html",
    WS27,
    "events/igf-2016.html",
    "events/igf-2016/2016-12-06.html",
    "events/index.html",
    "people/susie-hargreaves.html",
    "organizations/iwf.html",
    "indicators/countries-taking-part.html",
    "statistics/index.html",
    "people/index.html",
    "sessions/index.html",
    "sessions/by-type.html",
    "people/by-country.html",
    "topics/index.html",
    "sdgs/index.html",
]

STATUSES = ("verified", "disputed", "corrected", "suspect", "provisional", "absent", "cited")
TONES = [
    *(f"rp-initials rp-hue-{hue}" for hue in range(12)),
    *(f"rp-badge rp-status-{status}" for status in STATUSES),
]


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wrong_with_the_page(open_page: Open, path: str, look: Look) -> None:
    assert open_page(path, look).problems() == {}


@pytest.mark.parametrize("look", LOOKS[::2], ids=str)
def test_letters_on_every_tone_can_be_read(open_page: Open, look: Look) -> None:
    visit = open_page(WS27, look)
    assert visit.problems() == {}
    contrasts = visit.page.evaluate(
        """(roles) => roles.map((role) => {
            const element = document.querySelector(".rp-card").appendChild(document.createElement("span"));
            element.className = role;
            element.textContent = "AB";
            return [role, contrastOf(element)];
        })""",
        TONES,
    )
    assert len(contrasts) == 19
    assert [(role, ratio) for role, ratio in contrasts if ratio < 4.5] == []


def said_roles(page: Page) -> set[str]:
    """Return the roles that the browser gives to screen readers, whatever the style sheet shows."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return {node["role"]["value"] for node in tree["nodes"] if not node["ignored"]}


def test_the_card_of_a_reference_lies_over_the_column_beside_the_text(open_page: Open) -> None:
    page = open_page(WS27, Look("light", DESKTOP)).page
    page.set_viewport_size({"width": 1440, "height": 900})
    reference = page.locator(".rp-hover", has_text="30 million people").first
    # A page that scrolls closes its cards.
    reference.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    reference.locator("a").hover()
    card = reference.locator(".rp-hover-card")
    box, column = card.bounding_box(), page.locator(".toc-drawer").bounding_box()
    assert box is not None
    assert column is not None
    assert box["x"] + box["width"] > column["x"], "the card does not reach the column"
    at_the_end = "card => { const box = card.getBoundingClientRect(); "
    at_the_end += "return document.elementFromPoint(box.right - 3, box.bottom - 3) === card; }"
    assert card.evaluate(at_the_end)


def test_a_card_is_there_when_a_page_has_scrolled_bit_by_bit(browser: Browser, address: str) -> None:
    with closing(browser.new_context(viewport={"width": 1200, "height": 600})) as context:
        page = context.new_page()
        page.goto(address + "guide/roles.html")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
        references = page.locator("article .rp-hover")
        assert references.count() > 10
        for number in range(references.count()):
            references.nth(number).locator("a").focus()
            references.nth(number).locator(".rp-hover-card").wait_for()


def test_cards_in_a_row_are_of_one_height(open_page: Open) -> None:
    cards = open_page(WS27, Look("light", DESKTOP)).page.locator(".rp-card")
    boxes = [box for i in range(cards.count()) if (box := cards.nth(i).bounding_box())]
    rows: dict[float, set[float]] = {}
    for box in boxes:
        rows.setdefault(round(box["y"]), set()).add(round(box["height"]))
    assert len(rows) < len(boxes), "no row holds two cards"
    assert all(len(heights) == 1 for heights in rows.values())


def test_a_wide_table_scrolls_by_keyboard_in_its_own_box(open_page: Open) -> None:
    page = open_page("events/igf-2016/2016-12-06.html", Look("light", PHONE)).page
    # Narrower, a table's rows become blocks; wider, the grid has room.
    page.set_viewport_size({"width": 800, "height": 900})
    box = page.locator(".rp-table-scroll:has(.rp-grid)").first
    box.focus()
    assert box.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    # The site's policy forbids what Playwright would wait with.
    for _moment in range(100):
        if page.evaluate("document.activeElement.scrollLeft") > 0:
            break
        page.wait_for_timeout(20)
    else:
        pytest.fail("the box did not scroll")
    assert page.evaluate("[scrollX, document.documentElement.scrollLeft]") == [0, 0]


@pytest.mark.parametrize("path", [WS27, "statistics/index.html", "events/igf-2016.html"])
def test_on_a_phone_rows_are_blocks_and_still_a_table(open_page: Open, path: str) -> None:
    page = open_page(path, Look("light", PHONE)).page
    table = page.locator(".rp-statistics").first
    assert table.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth")
    cell = table.locator("tbody tr").first.locator("[data-label='Said by']")
    box = cell.bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= page.evaluate("innerWidth")
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Said by: "')
    assert page.locator("table [role]:is(tr, th, td)").count() == 0
    assert said_roles(page) >= {"table", "columnheader", "rowheader", "cell", "row"}


def test_on_a_phone_a_schedule_is_a_list_and_still_a_table(open_page: Open) -> None:
    page = open_page("events/igf-2016/2016-12-06.html", Look("light", PHONE)).page
    assert page.locator(".rp-grid tbody").first.evaluate("body => getComputedStyle(body).display") == "block"
    assert said_roles(page) >= {"table", "cell", "row"}


def test_on_a_desktop_rows_are_rows(open_page: Open) -> None:
    page = open_page(WS27, Look("light", DESKTOP)).page
    cells = page.locator(".rp-statistics tbody tr").first.locator("> *")
    tops = {round(box["y"]) for i in range(cells.count()) if (box := cells.nth(i).bounding_box())}
    assert len(tops) < cells.count()
    assert cells.last.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"


def test_a_printed_page_has_no_line_to_jump_by(open_page: Open) -> None:
    page = open_page("people/index.html", Look("light", DESKTOP)).page
    jumps = page.locator(".rp-jumps").all()
    assert len(jumps) > 1
    assert all(line.is_visible() for line in jumps)
    page.emulate_media(media="print")
    assert not any(line.is_visible() for line in jumps)


def test_with_forced_colours_the_row_that_a_link_led_to_is_outlined(open_page: Open) -> None:
    page = open_page(WS27 + "#stat-pages-removed", Look("light", DESKTOP)).page
    row = page.locator("#stat-pages-removed")
    outline = "row => getComputedStyle(row).outlineStyle"
    assert row.evaluate(outline) == "none"
    page.emulate_media(forced_colors="active")
    assert row.evaluate(outline) == "solid"
