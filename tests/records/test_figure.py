"""Figures: read, written, compared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_rapporteur.records.figure import SCALES, Figure, parse_figure

THIRD = Fraction(1, 3)


def figure(text: str) -> Figure:
    parsed = parse_figure(text)
    assert isinstance(parsed, Figure)
    return parsed


@pytest.mark.parametrize(
    ("text", "low", "high", "written"),
    [
        ("68,000", 68000, 68000, "68,000"),
        ("68 000", 68000, 68000, "68,000"),
        ("68\u00a0000", 68000, 68000, "68,000"),
        ("68\u202f000", 68000, 68000, "68,000"),
        ("68000", 68000, 68000, "68,000"),
        ("0", 0, 0, "0"),
        ("0.5", "1/2", "1/2", "0.5"),
        ("1.50", "3/2", "3/2", "1.50"),
        ("1,234.5", "2469/2", "2469/2", "1,234.5"),
        ("-3", -3, -3, "-3"),
        ("\u22123", -3, -3, "-3"),
        ("3.9 billion", 3_900_000_000, 3_900_000_000, "3.9 billion"),
        ("30 Million", 30_000_000, 30_000_000, "30 million"),
        ("5 thousand", 5_000, 5_000, "5 thousand"),
        ("2 trillion", 2 * 10**12, 2 * 10**12, "2 trillion"),
        ("2/3", "2/3", "2/3", "2/3"),
        ("2/4", "1/2", "1/2", "2/4"),
        ("1 in 3", "1/3", "1/3", "1 in 3"),
        ("1 out of 1,000", "1/1000", "1/1000", "1 in 1,000"),
        ("46%", 46, 46, "46%"),
        ("46 %", 46, 46, "46%"),
        ("46 per cent", 46, 46, "46%"),
        ("25-30", 25, 30, "25\u201330"),
        ("25\u201330", 25, 30, "25\u201330"),
        ("25 to 30", 25, 30, "25\u201330"),
        ("2-3 million", 2_000_000, 3_000_000, "2\u20133 million"),
        ("2 million - 3 million", 2_000_000, 3_000_000, "2\u20133 million"),
        ("900 thousand to 1.2 million", 900_000, 1_200_000, "900,000\u20131,200,000"),
        ("20-25%", 20, 25, "20\u201325%"),
        ("-3--1", -3, -1, "-3\u2013-1"),
    ],
)
def test_read_and_written(text: str, low: int | str, high: int | str, written: str) -> None:
    parsed = figure(text)
    assert (parsed.low, parsed.high) == (Fraction(low), Fraction(high))
    assert parsed.value == (Fraction(low) + Fraction(high)) / 2
    assert parsed.text == text
    assert parsed.format() == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("68,00", "commas between thousands"),
        ("0,500", "commas between thousands"),
        ("6,8000", "commas between thousands"),
        ("12345,678", "commas between thousands"),
        ("1.234.567", "commas between thousands"),
        ("30-25", "lower to the higher"),
        ("1/0", "not 0"),
        ("0 in 0", "not 0"),
        ("5 in 2", "at most one"),
        ("20%-25", "percent sign at its end"),
        ("2 million-3", "scale at its end"),
        ("9" * 5000, "digits"),
        ("1/" + "9" * 31, "digits"),
        *(
            (text, "a number, a range")
            for text in ("", "nan", "inf", "1e3", "007", "many", "\u0663", "1_000", "$5", "5 m")
        ),
    ],
)
def test_errors_say_what_is_expected(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_figure(text)


@pytest.mark.parametrize(
    ("text", "locale", "written"),
    [
        ("68,000", "de", "68.000"),
        ("1,234.50", "fr", "1\u202f234,50"),
        ("3.9 billion", "de", "3,9 Milliarden"),
        ("1 million", "de", "1 Million"),
        ("3.9 billion", "es", "3,9 mil millones"),
        ("3.9 billion", "ja", "39\u5104"),
        ("46%", "de", "46\u00a0%"),
        ("46%", "tr", "%46"),
        ("1 in 3", "de", "1/3"),
        ("1,234,567", "hi", "12,34,567"),
        ("3", "pt-BR", "3"),
    ],
)
def test_other_languages(text: str, locale: str, written: str) -> None:
    assert figure(text).format(locale) == written


def test_the_percent_sign_can_be_had_or_left_out() -> None:
    assert figure("46").format(percent=True) == "46%"
    assert figure("46%").format(percent=False) == "46"


@pytest.mark.parametrize(
    ("text", "share"), [("46%", "23/50"), ("1 in 3", "1/3"), ("2/3", "2/3"), ("5", None)]
)
def test_share(text: str, share: str | None) -> None:
    assert figure(text).share == (None if share is None else Fraction(share))


@pytest.mark.parametrize(
    ("one", "qualifier", "other", "other_qualifier", "agrees"),
    [
        ("68,000", None, "68000", None, True),
        ("3.9 billion", None, "3,900,000,000", "exactly", True),
        ("68,000", None, "68,001", None, False),
        ("100", "about", "104", None, True),
        ("100", "about", "106", None, False),
        ("100", "nearly", "96", None, True),
        ("-100", "about", "-104", None, True),
        ("100", "more than", "100", None, False),
        ("100", "more than", "101", None, True),
        ("100", "at least", "100", None, True),
        ("100", "less than", "100", None, False),
        ("100", "at most", "100", None, True),
        ("100", "more than", "90", "less than", False),
        ("100", "more than", "50", "more than", True),
        ("25-30", None, "30-40", None, True),
        ("25-30", None, "31", None, False),
        ("46%", None, "46", None, True),
        ("67%", None, "2/3", None, True),
        ("60%", None, "2/3", None, False),
        ("1 in 3", None, "2/6", None, True),
        ("33%", "more than", "1 in 3", None, True),
    ],
)
def test_agrees(
    one: str, qualifier: str | None, other: str, other_qualifier: str | None, *, agrees: bool
) -> None:
    assert figure(one).agrees(figure(other), qualifier, other_qualifier) is agrees
    assert figure(other).agrees(figure(one), other_qualifier, qualifier) is agrees


def test_what_is_no_text_passes() -> None:
    assert parse_figure(figure("5")) == figure("5")
    assert parse_figure([]) == []


@settings(deadline=None)
@given(st.text() | st.text("0123456789,.-/% \u2013inoutfthsdmlb"))
def test_any_text_is_a_figure_or_a_value_error(text: str) -> None:
    try:
        parsed = parse_figure(text)
    except ValueError:
        return
    assert isinstance(parsed, Figure)
    again = figure(parsed.format())
    assert (again.low, again.high) == (parsed.low, parsed.high)


NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=3).map(lambda number: f"{number:f}")
WORDS = st.sampled_from([" " + word if word else "" for word in SCALES])


@settings(deadline=None)
@given(NUMBERS, st.none() | NUMBERS, WORDS, st.sampled_from(["", "%"]))
def test_what_is_written_reads_the_same(one: str, other: str | None, word: str, sign: str) -> None:
    if other is None:
        other = one
    low, high = sorted((Fraction(one), Fraction(other)))
    texts = {Fraction(one): one, Fraction(other): other}
    parsed = figure(f"{texts[low]} - {texts[high]}{word}{sign}" if low < high else f"{one}{word}{sign}")
    again = figure(parsed.format())
    assert again == parsed
    assert again.decimals == parsed.decimals


@settings(deadline=None)
@given(st.sampled_from(["3.9 billion", "46%", "2-3 million", "1 in 3", "68,000.5", "5 thousand"]))
def test_every_language_has_a_way(text: str) -> None:
    for locale in (
        "ar",
        "bg",
        "de",
        "el",
        "es",
        "eu",
        "fa",
        "fr",
        "he",
        "hi",
        "it",
        "ja",
        "ko",
        "pl",
        "pt",
        "ru",
        "sw",
        "zh",
    ):
        assert any(char.isdigit() for char in figure(text).format(locale))
