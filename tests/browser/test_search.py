"""The search of the site: by Pagefind, narrowed down, as an address to send; by Sphinx where that fails."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from browser.conftest import served
from browser.visits import LOOKS, PHONE, Look, Open
from sites import CONF, Site

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

WORDS = "child safety"
LIGHT_ENOUGH = 300_000


def results(page: Page) -> list[str]:
    return page.locator(".rp-find-result h2").all_inner_texts()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_figure_is_found_and_narrowed_down_and_sent(open_page: Open, look: Look) -> None:
    visit = open_page(f"search.html?q={WORDS}", look)
    page = visit.page
    facets = page.locator(".rp-find-facets")
    if look.width < 600:
        facets.locator("summary").click()
    facets.get_by_label("Figure").wait_for()
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


def weigh(page: Page, address: str) -> int:
    """Return how many bytes of the index and its program come before the first result of an address."""
    loaded: dict[str, int] = {}

    def note(response: Response) -> None:
        if "/rapporteur-search/" in response.url:
            loaded[response.url] = len(response.body())

    page.on("response", note)
    page.goto(address)
    page.locator(".rp-find-result").first.wait_for()
    return sum(loaded.values())


def test_the_first_results_are_light(browser: Browser, address: str) -> None:
    with closing(browser.new_context(viewport={"width": PHONE, "height": 800})) as context:
        assert 100_000 < weigh(context.new_page(), f"{address}search.html?q={WORDS}") < LIGHT_ENOUGH


def test_a_large_site_has_several_indexes_of_which_the_first_gives_the_first_results(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_rapporteur.find.pagefind.MOST_ENTRIES", 8)
    site = Site(tmp_path)
    site.conf(CONF + 'rapporteur_search = "pagefind"\n')
    out = site.build("html").out
    parts = json.loads((out / "rapporteur-search/parts.json").read_text("utf-8"))
    assert len(parts) > 2
    assert all(part["kinds"] == ["stat"] for part in parts if "stat" in part["kinds"])
    entries = [out / "rapporteur-search" / part["folder"] / "pagefind-entry.json" for part in parts]
    counts = [json.loads(entry.read_text("utf-8"))["languages"]["en"]["page_count"] for entry in entries]
    figures = sum(count for part, count in zip(parts, counts, strict=True) if part["kinds"] == ["stat"])
    assert figures > max(counts)
    programs = [path.name for path in out.glob("rapporteur-search/**/wasm.en.pagefind")]
    assert len(programs) == 1
    with served(out) as start, closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(f"{start}search.html?kind=stat")
        page.locator(".rp-find-facet").first.wait_for()
        assert page.locator(".rp-find-count").inner_text() == f"{figures} found"
        page.goto(f"{start}search.html?q=harbour")
        page.locator(".rp-find-facet").first.wait_for()
        kinds = page.locator("input[name=kind]").evaluate_all("boxes => boxes.map(box => box.value)")
        assert {"session", "stat"} <= set(kinds)


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
