"""The sites that the benchmark compares show the same facts, so that neither is fast by leaving some out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from bench.facts import World
from bench.generate import generate
from bench.handwritten import HandwrittenSite
from bench.measure import run
from bench.ours import OurSite
from bench.peers import installed_peers
from bench.site import SiteWriter, write_files

from sites import Page

pytestmark = pytest.mark.slow

SESSIONS = 20
PAGES = (
    "sessions/forum-1/s1.html",
    "sessions/forum-1/s7.html",
    "sessions/forum-1/s20.html",
    "people/person-0.html",
    "people/person-3.html",
    "organizations/org-1.html",
)
ONLY_OURS = frozenset({"figures", "that", "were", "stated", "moderator", "speaker", "sessions", "utc", "00"})
"""Words of captions, of counts and of the time zone, which a person would not write on each page."""
ONLY_THEIRS = frozenset({"said"})
"""The head of a column that says again whose page it is on."""
_WORD = re.compile(r"[\w’']+")


def shown(node: Any) -> Iterator[str]:
    """Yield the text that a reader sees in an element: no initials, no link signs, no ways to other pages."""
    css = node.get("class") or ""
    is_way = "headerlink" in css or "breadcrumbs" in css or node.get("id") == "see-also"
    if node.get("aria-hidden") != "true" and not is_way:
        yield node.text or ""
        for child in node:
            yield from shown(child)
    yield node.tail or ""


def words(folder: Path, name: str) -> list[str]:
    """Return the words of a page's content, without case and punctuation."""
    main = Page((folder / name).read_text("utf-8")).main()
    return _WORD.findall(" ".join(shown(main)).casefold())


def build(writer: SiteWriter, world: World, folder: Path) -> Path:
    """Return the folder of a built site."""
    write_files(folder, dict(writer.files(world)))
    run(writer.command(folder, folder / "out", jobs=1), folder=folder)
    return folder / "out"


@pytest.fixture(scope="module")
def world() -> World:
    return generate(SESSIONS)


@pytest.fixture(scope="module")
def ours(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(OurSite(), world, tmp_path_factory.mktemp("ours") / "site")


@pytest.fixture(scope="module")
def handwritten(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(HandwrittenSite(), world, tmp_path_factory.mktemp("handwritten") / "site")


@pytest.mark.parametrize("name", PAGES)
def test_same_words(name: str, ours: Path, handwritten: Path) -> None:
    in_ours, in_theirs = words(ours, name), words(handwritten, name)
    numbers = {word for word in in_ours if word.isdigit()}
    assert set(in_theirs) - set(in_ours) - ONLY_THEIRS == set()
    assert set(in_ours) - set(in_theirs) - ONLY_OURS - numbers == set()
    # As many of them, too: neither repeats what the other says once.
    assert 0.85 < len(in_ours) / len(in_theirs) < 1.15


@pytest.fixture(scope="module", params=["ours", "handwritten", "datatemplates", "sphinx-needs", "hugo"])
def any_site(request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param in {"ours", "handwritten"}:
        return cast("Path", request.getfixturevalue(request.param))
    if request.param not in installed_peers():
        pytest.skip(f"{request.param} is not installed")
    return build(installed_peers()[request.param], world, tmp_path_factory.mktemp("peer") / "site")


def test_every_fact_is_shown(world: World, any_site: Path) -> None:
    for session in world.sessions:
        facts = [session.title, session.number, session.room.name, session.summary, *session.report]
        facts += [text for figure in session.figures for text in (figure.shown, figure.label)]
        facts += [quote.text for quote in session.quotes] + [f"SDG {goal}" for goal in session.sdgs]
        for appearance in session.people:
            person = appearance.person
            facts += [person.name, person.post, person.organization.name, appearance.role]
        text = " ".join(words(any_site, f"sessions/{session.event}/{session.id}.html"))
        assert [fact for fact in facts if " ".join(_WORD.findall(fact.casefold())) not in text] == []


def test_generator_repeats_itself() -> None:
    assert generate(SESSIONS, seed=5) == generate(SESSIONS, seed=5) != generate(SESSIONS, seed=6)


def test_one_figure_changes_the_pages_that_show_it(world: World) -> None:
    changed = world.with_one_figure_changed()
    session = world.sessions[SESSIONS // 2]
    figure = session.figures[0]
    before, after = (dict(HandwrittenSite().files(w)) for w in (world, changed))
    assert {path for path in before if before[path] != after[path]} == {
        f"docs/sessions/{session.event}/{session.id}.md",
        f"docs/people/{figure.said_by.id}.md",
        f"docs/organizations/{figure.said_by.organization.id}.md",
    }
    before, after = (dict(OurSite().files(w)) for w in (world, changed))
    assert {path for path in before if before[path] != after[path]} == {
        f"data/sessions/{session.event}/{session.id}.yaml"
    }
