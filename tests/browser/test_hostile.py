"""Pages made of hostile data, in a browser without a policy: nothing of theirs runs or is asked for.

Nor of an address that somebody was sent: what is searched, or chosen in a list.
"""

from __future__ import annotations

import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from browser.conftest import _Quiet
from hostile.corpora import FOLDER, payloads
from sites import CONF, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog

    from tried import Tried

EVENT = "name: E\nstart: 2024-05-06\nend: 2024-05-08\n"
HEADING = "<img src=x onerror=alert(1)> ships"
"""The search looks for whole headings, so that a link to it can ask for this one."""
_SHARE = 60
"""One in so many of the public list of script injections."""


_NAMES = (
    "words",
    "order",
    "topic",
    "type",
    "person",
    "sessions-words",
    "statistics-topic",
    "kind",
    "__proto__",
)
ASKED = tuple(
    f"{page}?{name}={quote(text)}#{quote(text)}"
    for page in ("lists.html", "search.html")
    for name in _NAMES
    for text in (HEADING, "javascript:alert(1)", "__proto__")
)
"""Addresses that somebody may be sent."""


def texts() -> list[str]:
    public = payloads("script injection")[::_SHARE] if FOLDER.is_dir() else []
    return [text for text in [*payloads("own"), *public] if text.isprintable()]


SEARCHES = {"sphinx": "#search-results li", "pagefind": ".rp-find-results li"}
"""What shows that each search has found something."""
LISTS = "# Lists\n\n```{forum:sessions}\n:filter:\n```\n\n```{forum:statistics}\n:filter:\n```\n"


@pytest.fixture(scope="module", params=SEARCHES)
def search(request: pytest.FixtureRequest) -> str:
    """Return which search the site has."""
    if request.param == "pagefind":
        pytest.importorskip("pagefind")
    return str(request.param)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, search: str) -> Path:
    conf = CONF + f'rapporteur_search = "{search}"\n'
    site = Site(tmp_path_factory.mktemp("hostile"), data=None, docs=None, conf=conf)
    site.write("docs/lists.md", LISTS)
    site.write("data/events/e.yaml", EVENT)
    for number, chunk in enumerate(chunks(texts())):
        quoted = [text.replace("'", "''") for text in chunk]
        block = "".join(f"  {line}\n" for text in chunk for line in ("", *text.splitlines()))
        people = "".join(f"- {{name: '{text}', role: '{text}'}}\n" for text in quoted[:10])
        site.write(
            f"data/sessions/e/s{number}.yaml",
            f"title: '{' '.join(quoted)}'\nsubtitle: '{quoted[0]}'\ntags: ['{quoted[-1]}']\npeople:\n{people}"
            f"statistics: [{{id: a, label: '{quoted[0]}', unit: '{quoted[0]}', value: 1}}]\n"
            f"report: |\n  # {quoted[0]}\n{block}",
        )
    site.write("data/people/eve.yaml", f"name: Eve\nbio: |\n  # {HEADING}\n\n  Some words.\n")
    # Pagefind needs a loop of its own, and the browser has one in this process.
    built = site.run()
    assert (built.out / "sessions/e/s0.html").is_file(), built.output
    return built.out


def chunks(found: list[str]) -> Iterator[list[str]]:
    yield from (found[start : start + 40] for start in range(0, len(found), 40))


@pytest.fixture
def at(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_nothing_of_the_data_runs(browser: Browser, folder: Path, at: str, search: str, tried: Tried) -> None:
    noises: list[str] = []
    context = browser.new_context()
    page = context.new_page()

    def dialog(one: Dialog) -> None:
        noises.append(f"dialog: {one.message}")
        one.dismiss()

    page.on("dialog", dialog)
    page.on("pageerror", lambda error: noises.append(f"error: {error}"))
    page.on("request", lambda one: None if one.url.startswith((at, "data:")) else noises.append(one.url))
    pages = [
        path.relative_to(folder).as_posix() for path in folder.rglob("*.html") if "_static" not in str(path)
    ]
    assert len(pages) > 5
    for name in [
        *pages,
        "search.html?q=alert",
        "search.html?q=script",
        f"search.html?q={quote(HEADING)}",
        *ASKED,
    ]:
        page.goto(at + name)
        if name.startswith("search.html?q"):
            page.wait_for_selector(SEARCHES[search])
        assert page.evaluate("document.querySelectorAll('iframe, object, embed').length") == 0
    context.close()
    assert noises == []
    for promise in ("run", "requests"):
        tried(promise, "own and script injection, opened in Chromium", len(texts()))
