"""Every planned page is made, and says what its record says."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pydantic import BaseModel

from sites import DATA, Page
from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.pages.plan import make_plan
from sphinx_rapporteur.records import grouped
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.model import KINDS, Part, Session
from sphinx_rapporteur.records.read import read_folder
from sphinx_rapporteur.render.describe import grouped as describe_grouped
from sphinx_rapporteur.render.thumbnails import thumbnail_names

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeSite
    from sites import Built, Site

INTERNAL = {"id", "event", "aliases", "withheld", "extra"}
"""Fields that no reader of a page is told as such."""


def catalog_of(folder: Path) -> Catalog:
    def refuse(finding: Any) -> None:
        raise AssertionError(f"{finding.place}: {finding.text()}")

    return build_catalog(read_folder(folder, report=refuse), locale="en", report=refuse)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(DATA)


# --- the small data is rich


def parts_of(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from parts_of(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)


def every_model() -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    todo: list[type[BaseModel]] = [Part]
    while todo:
        for model in todo.pop().__subclasses__():
            if model not in found:
                found.add(model)
                todo.append(model)
    return found


def test_every_field_of_the_format_is_used() -> None:
    used: dict[type, set[str]] = {}
    for loaded in read_folder(DATA, report=lambda _finding: None):
        for part in parts_of(loaded.record):
            used.setdefault(type(part), set()).update(part.model_fields_set)
    unused = {
        f"{model.__name__}.{name}"
        for model in every_model()
        if model.__module__.startswith("sphinx_rapporteur.records.model") and model.__name__ != "Record"
        for name in model.model_fields
        if name not in used.get(model, set()) and name != "extra"
    }
    withheld_of_other_kinds = {"Event.withheld", "Organization.withheld", "Indicator.withheld"}
    assert unused <= withheld_of_other_kinds
    assert any(part.extra for record in read_folder(DATA, report=print) for part in parts_of(record.record))  # type: ignore[attr-defined]


def test_every_kind_of_file_is_used() -> None:
    suffixes = {
        (path.parts[-2] if path.parent.parent != DATA else path.parent.name, path.suffix)
        for path in DATA.rglob("*")
    }
    assert {suffix for _folder, suffix in suffixes} >= {".yaml", ".json", ".toml"}
    assert {path.name for path in DATA.iterdir()} >= set(KINDS)


# --- every page of the plan


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_there_is_a_page_for_each_record_and_index(
    builder: str, catalog: Catalog, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(builder)
    assert built.output == ""
    plan = make_plan(catalog, Settings())
    records = (catalog.events, catalog.sessions, catalog.people, catalog.organizations, catalog.indicators)
    assert len(plan.homes) == sum(map(len, records)) > 15
    for docname in plan.pages:
        name = f"{docname}.html"
        if builder == "dirhtml":
            name = f"{docname.removesuffix('index').rstrip('/')}/index.html"
        assert built.page(name).text(), name


def test_a_page_has_one_heading_and_every_id_once(html: Built) -> None:
    for name, page in html.pages.items():
        assert len(set(page.ids)) == len(page.ids), name
        if name not in {"search.html", "genindex.html"} and not is_redirect(page):
            assert len(list(page.main().iter("h1"))) == 1, name


def is_redirect(page: Page) -> bool:
    """A page at a former address has no content of its own."""
    return 'name="robots"' in page.html or "http-equiv" in page.html or "rapporteur-redirect" in page.html


def test_every_link_of_the_site_leads_somewhere(html: Built) -> None:
    for name, page in html.pages.items():
        if is_redirect(page):
            continue
        for link in page.links():
            if "://" in link:
                continue
            target, _, fragment = link.partition("#")
            path = (html.out / name).parent / target if target else html.out / name
            file = path.resolve().relative_to(html.out.resolve()).as_posix()
            assert file in html.pages, f"{name} links to {link}"
            assert not fragment or fragment in html.pages[file].ids, f"{name} links to {link}"


# --- the facts of a rich session

FACTS: dict[str, tuple[str, ...]] = {
    "title": ("Opening: who counts the ships?",),
    "subtitle": ("An hour in the hall",),
    "alt_titles": ("Opening plenary", "Counting ships"),
    "number": ("PL1",),
    "type": ("plenary",),
    "format": ("panel",),
    "track": ("Clean water",),
    "room": ("Great Hall",),
    "tags": ("Ship traffic", "Clean water"),
    "language": ("English",),
    "url": ("https://harbour.example/2024/opening",),
    "start": ("Monday, May 6, 2024", "10:00", "9:00"),
    "end": ("11:30", "10:30"),
    "time_source": ("as printed by Harbour Bulletin", "1 hour ahead"),
    "other_times": ("as printed by printed programme", "10:05"),
    "sdgs": ("SDG 14.1", "SDG 8"),
    "people": (
        *("Ada Lindqvist", "Ms Ada Lindqvist", "Head of Counting, Tidewatch", "Treasurer, Lighthouse Club"),
        *("Tide Watch", "Lindqvist A.", "Sweden", "civil society", "Joined late."),
        *("Bo Carstensen", "Institute of Harbours", "Name withheld", "Dock worker"),
        *("Emil Forsberg", "provisional", "Queen Margrethe", "cited", "Nguyễn Chi", "absent"),
        *("Chair", "Speaker", "Panellist", "Rapporteur"),
    ),
    "organizations": ("Northern Port Authority (observer)", "Coast Guard (on call)"),
    "summary": ("Ships were counted, and the sum surprised the hall.",),
    "report": (
        "What was discussed",
        "Ada Lindqvist opened with 4,321 ships and Bo Carstensen replied.",
        "A closer look",
        "another, see the programme",
        "What comes next",
        "They meet again in The return of the ships.",
    ),
    "statistics": (
        *(
            "exactly 4,321 ships",
            "ships that called at the port",
            "verified",
            "Ships counted",
            "Counted twice.",
        ),
        *("2023", "the Sound", "Register of calls", "January 2024", "00:12:31"),
        *(
            "4,000–4,200 ships",
            "ships, as the papers had it",
            "disputed",
            "Disagrees with",
            "the local paper",
        ),
        *("2024-01-01", "four thousand odd"),
        *("about 12.5%", "ships that were late", "of 4,321 ships"),
        *("3.9 billion people", "sailors on board"),
        *("1 in 3", "ships with a pilot", "of all ships", "2/3", "ships with a tug"),
        *("more than 120%", "growth of calls", "suspect", "not known"),
        *("by flag", "Danish", "4,000", "Swedish", "300", "other", "21", "These are all parts."),
    ),
    "quotes": (
        "Regnen kommer",
        "The rain is coming",
        "Evening paper",
        "01:02:03",
        "The sea keeps no minutes",
    ),
    "outcomes": (
        *("Commitment", "Count again next year.", "by Tidewatch", "due May 2025", "under way"),
        *("Takeaway", "Listen to the harbour.", "follows Count again next year."),
    ),
    "resources": ("Manual of counting", "guide", "Danish"),
    "recordings": ("video", "1:28:00"),
    "report_by": ("Nguyễn Chi, Northern Port Authority", "Frida Holm"),
    "report_status": ("final",),
    "report_method": ("by people",),
    "report_note": ("Written from the recording, since nobody took notes.",),
    "published": ("May 10, 2024",),
    "corrections": ("May 20, 2024", "The number of tugs was wrong."),
    "sources": ("Our notes",),
    "related": ("The return of the ships",),
}
LINKS = (
    "https://harbour.example/2024/programme",
    "https://register.example/calls",
    "https://tidewatch.example/manual",
    "https://video.example/opening",
    "../harbour-2025/return.html",
    "../../organizations/tidewatch.html",
    "../../topics/index.html#topic-ship-traffic",
    "../../sdgs/index.html#sdg-14-1",
    "#stat-ships",
)
WITHHELD = (
    *("Ingeborg", "Skjult", "Viktor", "Vidne", "hidden-guest", "nameless-witness"),
    *("Closed door", "closed-door", "987654", "987,654", "leaked", "video.example/secret"),
)


def test_the_facts_cover_the_format() -> None:
    assert FACTS.keys() == Session.model_fields.keys() - INTERNAL


@pytest.mark.parametrize("field", FACTS)
def test_a_rich_session_shows_each_fact(html: Built, field: str) -> None:
    text = html.page("sessions/harbour-2024/opening.html").text()
    assert [fact for fact in FACTS[field] if fact not in text] == []


def test_a_rich_session_leads_to_what_it_names(html: Built) -> None:
    page = html.page("sessions/harbour-2024/opening.html")
    assert [link for link in LINKS if link not in page.links()] == []
    assert {a.get("lang") for a in page.tree.iter("blockquote")} == {"da", None}
    pictures = {img.get("src"): img.get("alt") for img in page.main().iter("img")}
    assert "Ada Lindqvist on a pier" in pictures.values()
    assert "A chart of the bay" in pictures.values()
    for src in pictures:
        assert (html.out / "sessions/harbour-2024" / src).is_file()


def test_two_pictures_of_one_name_are_not_mixed_up(html: Built) -> None:
    for person, folder in (("Ada Lindqvist on a pier", "ada"), ("Portrait of Bo Carstensen", "bo")):
        images = [
            img for page in html.pages.values() for img in page.tree.iter("img") if img.get("alt") == person
        ]
        assert images
        for img in images:
            name = img.get("src").rpartition("/")[2]
            original = DATA / "pictures" / folder / "portrait.png"
            assert name in thumbnail_names(original)
            shown, drawn = (mean_colour(file) for file in (html.out / "_images" / name, original))
            assert all(abs(one - other) < 12 for one, other in zip(shown, drawn, strict=True))


def mean_colour(file: Path) -> tuple[int, ...]:
    with Image.open(file) as picture:
        pixel = picture.convert("RGB").resize((1, 1)).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return pixel


def test_a_portrait_is_served_small_and_lazily_and_the_original_is_not(html: Built) -> None:
    page = html.page("sessions/harbour-2024/opening.html")
    img = next(img for img in page.main().iter("img") if img.get("alt") == "Ada Lindqvist on a pier")
    assert (img.get("width"), img.get("height"), img.get("loading")) == ("56", "56", "lazy")
    sources = [img.get("src"), *(source.split()[0] for source in img.get("srcset").split(","))]
    assert [source.split()[1] for source in img.get("srcset").split(",")] == ["2x", "3x"]
    files = {(html.out / "sessions/harbour-2024" / source).resolve() for source in sources}
    assert {file.name for file in files} == thumbnail_names(DATA / "pictures/ada/portrait.png")
    assert all(file.is_file() for file in files)
    assert not [
        path for path in html.files() if path.startswith("_images/portrait") and path.endswith(".png")
    ]


def test_what_is_withheld_is_in_no_file_of_the_output(html: Built) -> None:
    for path, content in html.files(except_for=("*.png", "*.webp")).items():
        for word in WITHHELD:
            assert word.encode() not in content, f"{word} is in {path}"
    assert not list(html.out.rglob("hidden*"))


def test_other_pages_show_their_record(html: Built) -> None:
    shown = {
        "events/harbour-2024": (
            "Third Harbour Forum",
            "Open water for everybody",
            "Old Grain Store, Aarhus, Denmark",
            "Europe/Copenhagen",
            "A meeting of ports",
            "City of Aarhus (host)",
            "1,204 visitors",
            "about 1200",
            "Programme chair",
            "CC BY 4.0",
            "10:30 PM–1:15 AM",
            "Day not known",
            "Talk without a date",
        ),
        "people/ada-lindqvist": (
            "A. E. Lindqvist",
            "Counts ships and gulls.",
            "Her log",
            "0000-0002-1825-0097",
            "Head of Counting, Tidewatch",
            "Director, Northern Port Authority",
            "exactly 4,321 ships",
            "5,000 ships",
            "The sea keeps no minutes",
        ),
        "organizations/harbour-institute": (
            "IoH",
            "Havneinstituttet",
            "university",
            "academia",
            "Denmark",
            "https://ioh.example/",
            "02mhbdp94",
            "Studies harbours.",
            "Bo Carstensen",
            "Night watch",
            "1,204 visitors",
        ),
        "organizations/tidewatch": ("Institute of Harbours", "Ada Lindqvist"),
        "indicators/ships-counted": (
            "calendar",
            "ships",
            "exactly 4,321 ships",
            "4,000–4,200 ships",
            "5,000 ships",
        ),
        "sessions/harbour-2024/night-watch": (
            "Tuesday, May 7, 2024",
            "10:30 PM–1:15 AM",
            "May 8, 2024",
            "70",
        ),
        "sessions/harbour-2024/fish-market": (
            "Wednesday, May 8, 2024",
            "draft",
            "Nobody wrote a number down.",
        ),
        "sessions/harbour-2025/return": ("2:00 PM–3:00 PM", "UTC−02:30", "Next step", "Publish the list."),
        "people/index": ("Ada Lindqvist", "Nguyễn Chi", "Dara Oyelarin"),
        "statistics/index": ("exactly 4,321 ships", "1,204 visitors", "5,000 ships", "70"),
        "topics/index": ("Ship traffic", "Night watch"),
        "sdgs/index": ("14.1", "Fish market"),
    }
    missing = [
        (name, fact)
        for name, facts in shown.items()
        for fact in facts
        if fact not in html.page(f"{name}.html").text()
    ]
    assert missing == []


def test_neighbours_and_descriptions(html: Built) -> None:
    page = html.page("sessions/harbour-2024/night-watch.html")
    related = {link.get("rel"): link.get("href") for link in page.tree.iter("link")}
    assert related["prev"] == "opening.html"
    assert related["next"] == "fish-market.html"
    descriptions = [
        meta.get("content") for meta in page.tree.iter("meta") if meta.get("name") == "description"
    ]
    assert descriptions == ["The boats went out after dark."]
    assert "../../_sources" not in page.html


def test_a_page_by_hand_is_described_by_its_first_words(make_site: MakeSite) -> None:
    site = make_site()
    site.write("docs/tides.md", '# Tides\n\nWhen the "sea" comes\nand goes.\n\nMore.\n')
    said = "---\nmyst:\n  html_meta:\n    description: As said.\n---\n# Moon\n\nWords.\n"
    site.write("docs/moon.md", said)
    built = site.build("html")

    def descriptions(name: str) -> list[str | None]:
        metas = built.page(name).tree.iter("meta")
        return [meta.get("content") for meta in metas if meta.get("name") == "description"]

    assert descriptions("tides.html") == ["When the “sea” comes and goes."]
    assert descriptions("moon.html") == ["As said."]


TRAILS = {
    "sessions/harbour-2024/night-watch": [
        ("../../events/index.html", "Events"),
        ("../../events/harbour-2024.html", "Harbour 2024"),
    ],
    "people/ada-lindqvist": [("index.html", "People")],
    "people/index": [],
}


@pytest.mark.parametrize("name", TRAILS)
def test_a_page_begins_with_links_to_those_above_it(html: Built, name: str) -> None:
    trails = [nav for nav in html.page(f"{name}.html").main().iter("nav") if nav.get("aria-label")]
    links = [[(a.get("href"), a.text) for a in nav.iterfind("ol/li/a")] for nav in trails]
    assert links == [TRAILS[name]] * bool(TRAILS[name])


# --- the founding document

FOUNDING = (
    *("Tuesday, December 6, 2016", "1:00 PM", "2:30 PM", "Digital Watch"),
    *("Mr Ernie Allen", "Chair", "Advisory Board Member, WePROTECT"),
    *("Ms Jacqueline Beauchere", "Chief Online Safety Officer, Microsoft", "Board Member, WePROTECT"),
    *("Mr Thiago Tavares", "national NGO representative", "Brazil"),
    *("Ms Susie Hargreaves", "CEO, Internet Watch Foundation"),
    *("Ms Clara Sommarin", "Child Protection Specialist, Exploitation and Violence"),
    *("70 countries", "20 companies", "68,000 web pages", "30 million people", "17 countries"),
    *("more than 100%", "more than 80%", "more than 60%"),
    *("Latin America 5", "Middle East 2", "Eastern Europe 3", "Asia 3", "Africa 4"),
    "SDG 16.2",
    *("space of opportunity as well as exploitation", "a major international crime of scale"),
    "demonstrating multistakeholderism for a larger global good",
    "Mohit Saraswat, Internet Society UAE",
)
QUOTED = {
    "opportunity-and-exploitation": "Ernie Allen",
    "crime-of-scale": "David Cameron",
    "larger-global-good": "Clara Sommarin",
}


def test_the_founding_document_is_on_its_page_among_all_sessions(real: Built) -> None:
    page = real.page("sessions/igf-2016/ws27.html")
    text = page.text()
    assert [fact for fact in FOUNDING if fact.casefold() not in text.casefold()] == []
    for quote, person in QUOTED.items():
        figure = page.by_id(f"quote-{quote}")
        assert person in page.text(next(figure.iter("figcaption")))
    for person in (
        "ernie-allen",
        "jacqueline-beauchere",
        "thiago-tavares",
        "susie-hargreaves",
        "clara-sommarin",
        "mohit-saraswat",
    ):
        assert f"../../people/{person}.html" in page.links(), person
    sessions = [
        name
        for name in real.pages
        if name.startswith("sessions/igf-2016/") and not is_redirect(real.pages[name])
    ]
    assert len(sessions) == 53
    assert real.code == 0
    assert {warning.subtype for warning in real.warnings} <= {"rapporteur.look-alike"}


# --- charts and disputes

SVG = "{http://www.w3.org/2000/svg}"


def test_a_breakdown_is_a_chart_beside_its_table(html: Built) -> None:
    page = html.page("sessions/harbour-2024/opening.html")
    drawing = next(page.main().iter(SVG + "svg"))
    assert [node.text for node in drawing.iter(SVG + "text")] == [
        "Danish",
        "4,000",
        "Swedish",
        "300",
        "other",
        "21",
    ]
    block = next(node for node in page.main().iter("div") if "rp-charted" in (node.get("class") or ""))
    assert [child.tag.rpartition("}")[2] for child in block] == ["svg", "div"]
    assert "Swedish 300" in page.text(next(block.iter("table")))


def test_the_programme_shows_what_is_unknown(html: Built) -> None:
    page = html.page("events/harbour-2024.html")
    rows = [page.text(row) for row in page.main().iter("tr")]
    assert sum(row.startswith("Not known") for row in rows) > 1
    unknown = [node for node in page.main().iter(SVG + "rect") if node.get("class") == "rp-unknown"]
    assert len(unknown) == sum(row.startswith("Not known") for row in rows)


def test_an_indicator_has_its_disputes_side_by_side_and_a_chart(html: Built) -> None:
    page = html.page("indicators/ships-counted.html")
    cards = [page.text(node) for node in page.main().iter("article")]
    assert [card.split()[0] for card in cards] == ["exactly", "4,000–4,200"]
    assert "Ada Lindqvist" in cards[0]
    assert "the local paper" in cards[1]
    assert [node.text for node in page.main().iter(SVG + "title")] == ["Figures that were stated (ships)"]
    assert "Where sources disagree" in html.page("statistics/index.html").text()


def heads_of(page: Page) -> list[str]:
    """Return the heads of all columns of a page."""
    return [page.text(cell).strip() for cell in page.main().iter("th") if cell.get("scope") == "col"]


def test_a_page_does_not_say_in_each_line_whose_it_is(html: Built) -> None:
    heads = heads_of(html.page("people/ada-lindqvist.html"))
    assert "What is counted" in heads
    assert "Said by" not in heads
    ships = html.page("indicators/ships-counted.html")
    assert "Said by" in heads_of(ships)
    assert "Indicator:" not in ships.text()
    assert "Indicator:" in html.page("people/ada-lindqvist.html").text()


def test_a_column_of_which_nothing_is_known_is_left_out(html: Built) -> None:
    assert "Room" in heads_of(html.page("events/harbour-2024.html"))
    assert "Room" not in heads_of(html.page("events/harbour-2025.html"))
    assert "Type" in heads_of(html.page("events/harbour-2025.html"))


def test_a_list_that_is_cut_says_so_and_leads_to_all(make_site: Callable[..., Site]) -> None:
    site = make_site()
    kinds = {
        "people": "people",
        "sessions": "sessions",
        "statistics": "statistics",
        "quotes": "",
        "outcomes": "",
    }
    cut = [f"```{{forum:{name}}}\n:limit: 1\n```" for name in kinds]
    site.write("docs/cut.md", "---\norphan: true\n---\n# Cut\n\n" + "\n\n".join(cut))
    page = site.build().page("cut.html")
    lines = [page.text(node) for node in page.main().iter("p") if "not shown" in page.text(node)]
    assert not [line for line in lines if line.startswith("1 more are")]
    ends = [line.rpartition("shown.")[2].strip() for line in lines]
    assert ends[:3] == ["All people", "All sessions", "All figures"]
    assert not any(ends[3:])
    leads = [f"{folder}/index.html" for folder in kinds.values() if folder]
    assert set(leads) <= set(page.links())


# --- the schedule


def test_a_day_has_a_page_with_its_grid(html: Built) -> None:
    page = html.page("events/harbour-2024/2024-05-06.html")
    grid = next(node for node in page.main().iter("table") if "rp-grid" in (node.get("class") or ""))
    assert page.text(next(grid.iter("thead"))) == "Time Great Hall"
    # The bulletin's clock is an hour ahead: 10:00 was 9:00.
    slot = page.by_id("at-opening")
    assert slot.get("rowspan") == "3"
    assert (grid.get("data-start"), grid.get("data-step")) == ("2024-05-06T09:00+02:00", "30")
    assert page.text(slot).startswith("9:00 AM–10:30 AM† Opening: who counts the ships?")
    assert "Clean water" in page.text(slot)
    colours = [node.get("color") for node in page.main().iter(SVG + "svg")]
    assert colours == ["#0a6", "#0a6"]
    assert "Harbour Bulletin prints times 1 hour later" in page.text()
    assert "../../_static/rapporteur-schedule.js" in page.html
    assert 'hidden class="rp-switch"' in page.html


def test_a_session_leads_to_its_place_in_the_schedule(html: Built) -> None:
    session = html.page("sessions/harbour-2024/opening.html")
    assert "../../events/harbour-2024/2024-05-06.html#at-opening" in session.links()
    assert "rapporteur-schedule.js" not in session.html
    event = html.page("events/harbour-2024.html")
    days = [link for link in event.links() if link.startswith("harbour-2024/2024-")]
    assert days == sorted(days)
    assert "harbour-2024/2024-05-06.html" in days


def test_days_of_an_event_lead_to_each_other(html: Built) -> None:
    days = sorted(path for path in html.pages if path.startswith("events/harbour-2024/"))
    assert len(days) > 1
    for day in days:
        links = html.page(day).links()
        assert set(links) >= {other.rpartition("/")[2] for other in days if other != day}


def test_every_cell_of_a_grid_is_covered_once(real: Built) -> None:
    grids = [
        (path, node)
        for path, page in real.pages.items()
        for node in page.main().iter("table")
        if "rp-grid" in (node.get("class") or "")
    ]
    assert len(grids) == 5
    for path, grid in grids:
        width = sum(int(cell.get("colspan", 1)) for cell in next(grid.iter("thead")).iter("th"))
        rows = list(next(grid.iter("tbody")))
        covered = [0] * len(rows)
        for number, row in enumerate(rows):
            assert len(row), f"row {number} of {path} has no cells"
            for cell in row:
                for below in range(int(cell.get("rowspan", 1))):
                    covered[number + below] += 1
        assert covered == [width] * len(rows), path


# --- indexes


def test_indexes_say_how_many_of_how_many(html: Built) -> None:
    types = html.page("sessions/by-type.html").text()
    assert "Excursion 1 of 6 sessions Night watch" in types
    assert "Sweden 1 of" in html.page("people/by-country.html").text()
    goals = html.page("sdgs/index.html")
    assert "Goal 14: Life Below Water" in goals.text()
    target = goals.text(goals.by_id("sdg-14-1"))
    assert "By 2025, prevent and significantly reduce marine pollution of all kinds" in target
    assert "1 of 6 sessions Opening: who counts the ships?" in target
    assert "../sessions/by-type.html" not in html.page("sessions/index.html").links()
    assert "by-type.html" in html.page("sessions/index.html").links()
    assert "by-country.html" in html.page("people/index.html").links()


def test_a_long_index_is_split_and_leads_to_everything(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make_site("whole").build()
    for name in ("_PEOPLE", "_ORGANIZATIONS", "_SESSIONS", "_FIGURES"):
        monkeypatch.setattr(grouped, name, 1)
    monkeypatch.setattr(describe_grouped, "_FEW", 0)
    split = make_site("split").build()
    assert split.output == ""
    for index, prefixes in {
        "people/index.html": ("../people/",),
        "organizations/index.html": ("../organizations/",),
        "topics/index.html": ("../sessions/",),
        "sdgs/index.html": ("../sessions/",),
        "statistics/index.html": ("../sessions/", "../events/"),
        "sessions/by-type.html": ("../sessions/",),
    }.items():
        before, after = leads_to(whole, index), reached(split, index)
        wanted = {
            page for page in before if page.startswith(tuple(one.removeprefix("../") for one in prefixes))
        }
        assert wanted
        assert wanted - after == set(), index
    # Topics and goals are still where references lead.
    assert "topic-ship-traffic" in split.page("topics/index.html").ids
    assert "sdg-14-1" in split.page("sdgs/index.html").ids
    assert split.page("people/letter/l.html").heading() == "People: L¶"
    assert {"tag", "goal", "letter", "of"} <= {path.split("/")[1] for path in split.pages if "/" in path}


def leads_to(built: Built, path: str) -> set[str]:
    """Return the pages that the content of a page leads to."""
    page = built.page(path)
    links = (posixpath.join(posixpath.dirname(path), link.partition("#")[0]) for link in page.links())
    return {posixpath.normpath(link) for link in links if "//" not in link}


def reached(built: Built, index: str) -> set[str]:
    """Return what an index leads to by way of the pages of its groups."""
    found = leads_to(built, index)
    folder = posixpath.dirname(index) + "/"
    for _round in range(2):
        parts = {page for page in found if page.startswith(folder) and "/" in page.removeprefix(folder)}
        parts = {page for page in parts if page in built.pages and not page.startswith("sessions/harbour")}
        found |= {page for part in parts for page in leads_to(built, part)}
    return found


def test_a_person_has_a_photo_and_others_of_the_organisation(html: Built) -> None:
    page = html.page("people/ada-lindqvist.html")
    (portrait,) = (one for one in page.tree.iter("figure") if "rp-person-photo" in (one.get("class") or ""))
    (photo,) = portrait.iter("img")
    assert (photo.get("width"), photo.get("alt")) == ("112", "Ada Lindqvist on a pier")
    assert (html.out / "people" / str(photo.get("src"))).resolve().is_file()
    assert "More from" in page.text()
