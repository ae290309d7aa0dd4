"""What other sites show of a shared link: the tags of pages and their pictures."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageFont

from sites import CONF, DATA, Site
from sphinx_rapporteur.render.share import HEIGHT, WIDTH, Fonts, Share, draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from sites import Built

META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)"')
SESSION = "sessions/harbour-2024/opening.html"
PLAIN = "sessions/harbour-2024/plain.html"
"""A session whose words a font of English letters has."""
RECORD = """\
title: Plain words
type: talk
start: 2024-05-07
people: [{person: ada-lindqvist, role: speaker}, {name: Emil, role: speaker, status: absent}]
"""
PERSON = "people/ada-lindqvist.html"


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the font that Pillow brings along, which has the letters of English alone."""
    built_in = ImageFont.load_default(20)
    assert isinstance(built_in, ImageFont.FreeTypeFont)
    file = tmp_path_factory.mktemp("font") / "font.ttf"
    file.write_bytes(built_in.font_bytes)
    return file


def conf(font: Path | None) -> str:
    fonts = f"rapporteur_share_fonts = [{str(font)!r}]\n" if font else ""
    return f'{CONF}html_baseurl = "https://forum.example.org/"\n{fonts}'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, font: Path) -> Built:
    site = Site(tmp_path_factory.mktemp("social"), data=DATA, conf=conf(font))
    site.write("data/sessions/harbour-2024/plain.yaml", RECORD)
    done = site.build()
    assert done.output == ""
    return done


def tags(built: Built, path: str) -> dict[str, str]:
    """Return the tags of a page, each of which is there once."""
    found = [(name, unescape(text)) for name, text in META.findall((built.out / path).read_text("utf-8"))]
    assert len(found) == len(dict(found))
    return dict(found)


def pictures(built: Built) -> set[str]:
    return {path.name for path in (built.out / "_images").glob("share-*")}


def test_tags_of_pages(built: Built) -> None:
    session, person, index = (tags(built, path) for path in (SESSION, PERSON, "people/index.html"))
    assert session["og:type"] == "article"
    assert session["og:url"] == f"https://forum.example.org/{SESSION}"
    assert session["og:title"] == built.page(SESSION).heading().removesuffix("¶")
    assert session["og:description"]
    assert session["og:site_name"].startswith("Harbour papers")
    assert person["og:type"] == "profile"
    assert index["og:type"] == "website"
    assert "og:image" not in index
    assert tags(built, "index.html") == {}


def test_a_picture_of_each_session_and_person(built: Built) -> None:
    shown = {}
    for path in sorted(built.out.glob("sessions/*/*.html")) + sorted(built.out.glob("people/*.html")):
        found = tags(built, str(path.relative_to(built.out)))
        if "og:image" in found:
            shown[found["og:image"].rpartition("/")[2]] = found
    assert shown.keys() == pictures(built)
    assert len(shown) > 3
    found = tags(built, PLAIN)
    assert found["og:image"].startswith("https://forum.example.org/_images/share-")
    assert found["twitter:card"] == "summary_large_image"
    with Image.open(built.out / "_images" / found["og:image"].rpartition("/")[2]) as picture:
        assert (
            picture.size == (WIDTH, HEIGHT) == (int(found["og:image:width"]), int(found["og:image:height"]))
        )
        assert len(picture.getcolors() or ()) > 2
    said = "Harbour 2024 · talk. Plain words. Tuesday, May 7, 2024. Ada Lindqvist. Harbour papers"
    assert found["og:image:alt"].startswith(said)
    # Its hours have a dash, which that font has not.
    assert "og:image" not in tags(built, SESSION)
    assert re.search(r"pictures to share: \d pages have none", built.status)


def test_without_an_address_there_are_none(make_site: Callable[..., Site], font: Path) -> None:
    site = make_site("nowhere", conf=conf(font).replace("html_baseurl", "unknown"))
    done = site.build()
    assert tags(done, SESSION) == {}
    assert pictures(done) == set()


def test_without_a_font_there_are_tags_alone(make_site: Callable[..., Site]) -> None:
    done = make_site("plain", conf=conf(None)).build()
    assert "og:title" in tags(done, SESSION)
    assert "og:image" not in tags(done, SESSION)
    assert not (done.out / "_images").exists() or pictures(done) == set()


def test_a_picture_follows_its_record_and_leaves_with_it(make_site: Callable[..., Site], font: Path) -> None:
    site = make_site("edited", conf=conf(font))
    site.write("data/sessions/harbour-2024/plain.yaml", RECORD)
    before = site.build()
    old, all_before = tags(before, PERSON)["og:image"], pictures(before)
    assert "Lindqvist" in tags(before, PLAIN)["og:image:alt"]
    (site.data / "people/ada-lindqvist.yaml").write_text("name: Ada Withheld\nwithheld: true\n", "utf-8")
    after = site.build()
    assert not (after.out / PERSON).exists()
    assert old.rpartition("/")[2] not in pictures(after)
    assert "Lindqvist" not in tags(after, PLAIN)["og:image:alt"]
    assert pictures(after) != all_before
    clean = site.build(out="clean", jobs=2)
    assert pictures(clean) == pictures(after)
    assert [(after.out / "_images" / name).read_bytes() for name in sorted(pictures(after))] == [
        (clean.out / "_images" / name).read_bytes() for name in sorted(pictures(clean))
    ]
    # With no font any more all go.
    site.conf(conf(None))
    assert pictures(site.build()) == set()


def test_letters_that_no_font_has(tmp_path: Path, font: Path) -> None:
    fonts = Fonts((font,))
    share = Share("IGF", "Plain words", ("Ann", "Bo"), "Site")
    assert draw(share, fonts, tmp_path / "a.png")
    assert not draw(Share("IGF", "Zażółć", (), "Site"), fonts, tmp_path / "b.png")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]
    assert fonts.name_of(share) == fonts.name_of(Share("IGF", "Plain words", ("Ann", "Bo"), "Site"))
    assert fonts.name_of(share) != fonts.name_of(Share("IGF", "Plain words", ("Ann Bo",), "Site"))


@pytest.mark.parametrize("title", ["", "x" * 500, "word " * 200, "One"])
def test_titles_of_any_length_fit(tmp_path: Path, font: Path, title: str) -> None:
    share = Share(title, title, (title,) * 9, title)
    assert draw(share, Fonts((font,)), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        right = picture.convert("L").crop((WIDTH - 60, 0, WIDTH, HEIGHT))
        assert right.getextrema() == (255, 255), "letters run out of the picture"


def test_a_font_that_is_none_is_reported(make_site: Callable[..., Site]) -> None:
    site = make_site("wrong", conf=conf(Path("no/font.ttf")))
    done = site.build()
    assert [warning.subtype for warning in done.warnings] == ["rapporteur.setting"]
    assert "'no/font.ttf'" in done.output
    assert "og:image" not in tags(done, SESSION)
