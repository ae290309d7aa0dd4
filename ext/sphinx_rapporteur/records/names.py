"""Names as they are compared: spelling, order, accents and titles taken out of the way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NAME_WITHHELD = "Name withheld"
"""What stands in the place of a name that may not be shown."""

HONORIFICS = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady hon honorable honourable ambassador amb colonel col "
    "general gen captain capt minister excellency he hrh rev sr sra srta mme mlle herr frau dra ing eng".split()
)
PARTICLES = frozenset(
    "de del della der den des di do dos da das du la le las los van von vom zu zum zur ter ten te el al bin bint ben "
    "ibn abu abdel abdul y e i af av st saint".split()
)

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ħ": "h"}
)
_HYPHENS = re.compile(r"[-\u00ad\u058a\u2010-\u2015\u2212\ufe63\uff0d_/]+")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4]+")
_OTHER = re.compile(r"[^\w\s]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return a text in one case, without accents and punctuation, with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    bare = _APOSTROPHES.sub("", _HYPHENS.sub(" ", bare))
    return " ".join(_OTHER.sub(" ", bare).split())


@lru_cache(maxsize=65_536)
def fold_person(name: str) -> str:
    """Return a person's name folded, given name first, without titles such as Dr in front."""
    surname, comma, given = name.partition(",")
    if comma and given.strip() and "," not in given:
        name = f"{given} {surname}"
    words = fold(name).split()
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    return " ".join(words)


def person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name that tell people apart: without particles, umlauts as one letter."""
    words = fold_person(name).split()
    core = [word for word in words if word not in PARTICLES] or words
    return tuple(without_umlaut(word) for word in core)


def without_umlaut(word: str) -> str:
    """Return a folded word with ae, oe and ue as the letter that they may stand for: Kleinwaechter, Kleinwächter."""
    return re.sub(r"aa|([aou])e", lambda match: match[1] or "a", word)
