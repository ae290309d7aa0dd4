"""Roles show the thing: every kind, its attributes, short names, and what is said of what is not there."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from tide import OBJECTS, OPENING, RECORDS, SHIPS, tide_site

from sites import Built, Page
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.records.read import read_folder
from sphinx_rapporteur.render.attributes import HELP, attributes_of, hover_card

CITED = "“Who counts the ships?” (PL1). Third Tide Forum, Aarhus, May 6, 2024. Report by Bo Carstensen."
ATTRIBUTES = {
    "event": {
        "name": "Third Tide Forum",
        "short": "Tide 2024",
        "dates": "May 6, 2024 – May 8, 2024",
        "place": "Aarhus, Denmark",
        "theme": "Water for everybody",
    },
    "session": {
        "title": "Who counts the ships?",
        "short": "PL1",
        "type": "plenary",
        "day": "Monday, May 6, 2024",
        "time": "10:00 AM–11:30 AM",
        "room": "Great Hall",
        "event": "Tide 2024",
        "who": "Ada Lind and 2 more",
        "cite": CITED,
    },
    "person": {
        "name": "Ada Lind",
        "short": "Lind",
        "country": "Sweden",
        "affiliation": "Director, Board of Docks",
        "seen": "The ships return, May 6, 2025",
    },
    "org": {"name": "Board of Docks", "short": "BoD", "country": "Denmark"},
    "indicator": {"name": "Ships that called", "unit": "ships"},
    "stat": {
        "figure": "4,321 ships",
        "short": "4,321",
        "qualified": "more than 4,321 ships",
        "label": "ships that called",
        "unit": "ships",
        "indicator": "Ships that called",
        "speaker": "Ada Lind",
        "period": "2023",
        "source": "Register of calls",
        "status": "verified",
        "where": "Who counts the ships?",
        "day": "Monday, May 6, 2024",
        "full": "more than 4,321 ships (Ada Lind, 2023)",
        "cite": f"more than 4,321 ships (ships that called, 2023), stated by Ada Lind, in: {CITED} "
        "Source: Register of calls.",
    },
    "quote": {"text": "The sea keeps no minutes", "speaker": "Ada Lind", "where": "Who counts the ships?"},
    "outcome": {"text": "Count again next year.", "short": "commitment", "where": "Who counts the ships?"},
    "topic": {"name": "Ship traffic"},
    "sdg": {"name": "SDG 14.1"},
}
USUAL = {
    "event": "short",
    "session": "title",
    "person": "name",
    "org": "name",
    "indicator": "name",
    "stat": "figure",
    "quote": "text",
    "outcome": "text",
    "topic": "name",
    "sdg": "name",
}
"""The attribute that a reference shows unless another is asked for."""
OTHERS = {
    # A role and its text: what is shown.
    ("session", "nets"): "Nets and knots",
    ("stat", "gulls"): "12",
    ("stat", "opening/gulls"): "12",
    ("stat", "~gulls"): "12",
    ("session", "~tide-2024/nets"): "WS2",
    ("session", "~tide-2025/opening"): "The ships return",
    ("org", "~dock-board"): "BoD",
    ("person", "~bo-carstensen"): "Carstensen",
    ("person", "ada-lind@tide-2024/opening"): "Ada Lind (Head of Counting, Board of Docks)",
    ("person", "ada-lind@tide-2025/opening"): "Ada Lind (Director, Board of Docks)",
    ("person", "bo-carstensen@nets"): "Bo Carstensen (Knotter, Net Guild)",
    ("person", "cy-witness@tide-2024/opening"): "Cy Witness (Docker, Union)",
    ("cite", "tide-2024/opening"): CITED,
    ("cite", "nets"): "“Nets and knots” (WS2). Third Tide Forum, Aarhus, May 7, 2024.",
    ("cite", SHIPS): ATTRIBUTES["stat"]["cite"],
    ("stat", f"so many *ships* <{SHIPS}>"): "so many *ships*",
    ("stat", "so many <gulls>"): "so many",
    ("stat", f"so many <{SHIPS}:full>"): "so many",
    ("session", "the talk <~tide-2024/nets>"): "the talk",
    ("topic", "Ship traffic"): "Ship traffic",
    ("person", "bob"): "Bo Carstensen",
    ("stat", "third-tide/opening/ships"): "4,321 ships",
    # The former short name of its session.
    ("stat", "first-hour/ships"): "4,321 ships",
    ("stat", "first-hour/gulls"): "12",
    ("quote", "~tide-2024/opening/sea:speaker"): "Ada Lind",
    ("stat", f"~{SHIPS}:qualified"): "more than 4,321 ships",
    ("person", "~bo-carstensen@nets"): "Bo Carstensen (Knotter, Net Guild)",
}
WRONG = {
    # A role and its text: what is shown, and what the warning says.
    ("stat", "ships"): ("ships", f"'ships' is the short name of more than one figure; write one of: {SHIPS}, tide-2025/opening/ships"),
    ("session", "opening"): ("opening", "'opening' is the short name of more than one session; write one of: tide-2024/opening, tide-2025/opening"),
    ("session", "tide-2024/opning"): ("tide-2024/opning", "no session is called 'tide-2024/opning'; did you mean 'tide-2024/opening'?"),
    ("person", "nobody-at-all"): ("nobody-at-all", "no person is called 'nobody-at-all'"),
    ("org", "ada-lind"): ("ada-lind", "no organisation is called 'ada-lind'"),
    ("cite", "ada-lind"): ("ada-lind", "no session is called 'ada-lind'"),
    ("stat", f"{SHIPS}:ful"): ("4,321 ships", f"the figure {SHIPS} has no attribute 'ful'; it has: figure, short, qualified, label, unit, indicator, speaker, period, source, status, where, day, full, cite"),
    ("stat", "gulls:period"): ("12", "the figure tide-2024/opening/gulls has no attribute 'period'; it has: "),
    ("person", "ada-lind@tide-2024/nets"): ("Ada Lind", "no record says what the person ada-lind was at the session 'tide-2024/nets'; it is known of: tide-2024/opening, "),
    ("person", "ada-lind@opening"): ("Ada Lind", "'opening' is the short name of more than one session; write one of: tide-2024/opening, tide-2025/opening"),
    ("person", "ada-lind@openin"): ("Ada Lind", "no session is called 'openin'; did you mean 'tide-2024/opening'?"),
    ("person", "ada-lind@tide-2024/net"): ("Ada Lind", "no session is called 'tide-2024/net'; did you mean 'tide-2024/nets'?"),
    ("person", "ada-lind@nowhere"): ("Ada Lind", "no session is called 'nowhere'"),
    ("person", "ada-lind@closed"): ("Ada Lind", "the session that is named here is withheld"),
    ("topic", "~ship-traffic"): ("Ship traffic", "the topic ship-traffic has no attribute 'short'; it has: name"),
    ("person", "gone-guest"): ("withheld", "the person that is named here is withheld"),
    ("person", "Gone Guest <gone-guest>"): ("withheld", "the person that is named here is withheld"),
    ("person", "former-guest"): ("withheld", "the person that is named here is withheld"),
    ("session", "tide-2024/closed"): ("withheld", "the session that is named here is withheld"),
    ("stat", "tide-2024/closed/secret"): ("withheld", "the figure that is named here is withheld"),
    ("cite", "tide-2024/closed"): ("withheld", "the session that is named here is withheld"),
}  # fmt: skip
GONE = {
    "data/people/gone-guest.yaml": "name: Someone Else\nwithheld: true\naliases: [former-guest]\n",
    "data/sessions/tide-2024/closed.yaml": (
        "title: Behind closed doors\nwithheld: true\nstart: 2024-05-07T12:00\nend: 2024-05-07T13:00\n"
        "statistics:\n  - {id: secret, label: secrets told, value: 987}\n"
    ),
}
ASKED = {
    **{
        (kind, f"{OBJECTS[kind]}:{name}"): text
        for kind, shown in ATTRIBUTES.items()
        for name, text in shown.items()
    },
    **{(kind, name): ATTRIBUTES[kind][USUAL[kind]] for kind, name in OBJECTS.items()},
    **{(kind, f"~{OBJECTS[kind]}"): shown["short"] for kind, shown in ATTRIBUTES.items() if "short" in shown},
    **OTHERS,
}


def markdown(asked: Iterable[tuple[str, str]]) -> str:
    return "".join(f"* {{forum:{role}}}`{text}`\n" for role, text in asked)


def texts(page: Page) -> list[str]:
    """Return what each item of the page's list shows, without the cards."""
    found = []
    for item in next(
        node for node in page.main().iter("ul") if not (node.get("class") or "").startswith("rp-")
    ).iter("li"):
        for card in [node for node in item.iter() if node.get("role") == "tooltip"]:
            card.clear()
        found.append(page.text(item))
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = tide_site(tmp_path_factory.mktemp("roles"))
    for path, text in GONE.items():
        site.write(path, text)
    site.replace("data/people/bo-carstensen.yaml", "sort_name:", "aliases: [bob]\nsort_name:")
    site.replace("data/events/tide-2024.yaml", "theme:", "aliases: [third-tide]\ntheme:")
    site.replace(OPENING, "number: PL1", "number: PL1\naliases: [first-hour]")
    site.write("docs/asked.md", "---\norphan: true\n---\n# Asked\n\n" + markdown(ASKED))
    rest = "".join(f"* :forum:{role}:`{text}`\n" for role, text in ASKED)
    site.write("docs/rest.rst", f":orphan:\n\nAsked\n=====\n\n{rest}")
    site.write("docs/wrong.md", "---\norphan: true\n---\n# Wrong\n\n" + markdown(WRONG))
    # The same inside a record's text; names are looked up in its own event first.
    note = markdown([*ASKED, *WRONG])
    indented = "".join(f"  {line}\n" for line in note.splitlines())
    site.replace("data/sessions/tide-2024/nets.yaml", "report: A hall of one.", f"report: |\n{indented}")
    return site.build()


@pytest.mark.parametrize("page", ["asked", "rest"])
def test_roles_show_what_is_asked_for(built: Built, page: str) -> None:
    assert dict(zip(ASKED, texts(built.page(f"{page}.html")), strict=True)) == ASKED
    assert [one for one in built.warnings if one.file.startswith(f"docs/{page}.")] == []


def test_every_reference_leads_somewhere(built: Built) -> None:
    page = built.page("asked.html")
    assert len([link for link in page.links() if ".html" in link]) == len(ASKED)


def test_what_is_wrong_is_said_where_it_is(built: Built) -> None:
    assert dict(zip(WRONG, texts(built.page("wrong.html")), strict=True)) == {
        asked: shown for asked, (shown, _words) in WRONG.items()
    }
    found = [
        one for one in built.warnings if one.file == "docs/wrong.md" and one.subtype.startswith("rapporteur.")
    ]
    assert len(found) == len(WRONG)
    for line, (_shown, words) in enumerate(WRONG.values(), 6):
        (one,) = [one for one in found if one.line == line]
        assert words in one.message
        assert one.subtype == ("rapporteur.withheld" if words.endswith("withheld") else "rapporteur.role")


NEAR = {
    # In a text of their event these are no longer more than one.
    ("stat", "ships"): "4,321 ships",
    ("session", "opening"): "Who counts the ships?",
    ("person", "ada-lind@opening"): "Ada Lind (Head of Counting, Board of Docks)",
}


def test_record_texts_show_the_same(built: Built) -> None:
    page = built.page("sessions/tide-2024/nets.html")
    report = next(node for node in page.main().iter("section") if node.get("id") == "report")
    shown = [page.text(item) for item in next(report.iter("ul")).iter("li")]
    expected = ASKED | {asked: shown for asked, (shown, _words) in WRONG.items()} | NEAR
    words = dict(zip([*ASKED, *WRONG], shown, strict=True))
    wrong = {
        asked: (words[asked], text)
        for asked, text in expected.items()
        if words[asked] != text and not words[asked].startswith(text) and "*" not in text
    }
    assert wrong == {}


def test_record_texts_say_the_same(built: Built) -> None:
    file = "data/sessions/tide-2024/nets.yaml"
    found = [one.message for one in built.warnings if one.file == file]
    for asked, (_shown, words) in WRONG.items():
        # In the parts of a finding: the names are in it, and what was probably meant.
        names = re.findall(r"'([^']*)'", words) or [words]
        if asked in NEAR:
            assert not any(f"found {names[0]};" in message for message in found)
        else:
            assert any(all(name in message for name in names) for message in found), (asked, found)
    withheld = {one.subtype for one in built.warnings if one.file == file and "withheld" in one.message}
    assert withheld == {"rapporteur.withheld"}


def test_names_are_looked_up_in_the_own_event_first(built: Built) -> None:
    assert "Once more 5,000 ships." in without_cards(built.page("sessions/tide-2025/opening.html"))
    assert "heard that 4,321 ships had called." in without_cards(
        built.page("sessions/tide-2024/opening.html")
    )


def without_cards(page: Page) -> str:
    for card in [node for node in page.main().iter() if node.get("role") == "tooltip"]:
        words = card.tail
        card.clear()
        card.tail = words
    return page.text()


DIRECTIVES = {
    # A directive with a name of something withheld: how many items it still shows.
    "{forum:sessions}\n:ids: tide-2024/nets, tide-2024/closed": 1,
    "{forum:sessions}\n:ids: nets, closed": 1,
    "{forum:statistics}\n:session: tide-2024/closed": 0,
    "{forum:quotes}\n:person: former-guest": 0,
}


def test_options_say_no_more_of_what_is_withheld(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    for path, text in GONE.items():
        site.write(path, text)
    blocks = "\n\n".join(f"```{directive}\n```" for directive in DIRECTIVES)
    site.write("docs/uses.md", f"---\norphan: true\n---\n# Uses\n\n{blocks}\n")
    built = site.build()
    assert [one.subtype for one in built.warnings] == ["rapporteur.withheld"] * len(DIRECTIVES)
    for one, directive in zip(built.warnings, DIRECTIVES, strict=True):
        name = directive.partition(":")[2].partition("}")[0]
        option = directive.splitlines()[1].split(":")[1]
        kind = "person" if option == "person" else "session"
        assert one.message == f"forum:{name}: option {option!r}: the {kind} that is named here is withheld"
    assert built.page("uses.html").html.count("Nets and knots") == sum(DIRECTIVES.values())


def test_a_withheld_name_is_not_said(built: Built) -> None:
    assert "Someone Else" not in built.output
    assert "closed doors" not in built.output


# --- attributes


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = tmp_path_factory.mktemp("data")
    for path, text in RECORDS.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    found: list[object] = []
    loaded = read_folder(root, report=found.append)
    catalog = build_catalog(loaded, report=found.append)
    assert found == []
    return catalog


def test_every_kind_has_an_example() -> None:
    assert OBJECTS.keys() == ATTRIBUTES.keys() == HELP.keys() == KIND_NAMES.keys()


def test_a_card_says_nothing_twice(catalog: Catalog) -> None:
    for session in catalog.sessions:
        card = hover_card("session", attributes_of(catalog, "session", session))
        assert card is not None
        assert not any(card.title in line for line in card.lines)
    numbered = hover_card("session", attributes_of(catalog, "session", "tide-2024/nets"))
    assert numbered is not None
    assert numbered.lines[0] == "WS2 · workshop"


@pytest.mark.parametrize("kind", HELP)
def test_help_lists_the_attributes_that_there_are(catalog: Catalog, kind: str) -> None:
    attributes = attributes_of(catalog, kind, OBJECTS[kind])
    assert [name for name in attributes if not name.startswith("@")] == list(HELP[kind])
    assert {name: text for name, text in attributes.items() if name in HELP[kind]} == ATTRIBUTES[kind]


def test_the_opening_is_the_first_file() -> None:
    assert OPENING.removeprefix("data/") in RECORDS
