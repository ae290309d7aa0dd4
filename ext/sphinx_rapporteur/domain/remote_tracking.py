"""Which pages show something of another project, and which of those are stale when it changes.

Sphinx resolves a reference anew only when its page is written, and asks for no writing when an
inventory changed, so a page would show last year's figure for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import logging

from sphinx_rapporteur.domain.objects import ForumDomain, domain_of
from sphinx_rapporteur.domain.remote import remote_kinds, remotes_of
from sphinx_rapporteur.domain.roles import is_by_name_alone

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

Target = tuple[str, str, str]
"""Project (empty for any), role, name."""
_GONE = "gone"


def note_remote(app: Sphinx, doctree: nodes.document) -> None:
    """Remember what of other projects a page that was read shows (``doctree-read``)."""
    env = app.env
    domain = domain_of(env)
    docname = env.docname
    for node in doctree.findall(pending_xref):
        target = _target(env, domain, node)
        if target is not None:
            domain.data["remote"].setdefault(docname, {})[target] = _digest(env, target)
    if not remotes_of(env).inventories:
        return
    for link in doctree.findall(nodes.reference):
        # MyST resolves inv: links while it reads.
        uri = link.get("refuri", "")
        found = remotes_of(env).by_uri(uri)
        if found is not None:
            domain.data["remote_links"].setdefault(docname, {})[uri] = found.digest()


def _target(env: BuildEnvironment, domain: ForumDomain, node: pending_xref) -> Target | None:
    role, name = node.get("reftype", ""), node.get("reftarget", "")
    if node.get("intersphinx"):
        return (
            (node.get("inventory") or "", role, name) if node.get("refdomain") == ForumDomain.name else None
        )
    if node.get("refdomain") == ForumDomain.name:
        return None if domain.find(role, name, event=None) else ("", role, name)
    if is_by_name_alone(node) and remotes_of(env).find(None, remote_kinds(env, role), name):
        return "", role, name
    return None


def _digest(env: BuildEnvironment, target: Target) -> str:
    project, role, name = target
    found = remotes_of(env).find(project or None, remote_kinds(env, role), name)
    return found.digest() if found else _GONE


def links_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages with resolved links to something that changed since (``env-get-outdated``)."""
    table: Mapping[str, Mapping[str, str]] = domain_of(env).data["remote_links"]
    stale = [
        docname
        for docname, links in table.items()
        if any(_link_changed(env, *link) for link in links.items())
    ]
    return _say(stale)


def _link_changed(env: BuildEnvironment, uri: str, digest: str) -> bool:
    found = remotes_of(env).by_uri(uri)
    return found is None or found.digest() != digest


def remote_changed(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show something of another project that changed since (``env-updated``)."""
    stale = []
    for docname, shown in domain_of(env).data["remote"].items():
        now = {target: _digest(env, target) for target in shown}
        if now != shown:
            shown.update(now)
            stale.append(docname)
    return _say(stale)


def _say(stale: list[str]) -> list[str]:
    if stale:
        names = ", ".join(sorted(stale))
        logger.info("forum: values of other projects changed; these pages show them anew: %s", names)
    return stale
