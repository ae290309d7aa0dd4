"""The roles of the domain: a reference that shows the thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment


class ForumRole(XRefRole):
    """A reference to an object of the domain, shown by its display name or an explicit title."""

    innernodeclass = nodes.inline

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,  # noqa: FBT001
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Remember the page's event, in which short names are looked up first."""
        page = workspace_of(env).plan.pages.get(env.docname)
        if page is not None and page.kind in {"event", "session"}:
            refnode["forum:event"] = page.id.partition("/")[0]
        return title, target.strip()
