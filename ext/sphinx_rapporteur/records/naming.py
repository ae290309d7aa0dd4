"""Former ids, short ids and near ids: from what somebody wrote to the id of a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from sphinx_rapporteur.records.model import Record, Session

STATEMENTS = ("statistics", "quotes", "outcomes")
NOUNS = {
    "events": "event",
    "sessions": "session",
    "people": "person",
    "organizations": "organisation",
    "indicators": "indicator",
    "statistics": "figure",
    "quotes": "quotation",
    "outcomes": "outcome",
    "rooms": "room of the event",
    "tracks": "track of the event",
}
"""The kinds of thing that a record may name, by folder or field."""
NEAR = 74.0
"""How alike two ids have to be (0 to 100) for one to be offered for the other."""
_DIGITS = frozenset("0123456789")
_MOST_COMPARED = 10
_LONG_ENOUGH = 6
"""From how many characters on a digit too few may be a slip: `igf-206`, but not `ws2`."""


def nearest(name: str, known: Collection[str]) -> str | None:
    """Return the known id that was probably meant by ``name``, if one is near.

    A name without a slash is compared with the last step of each id, whatever the capitals.
    """
    name = name.lower()
    steps = name.count("/")
    choices = {full: (full if steps else full.rpartition("/")[2]).lower() for full in sorted(known)}
    found = process.extract(name, choices, scorer=fuzz.ratio, score_cutoff=NEAR, limit=_MOST_COMPARED)
    return next((str(full) for text, _score, full in found if _is_near(name, text)), None)


def _is_near(name: str, other: str) -> bool:
    """Whether each step of a name is like that of the other: alike in all but a number, two are two."""
    pairs = list(zip(name.split("/"), other.split("/"), strict=False))
    return name.count("/") == other.count("/") and all(map(_is_near_step, *zip(*pairs, strict=True)))


def _is_near_step(name: str, other: str) -> bool:
    is_swapped = sorted(name) == sorted(other)
    return (is_swapped or not has_other_number(name, other)) and fuzz.ratio(name, other) >= NEAR


def has_other_number(name: str, other: str) -> bool:
    """Return whether two names differ by a number, as workshops 27 and 28 do, and not by a slip in one."""
    numbers = ["".join(filter(_DIGITS.__contains__, text)) for text in (name, other)]
    return numbers[0] != numbers[1] and (len(numbers[0]) == len(numbers[1]) or len(name) < _LONG_ENOUGH)


def shared_prefixes(full_id: str) -> Iterable[str]:
    """Yield the records in which a short id may be looked for: the session, then its event."""
    while full_id:
        yield full_id
        full_id = full_id.rpartition("/")[0]


@dataclass(frozen=True)
class Aliases:
    """The former ids of all records."""

    current: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By kind of record (``people``) and former id: the id that it has now."""

    def of(self, kind: str, name: str) -> str | None:
        """Return the current id for a former one."""
        return self.current.get(kind, {}).get(name)

    def session(self, name: str, known: Collection[str]) -> str | None:
        """Return the current full id of a session, whose own or whose event's id may have changed."""
        if name in known:
            return name
        found = self.of("sessions", name)
        if found is None:
            event, _, own = name.partition("/")
            current = self.of("events", event)
            found = self.session(f"{current}/{own}", known) if current and own else None
        return found

    def statement(self, name: str, known: Collection[str], sessions: Collection[str]) -> str | None:
        """Return the current full id of a statement, whose session's id may have changed."""
        owner, _, own = name.rpartition("/")
        current = self.session(owner, sessions) if "/" in owner else self.of("events", owner)
        for full_id in (name, f"{current}/{own}"):
            candidates = (full_id, *(self.of(kind, full_id) for kind in STATEMENTS))
            found = next((one for one in candidates if one in known), None)
            if found is not None:
                return found
        return None


def statement_alias(owner: Record, alias: str) -> str:
    """Return a statement's former id in full: it may be written without the record that it is in."""
    return alias if "/" in alias else f"{owner.full_id}/{alias}"


def alias_of(record: Record, alias: str) -> str:
    """Return a former id in full: a session's may be written without the event."""
    if isinstance(record, Session) and "/" not in alias:
        return f"{record.event}/{alias}"
    return alias


def with_article(noun: str) -> str:
    """Return a noun with *a* or *an*."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
