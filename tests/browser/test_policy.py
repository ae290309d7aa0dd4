"""The site under its own policy, as a header and in the pages: all works, and nothing else runs."""

from __future__ import annotations

import threading
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from browser.conftest import _Quiet
from browser.test_pages import PAGES
from browser.visits import DESKTOP, Look, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

LIGHT = Look("light", DESKTOP)
NAME = "Content-Security-Policy"


@pytest.fixture(scope="module")
def policy(site: Path) -> str:
    """Return the policy of the file of headers."""
    (line,) = (line for line in (site / "_headers").read_text("utf-8").splitlines() if NAME in line)
    return line.partition(":")[2].strip()


@pytest.fixture(scope="module")
def strict(site: Path, policy: str) -> Iterator[str]:
    """Return the address of a server that sends the headers of the file."""

    class Strict(_Quiet):
        def end_headers(self) -> None:
            self.send_header(NAME, policy)
            super().end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_every_kind_of_page_works_without_a_word(browser: Browser, strict: str) -> None:
    visit = Visit.start(browser, strict, "index.html", LIGHT)
    page = visit.page
    for path in PAGES:
        page.goto(strict + path)
    theme = page.evaluate("document.body.dataset.theme")
    page.get_by_role("button", name="Toggle Light / Dark").filter(visible=True).first.click()
    assert page.evaluate("document.body.dataset.theme") != theme
    page.goto(strict + "search.html?q=shutdowns")
    page.locator(".rp-find-result mark").first.wait_for()
    page.locator(".rp-find-facet").first.wait_for()
    page.goto(strict + "people/index.html")
    page.get_by_label("Order", exact=True).select_option(label="Most sessions first")
    page.goto(strict + "events/igf-2016/2016-12-06.html")
    page.get_by_role("button", name="My time zone").click()
    page.goto(strict + "sessions/igf-2016/ws27.html")
    page.locator(".rp-hover a").first.hover()
    # The theme's own word.
    assert visit.noises == ["console log: Changed to dark mode."]
    page.context.close()


@pytest.mark.parametrize("by", ["header", "page"])
def test_what_gets_into_a_page_does_not_run(browser: Browser, strict: str, address: str, by: str) -> None:
    start = strict if by == "header" else address
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"{start}index.html")
    ran = page.evaluate(
        """async () => {
            const box = document.body.appendChild(document.createElement("div"));
            box.innerHTML = '<img src="data:," onerror="ran = 1"><p style="color: rgb(1, 2, 3)">x</p>';
            const script = document.createElement("script");
            script.textContent = "globalThis.ran = 2";
            box.append(script);
            await new Promise((done) => setTimeout(done, 100));
            return [globalThis.ran ?? 0, getComputedStyle(box.querySelector("p")).color];
        }"""
    )
    assert ran[0] == 0
    assert ran[1] != "rgb(1, 2, 3)"
    assert len(refused) >= 3
    assert all("Content Security Policy" in one for one in refused)
    context.close()


def test_no_other_site_may_frame_it(policy: str) -> None:
    assert "frame-ancestors 'none'" in policy.split("; ")
