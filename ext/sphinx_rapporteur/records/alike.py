"""Find the names that are alike among many, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise, product
from typing import TypeAlias

from sphinx_rapporteur.records.characters import skeleton
from sphinx_rapporteur.records.names import fold, fold_person, organization_words, person_words
from sphinx_rapporteur.records.spelling import (
    Words,
    given_alike,
    given_forms,
    heard_alike,
    is_lone,
    people_alike,
    slips,
)

_LONGEST = 300
"""Longer names are compared with none: each of their letters and words would be looked at with each."""
_MANY = 100
"""Bearers that have something in common."""
_MOST_LIKE_ONE = 10
"""How many names that are nearly like one are looked at: made-up names may all be nearly like each other."""
Pair: TypeAlias = tuple[int, int]
"""The positions of two bearers, the smaller first."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """The names of one bearer, ready to be compared."""

    words: tuple[Words, ...]
    folded: frozenset[str]
    """The names folded, without spaces."""
    has_record: bool = True
    short_name: str = ""
    """An organisation's, its words joined: another's name may be it, but two bodies may share one."""
    printed: tuple[str, ...] = ()
    """An organisation's names as written: capitals tell acronyms."""

    @classmethod
    def of_person(cls, names: Iterable[str], *, has_record: bool = True) -> Spellings:
        """Return the names of a person."""
        known = tuple(name for name in names if len(name) <= _LONGEST and fold(name))
        folded = frozenset(skeleton(fold_person(name).replace(" ", "")) for name in known)
        return cls(tuple(dict.fromkeys(map(person_words, known))), folded, has_record)

    @classmethod
    def of_organization(
        cls, names: Iterable[str], *, short_name: str | None = None, has_record: bool = True
    ) -> Spellings:
        """Return the names of an organisation."""
        known = tuple(name for name in names if len(name) <= _LONGEST and fold(name))
        folded = frozenset(skeleton(fold(name).replace(" ", "")) for name in known)
        short = "".join(organization_words(short_name)) if short_name else ""
        return cls(tuple(dict.fromkeys(map(organization_words, known))), folded, has_record, short, known)


def people_pairs(bearers: Sequence[Spellings]) -> list[Pair]:
    """Return the pairs of people whose names may be spellings of one, in order."""
    sorted_words = ((position, " ".join(sorted(words))) for position, words in each_name(bearers))
    pairs = {*sharing(folded_names(bearers)), *sharing(sorted_words), *_rare(bearers)}
    pairs |= {
        pair
        for pair in _near_people(bearers) - pairs
        if any(people_alike(*names) for names in combined(bearers, pair))
    }
    return sorted(pairs)


def combined(bearers: Sequence[Spellings], pair: Pair) -> Iterator[tuple[Words, Words]]:
    """Yield each name of one bearer with each of the other."""
    yield from product(bearers[pair[0]].words, bearers[pair[1]].words)


def each_name(bearers: Sequence[Spellings]) -> Iterator[tuple[int, Words]]:
    """Yield the words of each name with the position of its bearer."""
    for position, bearer in enumerate(bearers):
        for words in bearer.words:
            yield position, words


def folded_names(bearers: Sequence[Spellings]) -> Iterator[tuple[int, str]]:
    """Yield each name folded with the position of its bearer."""
    for position, bearer in enumerate(bearers):
        for text in bearer.folded:
            yield position, text


def sharing(keys: Iterable[tuple[int, str]]) -> Iterator[Pair]:
    """Yield the pairs that have a key in common."""
    groups: dict[str, set[int]] = defaultdict(set)
    for position, key in keys:
        groups[key].add(position)
    for group in groups.values():
        in_order = sorted(group)
        # What hundreds have in common says little; comparing each with each would take for ever.
        yield from pairwise(in_order) if len(in_order) > _MANY else combinations(in_order, 2)


def _near_people(bearers: Sequence[Spellings]) -> set[Pair]:
    """Return the pairs whose given name and one other word are alike.

    Words are compared first, each once, and names are then looked up by their words.
    """
    bearers_of: dict[Words, list[int]] = defaultdict(list)
    by_words: dict[tuple[str, str], set[Words]] = defaultdict(set)
    for position, words in each_name(bearers):
        bearers_of[words].append(position)
        for word in words[1:] or ("",):
            by_words[words[0], word].add(words)
    near = slips({word for words in bearers_of for word in words})
    near[""] = {""}
    pairs: set[Pair] = set()
    for words, positions in bearers_of.items():
        givens = near[words[0]] | (set(given_forms(words[0])) if len(words) > 1 else set())
        keys = (key for word in words[1:] or ("",) for key in product(givens, near[word]))
        # What hundreds have in common says little, and those of one name are found otherwise.
        groups = (by_words[key] for key in keys if len(by_words.get(key, ())) <= _MANY)
        others = (one for group in groups for one in sorted(group) if one != words)
        for other in islice(others, _MOST_LIKE_ONE):
            pairs.update(
                pair_of(*pair)
                for pair in islice(product(positions, bearers_of[other]), _MANY)
                if pair[0] != pair[1]
            )
    return pairs


def pair_of(one: int, other: int) -> Pair:
    """Return two positions, the smaller first."""
    return (one, other) if one < other else (other, one)


def _rare(bearers: Sequence[Spellings]) -> Iterator[Pair]:
    """Yield pairs that the rarity of a given name speaks for: one alone, or surnames that sound alike."""
    by_given: dict[str, set[int]] = defaultdict(set)
    lone: dict[int, str] = {}
    for position, bearer in enumerate(bearers):
        words = bearer.words[0] if bearer.words else ()
        if is_lone(words):
            lone[position] = words[0]
        elif words:
            by_given[words[0]].add(position)
    for pair in (tuple(sorted(group)) for group in by_given.values()):
        if len(pair) == 2 and heard_alike(bearers[pair[0]].words[0], bearers[pair[1]].words[0]):  # noqa: PLR2004
            yield pair
    for position, given in lone.items():
        full = by_given.get(given, set())
        if not full and bearers[position].has_record:
            full = {one for name, group in by_given.items() if given_alike(given, name) for one in group}
        # Of several people with that given name, nothing says which is meant.
        known = [one for one in full if bearers[one].has_record]
        if len(full) == len(known) == 1:
            yield pair_of(position, known[0])
