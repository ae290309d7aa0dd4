"""Redirects: the address of a record that was renamed leads to the one that it has now."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.former import crossed_anchors
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.render.labels import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TEMPLATE = "rapporteur/redirect.html"
SCRIPT = "_static/rapporteur-redirect.js"
_ONE_FILE = "singlehtml"
_EXCLUDES = "sitemap_excludes"


def redirect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each former address (``html-collect-pages``)."""
    builder: Any = app.builder
    workspace, domain = workspace_of(app.env), domain_of(app.env)
    moved = workspace.former_pages
    crossed = crossed_anchors(workspace.catalog, workspace.settings)
    _keep_off_sitemap(app, moved)
    for docname, home in moved.items():
        to = builder.get_relative_uri(docname, home)
        base = app.config.html_baseurl
        homes = {one.anchor: domain.home(one.kind, one.id) for one in crossed.get(docname, ())}
        anchors = {
            anchor: f"{builder.get_relative_uri(docname, found[0])}#{found[1]}"
            for anchor, found in homes.items()
            if found is not None
        }
        context = {
            "moved_to": to,
            "moved_anchors": json.dumps(anchors) if anchors else "",
            "moved_canonical": posixpath.join(base, builder.get_target_uri(home)) if base else to,
            "moved_title": app.env.titles[home].astext(),
            "moved_text": _("This page has moved:"),
            "moved_script": _script(builder, docname),
        }
        yield docname, context, TEMPLATE


def keep_anchors(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Give a page its former anchors in a site of one file (``doctree-resolved``)."""
    if app.builder.name != _ONE_FILE:
        return
    former: dict[str, list[str]] = {}
    for docname, home in workspace_of(app.env).former_pages.items():
        former.setdefault(home, []).append(docname)
    for start in doctree.findall(addnodes.start_of_file):
        spans = (f'<span id="document-{escape(name)}"></span>' for name in former.get(start["docname"], ()))
        start.insert(0, [nodes.raw("", span, format="html") for span in spans])


def _keep_off_sitemap(app: Sphinx, docnames: Iterable[str]) -> None:
    """Have sphinx-sitemap, where it is loaded, leave out pages that ask not to be indexed."""
    if _EXCLUDES in app.config:
        builder: Any = app.builder
        # As it writes them: for pages in folders of their own, and for all others.
        links = [docname + ending for docname in docnames for ending in ("/", builder.out_suffix)]
        # A copy: the list may be the one in conf.py.
        app.config[_EXCLUDES] = [*app.config[_EXCLUDES], *links]


def _script(builder: Any, docname: str) -> str:
    up: int = builder.get_target_uri(docname).count("/")
    return "../" * up + SCRIPT
