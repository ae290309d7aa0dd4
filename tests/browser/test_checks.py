"""The checks find what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.visits import problems

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDE = '<div class="rp-note" style="width: 3000px">wide</div>'
CASES = {
    "the page scrolls sideways": WIDE,
    "a part sticks out of the page": f'<div style="overflow: clip"><div class="rp-card">{WIDE}</div></div>',
    "scrolls sideways, but not by keyboard": f'<div style="overflow-x: auto">{WIDE}</div>',
    "an image without alt": '<img src="data:,">',
    "a heading skips levels": "<h1>One</h1><h3>Three</h3>",
    "an id twice": '<p id="a"></p><p id="a"></p>',
    "a link to nowhere on the page": '<a href="#nowhere">there</a>',
    "a link without a name": '<a href="/there"></a>',
    "too little contrast": '<p class="rp-muted" style="color: #999">pale</p>',
    "a target smaller than 24 px": '<p class="rp-jumps"><a href="/a" style="font-size: 8px">A</a></p>',
    "a part with a style of its own": '<p class="rp-card" style="color: black">black</p>',
}


@pytest.mark.parametrize("name", CASES)
def test_a_check_finds_what_it_is_for(browser: Browser, name: str) -> None:
    page = browser.new_page()
    page.set_content(f"<main>{CASES[name]}</main>")
    assert name in problems(page)
    page.close()


def test_checks_find_nothing_on_a_sound_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<main><h1 id="a">One</h1><p class="rp-muted"><a href="#a">up</a></p></main>')
    assert problems(page) == {}
    page.close()
