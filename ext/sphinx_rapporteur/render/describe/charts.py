"""Bar charts, each beside the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.labels import _

_WIDTH = 1000
_FEWEST = 2
"""Of one bar alone there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value to be drawn; of a range both ends."""

    label: str
    shown: str
    low: Fraction
    high: Fraction
    role: str = ""


def beside(table: p.Block, title: str, values: Sequence[Value]) -> p.Block:
    """Return a table with the chart of its values beside it, if there is anything to compare."""
    if len(values) < _FEWEST:
        return table
    return p.Group((chart(title, values), table), "charted")


def chart(title: str, values: Sequence[Value]) -> p.Chart:
    """Return a chart of values on one scale, which begins at nought."""
    least = min(Fraction(0), *(one.low for one in values))
    most = max(Fraction(0), *(one.high for one in values))
    scale = Fraction(_WIDTH) / ((most - least) or 1)
    return p.Chart(title, _summary(values), tuple(_bar(one, least, scale) for one in values))


def _bar(one: Value, least: Fraction, scale: Fraction) -> p.Bar:
    # A range is drawn from end to end, a number from nought.
    low, high = (one.low, one.high) if one.low != one.high else sorted((Fraction(0), one.low))
    start = round((low - least) * scale)
    return p.Bar(one.label, one.shown, start, round((high - least) * scale) - start, one.role)


def _summary(values: Sequence[Value]) -> str:
    by_size = sorted(values, key=lambda one: one.low + one.high)
    return _(
        "{n} bars, from {least} ({least_value}) to {most} ({most_value}). The table has the same."
    ).format(
        n=len(values),
        least=by_size[0].label,
        least_value=by_size[0].shown,
        most=by_size[-1].label,
        most_value=by_size[-1].shown,
    )
