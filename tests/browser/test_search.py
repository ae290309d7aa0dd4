"""The search of the site: by Pagefind, narrowed down, as an address to send; by Sphinx where that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.visits import LOOKS, Look, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WORDS = "child safety"
LIGHT_ENOUGH = 300_000


def results(page: Page) -> list[str]:
    return page.locator(".rp-find-result h2").all_inner_texts()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_figure_is_found_and_narrowed_down_and_sent(open_page: Open, look: Look) -> None:
    visit = open_page(f"search.html?q={WORDS}", look)
    page = visit.page
    facets = page.locator(".rp-find-facets")
    facets.get_by_label("Figure").wait_for(state="attached")
    if look.width < 600:
        facets.locator("summary").click()
    count = int(page.get_by_role("status").inner_text().split()[0])
    facets.get_by_label("Figure").focus()
    page.keyboard.press("Space")
    page.locator(".rp-find-session").first.wait_for(state="detached")
    page.locator(".rp-find-stat").first.wait_for()
    assert 0 < int(page.get_by_role("status").inner_text().split()[0]) < count
    assert "kind=stat" in page.url
    # The choice that was made still has the keyboard.
    page.wait_for_function("() => document.activeElement.name === 'kind' && document.activeElement.checked")
    sent, narrowed = page.url, results(page)

    page.go_back()
    page.wait_for_function(
        f"() => document.querySelector('.rp-find-count').textContent.startsWith('{count} ')"
    )
    page.goto(sent)
    page.locator(".rp-find-stat").first.wait_for()
    assert results(page) == narrowed
    assert visit.problems() == {}

    page.locator(".rp-find-stat a").first.click()
    assert "#stat-" in page.url


def test_the_first_results_are_light(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"{address}search.html?q={WORDS}")
    page.locator(".rp-find-result").first.wait_for()
    ours = [size for size in sizes if size]
    assert sum(ours) < LIGHT_ENOUGH + 200_000  # with the theme's own styles and fonts
    page.context.close()


def test_where_the_index_cannot_be_loaded_sphinx_searches(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.route("**/pagefind.js", lambda route: route.abort())
    page.goto(f"{address}search.html?q=privacy")
    page.locator("#search-results li a").first.wait_for()
    page.context.close()


def test_without_a_script_the_page_says_so(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}search.html")
    assert page.locator("noscript p").bounding_box()
    assert not page.locator(".rp-find-form").is_visible()
    page.context.close()
