"""Every builder of Sphinx takes the pages, without a warning."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sites import CONF, Site

if TYPE_CHECKING:
    from sites import Built

FIGURE = "4,321 ships"
SHOWS = {
    "text": "sessions/harbour-2024/opening.txt",
    "xml": "sessions/harbour-2024/opening.xml",
    "pseudoxml": "sessions/harbour-2024/opening.pseudoxml",
    "singlehtml": "index.html",
    "latex": "harbourpapers.tex",
    "man": "harbourpapers.1",
    "texinfo": "harbourpapers.texi",
    "json": "sessions/harbour-2024/opening.fjson",
    "pickle": "sessions/harbour-2024/opening.fpickle",
    "epub": "sessions/harbour-2024/opening.xhtml",
    "htmlhelp": "sessions/harbour-2024/opening.html",
    "gettext": "sessions.pot",
    "dummy": "",
    "changes": "",
}
# The whole of a book is what its toctree holds.
BOOK = "\n```{toctree}\n:glob:\n\nsessions/*/*\n```\n"
IN_TEXT = (
    *(
        "Ada Lindqvist",
        "Head of Counting, Tidewatch",
        "exactly 4,321 ships",
        "Regnen kommer",
        "Harbour Bulletin",
    ),
    *("The rain is coming", "Manual of counting", "Frida Holm", "| Swedish | 300 |", "Emil Forsberg"),
)
WITHHELD = (b"Skjult", b"Vidne", b"Closed door", b"987,654")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(
        tmp_path_factory.mktemp("book"), conf=CONF + 'version = release = "1"\nepub_show_urls = "no"\n'
    )
    site.write("docs/index.md", (site.docs / "index.md").read_text("utf-8") + BOOK)
    return site


@pytest.mark.parametrize("builder", SHOWS)
def test_a_builder_takes_the_pages(book: Site, builder: str) -> None:
    built = book.build(builder)
    assert built.output == ""
    assert built.code == 0
    if SHOWS[builder]:
        text = content(built.out / SHOWS[builder])
        assert ("Opening: who counts the ships?" if builder == "gettext" else FIGURE) in text
        assert "<component" not in text
        assert "[component" not in text
    for path, data in built.files().items():
        for word in WITHHELD:
            assert word not in data, f"{word!r} is in {path}"


def content(file: Path) -> str:
    text = file.read_bytes().decode("utf-8", "replace")
    return " ".join(text.split()).replace(r"{,}", ",").replace("\\", "")


def test_an_epub_is_a_book_that_a_reader_opens(book: Site) -> None:
    built = book.build("epub")
    with zipfile.ZipFile(next(built.out.glob("*.epub"))) as archive:
        names = archive.namelist()
        page = archive.read("sessions/harbour-2024/opening.xhtml").decode()
        assert "people/ada-lindqvist.xhtml" in names
        assert any(name.endswith("chart.png") for name in names)
    ids = [node.get("id") for node in ET.fromstring(page).iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert "stat-ships" in ids


def test_translators_get_titles_as_they_were_typed(book: Site) -> None:
    pots = book.build("gettext").out.glob("*.pot")
    titles = [line for pot in pots for line in pot.read_text("utf-8").splitlines() if "msgid" in line]
    assert any(title.endswith(', 2024"') for title in titles), titles
    assert [title for title in titles if "\\\\" in title] == []


def test_text_has_every_kind_of_component(book: Site) -> None:
    text = content(book.build("text").out / SHOWS["text"])
    for fact in IN_TEXT:
        assert fact in text


def test_a_furo_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("furo")
    built: Built = Site(tmp_path / "furo", conf=CONF.replace("alabaster", "furo")).build()
    assert built.output == ""
    page = built.page("sessions/harbour-2024/opening.html")
    assert FIGURE in page.html
    # The navigation is the index page's, with addresses that fit this page.
    for a in page.tree.iter("a"):
        if "reference internal" in (a.get("class") or "") and not a.get("href").startswith("#"):
            target = (built.out / "sessions/harbour-2024" / a.get("href").partition("#")[0]).resolve()
            assert target.is_file(), a.get("href")


def test_other_builders_show_a_schedule_as_a_table(book: Site) -> None:
    text = content(book.build("text").out / "events/harbour-2024/2024-05-06.txt")
    assert "| Time | Session | Type | Room |" in text
    assert "9:00 AM–10:30 AM†" in text
    assert "My time zone" not in text
