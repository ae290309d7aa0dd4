"""References by ``any`` to what is withheld, or to its page: neutral text, as with our own roles."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_rapporteur.domain.former_links import page_links
from sphinx_rapporteur.domain.roles import BY_NAME_ALONE
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.render.attributes import WITHHELD
from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.warnings import Subtype


class HideWithheld(SphinxPostTransform):
    """Replaces such references before anybody looks for a target and, finding none, shows the name."""

    # Before MyST's own, which is 9.
    default_priority: ClassVar[int] = 7

    def run(self, **_kwargs: Any) -> None:
        """Replace the references that name something withheld, and those that lead to its page."""
        workspace = workspace_of(self.env)
        catalog = workspace.catalog
        if not any(catalog.withheld.values()):
            return
        for node, docname in page_links(self.document, self.env.docname):
            kind = workspace.withheld_kind(docname) if docname not in self.env.all_docs else None
            if kind is not None:
                # A title of its own would be the name.
                self._hide(node, kind)
        for node in list(self.document.findall(pending_xref)):
            target = node.get("reftarget", "")
            if node.get("reftype") not in BY_NAME_ALONE:
                continue
            kind = next((kind for kind in KIND_NAMES if catalog.is_withheld(kind, target)), None)
            if kind is not None:
                self._hide(node, kind)

    @staticmethod
    def _hide(node: pending_xref, kind: str) -> None:
        warn(Subtype.WITHHELD, WITHHELD.format(kind=KIND_NAMES[kind]), location=node)
        node.replace_self(nodes.inline("", _("withheld")))
