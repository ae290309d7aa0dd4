"""What several folders of tests share: sites that are built once in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sites import REAL_DATA, Built, Site
from tried import pytest_configure, pytest_runtest_makereport, pytest_sessionfinish, tried  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Make a site of the small data in a folder of its own."""

    def make(name: str = "site", **parts: object) -> Site:
        return Site(tmp_path / name, **parts)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of the small data; not to be changed."""
    return Site(tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="session")
def html(harbour: Site) -> Built:
    """Return the small site as HTML."""
    return harbour.build("html")


@pytest.fixture(scope="session")
def dirhtml(harbour: Site) -> Built:
    """Return the small site as HTML with a folder for each page."""
    return harbour.build("dirhtml")


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the real data as HTML."""
    return Site(tmp_path_factory.mktemp("real"), data=REAL_DATA, docs=None).build("html")
