"""What was published and is gone without an alias fails the check, with what to add and where."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from serving import served
from tide import CONF, OPENING, tide_site

from sites import Site
from sphinx_rapporteur.cli import main
from sphinx_rapporteur.formats.inventory import read_published
from sphinx_rapporteur.records.published import PublishedObject

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


def copied(old: str, new: str) -> Edit:
    return lambda site: shutil.copy(site.data / old, site.data / new)


def renamed_nets(own: str, title: str) -> Edit:
    """Give the session of nets another id and another title."""

    def edit(site: Site) -> None:
        path = site.data / f"sessions/tide-2024/{own}.yaml"
        (site.root / NETS).rename(path)
        site.replace(str(path.relative_to(site.root)), "title: Nets and knots", f"title: {title}")

    return edit


def new_session(own: str, title: str, hour: str, more: str = "type: workshop\n") -> Edit:
    text = f"title: {title}\n{more}start: 2024-05-07T{hour}\n"
    return lambda site: site.write(f"data/sessions/tide-2024/{own}.yaml", text)


def without_figures(own: str) -> Edit:
    def edit(site: Site) -> None:
        path = site.data / f"sessions/tide-2024/{own}.yaml"
        path.write_text(path.read_text("utf-8").partition("statistics:")[0], "utf-8")

    return edit


NETS = "data/sessions/tide-2024/nets.yaml"
GULLS = "  - {id: gulls, label: gulls seen, value: 12, said_by: bo-carstensen}\n"


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
        gone(f"{OPENING}:12", "the name stands here without a record: restore the record, such as people/cy-witness.yaml, or add 'cy-witness' to the `aliases` of what took its place"),
    ),
    "a person of whom nothing is left": Case(
        (lambda site: (site.data / "people/cy-witness.yaml").unlink(), replaced(OPENING, "  - {person: cy-witness, role: speaker, affiliations: [{name: Union, title: Docker}]}\n", "")),
        gone("data:1", "the person 'cy-witness'", "restore the record, such as people/cy-witness.yaml, or"),
    ),
    "a person with another surname": Case(
        (
            moved("people/ada-lind.yaml", "people/ada-berg.yaml"),
            used("ada-lind", "ada-berg"),
            replaced("data/people/ada-berg.yaml", "name: Ada Lind\nsort_name: Lind, Ada", "name: Ada Bergqvist\nsort_name: Bergqvist, Ada"),
        ),
        gone("data/people/ada-berg.yaml:1", "it probably became 'ada-berg': add `aliases: [ada-lind]` and `also_known_as: [Ada Lind]` to it"),
    ),
    "a person with another name altogether": Case(
        (
            moved("people/ada-lind.yaml", "people/q.yaml"),
            used("ada-lind", "q"),
            replaced("data/people/q.yaml", "name: Ada Lind\nsort_name: Lind, Ada", "name: Mx Quux"),
        ),
        gone("data/people/q.yaml:1", "'q' is the only new one; if it became that, add `aliases: [ada-lind]` and `also_known_as: [Ada Lind]` to it"),
    ),
    "two people that became one, by a printed spelling": Case(
        (
            lambda site: (site.data / "people/cy-witness.yaml").unlink(),
            replaced(OPENING, "  - {person: cy-witness, role: speaker, ", "  - {person: bo-carstensen, as_printed: [Cy Witness], role: witness, "),
        ),
        gone("data/people/bo-carstensen.yaml:1", "it probably became 'bo-carstensen': add `aliases: [cy-witness]` and `also_known_as: [Cy Witness]` to it"),
    ),
    "two people that became one, by another spelling": Case(
        (
            moved("people/cy-witness.yaml", "people/w.yaml"),
            replaced("data/people/w.yaml", "name: Cy Witness", "name: Ola Nordmann\nalso_known_as: [Cyril Witness]"),
            used("cy-witness", "w"),
        ),
        gone("data/people/w.yaml:1", "it probably became 'w': add `aliases: [cy-witness]` to it"),
    ),
    "a session": Case(
        (moved("sessions/tide-2024/nets.yaml", "sessions/tide-2024/knots.yaml"),),
        gone("data/sessions/tide-2024/knots.yaml:1", "the session 'tide-2024/nets' was published and is gone", "add `aliases: [nets]` to it"),
    ),
    "a session in another event": Case(
        (moved("sessions/tide-2024/nets.yaml", "sessions/tide-2025/nets.yaml"), replaced("data/sessions/tide-2025/nets.yaml", "2024-05-07T10:00\nend: 2024", "2025-05-07T10:00\nend: 2025")),
        gone("data/sessions/tide-2025/nets.yaml:1", "it probably became 'tide-2025/nets': add `aliases: [tide-2024/nets]` to it")
        + gone("docs/conf.py:1", """add `"events/tide-2024/2024-05-07": "events/tide-2024"` to `rapporteur_redirects` in conf.py"""),
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
        gone("docs/conf.py:1", "3 person pages were published at another address, such as that of 'ada-lind'; found people/ada-lind; expected who/ada-lind", "set the `rapporteur_url_…` setting back to the path that was published"),
    ),
    "the path of topics": Case(
        (lambda site: site.conf(CONF + 'rapporteur_url_topics = "tags"\n'),),
        gone("docs/conf.py:1", "the page with every topic was published at another address; found topics; expected tags", "set the `rapporteur_url_…` setting back"),
    ),
    "the path of goals": Case(
        (lambda site: site.conf(CONF + 'rapporteur_url_sdgs = "goals"\n'),),
        gone("docs/conf.py:1", "the page with every Sustainable Development Goal was published at another address; found sdgs; expected goals"),
    ),
    "an id given to somebody else": Case(
        (another_person,),
        (("data/people/cy-witness.yaml:1", "meaning", "the id 'cy-witness' was published for something else; an id is never given to another"),),
    ),
    "a tag": Case(
        (replaced(OPENING, "[Ship traffic]", "[Shipping]"),),
        gone("data/events/tide-2024.yaml:1", "the topic 'ship-traffic' was published and is gone", "'shipping' is the only new one; if it became that, add `tags: [{name: Shipping, aliases: [ship-traffic]}]` to the event"),
    ),
    "a tag that is worded anew": Case(
        (replaced(OPENING, "[Ship traffic]", "[Ships traffic]"),),
        gone("data/events/tide-2024.yaml:1", "the topic 'ship-traffic' was published and is gone", "it probably became 'ships-traffic': add `tags: [{name: Ships traffic, aliases: [ship-traffic]}]` to the event"),
    ),
    "a tag that nothing took the place of": Case(
        (replaced(OPENING, "[Ship traffic]", "[Light, Salt]"),),
        gone("data:1", "the topic 'ship-traffic' was published and is gone", """give a session this tag again or, if no other took its place, add `"topics/index#topic-ship-traffic": "topics/index"` to `rapporteur_redirects` in conf.py"""),
    ),
    "a goal": Case(
        (replaced(OPENING, 'sdgs: ["14.1"]', "sdgs: [14]"),),
        gone("data:1", "the Sustainable Development Goal '14.1' was published and is gone", """give a session this goal again or, if none deals with it any more, add `"sdgs/index#sdg-14-1": "sdgs/index"` to `rapporteur_redirects` in conf.py"""),
    ),
    "the last tag": Case(
        (replaced(OPENING, "tags: [Ship traffic]\n", ""),),
        gone("data:1", "the topic 'ship-traffic' was published and is gone", """give a session this tag again or, if no other took its place, add `"topics/index": "index"` to `rapporteur_redirects`"""),
    ),
    "a session with another title": Case(
        (moved("sessions/tide-2024/nets.yaml", "sessions/tide-2024/b7.yaml"), replaced("data/sessions/tide-2024/b7.yaml", "title: Nets and knots", "title: Weaving")),
        gone("data/sessions/tide-2024/b7.yaml:1", "it probably became 'tide-2024/b7': add `aliases: [nets]` and `alt_titles: [Nets and knots]` to it"),
    ),
    "a session with another title beside a new one, by its figures": Case(
        (renamed_nets("b7", "Weaving"), new_session("c9", "Light at sea", "10:00")),
        gone("data/sessions/tide-2024/b7.yaml:1", "it probably became 'tide-2024/b7': add `aliases: [nets]` and `alt_titles: [Nets and knots]` to it"),
    ),
    "a session of which nothing is left but that it is the only new one": Case(
        (renamed_nets("b7", "Weaving"), without_figures("b7")),
        gone("data/sessions/tide-2024/b7.yaml:1", "'tide-2024/b7' is the only new one; if it became that, add `aliases: [nets]` and `alt_titles: [Nets and knots]` to it"),
    ),
    "a session that may have become either of two": Case(
        (renamed_nets("b7", "Weaving"), copied("sessions/tide-2024/b7.yaml", "sessions/tide-2024/c9.yaml"), replaced("data/sessions/tide-2024/c9.yaml", "title: Weaving", "title: Sewing"), replaced("data/sessions/tide-2024/c9.yaml", "T10:00\nend: 2024-05-07T11", "T14:00\nend: 2024-05-07T15")),
        gone("data/sessions/tide-2024/b7.yaml:1", "(several new ones are as much like it; it became 'tide-2024/b7' (add `aliases: [nets]` and `alt_titles: [Nets and knots]` to it) or 'tide-2024/c9' (add `aliases: [nets]` and `alt_titles: [Nets and knots]` to it))", "[see also data/sessions/tide-2024/c9.yaml:1]"),
    ),
    "a figure in another session": Case(
        (replaced(OPENING, GULLS, ""), lambda site: site.replace(NETS, "statistics:\n", f"statistics:\n{GULLS}")),
        gone(f"{NETS}:10", "the figure 'tide-2024/opening/gulls' was published and is gone", "it probably became 'tide-2024/nets/gulls': add `aliases: [tide-2024/opening/gulls]` to it"),
    ),
    "a figure that is gone": Case(
        (replaced(OPENING, GULLS, ""),),
        gone(f"{OPENING}:1", "the figure 'tide-2024/opening/gulls' was published and is gone", "restore 'gulls' here, or add `aliases: [tide-2024/opening/gulls]` to what took its place"),
    ),
    "a session that is gone": Case(
        (lambda site: (site.root / NETS).unlink(), replaced("data/sessions/tide-2025/opening.yaml", "title: The ships", "title: All the ships")),
        (("data/events/tide-2024.yaml:1", "published", "restore the record, such as sessions/tide-2024/nets.yaml, or add 'tide-2024/nets' to the `aliases` of what took its place"),
         ("docs/conf.py:1", "published", """add `"events/tide-2024/2024-05-07": "events/tide-2024"` to `rapporteur_redirects` in conf.py"""))
    ),
    "an alias that was given to another person": Case(
        (
            moved("people/cy-witness.yaml", "people/cyril-w.yaml"),
            used("cy-witness", "cyril-w"),
            replaced("data/people/ada-lind.yaml", "sort_name", "aliases: [cy-witness]\nsort_name"),
        ),
        (("data/people/ada-lind.yaml:2", "meaning", "the former id 'cy-witness' was published for something else than what it leads to now; found Ada Lind; expected Cy Witness (take it off these `aliases` and add it to those of 'cyril-w' (people/cyril-w.yaml:1); if it is the same, add `also_known_as: [Cy Witness]`)"),),
    ),
    "a day without sessions": Case(
        (replaced(NETS, "start: 2024-05-07T10:00\nend: 2024-05-07", "start: 2024-05-06T14:00\nend: 2024-05-06"), replaced(NETS, "T11:00", "T15:00")),
        gone("docs/conf.py:1", "the page 'events/tide-2024/2024-05-07' was published and is gone, and nothing leads on from its address", """add `"events/tide-2024/2024-05-07": "events/tide-2024"` to `rapporteur_redirects` in conf.py, or name another"""),
    ),
    "an index that lists nothing": Case(
        (replaced(OPENING, "type: plenary\n", ""), replaced(NETS, "type: workshop\n", ""), replaced("data/sessions/tide-2025/opening.yaml", "type: plenary\n", "")),
        gone("docs/conf.py:1", "the page 'sessions/by-type' was published", """add `"sessions/by-type": "sessions/index"` to"""),
    ),
    "a page by hand": Case(
        (lambda site: (site.docs / "about.md").unlink(),),
        gone("docs/conf.py:1", "the page 'about' was published and is gone", """restore it, or name the page that took its place in `rapporteur_redirects` in conf.py, such as `"about": "index"`"""),
    ),
    "a page by hand under another name": Case(
        (lambda site: (site.docs / "about.md").rename(site.docs / "about-us.md"),),
        gone("docs/conf.py:1", "the page 'about' was published and is gone", """it probably became 'about-us': add `"about": "about-us"` to `rapporteur_redirects` in conf.py"""),
    ),
    "no labels": Case(
        (lambda site: site.conf(CONF + "rapporteur_inventory_labels = False\n"),),
        gone("docs/conf.py:1", "the objects were published as labels too, and are not any more; found 16 labels", "set `rapporteur_inventory_labels` back to True"),
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
    "the session with the only tags withheld": (replaced(OPENING, "title: Who", "withheld: true\ntitle: Who"),),
    "a person renamed": (
        moved("people/ada-lind.yaml", "people/a-lind.yaml"),
        used("ada-lind", "a-lind"),
        replaced("data/people/a-lind.yaml", "sort_name", "aliases: [ada-lind]\nsort_name"),
    ),
    "a session moved to another event": (
        moved("sessions/tide-2024/nets.yaml", "sessions/tide-2025/nets.yaml"),
        replaced("data/sessions/tide-2025/nets.yaml", "start: 2024-05-07T10:00\nend: 2024-05-07T11:00", "start: 2025-05-07T10:00\nend: 2025-05-07T11:00\naliases: [tide-2024/nets]"),
        lambda site: site.conf(CONF + 'rapporteur_redirects = {"events/tide-2024/2024-05-07": "events/tide-2024"}\n'),
    ),
    "a figure renamed": (replaced(OPENING, "{id: gulls,", "{id: terns, aliases: [gulls],"),),
}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = tide_site(tmp_path_factory.mktemp("published"))
    site.write("docs/about.md", "---\norphan: true\n---\n(contact)=\n# About us\n")
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


AS_PUBLISHED: dict[str, tuple[tuple[Edit, ...], str]] = {
    "a session, by its number, hours and people": (
        (renamed_nets("b7", "Weaving"), without_figures("b7"), new_session("c9", "Light at sea", "10:00")),
        "data/sessions/tide-2024/b7.yaml:1: error: the session 'tide-2024/nets' was published and is gone",
    ),
    "a person, by what they said and were": (
        (
            moved("people/ada-lind.yaml", "people/q.yaml"),
            used("ada-lind", "q"),
            replaced("data/people/q.yaml", "name: Ada Lind\nsort_name: Lind, Ada", "name: Mx Quux"),
            lambda site: site.write("data/people/new.yaml", "name: New Comer\ncountry: SE\n"),
        ),
        "data/people/q.yaml:1: error: the person 'ada-lind' was published and is gone",
    ),
    "a person, by the figures that they stated alone": (
        (
            replaced(OPENING, "  - {person: bo-carstensen, role: speaker}\n", ""),
            replaced(NETS, "  - {person: bo-carstensen, role: speaker, affiliations: [{name: Net Guild, title: Knotter}]}\n", "  - {person: q, role: speaker}\n"),
            moved("people/bo-carstensen.yaml", "people/q.yaml"),
            used("bo-carstensen", "q"),
            replaced("data/people/q.yaml", "name: Bo Carstensen\nsort_name: Carstensen, Bo", "name: Mx Quux"),
            lambda site: site.write("data/people/new.yaml", "name: New Comer\n"),
        ),
        "data/people/q.yaml:1: error: the person 'bo-carstensen' was published and is gone",
    ),
    "an organisation, by whose it is": (
        (
            moved("organizations/dock-board.yaml", "organizations/hq.yaml"),
            used("dock-board", "hq"),
            replaced("data/organizations/hq.yaml", "name: Board of Docks\nshort_name: BoD", "name: Port Authority"),
            lambda site: site.write("data/organizations/new.yaml", "name: Light Keepers\ncountry: DK\n"),
        ),
        "data/organizations/hq.yaml:1: error: the organisation 'dock-board' was published and is gone",
    ),
    "nothing, where a new session has the slot alone": (
        (lambda site: (site.root / NETS).unlink(), new_session("c9", "Light at sea", "10:00", "end: 2024-05-07T11:00\n"), new_session("c10", "Salt", "12:00")),
        "data/events/tide-2024.yaml:1: error: the session 'tide-2024/nets' was published and is gone",
    ),
    "either of two people": (
        (
            moved("people/cy-witness.yaml", "people/q.yaml"),
            used("cy-witness", "q"),
            replaced("data/people/q.yaml", "name: Cy Witness", "name: Mx Quux"),
            replaced(OPENING, "  - {person: q, ", "  - {person: r, role: speaker, affiliations: [{name: Union, title: Docker}]}\n  - {person: q, "),
            lambda site: site.write("data/people/r.yaml", "name: Hal Orsted\n"),
        ),
        "data/people/q.yaml:1: error: the person 'cy-witness' was published and is gone, and no alias leads to what it became; found Cy Witness; expected every published name to resolve (several new ones are as much like it; it became 'q' (",
    ),
}  # fmt: skip
"""What a vanished record became by what is published beside the inventory: an edit, and what is said."""


@pytest.mark.parametrize("name", AS_PUBLISHED)
def test_what_a_record_became_is_seen_by_all_that_was_published_of_it(
    site: Site, published: Site, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(published.root / "out-html/rapporteur.json", site.root)
    edits, says = AS_PUBLISHED[name]
    for edit in edits:
        edit(site)
    assert check() == 1
    out = capsys.readouterr().out
    found = [line for line in out.splitlines() if line.startswith(says)]
    assert len(found) == 1, out
    if not name.startswith(("nothing", "either")):
        assert "(it probably became " in found[0]
        assert do_as_told(site, found) == 1
        assert says not in again(capsys)


MEASURES = {
    "another measure": ("label: gulls seen, value: 12", "label: metres of rope, value: 90, unit: m", "found metres of rope (in m); expected gulls seen (give the new figure an id of its own"),
    "a former id": ("id: gulls, label: gulls seen", "id: rope, aliases: [gulls], label: metres of rope", "take 'gulls' off the `aliases` of this figure"),
    "another measure of as many words": ("label: gulls seen", "label: eels caught", "found eels caught"),
    "a unit that there was not": ("label: gulls seen, value: 12", "label: gulls seen, value: 12, unit: birds", ""),
    "the same worded anew": ("label: gulls seen", "label: gulls that were seen from the pier", ""),
    "another value": ("value: 12", "value: 13", ""),
    "another label of one indicator": ("label: ships that called", "label: traffic in the port", ""),
}  # fmt: skip
"""What of a figure is replaced by what, and what is said."""


@pytest.mark.parametrize("name", MEASURES)
def test_a_figure_that_counts_something_else_is_said(
    site: Site, published: Site, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(published.root / "out-html/rapporteur.json", site.root)
    old, new, words = MEASURES[name]
    site.replace(OPENING, old, new)
    assert check() == 0
    out = capsys.readouterr().out
    assert words in out
    assert out.count("[rapporteur.meaning]") == bool(words)
    if words:
        assert out.startswith(f"{OPENING}:27: warning: the ")
        assert "'tide-2024/opening/gulls' was published for a figure of something else" in out


def again(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    check()
    return capsys.readouterr().out


def test_what_was_published_under_a_former_name_stays_fine(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a person renamed", "a session moved to another event", "a figure renamed"):
        for edit in FINE[name]:
            edit(site)
    site.build(out="published")
    assert check("published", "--ignore", "outside-event") == 0
    # And at an address that no present or former name of the record has, it is not.
    site.conf((site.docs / "conf.py").read_text("utf-8") + 'rapporteur_url_people = "folk"\n')
    capsys.readouterr()
    assert check("published", "--ignore", "outside-event") == 1
    (said,) = capsys.readouterr().out.splitlines()
    assert "3 person pages were published at another address" in said


ADVICE = re.compile(r"[aA]dd `((?:aliases|tags): [^`]+)`(?: and `([^`]+)`)? to (?:it|the event)")
REDIRECT = re.compile(
    r"(\"[^\"]+\": \"[^\"]+\")` (?:to|in conf)? ?`?rapporteur_redirects|such as `(\"[^`]+\")`"
)


def do_as_told(site: Site, lines: list[str]) -> int:
    """Do what the lines of a check say, to the letter; return how much was done."""
    redirects, done = [], 0
    for line in lines:
        place = line.partition(": ")[0]
        name, _, number = place.rpartition(":")
        advice, redirect = ADVICE.search(line), REDIRECT.search(line)
        if advice:
            keys = [text for text in advice.groups() if text]
            file = site.root / name
            text = file.read_text("utf-8").splitlines()
            at = int(number) - 1
            if text[at].startswith("  - {"):
                text[at] = text[at].replace("{", "{" + ", ".join(keys) + ", ", 1)
            elif text[at].startswith("  - "):
                text[at:at] = [f"  - {keys[0]}", text[at].replace("- ", "  ", 1)]
                del text[at + 2]
            else:
                text += keys
            file.write_text("\n".join(text) + "\n", "utf-8")
        elif redirect:
            redirects.append(redirect[1] or redirect[2])
        done += bool(advice or redirect)
    if redirects:
        conf = (site.docs / "conf.py").read_text("utf-8")
        site.conf(f"{conf}rapporteur_redirects = {{{', '.join(redirects)}}}\n")
    return done


NOT_TOLD = {
    "a session that may have become either of two",
    "a session of which nothing is left but that it is the only new one",
    "a person who is gone",
    "a person of whom nothing is left",
    "a figure that is gone",
    "a session that is gone",
    "the path of people",
    "the path of topics",
    "the path of goals",
    "an id given to somebody else",
    "an alias that was given to another person",
    "no labels",
}
"""Where something else has to be done than to add a line."""


@pytest.mark.parametrize("name", sorted(CASES.keys() - NOT_TOLD))
def test_nothing_is_said_after_doing_what_it_says(
    site: Site, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--strict", "--ignore", "outside-event")
    for edit in CASES[name].edits:
        edit(site)
    assert check("objects.inv", *options) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert do_as_told(site, lines) == len(lines), lines
    assert check("objects.inv", *options) == 0, capsys.readouterr().out


def test_a_figure_in_another_session_by_the_whole_way(
    site: Site, published: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for edit in CASES["a figure in another session"].edits:
        edit(site)
    check()
    assert do_as_told(site, capsys.readouterr().out.splitlines()) == 1
    built = site.build(out="published-next")
    assert built.output == ""
    old = forum_entry(published.root / "out-html", "tide-2024/opening/gulls")
    new = forum_entry(built.out, "tide-2024/opening/gulls")
    assert (old.uri, new.uri) == (
        "sessions/tide-2024/opening.html#stat-gulls",
        "sessions/tide-2024/nets.html#stat-gulls",
    )
    page = built.page("sessions/tide-2024/opening.html")
    assert page.links(page.by_id("stat-gulls")) == ["nets.html#stat-gulls"]
    assert check("published-next") == 0


def forum_entry(folder: Path, name: str) -> PublishedObject:
    (found,) = (one for one in read_published(str(folder)) if (one.kind, one.name) == ("stat", name))
    return found


def test_who_was_joined_with_whom_is_seen_by_what_was_published_beside_the_inventory(
    site: Site, published: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.data / "people/cy-witness.yaml").unlink()
    site.replace(OPENING, "  - {person: bo-carstensen, role: speaker}\n", "")
    site.replace(OPENING, "person: cy-witness", "person: bo-carstensen")
    assert check() == 1
    assert "restore the record, such as people/cy-witness.yaml" in capsys.readouterr().out
    hint = "it probably became 'bo-carstensen': add `aliases: [cy-witness]` and `also_known_as: [Cy Witness]`"
    with served(published.root / "out-html") as address:
        for source in (str(published.root / "out-html"), address, f"{address}objects.inv"):
            assert check(source) == 1
            out = capsys.readouterr().out
            assert out.startswith("data/people/bo-carstensen.yaml:1: error:")
            assert hint in out
    shutil.copy(published.root / "out-html/rapporteur.json", site.root)
    assert check() == 1
    assert do_as_told(site, capsys.readouterr().out.splitlines()) == 1
    assert check("objects.inv", "--strict") == 0


@pytest.mark.parametrize(
    "text", ["", "[1]", "{", '{"objects": []}', '{"objects": {"person": {"cy-witness": [1]}}}']
)
def test_a_damaged_file_beside_the_inventory_is_as_good_as_none(site: Site, text: str) -> None:
    site.write("rapporteur.json", text)
    assert check() == 0


def test_what_is_not_compared_is_said(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    labels = "not compared, since a build alone knows them: 1 std:label"
    assert main(["check", "data", "--published", "objects.inv", "--conf", "docs"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == labels
    (site.docs / "about.md").unlink()
    pages = "not compared: 25 pages as documents (give the folder of conf.py with --conf)"
    assert main(["check", "data", "--published", "objects.inv"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [pages, labels]
    assert main(["check", "data", "--published", "objects.inv", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == [pages, labels]
    assert main(["check", "data", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == []


def test_how_much_is_gone_for_being_withheld_is_said_without_names(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.replace(OPENING, "title: Who", "withheld: true\ntitle: Who")
    options = ("--published", "objects.inv", "--conf", "docs", "--ignore", "outside-event")
    assert main(["check", "data", *options]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "gone because something is withheld, and accepted: 1 outcome, 1 quotation, "
        "2 Sustainable Development Goals, 1 session, 2 figures, 1 topic\n"
    )
    assert "traffic" not in out


def test_of_several_folders_it_is_not_known_which_was_published(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree("data", "more")
    assert main(["check", "data", "more", "--published", "objects.inv"]) == 2
    assert "--published goes with one data folder" in capsys.readouterr().err


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
        ("docs", "docs: there is no objects.inv in this folder; give that of a built site, or its address"),
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
