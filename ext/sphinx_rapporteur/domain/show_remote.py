"""References to other projects: the attribute that is asked for, and the same hover card as at home."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from sphinx_rapporteur.domain.hover import hover, with_card
from sphinx_rapporteur.domain.objects import ForumDomain, domain_of
from sphinx_rapporteur.domain.remote import RemoteObject, remote_kinds, remotes_of
from sphinx_rapporteur.domain.roles import ATTRIBUTE_KEY
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.render.attributes import UnknownAttributeError, hover_card, pick
from sphinx_rapporteur.warnings import Subtype


class ShowRemote(SphinxPostTransform):
    """Gives references their text and card before intersphinx gives them their address."""

    # Intersphinx's own is 9.
    default_priority: ClassVar[int] = 8

    def run(self, **_kwargs: Any) -> None:
        """Prepare every reference of the domain that is resolved elsewhere."""
        if not remotes_of(self.env).inventories:
            return
        domain = domain_of(self.env)
        for node in list(self.document.findall(pending_xref)):
            if node.get("refdomain") != ForumDomain.name:
                continue
            if not node.get("intersphinx") and domain.find(node["reftype"], node["reftarget"], event=None):
                continue
            project = node.get("inventory") if node.get("intersphinx") else None
            kinds = remote_kinds(self.env, node["reftype"])
            found = remotes_of(self.env).find(project, kinds, node["reftarget"])
            if found is not None:
                self._prepare(node, found)
            elif node.get("intersphinx") and kinds:
                self._say_missing(node, project, kinds)
            elif kinds and self._is_in_remote_session(node["reftarget"]):
                self._say_missing(node, None, kinds)

    def _is_in_remote_session(self, target: str) -> bool:
        """Whether a full id starts with a session that another project has and this one has not."""
        owner = target.rpartition("/")[0]
        if "/" not in owner or domain_of(self.env).find("session", owner, event=None):
            return False
        return remotes_of(self.env).find(None, ("session",), owner) is not None

    def _say_missing(self, node: pending_xref, project: str | None, kinds: tuple[str, ...]) -> None:
        """Say what was probably meant; intersphinx, which would not, gets nothing to resolve."""
        remotes = remotes_of(self.env)
        if project is not None and project not in remotes.inventories:
            return
        target = node["reftarget"]
        where = f" in the project {project}" if project else ""
        message = f"no {KIND_NAMES[kinds[0]]} is called {target!r}{where}"
        near = nearest(target, remotes.names(project, kinds))
        warn(Subtype.ROLE, message + (f"; did you mean {near!r}?" if near else ""), location=node)
        node.replace_self(node.children)

    @staticmethod
    def _prepare(node: pending_xref, found: RemoteObject) -> None:
        text = _shown(node, found)
        if not node.get("refexplicit"):
            # Always our own text: intersphinx would show a display name as it came.
            node["refexplicit"] = True
            node.children = []
            node += nodes.inline("", text, classes=[f"rp-ref-{found.kind}"])
        card = hover_card(found.kind, found.attributes, shown=node.get(ATTRIBUTE_KEY, ""))
        if card is not None and node.parent is not None:
            carried = node.deepcopy()
            node.replace_self(with_card(carried, card))


class AddRemoteCards(SphinxPostTransform):
    """Gives links to objects of other projects their card, by whatever they were resolved."""

    # After everybody who resolves references.
    default_priority: ClassVar[int] = ReferencesResolver.default_priority + 10

    def run(self, **_kwargs: Any) -> None:
        """Put a card around every link that has none yet."""
        remotes = remotes_of(self.env)
        if not remotes.inventories:
            return
        for link in list(self.document.findall(nodes.reference)):
            found = remotes.by_uri(link.get("refuri", ""))
            if found is not None and not isinstance(link.parent, hover):
                card = hover_card(found.kind, found.attributes)
                if card is not None:
                    link.replace_self(with_card(link.deepcopy(), card))


def _shown(node: pending_xref, found: RemoteObject) -> str:
    """Return the attribute that is asked for or, without the file of attributes, the display name."""
    wanted = node.get(ATTRIBUTE_KEY, "")
    if not wanted or not found.attributes:
        return found.display
    try:
        return pick(found.attributes, wanted, kind=found.kind, full_id=found.name)
    except UnknownAttributeError as error:
        warn(error.subtype, str(error), location=node)
        return found.display
