"""What is in the data stays text, and a build leaves its sources alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from poison import load, poisoned
from sites import CONF, DATA, Site, forum_entries
from sphinx_rapporteur.records.model import KINDS
from sphinx_rapporteur.records.rewrite import slots

if TYPE_CHECKING:
    from sites import Built

HARMLESS = " and some words"
HOSTILE = (
    " <script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} `code` ](javascript:alert(3))"
    " **b** [x](javascript:alert(4)) {forum:person}`ada-lindqvist` <https://evil.example> &lt;i&gt; $x$ # h"
    "\n\n# Heading\n\n```{raw} html\n<iframe src=//evil.example></iframe>\n```\n\n--- \\"
)


def poisoned_site(root: Path, suffix: str) -> Built:
    site = Site(root, data=None, docs=None, conf=CONF)
    for path in DATA.rglob("*.*"):
        relative = path.relative_to(DATA)
        if path.suffix == ".png":
            site.write(f"data/{relative}", "").write_bytes(path.read_bytes())
            continue
        value, model = load(path), KINDS[relative.parts[0]]
        made = (
            [poisoned(model, item, suffix) for item in value]
            if isinstance(value, list)
            else poisoned(model, value, suffix)
        )
        site.write(f"data/{relative.with_suffix('.json')}", json.dumps(made))
    return site.build()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    root = tmp_path_factory.mktemp("poison")
    return poisoned_site(root / "hostile", HOSTILE), poisoned_site(root / "harmless", HARMLESS)


def test_the_poison_is_everywhere() -> None:
    record = poisoned(KINDS["sessions"], load(DATA / "sessions/harbour-2024/opening.yaml"), HOSTILE)
    assert json.dumps(record).count("<script>") >= 60
    assert slots(KINDS["sessions"])


def test_hostile_strings_are_text(pair: tuple[Built, Built]) -> None:
    hostile, _harmless = pair
    page = hostile.page("sessions/harbour-2024/opening.html")
    heading = next(page.main().iter("h1"))
    words = "Opening: who counts the ships? " + " ".join(HOSTILE.split())
    assert page.text(heading).removesuffix("¶") == words
    for part in (
        "An hour in the hall",
        "Great Hall",
        "Head of Counting",
        "the local paper",
        "flag",
        "Frida Holm",
    ):
        assert f"{part} <script>alert(1)</script>" in page.text(), part


def test_hostile_strings_make_no_element_and_no_attribute(pair: tuple[Built, Built]) -> None:
    hostile, harmless = pair
    assert hostile.pages.keys() == harmless.pages.keys()
    for name, page in hostile.pages.items():
        assert elements(page.tree) == elements(harmless.pages[name].tree), name


def test_nothing_on_a_page_can_run(pair: tuple[Built, Built]) -> None:
    for name, page in pair[0].pages.items():
        for element in page.tree.iter():
            assert element.tag not in {"iframe", "object", "embed"}, name
            for attribute, value in element.attrib.items():
                assert not attribute.startswith("on"), (name, attribute, value)
                assert attribute == "content" or not value.strip().lower().startswith("javascript:"), (
                    name,
                    attribute,
                )
                assert attribute not in {"href", "src"} or "evil.example" not in value, (name, value)


def elements(tree: Any) -> Counter[tuple[str, tuple[str, ...]]]:
    return Counter((str(node.tag), tuple(sorted(node.attrib))) for node in tree.iter())


def test_hostile_strings_stay_in_the_inventory(pair: tuple[Built, Built]) -> None:
    hostile, harmless = pair
    assert {kind for kind, _name in forum_entries(hostile)} == {
        kind for kind, _name in forum_entries(harmless)
    }
    assert len(forum_entries(hostile)) == len(forum_entries(harmless))
    assert all("\n" not in entry.display for entry in forum_entries(hostile).values())


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_other_builders_take_hostile_strings(pair: tuple[Built, Built], builder: str) -> None:
    site = pair[0].site
    built = site.build(builder)
    expected = {"toc.not_included", "rapporteur.look-alike", "rapporteur.time-source"}
    assert {subtype for subtype, _file, _line in built.found} <= expected


# --- sources


@pytest.mark.parametrize("builder", ["html", "latex", "gettext"])
def test_a_build_leaves_its_sources_alone(make_site: Any, builder: str) -> None:
    site: Site = make_site()
    before = site.snapshot()
    folders = {path for top in (site.docs, site.data) for path in top.rglob("*") if path.is_dir()}
    built = site.build(builder)
    assert built.output == ""
    assert site.snapshot() == before
    assert {path for top in (site.docs, site.data) for path in top.rglob("*") if path.is_dir()} == folders


def test_the_text_of_pages_is_not_published(html: Built) -> None:
    assert {path.name for path in (html.out / "_sources").rglob("*.txt")} == {"index.md.txt", "uses.md.txt"}
    assert not list(html.out.rglob("*.yaml"))
    for path, content in html.files(except_for=("*.png",)).items():
        assert str(html.site.root).encode() not in content, path
