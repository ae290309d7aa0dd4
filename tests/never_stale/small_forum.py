"""A small forum that edits are made to: its records, where they lie, and the pages written by hand."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sites import DATA, Site

Record = dict[str, Any]
Key = tuple[str, str]
"""The folder of a kind of record, and an id."""
CONF = """\
project = "Small forum"
copyright = "2024, nobody"
extensions = ["sphinx_rapporteur"]
html_theme = "basic"
exclude_patterns = ["left-out"]
templates_path = ["_templates"]
"""
RECORDS: dict[Key, Record] = {
    ("events", "pond"): {
        "name": "Pond Forum",
        "start": "2024-05-06",
        "end": "2024-05-07",
        "timezone": "Europe/Copenhagen",
        "rooms": [{"id": "hall", "name": "Great Hall"}],
        "description": "Remember {forum:stat}`pond/frogs/croaks`.",
    },
    ("sessions", "frogs"): {
        "title": "Frogs",
        "event": "pond",
        "start": "2024-05-06T10:00",
        "end": "2024-05-06T11:00",
        "room": "hall",
        "tags": ["Water"],
        "people": [
            {"person": "ada", "role": "chair", "affiliations": [{"organization": "reeds", "title": "Head"}]},
            {"person": "bo", "role": "speaker"},
        ],
        "report": "{forum:person}`bo` said {forum:stat}`croaks`; see {forum:session}`pond/newts`.",
        "statistics": [
            {"id": "croaks", "label": "croaks a night", "value": "40", "said_by": "ada", "indicator": "noise"}
        ],
        "quotes": [{"id": "wet", "text": "It is wet", "said_by": "bo"}],
    },
    ("sessions", "newts"): {
        "title": "Newts",
        "event": "pond",
        "start": "2024-05-07T10:00",
        "end": "2024-05-07T11:00",
        "tags": ["Water", "Mud"],
        "people": [{"person": "ada", "role": "speaker"}],
        "outcomes": [{"id": "count", "kind": "commitment", "text": "Count *newts*."}],
    },
    ("people", "ada"): {"name": "Ada Lind", "bio": "Likes ponds.", "photo": "pictures/ada/portrait.png"},
    ("people", "bo"): {"name": "Bo Carstensen", "country": "DK"},
    ("organizations", "reeds"): {"name": "Reeds"},
    ("indicators", "noise"): {"name": "Noise"},
}
LISTS = ("people", "organizations")
"""The kinds whose records lie in one file at first."""
OWN_PAGES = {
    "index": (
        "# Home\n\n{forum:stat}`pond/frogs/croaks`\n\n"
        "```{toctree}\n:glob:\nnotes/*\nevents/index\nsessions/index\npeople/index\n```\n"
    ),
    "notes/uses": (
        "# Uses\n\n{forum:person}`ada` {any}`pond/newts` {forum:session}`pond/frogs`\n\n"
        "```{forum:people}\n:event: pond\n```\n\n```{forum:statistics}\n:session: pond/frogs\n```\n"
    ),
    "notes/plain": "# Plain\n\nNothing of the data.\n",
}
LAYOUTS = {
    "session": "# {{ title }}\n\nOurs.\n\n```{forum:facts}\n:session: {{ id }}\n```\n",
    "person": "# {{ title }}\n\n```{forum:sessions}\n:person: {{ id }}\n```\n",
    "people-index": "# Everybody\n\n```{forum:people}\n:style: list\n```\n",
}
SETTINGS: dict[str, tuple[str, ...]] = {
    "rapporteur_url_people": ("people", "who"),
    "rapporteur_url_sessions": ("sessions", "talks/all"),
    "rapporteur_inventory_labels": ("True", "False"),
    "rapporteur_redirects": ("{}", '{"old": "notes/plain", "people/gone": "people/ada"}'),
    "html_title": ("Ponds", "More ponds"),
    "html_show_sourcelink": ("True", "False"),
}


@dataclass
class Forum:
    """What the site's files hold; ``write`` brings the files up to it and leaves the others alone."""

    site: Site
    records: dict[Key, Record] = field(default_factory=lambda: deepcopy(RECORDS))
    own_file: set[Key] = field(default_factory=lambda: {key for key in RECORDS if key[0] not in LISTS})
    """The records with a file of their own; the others of a kind are in one list."""
    pages: dict[str, str] = field(default_factory=lambda: dict(OWN_PAGES))
    layouts: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    former_pages: set[str] = field(default_factory=set)
    """The pages written by hand that there were before."""

    @classmethod
    def make(cls, root: Path) -> Forum:
        """Return the forum with which each sequence begins, its files written."""
        site = Site(root, data=None, docs=None, conf=CONF)
        shutil.copytree(DATA / "pictures", site.data / "pictures")
        forum = cls(site)
        forum.write()
        return forum

    @classmethod
    def found_at(cls, root: Path) -> Forum:
        """Return the forum of a folder to which the one with which each sequence begins was copied."""
        site = Site.__new__(Site)
        site.root, site.docs, site.data = root, root / "docs", root / "data"
        return cls(site)

    def keys(self, *kinds: str) -> list[Key]:
        """Return the records of some kinds in order."""
        return sorted(key for key in self.records if key[0] in kinds or not kinds)

    def write(self) -> None:
        """Write what changed, and remove what is no more."""
        wanted = self._data_files()
        wanted |= {f"docs/{name}.md": text for name, text in self.pages.items()}
        wanted |= {f"docs/_templates/rapporteur/{name}.md": text for name, text in self.layouts.items()}
        lines = "".join(f"{name} = {_python(value)}\n" for name, value in sorted(self.settings.items()))
        wanted["docs/conf.py"] = CONF + lines
        for top in (self.site.data, self.site.docs):
            for path in list(top.rglob("*")):
                name = path.relative_to(self.site.root).as_posix()
                is_ours = path.suffix in {".json", ".md"}
                if is_ours and name not in wanted:
                    path.unlink()
        for name, text in wanted.items():
            path = self.site.root / name
            if not path.is_file() or path.read_text("utf-8") != text:
                self.site.write(name, text)

    def _data_files(self) -> dict[str, str]:
        files: dict[str, Any] = {}
        for (kind, name), record in self.records.items():
            if (kind, name) in self.own_file:
                files[f"data/{kind}/{name}.json"] = record
            else:
                files.setdefault(f"data/{kind}/all-of-them.json", []).append({"id": name, **record})
        return {name: json.dumps(content, indent=1) for name, content in files.items()}

    def touch(self) -> None:
        """Give all files of the data folder a new time."""
        for path in self.site.data.rglob("*"):
            os.utime(path)

    def rename(self, key: Key, name: str) -> Key:
        """Give a record another id, its place among the others kept."""
        new = key[0], name
        self.records = {new if old == key else old: record for old, record in self.records.items()}
        if key in self.own_file:
            self.own_file.remove(key)
            self.own_file.add(new)
        return new

    def reorder(self, pick: Callable[[int], int]) -> None:
        """Move a record to the end, and with it its place in its list."""
        key = self.keys()[pick(len(self.records))]
        self.records[key] = self.records.pop(key)


def _python(value: str) -> str:
    return value if value in {"True", "False"} or value.startswith("{") else repr(value)
