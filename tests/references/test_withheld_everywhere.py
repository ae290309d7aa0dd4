"""What is withheld is nowhere in the output: not in a page, an index, the inventory, or a file."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tide import CONF, OPENING, tide_site

from sites import DATA, Built, Site
from sphinx_rapporteur.records.names import NAME_WITHHELD

GUEST = """\
name: Xaver Quastenflosser
sort_name: Quastenflosser, Xaver
also_known_as: [Quasti Flossmann]
bio: Xaver Quastenflosser writes.
photo: pictures/quastenflosser/portrait.png
photo_credit: Photo by Quastenflosser
photo_alt: Quastenflosser in a harbour
links: [{label: Log of Quastenflosser, url: https://quastenflosser.example/}]
aliases: [former-guest]
"""
CLOSED = """\
title: Zwiebelfisch colloquium
subtitle: A zwiebelfisch evening
alt_titles: [Zwiebelfisch talk]
number: ZF1
start: 2024-05-07T12:00
end: 2024-05-07T13:00
tags: [Zwiebelfische]
aliases: [closed-once]
people:
  - {person: bo-carstensen, role: speaker}
summary: All on zwiebelfisch.
report: A zwiebelfisch report.
statistics:
  - {id: zf-count, label: zwiebelfische counted, value: 987123, said_by: bo-carstensen}
quotes:
  - {id: zf-said, text: A zwiebelfisch is a letter, said_by: bo-carstensen}
recordings:
  - {url: https://video.example/zwiebelfisch}
"""
RECORDINGS = """\
recordings:
  - {url: https://video.example/murmeltier, kind: video}
  - {url: https://video.example/open, kind: video}
"""


def site_with_guests(root: Path) -> Site:
    site = tide_site(root, conf=CONF)
    site.write("data/people/guest-seven.yaml", GUEST)
    site.write("data/sessions/tide-2024/closed-seven.yaml", CLOSED)
    (site.data / "pictures/quastenflosser").mkdir(parents=True)
    shutil.copy(DATA / "pictures/ada/portrait.png", site.data / "pictures/quastenflosser/portrait.png")
    site.replace(
        OPENING,
        "  - {person: bo-carstensen, role: speaker}\n",
        "  - {person: bo-carstensen, role: speaker}\n"
        "  - {person: guest-seven, role: moderator, as_printed: [Quastenflosser X.], affiliations: [{title: Diver}]}\n",
    )
    site.replace(
        OPENING,
        "report_by: [{person: bo-carstensen}]",
        f"report_by: [{{person: guest-seven}}]\n{RECORDINGS.rstrip()}",
    )
    site.replace(OPENING, "value: 12, said_by: bo-carstensen", "value: 12, said_by: guest-seven")
    site.replace(OPENING, "quotes:\n", "quotes:\n  - {id: depth, text: I dive, said_by: guest-seven}\n")
    site.replace(
        OPENING, "had called.", "had called to {forum:person}`guest-seven` and {forum:session}`closed-seven`."
    )
    site.write(
        "docs/uses.md",
        "# Uses\n\n{forum:person}`guest-seven` {forum:person}`former-guest` {forum:session}`closed-seven`"
        " {forum:stat}`zf-count` {forum:person}`~guest-seven` {any}`guest-seven`\n\n"
        "{doc}`people/guest-seven`, {doc}`them <people/former-guest>`, <project:people/guest-seven.md>,"
        " [](people/guest-seven.md), [them](/people/guest-seven), [](people/guest-seven.html#sessions),"
        " {doc}`sessions/tide-2024/closed-seven`, [](sessions/tide-2024/closed-seven.md),"
        " [them](guest-seven)\n\n"
        "```{toctree}\n:hidden:\npeople/guest-seven\nThen <sessions/tide-2024/closed-seven>\n```\n\n"
        "```{forum:people}\n:event: tide-2024\n:style: cards\n```\n\n```{forum:sessions}\n:event: tide-2024\n:style: table\n```\n",
    )
    site.write("docs/index.md", "# Home\n\n```{toctree}\nuses\npeople/index\nsessions/index\n```\n")
    return site


@dataclass(frozen=True)
class Case:
    """An edit, the words that may be nowhere after it, and those that still are."""

    withhold: Callable[[Site], object]
    gone: tuple[str, ...]
    stays: tuple[str, ...] = ()


PERSON = ("quastenflosser", "quasti", "flossmann", "xaver")
CASES = {
    "a person": Case(
        lambda site: site.replace("data/people/guest-seven.yaml", "bio:", "withheld: true\nbio:"),
        (*PERSON, "I dive"),
        ("4,321 ships", "zwiebelfisch"),
    ),
    "a name": Case(
        lambda site: site.replace("data/people/guest-seven.yaml", "bio:", "withheld: name\nbio:"),
        PERSON,
        (NAME_WITHHELD, "Diver", "I dive"),
    ),
    "a session": Case(
        lambda site: site.replace(
            "data/sessions/tide-2024/closed-seven.yaml", "summary:", "withheld: true\nsummary:"
        ),
        ("zwiebelfisch", "987,123", "ZF1", "closed-once", "zf-said"),
        ("quastenflosser",),
    ),
    "an event": Case(
        lambda site: site.replace("data/events/tide-2024.yaml", "theme:", "withheld: true\ntheme:"),
        ("zwiebelfisch", "987,123", "Third Tide Forum", "Tide 2024", "Who counts"),
        ("The ships return",),
    ),
    "a recording": Case(
        lambda site: site.replace(
            OPENING, "murmeltier, kind: video", "murmeltier, kind: video, withheld: true"
        ),
        ("murmeltier",),
        ("https://video.example/open",),
    ),
    "a photo": Case(
        lambda site: site.replace(
            "data/people/guest-seven.yaml",
            "photo: pictures/quastenflosser/portrait.png",
            "photo: {file: pictures/quastenflosser/portrait.png, withheld: true}",
        ),
        ("portrait", "Photo by", "in a harbour"),
        ("Xaver Quastenflosser",),
    ),
}
"""By what is withheld."""
WRITTEN_BY_HAND = "_sources/uses.md.txt"


def everything(out: Path) -> dict[str, str]:
    """Return all of an output folder by path, inventories decompressed."""
    found = {}
    for path in out.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as book:
                    data = b"\n".join(name.encode() + book.read(name) for name in book.namelist())
            head, mark, rest = data.partition(b"compressed using zlib.\n")
            text = (head + zlib.decompress(rest) if mark else data).decode("utf-8", "replace")
            name = path.relative_to(out).as_posix()
            found[name] = f"{name}\n{text}"
    return found


def where(out: Path, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return in which files which words are, whatever their case or encoding."""
    found = set()
    for name, text in everything(out).items():
        folded = text.casefold()
        for word in words:
            if word.casefold() in folded or word.casefold().encode("unicode_escape").decode() in folded:
                found.add((name, word))
    return found


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = site_with_guests(tmp_path_factory.mktemp("public") / "site").build()
    assert {one.subtype for one in built.warnings} == set()
    return built


@pytest.mark.parametrize("name", CASES)
def test_it_was_there_before(public: Built, name: str) -> None:
    found = where(public.out, CASES[name].gone)
    assert {word for _file, word in found} == set(CASES[name].gone)


@pytest.mark.parametrize("name", CASES)
def test_nothing_of_it_is_left(public: Built, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    shutil.copytree(public.site.root, tmp_path / "site")
    site = Site.__new__(Site)
    site.root, site.docs, site.data = tmp_path / "site", tmp_path / "site/docs", tmp_path / "site/data"
    case.withhold(site)
    again, clean = site.build(), site.build(out="clean")
    for built in (clean, again):
        assert where(built.out, case.gone) == set()
        assert {word for _file, word in where(built.out, case.stays)} == set(case.stays)
        assert not any(word.casefold() in built.output.casefold() for word in case.gone if "-" not in word)
    files = again.files(except_for=(".buildinfo*",)), clean.files(except_for=(".buildinfo*",))
    assert (
        sorted(path for path in files[0].keys() | files[1].keys() if files[0].get(path) != files[1].get(path))
        == []
    )


BUILDERS = ("dirhtml", "singlehtml", "json", "pickle", "epub", "latex", "text", "xml", "man", "gettext")


@pytest.mark.parametrize("builder", BUILDERS)
def test_nothing_is_left_by_other_builders(tmp_path: Path, builder: str) -> None:
    public = site_with_guests(tmp_path / "public")
    before = public.build(builder).out
    for number, case in enumerate(CASES.values()):
        shutil.copytree(public.root, tmp_path / str(number))
        site = Site.__new__(Site)
        site.root = tmp_path / str(number)
        site.docs, site.data = site.root / "docs", site.root / "data"
        case.withhold(site)
        built = site.build(builder)
        assert where(built.out, case.gone) == set()
        assert "project_files" not in built.output
    assert where(before, PERSON)


def test_ids_of_what_is_withheld_stand_in_hand_written_sources_alone(public: Built, tmp_path: Path) -> None:
    shutil.copytree(public.site.root, tmp_path / "site")
    site = Site.__new__(Site)
    site.root, site.docs, site.data = tmp_path / "site", tmp_path / "site/docs", tmp_path / "site/data"
    CASES["a person"].withhold(site)
    CASES["a session"].withhold(site)
    built = site.build()
    assert {file for file, _word in where(built.out, ("guest-seven", "former-guest", "closed-seven"))} == {
        WRITTEN_BY_HAND,
    }
    assert (
        built.page("uses.html").text().startswith("Uses¶ " + 6 * "withheld " + 8 * "withheld, " + "withheld ")
    )
    assert "had called to withheld and withheld." in built.page("sessions/tide-2024/opening.html").text()
    withheld = [(one.file, one.line) for one in built.warnings if one.subtype == "rapporteur.withheld"]
    assert withheld.count(("docs/uses.md", 3)) == 6
    assert withheld.count(("docs/uses.md", 5)) == 9
    assert withheld.count(("docs/uses.md", 7)) == 2
    assert "guest-seven" not in "".join(one.message for one in built.warnings)
    assert len([file for file, _line in withheld if file == OPENING]) == 2
    assert not (built.out / "people/former-guest.html").exists()
