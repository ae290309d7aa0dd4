"""How like something new is to something that was published and is gone, by all that was published of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from sphinx_rapporteur.records.names import fold
from sphinx_rapporteur.records.naming import has_other_number

_AT = "@"
_STATEMENTS = ("stat", "quote", "outcome")
CONVINCING = 1.0
"""From how many points on a new thing may be what a vanished one became."""
_EQUAL = 0.25
"""Two whose points differ by less than this share are equally good."""
_SURE = 2.5
"""With so many points a record may be what several vanished ones became."""
_ALREADY_ITS_NAME = 5.0
_KEPT = 50_000
"""How many names and texts are compared with many others without being prepared anew."""

_FACTS: Mapping[str, Mapping[str, float]] = {
    # A slot alone is no proof: it may have been given to another session.
    "session": {"short": 1.0, "who": 0.9, "day": 0.1, "time": 0.35, "room": 0.35, "type": 0.1},
    "person": {"country": 0.2, "affiliation": 0.5, "seen": 0.2},
    "org": {"country": 0.2},
    "event": {"dates": 1.0, "place": 0.5, "theme": 1.0},
    "indicator": {"unit": 0.4},
    "stat": {"label": 1.2, "source": 0.4, "indicator": 0.3, "speaker": 0.2, "period": 0.2, "where": 0.2},
    "quote": {"speaker": 0.3, "where": 0.2},
    "outcome": {"where": 0.2, "short": 0.1},
}
"""What it counts, by kind, that an attribute is as it was."""
_NAMING = ("who", "speaker", "affiliation", "indicator", "cite")
"""The attributes of others that name people, organisations and indicators, besides what one was where."""


@dataclass(frozen=True, slots=True)
class PublishedObject:
    """An object of the domain as an inventory lists it."""

    kind: str
    name: str
    uri: str
    """Relative to the site."""
    display: str
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the file beside the inventory says of it, if there is one."""


@dataclass(frozen=True, slots=True)
class New:
    """Something of which no name was published, as it is today."""

    name: str
    display: str
    attributes: Mapping[str, str] = field(hash=False)
    names: tuple[str, ...] = ()
    """All names that its record says it has."""


Today = Callable[[str, str], Mapping[str, str]]
"""From kind and published name to the attributes that it has today; none if it is gone."""
Statements = Mapping[tuple[str, str], str]
"""What is shown of each statement in a record, by kind and short id."""


@dataclass(frozen=True)
class Likeness:
    """Compares what is gone with what is new."""

    published: Mapping[tuple[str, str], PublishedObject]
    today: Today
    statements_today: Mapping[str, Statements]
    """By full id of the record that they are in."""

    def best(self, gone: Sequence[PublishedObject], new: Collection[New]) -> dict[str, tuple[str, ...]]:
        """Return by the name of each vanished thing of one kind the names of what it may have become.

        That is one new thing, or several that are equally good, or none.
        """
        points = {
            item.name: {one.name: found for one in new if (found := self._points(item, one)) >= CONVINCING}
            for item in gone
        }
        highest: dict[str, float] = defaultdict(float)
        for each in points.values():
            for name, value in each.items():
                highest[name] = max(highest[name], value)
        return {
            item: _equally_good(
                {
                    name: value
                    for name, value in found.items()
                    if value >= _SURE or value >= highest[name] * (1 - _EQUAL)
                }
            )
            for item, found in points.items()
        }

    def _points(self, item: PublishedObject, new: New) -> float:
        known = _ALREADY_ITS_NAME if _folded(item.display) in map(_folded, new.names) else 0.0
        return (
            max(known, _of_name(item, new))
            + _of_id(item, new)
            + self._of_facts(item, new)
            + self._of_statements(item, new)
            + self._of_people(item, new)
            + self._of_mentions(item, new)
        )

    def _of_facts(self, item: PublishedObject, new: New) -> float:
        """What is known of it by itself; what differs says less than what agrees."""
        before, now = item.attributes, new.attributes
        if not before or not now:
            return 0.0
        found = 0.0
        for name, weight in _FACTS.get(item.kind, {}).items():
            # Without a number the short form is the title, and each edition has its own WS1.
            is_number = (item.kind, name) == ("session", "short")
            if is_number and (before.get(name) == item.display or not _same_owner(item.name, new.name)):
                continue
            if name in before and name in now:
                found += (
                    weight if _neutral(before[name], item.display) == _neutral(now[name], new.display) else 0
                )
        return found

    def _of_statements(self, item: PublishedObject, new: New) -> float:
        """Figures, quotations and outcomes that are in it as they were, which the inventory alone tells."""
        before, now = self._statements_before.get(item.name, {}), self.statements_today.get(new.name, {})
        if item.kind not in {"session", "event"} or not before or not now:
            return 0.0
        shown = set(now.values())
        same = sum(
            1.0 if now.get(key) == text else 0.4 if text in shown or key in now else 0.0
            for key, text in before.items()
        )
        return 2.4 * 2 * same / (len(before) + len(now))

    def _of_people(self, item: PublishedObject, new: New) -> float:
        """Those of whom it is known what they were there."""
        if item.kind != "session":
            return 0.0
        were = self._posts_at.get(item.name, ())
        same = sum(
            1
            for person in were
            if person.attributes[_AT + item.name] == self.today("person", person.name).get(_AT + new.name)
        )
        return 2 * same / len(were) if were else 0.0

    def _of_mentions(self, item: PublishedObject, new: New) -> float:
        """What names it, or says what a person was at a session: it is to name the new one in its place."""
        if item.kind not in {"person", "org", "indicator"}:
            return 0.0
        at = [name for name in item.attributes if name.startswith(_AT)]
        same = sum(
            1
            for name in at
            if _neutral(item.attributes[name], item.display)
            == _neutral(new.attributes.get(name, ""), new.display)
        )
        named = self._named_by(item)
        for other, names in named:
            now = self.today(other.kind, other.name)
            same += any(
                _neutral(other.attributes[name], item.display) == _neutral(now.get(name, ""), new.display)
                for name in names
            )
        count = len(at) + len(named)
        return 2 * same / count if count else 0.0

    def _named_by(self, item: PublishedObject) -> list[tuple[PublishedObject, list[str]]]:
        known = self._mentions
        if item not in known:
            longest = max(_words(item.display), key=len, default="")
            found = (
                (other, [name for name in _naming(other) if item.display in other.attributes[name]])
                for other in self._named_with.get(longest, ())
                if other.kind != item.kind
            )
            known[item] = [(other, names) for other, names in found if names]
        return known[item]

    @cached_property
    def _named_with(self) -> Mapping[str, Sequence[PublishedObject]]:
        """Published objects by the words of the names that they mention."""
        found: dict[str, list[PublishedObject]] = defaultdict(list)
        for item in self.published.values():
            for word in dict.fromkeys(w for name in _naming(item) for w in _words(item.attributes[name])):
                found[word].append(item)
        return found

    @cached_property
    def _mentions(self) -> dict[PublishedObject, list[tuple[PublishedObject, list[str]]]]:
        return {}

    @cached_property
    def _statements_before(self) -> Mapping[str, Statements]:
        found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for (kind, name), item in self.published.items():
            if kind in _STATEMENTS:
                owner, _, own = name.rpartition("/")
                found[owner][kind, own] = item.display
        return found

    @cached_property
    def _posts_at(self) -> Mapping[str, Sequence[PublishedObject]]:
        found: dict[str, list[PublishedObject]] = defaultdict(list)
        for (kind, _name), item in self.published.items():
            for name in item.attributes if kind == "person" else ():
                if name.startswith(_AT):
                    found[name.removeprefix(_AT)].append(item)
        return found


def _equally_good(points: Mapping[str, float]) -> tuple[str, ...]:
    least = max(points.values(), default=0.0) * (1 - _EQUAL)
    return tuple(sorted((name for name, value in points.items() if value >= least)))


def _of_name(item: PublishedObject, new: New) -> float:
    display = _sorted(item.display)
    alike = max(fuzz.ratio(display, _sorted(name)) for name in dict.fromkeys((new.display, *new.names)))
    points = max(0.0, (alike - 45) / 15)
    if item.kind != "stat":
        return points
    # Many figures have one value, and one value may be corrected.
    if has_other_number(item.display, new.display):
        return 0.0
    return min(points, 1.2 if _same_owner(item.name, new.name) else 0.6)


def _of_id(item: PublishedObject, new: New) -> float:
    before, now = item.name.rpartition("/")[2], new.name.rpartition("/")[2]
    is_same_owner = _same_owner(item.name, new.name)
    if has_other_number(before, now) or (not is_same_owner and any(c.isdigit() for c in before)):
        return 0.0
    points = max(0.0, (fuzz.ratio(before, now) - 60) / 15)
    # Each edition has its opening, and many sessions their participants.
    return points if is_same_owner else min(points, 0.8)


def _same_owner(name: str, other: str) -> bool:
    return name.rpartition("/")[0] == other.rpartition("/")[0]


@lru_cache(maxsize=_KEPT)
def _folded(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=_KEPT)
def _sorted(name: str) -> str:
    """Return the words of a name in order, so that their own does not matter."""
    return " ".join(sorted(name.split()))


@lru_cache(maxsize=_KEPT)
def _neutral(text: str, display: str) -> str:
    """Return a text in which something's own name is the same whatever it is called."""
    return text.replace(display, "\0") if display else text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _naming(item: PublishedObject) -> Iterator[str]:
    return (name for name in item.attributes if name in _NAMING or name.startswith(_AT))
