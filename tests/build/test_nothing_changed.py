"""A build with nothing to do reads no record, writes no page, and says again what is wrong."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sphinx

from sphinx_rapporteur.pages import build as pages_build
from sphinx_rapporteur.pages.state import FILENAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import MakeSite
    from sites import Built, Site

OPENING = "data/sessions/harbour-2024/opening.yaml"
MAY_DIFFER = ("_static/*", ".buildinfo*")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the data folders that are read from now on."""
    met: list[Path] = []
    read = vars(pages_build)["read_folder"]

    def note(root: Path, **options: object) -> object:
        met.append(root)
        return read(root, **options)

    monkeypatch.setattr(pages_build, "read_folder", note)
    return met


def _times(built: Built) -> dict[str, int]:
    return {name: (built.out / name).stat().st_mtime_ns for name in built.files(except_for=MAY_DIFFER)}


def _touch(site: Site) -> None:
    for path in site.data.rglob("*"):
        # Sphinx reads a page again whose picture has another time.
        if path.suffix != ".png":
            os.utime(path)


def _copy(site: Site) -> None:
    """Give every file another inode, as a fresh checkout does."""
    copy = site.root / "copy"
    shutil.copytree(site.data, copy)
    shutil.rmtree(site.data)
    copy.rename(site.data)


NO_CHANGES: dict[str, Callable[[Site], object]] = {
    "nothing": lambda _site: None,
    "all touched": _touch,
    "another checkout": _copy,
    "a hidden folder": lambda site: site.write("data/.git/index", "x"),
}


@pytest.mark.parametrize("name", NO_CHANGES)
def test_nothing_is_read_or_written(make_site: MakeSite, name: str, reads: list[Path]) -> None:
    site = make_site()
    site.write(OPENING, (site.root / OPENING).read_text("utf-8") + "colour: red\n")
    first = site.build()
    assert first.warnings
    before = _times(first)
    NO_CHANGES[name](site)
    del reads[:]
    second = site.build()
    assert reads == []
    assert second.output == first.output
    assert (second.read, second.written) == (frozenset(), frozenset())
    assert _times(second) == before


CHANGES: dict[str, Callable[[Site], object]] = {
    "a figure": lambda site: site.replace(OPENING, "value: 4,321", "value: 4,322"),
    "another file": lambda site: site.write("data/people/new.yaml", "name: New Person\n"),
    "no file": lambda site: (site.data / "people/bo.yaml").unlink(missing_ok=True),
    "another name": lambda site: (site.root / OPENING).rename(site.data / "sessions/harbour-2024/new.yaml"),
    "a setting": lambda site: site.conf(
        (site.docs / "conf.py").read_text("utf-8") + 'rapporteur_url_people = "folk"\n'
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_read(make_site: MakeSite, name: str, reads: list[Path]) -> None:
    site = make_site()
    site.write("data/people/bo.yaml", "name: Bo\n")
    site.build()
    del reads[:]
    CHANGES[name](site)
    site.build()
    assert len(reads) == 1


@pytest.mark.parametrize("damage", [b"", b"\x80nonsense", b"cbuiltins\nlist\n.", b"N."])
def test_a_damaged_note_is_made_anew(make_site: MakeSite, damage: bytes, reads: list[Path]) -> None:
    site = make_site()
    first = site.build()
    before = first.files()
    noted = first.out.parent / f"{first.out.name}.doctrees" / FILENAME
    assert noted.is_file()
    noted.write_bytes(damage)
    del reads[:]
    second = site.build()
    assert len(reads) == 1
    assert second.status.count("is read anew") == 1
    assert second.files() == before
    assert site.build().status.count("is read anew") == 0


@pytest.mark.parametrize("name", ["objects.inv", ".rapporteur-digest"])
def test_what_is_missing_in_the_output_is_written(make_site: MakeSite, name: str) -> None:
    site = make_site()
    first = site.build()
    before = first.files()
    (first.out / name).unlink()
    again = site.build()
    if name == "objects.inv" and sphinx.version_info < (9, 0):
        pytest.skip("this version of Sphinx writes nothing where nothing is out of date")
    assert again.files() == before


def test_a_page_of_the_site_comes_and_goes(make_site: MakeSite) -> None:
    site = make_site()
    before = site.build().files(except_for=("_sources/*",))
    own = site.write("docs/sessions/harbour-2024/opening.md", "# Ours\n")
    assert "Ours" in site.build().page("sessions/harbour-2024/opening.html").text()
    assert "Ours" in site.build().page("sessions/harbour-2024/opening.html").text()
    own.unlink()
    again = site.build()
    assert again.files(except_for=("_sources/*", "_sources/sessions/harbour-2024/*")) == before
