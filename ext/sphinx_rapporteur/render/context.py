"""What a component needs to be described: the catalog, the language, and how record text is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.finding import Path
from sphinx_rapporteur.records.former import former_here
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.render import parts as p

Options = Mapping[str, str]
"""A directive's checked options as text, so that a component can wait in a pickled doctree."""
ReadText = Callable[[Record, Path, str], tuple[p.Block, ...]]
"""Reads a restricted-Markdown field of a record into parts."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a component."""

    catalog: Catalog
    locale: str
    docname: str
    home_of: Callable[[str, str], str | None]
    """Gives the docname of the page of an object, by kind and id."""
    read_text: ReadText
    index_of: Callable[[str], str | None] = lambda _kind: None
    """Gives the docname of the index of a kind of object."""
    cited_in: Callable[[str, str], tuple[tuple[str, str], ...]] = lambda _kind, _id: ()
    """Gives docname and title of the pages that refer to an object; nothing while pages are being read."""

    def anchor(self, owner: tuple[str, str], defines: p.Ref) -> p.Anchor | None:
        """Return the anchor of a statement if this page is its owner's own; elsewhere nothing.

        Its id is the kind and the statement's id, so that it collides with no heading's.
        """
        if self.home_of(*owner) != self.docname:
            return None
        own = defines.id.rpartition("/")[2]
        former = former_here(self.catalog).get((defines.kind, defines.id), ())
        return p.Anchor(f"{defines.kind}-{own}", defines, tuple(f"{defines.kind}-{name}" for name in former))


Describe = Callable[[Context, Options], tuple[p.Block, ...]]
"""A component: from its options to what it shows."""
