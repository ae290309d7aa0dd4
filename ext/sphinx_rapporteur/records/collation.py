"""The order of names: the language's own where PyICU is installed, else Unicode's; A-Z headings to match."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeAlias

SortKey: TypeAlias = tuple[int, ...]

OTHER = "#"
"""The heading of what starts with no letter."""

_OWN_LETTERS = MappingProxyType(
    {
        "da": "zæøå",
        "es": "nñ",
        "fi": "zåäö",
        "is": "zþæö",
        "nb": "zæøå",
        "nn": "zæøå",
        "no": "zæøå",
        "sv": "zåäö",
    }
)
"""By language, the letter that its own letters follow in the alphabet, and those."""


_LONGEST = 500
"""How many characters are looked at: the time that pyuca takes grows with the square of their number."""


def sort_key(text: str, locale: str = "en") -> SortKey:
    """Return a key that orders texts as a reader of the language expects, all of one heading together."""
    return _key(text[:_LONGEST], _language(locale))


def initial(text: str, locale: str = "en") -> str:
    """Return the heading of a text in an A-Z list: its first letter without accents, or ``#``.

    A letter that the language sorts by itself, as Swedish does Ö, is its own heading.
    """
    first = _first(text)
    if not first.isalpha():
        return OTHER
    if first.casefold() in _OWN_LETTERS.get(_language(locale), "")[1:]:
        return first.upper()
    base = _BASE.get(first.casefold()) or unicodedata.normalize("NFKD", first)[0]
    is_ideograph = unicodedata.name(base, "").startswith(("CJK", "HANGUL"))
    return OTHER if is_ideograph or not base.isalpha() else base.upper()[0]


_BASE = MappingProxyType(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "æ": "a", "œ": "o", "ı": "i", "ħ": "h"}
)


def _language(locale: str) -> str:
    return locale.replace("-", "_").partition("_")[0].casefold()


def _first(text: str) -> str:
    """Return the first letter or digit in composed form."""
    return next((char for char in unicodedata.normalize("NFC", text) if char.isalnum()), "")


@lru_cache(maxsize=65_536)
def _key(text: str, language: str) -> SortKey:
    heading = initial(text, language)
    bare = text[_position(text) :]
    return (*_heading_key(heading, language), *_collator(language)(bare))


def _position(text: str) -> int:
    """Return where the first letter or digit stands."""
    return next((index for index, char in enumerate(text) if char.isalnum()), 0)


@cache
def _heading_key(heading: str, language: str) -> SortKey:
    """Order the headings: what starts with no letter first, the language's own letters where they belong."""
    if heading == OTHER:
        return (0, 0)
    own = _OWN_LETTERS.get(language, "")
    place = own.find(heading.casefold())
    letter = own[0] if place > 0 else heading.casefold()
    # Letters of one weight are still two headings.
    return (_root(letter)[0], max(place, 0), ord(heading))


@cache
def _pyuca() -> Any:
    # Reads a table of 35,000 lines, so only once a name is sorted.
    return import_module("pyuca").Collator()


def _root(text: str) -> SortKey:
    key: SortKey = _pyuca().sort_key(text)
    return key


@cache
def _collator(language: str) -> Callable[[str], SortKey]:
    """Return what turns a text into a key of one language."""
    try:
        icu = import_module("icu")
        collator = icu.Collator.createInstance(icu.Locale(language))
    except (ImportError, AttributeError):
        return _root
    return lambda text: tuple(collator.getSortKey(text))
