"""Acronyms: made of the letters of a long name, however that is written."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_rapporteur.records.acronyms import Acronym, acronym_of, slipped, stands_for
from sphinx_rapporteur.records.alike import Spellings
from sphinx_rapporteur.records.alike_bodies import organization_pairs
from sphinx_rapporteur.records.names import SMALL_WORDS, fold

WRITTEN = {
    "UNESCO": Acronym("unesco"),
    "UN DESA": Acronym("undesa"),
    "U.N.": Acronym("un"),
    "U.S. DOC": Acronym("usdoc"),
    "CERT-BR": Acronym("certbr"),
    "SFLC.in": Acronym("sflc", has_country=True),
    "CGI.br": Acronym("cgi", has_country=True),
    "ISOc": Acronym("isoc"),
    # No acronyms.
    "UN Women": None,
    "Internet Society": None,
    "SaferNet": None,
    "ARTICLE 19": None,
    "X": None,
    "": None,
    "...": None,
    ".in": None,
    "FUNDACION GETULIO VARGAS": None,
}
STANDS = {
    ("SFLC.in", "Software Freedom Law Centre"): True,
    ("ISOC", "Internet Society"): True,
    ("IS", "Internet Society"): True,
    ("GSMA", "GSM Association"): True,
    ("DOJ", "Department of Justice"): True,
    ("DJ", "Department of Justice"): True,
    ("MFA", "The Ministry of Foreign Affairs"): True,
    ("CSISAC", "Civil Society and Information Society Advisory Committee"): True,
    ("OAS", "Organization of American States"): True,
    # A country behind it makes a chapter.
    ("ISOC.nl", "Internet Society"): False,
    ("ISOC UAE", "Internet Society"): False,
    # In three letters each stands for a word.
    ("ITU", "Internet Union"): False,
    # One word alone gives more than its initial.
    ("INSOC", "Internet Society"): False,
    ("IGF", "Internet Governance Forum Secretariat"): False,
    ("FIRST", "First"): False,
}


@pytest.mark.parametrize("name", WRITTEN)
def test_capitals_tell_acronyms(name: str) -> None:
    assert acronym_of(name) == WRITTEN[name]


@pytest.mark.parametrize(("short", "long"), STANDS)
def test_what_an_acronym_stands_for(short: str, long: str) -> None:
    acronym = acronym_of(short)
    assert acronym is not None
    assert stands_for(acronym, fold(long).split()) == STANDS[short, long]


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9).filter(
    lambda word: word not in SMALL_WORDS
)
WORDS = st.lists(WORD, min_size=2, max_size=8)


@given(words=WORDS, data=st.data())
def test_initials_stand_for_their_words_with_and_without_small_ones(
    words: list[str], data: st.DataObject
) -> None:
    initials = Acronym("".join(word[0] for word in words), has_country=data.draw(st.booleans()))
    small = data.draw(st.lists(st.sampled_from(sorted(SMALL_WORDS)), max_size=3))
    full = list(words)
    for word in small:
        full.insert(data.draw(st.integers(0, len(full))), word)
    assert stands_for(initials, words)
    assert stands_for(initials, full)
    with_small = "".join(word[0] for word in full)
    assert stands_for(Acronym(with_small), full)


@given(words=WORDS, letters=st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10))
def test_an_acronym_has_the_initials_of_all_words_in_their_order(words: list[str], letters: str) -> None:
    if stands_for(Acronym(letters), words):
        assert letters[0] == words[0][0]
        assert len(letters) >= len(words)
        rest = iter(letters)
        assert all(word[0] in rest for word in words)


@given(words=WORDS, more=WORD)
def test_initials_never_stand_for_a_part_or_for_more(words: list[str], more: str) -> None:
    initials = Acronym("".join(word[0] for word in words), has_country=True)
    assert not stands_for(initials, [*words, more])
    assert not stands_for(initials, words[:-1])


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=10))
def test_a_slip_leaves_out_one_letter_inside(letters: str) -> None:
    for short in slipped(letters):
        assert len(short) == len(letters) - 1
        assert short[0] == letters[0]
        assert short[-2:] == letters[-2:]
        assert sorted(filter(str.isdigit, short)) == sorted(filter(str.isdigit, letters))


NAME = st.one_of(
    st.lists(WORD.map(str.capitalize), min_size=1, max_size=4).map(" ".join),
    st.text("ABCINSOU", min_size=2, max_size=7),
    st.text(max_size=12),
)


@given(st.lists(NAME, max_size=8))
def test_pairs_are_the_same_in_any_order_and_of_two_bodies(names: list[str]) -> None:
    def pairs(given: list[str]) -> set[frozenset[int]]:
        found = organization_pairs([Spellings.of_organization((name,)) for name in given])
        assert found == sorted(set(found))
        assert set(found) <= set(combinations(range(len(given)), 2))
        return {frozenset(pair) for pair in found}

    last = len(names) - 1
    turned = {frozenset(last - position for position in pair) for pair in pairs(names[::-1])}
    assert pairs(names) == turned
