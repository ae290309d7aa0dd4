"""Real data: the talks of a copy of github.com/pyvideo/data (CC0) as our data files.

It is read when the benchmark runs, from an archive on the person's own machine; nothing of it is kept
here. Talks in its ``NO_PUBLISH.json`` are left out altogether.
"""

from __future__ import annotations

import json
import re
import tarfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from bench.ours import PROJECT_FILES, to_yaml

_WITHHELD = "NO_PUBLISH.json"
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_KINDS = {"youtube": "video", "vimeo": "video", "mp4": "video", "webm": "video", "ogv": "video"}
_NO_DATE = "1991-02-20"


def to_id(text: str) -> str:
    """Return *text* as an id: lower-case ASCII letters, digits and single hyphens; possibly nothing."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _NOT_IN_IDS.sub("-", plain).strip("-")


@dataclass
class _People:
    """Speakers by id: spellings that differ in case and accents alone are one person."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def note(self, name: str) -> str:
        """Return the id of a speaker."""
        # A name in another script has no letters that an id may hold.
        person = to_id(name) or "speaker-" + "-".join(f"{ord(letter):x}" for letter in name.strip()[:12])
        spellings = self.names.setdefault(person, [])
        if name not in spellings:
            spellings.append(name)
        return person

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield path and text of each person's file."""
        for person, (name, *others) in self.names.items():
            record = {"name": name, "also_known_as": others} if others else {"name": name}
            yield f"data/people/{person}.yaml", to_yaml(record)


def _plain(text: Any) -> str:
    return " ".join(str(text or "").split())


def _session(talk: dict[str, Any], people: _People) -> dict[str, Any]:
    day = _DATE.match(str(talk.get("recorded") or ""))
    speakers = dict.fromkeys(filter(None, map(_plain, talk.get("speakers") or ())))
    appearances = dict.fromkeys(people.note(name) for name in speakers)
    recordings = [
        {"url": video["url"], "kind": _KINDS.get(str(video.get("type")), "video")}
        for video in talk.get("videos") or ()
        if str(video.get("url") or "").startswith(("http://", "https://"))
    ]
    record = {
        "title": _plain(talk.get("title")) or "Untitled",
        "type": "talk",
        "start": day.group() if day else None,
        "tags": list(dict.fromkeys(filter(None, map(_plain, talk.get("tags") or ())))),
        "people": [{"person": person, "role": "speaker"} for person in appearances],
        "summary": (talk.get("summary") or "").strip(),
        "report": (talk.get("description") or "").strip(),
        "recordings": recordings,
    }
    return {key: value for key, value in record.items() if value}


@dataclass
class Talks:
    """The talks in an archive."""

    archive: Path

    @cached_property
    def _texts(self) -> dict[PurePosixPath, str]:
        with tarfile.open(self.archive) as archive:
            found = {}
            for member in archive:
                file = archive.extractfile(member) if member.name.endswith(".json") else None
                if file is not None:
                    found[PurePosixPath(member.name)] = file.read().decode()
            return found

    @cached_property
    def _talks(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The talks that may be published, by event and id."""
        withheld = {
            number
            for path, text in self._texts.items()
            if path.name == _WITHHELD
            for number in json.loads(text)
        }
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for path, text in sorted(self._texts.items()):
            if path.parent.name != "videos":
                continue
            talk = json.loads(text)
            if talk.get("id") in withheld:
                continue
            event = found.setdefault(to_id(path.parent.parent.name), {})
            name = to_id(path.stem) or "talk"
            event[name if name not in event else f"{name}-{len(event)}"] = talk
        return found

    @cached_property
    def _events(self) -> dict[str, dict[str, Any]]:
        return {
            to_id(path.parent.name): json.loads(text)
            for path, text in self._texts.items()
            if path.name == "category.json"
        }

    @property
    def count(self) -> int:
        """How many talks there are."""
        return sum(map(len, self._talks.values()))

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""
        yield from PROJECT_FILES.items()
        people = _People()
        for event, talks in self._talks.items():
            sessions = {name: _session(talk, people) for name, talk in talks.items()}
            days = sorted(session["start"] for session in sessions.values() if "start" in session)
            about = self._events.get(event, {})
            record = {
                "name": _plain(about.get("title")) or event,
                "start": days[0] if days else _NO_DATE,
                "end": days[-1] if days else _NO_DATE,
                "description": (about.get("description") or "").strip(),
                "licence": "CC0-1.0",
            }
            yield f"data/events/{event}.yaml", to_yaml({k: v for k, v in record.items() if v})
            for name, session in sessions.items():
                yield f"data/sessions/{event}/{name}.yaml", to_yaml(session)
        yield from people.files()

    def changed_files(self) -> Iterator[tuple[str, str]]:
        """Yield the same files but for the title of one talk."""
        events = list(self._talks)
        event = events[len(events) // 2]
        name = next(iter(self._talks[event]))
        chosen = f"data/sessions/{event}/{name}.yaml"
        for path, text in self.files():
            yield (
                path,
                text.replace("title: ", "subtitle: with questions\ntitle: ", 1) if path == chosen else text,
            )
