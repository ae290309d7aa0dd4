"""Check of names: two that differ by spelling alone and may be one person or organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from sphinx_rapporteur.records.checks.finding import say
from sphinx_rapporteur.records.finding import Path, Report
from sphinx_rapporteur.records.model import (
    Event,
    Organization,
    Organizer,
    Person,
    Presence,
    Record,
    Session,
)
from sphinx_rapporteur.records.names import NAME_WITHHELD, fold, fold_person, organization_words, person_words
from sphinx_rapporteur.records.spelling import (
    Words,
    given_alike,
    heard_alike,
    is_lone,
    organization_keys,
    organizations_alike,
    people_alike,
    person_keys,
)
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.warnings import Subtype


@dataclass(frozen=True, slots=True, eq=False)
class Bearer:
    """Who bears a name: a record, or somebody or something that only sessions name."""

    name: str
    spellings: tuple[Words, ...]
    """All names as words."""
    folded: frozenset[str]
    """All names folded, without spaces."""
    places: tuple[tuple[Record, Path], ...]
    """Where the name stands."""
    id: str | None = None
    """The record's."""
    others: frozenset[str] = field(default_factory=frozenset)
    """The ids of those who are said not to be the same."""


Pair = tuple[Bearer, Bearer]


def check_look_alikes(catalog: Statements, report: Report) -> None:
    """Warn of people and of organisations whose names differ by spelling alone."""
    for noun, pairs in (("person", _people(catalog)), ("organization", _organizations(catalog))):
        for one, other in pairs:
            if not _is_told_apart(one, other):
                _say(catalog, report, noun, one, other)


def _is_told_apart(one: Bearer, other: Bearer) -> bool:
    return one.id in other.others or other.id in one.others


def _say(catalog: Statements, report: Report, noun: str, one: Bearer, other: Bearer) -> None:
    # The one to mend comes first: a name without a record, else the later of two records.
    wrong, right = (one, other) if one.id is None else (other, one)
    record, path = wrong.places[0]
    is_record = wrong.id is not None
    mend = f"`{noun}: {right.id}`" if right.id is not None else "one spelling"
    say(
        catalog,
        report,
        Subtype.LOOK_ALIKE,
        record,
        path,
        f"the name may be another spelling of {right.name}" + (f" ({right.id})" if right.id else ""),
        found=wrong.name,
        expected="one record with `also_known_as`, or `not_same_as`"
        if is_record
        else f"{mend} if they are the same",
        others=(catalog.place(*place) for place in (*right.places[:3], *wrong.places[1:])),
    )


def _people(catalog: Statements) -> Iterator[Pair]:
    bearers = [_of_record(person, person_words, fold_person) for person in catalog.people.values()]
    bearers += _of_names(_person_names(catalog), person_words, fold_person)
    pairs = set(_alike(bearers, person_keys, people_alike))
    pairs |= set(_rare(bearers))
    return iter(sorted(pairs, key=_pair_key))


def _organizations(catalog: Statements) -> Iterator[Pair]:
    records = list(catalog.organizations.values())
    bearers = [_of_record(organization, organization_words, fold) for organization in records]
    short = {fold(one.short_name) for one in records if one.short_name}
    names = {name: places for name, places in _organization_names(catalog).items() if fold(name) not in short}
    bearers += _of_names(names, organization_words, fold)
    return iter(sorted(_alike(bearers, organization_keys, organizations_alike), key=_pair_key))


def _pair_key(pair: Pair) -> tuple[str, ...]:
    return tuple(text for bearer in pair for text in (bearer.id or "", bearer.name))


def _of_record(
    record: Person | Organization, words: Callable[[str], Words], folded: Callable[[str], str]
) -> Bearer:
    names = [record.name, *record.also_known_as]
    return Bearer(
        record.name,
        tuple(dict.fromkeys(map(words, names))),
        frozenset(folded(name).replace(" ", "") for name in names),
        ((record, ("name",)),),
        record.id,
        frozenset(record.not_same_as),
    )


def _of_names(
    names: Mapping[str, list[tuple[Record, Path]]],
    words: Callable[[str], Words],
    folded: Callable[[str], str],
) -> list[Bearer]:
    return [
        Bearer(name, (words(name),), frozenset({folded(name).replace(" ", "")}), tuple(places))
        for name, places in sorted(names.items())
        if words(name)
    ]


def _person_names(catalog: Statements) -> dict[str, list[tuple[Record, Path]]]:
    """Return the names of people without a record, with where they stand."""
    names: dict[str, list[tuple[Record, Path]]] = defaultdict(list)
    for owner in catalog.owners:
        for index, appearance in enumerate(owner.people):
            if appearance.name is not None:
                names[appearance.name].append((owner, ("people", index, "name")))
        for index, byline in enumerate(owner.report_by if isinstance(owner, Session) else ()):
            if byline.name is not None:
                names[byline.name].append((owner, ("report_by", index, "name")))
    names.pop(NAME_WITHHELD, None)
    return names


def _organization_names(catalog: Statements) -> dict[str, list[tuple[Record, Path]]]:
    """Return the names of organisations without a record, with where they stand."""
    names: dict[str, list[tuple[Record, Path]]] = defaultdict(list)
    for owner in catalog.owners:
        kind = "organizers" if isinstance(owner, Event) else "organizations"
        bodies: tuple[Organizer | Presence, ...] = getattr(owner, kind)
        for index, body in enumerate(bodies):
            if body.name is not None:
                names[body.name].append((owner, (kind, index, "name")))
        for index, appearance in enumerate(owner.people):
            for number, affiliation in enumerate(appearance.affiliations):
                if affiliation.name is not None:
                    path = ("people", index, "affiliations", number, "name")
                    names[affiliation.name].append((owner, path))
    return names


def _alike(
    bearers: Iterable[Bearer],
    keys: Callable[[Words], set[tuple[str, ...]]],
    alike: Callable[[Words, Words], bool],
) -> Iterator[Pair]:
    """Yield the pairs that share a key and have two names that are alike."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    ordered = list(bearers)
    for position, bearer in enumerate(ordered):
        own: set[tuple[str, ...]] = {("folded", folded) for folded in bearer.folded}
        for words in bearer.spellings:
            own |= keys(words)
        for key in own:
            groups[key].append(position)
    seen: set[tuple[int, int]] = set()
    for key, group in groups.items():
        for pair in combinations(group, 2):
            if pair in seen:
                continue
            one, other = ordered[pair[0]], ordered[pair[1]]
            if key[0] in {"folded", "sorted"} or any(
                alike(mine, theirs) for mine in one.spellings for theirs in other.spellings
            ):
                seen.add(pair)
                yield one, other


def _rare(bearers: Iterable[Bearer]) -> Iterator[Pair]:
    """Yield pairs that only the rarity of a given name speaks for: one alone, or surnames that sound alike."""
    by_given: dict[str, list[Bearer]] = defaultdict(list)
    lone: list[Bearer] = []
    for bearer in bearers:
        words = bearer.spellings[0]
        if is_lone(words):
            lone.append(bearer)
        elif len(words) > 1:
            by_given[words[0]].append(bearer)
    for group in by_given.values():
        if len(group) == 2 and heard_alike(group[0].spellings[0], group[1].spellings[0]):  # noqa: PLR2004
            yield group[0], group[1]
    for bearer in lone:
        given = bearer.spellings[0][0]
        full = by_given.get(given, [])
        if not full and bearer.id is not None:
            full = [one for name, group in by_given.items() if given_alike(given, name) for one in group]
        if len(full) == 1 and full[0].id is not None:
            yield (full[0], bearer) if bearer.id is None else (bearer, full[0])
