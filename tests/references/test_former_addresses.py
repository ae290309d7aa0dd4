"""Records that were renamed, or made one, keep every name and address that they were published under."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as ET

import pytest
from tide import CONF, OPENING, tide_site

from sites import Page, inventory
from sphinx_rapporteur.formats.inventory import read_published

if TYPE_CHECKING:
    from sites import Built, Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
BASE = "https://tide.example/en/"
REDIRECT = "rapporteur-redirect.js"


def rename(site: Site, folder: str, old: str, new: str) -> None:
    """Give a record another id, with its former one as an alias, and use it in all others."""
    file = site.data / folder / f"{old}.yaml"
    text = file.read_text("utf-8")
    file.unlink()
    site.write(f"data/{folder}/{new}.yaml", f"{text}aliases: [{old}]\n")
    for path in site.data.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(f": {old}", f": {new}"), "utf-8")


def rename_everything(site: Site) -> None:
    """Rename a record of each kind, and one of each kind of statement."""
    site.replace(OPENING, "  - id: ships\n", "  - id: vessels\n    aliases: [ships]\n")
    site.replace(OPENING, "{id: sea,", "{id: minutes, aliases: [sea],")
    site.replace(OPENING, "{id: recount,", "{id: again, aliases: [recount],")
    rename(site, "sessions/tide-2024", "opening", "first-plenary")
    rename(site, "people", "ada-lind", "ada-lindqvist")
    rename(site, "organizations", "dock-board", "board-of-docks")
    rename(site, "indicators", "calls", "port-calls")
    rename(site, "events", "tide-2024", "third-tide")
    (site.data / "sessions/tide-2024").rename(site.data / "sessions/third-tide")


def merge(site: Site) -> None:
    """Make one person of two."""
    (site.data / "people/cy-witness.yaml").unlink()
    site.replace(
        "data/people/bo-carstensen.yaml",
        "sort_name:",
        "aliases: [cy-witness]\nalso_known_as: [Cy Witness]\nsort_name:",
    )
    site.replace(OPENING, "person: cy-witness", "person: bo-carstensen")


def move_statements(site: Site) -> None:
    """Put what was said in one session into another one, under another short id, and rename that session."""
    nets = "sessions/tide-2024/nets"
    site.replace(OPENING, "  - {id: gulls, label: gulls seen, value: 12, said_by: bo-carstensen}\n", "")
    site.replace(OPENING, "quotes:\n  - {id: sea, text: The sea keeps no minutes, said_by: ada-lind}\n", "")
    site.replace(
        OPENING, "outcomes:\n  - {id: recount, kind: commitment, text: Count *again* next year.}\n", ""
    )
    text = (site.data / f"{nets}.yaml").read_text("utf-8")
    site.write(
        f"data/{nets}.yaml",
        text
        + "  - {id: terns, label: gulls seen, value: 12, aliases: [tide-2024/opening/gulls]}\n"
        + "quotes:\n  - {id: sea, text: The sea keeps no minutes, aliases: [tide-2024/opening/sea]}\n"
        + "outcomes:\n"
        + "  - id: next\n    kind: commitment\n    text: Count *again* next year.\n"
        + "    aliases: [recount, tide-2024/opening/recount]\n",
    )
    rename(site, "sessions/tide-2024", "opening", "first-plenary")


def merge_and_move(site: Site) -> None:
    """Make one person of two, and take what was said to another session."""
    merge(site)
    move_statements(site)


CHANGES = {"renamed": rename_everything, "merged": merge_and_move}


LINKS = """\
---
orphan: true
---
# Links

* {doc}`/people/ada-lind`
* {doc}`Cy <people/cy-witness>`
* [](project:people/ada-lind.md)
* [the *opening*](project:/sessions/tide-2024/opening.md)
* <project:organizations/dock-board.md>
* {any}`events/tide-2024`
* [](events/tide-2024/2024-05-06)
* {doc}`indicators/calls`
"""
LINKS_RST = """\
:orphan:

Links
=====

* :doc:`/people/ada-lind`
* :doc:`Cy <people/cy-witness>`
* :any:`sessions/tide-2024/opening`
"""


class Pair:
    """A site as it was published, and after the change."""

    def __init__(self, root: Path, builder: str, change: str) -> None:
        self.change = change
        site = tide_site(root)
        site.write("docs/links.md", LINKS)
        site.write("docs/links-rst.rst", LINKS_RST)
        self.old = site.build(builder, out="old", html_baseurl=BASE)
        self.sitemap = sitemap(site, builder, out="old-sitemap")
        CHANGES[change](site)
        uses = "".join(f"* {{forum:{kind}}}`{name}`\n" for kind, name in names(self.old))
        site.write("docs/uses.md", f"---\norphan: true\n---\n# Uses\n\n{uses}")
        self.new = site.build(builder, out="new", html_baseurl=BASE)
        self.new_sitemap = sitemap(site, builder, out="new-sitemap")


def sitemap(site: Site, builder: str, *, out: str) -> list[str]:
    """Return the addresses that sphinx-sitemap lists, without the site's own."""
    # In a process of its own: the extension leaves another one behind.
    options = ("-D", "extensions=sphinx_rapporteur,sphinx_sitemap", "-D", "sitemap_url_scheme={link}")
    excludes = ("-D", "sitemap_excludes=search.html")
    built = site.run(builder, *options, *excludes, "-D", f"html_baseurl={BASE}", out=out)
    found = [str(found.text) for found in ET.parse(built.out / "sitemap.xml").iter(f"{{{SITEMAP}}}loc")]
    assert all(address.startswith(BASE) for address in found)
    return [address.removeprefix(BASE) for address in found]


@pytest.fixture(
    scope="module", params=[*(("html", change) for change in CHANGES), ("dirhtml", "renamed")], ids="-".join
)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    builder, change = request.param
    return Pair(tmp_path_factory.mktemp(change), builder, change)


def names(built: Built) -> list[tuple[str, str]]:
    return [(item.kind, item.name) for item in read_published(str(built.out))]


def file_of(uri: str) -> str:
    path = unquote(uri.partition("#")[0])
    return f"{path}index.html" if not path or path.endswith("/") else path


def destination(built: Built, uri: str) -> tuple[Page, str]:
    """Return the page that a reader ends on who asks for an address, and its path."""
    path = file_of(uri)
    page = built.page(path)
    refresh = [meta for meta in page.tree.iter("meta") if meta.get("http-equiv") == "refresh"]
    if not refresh:
        return page, path
    target = refresh[0].get("content").removeprefix("0; url=")
    return destination(built, urljoin(uri.partition("#")[0], target))


def test_nothing_is_wrong(pair: Pair) -> None:
    assert pair.old.output == ""
    assert pair.new.output == ""


def test_every_published_address_answers(pair: Pair) -> None:
    published = read_published(str(pair.old.out))
    assert len(published) > 15
    for item in published:
        page, _path = destination(pair.new, item.uri)
        anchor = item.uri.partition("#")[2]
        assert not anchor or page.by_id(anchor) is not None, item


@pytest.mark.parametrize("source", ["links", "links-rst"])
def test_links_to_pages_as_documents_lead_to_what_they_became(pair: Pair, source: str) -> None:
    name = f"{source}.html" if f"{source}.html" in pair.old.pages else f"{source}/index.html"

    def leads(built: Built) -> list[str]:
        page = built.page(name)
        links = [urljoin(name, link) for link in page.links(next(page.main().iter("ul")))]
        # Without another page on the way.
        return [
            destination(built, link)[1] for link in links if REDIRECT not in built.page(file_of(link)).html
        ]

    old, new = leads(pair.old), leads(pair.new)
    assert len(old) == (LINKS if source == "links" else LINKS_RST).count("\n* ")
    assert new == [destination(pair.new, link)[1] for link in old]


def test_every_published_document_is_in_the_inventory_and_answers(pair: Pair) -> None:
    old, new = (
        {one.name: one for one in inventory(built.out / "objects.inv") if one.type == "std:doc"}
        for built in (pair.old, pair.new)
    )
    assert len(old) > 10
    assert old.keys() <= new.keys()
    for name, entry in old.items():
        page, path = destination(pair.new, entry.uri)
        assert file_of(new[name].uri) == path
        assert page.heading().startswith(new[name].display)
    lines = [(one.name, one.type) for one in inventory(pair.new.out / "objects.inv")]
    assert len(set(lines)) == len(lines)


def test_the_anchor_of_what_went_elsewhere_leads_there(pair: Pair) -> None:
    here = {item.uri for item in read_published(str(pair.new.out))}
    left = {}
    for item in read_published(str(pair.old.out)):
        page, path = destination(pair.new, item.uri)
        anchor = item.uri.partition("#")[2]
        node = page.by_id(anchor) if anchor else None
        if node is not None and node.get("class") == "rp-moved":
            (link,) = page.links(node)
            assert urljoin(path, link) in here
            left[anchor] = urljoin(path, link), page.text(node)
            assert page.html.count("rapporteur-moved.js") == 1
    nets, words = "sessions/tide-2024/nets.html#", "This is on another page now:"
    assert left == (
        {
            "stat-gulls": (f"{nets}stat-terns", f"{words} 12"),
            "quote-sea": (f"{nets}quote-sea", f"{words} The sea keeps no minutes"),
            "outcome-recount": (f"{nets}outcome-next", f"{words} Count again next year."),
        }
        if pair.change == "merged"
        else {}
    )


def test_every_address_of_the_sitemap_answers(pair: Pair) -> None:
    assert len(pair.sitemap) > 10
    for address in pair.sitemap:
        destination(pair.new, address)


def test_redirects_are_not_in_the_sitemap_and_all_else_is(pair: Pair) -> None:
    moved = {path for path, page in pair.new.pages.items() if REDIRECT in page.html}
    assert moved
    assert {file_of(address) for address in pair.new_sitemap} == (
        pair.new.pages.keys() - moved - {"search.html"}
    )


def test_every_published_page_answers(pair: Pair) -> None:
    assert sorted(pair.old.pages.keys() - pair.new.pages.keys()) == []


def test_every_published_name_is_in_the_inventory_and_means_the_same(pair: Pair) -> None:
    now = {(item.kind, item.name): item for item in read_published(str(pair.new.out))}
    for item in read_published(str(pair.old.out)):
        assert (item.kind, item.name) in now
        if item.name != "cy-witness":
            assert now[item.kind, item.name].display == item.display


def test_every_published_name_resolves_in_roles(pair: Pair) -> None:
    page = pair.new.page("uses.html" if "uses.html" in pair.new.pages else "uses/index.html")
    items = list(next(page.main().iter("ul")).iter("li"))
    assert len(items) == len(names(pair.old))
    assert all(page.links(item) for item in items)


def test_a_moved_page_says_where_it_went(pair: Pair) -> None:
    moved = {path: page for path, page in pair.new.pages.items() if REDIRECT in page.html}
    assert moved
    for path, page in moved.items():
        canonical = [link.get("href") for link in page.tree.iter("link") if link.get("rel") == "canonical"]
        assert len(canonical) == 1
        assert canonical[0].startswith(BASE)
        assert file_of(canonical[0].removeprefix(BASE)) == destination(pair.new, path)[1]
        (link,) = [a.get("href") for a in page.tree.iter("a")]
        assert file_of(urljoin(path, link)) == destination(pair.new, path)[1]
        scripts = [script.get("src") for script in page.tree.iter("script")]
        assert all((pair.new.out / urljoin(path, script)).is_file() for script in scripts)


def test_redirects_are_not_searched_and_not_indexed(pair: Pair) -> None:
    text = (pair.new.out / "searchindex.js").read_text("utf-8")
    docnames = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))["docnames"]
    assert docnames
    for path, page in pair.new.pages.items():
        if REDIRECT in page.html:
            assert path.removesuffix("/index.html").removesuffix(".html") not in docnames
            assert '<meta name="robots" content="noindex">' in page.html


def test_no_link_of_the_new_site_goes_through_a_redirect(pair: Pair) -> None:
    moved = {path for path, page in pair.new.pages.items() if REDIRECT in page.html}
    for path, page in pair.new.pages.items():
        links = [link for link in page.links(page.tree) if "://" not in link and not link.startswith("#")]
        assert not {file_of(urljoin(path, link)) for link in links} & moved, path


def test_an_alias_never_replaces_a_page_that_exists(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    site.replace("data/people/bo-carstensen.yaml", "sort_name:", "aliases: [robert]\nsort_name:")
    site.write("docs/people/robert.md", "---\norphan: true\n---\n# Written by hand\n")
    built = site.build()
    assert "Written by hand" in built.page("people/robert.html").text()


def test_in_one_file_former_addresses_are_anchors_of_the_page(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    site.replace("data/people/bo-carstensen.yaml", "sort_name:", "aliases: [robert, bob]\nsort_name:")
    site.write("docs/index.md", "# Home\n\n```{toctree}\npeople/bo-carstensen\npeople/ada-lind\n```\n")
    page = site.build("singlehtml").page("index.html")
    documents = [name for name in page.ids if name.startswith("document-")]
    assert documents[:3] == ["document-people/bo-carstensen", "document-people/robert", "document-people/bob"]
    assert documents[3:] == ["document-people/ada-lind"]


def test_a_redirect_that_is_no_more_is_removed(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    site.replace("data/people/bo-carstensen.yaml", "sort_name:", "aliases: [robert]\nsort_name:")
    assert "people/robert.html" in site.build().pages
    site.replace("data/people/bo-carstensen.yaml", "aliases: [robert]\n", "")
    assert "people/robert.html" not in site.build().pages


def test_links_to_former_pages_are_right_after_each_build(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    site.write("docs/links.md", LINKS)
    site.build()
    rename(site, "people", "ada-lind", "ada-lindqvist")
    renamed = site.build()
    assert "links.html" in renamed.pages
    assert "people/ada-lindqvist.html" in renamed.page("links.html").links()
    assert "links" not in renamed.read
    assert "forum: links links to people/ada-lind, which is people/ada-lindqvist now" in renamed.status
    assert unequal(renamed, site.build(out="clean")) == []
    # Another title is shown, and without the alias the links are broken, and said to be.
    site.replace("data/people/ada-lindqvist.yaml", "name: Ada Lind\n", "name: Ada L.\n")
    assert "Ada L." in site.build().page("links.html").text()
    site.replace("data/people/ada-lindqvist.yaml", "aliases: [ada-lind]\n", "")
    broken = site.build()
    assert [(one.subtype, one.file) for one in broken.warnings] == [
        ("myst.xref_missing", "docs/links.md"),
        ("ref.doc", "docs/links.md"),
    ]
    assert unequal(broken, site.build(out="clean")) == []


def unequal(one: Built, other: Built) -> list[str]:
    first, second = one.files(except_for=(".buildinfo*",)), other.files(except_for=(".buildinfo*",))
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


REDIRECTS = """\
rapporteur_redirects = {
    "people/letter/x": "people/index",
    "old-guide": "people/letter/x",
    "who/ada": "people/ada-lind",
    "index": "people/index",
    "round": "about",
    "about": "round",
    "nowhere": "no-such-page",
}
"""


def test_links_to_generated_pages_find_them_and_their_headings(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    links = {
        "[](sessions/tide-2024/opening.md)": "Who counts the ships? sessions/tide-2024/opening.html",
        "[](/sessions/tide-2024/opening)": "Who counts the ships? sessions/tide-2024/opening.html",
        "[it](sessions/tide-2024/opening.md)": "it sessions/tide-2024/opening.html",
        "<project:sessions/tide-2024/opening.md#report>": "Report sessions/tide-2024/opening.html#report",
        "[](sessions/tide-2024/opening.md#report)": "Report sessions/tide-2024/opening.html#report",
        "[**it**](project:sessions/tide-2024/opening.md#report)": "it sessions/tide-2024/opening.html#report",
        "<project:sessions/tide-2024/opening.md#stat-ships>": "4,321 ships sessions/tide-2024/opening.html#stat-ships",
    }
    text = "".join(f"* {link}\n" for link in links)
    site.write("docs/links.md", f"---\norphan: true\n---\n# L\n\n{text}")
    built = site.build()
    assert built.output == ""
    shown = [
        f"{built.page('links.html').text(link)} {link.get('href')}"
        for link in built.page("links.html").main().iter("a")
    ]
    assert shown[1:] == list(links.values())
    site.replace(OPENING, "value: 4,321", "value: 4,322")
    again = site.build()
    assert "4,322 ships" in again.page("links.html").text()
    assert "links" not in again.read
    site.replace("docs/links.md", "#report>", "#nothing>")
    (warning,) = site.build().warnings
    assert (warning.subtype, warning.line) == ("myst.xref_missing", 9)


def test_a_toctree_finds_the_page_under_its_former_name(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    site.write(
        "docs/tree.md",
        "---\norphan: true\n---\n# T\n\n```{toctree}\npeople/ada-lind\nBo <people/bo-carstensen>\n```\n",
    )
    site.build()
    rename(site, "people", "ada-lind", "a-lind")
    rename(site, "people", "bo-carstensen", "b-carstensen")
    built, clean = site.build(), site.build(out="clean")
    assert built.output == clean.output == ""
    for one in (built, clean):
        page = one.page("tree.html")
        assert page.text().startswith("T¶ Ada Lind")
        assert [link for link in page.links() if "#" not in link] == [
            "people/a-lind.html",
            "people/b-carstensen.html",
        ]
    assert "the toctree of tree names people/ada-lind, which is people/a-lind now" in built.status


def test_pages_that_are_no_more_lead_to_those_that_the_settings_name(tmp_path: Path) -> None:
    site = tide_site(tmp_path, conf=CONF + REDIRECTS)
    rename(site, "people", "ada-lind", "ada-lindqvist")
    site.write("docs/links.md", "---\norphan: true\n---\n# Links\n\n{doc}`who/ada`\n")
    built = site.build()
    for name, home in {
        "people/letter/x": "people/index.html",
        "old-guide": "people/index.html",
        "who/ada": "people/ada-lindqvist.html",
    }.items():
        assert destination(built, f"{name}.html")[1] == home
    assert REDIRECT not in built.page("index.html").html
    assert built.page("links.html").links() == ["#links", "people/ada-lindqvist.html"]
    said = [one.message for one in built.warnings if one.subtype == "rapporteur.setting"]
    assert len(said) == len(built.warnings) == 3
    assert said[1] == (
        "rapporteur_redirects in conf.py: there is no page 'no-such-page' for 'nowhere' to lead to"
    )
    site.conf(CONF)
    assert "old-guide.html" not in site.build().pages


def test_a_tag_that_is_worded_anew_keeps_name_and_address(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    old = site.build(out="old")
    site.replace(OPENING, "[Ship traffic]", "[Shipping]")
    site.replace(
        "data/events/tide-2025.yaml", "rooms:", "tags: [{name: Shipping, aliases: [Ship traffic]}]\nrooms:"
    )
    site.write(
        "docs/links.md", "---\norphan: true\n---\n# L\n\n{forum:topic}`ship-traffic`, {any}`ship-traffic`\n"
    )
    built = site.build(out="new")
    assert built.output == ""
    (before,) = (one for one in read_published(str(old.out)) if one.kind == "topic")
    after = {one.name: one for one in read_published(str(built.out)) if one.kind == "topic"}
    assert {name: one.display for name, one in after.items()} == dict.fromkeys(
        ("ship-traffic", "shipping"), "Shipping"
    )
    assert before.uri == "topics/index.html#topic-ship-traffic"
    page = built.page("topics/index.html")
    assert page.by_id("topic-ship-traffic") in list(page.by_id("topic-shipping").iter())
    assert built.page("links.html").text() == "L¶ Shipping, Shipping"


def test_an_anchor_leads_on_where_the_settings_say(tmp_path: Path) -> None:
    redirects = {
        "topics/index#topic-fax": "sdgs/index#sdg-14",
        "sdgs/index#sdg-1": "sdgs/index",
        "sdgs/index#sdg-2": "sdgs/index#sdg-14",
        "nowhere#a": "index",
        "index#b": "nowhere",
    }
    site = tide_site(tmp_path, conf=f"{CONF}rapporteur_redirects = {redirects}\n")
    built = site.build()
    page = built.page("topics/index.html")
    assert page.text(page.by_id("topic-fax")).startswith("This is on another page now: ")
    assert page.links(page.by_id("topic-fax")) == ["../sdgs/index.html#sdg-14"]
    page = built.page("sdgs/index.html")
    assert page.links(page.by_id("sdg-2")) == ["#sdg-14"]
    assert "sdg-1" not in page.ids
    assert sorted(one.message for one in built.warnings) == [
        "rapporteur_redirects in conf.py: there is no page 'nowhere' for 'index#b' to lead to",
        "rapporteur_redirects in conf.py: there is no page 'nowhere' for 'nowhere#a' to be on",
    ]
    site.conf(CONF)
    assert "topic-fax" not in site.build().page("topics/index.html").ids


@pytest.mark.parametrize("value", ["[1]", '{"a": 1}', '{"a/../../b": "c"}', '{"/a": "b"}', '{"a": "b#c"}'])
def test_redirects_that_are_none_are_said(tmp_path: Path, value: str) -> None:
    built = tide_site(tmp_path, conf=f"{CONF}rapporteur_redirects = {value}\n").build()
    (warning,) = built.warnings
    assert warning.subtype == "rapporteur.setting"
    assert "a dictionary of document names" in warning.message


@pytest.mark.parametrize("base", ["", "https://tide.example/en", "https://tide.example/en/"])
def test_the_canonical_address_is_that_of_the_page(tmp_path: Path, base: str) -> None:
    site = tide_site(tmp_path)
    site.replace("data/people/bo-carstensen.yaml", "sort_name:", "aliases: [robert]\nsort_name:")
    built = site.build(html_baseurl=base)
    former, page = built.page("people/robert.html"), built.page("people/bo-carstensen.html")
    ours, own = (
        [link.get("href") for link in one.tree.iter("link") if link.get("rel") == "canonical"]
        for one in (former, page)
    )
    # Without a base there is none but a relative one, which HTML allows.
    assert ours == (own if base else ["bo-carstensen.html"])


GULLS = "  - {id: gulls, label: gulls seen, value: 12, said_by: bo-carstensen}\n"
NETS = "data/sessions/tide-2024/nets.yaml"
MOVED = GULLS.replace("{", "{aliases: [tide-2024/opening/gulls], ")
STEPS: tuple[tuple[str, str, str], ...] = (
    # A file, a text in it, and what is there after the step.
    (OPENING, GULLS, ""),
    (NETS, "statistics:\n", f"statistics:\n{MOVED}"),
    (NETS, "gulls seen, value: 12", "gulls seen, value: 13"),
    (OPENING, "number: PL1", "number: PL1\naliases: [first]"),
    (NETS, "aliases: [tide-2024/opening/gulls], ", ""),
    (OPENING, "\naliases: [first]", ""),
)


def test_after_each_step_of_a_move_the_site_is_that_of_a_clean_build(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    names = "{forum:stat}`tide-2024/opening/gulls` {doc}`/sessions/tide-2024/first`"
    site.write("docs/links.md", f"---\norphan: true\n---\n# Links\n\n{names}\n")
    site.build()
    left = []
    for number, (path, old, new) in enumerate(STEPS):
        site.replace(path, old, new)
        built, clean = site.build(), site.build(out=f"clean-{number}")
        assert unequal(built, clean) == [], number
        assert built.output.replace(str(built.out), "") == clean.output.replace(str(clean.out), ""), number
        left.append("rp-moved" in built.page("sessions/tide-2024/opening.html").html)
    assert left == [False, True, True, True, False, False]
