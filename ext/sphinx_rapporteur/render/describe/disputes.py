"""Where sources disagree: the figures for one thing side by side, each with whose it is."""

from __future__ import annotations

from sphinx_rapporteur.records.catalog import StatedFigure
from sphinx_rapporteur.records.display import capital
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.figures import big_figure, path_of, scope
from sphinx_rapporteur.render.labels import _


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the figures that say otherwise of one thing as cards, under what they are about."""
    found = context.catalog.disputes(event=options.get("event"), indicator=options.get("indicator"))
    level = int(options.get("level", "3"))
    shown = found[: int(options["limit"])] if "limit" in options else found
    blocks: list[p.Block] = [_dispute(context, group, level) for group in shown]
    blocks += common.more(context, len(found) - len(shown), "stat")
    return tuple(blocks) or common.nothing(_("No figures disagree."))


def _dispute(context: Context, group: tuple[StatedFigure, ...], level: int) -> p.Block:
    scopes = {scope(one.item) for one in group}
    shared = scopes.pop() if len(scopes) == 1 else ""
    # What all speak of stands in the heading.
    cards = tuple(_card(context, one, about="" if shared else scope(one.item)) for one in group)
    anchor = p.Anchor("dispute-" + group[0].full_id.replace("/", "-"))
    title = _title(context, group, shared)
    return p.Section(title, (p.Cards(cards, level + 1, "figures dispute"),), anchor, level)


def _title(context: Context, group: tuple[StatedFigure, ...], shared: str) -> tuple[p.Inline, ...]:
    """Return the measure, or what is counted, and what all of the figures speak of."""
    indicators = {one.item.indicator for one in group}
    title: p.Inline = capital(group[0].item.label)
    if len(indicators) == 1 and (indicator := indicators.pop()):
        title = p.Link((context.catalog.display("indicator", indicator),), p.Ref("indicator", indicator))
    return (title, muted(f", {shared}")) if shared else (title,)


def _card(context: Context, one: StatedFigure, *, about: str) -> p.Card:
    stat = one.item
    said = common.somebody(context, stat.said_by) if stat.said_by else muted(_("not stated by whom"))
    body: list[p.Block] = [para(p.Span("strong", (said,))), para(stat.label)]
    aside: list[tuple[p.Inline, ...]] = [(about,) if about else ()]
    aside.append((common.owner_link(one.owner),))
    if stat.source:
        aside.append(common.source(stat.source, context))
    if stat.at is not None:
        aside.append((_("at {time}").format(time=dates.into_recording(stat.at)),))
    body.append(para(p.Span("muted", join((x for x in aside if x), " · ")), role="aside"))
    if stat.note:
        body.append(p.Group(context.read_text(one.owner, (*path_of(one), "note"), stat.note), "note"))
    return p.Card((big_figure(context, one),), tuple(body), role="big-figure")
