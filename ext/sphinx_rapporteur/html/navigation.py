"""Navigation of a bounded size: a generated page shows the site's tree as its index page does.

Furo asks for the whole tree on every page and keeps every answer, so that the time of a build grows
with the square of the pages (pradyunsg/furo keeps them in an lru_cache). Generated pages are
in no toctree; here they are given one fragment per folder of pages, made once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from hashlib import sha256
from inspect import signature
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.build import is_generated
from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_TAKES_TAGS = "tags" in signature(global_toctree_for_doc).parameters
"""Sphinx 8.0 does not, and later ones are to require it."""
_FRAGMENTS: WeakKeyDictionary[Builder, dict[Any, str]] = WeakKeyDictionary()


def bound_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a generated page the tree of its index page (``html-page-context``)."""
    if is_generated(app.env, pagename) and "toctree" in context:
        context["toctree"] = _toctree(app, pagename)


def _toctree(app: Sphinx, pagename: str) -> Callable[..., str]:
    builder: Any = app.builder
    section = workspace_of(app.env).plan.pages[pagename].section
    fragments = _FRAGMENTS.setdefault(builder, {})
    # All pages of a folder have the same relative addresses.
    folder = posixpath.dirname(builder.get_target_uri(pagename).rstrip("/"))

    def toctree(**options: Any) -> str:
        key = (section, folder, pagename == section, tuple(sorted(options.items())))
        if key not in fragments:
            fragments[key] = _fragment(app, section, pagename, options)
        return fragments[key]

    return toctree


def _fragment(app: Sphinx, section: str, pagename: str, options: dict[str, Any]) -> str:
    builder: Any = app.builder
    options = {"collapse": True, "includehidden": False} | options
    if options.get("maxdepth") == "":
        options.pop("maxdepth")
    if _TAKES_TAGS:
        options["tags"] = app.tags
    tree = global_toctree_for_doc(app.env, section, builder, **options)
    if tree is None:
        return ""
    tree = tree.deepcopy()
    base, here = builder.get_target_uri(section), builder.get_target_uri(pagename)
    for reference in tree.findall(nodes.reference):
        if reference.get("internal") and "refuri" in reference:
            target = urljoin(base, reference["refuri"])
            reference["refuri"] = relative_uri(here, target.removesuffix("#")) or "#"
    return str(builder.render_partial(tree)["fragment"])


def navigation_changed(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if the site's tree changed, which every page shows (``env-updated``).

    Sphinx writes those alone that hold a toctree again, and leaves the tree of the others stale.
    """
    data = domain_of(env).data
    before, data["navigation"] = data["navigation"], _tree_digest(env)
    # Noted by every builder, since the environment may be the same for all.
    return sorted(env.all_docs) if before not in {"", data["navigation"]} else []


def _tree_digest(env: BuildEnvironment) -> str:
    """Return a digest of all that the tree shows: titles and entries, and what is below an index page."""
    plan = workspace_of(env).plan
    indexes = sorted({page.section for page in plan.pages.values()} & env.tocs.keys())
    lines = [repr((docname, env.tocs[docname].astext())) for docname in indexes]
    met = {env.config.root_doc}
    waiting = [env.config.root_doc]
    while waiting:
        docname = waiting.pop()
        title = env.titles[docname].astext() if docname in env.titles else ""
        trees = [tree.attributes for tree in env.tocs[docname].findall(addnodes.toctree)] if title else []
        shown = [(tree.get("caption"), tree.get("hidden"), tree.get("entries")) for tree in trees]
        lines.append(repr((docname, title, shown)))
        below = [child for child in env.toctree_includes.get(docname, ()) if child not in met]
        met.update(below)
        waiting += below
    return sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
