"""Another project shows our objects: served over HTTP, in MyST and reStructuredText, now and after a change."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

import json
import shutil
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from serving import served
from tide import CONF, OPENING, SHIPS, tide_site

from sites import Built, Page, Site, inventory
from sphinx_rapporteur.domain.remote import FILENAME, _checked
from sphinx_rapporteur.render.attributes import HELP

CITATION = "“Who counts the ships?” (PL1). Third Tide Forum, Aarhus, May 6, 2024. Report by Bo Carstensen."
SHOWN = {
    # What is asked for: what is shown, and what is shown without the file of attributes.
    ("stat", SHIPS): ("4,321 ships", "4,321 ships"),
    ("stat", f"{SHIPS}:full"): ("more than 4,321 ships (Ada Lind, 2023)", "4,321 ships"),
    ("stat", f"~{SHIPS}"): ("4,321", "4,321 ships"),
    ("stat", f"so many <{SHIPS}>"): ("so many", "so many"),
    ("session", "tide-2024/opening"): ("Who counts the ships?", "Who counts the ships?"),
    ("session", "~tide-2024/opening"): ("PL1", "Who counts the ships?"),
    ("person", "ada-lind"): ("Ada Lind", "Ada Lind"),
    ("person", "ada-lind@tide-2024/opening"): ("Ada Lind (Head of Counting, Board of Docks)", "Ada Lind"),
    ("cite", "tide-2024/opening"): (CITATION, "Who counts the ships?"),
    ("cite", SHIPS): (f"more than 4,321 ships (ships that called, 2023), stated by Ada Lind, in: {CITATION} Source: Register of calls.", "4,321 ships"),
    ("event", "tide-2024"): ("Tide 2024", "Tide 2024"),
    ("org", "~dock-board"): ("BoD", "Board of Docks"),
    ("indicator", "calls"): ("Ships that called", "Ships that called"),
    ("quote", "tide-2024/opening/sea:speaker"): ("Ada Lind", "The sea keeps no minutes"),
    ("outcome", "~tide-2024/opening/recount"): ("commitment", "Count again next year."),
    ("topic", "ship-traffic"): ("Ship traffic", "Ship traffic"),
    ("sdg", "14.1"): ("SDG 14.1", "SDG 14.1"),
}  # fmt: skip
INDEX = "# Home\n\n```{toctree}\nmarkdown\nunnamed\nrest\nlinks\nanything\nnothing\n```\n"
PAGES = {
    "markdown.md": "# M\n\n" + "".join(f"* {{external+tide:forum:{role}}}`{text}`\n" for role, text in SHOWN),
    "unnamed.md": "# U\n\n" + "".join(f"* {{forum:{role}}}`{text}`\n" for role, text in SHOWN),
    "rest.rst": "R\n=\n\n" + "".join(f"* :external+tide:forum:{role}:`{text}`\n" for role, text in SHOWN),
    "nothing.md": "# Nothing of other projects\n",
}
LINKS = {
    "links.md": f"# L\n\n<inv:tide:forum:stat#{SHIPS}>, <inv:tide:forum:session#tide-2024/opening>.\n",
    "anything.md": f"# A\n\n{{any}}`{SHIPS}`, {{any}}`tide-2024/opening`.\n",
}
"""What needs nothing of ours."""
PLAIN = CONF.replace('"sphinx_rapporteur"', '"myst_parser", "sphinx.ext.intersphinx"')
CONSUMER = CONF.replace('"sphinx_rapporteur"', '"sphinx_rapporteur", "sphinx.ext.intersphinx"')


def mapping(address: str) -> str:
    return f'intersphinx_mapping = {{"tide": ("{address}", None)}}\nintersphinx_cache_limit = 0\n'


def consumer_site(root: Path, address: str) -> Site:
    site = Site(root, data=None, docs=None, conf=f"{CONSUMER}rapporteur_data = None\n{mapping(address)}")
    for name, text in {"index.md": INDEX, **PAGES, **LINKS}.items():
        site.write(f"docs/{name}", text)
    return site


def shown(page: Page) -> list[str]:
    """Return the text of the link in each item of a list."""
    items = [item for item in page.main().iter("li") if "toctree-l1" not in (item.get("class") or "")]
    return [page.text(next(item.iter("a"))) for item in items]


@dataclass
class Published:
    """The first project, its published files, and where they are served."""

    site: Site
    folder: Path
    address: str


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    site = tide_site(tmp_path_factory.mktemp("producer"))
    built = site.build()
    assert built.output == ""
    with served(built.out) as address:
        yield Published(site, built.out, address)


@pytest.fixture(scope="module")
def consumer(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = consumer_site(tmp_path_factory.mktemp("consumer"), published.address).run(
        "html", "-W", "--keep-going"
    )
    assert built.output == ""
    assert built.code == 0
    return built


# --- as things stand


@pytest.mark.parametrize("page", ["markdown", "unnamed", "rest"])
def test_references_show_what_they_ask_for(consumer: Built, page: str) -> None:
    assert shown(consumer.page(f"{page}.html")) == [text for text, _plain in SHOWN.values()]


@pytest.mark.parametrize("page", ["markdown", "unnamed", "rest"])
def test_references_lead_to_the_other_site(consumer: Built, published: Published, page: str) -> None:
    links = [link for link in consumer.page(f"{page}.html").links() if not link.startswith("#")]
    assert len(links) == len(SHOWN)
    for link in links:
        path, _, anchor = link.removeprefix(published.address).partition("#")
        target = Page((published.folder / path).read_text("utf-8"))
        assert not anchor or target.by_id(anchor) is not None


@pytest.mark.parametrize("page", ["markdown", "rest"])
def test_cards_are_the_same_as_at_home(consumer: Built, published: Published, page: str) -> None:
    published.site.write("docs/home.md", "---\norphan: true\n---\n" + PAGES["unnamed.md"])
    try:
        home = cards(published.site.build(out="with-cards").page("home.html"))
    finally:
        (published.site.docs / "home.md").unlink()
    assert len(home) == 10
    assert cards(consumer.page(f"{page}.html")) == home
    assert "Ada Lind · 2023" in home[0]


def cards(page: Page) -> list[list[str]]:
    return [
        [page.text(line) for line in card]
        for card in page.main().iter("span")
        if card.get("role") == "tooltip"
    ]


@pytest.mark.parametrize("page", ["links", "anything"])
def test_links_of_others_show_display_names(consumer: Built, page: str) -> None:
    assert "4,321 ships, Who counts the ships?." in consumer.page(f"{page}.html").text()


@pytest.mark.parametrize("page", ["links", "anything"])
def test_links_of_others_have_the_same_cards(consumer: Built, page: str) -> None:
    figure, session = cards(consumer.page(f"{page}.html"))
    at_home = cards(consumer.page("markdown.html"))
    assert figure == at_home[0]
    assert session == at_home[4]


def test_a_title_keeps_its_form_inside_a_card(published: Published, tmp_path: Path) -> None:
    site = consumer_site(tmp_path / "consumer", published.address)
    link = f"inv:tide:forum:stat#{SHIPS}"
    lines = [f"[so **many**]({link})", f"[so **many**](<{link}>)", f"## Of [so **many**]({link})"]
    site.write("docs/nothing.md", "# N\n\n" + "\n\n".join(lines) + "\n")
    built = site.build()
    assert built.output == ""
    page = built.page("nothing.html")
    described = [node for node in page.main().iter("a") if node.get("aria-describedby")]
    assert [[page.text(bold) for bold in node.iter("strong")] for node in described] == [["many"]] * 3
    assert "rapporteur-hover.css" in page.html


def test_without_the_extension_display_names_are_shown(published: Published, tmp_path: Path) -> None:
    site = Site(tmp_path / "plain", data=None, docs=None, conf=PLAIN + mapping(published.address))
    site.write("docs/index.md", LINKS["links.md"])
    built = site.run()
    assert built.output == ""
    assert "4,321 ships, Who counts the ships?." in built.page("index.html").text()
    assert "rp-hover" not in built.page("index.html").html


def test_without_the_extension_any_finds_objects(published: Published, tmp_path: Path) -> None:
    site = Site(tmp_path / "plain", data=None, docs=None, conf=PLAIN + mapping(published.address))
    site.write("docs/index.md", LINKS["anything.md"])
    built = site.run()
    assert built.output == ""
    assert "4,321 ships, Who counts the ships?." in built.page("index.html").text()


def test_labels_are_in_the_inventory_once_and_only_if_wanted(tmp_path: Path) -> None:
    site = tide_site(tmp_path)

    def labels(built: Built) -> list[str]:
        body = (built.out / "objects.inv").read_bytes().split(b"\n", 4)[4]
        lines = zlib.decompress(body).decode().splitlines()
        return [line for line in lines if line.startswith(f"{SHIPS} std:label ")]

    assert len(labels(site.build())) == 1
    assert len(labels(site.build())) == 1
    assert labels(site.build(fresh=True, rapporteur_inventory_labels=False)) == []


def test_a_label_of_a_page_is_kept(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    site.write("docs/own.md", "---\norphan: true\n---\n(ada-lind)=\n# Own page on Ada\n")
    built = site.build()
    labels = [one for one in inventory(built.out / "objects.inv") if one.type == "std:label"]
    assert [one.uri for one in labels if one.name == "ada-lind"] == ["own.html#ada-lind"]
    assert [one.uri for one in labels if one.name == "bo-carstensen"] == ["people/bo-carstensen.html"]


# --- from files that are not, or not yet, what they should be


def copied(published: Published, folder: Path) -> Path:
    shutil.copytree(published.folder, folder, ignore=shutil.ignore_patterns("*.html", "_*"))
    return folder


def test_without_the_file_beside_the_inventory_display_names_are_shown(
    published: Published, tmp_path: Path
) -> None:
    folder = copied(published, tmp_path / "files")
    (folder / FILENAME).unlink()
    with served(folder) as address:
        built = consumer_site(tmp_path / "consumer", address).build()
    assert built.output == ""
    for page in ("markdown", "unnamed", "rest"):
        assert shown(built.page(f"{page}.html")) == [plain for _text, plain in SHOWN.values()]
        assert cards(built.page(f"{page}.html")) == []


def test_an_inventory_in_a_folder_works_like_one_that_is_served(published: Published, tmp_path: Path) -> None:
    site = consumer_site(tmp_path / "consumer", published.address)
    inventory = published.folder / "objects.inv"
    site.replace("docs/conf.py", ", None)}", f', "{inventory}")}}')
    built = site.build()
    assert built.output == ""
    assert shown(built.page("markdown.html")) == [text for text, _plain in SHOWN.values()]


def test_names_and_attributes_of_nothing_are_reported(published: Published, tmp_path: Path) -> None:
    site = consumer_site(tmp_path / "consumer", published.address)
    lines = [
        f"{{external+tide:forum:stat}}`{SHIPS}x`",
        f"{{external+tide:forum:stat}}`{SHIPS}:fool`",
        "{forum:person}`ada-lind@tide-2024/nets`",
        "{forum:person}`nobody`",
        "{external+tide:forum:session}`opning`",
        "{external:forum:person}`ada-lnd`",
        "{external+tide:forum:stat}`opening/whales`",
        f"{{forum:stat}}`{SHIPS}x`",
    ]
    site.write("docs/nothing.md", "# N\n\n" + "\n\n".join(lines) + "\n")
    built = site.build()
    assert sorted((one.line, one.subtype) for one in built.warnings if one.file == "docs/nothing.md") == [
        (3, "rapporteur.role"),
        (5, "rapporteur.role"),
        (7, "rapporteur.role"),
        (9, "rapporteur.role"),
        (11, "rapporteur.role"),
        (13, "rapporteur.role"),
        (15, "rapporteur.role"),
        (17, "rapporteur.role"),
    ]
    for words in (
        f"no figure is called '{SHIPS}x'; did you mean '{SHIPS}'?",
        f"no figure is called '{SHIPS}x' in the project tide; did you mean '{SHIPS}'?",
        "no session is called 'opning' in the project tide; did you mean 'tide-2024/opening'?",
        "no person is called 'ada-lnd'; did you mean 'ada-lind'?",
        "no figure is called 'opening/whales' in the project tide [",
    ):
        assert built.output.count(words) == 1, words
    assert f"the figure {SHIPS} has no attribute 'fool'; it has: cite, day, figure, full," in built.output
    assert built.page("nothing.html").text().startswith(f"N¶ {SHIPS}x 4,321 ships")


HOSTILE_TEXT = "<script>alert(1)</script>\x00\x1b[31m\u202e\n\r \"' onload=x" + "z" * 5000
MALFORMED: dict[str, Any] = {
    "a list": [],
    "a number": 7,
    "nothing": None,
    "no version": {"objects": {"stat": {SHIPS: {"full": "x"}}}},
    "another version": {"version": 2, "objects": {"stat": {SHIPS: {"full": "x"}}}},
    "objects of a list": {"version": 1, "objects": [1]},
    "a kind of a list": {"version": 1, "objects": {"stat": [SHIPS]}},
    "an unknown kind": {"version": 1, "objects": {"evil": {SHIPS: {"full": "x"}}}},
    "an object of text": {"version": 1, "objects": {"stat": {SHIPS: "full"}}},
    "attributes that are no text": {"version": 1, "objects": {"stat": {SHIPS: {"full": {"a": 1}, "label": 3, "short": None}}}},
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_as_good_as_none(name: str) -> None:
    found, wrong = _checked(json.dumps(MALFORMED[name]).encode())
    assert bool(wrong) == (name != "an unknown kind")
    assert [attributes for shelf in found.values() for attributes in shelf.values() if attributes] == []


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b'{"version": 1e999}', b"<html>404</html>", b"\x00" * 10]
)
def test_what_is_no_json_is_as_good_as_none(data: bytes) -> None:
    found, wrong = _checked(data)
    assert found == {}
    assert bool(wrong) == bool(data)


def test_a_malformed_file_is_said_once_and_all_else_works(published: Published, tmp_path: Path) -> None:
    folder = copied(published, tmp_path / "files")
    content = json.loads((folder / FILENAME).read_text("utf-8"))
    content["objects"]["stat"] = [SHIPS]
    (folder / FILENAME).write_text(json.dumps(content), "utf-8")
    with served(folder) as address:
        built = consumer_site(tmp_path / "consumer", address).build()
    (warning,) = built.warnings
    assert warning.subtype == "rapporteur.remote-file"
    assert warning.message == (
        f"rapporteur.json of tide ({address}) is not as it should be: `stat` is a list, and no object by "
        "name; where it says nothing, references show what the inventory says"
    )
    expected = [
        plain if role == "stat" or asked == SHIPS else text for (role, asked), (text, plain) in SHOWN.items()
    ]
    assert shown(built.page("markdown.html")) == expected


def test_attributes_are_short_lines_without_controls() -> None:
    data = {"version": 1, "objects": {"stat": {SHIPS: {"full": HOSTILE_TEXT}}}}
    text = _checked(json.dumps(data).encode())[0]["stat"][SHIPS]["full"]
    assert len(text) <= 1000
    assert text.startswith("<script>alert(1)</script>\ufffd\ufffd[31m \"' onload=xzz")
    assert text.isprintable()


def test_hostile_files_make_no_markup(published: Published, tmp_path: Path) -> None:
    folder = copied(published, tmp_path / "files")
    poison_attributes(folder / FILENAME)
    poison_inventory(folder / "objects.inv")
    with served(folder) as address:
        built = consumer_site(tmp_path / "consumer", address).build()
    assert {one.subtype for one in built.warnings} <= {"rapporteur.role"}
    for page in ("markdown", "unnamed", "rest", "links", "anything"):
        text = built.page(f"{page}.html")
        assert "<script>alert" not in text.html
        assert "&lt;script&gt;alert" in text.html
        assert not {"\x00", "\x1b"} & set(text.html), page
        assert all(link.startswith(("#", address)) for link in text.links())
        assert not any(name.startswith("on") for node in text.tree.iter() for name in node.attrib)
    for page in ("markdown", "unnamed", "rest"):
        assert "\u202e" not in built.page(f"{page}.html").html
        assert "z" * 1100 not in built.page(f"{page}.html").html


def poison_attributes(file: Path) -> None:
    content = json.loads(file.read_text("utf-8"))
    for shelf in content["objects"].values():
        for attributes in shelf.values():
            for name in attributes:
                attributes[name] = HOSTILE_TEXT
    file.write_text(json.dumps(content), "utf-8")


def poison_inventory(file: Path) -> None:
    head, lines = file.read_bytes().split(b"zlib.\n", 1)
    display = HOSTILE_TEXT.replace("\n", "").replace("\r", "").replace("\x00", "").replace("\x1b", "")
    poisoned = [
        " ".join([*line.split(" ")[:4], display]) if " forum:" in line or " std:label " in line else line
        for line in zlib.decompress(lines).decode().splitlines()
    ]
    file.write_bytes(head + b"zlib.\n" + zlib.compress(("\n".join(poisoned) + "\n").encode()))


@pytest.mark.parametrize(
    "stray", ["//elsewhere.example/x", "/outside.html", "a/../../x.html", "%2e%2e/%2e%2e/x"]
)
def test_an_inventory_leads_nowhere_but_to_its_own_site(
    published: Published, tmp_path: Path, stray: str
) -> None:
    folder = copied(published, tmp_path / "files")
    send_astray(folder / "objects.inv", stray)
    with served(folder) as address:
        built = consumer_site(tmp_path / "consumer", address).build()
    (warning,) = [one for one in built.warnings if one.subtype == "rapporteur.remote"]
    assert f"{SHIPS} (forum:stat) to" in warning.message
    for page in built.pages.values():
        assert all(link.startswith((address, "#")) or "//" not in link for link in page.links()), page.links()
        assert not any("elsewhere" in link or "outside" in link for link in page.links())


def send_astray(file: Path, to: str) -> None:
    head, lines = file.read_bytes().split(b"zlib.\n", 1)
    bent = []
    for line in zlib.decompress(lines).decode().splitlines():
        name, kind, priority, _uri, display = line.split(" ", 4)
        is_meant = kind == "forum:stat" and name == SHIPS
        bent.append(f"{name} {kind} {priority} {to} {display}" if is_meant else line)
    file.write_bytes(head + b"zlib.\n" + zlib.compress(("\n".join(bent) + "\n").encode()))


# --- when the first project changes


def publish_again(producer: Site) -> None:
    """Build the first project anew, in another second: intersphinx counts the age of what it keeps in them."""
    start = int(time.time())
    producer.build()
    while int(time.time()) <= start + 1:
        time.sleep(0.05)


def test_a_changed_figure_is_shown_by_the_next_build(tmp_path: Path) -> None:
    producer = tide_site(tmp_path / "producer")
    folder = producer.build().out
    with served(folder) as address:
        site = consumer_site(tmp_path / "consumer", address)
        site.write("docs/nothing.md", "# Another\n\n{external+tide:forum:person}`bo-carstensen`\n")
        site.build()
        again = site.build()
        assert again.read == again.written == frozenset()
        assert "values of other projects changed" not in again.status
        producer.replace(OPENING, "value: 4,321", "value: 4,444")
        publish_again(producer)
        changed = site.build()
        untouched = site.build()
    assert changed.output == ""
    assert changed.read == {"links"}
    uses = {"links", "anything", "markdown", "unnamed", "rest"}
    # Sphinx writes the parents of what it read.
    assert changed.written == uses | {"index"}
    for page in uses:
        assert "4,444 ships" in changed.page(f"{page}.html").text()
        assert "4,321" not in changed.page(f"{page}.html").html
    assert changed.status.count("these pages show them anew: ") == 1
    assert "these pages show them anew: anything, links, markdown, rest, unnamed\n" in changed.status
    assert untouched.read == untouched.written == frozenset()


def test_a_change_of_an_attribute_alone_is_shown(tmp_path: Path) -> None:
    producer = tide_site(tmp_path / "producer")
    folder = producer.build().out
    with served(folder) as address:
        site = consumer_site(tmp_path / "consumer", address)
        site.build()
        producer.replace(OPENING, "source: {title: Register of calls}", "source: {title: Other register}")
        publish_again(producer)
        changed = site.build()
        clean = site.build(out="clean")
    assert "Other register" in changed.page("rest.html").html
    assert differences(changed, clean) == []


def test_what_the_first_project_took_off_is_said(tmp_path: Path) -> None:
    producer = tide_site(tmp_path / "producer")
    with served(producer.build().out) as address:
        site = consumer_site(tmp_path / "consumer", address)
        site.build()
        producer.replace(OPENING, "  - {id: gulls", "  - {id: terns")
        producer.replace(OPENING, "  - id: ships", "  - id: boats")
        producer.replace(OPENING, "{forum:stat}`ships`", "{forum:stat}`boats`")
        publish_again(producer)
        changed = site.build()
    pages = {
        one.file.removeprefix("docs/").partition(".")[0] for one in changed.warnings if SHIPS in one.message
    }
    assert pages == {"anything", "links", "markdown", "rest", "unnamed"}


def test_what_the_first_project_adds_is_found_by_pages_that_waited_for_it(tmp_path: Path) -> None:
    producer = tide_site(tmp_path / "producer")
    name = "tide-2024/opening/terns"
    waiting = {
        "any.md": f"# A\n\n{{any}}`{name}`\n",
        "inv.md": f"# I\n\n<inv:tide:forum:stat#{name}>, [so many](<inv:tide:forum:*#{name}>)\n",
        "role.rst": f"R\n=\n\n:external+tide:forum:stat:`{name}`\n",
        "own.md": f"# O\n\n{{forum:stat}}`{name}`\n",
    }
    with served(producer.build().out) as address:
        site = consumer_site(tmp_path / "consumer", address)
        site.write("docs/index.md", "# Home\n\n```{toctree}\nany\ninv\nrole\nown\nnothing\n```\n")
        for page in (*PAGES, *LINKS):
            if page != "nothing.md":
                (site.docs / page).unlink()
        for page, text in waiting.items():
            site.write(f"docs/{page}", text)
        first = site.build()
        # What is not there leads to nothing, and is not asked for by reading the page again.
        # Older Sphinx gives the place of what MyST says while reading a second ending.
        said = {one.file.replace(".md.rst", ".md") for one in first.warnings}
        assert said == {f"docs/{page}" for page in waiting}
        assert site.build().read == frozenset()
        producer.replace(
            OPENING, "  - {id: gulls", "  - {id: terns, label: terns, value: 77}\n  - {id: gulls"
        )
        publish_again(producer)
        then = site.build()
        clean = site.build(out="clean")
        assert site.build().written == frozenset()
    assert then.output == ""
    assert then.read == {"inv"}
    assert "these pages show them anew: any, inv, own, role\n" in then.status
    for name in ("any", "inv", "own", "role"):
        page_then = then.page(f"{name}.html")
        assert "77" in page_then.text()
        assert f"{address}sessions/tide-2024/opening.html#stat-terns" in page_then.links()
    assert differences(then, clean) == []


def differences(one: Built, other: Built) -> list[str]:
    first, second = one.files(except_for=(".buildinfo*",)), other.files(except_for=(".buildinfo*",))
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def test_every_kind_is_shown_from_another_project() -> None:
    assert {role for role, _text in SHOWN} == {*HELP, "cite"}
