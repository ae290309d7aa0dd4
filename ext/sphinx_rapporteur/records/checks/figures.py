"""Checks of figures: written so that two can be read, wrong in their sum or share, or in disagreement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePosixPath

from sphinx_rapporteur.records.checks.finding import say
from sphinx_rapporteur.records.conflicts import declared
from sphinx_rapporteur.records.conflicts import found as found_conflicts
from sphinx_rapporteur.records.display import figure_text
from sphinx_rapporteur.records.figure import Figure
from sphinx_rapporteur.records.finding import Path, Report
from sphinx_rapporteur.records.index import StatedFigure
from sphinx_rapporteur.records.model import PERCENT, BreakdownRow, Statistic
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.warnings import Subtype

WHOLE = Fraction(100)
ROUNDING = Fraction(1, 2)
"""How far the rounding of one share may put the sum out."""


_POINT = re.compile(r"(?<![0-9.,])(?<![0-9]\s)([1-9][0-9]{0,2})\.([0-9]{3})(?![0-9])")
"""A point that stands between thousands in some languages and before decimals in others."""


def check_ambiguous(catalog: Statements, report: Report) -> None:
    """Warn of figures whose point may stand between thousands or before decimals.

    In JSON and TOML a point is one before decimals.
    """
    for stated in catalog.figures_in_order:
        suffix = PurePosixPath(catalog.origin(stated.owner).file).suffix.casefold()
        if suffix in {".json", ".toml"}:
            continue
        for figure, path in _written(stated.item):
            # Nobody says thousands of per cents.
            if figure.percent or stated.item.unit == PERCENT or not _POINT.search(figure.text):
                continue
            thousands = _POINT.sub(r"\1,\2", figure.text)
            decimals = _POINT.sub(lambda match: f"{match[1]}.{_other_decimals(match[2])}", figure.text)
            say(
                catalog,
                report,
                Subtype.AMBIGUOUS,
                stated.owner,
                ("statistics", stated.index, *path),
                "the point may stand between thousands or before decimals",
                found=figure.text,
                suggestion=f"write `{thousands}` for thousands, `{decimals}` for decimals",
            )


def _written(statistic: Statistic) -> Iterator[tuple[Figure, Path]]:
    """Yield the figures that a record writes, with their paths."""
    ends = [(figure, (name,)) for name in ("low", "high") if (figure := getattr(statistic, name)) is not None]
    # The value of a range may be made of its ends.
    if statistic.value.text != " - ".join(figure.text for figure, _path in ends):
        yield statistic.value, ("value",)
    yield from ends
    for index, row in enumerate(statistic.breakdown.rows if statistic.breakdown else ()):
        yield row.value, ("breakdown", "rows", index, "value")


def _other_decimals(three: str) -> str:
    """Return three decimals in another number of digits that says the same."""
    return three.rstrip("0") or "0" if three.endswith("0") else f"{three}0"


def check_breakdowns(catalog: Statements, report: Report) -> None:
    """Warn of exhaustive parts that do not add up: to the count, or shares to 100."""
    for stated in catalog.figures_in_order:
        problem = breakdown_problem(stated.item)
        if problem is not None:
            say(
                catalog,
                report,
                Subtype.BREAKDOWN,
                stated.owner,
                ("statistics", stated.index, "breakdown"),
                "the parts do not add up",
                found=problem[0],
                expected=problem[1],
            )


def breakdown_problem(statistic: Statistic) -> tuple[str, str] | None:
    """Return what the parts add up to and what they should, or ``None`` if they do or nothing says so."""
    breakdown = statistic.breakdown
    if breakdown is None or not breakdown.exhaustive:
        return None
    rows = breakdown.rows
    shares = [_per_cent(row, statistic) for row in rows]
    given = [share for share in shares if share is not None]
    if len(given) == len(rows):
        return _shares_problem(statistic, given)
    if given or statistic.is_share:
        # Counts among shares: nothing says what they are parts of.
        return None
    low, high = sum(row.value.low for row in rows), sum(row.value.high for row in rows)
    total = Figure(Fraction(low), Fraction(high), "range" if low != high else "number")
    if total.agrees(statistic.value, None, statistic.qualifier):
        return None
    return _text(low, high), figure_text(statistic, qualifier=True)


def _shares_problem(statistic: Statistic, shares: list[tuple[Fraction, Fraction]]) -> tuple[str, str] | None:
    low, high = sum(share[0] for share in shares), sum(share[1] for share in shares)
    slack = ROUNDING * len(shares)
    wholes = [(WHOLE, WHOLE)]
    if statistic.is_share:
        wholes.append((statistic.value.low, statistic.value.high))
    if any(low - slack <= whole[1] and high + slack >= whole[0] for whole in wholes):
        return None
    expected = "100 %" if len(wholes) == 1 else f"100 % or {figure_text(statistic)}"
    return f"{_text(low, high)} %", f"{expected}, give or take {_text(slack, slack)} for rounding"


def _per_cent(row: BreakdownRow, statistic: Statistic) -> tuple[Fraction, Fraction] | None:
    """Return a part in per cent, or ``None`` if it is a count."""
    value = row.value
    if value.percent or (statistic.unit == PERCENT and value.form in {"number", "range"}):
        return value.low, value.high
    if value.form in {"fraction", "one-in"}:
        return value.low * 100, value.high * 100
    return None


def _text(low: Fraction | int, high: Fraction | int) -> str:
    ends = [f"{float(end):,.10g}" for end in (low, high)]
    return ends[0] if low == high else "-".join(ends)


def check_shares(catalog: Statements, report: Report) -> None:
    """Warn of shares of something that are over 100 %; a rise may be."""
    for stated in catalog.figures_in_order:
        item = stated.item
        if (
            not item.is_share
            or item.of is None
            or item.value.high <= WHOLE
            or item.value.form in {"fraction", "one-in"}
        ):
            continue
        say(
            catalog,
            report,
            Subtype.SHARE,
            stated.owner,
            ("statistics", stated.index, "value"),
            "a share is over 100 %",
            found=f"{figure_text(item, qualifier=True)} of {item.of}",
            expected="at most 100 %; a rise over 100 % has no `of`",
        )


def check_of_what(catalog: Statements, report: Report) -> None:
    """Warn of figures in per cent that do not say of what; what is over 100 % can only be a rise."""
    for stated in catalog.figures_in_order:
        item = stated.item
        is_rise = item.value.high > WHOLE or (item.qualifier == "more than" and item.value.high == WHOLE)
        if not item.is_share or item.of is not None or is_rise:
            continue
        say(
            catalog,
            report,
            Subtype.OF_WHAT,
            stated.owner,
            ("statistics", stated.index, "value"),
            "a figure in % does not say of what",
            found=figure_text(item, qualifier=True),
            expected="`of`: what it is a share of or, if it is a change, what it changed from",
        )


def check_conflicts(catalog: Statements, report: Report) -> None:
    """Warn of figures for one indicator, period and region that disagree, unless a record says so."""
    known = declared(catalog.figures)
    groups: dict[str, list[StatedFigure]] = defaultdict(list)
    # In time order, so that the later figure is the one that is reported.
    for earlier, later in found_conflicts({one.full_id: one for one in catalog.figures_in_order}):
        if frozenset((earlier.full_id, later.full_id)) not in known:
            groups[later.full_id].append(earlier)
    for full_id, others in groups.items():
        stated = catalog.figures[full_id]
        say(
            catalog,
            report,
            Subtype.CONFLICT,
            stated.owner,
            ("statistics", stated.index, "value"),
            f"another figure for {stated.item.indicator}, its period and region says otherwise",
            found=f"{figure_text(stated.item, qualifier=True)}, elsewhere "
            + ", ".join(f"{figure_text(one.item, qualifier=True)} ({one.full_id})" for one in others[:3]),
            expected="figures that agree, or `conflicts_with`",
            others=(catalog.place(one.owner, ("statistics", one.index, "value")) for one in others),
        )
