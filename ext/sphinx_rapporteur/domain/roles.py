"""The roles of the domain: a reference that shows the thing, or the attribute of it that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.render.attributes import CITE, parse_target

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment

BY_NAME_ALONE = frozenset({"any", "myst"})
"""The types of reference that name an object without its kind: ``any`` and Markdown's links."""

EVENT_KEY = "forum_event"
ATTRIBUTE_KEY = "forum_attribute"
"""What a reference carries besides its target, so that inventories know the bare target."""


def is_by_name_alone(node: Element) -> bool:
    """Whether a pending reference may mean an object by its name; links to documents mean none."""
    return node.get("reftype") in BY_NAME_ALONE and node.get("refdomain") != "doc"


class ForumRole(XRefRole):
    """A reference to an object of the domain, shown by an attribute of it or by an explicit title."""

    innernodeclass = nodes.inline

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,  # noqa: FBT001
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Take the attribute off the target and remember the page's event, for short names."""
        page = workspace_of(env).plan.pages.get(env.docname)
        if page is not None and page.kind in {"event", "session"}:
            refnode[EVENT_KEY] = page.id.partition("/")[0]
        wanted = parse_target(target)
        attribute = CITE if refnode["reftype"] == CITE else wanted.attribute
        if attribute:
            refnode[ATTRIBUTE_KEY] = attribute
        return title, wanted.target
