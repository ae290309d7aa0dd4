"""The record of the record: byline, status, sources, corrections; and what a session presented."""

from __future__ import annotations

from sphinx_rapporteur.records.model import Byline, Event, Session, TimeSource
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.facts import language_name
from sphinx_rapporteur.render.labels import _

_RAPPORTEUR = "rapporteur"


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return who wrote a session's report, how far it has come, its corrections and its sources."""
    catalog = context.catalog
    if "event" in options:
        event = catalog.events[options["event"]]
        return (*_clocks(context, event), *_sources(context, event))
    session = catalog.sessions[options["session"]]
    facts = []
    if byline := _byline(context, session):
        facts.append(p.Fact(_("Report by"), (p.Para(byline),)))
    status = {"draft": _("draft"), "final": _("final"), "official": _("official")}
    if session.report_status:
        facts.append(p.Fact(_("Status"), (para(status[session.report_status]),)))
    method = {
        "human": _("by people"),
        "assisted": _("by people, assisted by software"),
        "generated": _("by software"),
    }
    if session.report_method:
        facts.append(p.Fact(_("Written"), (para(method[session.report_method]),)))
    if session.published:
        facts.append(
            p.Fact(_("Published"), (para(dates.day(session.published, context.locale, width="long")),))
        )
    blocks: list[p.Block] = [p.Facts(tuple(facts), "provenance")] if facts else []
    if session.report_note:
        blocks += context.read_text(session, ("report_note",), session.report_note)
    blocks += _corrections(context, session)
    return (*blocks, *_sources(context, session))


def _clocks(context: Context, event: Event) -> tuple[p.Block, ...]:
    """The sources of times whose clocks are known, and how far they are from the event's."""
    items: list[tuple[p.Block, ...]] = []
    for index, item in enumerate(event.time_sources):
        title: p.Inline = p.Link((item.title,), item.url) if item.url else item.title
        note = context.read_text(event, ("time_sources", index, "note"), item.note or "")
        items.append((para(title, muted(f" · {_clock(item)}")), *note))
    return (
        (para(p.Span("strong", (_("Sources of times"),))), p.Items(tuple(items), "clocks")) if items else ()
    )


def _clock(item: TimeSource) -> str:
    if item.offset is None:
        return _("its clock is not known")
    if not item.offset:
        return _("prints the event’s time")
    template = _("runs {length} ahead") if item.offset.total_seconds() > 0 else _("runs {length} behind")
    return template.format(length=dates.hours_minutes(item.offset))


def _byline(context: Context, session: Session) -> tuple[p.Inline, ...]:
    """The byline or, without one, the session's rapporteurs."""
    if session.report_by:
        return join((_writer(context, item) for item in session.report_by), "; ")
    rapporteurs = (item for item in session.people if item.role == _RAPPORTEUR and item.status == "confirmed")
    lines = (
        join(
            ((common.somebody(context, item),), *(common.affiliation(context, a) for a in item.affiliations)),
            ", ",
        )
        for item in rapporteurs
    )
    return join(lines, "; ")


def _writer(context: Context, item: Byline) -> tuple[p.Inline, ...]:
    parts: list[tuple[p.Inline, ...]] = []
    if item.person:
        parts.append((common.person_link(context, item.person),))
    elif item.name:
        parts.append((item.name,))
    if item.organization:
        parts.append((common.org_link(context, item.organization),))
    return join(parts, ", ")


def _corrections(context: Context, session: Session) -> tuple[p.Block, ...]:
    if not session.corrections:
        return ()
    items = tuple(
        (
            para(dates.day(item.date, context.locale, width="long")),
            *context.read_text(session, ("corrections", i, "text"), item.text),
        )
        for i, item in enumerate(session.corrections)
    )
    return (para(p.Span("strong", (_("Corrections"),))), p.Items(items, "corrections"))


def _sources(context: Context, record: Session | Event) -> tuple[p.Block, ...]:
    if not record.sources:
        return ()
    items = tuple((p.Para(common.source(item, context)),) for item in record.sources)
    return (para(p.Span("strong", (_("Sources"),))), p.Items(items, "sources"))


def resources(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return what a session presented or rests on."""
    session = context.catalog.sessions[options["session"]]
    if not session.resources:
        return common.nothing(_("No resource is listed."))
    items = []
    for item in session.resources:
        title: p.Inline = p.Link((item.title,), item.url) if item.url else item.title
        aside = [item.kind] if item.kind else []
        aside += [language_name(item.language, context.locale)] if item.language else []
        items.append((para(title, *((muted(f" ({', '.join(aside)})"),) if aside else ())),))
    return (p.Items(tuple(items), "resources"),)


def cited(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the pages that refer to a session or to what was stated in it; nothing if there are none."""
    session = context.catalog.sessions[options["session"]]
    targets = [("session", session.full_id)]
    targets += [("stat", f"{session.full_id}/{item.id}") for item in session.statistics]
    targets += [("quote", f"{session.full_id}/{item.id}") for item in session.quotes]
    targets += [("outcome", f"{session.full_id}/{item.id}") for item in session.outcomes]
    pages: dict[tuple[str, str], list[str]] = {}
    for kind, full_id in targets:
        for page in context.cited_in(kind, full_id):
            what = pages.setdefault(page, [])
            if kind != "session":
                what.append(context.catalog.display(kind, full_id))
    if not pages:
        return ()
    items = tuple(
        (para(p.Link((title,), p.Page(docname)), *((muted(f" ({'; '.join(what)})"),) if what else ())),)
        for (docname, title), what in sorted(pages.items(), key=lambda item: item[0][1])
    )
    return (p.Section((_("Cited in"),), (p.Items(items, "cited"),), p.Anchor("cited-in")),)
