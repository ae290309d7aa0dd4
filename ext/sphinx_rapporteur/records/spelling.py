"""Which names differ by spelling alone: of people and of organisations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from sphinx_rapporteur.records.model.types import territories
from sphinx_rapporteur.records.names import organization_words

Words: TypeAlias = tuple[str, ...]

SHORT_WORD = 5
"""From how many letters on one letter may differ: Chen and Shen are two names."""
LONG_WORD = 8
"""From how many letters on two letters may differ."""
MOST_EDITS = 2
"""How many letters of a whole name may differ."""
SHORTEST_NICKNAME = 4
"""Vint for Vinton, but not Ann for Annette."""
SHORTEST_ACRONYM = 6
"""From how many letters on one vowel of a short name may be another."""
COUNTRY_CODE = 2
"""How many letters at the end of a short name may be a country's: CERT-EE and CERT-IE are two."""
LIKE_GIVEN = 0.85
"""How alike (0 to 1) a lone given name has to be to that of a full name: Martin, Maarten."""
NONE = 99
_MOST_WORDS, _MOST_NEAR = 5_000, 30
"""How many words of like length and sound a word is compared with, and how many near ones are kept."""

_CLASSES = str.maketrans(
    {
        **dict.fromkeys("cqg", "k"),
        **dict.fromkeys("jzx", "s"),
        **dict.fromkeys("vw", "f"),
        "b": "p",
        "d": "t",
        "n": "m",
        "y": "i",
    }
)
"""Letters that are heard or typed for one another."""


def same_word(one: str, other: str) -> int:
    """Return by how many letters two words differ; `NONE` if by more than a slip."""
    if one == other:
        return 0
    longest = max(len(one), len(other))
    if longest < SHORT_WORD or sound(one[0]) != sound(other[0]) or _digits(one) != _digits(other):
        return NONE
    allowed = 1 if longest < LONG_WORD else MOST_EDITS
    edits = OSA.distance(one, other, score_cutoff=allowed)
    return edits if edits <= allowed else NONE


def same_given(one: str, other: str) -> int:
    """Return by how much two given names differ; an initial and a short form differ by one."""
    short, long = sorted((one, other), key=len)
    is_short_form = len(short) == 1 or len(short) >= SHORTEST_NICKNAME
    if short != long and is_short_form and long.startswith(short):
        return 1
    return same_word(one, other)


def people_alike(one: Words, other: Words) -> bool:
    """Whether two people's names, as `person_words`, may be spellings of one."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return len(long) == 1 and same_word(short[0], long[0]) < NONE
    edits = same_given(short[0], long[0])
    rest = iter(long[1:])
    for word in short[1:]:
        if edits > MOST_EDITS:
            return False
        # Words that only the longer name has are passed over.
        edits += min((same_word(word, each) for each in _until_match(word, rest)), default=NONE)
    return edits <= (MOST_EDITS if len(short) == len(long) else 1)


def _until_match(word: str, rest: Iterator[str]) -> Iterator[str]:
    for each in rest:
        yield each
        if same_word(word, each) < NONE:
            return


def heard_alike(one: Words, other: Words) -> bool:
    """Whether two names with one given name have surnames that a captioner may hear alike: Zhao, Seo."""
    return (
        len(one) == len(other) == 2  # noqa: PLR2004
        and one[0] == other[0]
        and len(one[0]) >= SHORT_WORD
        and _consonants(one[1]) == _consonants(other[1])
    )


def given_alike(lone: str, given: str) -> bool:
    """Whether a lone given name may be another's: Martin, Maarten."""
    return lone[0] == given[0] and JaroWinkler.similarity(lone, given) >= LIKE_GIVEN


def organizations_alike(one: Words, other: Words) -> bool:
    """Whether two organisations' names, as `organization_words`, may be spellings of one."""
    if "".join(one) == "".join(other):
        return True
    if len(one) != len(other) or (len(one) == 1 and max(len(one[0]), len(other[0])) < LONG_WORD):
        return False
    if any(
        mine != theirs and {mine, theirs} <= _countries() for mine, theirs in zip(one, other, strict=True)
    ):
        return False
    edits = sum(same_word(*pair) for pair in zip(one, other, strict=True))
    return edits <= (1 if sum(map(len, one)) < 2 * LONG_WORD else MOST_EDITS)


def without_vowels(words: Words) -> str:
    """Return a short name's letters in one word, the same for each vowel but those at its end."""
    joined = "".join(words)
    return re.sub("[aeiou]", "*", joined[:-COUNTRY_CODE]) + joined[-COUNTRY_CODE:]


def one_vowel_apart(one: Words, other: Words) -> bool:
    """Whether two short names with one `without_vowels` may be spellings of one: CERT-BR, CIRTBR."""
    mine, theirs = "".join(one), "".join(other)
    is_short = max(len(one), len(other)) <= 2 and len(mine) >= SHORTEST_ACRONYM  # noqa: PLR2004
    return is_short and sum(letter != each for letter, each in zip(mine, theirs, strict=True)) == 1


@cache
def _countries() -> frozenset[str]:
    """Return the countries' names in one word: Austria is no misspelt Australia."""
    return frozenset(words[0] for words in _territories() if len(words) == 1)


@cache
def _territories() -> frozenset[Words]:
    return frozenset(map(organization_words, territories().values()))


def is_country(words: Words) -> bool:
    """Whether an organisation's words are those of a country's name."""
    return words in _territories()


def sound(text: str) -> str:
    """Return the class of sound of each letter."""
    return text.translate(_CLASSES)


def _consonants(word: str) -> str:
    text = re.sub(r"[aeiouhy]+", "", sound(re.sub(r"[zsc]h", "s", word[1:] if word[0] in "aeiou" else word)))
    text = re.sub(r"(.)\1+", r"\1", text)
    return f"a{text}" if word[0] in "aeiou" else text


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())


def slips(words: Iterable[str]) -> dict[str, set[str]]:
    """Return, for each word, itself and the others that differ from it by a slip."""
    near = {word: {word} for word in words}
    blocks: dict[str, list[str]] = defaultdict(list)
    for word in sorted(near, key=len):
        blocks[sound(word[0])].append(word)
    for block in blocks.values():
        lengths = [len(word) for word in block]
        for word in block:
            start, end = bisect_left(lengths, len(word) - MOST_EDITS), bisect_right(lengths, len(word))
            window = block[max(start, end - _MOST_WORDS) : end]
            found = process.extract(
                word, window, scorer=OSA.distance, score_cutoff=MOST_EDITS, limit=_MOST_NEAR
            )
            for other, _edits, _index in found:
                if same_word(word, other) < NONE:
                    near[word].add(other)
                    near[other].add(word)
    return near


def given_forms(given: str) -> Iterator[str]:
    """Yield the initial and the short forms that may stand for a given name."""
    yield given[0]
    for end in range(SHORTEST_NICKNAME, len(given)):
        yield given[:end]


def is_lone(words: Sequence[str]) -> bool:
    """Whether a name is a single word of some length: a given name alone."""
    return len(words) == 1 and len(words[0]) > 2  # noqa: PLR2004
