"""What holds for a generated page whatever its layout says: in no toctree, and its title as it was typed."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_rapporteur.pages.build import is_generated


class GeneratedPage(SphinxTransform):
    """Takes a generated page as one that needs no toctree, and keeps smart quotes off its title."""

    default_priority: ClassVar[int] = 740  # before smart quotes

    def apply(self, **_kwargs: Any) -> None:
        """Mark the page and its title."""
        if not is_generated(self.env, self.env.docname):
            return
        self.env.metadata[self.env.docname].setdefault("orphan", True)
        for title in list(self.document.findall(nodes.title))[:1]:
            title["support_smartquotes"] = False


class PlainTitles(SphinxTransform):
    """Gives translators the titles on a generated page as they were typed, without the page's backslashes."""

    default_priority: ClassVar[int] = 5  # before messages are preserved and translations looked up

    def apply(self, **_kwargs: Any) -> None:
        """Replace the source of plain titles by their text."""
        if not is_generated(self.env, self.env.docname):
            return
        for title in self.document.findall(nodes.title):
            if all(isinstance(child, nodes.Text) for child in title.children):
                title.rawsource = title.astext()
