"""Figures: read what a speaker said as a number, compare two, and write one in a language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, a range or a share, with the form in which it was said."""

    low: Fraction
    high: Fraction
    form: Literal["number", "range", "fraction", "one-in"]
    scale: str = ""
    percent: bool = False
    text: str = ""


def parse_figure(text: object) -> object:
    """Placeholder until the figure module lands."""
    if isinstance(text, str):
        n = Fraction(0)
        return Figure(n, n, "number", text=text)
    return text
