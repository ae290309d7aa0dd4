"""Example mistakes: a small change to the example project of the guide, and what the reader then says."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import yaml

from sphinx_rapporteur.records.catalog import build_catalog
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.hosts import Hosts
from sphinx_rapporteur.records.read import read_folder
from sphinx_rapporteur.warnings import WARNING_TYPE, Subtype

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_SNIPPETS = "guide/snippets"


class MistakeError(ValueError):
    """There is no example of a subtype, or trying it does not provoke that message."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is written, with the message that follows; and what is to be said of it."""

    text: str
    note: str


@dataclass(frozen=True)
class Mistakes:
    """The example mistakes by subtype."""

    file: Path
    base: Path
    """The data folder that a mistake changes."""

    @cached_property
    def _entries(self) -> dict[str, Any]:
        entries: dict[str, Any] = yaml.safe_load(self.file.read_text(encoding="utf-8"))
        return entries

    def of(self, subtype: Subtype) -> Example:
        """Return the example of a subtype; raise `MistakeError` if there is none."""
        entry = self._entries.get(subtype.subtype)
        if entry is None:
            raise MistakeError(f"{self.file}: no example of {subtype.subtype}")
        note = entry.get("note", "")
        if "message" in entry:
            return Example(f"{entry['page'].rstrip()}\n\n{entry['message'].rstrip()} [{_tag(subtype)}]", note)
        if "changes" not in entry:
            return Example("", note)
        return Example(self._tried(subtype, entry["changes"], Hosts(entry.get("hosts"))), note)

    def _tried(self, subtype: Subtype, changes: dict[str, Any], hosts: Hosts) -> str:
        with TemporaryDirectory() as folder:
            root = Path(folder) / "data"
            # The copy can be written to, though the checkout may not be.
            shutil.copytree(self.base, root, copy_function=shutil.copyfile)
            for path in (root, *(one for one in root.rglob("*") if one.is_dir())):
                path.chmod(0o755)
            shown = [_apply(root, name, change) for name, change in changes.items()]
            found: list[Finding] = []
            loaded = read_folder(root, report=found.append)
            build_catalog(loaded, locale="en_GB", hosts=hosts, found=tuple(found), report=found.append)
        messages = [
            f"data/{finding.place}: WARNING: {finding.text()} [{_tag(subtype)}]"
            for finding in found
            if finding.subtype is subtype
        ]
        if not messages:
            said = "; ".join(finding.text() for finding in found) or "nothing"
            raise MistakeError(
                f"{self.file}: the example of {subtype.subtype} provokes something else: {said}"
            )
        return "\n\n".join([*shown, *messages])


def _tag(subtype: Subtype) -> str:
    return f"{WARNING_TYPE}.{subtype.subtype}"


def _apply(root: Path, name: str, change: Any) -> str:
    """Change or add a file; return its name and the lines that are now there, or those around what went."""
    path = root / name
    if isinstance(change, str):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change, encoding="utf-8")
        return _shown(name, change)
    text = path.read_text(encoding="utf-8")
    ((old, new),) = change.items()
    start = text.find(old)
    if start < 0:
        raise MistakeError(f"{path.name} does not hold {old!r}")
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start + len(new.rstrip()))
    return _shown(name, text[first:last])


def _shown(name: str, lines: str) -> str:
    return f"# data/{name}\n{dedent(lines).strip()}"


def mistakes_of(env: BuildEnvironment) -> Mistakes:
    """Return the example mistakes of the guide."""
    snippets = Path(env.srcdir, _SNIPPETS)
    return Mistakes(snippets / "mistakes.yaml", snippets / "first-session" / "data")
