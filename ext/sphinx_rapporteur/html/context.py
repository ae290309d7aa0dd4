"""What a generated page is given: its neighbours, its parents and a description."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_rapporteur.pages.build import is_generated
from sphinx_rapporteur.pages.builders import SITES
from sphinx_rapporteur.pages.layout import part_title
from sphinx_rapporteur.pages.neighbours import Neighbour, neighbours_of
from sphinx_rapporteur.pages.once import report_for
from sphinx_rapporteur.pages.plan import DAY, PART
from sphinx_rapporteur.pages.workspace import Workspace, page_place, workspace_of
from sphinx_rapporteur.records.failure import attempt
from sphinx_rapporteur.records.lookup import KIND_NAMES, find
from sphinx_rapporteur.render.attributes import parse_target
from sphinx_rapporteur.render.dates import day
from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.render.text import plain_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_DESCRIPTION_LENGTH = 300
_HAVE_BREADCRUMBS = frozenset({"sphinx_rtd_theme", "pydata_sphinx_theme"})
"""The themes that show the ``parents`` of a page themselves."""


def add_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add neighbours, parents and description to a generated page (``html-page-context``)."""
    workspace = workspace_of(app.env)
    if not is_generated(app.env, pagename):
        if doctree is not None and workspace.root is not None:
            _add_description(context, _first_words(doctree))
        return
    builder: Any = app.builder

    def link(neighbour: Neighbour | None) -> dict[str, str] | None:
        if neighbour is None:
            return None
        docname, title = neighbour
        title = title or app.env.titles[docname].astext()
        return {"link": builder.get_relative_uri(pagename, docname), "title": escape(title)}

    around = neighbours_of(workspace, pagename)
    context["parents"] = [link(parent) for parent in around.parents]
    _add_breadcrumbs(app, context)
    context["prev"], context["next"] = link(around.previous), link(around.next)
    # The stub that Sphinx would show as the page's source holds a layout, not the record.
    context["sourcename"] = ""
    text = attempt(
        lambda: describe(workspace, pagename),
        report=report_for(workspace),
        place=page_place(workspace, pagename),
        otherwise="",
    )
    _add_description(context, text)


def _add_description(context: dict[str, Any], text: str) -> None:
    """Say what a page holds, unless the page itself does."""
    if text and 'name="description"' not in context.get("metatags", ""):
        meta = f'<meta name="description" content="{escape(text)}" />'
        context["metatags"] = context.get("metatags", "") + meta


def _first_words(doctree: nodes.document) -> str:
    """Return the first paragraph of a page by hand."""
    paragraphs = (one for one in doctree.findall(nodes.paragraph) if isinstance(one.parent, nodes.section))
    return _shortened(next(paragraphs, nodes.paragraph()).astext())


def _add_breadcrumbs(app: Sphinx, context: dict[str, Any]) -> None:
    """Put links to the pages above at the head of a page, unless its theme does."""
    if context["parents"] and app.builder.name in SITES and app.config.html_theme not in _HAVE_BREADCRUMBS:
        items = "".join(f'<li><a href="{one["link"]}">{one["title"]}</a></li>' for one in context["parents"])
        label = escape(_("Breadcrumbs"))
        context["body"] = (
            f'<nav class="rp-breadcrumbs" aria-label="{label}"><ol>{items}</ol></nav>\n{context["body"]}'
        )


def describe(workspace: Workspace, docname: str) -> str:
    """Return a sentence or two on what a generated page holds, without markup."""
    page = workspace.plan.pages[docname]
    catalog = workspace.catalog
    match page.kind:
        case "session":
            session = catalog.sessions[page.id]
            if session.summary:
                return _shortened(_words(workspace, session.summary))
            when = catalog.time(session).day
            place = catalog.display("event", session.event)
            date = f", {day(when, catalog.locale, width='long').text}" if when else ""
            return _("{title}: a session of {event}{date}.").format(
                title=session.title, event=place, date=date
            )
        case "event":
            event = catalog.events[page.id]
            if event.description:
                return _shortened(_words(workspace, event.description))
            return _("{name}: sessions, people, organisations and figures.").format(name=event.name)
        case "person":
            return _("{name}: affiliations, sessions, figures and quotations.").format(
                name=catalog.people[page.id].name
            )
        case "org":
            return _("{name}: people, sessions and figures.").format(name=catalog.organizations[page.id].name)
        case "indicator":
            return _("{name}: who stated which figure, where and when.").format(
                name=catalog.indicators[page.id].name
            )
    if page.part[0] == DAY:
        forum, _slash, name = page.part[1].partition("/")
        date = day(dt.date.fromisoformat(name), catalog.locale, width="long").text
        return _("The programme of {event} on {date}: rooms, times and parallel sessions.").format(
            event=catalog.display("event", forum), date=date
        )
    if page.part[0] == PART:
        return _("{title}: a page of a long index.").format(title=part_title(catalog, page.part[1]))
    return _index_description(page.layout)


def _index_description(layout: str) -> str:
    return {
        "events-index": _("All events, the latest first."),
        "sessions-index": _("All sessions by event and day."),
        "people-index": _("All people who took part, in alphabetical order."),
        "organizations-index": _("All organisations that people spoke for, in alphabetical order."),
        "indicators-index": _("The measures that figures of several sessions give a value for."),
        "statistics-index": _("All figures that were stated, with who stated them and where."),
        "countries-index": _("The people who took part, by country; how many of how many."),
        "stakeholder-groups-index": _(
            "The people who took part, by stakeholder group; how many of how many."
        ),
        "types-index": _("All sessions by type; how many of how many."),
        "tracks-index": _("All sessions by track; how many of how many."),
        "topics-index": _("All topics with their sessions."),
        "sdgs-index": _("The Sustainable Development Goals that sessions dealt with."),
    }[layout]


def _words(workspace: Workspace, text: str) -> str:
    """The words of a record text, with references as they read on the page."""
    catalog = workspace.catalog

    def name(role: str, target: str) -> str:
        wanted = parse_target(target)
        found = find(catalog, role, wanted.target) if role in KIND_NAMES else None
        return catalog.display(role, found) if found else target

    return plain_text(text, name=name)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return text[:_DESCRIPTION_LENGTH].rpartition(" ")[0] + "…"
