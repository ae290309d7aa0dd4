"""The index of Pagefind: there when it is asked for, of these records, and without what is withheld."""

from __future__ import annotations

import gzip
import sys
from typing import TYPE_CHECKING

import pytest

from sites import CONF
from sphinx_rapporteur.find.pagefind import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from sites import Built, Site

    MakeSite = Callable[..., Site]

WANTED = CONF + 'rapporteur_search = "pagefind"\n'


def index(built: Built) -> dict[str, bytes]:
    """Return the files of the index, unpacked."""
    files = {name: data for name, data in built.files().items() if name.startswith(f"{FOLDER}/")}
    return {name: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for name, data in files.items()}


def fragments(built: Built) -> dict[str, bytes]:
    """Return what is known of each thing that can be found; in all else Pagefind's order is by chance."""
    return {name: data for name, data in index(built).items() if name.startswith(f"{FOLDER}/fragment/")}


@pytest.fixture
def searched(make_site: MakeSite) -> Site:
    pytest.importorskip("pagefind")
    site = make_site()
    site.conf(WANTED)
    return site


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_index_follows_the_records(searched: Site, builder: str) -> None:
    first = searched.build(builder)
    words = b"".join(index(first).values())
    assert b"Ada Lindqvist" in words
    page = first.page("search.html" if builder == "html" else "search/index.html")
    # Addresses, of pages by hand too, and what narrows a search down.
    ada = b"people/ada-lindqvist.html" if builder == "html" else b"people/ada-lindqvist/"
    uses = b"uses.html" if builder == "html" else b"uses/"
    for known in (ada, uses, b"Kind", b"person"):
        assert known.lower() in words.lower()
    up = "" if builder == "html" else "../"
    assert page.by_id("rapporteur-search").get("data-index").removeprefix("./") == f"{up}{FOLDER}/"
    assert "searchindex.js" not in [node.get("src") for node in page.tree.iter("script")]

    again = searched.build(builder)
    assert "Pagefind" not in again.status
    assert index(again) == index(first)

    searched.replace("data/people/ada-lindqvist.yaml", "name: Ada Lindqvist", "name: Ada Quastenflosser")
    edited = searched.build(builder)
    assert b"Quastenflosser" in b"".join(index(edited).values())
    assert fragments(edited) == fragments(searched.build(builder, out="clean", fresh=True))

    searched.replace("data/people/ada-lindqvist.yaml", "name: Ada", "withheld: true\nname: Ada")
    withheld = searched.build(builder)
    assert withheld.page("search.html" if builder == "html" else "search/index.html")
    assert b"Quastenflosser" not in b"".join(index(withheld).values())

    searched.conf(CONF)
    off = searched.build(builder)
    assert index(off) == {}


def test_without_the_index_it_is_made_again(searched: Site) -> None:
    first = searched.build()
    (first.out / FOLDER / "pagefind.js").unlink()
    again = searched.build()
    assert fragments(again) == fragments(first)
    assert index(again).keys() >= {f"{FOLDER}/pagefind.js"}


def test_without_pagefind_the_search_is_that_of_sphinx(
    searched: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind", None)
    monkeypatch.setattr("sphinx_rapporteur.find.pagefind.find_spec", lambda _name: None)
    built = searched.build()
    assert [one.subtype for one in built.warnings] == ["rapporteur.setting"]
    assert "Pagefind is not installed" in built.output
    assert index(built) == {}
    assert "rapporteur-search" not in built.page("search.html").html


def test_a_failure_of_pagefind_costs_its_index_alone(searched: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_args: object) -> None:
        raise OSError("no such program")

    monkeypatch.setattr("sphinx_rapporteur.find.pagefind._write", fail)
    built = searched.build()
    assert built.output.count("no such program") == 1
    assert index(built) == {}
    assert "Ada Lindqvist" in built.page("people/index.html").text()
