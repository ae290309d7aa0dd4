"""A page opened in one look, with all that the browser had to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

CHECKS = Path(__file__).with_name("checks.js").read_text("utf-8")
_TALLEST = 4000


class Look(NamedTuple):
    """How a page is looked at."""

    scheme: str
    width: int

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"


PHONE, DESKTOP = 390, 1440
LOOKS = [Look(scheme, width) for scheme in ("light", "dark") for width in (PHONE, DESKTOP)]

Problems: TypeAlias = "dict[str, list[str]]"


def problems(page: Page) -> Problems:
    """Return what is wrong with the page that is shown, by the name of the check that found it."""
    page.evaluate(CHECKS)
    found: Problems = page.evaluate("() => allProblems()")
    return found


@dataclass
class Visit:
    """A page, and what went wrong on the way to it."""

    page: Page
    address: str
    path: str
    look: Look
    noises: list[str] = field(default_factory=list)
    """Console messages, script errors, requests that failed or left the site."""

    @classmethod
    def start(cls, browser: Browser, address: str, path: str, look: Look) -> Visit:
        """Open the page."""
        context = browser.new_context(
            viewport={"width": look.width, "height": 900},
            color_scheme="dark" if look.scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        visit = cls(context.new_page(), address, path, look)
        visit.listen()
        visit.page.goto(address + path)
        return visit

    def listen(self) -> None:
        """Keep what the browser reports."""

        def console(message: ConsoleMessage) -> None:
            self.noises.append(f"console {message.type}: {message.text}")

        def error(error: Exception) -> None:
            self.noises.append(f"error: {error}")

        def request(request: Request) -> None:
            if not request.url.startswith((self.address, "data:")):
                self.noises.append(f"request to another host: {request.url}")

        def failed(request: Request) -> None:
            # The browser itself gives up the icon of a page that is left, and the logo where the theme has it
            # fetched ahead; what a page shows is of another type, and nothing else may fail.
            is_ahead = request.url.endswith(("/_static/favicon.svg", "/_static/logo.svg"))
            is_ahead &= request.resource_type == "other"
            if not (is_ahead and request.failure == "net::ERR_ABORTED"):
                self.noises.append(f"request failed: {request.url}")

        def response(response: Response) -> None:
            if not response.ok and response.status != 304:
                self.noises.append(f"status {response.status}: {response.url}")

        self.page.on("console", console)
        self.page.on("pageerror", error)
        self.page.on("request", request)
        self.page.on("requestfailed", failed)
        self.page.on("response", response)

    def problems(self) -> Problems:
        """Return what is wrong with the page, what the browser reported included."""
        return problems(self.page) | ({"noises": self.noises} if self.noises else {})

    def picture(self, folder: Path) -> None:
        """Save a picture of the page, or of the top of a very long one."""
        folder.mkdir(parents=True, exist_ok=True)
        height = min(int(self.page.evaluate("document.documentElement.scrollHeight")), _TALLEST)
        name = self.path.removesuffix(".html").replace("/", "-")
        self.page.screenshot(
            path=folder / f"{name}-{self.look}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": self.look.width, "height": height},
        )


Open: TypeAlias = "Callable[[str, Look], Visit]"
