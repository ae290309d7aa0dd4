"""The link below a record to the line of the data file on which it begins, where people can mend it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.build import is_generated
from sphinx_rapporteur.pages.builders import SITES
from sphinx_rapporteur.pages.workspace import Workspace, workspace_of
from sphinx_rapporteur.records.failure import NOWHERE
from sphinx_rapporteur.render.labels import _

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def edit_address(workspace: Workspace, docname: str) -> str:
    """Return the address at which the record of a page can be edited; empty if there is none."""
    template = workspace.settings.edit_url
    page = workspace.plan.pages.get(docname)
    if template is None or page is None or not page.kind:
        return ""
    place = workspace.catalog.place_of(page.kind, page.id)
    if place == NOWHERE:
        return ""
    # The name of a file may hold anything, and so must not be read as more than a path.
    file = quote(place.file, errors="surrogateescape")
    return template.replace("{line}", str(place.line)).replace("{file}", file)


def add_edit_link(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the link at the end of a record's page, after its sources (``html-page-context``)."""
    if app.builder.name not in SITES or not is_generated(app.env, pagename):
        return
    if address := edit_address(workspace_of(app.env), pagename):
        link = f'<a rel="noopener noreferrer" href="{escape(address)}">{escape(_("Edit this record"))}</a>'
        context["body"] += f'<p class="rp-edit">{link}</p>\n'


def addresses_changed(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose record is on another line than at the last build (``env-updated``)."""
    workspace, data = workspace_of(env), domain_of(env).data
    if workspace.settings.edit_url is None:
        data.pop("edit", None)
        return []
    before = data.get("edit", {})
    data["edit"] = now = {
        docname: address for docname in workspace.plan.pages if (address := edit_address(workspace, docname))
    }
    return sorted(docname for docname in now.keys() & before.keys() if now[docname] != before[docname])
