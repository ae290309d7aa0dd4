"""Characters that hide, turn, or look like others."""

from __future__ import annotations

import pytest

from sphinx_rapporteur.records.characters import mixed_word, needs_a_look, skeleton, visible

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
HEBREW = "\u200f\u05e9\u05dc\u05d5\u05dd (A)\u200e"
CASES = {
    "plain": ("Ada", "Ada", []),
    "accents": ("Jos\u00e9 \u4f1a\u8b70", "Jos\u00e9 \u4f1a\u8b70", []),
    "controls": ("a\x00b\x1b\x9b", "ab", ["U+0000", "U+001B", "U+009B"]),
    "tabs and lines": ("a\tb\nc", "a\tb\nc", []),
    "embeddings and overrides": ("a\u202ab\u202ec", "abc", ["U+202A", "U+202E"]),
    "isolates": ("a\u2066b\u2069", "ab", ["U+2066", "U+2069"]),
    "of no width": ("a\u200bb\u2060c\ufeff", "abc", ["U+200B", "U+2060", "U+FEFF"]),
    "fillers": ("a\u3164b\u115f\uffa0", "ab", ["U+115F", "U+3164", "U+FFA0"]),
    "tags": ("a\U000e0041", "a", ["U+E0041"]),
    "surrogates": ("a\ud800", "a", ["U+D800"]),
    "a joiner in Latin": ("a\u200db\u200cc", "abc", ["U+200C", "U+200D"]),
    "a joiner at the start": ("\u200da", "a", ["U+200D"]),
    "a joiner behind an accent": ("\u00e9\u200d", "\u00e9", ["U+200D"]),
    "a joiner in Persian": (PERSIAN, PERSIAN, []),
    "a joiner in a picture": ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb", []),
    "a mark of direction in Latin": ("a\u200eb\u200f\u061c", "ab", ["U+061C", "U+200E", "U+200F"]),
    "marks of direction in Hebrew": (HEBREW, HEBREW, []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_hides_is_taken_out_and_named(name: str) -> None:
    text, clean, found = CASES[name]
    assert visible(text) == (clean, found)
    assert visible(clean) == (clean, [])
    assert needs_a_look(text) or not found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ada", ""),
        ("\u0410\u0434\u0430 Berg", ""),
        ("P\u0430ola Rossi", "P\u0430ola"),
        ("Rossi \u03a1aola", "\u03a1aola"),
        ("5 \u00b5m", ""),
        ("\u03b1-test", ""),
    ],
)
def test_words_of_two_scripts(text: str, word: str) -> None:
    assert mixed_word(text) == word


def test_twins_have_one_skeleton() -> None:
    assert skeleton("\u0440\u0430\u043e\u04cf\u0430") == skeleton("paola") == "paola"
    assert skeleton("\u4f1a") == "\u4f1a"
