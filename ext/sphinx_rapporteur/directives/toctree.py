"""Entries of toctrees that name a page by its former address, or one that is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.directives.other import TocTree
from sphinx.util import docname_join, logging
from sphinx.util.nodes import explicit_title_re

from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.render.attributes import WITHHELD
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    """Put the directive in the place of Sphinx's."""
    app.add_directive("toctree", KeptTocTree, override=True)
    app.connect("env-get-outdated", toctrees_outdated)


class KeptTocTree(TocTree):
    """A toctree in which former addresses lead on, as they do everywhere else."""

    def run(self) -> list[nodes.Node]:
        """Change the entries that are not there any more, and parse them all as usual."""
        workspace = workspace_of(self.env)
        for index in reversed(range(len(self.content))):
            entry = self.content[index]
            match = explicit_title_re.match(entry)
            name = (match[2] if match else entry).strip()
            docname = docname_join(self.env.docname, self._without_suffix(name)) if name else ""
            if not docname or docname in self.env.found_docs:
                continue
            kind = workspace.withheld_kind(docname)
            if kind is not None:
                warn(Subtype.WITHHELD, WITHHELD.format(kind=KIND_NAMES[kind]), location=self.get_location())
                del self.content[index]
            elif docname in workspace.former_pages:
                now = workspace.former_pages[docname]
                logger.info(
                    "forum: the toctree of %s names %s, which is %s now", self.env.docname, docname, now
                )
                self.content[index] = f"{match[1]} </{now}>" if match else f"/{now}"
            else:
                continue
            # Another build may have it again, as with what Sphinx does not find.
            self.env.note_reread()
        return super().run()

    def _without_suffix(self, name: str) -> str:
        suffix = next((one for one in self.config.source_suffix if name.endswith(one)), "")
        return name.removesuffix(suffix)


def toctrees_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages with an entry in a toctree that is not there any more (``env-get-outdated``)."""
    return [
        docname
        for docname, names in env.toctree_includes.items()
        if docname in env.found_docs and not env.found_docs.issuperset(names)
    ]
