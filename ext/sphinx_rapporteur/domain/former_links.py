"""Links to generated pages as documents: to those of today, and to those that a renamed record had before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join, logging
from sphinx.util.nodes import make_refnode

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.domain.roles import is_by_name_alone
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.lookup import KIND_NAMES

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_ENDING = re.compile(r"\.(?:md|rst|html)$")


def setup(app: Sphinx) -> None:
    """Wire what is done with links to documents to Sphinx."""
    app.add_post_transform(LinkGeneratedPages)
    app.add_post_transform(LeadToFormerPages)
    app.connect("doctree-read", note_page_links)


def _page_links(doctree: nodes.document, docname: str) -> Iterator[tuple[pending_xref, str]]:
    """Yield the references to documents, with the docname that each has or may have."""
    for node in doctree.findall(pending_xref):
        if node.get("intersphinx"):
            continue
        target, source = node.get("reftarget", ""), node.get("refdoc", docname)
        if node.get("refdomain") == "doc":
            yield node, target
        elif (node.get("refdomain"), node.get("reftype")) == ("std", "doc"):
            yield node, docname_join(source, target)
        elif is_by_name_alone(node):
            yield node, docname_join(source, _ENDING.sub("", target.partition("#")[0]))


def page_links(doctree: nodes.document, docname: str) -> list[tuple[pending_xref, str]]:
    """Return the references to documents, with the docname that each has or may have."""
    return list(_page_links(doctree, docname))


class LinkGeneratedPages(SphinxPostTransform):
    """Makes Markdown's links to the files of generated pages, of which there are none, links to the pages.

    A heading on such a page is found too; MyST knows those of written pages alone.
    """

    # Before those below, and MyST's own, which is 9.
    default_priority: ClassVar[int] = 6

    def run(self, **_kwargs: Any) -> None:
        """Change such references, or resolve them."""
        pages = workspace_of(self.env).plan.pages
        for node, docname in page_links(self.document, self.env.docname) if pages else ():
            if docname not in pages:
                continue
            if node.get("reftype") == "myst" and _ENDING.search(node["reftarget"].partition("#")[0]):
                anchor = node["reftarget"].partition("#")[2]
                node.attributes |= {"refdomain": "doc", "reftarget": docname, "reftargetid": anchor or None}
            heading = _heading(self.env, docname, node.get("reftargetid"))
            if node.get("refdomain") == "doc" and heading is not None:
                content = node.children if node.get("refexplicit") else [nodes.inline("", heading)]
                made = make_refnode(
                    self.app.builder,
                    self.env.docname,
                    docname,
                    node["reftargetid"],
                    nodes.inline("", "", *content),
                )
                node.replace_self(made)


def _heading(env: BuildEnvironment, docname: str, anchor: str | None) -> str | None:
    """Return the words of a heading, or of an object, on a generated page, if there is such a one."""
    if not anchor or docname not in env.all_docs:
        return None
    domain = domain_of(env)
    for (kind, full_id), known in domain.objects.get(docname, {}).items():
        if known == anchor:
            return domain.display(kind, full_id)
    for section in env.get_doctree(docname).findall(nodes.section):
        if anchor in section["ids"]:
            title = section.next_node(nodes.title)
            return title.astext() if title is not None else None
    return None


class LeadToFormerPages(SphinxPostTransform):
    """Gives references to a former page the present one as their target."""

    # Before MyST's own, which is 9.
    default_priority: ClassVar[int] = 7

    def run(self, **_kwargs: Any) -> None:
        """Change the targets of such references."""
        former = workspace_of(self.env).former_pages
        if not former:
            return
        for node, docname in page_links(self.document, self.env.docname):
            if docname in former and not (is_by_name_alone(node) and _is_object(self.env, node["reftarget"])):
                now = former[docname]
                logger.info("forum: %s links to %s, which is %s now", self.env.docname, docname, now)
                if node.get("reftype") == "myst" and node.get("refdomain") != "doc":
                    node.attributes |= {"refdomain": "doc", "reftarget": now, "reftargetid": None}
                else:
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
    targets = {
        (docname, node.get("reftargetid") or node["reftarget"].partition("#")[2])
        for node, docname in page_links(doctree, env.docname)
    }
    kept = {
        f"{docname}#{anchor}" if anchor else docname: None
        for docname, anchor in targets
        if docname in workspace.plan.pages or docname not in env.found_docs
    }
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


def _shown(env: BuildEnvironment, address: str) -> tuple[str, str]:
    """Return which page a link leads to, and the words of its title or heading; nothing if there is none."""
    docname, _sign, anchor = address.partition("#")
    workspace = workspace_of(env)
    home = docname if docname in env.all_docs else workspace.former_pages.get(docname, "")
    if workspace.is_withheld_page(docname):
        return "withheld", ""
    heading = _heading(env, home, anchor) if home in workspace.plan.pages else None
    return home, heading or (env.titles[home].astext() if home in env.titles else "")
