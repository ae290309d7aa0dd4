"""Figures: read what a speaker said as a number, compare two, and write one in a language."""

from __future__ import annotations

import decimal
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from babel import Locale
from babel.numbers import format_decimal

Form: TypeAlias = Literal["number", "range", "fraction", "one-in"]

SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""The scale words of English by what they multiply with."""

_EXPECTED = "a number, a range, a fraction or words, such as 68,000, 25-30, 2/3, 1 in 3, 46% or 3.9 billion"
_GROUPED = "a number with commas between thousands and a point before decimals, such as 1,234.5"
_REMEMBERED = 100_000
"""How many written numbers are kept: pages show the same ones again and again."""
_LONGEST = 100
_MOST_DIGITS = 30
_PRECISION = 200
_TOLERANCE = Fraction(1, 20)

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\t\n\r"), " ") | {0x2212: "-"}
_DIGITS = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|0|[1-9][0-9]*)"
_END = rf"(-?{_DIGITS}(?:\.[0-9]+)?)(?: ?(thousand|million|billion|trillion))?( ?%| per ?cent)?"
_NUMBER = re.compile(_END, re.IGNORECASE)
_RANGE = re.compile(rf"{_END}(?: ?[-\u2013] ?| to ){_END}", re.IGNORECASE)
_FRACTION = re.compile(rf"({_DIGITS}) ?/ ?({_DIGITS})")
_ONE_IN = re.compile(rf"({_DIGITS}) (?:in|out of) ({_DIGITS})", re.IGNORECASE)
_MISGROUPED = re.compile(
    r"[0-9],(?![0-9]{3}(?![0-9]))|(?<![0-9])0[0-9]*,[0-9]|[0-9]{4},[0-9]|\.[0-9]+[.,][0-9]"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, a range or a share, with the form in which it was said."""

    low: Fraction
    """The number, or the lower end. Per cents count as such: 46% is 46."""
    high: Fraction
    """The number again, or the upper end."""
    form: Form
    scale: str = ""
    """The word that was said with it: thousand, million, billion, trillion."""
    percent: bool = False
    """Whether it was said with a percent sign."""
    text: str = field(default="", compare=False)
    """What was typed."""
    decimals: tuple[int, int] = field(default=(0, 0), compare=False)
    """How many decimals both ends were said with."""
    terms: tuple[int, int] = field(default=(0, 1), compare=False)
    """What was said above and below the line of a fraction: 2/4 stays 2/4."""

    @property
    def value(self) -> Fraction:
        """The number, or the middle of the range: for sorting and sums."""
        return (self.low + self.high) / 2

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.form == "range"

    @property
    def share(self) -> Fraction | None:
        """The part of one that it says (1 in 3, 2/3, 46%), or ``None`` if it says no part."""
        if self.form in {"fraction", "one-in"}:
            return self.value
        return self.value / 100 if self.percent else None

    def format(self, locale: str = "en", *, percent: bool | None = None) -> str:
        """Return the figure as the language writes it, in the form in which it was said.

        ``percent`` adds or leaves out the percent sign; without it there is one if there was one. A share
        such as "1 in 3" is written 1/3 in other languages than English.
        """
        written = _locale(locale.replace("-", "_"))
        with decimal.localcontext(prec=_PRECISION):
            if self.form in {"fraction", "one-in"}:
                above, below = (_number(Fraction(term), 0, written) for term in self.terms)
                joint = " in " if self.form == "one-in" and written.language == "en" else "/"
                text = f"{above}{joint}{below}"
            else:
                text = self._ends(written)
        if self.percent if percent is None else percent:
            text = _percent_pattern(written).replace("0", text)
        return text.replace("\u00a0", " ").replace("\u202f", " ") if written.language == "en" else text

    def _ends(self, locale: Locale) -> str:
        ends = list(zip((self.low, self.high), self.decimals, strict=True))[: 2 if self.is_range else 1]
        if not self.scale:
            return "\u2013".join(_number(end, decimals, locale) for end, decimals in ends)
        factor = SCALES[self.scale]
        plural = str(locale.plural_form(float(ends[-1][0] / factor)))
        pattern, divisor = _scale_pattern(locale, factor, plural)
        shift = len(str(factor)) - len(str(divisor))
        texts = (_number(end / divisor, max(decimals - shift, 0), locale) for end, decimals in ends)
        return pattern.replace("0", "\u2013".join(texts))

    def agrees(
        self, other: Figure, qualifier_self: str | None = None, qualifier_other: str | None = None
    ) -> bool:
        """Return whether both can be true of one thing, given how exact each was said to be."""
        mine, theirs = _interval(self, qualifier_self), _interval(other, qualifier_other)
        if self.percent != other.percent and self.share is not None and other.share is not None:
            # One is a percentage, rounded as it was said, the other a fraction.
            mine, theirs = _in_per_cent(self, mine), _in_per_cent(other, theirs)
        return _below(mine[0], theirs[1]) and _below(theirs[0], mine[1])


_Edge: TypeAlias = tuple[Fraction | None, bool]
"""An end of an interval (``None``: none on that side) and whether it belongs to the interval."""


def _interval(figure: Figure, qualifier: str | None) -> tuple[_Edge, _Edge]:
    low, high = figure.low, figure.high
    if qualifier in {"about", "nearly"}:
        return (low - abs(low) * _TOLERANCE, True), (high + abs(high) * _TOLERANCE, True)
    if qualifier in {"more than", "at least"}:
        return (low, qualifier == "at least"), (None, True)
    if qualifier in {"less than", "at most"}:
        return (None, True), (high, qualifier == "at most")
    return (low, True), (high, True)


def _in_per_cent(figure: Figure, interval: tuple[_Edge, _Edge]) -> tuple[_Edge, _Edge]:
    (low, low_in), (high, high_in) = interval
    factor, slack = (1, Fraction(1, 2 * 10 ** max(figure.decimals))) if figure.percent else (100, Fraction(0))
    return (
        (None if low is None else low * factor - slack, low_in),
        (None if high is None else high * factor + slack, high_in),
    )


def _below(low: _Edge, high: _Edge) -> bool:
    if low[0] is None or high[0] is None:
        return True
    return low[0] < high[0] or (low[0] == high[0] and low[1] and high[1])


def _exact(value: Fraction, decimals: int) -> decimal.Decimal:
    digits = value * 10**decimals
    return decimal.Decimal(digits.numerator // digits.denominator).scaleb(-decimals)


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@cache
def _grouping(locale: Locale) -> str:
    return str(locale.decimal_formats[None].pattern).split(";")[0].split(".")[0]


@lru_cache(maxsize=_REMEMBERED)
def _number(value: Fraction, decimals: int, locale: Locale) -> str:
    pattern = _grouping(locale) + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(_exact(value, decimals), format=pattern, locale=locale))


@cache
def _percent_pattern(locale: Locale) -> str:
    return re.sub(r"[#,.0]+", "0", str(locale.percent_formats[None].pattern).split(";")[0])


@cache
def _scale_pattern(locale: Locale, factor: int, plural: str) -> tuple[str, int]:
    """Return how the language says a power of ten ("0 Milliarden"), and the power that it says."""
    formats = locale.compact_decimal_formats
    by_plural = formats["long" if "long" in formats else "short"]
    power = str(factor)
    sets = (by_plural[form] for form in (plural, "other") if form in by_plural)
    found = next((patterns[power] for patterns in sets if power in patterns), None)
    pattern = re.sub(r"'([^']*)'", r"\1", str(found.pattern).split(";")[0]) if found else "0"
    zeros = pattern.count("0")
    if not re.sub(r"[\s0]", "", pattern) or not zeros or "0" * zeros not in pattern:
        return "0", 1
    return re.sub(r"0+", "0", pattern), factor // 10 ** (zeros - 1)


def parse_figure(text: object) -> object:
    """Return the figure that a text says; raise ``ValueError`` with what was expected.

    Anything but text is returned as it is: its type is checked elsewhere.
    """
    if not isinstance(text, str):
        return text
    plain = " ".join(text.translate(_SPACES).split()) if len(text) <= _LONGEST else None
    if plain is None or max(map(len, re.findall(r"[0-9]+", plain)), default=0) > _MOST_DIGITS:
        raise ValueError(f"a number of at most {_MOST_DIGITS} digits")
    if match := _NUMBER.fullmatch(plain):
        return _from_number(match, text)
    if match := _RANGE.fullmatch(plain):
        return _from_range(match, text)
    if match := _FRACTION.fullmatch(plain):
        return _from_terms(match, "fraction", text)
    if match := _ONE_IN.fullmatch(plain):
        return _from_terms(match, "one-in", text)
    if _MISGROUPED.search(plain):
        raise ValueError(_GROUPED)
    raise ValueError(_EXPECTED)


def _fraction(digits: str) -> Fraction:
    return Fraction(digits.replace(",", "").replace(" ", ""))


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def _from_number(match: re.Match[str], text: str) -> Figure:
    digits, word, sign = match.groups()
    scale = (word or "").lower()
    value = _fraction(digits) * SCALES[scale]
    return Figure(value, value, "number", scale, bool(sign), text, (_decimals(digits),) * 2)


def _from_range(match: re.Match[str], text: str) -> Figure:
    low_digits, low_word, low_sign, high_digits, high_word, high_sign = match.groups()
    high_scale = (high_word or "").lower()
    low_scale = (low_word or high_scale).lower()
    low, high = _fraction(low_digits) * SCALES[low_scale], _fraction(high_digits) * SCALES[high_scale]
    if low_sign and not high_sign:
        raise ValueError("a range with the percent sign at its end, such as 20-25%")
    if low_word and not high_word:
        raise ValueError("a range with the scale at its end, such as 2-3 million")
    if low > high:
        raise ValueError("a range from the lower to the higher number, such as 25-30")
    decimals = (_decimals(low_digits), _decimals(high_digits))
    if low_scale == high_scale:
        return Figure(low, high, "range", high_scale, bool(high_sign), text, decimals)
    widths = (len(str(SCALES[low_scale])) - 1, len(str(SCALES[high_scale])) - 1)
    decimals = (max(decimals[0] - widths[0], 0), max(decimals[1] - widths[1], 0))
    return Figure(low, high, "range", "", bool(high_sign), text, decimals)


def _from_terms(match: re.Match[str], form: Form, text: str) -> Figure:
    above, below = (int(_fraction(term)) for term in match.groups())
    if below == 0:
        raise ValueError("a fraction whose lower number is not 0")
    if form == "one-in" and above > below:
        raise ValueError("a share of at most one, such as 1 in 3")
    value = Fraction(above, below)
    return Figure(value, value, form, "", False, text, (0, 0), (above, below))
