"""Links to pages that a renamed record had before: hand-written pages go on linking to it as a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join, logging

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.domain.roles import is_by_name_alone
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.lookup import KIND_NAMES

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def _page_links(doctree: nodes.document, docname: str) -> Iterator[tuple[pending_xref, str]]:
    """Yield the references to documents, with the docname that each has or may have."""
    for node in doctree.findall(pending_xref):
        if node.get("intersphinx"):
            continue
        target, source = node.get("reftarget", ""), node.get("refdoc", docname)
        if node.get("refdomain") == "doc":
            yield node, target
        elif (node.get("refdomain"), node.get("reftype")) == ("std", "doc") or is_by_name_alone(node):
            yield node, docname_join(source, target)


class LeadToFormerPages(SphinxPostTransform):
    """Gives references to a former page the present one as their target."""

    # Before MyST's own, which is 9.
    default_priority: ClassVar[int] = 7

    def run(self, **_kwargs: Any) -> None:
        """Change the targets of such references."""
        former = workspace_of(self.env).former_pages
        if not former:
            return
        for node, docname in list(_page_links(self.document, self.env.docname)):
            if docname in former and not (is_by_name_alone(node) and _is_object(self.env, node["reftarget"])):
                now = former[docname]
                logger.info("forum: %s links to %s, which is %s now", self.env.docname, docname, now)
                node["reftarget"] = now if node.get("refdomain") == "doc" else f"/{now}"


def _is_object(env: BuildEnvironment, name: str) -> bool:
    catalog = workspace_of(env).catalog
    return any(catalog.resolve(kind, name) for kind in KIND_NAMES)


def note_page_links(app: Sphinx, doctree: nodes.document) -> None:
    """Remember which generated pages, or pages that are not there, a page links to (``doctree-read``)."""
    env = app.env
    workspace = workspace_of(env)
    if workspace.root is None:
        return
    targets = {docname for _node, docname in _page_links(doctree, env.docname)}
    kept = {name: None for name in targets if name in workspace.plan.pages or name not in env.found_docs}
    if kept:
        domain_of(env).data["page_links"][env.docname] = kept


def page_links_changed(env: BuildEnvironment) -> list[str]:
    """Return the pages whose links to generated pages lead elsewhere, or show another title, than before."""
    stale = []
    for docname, links in domain_of(env).data["page_links"].items():
        now = {name: _shown(env, name) for name in links}
        if any(before not in {None, now[name]} for name, before in links.items()):
            stale.append(docname)
        links.update(now)
    return stale


def _shown(env: BuildEnvironment, docname: str) -> tuple[str, str]:
    """Return which page a link to a docname leads to, and that page's title; nothing if there is none."""
    home = docname if docname in env.all_docs else workspace_of(env).former_pages.get(docname, "")
    return home, env.titles[home].astext() if home in env.titles else ""
