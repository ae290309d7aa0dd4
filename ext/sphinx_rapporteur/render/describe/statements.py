"""Quotations and outcomes."""

from __future__ import annotations

from sphinx_rapporteur.records.catalog import StatedOutcome, StatedQuote
from sphinx_rapporteur.records.query import StatementQuery, find_outcomes, find_quotes
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.figures import owner_key
from sphinx_rapporteur.render.describe.options import cut, query
from sphinx_rapporteur.render.labels import _


def quotes(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the quotations that a query finds."""
    found, rest = cut(find_quotes, context.catalog, query(StatementQuery, options))
    if not found:
        return common.nothing(_("No quotation is listed."))
    shown = (_quote(context, item, with_owner="session" not in options) for item in found)
    return (*shown, *common.more(context, rest, "quote"))


def _quote(context: Context, item: StatedQuote, *, with_owner: bool) -> p.Block:
    quote = item.item
    cite: list[tuple[p.Inline, ...]] = []
    if quote.said_by:
        cite.append((common.somebody(context, quote.said_by),))
    if quote.source:
        cite.append((p.Span("muted", common.source(quote.source, context)),))
    if quote.at is not None:
        cite.append((muted(_("at {time}").format(time=dates.into_recording(quote.at))),))
    if with_owner:
        cite.append((common.owner_link(item.owner),))
    anchor = context.anchor(owner_key(item.owner), p.Ref("quote", item.full_id))
    return p.Quotation(quote.text, join(cite, ", "), quote.language or "", quote.translation or "", anchor)


def outcomes(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the outcomes that a query finds, as cards by their kind."""
    found, rest = cut(find_outcomes, context.catalog, query(StatementQuery, options))
    if not found:
        return common.nothing(_("No outcome is listed."))
    shown = (_outcome(context, item, with_owner="session" not in options) for item in found)
    return (*shown, *common.more(context, rest, "outcome"))


def _outcome(context: Context, item: StatedOutcome, *, with_owner: bool) -> p.Block:
    outcome = item.item
    kinds = {
        "takeaway": _("Takeaway"),
        "call to action": _("Call to action"),
        "commitment": _("Commitment"),
        "next step": _("Next step"),
    }
    blocks: list[p.Block] = [para(kinds[outcome.kind], role="kicker")]
    blocks += context.read_text(item.owner, ("outcomes", item.index, "text"), outcome.text)
    aside: list[tuple[p.Inline, ...]] = []
    if outcome.by:
        aside.append((_("by"), " ", common.somebody(context, outcome.by)))
    if outcome.due:
        aside.append((_("due {day}").format(day=outcome.due),))
    if outcome.status:
        aside.append((outcome.status,))
    for earlier in outcome.follows:
        if earlier in context.catalog.outcomes:
            link = p.Link((context.catalog.display("outcome", earlier),), p.Ref("outcome", earlier))
            aside.append((_("follows"), " ", link))
    if with_owner:
        aside.append((common.owner_link(item.owner),))
    if aside:
        blocks.append(para(p.Span("muted", join(aside, " · ")), role="aside"))
    anchor = context.anchor(owner_key(item.owner), p.Ref("outcome", item.full_id))
    return p.Group(tuple(blocks), "outcome", anchor)
