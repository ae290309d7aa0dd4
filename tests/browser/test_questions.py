"""The questions that a visitor comes with, each answered in a few steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.test_walk import follow, heading
from browser.visits import DESKTOP, LOOKS, PHONE, Look, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WS27 = "sessions/igf-2016/ws27.html"
DAY = "events/igf-2016/2016-12-06.html"
PARALLEL = "Outcome of G7 Ise-Shima Summit and Ministerial Meetings"


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_where_do_sources_disagree_on_how_many_countries_took_part(open_page: Open, look: Look) -> None:
    visit = open_page("statistics/index.html", look)
    page = visit.page
    disputes = page.locator("section", has=page.get_by_role("heading", name="Where sources disagree")).last
    disputes.get_by_role("link", name="Countries taking part").click()
    assert heading(page) == "Countries taking part"

    cards = page.get_by_role("article")
    said = [" ".join(text.split()) for text in cards.all_inner_texts()]
    assert said[0].startswith("123 countries IGF Secretariat statistics page")
    assert said[1].startswith("83 countries IISD SDG Knowledge Hub")
    boxes = [cards.nth(n).bounding_box() for n in range(2)]
    assert boxes[0]
    assert boxes[1]
    is_beside = boxes[0]["y"] == boxes[1]["y"]
    assert is_beside is (look.width > 600)
    drawing = page.get_by_role("img", name="Figures that were stated (countries)")
    assert drawing.bounding_box()
    assert visit.problems() == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_words_of_a_chart_do_not_run_into_each_other(open_page: Open, look: Look) -> None:
    for path in ("events/igf-2016.html", "indicators/share-online.html", "indicators/gender-gap.html"):
        page = open_page(path, look).page
        overlapping = page.evaluate(
            """() => [...document.querySelectorAll(".rp-chart text + text")]
                .map((value) => [value.previousElementSibling, value])
                .filter((pair) => {
                    const [label, value] = pair.map((element) => element.getBoundingClientRect());
                    return label.right > value.left;
                })
                .map((pair) => pair.map((element) => element.textContent))"""
        )
        assert overlapping == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_ran_in_parallel_to_ws27_in_my_time_zone(browser: Browser, address: str, width: int) -> None:
    viewport = {"width": width, "height": 900}
    context = browser.new_context(viewport=viewport, timezone_id="Asia/Tokyo", locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + WS27)
    follow(page, "Tuesday, 6 December 2016")
    assert page.url.endswith(f"{DAY}#at-ws27")
    assert days(page) == ["Tuesday, 6 December 2016"]
    assert "12:00–13:30" in page.locator("#at-ws27").inner_text()

    page.get_by_role("button", name="My time zone").click()
    # Noon in Guadalajara is three in the morning of the next day in Tokyo.
    assert days(page) == ["Wednesday, 7 December 2016"]
    assert "Asia/Tokyo" in page.locator(".rp-zone").inner_text()
    assert "03:00–04:30" in page.locator("#at-ws27").inner_text()
    assert "03:30–04:30" in page.locator(".rp-grid td", has_text=PARALLEL).inner_text()
    assert overlaps(page, "#at-ws27", PARALLEL) is (width == DESKTOP)

    # The choice is kept, and taken back.
    page.reload()
    switch = page.get_by_role("button", name="My time zone")
    assert switch.get_attribute("aria-pressed") == "true"
    switch.focus()
    page.keyboard.press("Enter")
    assert days(page) == ["Tuesday, 6 December 2016"]
    assert "12:00–13:30" in page.locator("#at-ws27").inner_text()
    context.close()


def days(page: Page) -> list[str]:
    """Return the days of the schedule that is shown."""
    return page.locator(".rp-grid caption").all_inner_texts()


def overlaps(page: Page, selector: str, text: str) -> bool:
    """Return whether two sessions stand at one height."""
    one, other = (
        page.locator(selector).bounding_box(),
        page.locator(".rp-grid td", has_text=text).bounding_box(),
    )
    assert one
    assert other
    return one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


def test_a_day_of_the_event_may_be_two_of_the_visitor(browser: Browser, address: str) -> None:
    context = browser.new_context(timezone_id="Asia/Kathmandu", locale="en-GB")
    page = context.new_page()
    page.goto(address + DAY)
    before = page.locator(".rp-grid td:not(:empty)").count()
    page.get_by_role("button", name="My time zone").click()
    assert days(page) == ["Tuesday, 6 December 2016", "Wednesday, 7 December 2016"]
    assert page.locator(".rp-grid td:not(:empty)").count() == before
    # 15 minutes off: sessions that follow each other still stand in one lane.
    heads = page.locator(".rp-grid thead th")
    spans = [(one.inner_text(), one.get_attribute("colspan") or "1") for one in heads.all()]
    assert {span for room, span in spans if room != "Room not known"} == {"1"}
    context.close()


def test_a_line_shows_the_present_moment_while_the_event_runs(browser: Browser, address: str) -> None:
    context = browser.new_context(timezone_id="America/Mexico_City", locale="en-GB")
    page = context.new_page()
    page.clock.set_fixed_time("2016-12-06T12:45:00-06:00")
    page.goto(address + DAY)
    line = page.locator(".rp-now")
    assert line.inner_text() == "12:45"
    box, session = line.bounding_box(), page.locator("#at-ws27").bounding_box()
    assert box
    assert session
    assert session["y"] < box["y"] < session["y"] + session["height"]
    page.clock.set_fixed_time("2016-12-07T12:45:00-06:00")
    page.reload()
    assert page.locator(".rp-now").count() == 0
    context.close()


def test_without_javascript_the_schedule_is_whole(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + DAY)
    assert page.get_by_role("button", name="My time zone").count() == 0
    assert page.get_by_role("link", name=PARALLEL).is_visible()
    assert page.get_by_role("link", name="Opening Ceremony").is_visible()
    context.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_from_the_page_of_sdg_16_2_to_the_person_who_named_it(open_page: Open, look: Look) -> None:
    visit = open_page("sdgs/index.html", look)
    page = visit.page
    follow(page, "16.2 1")
    target = page.locator("#sdg-16-2")
    assert "End abuse, exploitation, trafficking" in target.inner_text()
    assert "1 of 53 sessions" in target.inner_text()
    target.get_by_role("link", name="WePROTECT").click()
    told = page.get_by_role("paragraph").filter(has_text="its aim was target 16.2")
    assert told.inner_text().startswith("Ernie Allen")
    follow(page, "Ernie Allen")
    assert heading(page) == "Ernie Allen"
    assert visit.noises == []
