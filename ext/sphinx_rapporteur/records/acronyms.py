"""Acronyms: whether a short name such as ISOC is made of the letters of a long one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sphinx_rapporteur.records.model.types import territories
from sphinx_rapporteur.records.names import SMALL_WORDS, fold

FEWEST_OF_INITIALS = 2
"""From how many letters on initials alone are enough: UN, but no single letter."""
FEWEST_WITH_SYLLABLE = 4
"""From how many letters on one word may give more than its initial: ISOC, for Internet Society."""
LONGEST = 10
LONGEST_SYLLABLE = 4
_UPPER_SHARE = 2 / 3
_DOMAIN = re.compile(r"(?P<own>.+)\.(?P<country>[A-Za-z]{2})")
_SINGLE_LETTERS = re.compile(r"\b(\w)\.(?=\w\b|\s|$)")


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short name's letters, folded, in one word."""

    letters: str
    has_country: bool = False
    """Whether it was written as in an address, SFLC.in; the country is not among the letters."""


def acronym_of(name: str) -> Acronym | None:
    """Return the acronym that a name is by its capitals, or nothing: UN DESA is one, UN Women is not."""
    name = name.strip()
    match = _DOMAIN.fullmatch(name)
    has_country = match is not None and match["country"].upper() in territories()
    printed = match["own"] if match is not None and has_country else name
    words = re.split(r"[\s.-]+", _SINGLE_LETTERS.sub(r"\1", printed).strip(" .-"))
    letters = fold("".join(words))
    is_short = FEWEST_OF_INITIALS <= len(letters) <= LONGEST and letters.isalpha()
    if not is_short or not all(_is_upper(word) for word in words):
        return None
    return Acronym(letters, has_country)


def _is_upper(word: str) -> bool:
    return word[:1].isupper() and sum(map(str.isupper, word)) >= _UPPER_SHARE * len(word)


def stands_for(acronym: Acronym, words: Sequence[str]) -> bool:
    """Whether an acronym is made of the initials of a long name's folded words.

    Small words (of, for, and) may give their initial or none. In four letters and more one word may give
    up to four, unless a country follows: ISOC.nl is a chapter of the Internet Society, not its short name.
    """
    long_words = [word for word in words if word not in SMALL_WORDS]
    if len(long_words) < FEWEST_OF_INITIALS or len(acronym.letters) < len(long_words):
        return False
    may_stretch = len(acronym.letters) >= FEWEST_WITH_SYLLABLE and not acronym.has_country
    return _spells(acronym.letters, tuple(words), may_stretch=may_stretch)


def _spells(letters: str, words: tuple[str, ...], *, may_stretch: bool) -> bool:
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in SMALL_WORDS and _spells(letters, rest, may_stretch=may_stretch):
        return True
    if not letters or letters[0] != word[0]:
        return False
    if _spells(letters[1:], rest, may_stretch=may_stretch):
        return True
    return (
        may_stretch
        and word not in SMALL_WORDS
        and any(
            letters[:length] == word[:length] and _spells(letters[length:], rest, may_stretch=False)
            for length in range(2, LONGEST_SYLLABLE + 1)
            if length <= len(word)
        )
    )


def slipped(letters: str) -> set[str]:
    """Return the short name without one of its letters, as a slip leaves it out: CSIAC of CSISAC.

    The first stays, and the last two, which may be a country's; a digit is never left out by a slip.
    """
    places = range(1, len(letters) - 2)
    return {letters[:place] + letters[place + 1 :] for place in places if letters[place].isalpha()}
