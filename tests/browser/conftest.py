"""The site in a browser: built once in a run, served on this machine, opened in every look."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.visits import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from browser.visits import Look, Open

DOCS = Path(__file__).parents[2] / "docs"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LONGEST_BUILD = 300


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add where pictures of the pages go."""
    parser.addoption("--screenshots", metavar="DIR", help="save a picture of every page that is looked at")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium; without one skip, but fail where there has to be one."""
    candidates = (os.environ.get("CHROMIUM"), "/usr/bin/chromium", *map(shutil.which, _NAMES))
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    why = "no Chromium found: install it, or name it in the environment variable CHROMIUM"
    if os.environ.get("CI") or os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(why)
    pytest.skip(why)


_RUNNING: dict[str, Browser] = {}


@pytest.fixture(scope="session")
def browser(chromium: str, pytestconfig: pytest.Config) -> Browser:
    """Return the running browser, one in a process: tests of another folder may have started it."""
    if chromium not in _RUNNING:
        playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
        running = _RUNNING[chromium] = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))

        def stop() -> None:
            running.close()
            playwright.stop()

        pytestconfig.add_cleanup(stop)
    return _RUNNING[chromium]


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site, which the first of the parallel workers builds for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out, finished = shared / "browser-site", shared / "browser-site.log"
    try:
        out.mkdir()
    except FileExistsError:
        for _second in range(_LONGEST_BUILD):
            if finished.exists():
                break
            time.sleep(1)
        log = finished.read_text("utf-8")
    else:
        log = _build(out)
        unfinished = finished.with_suffix(".part")
        unfinished.write_text(log, "utf-8")
        unfinished.rename(finished)
    assert (out / "index.html").exists(), log
    return out


def _build(out: Path) -> str:
    doctrees = out.with_name("browser-doctrees")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(doctrees), str(DOCS), str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


class _Quiet(SimpleHTTPRequestHandler):
    """A server of files that writes no log."""

    def log_message(self, *_args: object) -> None:
        """Write nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Return the address at which the site is served."""
    with served(site) as start:
        yield start


@pytest.fixture
def open_page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open a page of the site in one look; give ``--screenshots`` to keep pictures."""
    folder = request.config.getoption("--screenshots", default=None)
    visits: list[Visit] = []

    def start(path: str, look: Look) -> Visit:
        visit = Visit.start(browser, address, path, look)
        visits.append(visit)
        if folder:
            visit.picture(Path(folder))
        return visit

    yield start
    for visit in visits:
        visit.page.context.close()
