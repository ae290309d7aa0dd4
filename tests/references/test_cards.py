"""Cards of references: sound HTML, no weight where there are none, and the pointer, the keys and Escape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import html5lib
import pytest
from serving import served
from tide import CONF, OBJECTS, SHIPS, tide_site

from browser.conftest import browser, chromium  # noqa: F401  (fixtures)
from sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ASSETS = ("rapporteur-hover.css", "rapporteur-hover.js")
WITH_CARD = {"session", "person", "stat"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = tide_site(tmp_path_factory.mktemp("cards"), conf=CONF)
    lines = "\n\n".join(f"{{forum:{kind}}}`{name}`" for kind, name in OBJECTS.items())
    site.write(
        "docs/uses.md",
        f"---\norphan: true\n---\n# Uses\n\n{lines}\n\n{{forum:stat}}`{SHIPS}`\n\n[After](https://tide.example/)\n",
    )
    # A reference in a heading, and two that lead to their own page.
    site.replace(
        "data/sessions/tide-2024/nets.yaml",
        "A hall of one.",
        "See {forum:session}`nets` and {forum:stat}`knots`.",
    )
    site.write(
        "docs/plain.md", f"---\norphan: true\n---\n# Plain\n\n## Of {{forum:stat}}`{SHIPS}`\n\nText.\n"
    )
    site.write(
        "docs/named.md",
        f"---\norphan: true\n---\n# N\n\n{{any}}`{SHIPS}`\n\n[](tide-2024/nets)\n\n[so **many**]({SHIPS})\n",
    )
    site.replace(
        "data/sessions/tide-2024/nets.yaml",
        "statistics:\n",
        "statistics:\n  - {id: fish, label: fish, value: 3, unit: fish, aliases: [tide-2024/opening/fish]}\n",
    )
    # A figure of a session that became another, of which one is called the same.
    site.replace("data/sessions/tide-2024/nets.yaml", "number: WS2", "number: WS2\naliases: [netting]")
    site.replace(
        "data/sessions/tide-2025/opening.yaml",
        "statistics:\n",
        "statistics:\n  - {id: ties, label: ties, value: 9, aliases: [tide-2024/netting/knots]}\n",
    )
    words = "A line of words that go before it and are many. " * 2
    crowded = " ".join(f"{words}{{forum:stat}}`{SHIPS}`" for _ in range(3))
    site.write("docs/crowded.md", f"---\norphan: true\n---\n# Crowded\n\n{crowded}\n\n* Item {crowded}\n")
    far = "\n\n".join(["Much text."] * 200)
    long = f"Here {{forum:stat}}`{SHIPS}`\n\n{far}\n\nThere {{forum:person}}`ada-lind`\n\n{far}"
    site.write("docs/long.md", f"---\norphan: true\n---\n# Long\n\n{long}\n")
    site.write("docs/none.md", "---\norphan: true\n---\n# None\n\nNo reference.\n")
    return site.build()


def test_pages_are_valid_html(built: Built) -> None:
    for name, page in built.pages.items():
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(page.html)
        mistakes = [code for _place, code, _data in parser.errors] if "rp-hover" in page.html else []
        assert mistakes == [], name


def test_only_sessions_people_and_figures_have_cards(built: Built) -> None:
    page = built.page("uses.html")
    for paragraph, kind in zip(page.main().iter("p"), OBJECTS, strict=False):
        has_card = any(node.get("role") == "tooltip" for node in paragraph.iter())
        assert has_card == (kind in WITH_CARD), kind


def test_references_by_name_alone_have_cards_and_keep_their_form(built: Built) -> None:
    page = built.page("named.html")
    shown = [page.text(node) for node in page.main().iter("a") if node.get("aria-describedby")]
    assert shown == ["4,321 ships", "Nets and knots", "so many"]
    assert [page.text(node) for node in page.main().iter("strong")] == ["many"]


def test_every_card_is_described_once(built: Built) -> None:
    cards = 0
    for page in built.pages.values():
        described = [node for node in page.tree.iter() if node.get("aria-describedby")]
        tooltips = [node for node in page.tree.iter() if node.get("role") == "tooltip"]
        assert [node.get("aria-describedby") for node in described] == [node.get("id") for node in tooltips]
        assert len(set(page.ids)) == len(page.ids)
        for node in described:
            assert node.tag == "a"
            assert node.get("href")
            assert page.by_id(node.get("aria-describedby")) is not None
        for node in tooltips:
            # Inside a paragraph only phrases may stand; inside a card no link.
            assert {inner.tag for inner in node.iter()} == {"span"}
        cards += len(tooltips)
    assert cards >= 5


def test_only_pages_with_cards_load_what_they_need(built: Built) -> None:
    with_cards = set()
    for name, page in built.pages.items():
        if "rp-hover-card" in page.html:
            with_cards.add(name)
        for asset in ASSETS:
            assert (asset in page.html) == (name in with_cards), (name, asset)
    assert {"uses.html", "plain.html", "sessions/tide-2024/opening.html"} <= with_cards
    assert not {"none.html", "index.html", "people/ada-lind.html"} & with_cards


def test_cards_load_nothing_from_elsewhere(built: Built) -> None:
    for asset in ASSETS:
        text = (built.out / "_static" / asset).read_text("utf-8")
        assert "//" not in text.replace("// ", "")
        assert "@import" not in text


def test_a_reference_may_lead_to_its_own_page(built: Built) -> None:
    links = built.page("sessions/tide-2024/nets.html").links()
    assert "#" in links
    assert "#stat-knots" in links


@pytest.mark.parametrize("builder", ["text", "latex", "singlehtml"])
def test_other_builders_show_the_reference_alone(built: Built, builder: str) -> None:
    other = built.site.build(builder)
    assert {one.subtype for one in other.warnings} <= {"toc.not_included"}
    files = [path for path in other.out.rglob("*") if path.suffix in {".txt", ".tex", ".html"}]
    assert files
    if builder == "text":
        text = (other.out / "uses.txt").read_text("utf-8")
        assert text.count("4,321 ships") == 2
        assert "Register of calls" not in text


# --- in a browser


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    with served(built.out) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    noises: list[str] = []
    page.on("console", lambda message: noises.append(f"{message.text} {message.location['url']}"))
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.goto(f"{address}uses.html")
    yield page
    # Browsers ask for it by themselves.
    assert [noise for noise in noises if not noise.endswith("/favicon.ico")] == []
    context.close()


@pytest.mark.browser
def test_the_card_shows_at_the_pointer_and_stays_under_it(page: Page) -> None:
    card = page.locator("[role=tooltip]").first
    assert not card.is_visible()
    page.locator("a[aria-describedby]").first.hover()
    assert card.is_visible()
    assert "Who counts the ships?" in card.inner_text()
    card.hover()
    assert card.is_visible()
    page.mouse.move(1100, 880)
    assert not card.is_visible()


@pytest.mark.browser
def test_the_card_shows_at_the_focus_of_the_keyboard(page: Page) -> None:
    card = page.locator("[role=tooltip]").first
    page.locator("a[aria-describedby]").first.focus()
    assert card.is_visible()
    page.keyboard.press("Tab")
    assert not card.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("way", ["hover", "focus"])
def test_escape_closes_the_card_until_it_is_asked_for_again(page: Page, way: str) -> None:
    card, link = page.locator("[role=tooltip]").first, page.locator("a[aria-describedby]").first
    getattr(link, way)()
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    if way == "hover":
        page.mouse.move(1100, 880)
        link.hover()
    else:
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
    assert card.is_visible()


@pytest.mark.browser
def test_the_card_works_without_a_script(browser: Browser, address: str) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}uses.html")
    page.locator("a[aria-describedby]").first.hover()
    assert page.locator("[role=tooltip]").first.is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("has_script", [True, False])
def test_the_anchor_of_a_figure_that_went_elsewhere(
    browser: Browser,  # noqa: F811
    address: str,
    has_script: bool,  # noqa: FBT001
) -> None:
    context = browser.new_context(java_script_enabled=has_script)
    page = context.new_page()
    page.goto(f"{address}sessions/tide-2024/opening.html")
    note = page.locator(".rp-moved")
    assert not note.is_visible()
    page.goto(f"{address}sessions/tide-2024/opening.html#stat-fish")
    if has_script:
        page.wait_for_url("**/sessions/tide-2024/nets.html#stat-fish")
        page.go_back()
        page.wait_for_url("**/opening.html")
    else:
        assert note.is_visible()
        assert note.inner_text() == "This is on another page now: 3 fish"
        note.locator("a").click()
        page.wait_for_url("**/sessions/tide-2024/nets.html#stat-fish")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("anchor", "leads"),
    [
        ("", "tide-2024/nets.html"),
        ("#report", "tide-2024/nets.html#report"),
        ("#stat-fish", "tide-2024/nets.html#stat-fish"),
        ("#stat-knots", "tide-2025/opening.html#stat-ties"),
        ("#constructor", "tide-2024/nets.html#constructor"),
    ],
)
def test_a_redirect_keeps_what_the_anchor_meant(page: Page, address: str, anchor: str, leads: str) -> None:
    page.goto(f"{address}sessions/tide-2024/netting.html{anchor}")
    page.wait_for_url(f"{address}sessions/{leads}")


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 500, 1200])
def test_without_a_script_the_card_is_inside_the_window_and_below_its_link(
    browser: Browser,  # noqa: F811
    address: str,
    width: int,
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(f"{address}crowded.html")
    links = page.locator("a[aria-describedby]")
    for index in range(links.count()):
        link, card = links.nth(index), page.locator("[role=tooltip]").nth(index)
        link.hover()
        box, at = card.bounding_box(), link.bounding_box()
        assert box is not None
        assert at is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        # The pointer comes from the link to the card without leaving both.
        assert at["y"] < box["y"] <= at["y"] + at["height"] + 12
        card.hover()
        assert card.is_visible()
        page.mouse.move(1, 1)
    context.close()


@pytest.mark.browser
def test_the_card_follows_where_the_keyboard_scrolls_to(page: Page) -> None:
    page.goto(page.url.replace("uses.html", "long.html"))
    page.locator("a[aria-describedby]").first.focus()
    page.keyboard.press("Tab")
    page.wait_for_function("window.scrollY > 100")
    # Scrolling on moves what has the focus, too.
    page.mouse.wheel(0, -60)
    page.wait_for_timeout(100)
    link, card = page.locator("a[aria-describedby]").last, page.locator("[role=tooltip]").last
    at, box = link.bounding_box(), card.bounding_box()
    assert card.is_visible()
    assert at is not None
    assert box is not None
    below, above = abs(box["y"] - at["y"] - at["height"]), abs(box["y"] + box["height"] - at["y"])
    assert min(below, above) < 4


@pytest.mark.browser
def test_the_card_closes_when_what_has_the_focus_leaves_the_window(page: Page) -> None:
    page.goto(page.url.replace("uses.html", "long.html"))
    page.locator("a[aria-describedby]").first.focus()
    assert page.locator("[role=tooltip]").first.is_visible()
    page.evaluate("window.scrollTo(0, 4000)")
    page.wait_for_timeout(100)
    assert not page.locator("[role=tooltip]").first.is_visible()


@pytest.mark.browser
def test_the_card_is_on_the_screen_of_a_phone(browser: Browser, address: str) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{address}uses.html")
    links = page.locator("a[aria-describedby]")
    for index in range(links.count()):
        links.nth(index).focus()
        box = page.locator("[role=tooltip]").nth(index).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    context.close()
