"""Names as they are compared: spelling, order, accents and titles taken out of the way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NAME_WITHHELD = "Name withheld"
"""What stands in the place of a name that may not be shown."""
NAME_LEFT_OUT = "Name left out"
"""What stands in the place of a speaker whose record is not there."""

HONORIFICS = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "dr", "dra", "prof", "professor", "sir", "dame", "lord", "lady"),
        *("hon", "honorable", "honourable", "ambassador", "amb", "excellency", "he", "hrh", "minister"),
        *("colonel", "col", "general", "gen", "captain", "capt", "rev"),
        *("sr", "sra", "srta", "mme", "mlle", "herr", "frau", "ing"),
    }
)
PARTICLES = frozenset(
    {
        *(
            "de",
            "del",
            "della",
            "der",
            "den",
            "des",
            "di",
            "do",
            "dos",
            "da",
            "das",
            "du",
            "la",
            "le",
            "las",
            "los",
        ),
        *("van", "von", "vom", "zu", "zum", "zur", "ter", "ten", "te", "af", "av", "y", "e", "i"),
        *("el", "al", "bin", "bint", "ben", "ibn", "abu", "abdel", "abdul", "st", "saint"),
    }
)
SMALL_WORDS = frozenset(
    {
        *("the", "of", "for", "and", "on", "in", "at", "to", "a", "an"),
        *(
            "de",
            "del",
            "la",
            "le",
            "les",
            "los",
            "el",
            "des",
            "du",
            "et",
            "y",
            "e",
            "do",
            "da",
            "der",
            "die",
            "und",
        ),
    }
)
"""Words that names of organisations have or lack without being others."""

# Letters that do not decompose.
_LETTERS = str.maketrans(
    {
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{LATIN SMALL LETTER ETH}": "d",
        "\N{LATIN SMALL LETTER THORN}": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LATIN SMALL LETTER AE}": "ae",
        "\N{LATIN SMALL LIGATURE OE}": "oe",
        "\N{LATIN SMALL LETTER H WITH STROKE}": "h",
    }
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


@lru_cache(maxsize=65_536)
def person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name that tell people apart: no particles, no middle initials."""
    words = fold_person(name).split()
    core = words[:1] + [word for word in words[1:] if word not in PARTICLES]
    core = core if len(core) > 1 else words
    kept = [word for index, word in enumerate(core) if index in {0, len(core) - 1} or len(word) > 1]
    return tuple(without_umlaut(word) for word in kept)


@lru_cache(maxsize=65_536)
def organization_words(name: str) -> tuple[str, ...]:
    """Return the words of an organisation's name that tell organisations apart; U.S. and US are one word."""
    joined = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", name)
    words = fold(joined).split()
    return tuple(without_umlaut(word) for word in words if word not in SMALL_WORDS) or tuple(words)


def without_umlaut(word: str) -> str:
    """Return a folded word with ae, oe, ue as the umlaut they may stand for: Kleinwaechter, Kleinwächter."""
    return re.sub(r"aa|([aou])e", lambda match: match[1] or "a", word)
