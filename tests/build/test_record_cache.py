"""Records that earlier builds read: used by the next one, unless that starts afresh."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sites import Site
from sphinx_rapporteur.pages.state import FILENAME
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.read import cache, stamp
from sphinx_rapporteur.records.read.file import FileContent, read_file

MakeSite = Callable[..., Site]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files are parsed; believe the times of files that were written only just now."""
    names: list[str] = []

    def noting(file: str, data: bytes, limits: Limits) -> FileContent:
        names.append(file)
        return read_file(file, data, limits)

    monkeypatch.setattr(cache, "read_file", noting)
    monkeypatch.setattr(stamp, "SETTLED", -(10**15))
    return names


def kept(site: Site) -> list[Path]:
    return list((site.root / "out-html.doctrees" / "rapporteur-records").iterdir())


def test_a_second_build_parses_what_changed(make_site: MakeSite, parsed: list[str]) -> None:
    site = make_site()
    site.build()
    assert len(parsed) > 1
    parsed.clear()
    again = site.build()
    assert (parsed, again.output) == ([], "")
    site.replace("data/people/ada-lindqvist.yaml", "honorific: Ms", "honorific: Dr")
    site.build()
    assert parsed == ["people/ada-lindqvist.yaml"]
    parsed.clear()
    site.build(fresh=True)
    assert len(parsed) > 1


def test_what_is_damaged_is_said_in_one_line(make_site: MakeSite, parsed: list[str]) -> None:
    site = make_site()
    first = site.build()
    for shard in kept(site):
        shard.write_bytes(b"rubbish")
    # Where no file is another, nothing is asked for.
    site.replace("data/people/ada-lindqvist.yaml", "honorific: Ms", "honorific: Dr")
    parsed.clear()
    again = site.build()
    assert len(parsed) > 1
    assert (first.status + again.status).count(
        "what was kept of the records is damaged; it is read anew\n"
    ) == 1
    assert again.output == ""


@pytest.mark.parametrize("withheld", [False, True])
def test_what_may_be_published_holds_nothing_withheld(make_site: MakeSite, *, withheld: bool) -> None:
    site = make_site(data=None, docs=None)
    site.write("data/people/jo-quastenflosser.yaml", f"name: Jo Quastenflosser\nwithheld: {withheld}")
    out = site.root / "out"
    with patch_docutils(), docutils_namespace():
        Sphinx(site.docs, site.docs, out, out / ".doctrees", "html", status=None, warning=None).build()
    holding = [
        path for path in out.rglob("*") if path.is_file() and b"quastenflosser" in path.read_bytes().lower()
    ]
    assert any(path.suffix == cache._ENDING for path in holding) is not withheld
    assert any(path.name == FILENAME for path in holding) is not withheld
    assert bool(holding) is not withheld
