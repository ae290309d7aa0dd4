"""What a build reads and writes after an edit: the pages that show it, and no others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from small_forum import Forum

if TYPE_CHECKING:
    from pathlib import Path

    from sites import Built

COUNTS = re.compile(r"pages \((\d+) read, (\d+) written\)")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Forum:
    forum = Forum.make(tmp_path_factory.mktemp("counts") / "site")
    forum.pages["index"] = "# Home\n\n{forum:stat}`pond/frogs/croaks`\n"
    forum.write()
    forum.site.build()
    return forum


def counts(built: Built) -> tuple[int, int]:
    """Return how many pages were read and written, as the build's own last line says."""
    (found,) = COUNTS.findall(built.status)
    return int(found[0]), int(found[1])


def test_touched_files_are_not_read_again(shelf: Forum) -> None:
    shelf.touch()
    again = shelf.site.build()
    assert counts(again) == (0, 0)
    assert "0 added, 0 changed, 0 removed" in again.status


def test_records_that_move_between_files_are_not_read_again(shelf: Forum) -> None:
    shelf.own_file ^= {("people", "ada"), ("organizations", "reeds")}
    shelf.write()
    assert counts(shelf.site.build()) == (0, 0)


def test_a_word_of_a_report_is_on_one_page(shelf: Forum) -> None:
    shelf.records["sessions", "newts"]["report"] = "Nothing was said."
    shelf.write()
    shelf.site.build()
    shelf.records["sessions", "newts"]["report"] = "Little was said."
    shelf.write()
    built = shelf.site.build()
    assert built.read == {"sessions/pond/newts"}
    assert counts(built) == (1, 1)


def test_a_figure_is_on_the_pages_that_show_it_and_those_that_refer_to_it(shelf: Forum) -> None:
    shelf.records["sessions", "frogs"]["statistics"][0]["value"] = "1,000"
    shelf.write()
    built = shelf.site.build()
    shown_on = {page for page, html in _pages(built) if ">1,000<" in html or "1,000 " in html}
    assert built.read <= built.written == shown_on
    assert counts(built) == (len(built.read), len(built.written))
    assert counts(built)[1] < len(list(_pages(built)))


def _pages(built: Built) -> list[tuple[str, str]]:
    files: list[Path] = sorted(built.out.rglob("*.html"))
    return [
        (file.relative_to(built.out).with_suffix("").as_posix(), file.read_text("utf-8")) for file in files
    ]
