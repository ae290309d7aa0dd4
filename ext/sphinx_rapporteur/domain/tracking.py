"""Which pages an edit touches: those that refer to something are written again when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_rapporteur.domain.objects import ForumDomain, domain_of
from sphinx_rapporteur.pages.neighbours import neighbours_of
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.lookup import KIND_NAMES, explain, find
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_NOWHERE = "nowhere"


def note_mentions(app: Sphinx, doctree: nodes.document) -> None:
    """Remember what a page that was read refers to, and what that shows (``doctree-read``)."""
    domain = domain_of(app.env)
    docname = app.env.docname
    for node in doctree.findall(pending_xref):
        for kind, full_id in _meant(domain, node):
            domain.note_mention(kind, full_id, docname=docname, shown=_shown(domain, kind, full_id))


def _meant(domain: ForumDomain, node: pending_xref) -> list[tuple[str, str]]:
    catalog = domain.workspace.catalog
    target = node["reftarget"]
    if node.get("refdomain") == ForumDomain.name:
        full_id = find(catalog, node["reftype"], target, event=node.get("forum:event"))
        return [] if full_id is None else [(node["reftype"], full_id)]
    if node.get("reftype") == "any":
        found = [(kind, catalog.resolve(kind, target)) for kind in KIND_NAMES]
        return [(kind, full_id) for kind, full_id in found if full_id is not None]
    return []


def _shown(domain: ForumDomain, kind: str, full_id: str) -> str:
    """What a reference depends on: the display name and the page that it leads to."""
    if domain.workspace.catalog.resolve(kind, full_id) is None:
        return _NOWHERE
    page = domain.home(kind, full_id)
    return f"{domain.display(kind, full_id)} {page[0] if page else _NOWHERE}"


def to_write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that refer to something whose name or place changed (``env-updated``)."""
    domain = domain_of(env)
    stale = []
    for docname, mentions in domain.mentions.items():
        now = {target: _shown(domain, *target) for target in mentions}
        if now != mentions:
            domain.mentions[docname] = now
            stale.append(docname)
    return stale + _moved(domain)


def _moved(domain: ForumDomain) -> list[str]:
    """The generated pages whose neighbours or parents changed, which Sphinx leaves stale (#5506, #5908)."""
    pages = domain.workspace.plan.pages
    before = domain.data["neighbours"]
    now = {docname: repr(neighbours_of(domain.workspace, docname)) for docname in pages}
    domain.data["neighbours"] = now
    return [docname for docname, shown in now.items() if before.get(docname, shown) != shown]


def explain_missing(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> nodes.Node | None:
    """Say what is wrong with a reference that neither we nor an inventory know (``missing-reference``)."""
    kind = node.get("reftype", "")
    if node.get("refdomain") != ForumDomain.name or kind not in KIND_NAMES:
        return None
    warn(Subtype.ROLE, explain(workspace_of(env).catalog, kind, node["reftarget"]), location=node)
    return contnode
