"""Which pages show something of another project, and which of those are stale when it changes.

Sphinx resolves a reference anew only when its page is written, and asks for no writing when an
inventory changed, so a page would show last year's figure for good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes
from myst_parser.inventory import filter_sphinx_inventories
from sphinx.addnodes import pending_xref
from sphinx.util import logging

from sphinx_rapporteur.domain.objects import ForumDomain, domain_of
from sphinx_rapporteur.domain.remote import load_remotes, remote_kinds, remotes_of
from sphinx_rapporteur.domain.roles import BY_NAME_ALONE, is_by_name_alone
from sphinx_rapporteur.records.lookup import KIND_NAMES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_INV_LINK = re.compile(r"\binv:[^\s<>()\"']*#[^\s<>()\"']+")
"""Markdown's links by inventory, as they stand in a page."""

Target = tuple[str, str, str]
"""Project (empty for any), role, name."""
_GONE = "gone"
_ELSEWHERE = "elsewhere"


def setup(app: Sphinx) -> None:
    """Wire what follows other projects to Sphinx; what is to be written again is asked with all else."""
    app.connect("builder-inited", load_remotes, priority=850)
    app.connect("source-read", note_inv_links)
    app.connect("doctree-read", note_remote)
    app.connect("env-get-outdated", links_outdated)


def note_inv_links(app: Sphinx, docname: str, source: list[str]) -> None:
    """Remember which ``inv:`` links of a page to be read lead nowhere yet (``source-read``).

    MyST looks for them while it reads, and leaves nothing in the page of those that it does not find.
    """
    if "inv:" not in source[0]:
        return
    missing = [link for link in dict.fromkeys(_INV_LINK.findall(source[0])) if not _is_found(app.env, link)]
    if missing:
        domain_of(app.env).data["remote_missing"][docname] = missing


def _is_found(env: BuildEnvironment, link: str) -> bool:
    path, _sign, target = link.removeprefix("inv:").partition("#")
    parts: list[str | None] = [*path.split(":", 2), None, None]
    named = getattr(env, "intersphinx_named_inventory", {})
    project, domain, kind = (part or None for part in parts[:3])
    matches = filter_sphinx_inventories(
        named, invs=project, domains=domain, otypes=kind, targets=unquote(target)
    )
    return next(matches, None) is not None


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
    # What no other project has today may come.
    is_ours = (
        is_by_name_alone(node)
        and getattr(env.config, "intersphinx_mapping", None)
        and not _is_own(domain, name)
    )
    return ("", role, name) if is_ours else None


def _is_own(domain: ForumDomain, name: str) -> bool:
    return any(domain.workspace.catalog.resolve(kind, name) for kind in KIND_NAMES)


def _digest(env: BuildEnvironment, target: Target) -> str:
    project, role, name = target
    found = remotes_of(env).find(project or None, remote_kinds(env, role), name)
    if found:
        return found.digest()
    known: Mapping[str, Mapping[str, object]] = getattr(env, "intersphinx_inventory", {})
    is_elsewhere = role in BY_NAME_ALONE and any(name in objects for objects in known.values())
    return _ELSEWHERE if is_elsewhere else _GONE


def links_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages with links that MyST resolves to something else than before (``env-get-outdated``)."""
    data = domain_of(env).data
    table: Mapping[str, Mapping[str, str]] = data["remote_links"]
    missing: Mapping[str, list[str]] = data["remote_missing"]
    stale = {
        docname
        for docname, links in table.items()
        if any(_link_changed(env, *link) for link in links.items())
    }
    stale.update(page for page, links in missing.items() if any(_is_found(env, link) for link in links))
    remotes_of(env).stale.update(stale - removed)
    return sorted(stale)


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
    remotes = remotes_of(env)
    names = ", ".join(sorted(remotes.stale.union(stale)))
    remotes.stale.clear()
    if names:
        logger.info("forum: values of other projects changed; these pages show them anew: %s", names)
    return stale
