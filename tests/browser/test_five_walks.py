"""Five questions of visitors, each answered by mouse, by keyboard alone and with a finger on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias
from urllib.parse import parse_qs, urlsplit

import pytest

from browser.test_walk import heading
from browser.visits import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

MOST_TABS = 600
WS27 = "sessions/igf-2016/ws27.html"
PARALLEL = "Outcome of G7 Ise-Shima Summit and Ministerial Meetings"


class Mouse:
    """Points and clicks."""

    options: ClassVar[dict[str, Any]] = {"viewport": {"width": DESKTOP, "height": 900}}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Follow a link, or press a button."""
        target.click()

    def choose(self, target: Locator, words: str) -> None:
        """Choose the first of a list that begins with these words."""
        labels = target.locator("option").all_text_contents()
        target.select_option(label=next(label for label in labels if label.startswith(words)))

    def write(self, target: Locator, words: str) -> None:
        """Write words into a field."""
        self.press(target)
        self.page.keyboard.type(words)


class Keyboard(Mouse):
    """Goes from one element to the next with the tabulator, as somebody without a mouse has to."""

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def choose(self, target: Locator, words: str) -> None:
        self.reach(target)
        self.page.keyboard.type(words)

    def write(self, target: Locator, words: str) -> None:
        self.reach(target)
        self.page.keyboard.type(words)

    def reach(self, target: Locator) -> None:
        """Press the tabulator until the focus is on an element, and can be seen to be."""
        element = target.element_handle()
        for _press in range(MOST_TABS):
            if self.page.evaluate("element => element === document.activeElement", element):
                style = self.page.evaluate("element => getComputedStyle(element).outlineStyle", element)
                assert style != "none", "nobody sees where the focus is"
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"not reached by keyboard: {target}")


class Finger(Mouse):
    """Taps on a phone."""

    options: ClassVar[dict[str, Any]] = {
        "viewport": {"width": PHONE, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    }

    def press(self, target: Locator) -> None:
        target.tap()


Start: TypeAlias = "Callable[[str], Mouse]"


@pytest.fixture(params=[Mouse, Keyboard, Finger], ids=["mouse", "keyboard", "phone"])
def start(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Start]:
    """Open a page for somebody with a mouse, a keyboard or a phone, who sits in Tokyo."""
    settings: dict[str, Any] = {"reduced_motion": "reduce", "timezone_id": "Asia/Tokyo", "locale": "en-GB"}
    context = browser.new_context(**settings, **request.param.options)
    errors: list[str] = []

    def go(path: str) -> Mouse:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + path)
        return request.param(page)  # type: ignore[no-any-return]

    yield go
    context.close()
    assert errors == []


def control(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def open_filter(visitor: Mouse) -> None:
    """Open the controls of a list, which on a phone are closed."""
    details = visitor.page.locator("details.rp-filter")
    if not details.evaluate("details => details.open"):
        visitor.press(details.locator("summary"))


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name).first


def test_which_sessions_did_jac_sm_kee_speak_in_and_in_which_roles(start: Start) -> None:
    visitor = start("people/index.html")
    page = visitor.page
    open_filter(visitor)
    visitor.write(control(page, "Words"), "kee")
    visitor.press(link(page, "Jac SM Kee"))
    page.wait_for_url("**/jac-sm-kee.html")
    assert heading(page) == "Jac SM Kee"
    sessions = page.locator("section", has=page.get_by_role("heading", name="Sessions", exact=True)).last
    roles = {
        group.get_by_role("heading").inner_text(): len(group.get_by_role("listitem").all())
        for group in sessions.locator("section").all()
    }
    assert roles["Organizer"] == 1
    assert sum(roles.values()) >= 4
    assert sessions.get_by_role("link", name="Gender and Internet Governance").is_visible()


def test_all_figures_on_womens_access_newest_first_as_a_link_to_send(start: Start) -> None:
    visitor = start("statistics/index.html")
    page = visitor.page
    open_filter(visitor)
    visitor.write(control(page, "Words"), "women access")
    visitor.choose(control(page, "Topic"), "gender")
    visitor.choose(control(page, "Order"), "Newest")
    rows = page.locator("[data-row]").filter(visible=True)
    found = rows.all_inner_texts()
    assert found
    assert all("women" in text.lower() and "access" in text.lower() for text in found)
    sent = page.url
    assert parse_qs(urlsplit(sent).query) == {
        "words": ["women access"],
        "topic": ["gender"],
        "order": ["newest"],
    }
    page.goto("about:blank")
    page.goto(sent)
    assert rows.all_inner_texts() == found


def test_what_ran_in_parallel_to_ws27_in_my_time_zone(start: Start) -> None:
    visitor = start(WS27)
    page = visitor.page
    # On the page of the session what ran at the time, and on that of the day, when that was here.
    see_also = page.locator("#see-also")
    assert see_also.get_by_role("link", name=PARALLEL).is_visible()
    visitor.press(link(page, "Tuesday, 6 December 2016"))
    page.wait_for_url("**/2016-12-06.html#at-ws27")
    visitor.press(page.get_by_role("button", name="My time zone"))
    assert page.locator(".rp-grid caption").all_inner_texts() == ["Wednesday, 7 December 2016"]
    assert "03:00–04:30" in page.locator("#at-ws27").inner_text()
    assert "03:30–04:30" in page.locator(".rp-grid td", has_text=PARALLEL).inner_text()


def test_where_do_sources_disagree_on_how_many_countries_took_part(start: Start) -> None:
    visitor = start("statistics/index.html")
    page = visitor.page
    visitor.press(link(page, "Countries taking part"))
    page.wait_for_url("**/countries-taking-part.html")
    cards = page.get_by_role("article")
    shown = [cards.nth(n).get_by_role("heading").inner_text() for n in range(2)]
    assert shown == ["123 countries", "83 countries"]
    visitor.press(cards.first.get_by_role("link").first)
    page.wait_for_url("**/events/igf-2016.html#stat-countries")
    assert page.locator("tr:target").get_by_text("Disagrees with").is_visible()


def test_from_the_page_of_sdg_16_2_to_the_person_who_named_it(start: Start) -> None:
    visitor = start("sdgs/index.html")
    page = visitor.page
    visitor.press(link(page, "16.2 1"))
    visitor.press(page.locator("#sdg-16-2").get_by_role("link", name="WePROTECT"))
    page.wait_for_url(f"**/{WS27}")
    told = page.get_by_role("paragraph").filter(has_text="its aim was target 16.2")
    assert told.inner_text().startswith("Ernie Allen")
    visitor.press(link(page, "Ernie Allen"))
    page.wait_for_url("**/ernie-allen.html")
    assert heading(page) == "Ernie Allen"
