"""What is wrong is said once, with its place; what is right is built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from sphinx.errors import SphinxError

from sites import CONF, HERE, Site
from sphinx_rapporteur.render.describe import COMPONENTS
from sphinx_rapporteur.warnings import WARNING_TYPE, Subtype

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    At = tuple[str, str, int]

EVENT = "name: Quay Days\nstart: 2024-05-06\nend: 2024-05-08\nrooms: [{id: hall, name: Hall}]\n"
TALK = "title: Talk\nstart: 2024-05-06T10:00\nend: 2024-05-06T11:00\nroom: hall\npeople: [{person: ada}]\n"
OTHER = TALK.replace("Talk", "Other talk").replace("room: hall\n", "").replace("person: ada", "person: bo")
QUAY: dict[str, str] = {
    "data/events/quay.yaml": EVENT,
    "data/sessions/quay/talk.yaml": TALK,
    "data/sessions/quay/other.yaml": OTHER,
    "data/people/ada.yaml": "name: Ada Berg\n",
    "data/people/bo.yaml": "name: Bo Dahl\n",
    "data/indicators/boats.yaml": "name: Boats\n",
}
INDEX = "# Home\n\n```{toctree}\n:glob:\n\n*/index\n```\n"


def quay(root: Path) -> Site:
    """Return a very small site in which nothing is wrong."""
    site = Site(root, data=None, docs=None, conf=CONF)
    for path, text in QUAY.items():
        site.write(path, text)
    site.write("docs/index.md", INDEX)
    return site


@dataclass(frozen=True)
class Case:
    """What is wrong in a site, and what is said of it."""

    expected: list[str]
    """Subtype, file (``-`` for none) and line of each warning."""
    files: dict[str, str] = field(default_factory=dict)
    """The files that differ from the right ones."""
    without: list[str] = field(default_factory=list)
    """Those that are not there."""
    encoding: str = "utf-8"
    conf: str = ""
    fail: str = ""
    """A component that is made to fail."""
    said: list[str] = field(default_factory=list)
    """Words of the warnings."""
    gone: list[str] = field(default_factory=list)
    """Pages that are left out."""
    shown: dict[str, str] = field(default_factory=dict)
    """What pages say all the same."""

    def found(self) -> list[tuple[str, str, int]]:
        """Return what a build is expected to have found."""
        split = (line.split() for line in self.expected)
        return sorted(
            (f"{WARNING_TYPE}.{subtype}", file.lstrip("-"), int(line)) for subtype, file, line in split
        )

    def write(self, site: Site) -> None:
        """Make the site wrong."""
        for path in self.without:
            (site.root / path).unlink()
        for path, content in self.files.items():
            site.write(path, "").write_bytes(content.encode(self.encoding))
        site.conf(CONF + self.conf)


TALK_PAGE = "sessions/quay/talk.html"
CASES: dict[str, Case] = {
    name: Case(**case)
    for name, case in yaml.safe_load((HERE / "cases/findings.yaml").read_text("utf-8")).items()
}
PROVOKED_ELSEWHERE = {Subtype.PUBLISHED, Subtype.MEANING, Subtype.REMOTE, Subtype.REMOTE_FILE}
"""By the tests of what was published before, and of other projects."""


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_said_and_the_rest_is_built(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[name]
    site = quay(tmp_path / "site")
    case.write(site)
    if case.fail:
        monkeypatch.setitem(COMPONENTS, case.fail, _fail)
    if "no data folder" in name:
        site.write("docs/index.md", "# Home\n")
    built = site.build()
    assert built.found == case.found(), built.output
    said = " ".join(warning.message for warning in built.warnings)
    assert [word for word in case.said if word not in said] == [], said
    assert [page for page in case.gone if (built.out / page).exists()] == []
    for page, text in case.shown.items():
        assert text in built.page(page).text()
    assert (built.out / "index.html").exists()


def _fail(*_arguments: Any) -> Any:
    raise RuntimeError("on purpose")


def test_every_subtype_is_provoked() -> None:
    provoked = {line.split()[0] for case in CASES.values() for line in case.expected}
    assert {subtype for subtype in Subtype if subtype.subtype not in provoked} == PROVOKED_ELSEWHERE


def test_nothing_wrong_says_nothing(tmp_path: Path) -> None:
    built = quay(tmp_path / "site").build(strict=True)
    assert built.output == ""
    assert built.code == 0


@pytest.mark.parametrize("name", ["a reference to nothing", "look-alikes", "a wrong option"])
def test_warnings_fail_a_strict_build(tmp_path: Path, name: str) -> None:
    site = quay(tmp_path / "site")
    CASES[name].write(site)
    try:
        built = site.build(strict=True)
    except SphinxError:
        return
    assert built.code == 1


@pytest.mark.parametrize(
    ("suppressed", "left"),
    [
        ([], ["rapporteur.look-alike", "rapporteur.value"]),
        (["rapporteur.look-alike"], ["rapporteur.value"]),
        (["rapporteur.value"], ["rapporteur.look-alike"]),
        (["rapporteur"], []),
        (["rapporteur.*"], []),
    ],
)
def test_one_kind_can_be_silenced(tmp_path: Path, suppressed: list[str], left: list[str]) -> None:
    site = quay(tmp_path / "site")
    for name in ("look-alikes", "a value of the wrong form"):
        CASES[name].write(site)
    built = site.build(suppress_warnings=suppressed)
    assert [subtype for subtype, _file, _line in built.found] == left


# --- deleting, renaming and breaking a file of the small data

OPENING = "data/sessions/harbour-2024/opening.yaml"
LOST_SESSION = [
    ("ref.any", "docs/uses.md", 14),
    *[("rapporteur.option", "docs/uses.md", line) for line in (21, 31, 35)],
    ("rapporteur.reference", "data/sessions/harbour-2025/all.yaml", 13),
    ("rapporteur.role", "data/events/harbour-2024.yaml", 15),
    ("rapporteur.role", "data/sessions/harbour-2025/all.yaml", 14),
    *[("rapporteur.role", "docs/index.md", 3)] * 2,
    *[("rapporteur.role", "docs/uses.md", line) for line in (4, 8, 9, 10, 12)],
]


def delete(site: Site) -> None:
    (site.root / OPENING).unlink()


def rename(site: Site) -> None:
    site.replace(OPENING, "aliases: [plenary-one]\n", "")
    (site.root / OPENING).rename(site.data / "sessions/harbour-2024/first.yaml")


def break_file(site: Site) -> None:
    site.replace(OPENING, "subtitle: ", "subtitle: ]")


@pytest.mark.parametrize(
    ("change", "also", "but"),
    [
        (delete, [], []),
        # What names the session is said with the finding that it is left out for.
        (
            break_file,
            [("rapporteur.syntax", OPENING, 2), ("rapporteur.reference", OPENING, 2)],
            [("rapporteur.reference", "data/sessions/harbour-2025/all.yaml", 13)],
        ),
        # The goal is still dealt with, under the new name.
        (rename, [], [("rapporteur.role", "docs/uses.md", 12)]),
    ],
)
def test_a_file_that_is_lost_is_missed_where_it_was_named(
    make_site: Callable[..., Site], change: Callable[[Site], None], also: list[At], but: list[At]
) -> None:
    site = make_site()
    change(site)
    built = site.build()
    assert built.found == sorted(one for one in [*LOST_SESSION, *also] if one not in but), built.output
    assert not (built.out / "sessions/harbour-2024/opening.html").exists()
    for page in ("sessions/harbour-2024/night-watch.html", "people/ada-lindqvist.html", "uses.html"):
        assert built.page(page).text()
    assert "forum:" not in built.page("uses.html").text()
