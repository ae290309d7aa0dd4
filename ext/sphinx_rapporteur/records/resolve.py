"""Names in references: from a kind and a name to a full id, to candidates, to what was probably meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinx_rapporteur.records.naming import Aliases, nearest
from sphinx_rapporteur.records.topics import same_tag, slug_of

KIND_OF: Mapping[str, str] = {
    "event": "events",
    "session": "sessions",
    "person": "people",
    "org": "organizations",
    "indicator": "indicators",
    "stat": "statistics",
    "quote": "quotes",
    "outcome": "outcomes",
    "topic": "topics",
    "sdg": "sdgs",
}
"""What references call a kind, and the folder or field that holds its things."""


@dataclass(frozen=True, eq=False)
class Resolver:
    """All ids by kind, with their former ones."""

    known: Mapping[str, Collection[str]]
    """By kind as references call it (``person``)."""
    aliases: Aliases
    labels: Mapping[str, str]
    """Topics by label."""

    def resolve(self, kind: str, name: str) -> str | None:
        """Return the present full id for a full id, a former one or a topic's label, if there is one."""
        known = self.known[kind]
        if name in known:
            return name
        if kind == "session":
            return self.aliases.session(name, known)
        if kind in {"stat", "quote", "outcome"}:
            return self.aliases.statement(name, known, self.known["session"])
        if kind == "topic":
            return self._topics.get(same_tag(name)) or self.aliases.of(KIND_OF[kind], slug_of(name))
        return self.aliases.of(KIND_OF[kind], name)

    @cached_property
    def _topics(self) -> Mapping[str, str]:
        return {same_tag(label): slug for slug, label in self.labels.items()}

    @cached_property
    def _by_last(self) -> Callable[[str], Mapping[str, list[str]]]:
        made: dict[str, Mapping[str, list[str]]] = {}

        def of(kind: str) -> Mapping[str, list[str]]:
            if kind not in made:
                groups: dict[str, list[str]] = defaultdict(list)
                former = self.aliases.current.get(KIND_OF[kind], {})
                for name in sorted({*self.known[kind], *former}):
                    groups[name.rpartition("/")[2]].append(name)
                made[kind] = groups
            return made[kind]

        return of

    def candidates(self, kind: str, short: str) -> list[str]:
        """Return the full ids that end in a short one, in order."""
        found = self._by_last(kind).get(short.rpartition("/")[2], [])
        meant = [short, *(name for name in found if f"/{name}".endswith(f"/{short}"))]
        return sorted({full_id for full_id in (self.resolve(kind, name) for name in meant) if full_id})

    def suggest(self, kind: str, name: str) -> str | None:
        """Return the full id that was probably meant, if one is near."""
        return nearest(name, self.known[kind])
