"""What is done to the files of a data folder, and what is said of it: a table, written as data."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from sphinx_rapporteur.cli.checked import check_folder
from sphinx_rapporteur.cli.output import as_text
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.read import read_folder

HERE = Path(__file__).parent
BAY = HERE / "bay"
REAL = HERE.parents[1] / "data"


@dataclass(frozen=True)
class Deed:
    """What is done to a data folder, and what comes of it."""

    do: Mapping[str, str | list[str]]
    """Of the acts below, each with a path and what else it takes."""
    says: str = ""
    """The lines of the check."""
    gone: list[str] = field(default_factory=list)
    """The records that are not there any more, such as `people/*`; all others are."""
    new: list[str] = field(default_factory=list)

    def apply(self, data: Path) -> None:
        """Do it."""
        for act, given in self.do.items():
            path, *rest = [given] if isinstance(given, str) else given
            ACTS[act](data / path, *rest)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _rename(path: Path, name: str) -> None:
    """Move a file or folder to another path below the folder that the data are in."""
    root = next(parent for parent in path.parents if parent.name == "data")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    path.rename(root / name)


def _empty(path: Path) -> None:
    path.write_text("", encoding="utf-8")


def _cut(path: Path, behind: str) -> None:
    """Leave out all that follows the first place of some text."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index(behind) + len(behind)], encoding="utf-8")


def _change(path: Path, old: str, new: str = "") -> None:
    """Put a text in place of another, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _copy(path: Path, name: str, line: str = "") -> None:
    """Copy a file to another name beside it, with a line before it."""
    path.with_name(name).write_text(line + path.read_text(encoding="utf-8"), encoding="utf-8")


ACTS: dict[str, Callable[..., None]] = {
    "delete": _delete,
    "rename": _rename,
    "empty": _empty,
    "cut": _cut,
    "change": _change,
    "copy": _copy,
}


def deeds(name: str) -> dict[str, Deed]:
    """Return the cases of a file of this folder."""
    cases = yaml.safe_load((HERE / name).read_text("utf-8"))
    return {title: Deed(**case) for title, case in cases.items()}


def catalog_of(data: Path) -> Catalog:
    """Return the records of a folder, joined as far as they can be."""
    return build_catalog(read_folder(data, report=lambda _one: None), report=lambda _one: None)


def ids_of(catalog: Catalog) -> set[str]:
    """Return the kinds and ids of all records."""
    shelves = ("events", "sessions", "people", "organizations", "indicators")
    return {f"{shelf}/{full_id}" for shelf in shelves for full_id in getattr(catalog, shelf)}


def said_of(data: Path) -> list[str]:
    """Return the lines of the check of a folder; each finding says what is there and what is to be there."""
    checked = check_folder(data, base=data)
    for finding in checked.findings:
        assert finding.found or finding.expected, finding
        assert finding.expected or finding.suggestion, finding
    return [line for line in as_text(checked) if line]
