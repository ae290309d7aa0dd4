"""What was left out because of a fault, and which one: what refers to it says that, and guesses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sphinx_rapporteur.records.finding import Finding, Thing
from sphinx_rapporteur.records.index import RAPPORTEUR
from sphinx_rapporteur.records.model import KINDS, Event, Session
from sphinx_rapporteur.records.naming import shared_prefixes

_CONSEQUENCE = re.compile(r"; [^;]+ (?:left out|not read)$")
BYLINES = "report_by"
MEND_FIRST = "mend that finding first"
"""What is suggested of all that goes along."""
ANY_EVENT = "*"
"""Stands for the event of a session whose file does not tell it."""
IDENTIFYING = ("id", "person", "name")
"""The keys by which a part of a record is known, the first that is there."""


def things_of(full_id: str, name: str, item: Mapping[str, object]) -> tuple[Thing, ...]:
    """Return what an item of a record's list *name* is to others; a byline is one of the whole record."""
    byline = ((BYLINES, full_id),)
    if name == BYLINES:
        return byline
    own = next((value for key in IDENTIFYING if isinstance(value := item.get(key), str)), None)
    itself = () if own is None else ((name, f"{full_id}/{own}"),)
    return (*itself, *byline) if item.get("role") == RAPPORTEUR else itself


@dataclass
class Losses:
    """By kind (``people``, ``quotes``) and full id: the finding because of which something was left out.

    A part of a record stands below it: the appearance of a person as ``people`` and
    ``igf-2016/ws27/ernie-allen``, a room as ``rooms`` and ``igf-2016/workshop-room-3``, a whole list under
    the id of its record.
    """

    causes: dict[Thing, Finding] = field(default_factory=dict)

    def note(self, findings: Iterable[Finding]) -> None:
        """Remember what some findings cost; the first to cost a thing is its cause."""
        for finding in findings:
            for thing in finding.lost:
                self.causes.setdefault(thing, finding)

    def cause(self, kind: str, name: str) -> Finding | None:
        """Return why the thing with a full id was left out; nothing if it was not, as far as is known."""
        return next((self.causes[thing] for thing in _around(kind, name) if thing in self.causes), None)

    def below(self, kind: str, full_id: str) -> list[str]:
        """Return the short ids of what was left out of a list of a record."""
        start = f"{full_id}/"
        return [name.removeprefix(start) for of, name in self.causes if of == kind and name.startswith(start)]

    def cause_of_short(self, kind: str, name: str) -> Finding | None:
        """Return why the only left-out thing with a short id was left out."""
        ending = f"/{name}"
        found = [cause for (of, full), cause in self.causes.items() if of == kind and full.endswith(ending)]
        return found[0] if len(found) == 1 else None


def _around(kind: str, name: str) -> Iterator[Thing]:
    """Yield the thing itself, the list that it stands in, and the records that it would go with."""
    yield kind, name
    if kind in KINDS and kind != Session.kind and "/" not in name:
        return
    for session in shared_prefixes(name):
        if session.count("/") == 1:
            yield Session.kind, f"{ANY_EVENT}/{session.rpartition('/')[2]}"
    owners = list(shared_prefixes(name.rpartition("/")[0]))
    if kind != Session.kind:
        yield from ((kind, owner) for owner in owners)
    yield from ((Session.kind if "/" in owner else Event.kind, owner) for owner in owners)


def cause_text(finding: Finding) -> str:
    """Return what is wrong in a finding, without what was left out because of it."""
    text = _CONSEQUENCE.sub("", finding.message)
    return f"{text}: {finding.found}" if finding.found else text
