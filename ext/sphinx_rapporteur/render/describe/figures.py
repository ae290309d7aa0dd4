"""Figures: the statistics table with its breakdowns, and cards with one big figure each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from sphinx_rapporteur.records.catalog import StatedFigure
from sphinx_rapporteur.records.display import capital, figure_text
from sphinx_rapporteur.records.figure import Figure, parse_figure
from sphinx_rapporteur.records.measures import by_unit, comparable
from sphinx_rapporteur.records.model import Breakdown, Event, Session, Statistic
from sphinx_rapporteur.records.query import StatementQuery, find_figures
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.charts import Value, beside, chart
from sphinx_rapporteur.render.describe.common import cited_in, join, muted, para
from sphinx_rapporteur.render.describe.facets import figures_filter
from sphinx_rapporteur.render.describe.filters import NO_FILTER, Filter, marks
from sphinx_rapporteur.render.describe.options import cut, query
from sphinx_rapporteur.render.labels import _


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the figures that a query finds, as a table with its breakdowns or as cards."""
    found, rest = cut(find_figures, context.catalog, query(StatementQuery, options))
    after = common.more(context, rest, "stat")
    if not found:
        return common.nothing(_("No figure is listed."))
    filtering = figures_filter(context, options, found)
    if options.get("style") == "cards":
        cards = tuple(_card(context, item) for item in found)
        marked = p.Cards(cards, role="figures", marks=marks(filtering, found))
        return (*filtering.around((marked,)), *after)
    one_owner = len({owner_key(item.owner) for item in found}) == 1 and bool(
        options.keys() & {"session", "ids"}
    )
    known = _known_here(context, options)
    caption = options.get("caption")
    table = figures_table(context, found, filtering, caption=caption, with_owner=not one_owner, known=known)
    breakdowns = tuple(_breakdown(context, item) for item in found if item.item.breakdown and one_owner)
    charts = _charts(context, options, found) if "chart" in options else ()
    return (*charts, *filtering.around((table,)), *after, *breakdowns)


def _known_here(context: Context, options: Options) -> frozenset[str]:
    """Return the options that say what the page is about, so that not every figure need say it again."""
    about = ("person", "indicator")
    return frozenset(
        name for name in about if name in options and context.home_of(name, options[name]) == context.docname
    )


def owner_key(owner: Session | Event) -> tuple[str, str]:
    """Return the kind and full id of the record in which something was stated."""
    return ("session" if isinstance(owner, Session) else "event", owner.full_id)


def big_figure(context: Context, item: StatedFigure) -> p.Link:
    """Return a figure with its qualifier, linked to where it is recorded; the number stands out."""
    stat = item.item
    text = figure_text(stat, context.locale)
    number = text.removesuffix(f" {stat.unit}") if stat.unit else text
    children: tuple[p.Inline, ...] = (number,)
    if stat.qualifier:
        children = (p.Span("qualifier", (stat.qualifier,)), " ", *children)
    if number != text:
        children += (" ", p.Span("unit", (stat.unit or "",)))
    return p.Link((p.Span("figure", children),), p.Ref("stat", item.full_id))


# --- the table


Column = tuple[str, Callable[[Context, StatedFigure], tuple[p.Block, ...]]]


def _columns(*, with_owner: bool, known: frozenset[str]) -> list[Column]:
    with_indicator = "indicator" not in known
    columns: list[Column] = [
        (_("Figure"), lambda context, item: (para(big_figure(context, item)),)),
        (
            _("What is counted"),
            lambda context, item: (
                para(*_counted(context, item)),
                *_remarks(context, item, with_indicator=with_indicator),
            ),
        ),
        *([] if "person" in known else [(_("Said by"), _said_by)]),
        (_("Speaks of"), lambda _context, item: (para(scope(item.item)),)),
        (_("Source"), lambda context, item: (para(*_source(context, item.item)),)),
    ]
    if with_owner:
        columns.insert(-2, (_("In"), lambda _context, item: (para(common.owner_link(item.owner)),)))
    return columns


def figures_table(
    context: Context,
    found: Sequence[StatedFigure],
    filtering: Filter[StatedFigure] = NO_FILTER,
    *,
    caption: str | None = None,
    with_owner: bool = True,
    known: frozenset[str] = frozenset(),
) -> p.Table:
    """Return the table without the columns of which nothing is known, or nothing new, for any figure."""
    empty = (para(""), para())
    columns = [
        (name, [cell(context, item) for item in found])
        for name, cell in _columns(with_owner=with_owner, known=known)
    ]
    columns = [(name, cells) for name, cells in columns if any(cell[0] not in empty for cell in cells)]
    rows = tuple(
        p.Row(tuple(cells[i] for _name, cells in columns), _anchor(context, item), mark=filtering.mark(item))
        for i, item in enumerate(found)
    )
    caption = caption or _("Figures that were stated")
    names = tuple(name for name, _cells in columns)
    return p.Table(names, rows, caption, header=1, numeric=(0,), role="statistics")


def _charts(context: Context, options: Options, found: Sequence[StatedFigure]) -> tuple[p.Block, ...]:
    """Return a chart of each unit, without those of which there is one figure."""
    charts = []
    for figures in by_unit(found).values():
        if len(figures) > 1:
            unit, _ends = comparable(figures[0].item)
            title = options.get("caption") or _("Figures that were stated")
            charts.append(
                chart(f"{title} ({unit})" if unit else title, [_value(context, one) for one in figures])
            )
    return tuple(charts)


def _value(context: Context, one: StatedFigure) -> Value:
    """Return a figure to be drawn: what it speaks of and who said it stand beside it."""
    stat = one.item
    kind, owner = owner_key(one.owner)
    about = scope(stat) or context.catalog.display(kind, owner)
    who = context.catalog.name_of(stat.said_by) if stat.said_by else ""
    label = f"{about} · {who}" if who else about
    return Value(label, figure_text(stat, context.locale, qualifier=True), *comparable(stat)[1])


def _anchor(context: Context, item: StatedFigure) -> p.Anchor | None:
    return context.anchor(owner_key(item.owner), p.Ref("stat", item.full_id))


def _said_by(context: Context, item: StatedFigure) -> tuple[p.Block, ...]:
    who = item.item.said_by
    return (para(common.somebody(context, who) if who else muted(_("not stated"))),)


def _counted(context: Context, item: StatedFigure) -> tuple[p.Inline, ...]:
    stat = item.item
    if not stat.of:
        return (stat.label,)
    whole = f"{item.owner.full_id}/{stat.of}"
    if whole not in context.catalog.figures:
        return (stat.label, muted(" " + _("(of {whole})").format(whole=stat.of)))
    before, _mark, after = _("(of {whole})").partition("{whole}")
    link = p.Link((context.catalog.display("stat", whole),), p.Ref("stat", whole))
    return (stat.label, p.Span("muted", (f" {before}", link, after)))


def scope(stat: Statistic) -> str:
    """Return the time and the place that a figure speaks of."""
    as_of = _("as of {day}").format(day=stat.as_of) if stat.as_of else None
    return ", ".join(x for x in (stat.period, as_of, stat.region) if x)


def _source(context: Context, stat: Statistic) -> tuple[p.Inline, ...]:
    parts = [common.source(stat.source, context)] if stat.source else []
    if stat.at is not None:
        parts.append((_("at {time}").format(time=dates.into_recording(stat.at)),))
    return join(parts, ", ")


def _remarks(context: Context, item: StatedFigure, *, with_indicator: bool = True) -> tuple[p.Block, ...]:
    stat = item.item
    remarks: list[p.Block] = []
    if stat.status != "as-reported":
        label = {
            "verified": _("verified"),
            "disputed": _("disputed"),
            "corrected": _("corrected"),
            "suspect": _("suspect"),
        }[stat.status]
        remarks.append(para(p.Span(f"badge status-{stat.status}", (label,))))
    if stat.as_printed:
        remarks.append(
            para(muted(_("printed as {spellings}").format(spellings=stat.as_printed)), role="aside")
        )
    if stat.indicator and with_indicator:
        link = p.Link(
            (context.catalog.display("indicator", stat.indicator),), p.Ref("indicator", stat.indicator)
        )
        remarks.append(para(muted(_("Indicator:"), " "), link, role="aside"))
    remarks += [_conflict(context, other) for other in context.catalog.conflicts_of(item.full_id)]
    # On its own page alone, so that a new citation makes no other page stale.
    is_at_home = _anchor(context, item) is not None
    if is_at_home and (cited := cited_in(context, "stat", item.full_id)):
        remarks.append(para(muted(_("Cited in:"), " "), *cited, role="aside"))
    if stat.note:
        remarks.append(p.Group(context.read_text(item.owner, (*path_of(item), "note"), stat.note), "note"))
    return tuple(remarks)


def path_of(item: StatedFigure) -> tuple[str | int, ...]:
    """Return where a figure stands in its record."""
    return ("statistics", item.index)


def _conflict(context: Context, other: StatedFigure) -> p.Block:
    line: tuple[p.Inline, ...] = (
        p.Span("strong", (_("Disagrees with"),)),
        " ",
        big_figure(context, other),
        f" ({other.item.label})",
    )
    if other.item.said_by:
        line += (", ", common.somebody(context, other.item.said_by))
    return para(*line, role="conflict")


def _breakdown(context: Context, item: StatedFigure) -> p.Block:
    breakdown = item.item.breakdown
    assert breakdown is not None  # noqa: S101  (the caller chose those that have one)
    share = item.item.is_share
    rows = tuple(
        p.Row(((para(row.label),), (para(row.value.format(context.locale, percent=share)),)))
        for row in breakdown.rows
    )
    figure = figure_text(item.item, context.locale, qualifier=True)
    caption = _("{label}, by {by}: {figure}").format(
        label=capital(item.item.label), by=breakdown.by, figure=figure
    )
    table = p.Table((capital(breakdown.by), _("Figure")), rows, caption, numeric=(1,), role="breakdown")
    values = [
        Value(row.label, row.value.format(context.locale, percent=share), row.value.low, row.value.high)
        for row in breakdown.rows
    ]
    shown = beside(table, caption, values)
    return p.Group((shown, *_completeness(context, item.item, breakdown)), "breakdown-block")


def _completeness(context: Context, stat: Statistic, breakdown: Breakdown) -> tuple[p.Block, ...]:
    """Whether these are all parts and, where they do not add up, what they add up to."""
    if not breakdown.exhaustive:
        return (para(muted(_("Not all parts are listed.")), role="aside"),)
    total = sum((row.value.value for row in breakdown.rows), Fraction())
    wholes = {stat.value.value, Fraction(100)} if stat.is_share else {stat.value.value}
    if total in wholes or any(row.value.is_range for row in breakdown.rows):
        return (para(muted(_("These are all parts.")), role="aside"),)
    places = max(max(row.value.decimals) for row in breakdown.rows)
    shown = parse_figure(f"{float(total):.{places}f}")
    text = _("These are all parts; as printed they add up to {total}, which rounding may explain.")
    sum_text = (
        shown.format(context.locale, percent=stat.is_share) if isinstance(shown, Figure) else str(total)
    )
    return (para(muted(text.format(total=sum_text)), role="aside"),)


# --- cards


def _card(context: Context, item: StatedFigure) -> p.Card:
    stat = item.item
    body: list[p.Block] = [para(*_counted(context, item))]
    aside: list[tuple[p.Inline, ...]] = [(common.somebody(context, stat.said_by),)] if stat.said_by else []
    aside.append((common.owner_link(item.owner),))
    body.append(para(p.Span("muted", join(aside, " · ")), role="aside"))
    body += [_conflict(context, other) for other in context.catalog.conflicts_of(item.full_id)]
    return p.Card((big_figure(context, item),), tuple(body), role="big-figure")
