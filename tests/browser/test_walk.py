"""The way that a reader takes: home, day, session, person, figure, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser.visits import LOOKS, Look, Open

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DAY = "IGF 2016: Tuesday, 6 December 2016"
SESSION = "WePROTECT: Combating online child sexual abuse with the MSM"
PERSON = "Susie Hargreaves"


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_from_home_to_a_figure_and_back(open_page: Open, look: Look) -> None:
    visit = open_page("index.html", look)
    page = visit.page
    home = heading(page)

    follow(page, re.compile("Tuesday, 6 December"))
    assert heading(page) == DAY
    follow(page, SESSION)
    assert heading(page) == SESSION
    follow(page, PERSON)
    assert heading(page) == PERSON
    follow(page, "68,000 web pages")
    assert heading(page) == SESSION
    assert page.url.endswith("#stat-pages-removed")
    row = page.get_by_role("row").filter(has_text="68,000 web pages")
    assert row.get_attribute("id") == "stat-pages-removed"
    assert is_in_sight(row)

    passed = [PERSON, SESSION, DAY, home]
    for name in passed:
        page.go_back()
        assert heading(page) == name
    assert visit.noises == []


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Click the first link of that name in what the page says."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def heading(page: Page) -> str:
    """Return the title of the page, without the sign of its own link."""
    return page.get_by_role("heading", level=1).inner_text().removesuffix("¶").strip()


def is_in_sight(row: Locator) -> bool:
    """Return whether the top of a row can be seen without scrolling."""
    box = row.bounding_box()
    page = row.page
    assert box
    assert page.viewport_size
    return 0 <= box["y"] < page.viewport_size["height"]
