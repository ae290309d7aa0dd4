"""An incremental build, and a parallel one, leave exactly what a clean one does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sites import CONF, DATA, Site

if TYPE_CHECKING:
    from sites import Built

MAY_DIFFER = (
    ".buildinfo.bak",  # Sphinx's copy of the settings before, where there were any
    "_static/english-stemmer.js",  # Sphinx leaves the former language's
    "own.html",  # Sphinx leaves what became of a page of the site's own
    "_sources/own.md.txt",
    "_sources/sessions/harbour-2024/opening.md.txt",
)
"""Patterns of the files that may differ."""
OPENING = "data/sessions/harbour-2024/opening.yaml"
LAYOUT = """\
# {{ title }}

Our own page of {{ record.title }}.

```{forum:facts}
:session: {{ id }}
```
"""
HAND_WRITTEN = "# Our opening\n\nWritten by hand.\n"
Edit = Callable[[Site], object]


class Workshop:
    """A built site that each test takes from its shelf as it was."""

    def __init__(self, root: Path, *, conf: str = CONF) -> None:
        self.root = root / "site"
        self._shelf = root / "shelf"
        site = Site(self.root, conf=conf)
        site.write(
            "docs/own.md", "---\norphan: true\n---\n# Own\n\n{forum:stat}`harbour-2024/opening/ships`\n"
        )
        site.write("docs/_templates/nothing.txt", "")
        self.first = site.build()
        self.first_files = self.first.files(except_for=MAY_DIFFER)
        shutil.copytree(self.root, self._shelf)

    def take(self) -> Site:
        """Return the site as it was after its first build, times of change included."""
        shutil.rmtree(self.root)
        shutil.copytree(self._shelf, self.root)
        site = Site.__new__(Site)
        site.root, site.docs, site.data = self.root, self.root / "docs", self.root / "data"
        return site


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("workshop"), conf=CONF + 'templates_path = ["_templates"]\n')
    assert workshop.first.output == ""
    return workshop


def conf(line: str) -> Edit:
    return lambda site: site.conf((site.docs / "conf.py").read_text("utf-8") + line)


def replace(path: str, old: str, new: str) -> Edit:
    return lambda site: site.replace(path, old, new)


def write(path: str, text: str) -> Edit:
    return lambda site: site.write(path, text)


def remove(path: str) -> Edit:
    return lambda site: (site.root / path).unlink()


def move(old: str, new: str) -> Edit:
    return lambda site: (site.root / old).rename(site.root / new)


def rename_with_alias(site: Site) -> None:
    site.replace(OPENING, "aliases: [plenary-one]", "aliases: [plenary-one, opening]")
    (site.root / OPENING).rename(site.data / "sessions/harbour-2024/first.yaml")


def swap_pictures(site: Site) -> None:
    shutil.copyfile(DATA / "pictures/bo/portrait.png", site.data / "pictures/ada/portrait.png")


EDITS: dict[str, Edit] = {
    "the title of a session": replace(
        OPENING, "Opening: who counts the ships?", "Opening: who *counted* the ships?"
    ),
    "the title of a neighbour": replace(
        "data/sessions/harbour-2024/fish-market.json", "Fish market", "Fish auction"
    ),
    "a figure": replace(OPENING, "value: 4,321", "value: 4,322"),
    "a note inside a figure": replace(OPENING, "Counted *twice*.", "Counted three times."),
    "the name of a person": replace(
        "data/people/ada-lindqvist.yaml", "name: Ada Lindqvist\n", "name: Ada Lind\n"
    ),
    "the name for sorting": replace("data/people/ada-lindqvist.yaml", "Lindqvist, Ada", "Zzz, Ada"),
    "an affiliation": replace(OPENING, "title: Head of Counting", "title: Head of Sums"),
    "the name of an organisation": replace(
        "data/organizations/northern-port.json", "Northern Port", "Southern Port"
    ),
    "the name of an event": replace("data/events/harbour-2024.yaml", "Harbour 2024", "Harbour Three"),
    "the time zone of an event": replace(
        "data/events/harbour-2024.yaml", "Europe/Copenhagen", "Asia/Kolkata"
    ),
    "a tag": replace(OPENING, "[Ship traffic, Clean water]", "[Fishing]"),
    "a time, so that neighbours change": replace(
        OPENING, "start: 2024-05-06T10:00\nend: 2024-05-06T11:30", "start: 2024-05-08T23:00"
    ),
    "a session gone": remove(OPENING),
    "a person gone": remove("data/people/bo-carstensen.toml"),
    "an indicator gone": remove("data/indicators/ships-counted.toml"),
    "an event gone": remove("data/events/harbour-2025.json"),
    "a session renamed": move(OPENING, "data/sessions/harbour-2024/first.yaml"),
    "a session under another id, with its former one": rename_with_alias,
    "a file broken": replace(OPENING, "subtitle: ", "subtitle: ]"),
    "a figure broken": replace(OPENING, "value: 4,321", "value: some"),
    "a session withheld": replace(OPENING, "subtitle: An hour in the hall", "withheld: true"),
    "a person withheld": replace("data/people/ada-lindqvist.yaml", "honorific: Ms", "withheld: true"),
    "a photo withheld": replace(
        "data/people/ada-lindqvist.yaml",
        "photo: pictures/ada/portrait.png",
        "photo: {file: pictures/ada/portrait.png, withheld: true}",
    ),
    "a photo replaced": swap_pictures,
    "a photo gone": remove("data/pictures/bo/portrait.png"),
    "a session more": write(
        "data/sessions/harbour-2024/extra.yaml",
        "title: One more\nstart: 2024-05-07T09:00\npeople: [{person: ada-lindqvist}]\n",
    ),
    "a person more": write("data/people/zoe.yaml", "name: Zoë Zander\n"),
    "the first of its kind of page gone": lambda site: [
        remove(f"data/indicators/{name}")(site) for name in ("gulls.yaml", "ships-counted.toml")
    ],
    "a page of the site's own": replace("docs/uses.md", "this many lanterns", "so many lanterns"),
    "the title of a page of the site's own": replace(
        "docs/uses.md", "# Roles and directives", "# Directives and roles"
    ),
    "the page of the site's own gone": remove("docs/own.md"),
    "a page in place of a generated one": write("docs/sessions/harbour-2024/opening.md", HAND_WRITTEN),
    "a layout of the site's own": write("docs/_templates/rapporteur/session.md", LAYOUT),
    "a layout with an error": write("docs/_templates/rapporteur/session.md", "# {{ title }}\n{% if %}\n"),
    "an address": conf('rapporteur_url_sessions = "proceedings/talks"\n'),
    "the language": conf('language = "de"\n'),
    "the title of the site": conf('html_title = "Harbours"\n'),
}


def differences(one: Built, other: Built) -> list[str]:
    return unequal(one.files(except_for=MAY_DIFFER), other.files(except_for=MAY_DIFFER))


def unequal(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@pytest.mark.parametrize("edit", EDITS)
def test_an_incremental_build_equals_a_clean_one(workshop: Workshop, edit: str) -> None:
    site = workshop.take()
    EDITS[edit](site)
    # Sphinx keeps a language for the whole process.
    build = site.run if edit == "the language" else site.build
    incremental = build("html")
    clean = build("html", out="out-clean")
    assert len(incremental.read) <= len(clean.read)
    assert differences(incremental, clean) == []
    assert unequal(clean.files(), workshop.first_files) != []


MENDED: dict[str, Edit] = {
    "a file": replace(OPENING, "subtitle: ", "subtitle: ]"),
    "a session": remove(OPENING),
    "a figure": replace(OPENING, "value: 4,321", "value: some"),
    "a person": remove("data/people/ada-lindqvist.yaml"),
    "a photo": remove("data/pictures/ada/portrait.png"),
    "a picture in a text": remove("data/pictures/chart.png"),
    "a layout": write("docs/_templates/rapporteur/session.md", "{{ nothing }}\n"),
    "a page in place of a generated one": write("docs/sessions/harbour-2024/opening.md", HAND_WRITTEN),
    "a withheld person": replace("data/people/ada-lindqvist.yaml", "honorific: Ms", "withheld: true"),
}


@pytest.mark.parametrize("first", ["built before", "never built before"])
@pytest.mark.parametrize("break_it", MENDED)
def test_what_was_broken_and_mended_is_as_if_never_broken(
    workshop: Workshop, break_it: str, first: str
) -> None:
    site = workshop.take()
    whole = {
        path: path.read_bytes() for top in (site.data, site.docs) for path in top.rglob("*") if path.is_file()
    }
    if first == "never built before":
        shutil.rmtree(site.root / "out-html")
        shutil.rmtree(site.root / "out-html.doctrees")
    MENDED[break_it](site)
    broken = site.build()
    assert broken.output
    for top in (site.data, site.docs):
        for path in top.rglob("*"):
            if path.is_file() and path not in whole:
                path.unlink()
    for path, content in whole.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    mended = site.build()
    assert mended.output == ""
    assert unequal(mended.files(except_for=MAY_DIFFER), workshop.first_files) == []


# --- nothing changed


def test_nothing_changed_reads_and_writes_nothing(workshop: Workshop) -> None:
    site = workshop.take()
    before = {path: path.stat().st_mtime_ns for path in (site.root / "out-html").rglob("*.html")}
    again = site.build()
    assert again.output == ""
    assert again.read == again.written == frozenset()
    assert "0 added, 0 changed, 0 removed" in again.status
    assert "no targets are out of date" in again.status
    now = {path: path.stat().st_mtime_ns for path in (site.root / "out-html").rglob("*.html")}
    assert now.keys() == before.keys()
    made_in_every_build = {"genindex.html", "search.html"}
    assert {
        path.name
        for path in now
        if now[path] != before[path] and "rapporteur-redirect" not in path.read_text("utf-8")
    } <= made_in_every_build


@pytest.mark.parametrize("path", [OPENING, "data/people/ada-lindqvist.yaml", "data/events/harbour-2025.json"])
def test_a_touched_file_reads_nothing(workshop: Workshop, path: str) -> None:
    site = workshop.take()
    os.utime(site.root / path)
    again = site.build()
    assert again.read == again.written == frozenset()


def test_a_comment_reads_nothing(workshop: Workshop) -> None:
    site = workshop.take()
    text = (site.root / OPENING).read_text("utf-8")
    site.write(OPENING, f"# A comment\n{text}\n# Another\n")
    again = site.build()
    assert again.read == again.written == frozenset()


READS: dict[str, tuple[Edit, set[str], set[str]]] = {
    # An edit, the pages that it has read, and those that it has written without reading.
    "a fact of one person": (
        replace("data/people/ada-lindqvist.yaml", "orcid: 0000-0002-1825-0097\n", ""),
        {"people/ada-lindqvist"},
        set(),
    ),
    "a report": (
        replace("data/sessions/harbour-2024/fish-market.json", "Nobody wrote", "Somebody wrote"),
        {"sessions/harbour-2024/fish-market"},
        set(),
    ),
    "a page of the site's own": (replace("docs/own.md", "# Own", "# Own\n\nMore."), {"own"}, set()),
}


@pytest.mark.parametrize("edit", READS)
def test_only_the_pages_that_show_it_are_read(workshop: Workshop, edit: str) -> None:
    site = workshop.take()
    make, read, written = READS[edit]
    make(site)
    built = site.build()
    assert built.read == read
    # Sphinx 8.0 writes the home page whenever it read anything.
    assert built.written - built.read - {"index"} == written


# --- in parallel


def test_two_processes_write_what_one_does(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    one = site.run("html", "-j", "1", out="one")
    two = site.run("html", "-j", "2", out="two")
    assert one.output == two.output == ""
    assert one.code == two.code == 0
    assert differences(one, two) == []


def test_two_processes_find_what_one_does(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.replace(OPENING, "Counted *twice*.", "<b>Counted</b> *twice*.")
    site.write(
        "docs/own.md",
        "---\norphan: true\n---\n# Own\n\n{forum:stat}`nothing`\n\n```{forum:people}\n:stile: list\n```\n",
    )
    one = site.run("html", "-j", "1", out="one")
    two = site.run("html", "-j", "2", out="two")
    assert one.found == two.found
    assert {subtype for subtype, _file, _line in one.found} == {
        "rapporteur.markup",
        "rapporteur.role",
        "rapporteur.option",
    }
    assert differences(one, two) == []


def test_an_edit_built_in_parallel_equals_a_clean_build(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.run("html", "-j", "2")
    for edit in ("the title of a session", "the name of a person", "a photo withheld", "a person gone"):
        EDITS[edit](site)
    incremental = site.run("html", "-j", "2")
    clean = site.run("html", "-j", "1", out="clean")
    assert differences(incremental, clean) == []
