"""Which pages an edit touches: those that refer to something are written again when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_rapporteur.domain.former_links import page_links_changed
from sphinx_rapporteur.domain.objects import ForumDomain, Mention, domain_of
from sphinx_rapporteur.domain.remote import remote_kinds, remotes_of
from sphinx_rapporteur.domain.roles import ATTRIBUTE_KEY, BY_NAME_ALONE, EVENT_KEY, is_by_name_alone
from sphinx_rapporteur.pages.former import LeftAnchor
from sphinx_rapporteur.pages.neighbours import neighbours_of
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.former import former_names
from sphinx_rapporteur.records.lookup import KIND_NAMES, is_withheld, why_nowhere
from sphinx_rapporteur.render.attributes import CITE, CITED, WITHHELD
from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_NOWHERE = "nowhere"
_WITHHELD = "withheld"


def note_mentions(app: Sphinx, doctree: nodes.document) -> None:
    """Remember what a page that was read refers to, and what that shows (``doctree-read``)."""
    domain = domain_of(app.env)
    docname = app.env.docname
    for node in doctree.findall(pending_xref):
        is_ours = node.get("refdomain") == ForumDomain.name
        if not node.get("intersphinx") and (is_ours or is_by_name_alone(node)):
            name = node["reftype"], node["reftarget"]
            mention = (*name, node.get(EVENT_KEY, ""), node.get(ATTRIBUTE_KEY, ""))
            domain.note_mention(mention, docname=docname, shown=_shown(domain, mention))


def note_citation(domain: ForumDomain, kind: str, full_id: str, attribute: str, *, docname: str) -> None:
    """Remember that a text in a component of a page that is being read refers to an object."""
    mention = (kind, full_id, "", attribute)
    domain.note_mention(mention, docname=docname, shown=_shown(domain, mention))


def _meant(domain: ForumDomain, mention: Mention) -> list[tuple[str, str]]:
    """Return kind and full id of what a mention means: one object, or with ``any`` what has that name."""
    role, target, event, _attribute = mention
    if role not in BY_NAME_ALONE:
        found = domain.find(role, target, event=event or None)
        return [] if found is None else [found]
    catalog = domain.workspace.catalog
    named = [(kind, catalog.resolve(kind, target)) for kind in KIND_NAMES]
    return [(kind, full_id) for kind, full_id in named if full_id is not None]


def _shown(domain: ForumDomain, mention: Mention) -> str:
    """Return a digest of what a reference depends on: the object's attributes and its address."""
    meant = _meant(domain, mention)
    shown = [
        (found, domain.home(*found), domain.attributes(*found), domain.text(*found, mention[3], mention[2]))
        for found in meant
    ]
    if not shown:
        return _WITHHELD if _is_withheld(domain, mention) else _NOWHERE
    return sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_withheld(domain: ForumDomain, mention: Mention) -> bool:
    kinds = domain.objtypes_for_role(mention[0]) or ()
    return any(is_withheld(domain.workspace.catalog, kind, mention[1]) for kind in kinds)


def to_write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages of which something outside them changed (``env-updated``)."""
    domain = domain_of(env)
    workspace = domain.workspace
    workspace.find_cited = partial(who_cites, domain)
    if not workspace.is_touched and domain.data["tracked"] == workspace.digest:
        return []
    domain.data["tracked"] = workspace.digest
    stale = set()
    for docname, mentions in domain.mentions.items():
        now = {mention: _shown(domain, mention) for mention in mentions}
        if now != mentions:
            domain.mentions[docname] = now
            stale.add(docname)
    stale.update(_moved(domain), _cited(domain), _renamed(domain), _unplaced(domain))
    return sorted(stale.union(page_links_changed(env)))


def _cited(domain: ForumDomain) -> list[str]:
    """The pages of objects that other pages began or ceased to refer to."""
    by_home: dict[str, list[str]] = {}
    for found, pages in sorted(domain.workspace.cited.items()):
        home = domain.home(*found)
        # A page of the site's own may describe it too.
        if home is not None and home[0] in domain.uses:
            titles = [(page, domain.env.titles[page].astext()) for page in pages if page in domain.env.titles]
            by_home.setdefault(home[0], []).append(repr((found, titles)))
    now = {home: _short_digest(lines) for home, lines in by_home.items()}
    before = domain.data["cited"]
    domain.data["cited"] = now
    changed = {home for home in now.keys() | before.keys() if now.get(home) != before.get(home)}
    return sorted(changed & domain.env.all_docs.keys())


def who_cites(domain: ForumDomain) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the pages that refer to an object, by kind and id."""
    cited: dict[tuple[str, str], set[str]] = {}
    for docname, mentions in domain.mentions.items():
        for mention in mentions:
            for found in _meant(domain, mention):
                cited.setdefault(found, set()).add(docname)
    return {found: tuple(sorted(pages)) for found, pages in cited.items()}


def _unplaced(domain: ForumDomain) -> list[str]:
    """All pages with components, if what has no place to link to is something else than it was.

    That is nothing, until a page or layout of the site's own leaves out what ours shows.
    """
    catalog = domain.workspace.catalog
    kinds = {"stat": catalog.figures, "quote": catalog.quotes, "outcome": catalog.outcomes}
    now = [
        (kind, full_id)
        for kind, known in kinds.items()
        for full_id in known
        if not domain.home(kind, full_id)
    ]
    before = domain.data["unplaced"]
    domain.data["unplaced"] = now
    return sorted(domain.uses) if before != now else []


def _renamed(domain: ForumDomain) -> list[str]:
    """The pages of objects that gained or lost a former name.

    They show none, but without a page to write Sphinx would write neither redirects nor the inventory.
    """
    now: dict[str, list[tuple[str, ...]]] = {}
    for kind, former, full_id in former_names(domain.workspace.catalog):
        home = domain.home(kind, full_id)
        if home is not None:
            now.setdefault(home[0], []).append((kind, former))
    for docname, left in domain.workspace.left_anchors.items():
        # What was there before is shown with its address.
        for one in left:
            now.setdefault(docname, []).append(_left(domain, one))
    before = domain.data["former"]
    domain.data["former"] = now
    changed = {home for home in now.keys() | before.keys() if now.get(home) != before.get(home)}
    return sorted(changed & domain.env.all_docs.keys())


def _moved(domain: ForumDomain) -> list[str]:
    """The generated pages whose neighbours or parents changed, which Sphinx leaves stale (#5506, #5908)."""
    pages = domain.workspace.plan.pages
    before = domain.data["neighbours"]
    now = {docname: _short_digest(neighbours_of(domain.workspace, docname)) for docname in pages}
    domain.data["neighbours"] = now
    return [docname for docname, shown in now.items() if before.get(docname, shown) != shown]


def _left(domain: ForumDomain, one: LeftAnchor) -> tuple[str, ...]:
    """Return what a page says of something that was on it."""
    if one.to:
        titles, page = domain.env.titles, one.to.partition("#")[0]
        return one.anchor, one.to, titles[page].astext() if page in titles else ""
    home = domain.home(one.kind, one.id) or ()
    return one.kind, one.anchor, *home, domain.display(one.kind, one.id)


def _short_digest(shown: object) -> bytes:
    """Return a few bytes that differ where *shown* does; they are kept for every page."""
    return sha256(repr(shown).encode("utf-8", "surrogatepass")).digest()[:8]


def explain_missing(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> nodes.Node | None:
    """Say what is wrong with a reference that neither we nor an inventory know (``missing-reference``)."""
    kind = node.get("reftype", "")
    if node.get("refdomain") != ForumDomain.name:
        return None
    if remotes_of(env).find(None, remote_kinds(env, kind), node["reftarget"]):
        # Sphinx asks every handler, also after intersphinx found it.
        return None
    workspace = workspace_of(env)
    kinds = CITED if kind == CITE else (kind,)
    if _is_withheld(domain_of(env), (kind, node["reftarget"], "", "")):
        warn(Subtype.WITHHELD, WITHHELD.format(kind=KIND_NAMES[kinds[0]]), location=node)
        return nodes.inline("", _("withheld"))
    named = domain_of(env).find(kind, node["reftarget"], event=node.get(EVENT_KEY))
    if named is not None:
        message = (
            f"the {KIND_NAMES[named[0]]} {named[1]!r} is on no page: one that replaces its own leaves it out"
        )
        warn(Subtype.ROLE, message, location=node)
        return contnode
    why = why_nowhere(workspace.catalog, kinds, node["reftarget"], event=node.get(EVENT_KEY))
    warn(Subtype.ROLE, str(why.within(workspace.root)), location=node)
    return contnode
