"""Small attacks, each on one guard: they pass as long as that is there."""

from __future__ import annotations

import contextlib
import json
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes

from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.domain import hover, remote
from sphinx_rapporteur.formats import inventory
from sphinx_rapporteur.html import edit
from sphinx_rapporteur.pages import former, layout, state
from sphinx_rapporteur.pages.plan import make_plan
from sphinx_rapporteur.pages.project import VirtualProject
from sphinx_rapporteur.records import alike as likeness
from sphinx_rapporteur.records import hosts
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.pictures import PictureError, find_picture
from sphinx_rapporteur.records.read import (
    cache,
    read_folder,
    record,
)
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render import svg, thumbnails, to_html
from text_tools import check_html, check_nodes, render, write_html

EVENT = "name: E\nstart: 2024-05-06\nend: 2024-05-08\ntimezone: UTC\n"
SMALL = Limits(records=20)
Attack = Callable[[Path], None]


class LIMITS:
    """The limits that the attacks are read with."""

    now = SMALL


def read(folder: Path, texts: Mapping[str, str | bytes]) -> tuple[Catalog, list[Finding]]:
    """Return the records that some files hold besides an event, and what is said of them."""
    for name, text in {"events/e.yaml": EVENT, **texts}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    found: list[Finding] = []
    loaded = read_folder(folder, limits=LIMITS.now, report=found.append)
    return build_catalog(loaded, report=found.append), found


def says(
    subtype: str, text: str | bytes, *, line: int = 1, file: str = "people/bo.yaml"
) -> Callable[[Path], None]:
    """The file is found wrong, there and in this way."""

    def attack(folder: Path) -> None:
        _catalog, found = read(folder, {file: text})
        assert (subtype, line) in {(one.subtype.subtype, one.place.line) for one in found}, found

    return attack


def reported(text: str, words: str) -> Callable[[Path], None]:
    """The text is shown, and a finding has these words."""

    def attack(_folder: Path) -> None:
        assert words in " ".join(finding.text() for finding in render(text)[1])

    return attack


def inert(text: str, **changes: Any) -> Callable[[Path], None]:
    """The text makes no node and no element but the allowed ones."""

    def attack(_folder: Path) -> None:
        section, _found = render(text, **changes)
        check_nodes(section.children[1:])
        check_html(write_html(section))

    return attack


def refuses(function: Callable[[str], object], value: str) -> Callable[[Path], None]:
    """The function raises its own error over the value."""

    def attack(_folder: Path) -> None:
        try:
            function(value)
        except ValueError:
            return
        raise AssertionError(value)

    return attack


def no_picture(name: str, content: Callable[[Path], object]) -> Callable[[Path], None]:
    """A file of the data folder is not taken for a picture."""

    def attack(folder: Path) -> None:
        root = folder.resolve() / "data"
        root.mkdir()
        content(root / name)
        try:
            find_picture(root, name)
        except PictureError:
            return
        raise AssertionError(name)

    return attack


def png(width: int, height: int) -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def _outside(path: Path) -> Path:
    outside = path.parent.parent / "outside.png"
    outside.write_bytes(png(3, 3))
    return outside


def writes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def in_html(part: Any) -> Callable[[Path], None]:
    """What is typed in a component is no HTML."""

    def attack(_folder: Path) -> None:
        found = to_html.HtmlEmitter(has_picture=lambda _file: True).whole((part,)).html
        filled = to_html.fill(found, locate=lambda _to: "known.md", picture=lambda name, _side: name)
        assert "<b" not in filled
        assert "<a" not in filled

    return attack


def drawn(_folder: Path) -> None:
    bar = p.Bar("<b>", "<b>", 0, 10)
    assert "<b" not in svg.chart_svg(p.Chart("<b>", "<b>", (bar,)))


def card(_folder: Path) -> None:
    out: list[str] = []
    reference = nodes.reference("", "", refuri="x.html")
    node = hover.hover("", "", reference, card=("<b>", ("<b>",)))
    with contextlib.suppress(nodes.SkipNode):
        hover.visit_hover_html(SimpleNamespace(body=out), node)
    assert "<b" not in "".join(out)


def edit_link(_folder: Path) -> None:
    place = SimpleNamespace(file='a"><b>#?.yaml', line=3)
    workspace: Any = SimpleNamespace(
        settings=SimpleNamespace(edit_url="https://a.example/{file}#L{line}"),
        plan=SimpleNamespace(pages={"x": SimpleNamespace(kind="person", id="a")}),
        catalog=SimpleNamespace(place_of=lambda _kind, _id: place),
    )
    assert edit.edit_address(workspace, "x") == "https://a.example/a%22%3E%3Cb%3E%23%3F.yaml#L3"


def title(_folder: Path) -> None:
    assert "<" not in layout._finalize("<script>").replace("\\<", "")
    assert layout._finalize("a\n# b") == "a \\# b"


def untranslated(_folder: Path) -> None:
    section, _found = render("# Title\n\nA *text*.\n\n- one\n\n> two\n\n```\ncode\n```\n")
    assert not [node for node in section.findall(nodes.TextElement) if node.get("translatable") is True]
    found = list(section.findall(nodes.paragraph))
    assert found
    assert all(node.get("translatable") is False for node in found)


def linked_out(folder: Path) -> None:
    (folder / "outside.yaml").write_text("name: Outside\n", "utf-8")
    data = folder / "data"
    (data / "people").mkdir(parents=True)
    (data / "people" / "bo.yaml").symlink_to("../../outside.yaml")
    catalog, _found = read(data, {})
    assert "bo" not in catalog.people


def piped(folder: Path) -> None:
    (folder / "people").mkdir()
    os.mkfifo(folder / "people" / "bo.yaml")
    _catalog, found = read(folder, {})
    assert [one.subtype.subtype for one in found] == ["unreadable"]


def noted(folder: Path) -> None:
    (folder / "outside.txt").write_text("secret", "utf-8")
    data = folder / "data"
    data.mkdir()
    (data / "a.txt").symlink_to("../outside.txt")
    before = state.note_files(data, {}, longest=10)
    (folder / "outside.txt").write_text("another", "utf-8")
    assert before
    assert state.note_files(data, {}, longest=10) == before


def large(path: Path) -> None:
    """Make a picture of a few pixels and many bytes."""
    path.write_bytes(png(3, 3))
    os.truncate(path, 20_000_001)


def strange_picture(folder: Path) -> None:
    (folder / "a.png").write_bytes(b"P6 1 1 255\n\0\0\0")
    assert thumbnails.make_thumbnail(folder / "a.png", 8, folder / "small") is None


def host_of_a_field(folder: Path) -> None:
    texts = {"people/bo.yaml": "name: Bo\nlinks: [{label: x, url: 'https://evil.example/'}]\n"}
    (folder / "people").mkdir()
    (folder / "people" / "bo.yaml").write_text(texts["people/bo.yaml"], "utf-8")
    loaded = read_folder(folder, report=lambda _one: None)
    allowed = hosts.Hosts(("good.example",))
    catalog = build_catalog(loaded, hosts=allowed, report=lambda _one: None)
    assert catalog.people["bo"].links == ()


def host_of_a_text(_folder: Path) -> None:
    section, _found = render("[x](https://evil.example/)", hosts=hosts.Hosts(("good.example",)))
    assert not list(section.findall(nodes.reference))


def limited(url: str, *allowed: str) -> tuple[str, ...]:
    """Return what a site links to whose owner allows some hosts, if a record has this address."""
    with tempfile.TemporaryDirectory() as name:
        people = Path(name, "people")
        people.mkdir()
        (people / "bo.json").write_text(
            json.dumps({"name": "Bo", "links": [{"label": "x", "url": url}]}), "utf-8"
        )
        loaded = read_folder(Path(name), report=lambda _one: None)
        catalog = build_catalog(loaded, hosts=hosts.Hosts(allowed), report=lambda _one: None)
        return tuple(link.url for link in catalog.people["bo"].links)


def backslash_before_a_host(_folder: Path) -> None:
    """A browser goes to the first host, where we see the second."""
    assert limited("https://evil.example\\@good.example/", "good.example") == ()


def host_in_another_form(_folder: Path) -> None:
    """A browser may go to a host of another name for it than ours."""
    assert limited("https://fa\u00df.example/\u00df", "fass.example") == ("https://fass.example/\u00df",)


def rel_of_a_text(_folder: Path) -> None:
    section, _found = render("[x](https://a.example/)")
    assert "noopener" in next(iter(section.findall(nodes.reference)))["rel"]


def rel_of_a_field(_folder: Path) -> None:
    part = p.Para((p.Link(("x",), "https://a.example/"),))
    assert "noopener" in to_html.HtmlEmitter(has_picture=lambda _file: True).whole((part,)).html


def remote_address(_folder: Path) -> None:
    listed = {"forum:person": {"ada": ("", "", "https://evil.example/", "Ada")}}
    mapping = {"far": ("far", ("https://far.example/", (None,)))}
    app: Any = SimpleNamespace(
        env=SimpleNamespace(intersphinx_inventory={}), config=SimpleNamespace(intersphinx_mapping=mapping)
    )
    remote._keep_inside(app, {"far": listed})
    assert listed["forum:person"] == {}


def packed(lines: Iterable[bytes]) -> bytes:
    """Return an inventory."""
    head = b"# Sphinx inventory version 2\n# Project: Far\n# Version: 1\n# The rest is compressed by zlib.\n"
    pack = zlib.compressobj()
    return head + b"".join(map(pack.compress, lines)) + pack.flush()


def unpacks_to_much(folder: Path) -> None:
    (folder / "objects.inv").write_bytes(packed([b"a" * 1_000_000] * 301))
    with pytest.raises(inventory.InventoryError, match="unpacks to very much"):
        inventory.read_inventory(str(folder))


def spaces_in_a_row(_folder: Path) -> None:
    """Of n spaces, Sphinx tries n times n."""
    data = packed([b"a", b" " * 100_000, b"b", b" " * 100_000, b"c\n", b"ada forum:person 1 ada.html Ada\n"])
    assert len(zlib.decompress(inventory._checked(data).partition(b"zlib.\n")[2])) < 100


def remote_host(_folder: Path) -> None:
    listed = {"std:doc": {"ada": ("", "", "//evil.example/", "Ada"), "bo": ("", "", "/a/b.html", "Bo")}}
    app: Any = SimpleNamespace(
        env=SimpleNamespace(intersphinx_inventory={}),
        config=SimpleNamespace(intersphinx_mapping={"far": ("far", ("/", (None,)))}),
    )
    remote._keep_inside(app, {"far": listed})
    assert list(listed["std:doc"]) == ["bo"]


def remote_values(_folder: Path) -> None:
    value = "a\x01\u202e\n" + "b" * 5_000
    data = {"version": 1, "objects": {"person": {"ada": {"name": value}}}}
    text = remote._checked(json.dumps(data).encode())[0]["person"]["ada"]["name"]
    assert text.isprintable()
    assert len(text) <= 1_000


def remote_size(folder: Path) -> None:
    os.truncate(_touched(folder / "large.json"), 50_000_001)
    assert remote._read_file(folder / "large.json") == b""


def _touched(path: Path) -> Path:
    path.touch()
    return path


def duplicate(folder: Path) -> None:
    catalog, found = read(
        folder, {"people/ada.yaml": "name: Ada\n", "people/bo.yaml": "id: ada\nname: Eve\n"}
    )
    assert catalog.people["ada"].name == "Ada"
    assert [one.subtype.subtype for one in found] == ["duplicate-id"]


def taken(folder: Path) -> None:
    """A former id is not that of a record which is there."""
    catalog, found = read(
        folder, {"people/ada.yaml": "name: Ada\n", "people/bo.yaml": "name: Bo\naliases: [ada]\n"}
    )
    assert catalog.resolve("person", "ada") == "ada"
    assert [one.subtype.subtype for one in found] == ["duplicate-id"]


def replaced(folder: Path) -> None:
    """A former id leads nowhere from the address of a page that is there."""
    catalog, _found = read(folder, {"people/bo.yaml": "name: Bo\naliases: [by-hand, old]\n"})
    settings = Settings()
    plan = make_plan(catalog, settings)
    there = {*plan.pages, "people/by-hand"}
    pages = former.former_pages(plan, catalog, settings, is_page=there.__contains__)
    assert pages == {"people/old": "people/bo"}


def shadowed(folder: Path) -> None:
    """A record does not take the place of a page that is written by hand, in a folder of its own or not."""
    for name in ("people/ada.md", "people/bo/index.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("# By hand\n", "utf-8")
    planned = {"people/ada": "a", "people/bo": "b", "people/cy": "c"}
    project = VirtualProject(folder, [".md"], stubs=folder / "stubs")
    project.plan(planned, planned)
    project.discover(["stubs"])
    assert project.shadowed == ("people/ada", "people/bo")
    assert [one for one in planned if project.is_virtual(one)] == ["people/cy"]


def alias_loop(folder: Path) -> None:
    _catalog, found = read(folder, {"people/bo.yaml": "name: Bo\nx-a: &a\n- *a\n"})
    assert [(one.subtype.subtype, one.place.line) for one in found] == [("limit", 2)]


def long_integer(folder: Path) -> None:
    """Python reads no more than 4,300 digits, and says nothing of where they stand."""
    text = f"name = 'Bo'\nx-a = {'9' * 5_000}\nx-b = 1\n"
    _catalog, found = read(folder, {"people/bo.toml": text})
    assert [(one.subtype.subtype, one.place.line) for one in found] == [("syntax", 2)]


def hidden(text: str) -> Callable[[Path], None]:
    def attack(folder: Path) -> None:
        catalog, found = read(folder, {"people/bo.yaml": f"name: {text}\n"})
        assert catalog.people["bo"].name.isprintable()
        assert "characters" in {one.subtype.subtype for one in found}

    return attack


def no_image(_folder: Path) -> None:
    section, _found = render("![x](https://evil.example/a.png)")
    assert not list(section.findall(nodes.image))


def entity(_folder: Path) -> None:
    section, _found = render("a&#x202e;b")
    assert "\u202e" not in section.astext()


def failing(folder: Path) -> None:
    """Our own code fails over one record; the other stays."""
    settle = record.Draft.settle
    record.Draft.settle = lambda self: 1 / 0 if self.stem == "bo" else settle(self)  # type: ignore[assignment, return-value, method-assign]
    try:
        catalog, found = read(folder, {"people/ada.yaml": "name: Ada\n", "people/bo.yaml": "name: Bo\n"})
    finally:
        record.Draft.settle = settle  # type: ignore[method-assign]
    assert "ada" in catalog.people
    assert [one.subtype.subtype for one in found] == ["internal"]


def deep_folders(folder: Path) -> None:
    (folder / "people" / ("d/" * 60)).mkdir(parents=True)
    _catalog, found = read(folder, {})
    assert [one.subtype.subtype for one in found] == ["unreadable"]


def many_records(folder: Path) -> None:
    _catalog, found = read(
        folder, {"people/a.yaml": "".join(f"- {{id: a{n}, name: A{n}}}\n" for n in range(30))}
    )
    assert "limit" in {one.subtype.subtype for one in found}


def at_once(folder: Path) -> None:
    sessions = [{"id": f"s{n}", "title": "T", "start": "2024-05-06T10:00", "room": "r"} for n in range(60)]
    event = EVENT + "rooms: [{id: r, name: R}]\n"
    LIMITS.now = Limits()
    try:
        _catalog, found = read(folder, {"events/e.yaml": event, "sessions/e/a.json": json.dumps(sessions)})
    finally:
        LIMITS.now = SMALL
    assert 60 < len(found) <= 600


def disagreeing(folder: Path) -> None:
    figures = [{"id": f"f{n}", "label": "l", "value": n, "indicator": "i"} for n in range(60)]
    texts = {
        "indicators/i.yaml": "name: I\n",
        "sessions/e/a.json": json.dumps({"title": "T", "statistics": figures}),
    }
    catalog, _found = read(folder, texts)
    assert sum(map(len, catalog._conflicts.values())) <= 2 * 20 * 60


def nearly_equal(_folder: Path) -> None:
    names = [f"Ada B{''.join(chr(97 + n // 26**k % 26) for k in range(4))}rg" for n in range(300)]
    assert len(likeness.people_pairs([likeness.Spellings.of_person((name,)) for name in names])) <= 10 * 300


SECRET = "Nobodyknows"
WITHHELD = {
    "people/bo.yaml": f"name: {SECRET} Atall\naliases: [{SECRET.lower()}]\nwithheld: %s\n",
    "people/ada.yaml": (
        "name: Ada\nnot_same_as: [bo]\nphoto: {file: a.png, withheld: true}\nphoto_alt: Nobodyknows\n"
    ),
    "organizations/org.yaml": "name: Nobodyknows Limited\nwithheld: true\n",
    "sessions/e/a.yaml": (
        "title: T\nstart: 2024-05-06\n"
        "people: [{person: bo, as_printed: [Nobodyknows]}, {name: Nobodyknows Atall}, {person: ada,"
        " affiliations: [{organization: org}, {name: Nobodyknows Limited}]}]\n"
        "statistics: [{id: a, label: b, value: 1, said_by: bo},"
        " {id: c, label: d, value: 2, said_by: {name: Nobodyknows Atall}}]\n"
        "quotes: [{id: q, text: x, said_by: bo}]\noutcomes: [{id: o, kind: takeaway, text: x, by: bo}]\n"
        "recordings: [{url: 'https://a.example/Nobodyknows', withheld: true}]\n"
        "report_by: [{person: bo}]\n"
    ),
}


def withheld(how: str) -> Callable[[Path], None]:
    """Nothing in the catalog names who is withheld, nor is there a name under which they are found."""

    def attack(folder: Path) -> None:
        texts: dict[str, str | bytes] = {name: text.replace("%s", how) for name, text in WITHHELD.items()}
        catalog, _found = read(folder, texts)
        kinds = (catalog.events, catalog.sessions, catalog.people, catalog.organizations)
        shown = repr([list(records.values()) for records in kinds])
        assert SECRET not in shown
        assert "'bo'" not in shown
        assert "'org'" not in shown
        assert catalog.resolve("person", SECRET.lower()) is None

    return attack


def withheld_key(folder: Path) -> None:
    catalog, _found = read(folder, {"people/bo.yaml": "name: Bo\nwitheld: true\n"})
    assert "bo" not in catalog.people


def withheld_twice(folder: Path) -> None:
    texts = {"people/ada.yaml": "name: Ada\n", "people/bo.yaml": "id: ada\nname: Ada\nwithheld: true\n"}
    assert "ada" not in read(folder, texts)[0].people


def withheld_in_a_text(folder: Path) -> None:
    texts = WITHHELD | {"people/cy.yaml": f"name: Cy\nbio: A friend of {SECRET} Atall.\n"}
    _catalog, found = read(folder, {name: text.replace("%s", "true") for name, text in texts.items()})
    assert "withheld" in {one.subtype.subtype for one in found}
    assert not [one for one in found if SECRET in one.text()]


def kept_beside_the_output(folder: Path) -> None:
    data = folder / "data" / "people"
    data.mkdir(parents=True)
    (data / "bo.yaml").write_text(f"name: {SECRET}\nwithheld: true\n", "utf-8")
    os.utime(data / "bo.yaml", (1_600_000_000, 1_600_000_000))
    store = cache.RecordCache(folder / "kept", is_published=True)
    read_folder(folder / "data", report=lambda _one: None, cache=store)
    assert not (folder / "kept").exists()


def noted_beside_the_output(folder: Path) -> None:
    for is_published in (False, True):
        state.save_state(folder, state.State(key="a", withholds=True), is_published=is_published)
    assert not list(folder.iterdir())


def damaged_beside_the_output(folder: Path) -> None:
    data = folder / "data" / "people"
    data.mkdir(parents=True)
    (data / "bo.yaml").write_text("name: Zoltan\n", "utf-8")
    store = cache.RecordCache(folder / "kept")
    read_folder(folder / "data", report=lambda _one: None, cache=store)
    for file in (folder / "kept").iterdir():
        file.write_bytes(file.read_bytes().replace(b"Zoltan", b"Zoltam"))
    store = cache.RecordCache(folder / "kept")
    read_folder(folder / "data", report=lambda _one: None, cache=store)
    assert store.trouble


def digits(folder: Path) -> None:
    text = '{"name": "Bo", "x-a": ' + "9" * 5_000 + "}"
    catalog, found = read(folder, {"people/bo.json": text})
    assert "bo" in catalog.people, found
