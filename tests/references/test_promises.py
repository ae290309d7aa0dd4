"""What was published and is gone without an alias fails the check, with what to add and where."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from serving import served
from tide import CONF, OPENING, tide_site

from sites import Site
from sphinx_rapporteur.cli import main

Edit = Callable[[Site], object]


def moved(old: str, new: str) -> Edit:
    return lambda site: (site.data / old).rename(site.data / new)


def replaced(path: str, old: str, new: str) -> Edit:
    return lambda site: site.replace(path, old, new)


def used(old: str, new: str) -> Edit:
    """Write another id wherever a record names one."""

    def edit(site: Site) -> None:
        for path in site.data.rglob("*.yaml"):
            path.write_text(path.read_text("utf-8").replace(f": {old}", f": {new}"), "utf-8")

    return edit


def another_person(site: Site) -> None:
    site.write("data/people/cy-witness.yaml", "name: Wilhelmina Bruggink\n")


class Case(NamedTuple):
    """An edit, and what the check says of it: place, severity and subtype, words."""

    edits: tuple[Edit, ...]
    says: tuple[tuple[str, str, str], ...]


def gone(place: str, *words: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((place, "published", word) for word in words)


CASES = {
    "a person": Case(
        (moved("people/ada-lind.yaml", "people/a-lind.yaml"), used("ada-lind", "a-lind")),
        gone("data/people/a-lind.yaml:1", "the person 'ada-lind' was published and is gone, and no alias leads to what it became")
        + gone("data/people/a-lind.yaml:1", "it probably became 'a-lind': add `aliases: [ada-lind]` to it"),
    ),
    "a person whose name changed too": Case(
        (
            moved("people/ada-lind.yaml", "people/ada-lindqvist.yaml"),
            used("ada-lind", "ada-lindqvist"),
            replaced("data/people/ada-lindqvist.yaml", "name: Ada Lind\n", "name: Ada Lindqvist\n"),
        ),
        gone("data/people/ada-lindqvist.yaml:1", "add `aliases: [ada-lind]` to it"),
    ),
    "a person who is gone": Case(
        (lambda site: (site.data / "people/cy-witness.yaml").unlink(), replaced(OPENING, "{person: cy-witness", "{name: Cy Witness")),
        gone("data/people:1", "restore it, or add 'cy-witness' to the `aliases` of the record that took its place"),
    ),
    "a session": Case(
        (moved("sessions/tide-2024/nets.yaml", "sessions/tide-2024/knots.yaml"),),
        gone("data/sessions/tide-2024/knots.yaml:1", "the session 'tide-2024/nets' was published and is gone", "add `aliases: [nets]` to it"),
    ),
    "a session in another event": Case(
        (moved("sessions/tide-2024/nets.yaml", "sessions/tide-2025/nets.yaml"), replaced("data/sessions/tide-2025/nets.yaml", "2024-05-07T10:00\nend: 2024", "2025-05-07T10:00\nend: 2025")),
        gone("data/sessions/tide-2025/nets.yaml:1", "it probably became 'tide-2025/nets': add `aliases: [tide-2024/nets]` to it"),
    ),
    "an organisation": Case(
        (moved("organizations/dock-board.yaml", "organizations/bod.yaml"), used("dock-board", "bod")),
        gone("data/organizations/bod.yaml:1", "the organisation 'dock-board' was published and is gone", "add `aliases: [dock-board]` to it"),
    ),
    "an indicator": Case(
        (moved("indicators/calls.yaml", "indicators/port-calls.yaml"), used("calls", "port-calls")),
        gone("data/indicators/port-calls.yaml:1", "the indicator 'calls'", "add `aliases: [calls]` to it"),
    ),
    "an event": Case(
        (moved("events/tide-2024.yaml", "events/third-tide.yaml"), moved("sessions/tide-2024", "sessions/third-tide")),
        gone("data/events/third-tide.yaml:1", "the event 'tide-2024' was published and is gone", "add `aliases: [tide-2024]` to it"),
    ),
    "a figure": Case(
        (replaced(OPENING, "id: gulls", "id: sea-gulls"),),
        gone("data/sessions/tide-2024/opening.yaml:27", "the figure 'tide-2024/opening/gulls' was published and is gone", "it probably became 'tide-2024/opening/sea-gulls': add `aliases: [gulls]` to it"),
    ),
    "a quotation": Case(
        (replaced(OPENING, "id: sea,", "id: no-minutes,"),),
        gone("data/sessions/tide-2024/opening.yaml:29", "the quotation 'tide-2024/opening/sea'", "add `aliases: [sea]` to it"),
    ),
    "an outcome": Case(
        (replaced(OPENING, "id: recount,", "id: count-again,"),),
        gone("data/sessions/tide-2024/opening.yaml:31", "the outcome 'tide-2024/opening/recount'", "add `aliases: [recount]` to it"),
    ),
    "the path of people": Case(
        (lambda site: site.conf(CONF + 'rapporteur_url_people = "who"\n'),),
        gone("data/people/ada-lind.yaml:1", "the page of the person 'ada-lind' was published at another address", "expected who/ada-lind.html or who/ada-lind/", "set the `rapporteur_url_…` setting back to the path that was published")
        + gone("data/people/bo-carstensen.yaml:1", "bo-carstensen")
        + gone("data/people/cy-witness.yaml:1", "cy-witness"),
    ),
    "the path of topics": Case(
        (lambda site: site.conf(CONF + 'rapporteur_url_topics = "tags"\n'),),
        gone("data/sessions:1", "the page with every topic was published at another address; found topics; expected tags", "set the `rapporteur_url_…` setting back"),
    ),
    "the path of goals": Case(
        (lambda site: site.conf(CONF + 'rapporteur_url_sdgs = "goals"\n'),),
        gone("data/sessions:1", "the page with every Sustainable Development Goal was published at another address; found sdgs; expected goals"),
    ),
    "an id given to somebody else": Case(
        (another_person,),
        (("data/people/cy-witness.yaml:1", "meaning", "the id 'cy-witness' was published for something else; an id is never given to another"),),
    ),
    "a tag": Case(
        (replaced(OPENING, "[Ship traffic]", "[Shipping]"),),
        gone("data/sessions:1", "the topic 'ship-traffic' was published and is gone"),
    ),
}  # fmt: skip
FINE: dict[str, tuple[Edit, ...]] = {
    "nothing": (),
    "another title": (replaced(OPENING, "title: Who counts the ships?", "title: Who counted the ships?"),),
    "another spelling": (replaced("data/people/cy-witness.yaml", "Cy Witness", "Cyril Witness"),),
    "another name that says what it was": (replaced("data/people/cy-witness.yaml", "name: Cy Witness", "name: Wilhelmina Bruggink\nalso_known_as: [Cy Witness]"),),
    "another value": (replaced(OPENING, "value: 4,321", "value: 9"),),
    "a new record": (lambda site: site.write("data/people/new.yaml", "name: New Comer\n"),),
    "a person withheld": (replaced("data/people/cy-witness.yaml", "name:", "withheld: true\nname:"),),
    "a name withheld": (replaced("data/people/cy-witness.yaml", "name:", "withheld: name\nname:"),),
    "a session withheld": (replaced("data/sessions/tide-2024/nets.yaml", "title: Nets", "withheld: true\ntitle: Nets"),),
    "an event withheld": (replaced("data/events/tide-2025.yaml", "name: Fourth", "withheld: true\nname: Fourth"),),
    "a person renamed": (
        moved("people/ada-lind.yaml", "people/a-lind.yaml"),
        used("ada-lind", "a-lind"),
        replaced("data/people/a-lind.yaml", "sort_name", "aliases: [ada-lind]\nsort_name"),
    ),
    "a session moved to another event": (
        moved("sessions/tide-2024/nets.yaml", "sessions/tide-2025/nets.yaml"),
        replaced("data/sessions/tide-2025/nets.yaml", "start: 2024-05-07T10:00\nend: 2024-05-07T11:00", "start: 2025-05-07T10:00\nend: 2025-05-07T11:00\naliases: [tide-2024/nets]"),
    ),
    "a figure renamed": (replaced(OPENING, "{id: gulls,", "{id: terns, aliases: [gulls],"),),
}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = tide_site(tmp_path_factory.mktemp("published"))
    site.build()
    site.write("docs/conf.py", CONF)
    return site


@pytest.fixture
def site(published: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a copy of the site in the current folder, with the inventory that was published last."""
    shutil.copytree(published.data, tmp_path / "data")
    shutil.copytree(published.docs, tmp_path / "docs")
    shutil.copy(published.root / "out-html/objects.inv", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    copy = Site.__new__(Site)
    copy.root, copy.docs, copy.data = tmp_path, tmp_path / "docs", tmp_path / "data"
    return copy


def check(source: str = "objects.inv", *options: str) -> int:
    return main(["check", "data", "--quiet", "--published", source, "--conf", "docs", *options])


@pytest.mark.parametrize("name", CASES)
def test_what_is_gone_is_said(site: Site, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check() == 0
    capsys.readouterr()
    for edit in CASES[name].edits:
        edit(site)
    code = check()
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    says = CASES[name].says
    assert len(lines) == len({place for place, _subtype, _words in says}), lines
    for place, subtype, words in says:
        severity = "error" if subtype == "published" else "warning"
        assert any(
            line.startswith(f"{place}: {severity}: ")
            and words in line
            and line.endswith(f"[rapporteur.{subtype}]")
            for line in lines
        ), (place, words, lines)
    assert code == any(subtype == "published" for _place, subtype, _words in says)


@pytest.mark.parametrize("name", FINE)
def test_what_is_not_gone_is_not_said(site: Site, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for edit in FINE[name]:
        edit(site)
    assert check("objects.inv", "--ignore", "outside-event") == 0
    assert capsys.readouterr().out == ""


def test_what_was_published_under_a_former_name_stays_fine(site: Site) -> None:
    for name in ("a person renamed", "a session moved to another event", "a figure renamed"):
        for edit in FINE[name]:
            edit(site)
    site.build(out="published")
    assert check("published", "--ignore", "outside-event") == 0
    # And at an address that no present or former name of the record has, it is not.
    site.conf((site.docs / "conf.py").read_text("utf-8") + 'rapporteur_url_people = "folk"\n')
    assert check("published", "--ignore", "outside-event") == 1


def test_a_person_to_whom_nothing_is_said_after_doing_what_it_says(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for edit in CASES["a person"].edits:
        edit(site)
    assert check() == 1
    hint = capsys.readouterr().out.partition("add `")[2].partition("`")[0]
    site.replace("data/people/a-lind.yaml", "sort_name", f"{hint}\nsort_name")
    assert check() == 0


def test_a_change_of_meaning_fails_when_warnings_do(site: Site) -> None:
    another_person(site)
    assert check() == 0
    assert check("objects.inv", "--strict") == 1
    assert check("objects.inv", "--strict", "--ignore", "meaning") == 0


@pytest.mark.parametrize("source", ["objects.inv", ".", "{address}", "{address}objects.inv"])
def test_the_inventory_may_be_a_file_a_site_or_an_address(
    site: Site, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for edit in CASES["a session"].edits:
        edit(site)
    with served(site.root) as address:
        assert check(source.format(address=address)) == 1
    assert "add `aliases: [nets]` to it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("missing.inv", "missing.inv: "),
        ("docs", "docs: No such file"),
        ("docs/conf.py", "this is no inventory of Sphinx"),
        ("empty.inv", "this is no inventory of Sphinx"),
        ("cut.inv", "this is no inventory of Sphinx"),
        ("{address}nothing.inv", "404"),
        ("http://127.0.0.1:1/", "http://127.0.0.1:1/objects.inv: "),
        ("gopher://127.0.0.1/", "gopher://127.0.0.1/objects.inv: "),
    ],
)
def test_an_inventory_that_cannot_be_read_is_a_wrong_call(
    site: Site, source: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("empty.inv", "")
    (site.root / "cut.inv").write_bytes((site.root / "objects.inv").read_bytes()[:-40])
    with served(site.root) as address:
        assert check(source.format(address=address)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("sphinx-rapporteur check: ")
    assert words in err
    assert err.count("\n") == 1


def test_settings_that_cannot_be_read_are_a_wrong_call(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.conf("import nothing_of_the_kind\n")
    assert check() == 2
    assert "conf.py cannot be read" in capsys.readouterr().err


def test_with_folders_for_pages_addresses_are_the_same_promises(site: Site, published: Site) -> None:
    folders = published.build("dirhtml")
    shutil.copy(folders.out / "objects.inv", site.root)
    assert check() == 0
    site.conf(CONF + 'rapporteur_url_sessions = "talks"\n')
    assert check() == 1


def test_the_real_data_keep_what_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    here = Path(__file__).parents[2]
    stored = here / "tests/published/objects.inv"
    options = ["--published", str(stored), "--conf", str(here / "docs"), "--quiet"]
    main(["check", str(here / "data"), *options])
    out = capsys.readouterr().out
    assert "[published]" not in out
    assert "[meaning]" not in out


def test_the_guide_shows_what_the_check_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = Path(__file__).parents[2] / "docs/guide"
    snippet = guide / "snippets/first-session"
    site = Site(tmp_path, data=snippet / "data", docs=snippet / "docs")
    site.conf((snippet / "docs/conf.py").read_text("utf-8").replace("furo", "alabaster"))
    site.build(out="published")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    sessions = site.data / "sessions/harbour-2031"
    (sessions / "opening.yaml").rename(sessions / "ferries.yaml")
    assert main(["check", "data/", "--published", "published", "--conf", "docs/"]) == 1
    assert capsys.readouterr().out in (guide / "references.md").read_text("utf-8")
