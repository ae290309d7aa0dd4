"""The questions that a visitor comes with, each answered in a few steps."""

from __future__ import annotations

import pytest

from browser.test_walk import heading
from browser.visits import LOOKS, Look, Open


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
