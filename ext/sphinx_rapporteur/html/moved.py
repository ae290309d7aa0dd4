"""Statements that went to another session: what was their anchor says where they are now, and leads there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.render.labels import _

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_left_anchors(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the anchors of what was on a page before and is elsewhere now (``html-page-context``)."""
    builder: Any = app.builder
    left = workspace_of(app.env).left_anchors.get(pagename, ())
    if not left or builder.embedded:
        return
    domain = domain_of(app.env)
    notes = []
    for one in left:
        if one.to:
            docname, _sign, anchor = one.to.partition("#")
            title = app.env.titles[docname].astext() if docname in app.env.titles else ""
        else:
            docname, anchor = domain.home(one.kind, one.id) or ("", "")
            title = domain.display(one.kind, one.id) if docname else ""
        if not title or (docname == pagename and not anchor):
            # Of a page that answers with its anchor gone, the beginning is shown.
            continue
        address = builder.get_relative_uri(pagename, docname) + (f"#{anchor}" if anchor else "")
        link = f'<a href="{escape(address)}">{escape(title)}</a>'
        is_here = docname == pagename
        text = escape(f"{_('See also')}:" if is_here else _("This is on another page now:"))
        notes.append(f'<p class="rp-moved" id="{escape(one.anchor)}">{text} {link}</p>')
    if notes:
        context["body"] = f"{context['body']}\n{''.join(notes)}\n"
