"""Counts of the programme, each with its denominator: of how many it is known."""

from __future__ import annotations

from fractions import Fraction
from typing import cast, get_args

from babel.numbers import format_percent

from sphinx_rapporteur.records.display import capital
from sphinx_rapporteur.records.programme import By, Counts, programme_counts
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.charts import Value, beside
from sphinx_rapporteur.render.describe.common import muted, para
from sphinx_rapporteur.render.labels import _

DIMENSIONS: tuple[By, ...] = get_args(By)

_LEAST = 0.005
"""Below this a share would be written as 0 %."""


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return a table of the programme's counts for each of the dimensions in ``by``."""
    blocks: list[p.Block] = []
    for dimension in options["by"].split(","):
        counts = programme_counts(context.catalog, options["event"], cast("By", dimension))
        blocks.append(_table(context, dimension, counts, limit=int(options.get("limit", "0"))))
    return tuple(blocks)


def _labels() -> dict[str, str]:
    return {
        "day": _("Day"),
        "type": _("Type"),
        "track": _("Track"),
        "room": _("Room"),
        "tag": _("Topic"),
        "organization": _("Organisation"),
        "country": _("Country"),
        "stakeholder-group": _("Stakeholder group"),
        "role": _("Role"),
    }


def _table(context: Context, dimension: str, counts: Counts, *, limit: int) -> p.Block:
    label = _labels()[dimension]
    noun = {"sessions": _("sessions"), "people": _("people"), "appearances": _("appearances")}[counts.noun]
    caption = _("{noun} by {dimension}; known for {known} of {total}").format(
        noun=capital(noun), dimension=label.lower(), known=counts.known, total=counts.total
    )
    if not counts.rows:
        nothing = _("{noun} by {dimension}: not known for any of {total}").format(
            noun=capital(noun), dimension=label.lower(), total=counts.total
        )
        return para(muted(nothing), role="empty")
    shown = counts.rows[:limit] if limit else counts.rows
    rows, values = [], []
    for row in shown:
        share = _share(row.count, counts.known, context.locale)
        name = common.country_name(row.key, context.locale) if dimension == "country" else row.label
        if dimension == "organization" and row.key in context.catalog.organizations:
            cell: p.Inline = common.org_link(context, row.key)
        else:
            cell = name
        rows.append(p.Row(((para(cell),), (para(str(row.count)),), (para(share),))))
        values.append(Value(name, str(row.count), Fraction(row.count), Fraction(row.count)))
    if unknown := counts.total - counts.known:
        rows.append(p.Row(((para(muted(_("Not known"))),), (para(str(unknown)),), (para(),))))
        values.append(Value(_("Not known"), str(unknown), Fraction(unknown), Fraction(unknown), "unknown"))
    table = p.Table(
        (label, capital(noun), _("Share of known")),
        tuple(rows),
        caption,
        numeric=(1, 2),
        role="programme",
    )
    notes = []
    if len(shown) < len(counts.rows):
        notes.append(common.not_shown(len(counts.rows) - len(shown)))
    if counts.not_counted:
        notes.append(
            _("Not counted: {n} listed or named, but not known to have been there.").format(
                n=counts.not_counted
            )
        )
    charted = beside(table, caption, values)
    if not notes:
        return charted
    return p.Group((charted, para(muted(" ".join(notes)), role="aside")), "programme-block")


def _share(count: int, known: int, locale: str) -> str:
    if not known:
        return ""
    part = count / known
    return (
        f"< {format_percent(0.01, locale=locale)}"
        if 0 < part < _LEAST
        else format_percent(part, locale=locale)
    )
