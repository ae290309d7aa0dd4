"""A file or folder is deleted, renamed, moved or broken: what a person needs is said, the rest stays.

By kind of record and what is done to it: `bay.yaml` over a small folder, `real.yaml` over this site's data.
"""

from __future__ import annotations

import re
import shutil
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from breaking import BAY, REAL, Deed, catalog_of, deeds, ids_of, said_of

from sites import CONF, Site

SMALL, LARGE = deeds("bay.yaml"), deeds("real.yaml")
LINE = re.compile(r"(?<=[a-z]):\d+(?=[:,\]])")
BUILT = ("person deleted", "session emptied", "event with a tab", "people in a folder of another name")


@cache
def ids_before(data: Path) -> frozenset[str]:
    return frozenset(ids_of(catalog_of(data)))


def check(deed: Deed, data: Path, folder: Path) -> None:
    broken = folder / "data"
    shutil.copytree(data, broken)
    deed.apply(broken)
    said, expected = "\n".join(said_of(broken)), deed.says.strip()
    if data is REAL:
        # Their lines move whenever somebody writes more.
        said, expected = LINE.sub("", said), LINE.sub("", expected)
    assert said == expected
    after, before = ids_of(catalog_of(broken)), ids_before(data)
    assert before - after == {one for one in before if any(fnmatch(one, gone) for gone in deed.gone)}
    assert sorted(after - before) == deed.new


def test_nothing_is_wrong_before() -> None:
    assert said_of(BAY) == []


@pytest.mark.parametrize("name", SMALL)
def test_small(name: str, tmp_path: Path) -> None:
    check(SMALL[name], BAY, tmp_path)


@pytest.mark.parametrize("name", LARGE)
def test_real(name: str, tmp_path: Path) -> None:
    check(LARGE[name], REAL, tmp_path)


@pytest.mark.parametrize("name", BUILT)
def test_built(name: str, tmp_path: Path) -> None:
    """A build says the same, and has the pages of all that is left."""
    deed = SMALL[name]
    site = Site(tmp_path / "site", data=BAY, docs=None, conf=CONF)
    site.write("docs/index.md", "# Home\n\n```{toctree}\n:glob:\n\n*/index\n```\n")
    deed.apply(site.data)
    built = site.build()
    said = [f"{one.file.removeprefix('data/')}:{one.line}: " for one in built.warnings]
    assert len(said) == len(deed.says.strip().splitlines())
    assert all(line.startswith(tuple(said)) for line in deed.says.strip().splitlines())
    for full_id in ids_of(catalog_of(site.data)):
        assert (built.out / f"{full_id}.html").exists(), full_id
    for full_id in ids_before(BAY) - ids_of(catalog_of(site.data)):
        assert not (built.out / f"{full_id}.html").exists(), full_id
