"""References to other projects: the attribute that is asked for, and the same hover card as at home."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_rapporteur.domain.hover import with_card
from sphinx_rapporteur.domain.objects import ForumDomain, domain_of
from sphinx_rapporteur.domain.remote import RemoteObject, remote_kinds, remotes_of
from sphinx_rapporteur.domain.roles import ATTRIBUTE_KEY
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.render.attributes import UnknownAttributeError, hover_card, pick
from sphinx_rapporteur.warnings import Subtype


def remote_target(env: Any, node: pending_xref) -> RemoteObject | None:
    """Return the object of another project that a reference means, if it means one of the domain."""
    is_external = bool(node.get("intersphinx"))
    is_ours = node.get("refdomain") == ForumDomain.name
    if not is_ours and not (node.get("reftype") == "any" and not is_external):
        return None
    remotes = remotes_of(env)
    project = node.get("inventory") if is_external else None
    return remotes.find(project, remote_kinds(env, node["reftype"]), node["reftarget"])


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
            found = remote_target(self.env, node)
            if found is not None:
                self._prepare(node, found)

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


def _shown(node: pending_xref, found: RemoteObject) -> str:
    """Return the attribute that is asked for or, without the file of attributes, the display name."""
    wanted = node.get(ATTRIBUTE_KEY, "")
    if not wanted or not found.attributes:
        return found.display
    try:
        return pick(found.attributes, wanted, kind=found.kind, full_id=found.name)
    except UnknownAttributeError as error:
        warn(Subtype.ROLE, str(error), location=node)
        return found.display
