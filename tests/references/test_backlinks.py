"""Which pages refer to a thing is right after any sequence of edits: as a clean build says."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tide import OPENING, RECORDS, SHIPS, tide_site

if TYPE_CHECKING:
    from sites import Built, Page, Site

MAY_DIFFER = (".buildinfo*",)
ORPHAN = "---\norphan: true\n---\n"
NETS, RETURN = RECORDS["sessions/tide-2024/nets.yaml"], RECORDS["sessions/tide-2025/opening.yaml"]
FIRST = RECORDS["sessions/tide-2024/opening.yaml"]
STATES: dict[str, tuple[str | None, ...]] = {
    # What a file may hold; nothing where it is not there.
    "docs/one.md": (
        None,
        f"{ORPHAN}# One\n\n{{forum:stat}}`{SHIPS}` {{forum:person}}`ada-lind` {{forum:session}}`nets`\n",
        f"{ORPHAN}# One\n\n{{forum:stat}}`{SHIPS}:full`\n",
        f"{ORPHAN}# One, renamed\n\n{{forum:quote}}`sea` {{forum:outcome}}`recount` {{any}}`{SHIPS}`\n",
        f"{ORPHAN}# One\n\n[](tide-2024/nets), <project:#tide-2024/opening/gulls> and [*that*]({SHIPS})\n",
        f"{ORPHAN}# One\n\n{{forum:person}}`ada-lind@nets` {{forum:person}}`bo-carstensen@nets` {{forum:session}}`nets`\n",
    ),
    "docs/two.md": (
        None,
        f"{ORPHAN}# Two\n\n{{forum:cite}}`tide-2025/opening` {{forum:stat}}`tide-2025/opening/ships` {{forum:stat}}`knots`\n",
        f"{ORPHAN}# Two\n\n```{{forum:statistics}}\n:event: tide-2024\n```\n\n{{forum:person}}`robert`\n",
        f"{ORPHAN}# Two\n\n```{{forum:statistics}}\n:person: ada-lind\n:style: cards\n```\n\n{{forum:stat}}`boats`\n",
    ),
    # In place of a generated page.
    "docs/sessions/tide-2024/nets.md": (
        None,
        f"{ORPHAN}# Nets by hand\n\n```{{forum:statistics}}\n:session: tide-2024/nets\n```\n\n{{forum:stat}}`{SHIPS}`\n",
    ),
    "data/sessions/tide-2024/nets.yaml": (
        NETS,
        None,
        NETS.replace("A hall of one.", "Few of {forum:stat}`ships`, said {forum:person}`ada-lind` in {forum:session}`opening`."),
        NETS.replace("said_by: bo-carstensen}", "said_by: bo-carstensen, note: 'Unlike {forum:stat}`ships`.'}"),
        f"{NETS}outcomes: [{{id: o, kind: takeaway, text: 'More than {{forum:stat}}`ships`.'}}]\n",
        f"{NETS}corrections: [{{date: 2024-06-01, text: 'Now {{forum:outcome}}`recount`.'}}]\n",
        NETS.replace("title: Nets", "withheld: true\ntitle: Nets"),
        NETS.replace("title: Nets and knots", "title: Knots and nets"),
    ),
    # The same session under another id.
    "data/sessions/tide-2024/knots.yaml": (
        None,
        NETS.replace("id: knots", "id: tied").replace("title: Nets and knots", "title: Tied\naliases: [nets]"),
    ),
    "data/sessions/tide-2025/nets.yaml": (
        None,
        NETS.replace("2024-", "2025-").replace("A hall of one.", f"See {{forum:stat}}`{SHIPS}`."),
    ),
    "data/sessions/tide-2025/opening.yaml": (
        RETURN,
        None,
        RETURN.replace("Once more {forum:stat}`ships`.", f"Fewer than {{forum:stat}}`{SHIPS}` in {{forum:session}}`tide-2024/opening`."),
        RETURN.replace("Once more {forum:stat}`ships`.", "Nothing."),
    ),
    OPENING: (
        FIRST,
        FIRST.replace("value: 4,321", "value: 4,322"),
        FIRST.replace("  - id: ships\n", "  - id: boats\n    aliases: [ships]\n"),
        FIRST.replace("An hour on counting.", "After {forum:session}`nets`, with {forum:person}`bo-carstensen`."),
        FIRST.replace("  - {id: sea, text: The sea keeps no minutes, said_by: ada-lind}", "  - {id: wind, text: No wind, said_by: ada-lind}"),
    ),
    "data/people/bo-carstensen.yaml": (
        RECORDS["people/bo-carstensen.yaml"],
        RECORDS["people/bo-carstensen.yaml"] + f"aliases: [robert]\nbio: Heard {{forum:stat}}`{SHIPS}`.\n",
        RECORDS["people/bo-carstensen.yaml"].replace("Bo Car", "Bob Car"),
    ),
}  # fmt: skip
EDITS = 9


def put(site: Site, path: str, text: str | None) -> None:
    if text is None:
        (site.root / path).unlink(missing_ok=True)
    elif not (site.root / path).exists() or (site.root / path).read_text("utf-8") != text:
        site.write(path, text)


def differences(one: Built, other: Built) -> list[str]:
    first, second = one.files(except_for=MAY_DIFFER), other.files(except_for=MAY_DIFFER)
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


@pytest.mark.parametrize("seed", [1, 2])
def test_any_sequence_of_edits_ends_as_a_clean_build(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    site = tide_site(tmp_path)
    site.build()
    now = dict.fromkeys(STATES, 0)
    history = []
    for edit in range(EDITS):
        for path in rng.sample(sorted(STATES), 2):
            others = [index for index in range(len(STATES[path])) if index != now[path]]
            now[path] = rng.choice(others)
            put(site, path, STATES[path][now[path]])
            history.append((path, now[path]))
        incremental = site.build()
        clean = site.build(out=f"clean-{edit}")
        stale = [path for path in differences(incremental, clean) if not is_left_by_sphinx(path, now)]
        assert stale == [], history


def is_left_by_sphinx(path: str, now: dict[str, int]) -> bool:
    """Whether a file is that of a hand-written page that is no more: Sphinx removes none."""
    gone = [path.removeprefix("docs/") for path, state in now.items() if STATES[path][state] is None]
    return any(path in {f"{name.removesuffix('.md')}.html", f"_sources/{name}.txt"} for name in gone)


def test_a_page_in_place_of_a_generated_one_is_kept_right_too(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    put(site, "docs/sessions/tide-2024/nets.md", STATES["docs/sessions/tide-2024/nets.md"][1])
    site.build()
    site.write("docs/three.md", f"{ORPHAN}# Three\n\n{{forum:stat}}`knots`\n")
    incremental = site.build()
    assert "Cited in: Three" in incremental.page("sessions/tide-2024/nets.html").text()
    assert differences(incremental, site.build(out="clean")) == []


NAMED_LATER = {
    # A page, and the edits after which it means something else without showing another record before.
    "a wrong option": ("```{forum:statistics}\n:session: tide-2024/late\n```\n", {"data/sessions/tide-2024/late.yaml": NETS}),
    "an option with a former name": (
        "```{forum:statistics}\n:session: tide-2024/former\n```\n",
        {"data/sessions/tide-2024/nets.yaml": NETS + "aliases: [former]\n"},
    ),
    "nothing but an alias": ("Text.\n", {"data/sessions/tide-2024/nets.yaml": NETS + "aliases: [former]\n"}),
    "the session of an attribute": (
        "{forum:person}`bo-carstensen@nets`\n",
        {"data/sessions/tide-2025/nets.yaml": NETS.replace("2024-", "2025-")},
    ),
    "a short name": ("{forum:stat}`knots`\n", {"data/sessions/tide-2025/nets.yaml": NETS.replace("2024-", "2025-")}),
    "a wrong name": ("{forum:session}`late`\n", {"data/sessions/tide-2024/late.yaml": NETS}),
    "a name that is withheld": ("{forum:session}`late`\n", {"data/sessions/tide-2024/late.yaml": f"{NETS}withheld: true\n"}),
}  # fmt: skip


@pytest.mark.parametrize("where", ["a page", "a record"])
@pytest.mark.parametrize("name", NAMED_LATER)
def test_what_a_name_means_later_is_shown(tmp_path: Path, name: str, where: str) -> None:
    text, edits = NAMED_LATER[name]
    site = tide_site(tmp_path)
    if where == "a page":
        site.write("docs/one.md", f"{ORPHAN}# One\n\n{text}")
    else:
        indented = text.rstrip().replace("\n", "\n  ")
        site.replace(
            "data/people/ada-lind.yaml", "bio: Counts ships.", f"bio: |\n  {indented}\n  Counts ships."
        )
    site.build()
    for path, content in edits.items():
        site.write(path, content)
    incremental, clean = site.build(), site.build(out="clean")
    assert differences(incremental, clean) == []
    assert [one for one in incremental.warnings if "one.md" in one.file] == [
        one for one in clean.warnings if "one.md" in one.file
    ]


# --- what they show


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = tide_site(tmp_path_factory.mktemp("cited"))
    for path, index in {
        "docs/one.md": 1,
        "docs/two.md": 2,
        "data/sessions/tide-2024/nets.yaml": 2,
        "data/sessions/tide-2025/opening.yaml": 2,
        "data/people/bo-carstensen.yaml": 1,
    }.items():
        put(site, path, STATES[path][index])
    return site.build()


def backlinks(page: Page) -> dict[str, str]:
    section = page.by_id("cited-in")
    return {page.links(item)[0]: page.text(item) for item in section.iter("li")}


def test_a_session_lists_the_pages_that_refer_to_it_and_its_figures(cited: Built) -> None:
    assert backlinks(cited.page("sessions/tide-2024/opening.html")) == {
        "../../people/bo-carstensen.html": "Bo Carstensen (4,321 ships)",
        "nets.html": "Nets and knots (4,321 ships)",
        "../../one.html": "One (4,321 ships)",
        "../tide-2025/opening.html": "The ships return (4,321 ships)",
    }


@pytest.mark.parametrize(
    "text", [f"{{any}}`{SHIPS}`", f"[]({SHIPS})", f"[*so* many]({SHIPS})", f"<project:#{SHIPS}>"]
)
def test_references_by_name_alone_count_and_follow(tmp_path: Path, text: str) -> None:
    site = tide_site(tmp_path)
    site.write("docs/one.md", f"{ORPHAN}# One\n\n{text}\n")
    site.build()
    site.replace(OPENING, "value: 4,321", "value: 4,322")
    built = site.build()
    assert "one" in built.written
    assert "one" not in built.read
    assert "4,322 ships" in built.page("one.html").html
    assert "Cited in: One" in built.page("sessions/tide-2024/opening.html").text()


def test_a_figure_lists_the_pages_that_refer_to_it(cited: Built) -> None:
    page = cited.page("sessions/tide-2024/opening.html")
    row = page.by_id("stat-ships")
    assert "Cited in: One, Bo Carstensen, Nets and knots, The ships return" in page.text(row)
    assert {
        "../../people/bo-carstensen.html",
        "nets.html",
        "../../one.html",
        "../tide-2025/opening.html",
    } <= set(page.links(row))


def test_other_pages_that_show_the_figure_do_not_list_them(cited: Built) -> None:
    for name in ("people/ada-lind.html", "statistics/index.html", "two.html", "indicators/calls.html"):
        assert "4,321 ships" in cited.page(name).text()
        assert "Cited in" not in cited.page(name).text()


def test_what_nothing_refers_to_has_no_list(cited: Built) -> None:
    page = cited.page("sessions/tide-2025/opening.html")
    assert "cited-in" not in page.ids
    assert "Cited in" not in page.text()


@pytest.mark.parametrize("builder", ["singlehtml", "text"])
def test_other_builders_list_them_too(cited: Built, builder: str) -> None:
    out = cited.site.build(builder).out
    if builder == "text":
        text = (out / "sessions/tide-2024/opening.txt").read_text("utf-8")
        assert "Cited in" in text
        assert "One (4,321 ships)" in text


EVENT = RECORDS["events/tide-2024.yaml"]
SAYS = f"'Unlike {{forum:stat}}`{SHIPS}:full` and {{forum:session}}`tide-2024/opening`.'"
IN_COMPONENTS = {
    # A field whose text stands in a component: the page of its record.
    "a figure's note": ("sessions/tide-2024/nets.yaml", NETS.replace("bo-carstensen}\n", f"bo-carstensen, note: {SAYS}}}\n"), "Nets and knots"),
    "a speaker's note": ("sessions/tide-2024/nets.yaml", NETS.replace("role: speaker,", f"role: speaker, note: {SAYS},"), "Nets and knots"),
    "an outcome": ("sessions/tide-2024/nets.yaml", f"{NETS}outcomes: [{{id: o, kind: takeaway, text: {SAYS}}}]\n", "Nets and knots"),
    "a note on the report": ("sessions/tide-2024/nets.yaml", f"{NETS}report_note: {SAYS}\n", "Nets and knots"),
    "a correction": ("sessions/tide-2024/nets.yaml", f"{NETS}corrections: [{{date: 2024-06-01, text: {SAYS}}}]\n", "Nets and knots"),
    "a summary": ("sessions/tide-2024/nets.yaml", f"{NETS}summary: {SAYS}\n", "Nets and knots"),
    "a track": ("events/tide-2024.yaml", f"{EVENT}tracks: [{{id: t, name: T, description: {SAYS}}}]\n", "Third Tide Forum"),
    "a source of times": ("events/tide-2024.yaml", f"{EVENT}time_sources: [{{id: t, title: T, note: {SAYS}}}]\n", "Third Tide Forum"),
    "a figure of an event": ("events/tide-2024.yaml", f"{EVENT}statistics: [{{id: n, label: n, value: 1, note: {SAYS}}}]\n", "Third Tide Forum"),
    "a biography": ("people/bo-carstensen.yaml", f"name: Bo Carstensen\nbio: {SAYS}\n", "Bo Carstensen"),
    "a body's description": ("organizations/dock-board.yaml", f"name: Board of Docks\ndescription: {SAYS}\n", "Board of Docks"),
    "an indicator's description": ("indicators/calls.yaml", f"name: Ships that called\nunit: ships\ndescription: {SAYS}\n", "Ships that called"),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_COMPONENTS)
def test_texts_in_components_count_on_the_page_of_their_record(tmp_path: Path, name: str) -> None:
    path, text, title = IN_COMPONENTS[name]
    site = tide_site(tmp_path)
    site.build()
    put(site, f"data/{path}", text)
    built = site.build()
    assert built.output == ""
    # By the session and by its figure.
    opening = built.page("sessions/tide-2024/opening.html")
    assert [page for page in backlinks(opening).values() if not page.startswith("The ships return")] == [
        f"{title} (4,321 ships)"
    ]
    assert f"Cited in: {title}" in opening.text(opening.by_id("stat-ships"))
    put(site, f"data/{path}", RECORDS[path])
    assert "Cited in" not in site.build().page("sessions/tide-2024/opening.html").text()


def test_a_page_by_hand_that_shows_such_a_text_counts_too(tmp_path: Path) -> None:
    site = tide_site(tmp_path)
    put(site, "data/sessions/tide-2024/nets.yaml", IN_COMPONENTS["a figure's note"][1])
    site.write("docs/one.md", f"{ORPHAN}# One\n\n```{{forum:statistics}}\n:session: tide-2024/nets\n```\n")
    pages = backlinks(site.build().page("sessions/tide-2024/opening.html"))
    assert pages == {
        "nets.html": "Nets and knots (4,321 ships)",
        "../../one.html": "One (4,321 ships)",
    }
