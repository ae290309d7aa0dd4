"""Find the organisations whose names are alike among many, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from sphinx_rapporteur.records.acronyms import Acronym, acronym_of, slipped, stands_for
from sphinx_rapporteur.records.alike import (
    Pair,
    Spellings,
    combined,
    each_name,
    folded_names,
    pair_of,
    sharing,
)
from sphinx_rapporteur.records.bodies import shorter_names
from sphinx_rapporteur.records.names import fold
from sphinx_rapporteur.records.spelling import (
    SHORTEST_ACRONYM,
    Words,
    one_vowel_apart,
    organizations_alike,
    sound,
    without_vowels,
)

_UNITED_NATIONS = (("un",), ("united", "nations"))
_SHORTEST_OF_UN = 4
"""UN DESA is called DESA, but three letters are too many others'."""


def organization_pairs(bearers: Sequence[Spellings]) -> list[Pair]:
    """Return the pairs of organisations whose names may be spellings of one, in order."""
    names = list(each_name(bearers))
    joined = [(position, "".join(words)) for position, words in names]
    pairs = {*sharing(folded_names(bearers)), *sharing(joined), *_by_short_name(bearers)}
    starts = ((position, _sounds(words)) for position, words in names)
    bare = ((position, without_vowels(words)) for position, words in names)
    for keys, alike in ((starts, organizations_alike), (bare, one_vowel_apart)):
        pairs |= {
            pair
            for pair in set(sharing(keys)) - pairs
            if any(alike(*words) for words in combined(bearers, pair))
        }
    return sorted({*pairs, *_shortened(bearers), *_by_letters(bearers), *_slipped(bearers)})


def _by_short_name(bearers: Sequence[Spellings]) -> Iterator[Pair]:
    """Yield the pairs of which one is called by the other's short name."""
    short_names = ((position, bearer.short_name) for position, bearer in enumerate(bearers))
    yield from _crossing(((position, "".join(words)) for position, words in each_name(bearers)), short_names)


def _crossing(keys: Iterable[tuple[int, str]], others: Iterable[tuple[int, str]]) -> Iterator[Pair]:
    """Yield the pairs of which one has a key that the other has among *others*."""
    groups: dict[str, set[int]] = defaultdict(set)
    for position, key in keys:
        groups[key].add(position)
    for position, key in others:
        for other in groups.get(key, ()) if key else ():
            if other != position:
                yield pair_of(position, other)


def _sounds(words: Words) -> str:
    return " ".join(sound(word[0]) for word in words)


def _shortened(bearers: Sequence[Spellings]) -> Iterator[Pair]:
    """Yield the pairs of which one's name is the other's with less around it."""
    known = {words for _position, words in each_name(bearers)}
    known |= {(bearer.short_name,) for bearer in bearers}
    by_sound: dict[str, list[tuple[int, Words]]] = defaultdict(list)
    for position, words in each_name(bearers):
        by_sound[_sounds(words)].append((position, words))
    for position, bearer in enumerate(bearers):
        for name in bearer.printed:
            for short in shorter_names(name, known):
                for other, words in by_sound.get(_sounds(short), ()):
                    if other != position and organizations_alike(short, words):
                        yield pair_of(position, other)


def _by_letters(bearers: Sequence[Spellings]) -> Iterator[Pair]:
    """Yield the pairs of which one is called by the initials of the other."""
    long_names: dict[str, list[tuple[int, Words]]] = defaultdict(list)
    short_names: dict[str, set[int]] = defaultdict(set)
    for position, bearer in enumerate(bearers):
        for name in bearer.printed:
            for words in _without_un(tuple(fold(name).split())):
                long_names[words[0][0]].append((position, words))
    for position, acronym in _acronyms(bearers):
        if not acronym.has_country:
            short_names[acronym.letters].add(position)
        for other, words in long_names[acronym.letters[0]]:
            if other != position and stands_for(acronym, words):
                yield pair_of(position, other)
    for group in short_names.values():
        yield from combinations(sorted(group), 2)


def _acronyms(bearers: Sequence[Spellings]) -> Iterator[tuple[int, Acronym]]:
    """Yield the acronyms among the names, those of the United Nations without UN too."""
    for position, bearer in enumerate(bearers):
        for name in bearer.printed:
            acronym = acronym_of(name)
            if acronym is not None:
                yield position, acronym
                letters = acronym.letters.removeprefix("un")
                if letters != acronym.letters and len(letters) >= _SHORTEST_OF_UN:
                    yield position, Acronym(letters, acronym.has_country)


def _without_un(words: Words) -> Iterator[Words]:
    """Yield the words of a name and, if it starts with the United Nations, those behind them."""
    if words:
        yield words
    for start in _UNITED_NATIONS:
        if words[: len(start)] == start and len(words) > len(start) + 1:
            yield words[len(start) :]


def _slipped(bearers: Sequence[Spellings]) -> Iterator[Pair]:
    """Yield the pairs of short names of which one has a letter less than the other."""
    joined = [(position, "".join(words)) for position, words in each_name(bearers) if len(words) <= 2]  # noqa: PLR2004
    long = [(position, name) for position, name in joined if len(name) >= SHORTEST_ACRONYM]
    long += [
        (at, bearer.short_name)
        for at, bearer in enumerate(bearers)
        if len(bearer.short_name) >= SHORTEST_ACRONYM
    ]
    yield from _crossing(joined, ((position, short) for position, name in long for short in slipped(name)))
