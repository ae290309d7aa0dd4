"""Record text, which anybody may have written, as docutils nodes from an allow-list.

``render_text`` gives blocks, ``render_inline`` what fits into a table cell, ``plain_text`` the words
alone. None of them raises for any text, and none makes a raw node.
"""

from __future__ import annotations

from sphinx_rapporteur.render.text.blocks import render_text
from sphinx_rapporteur.render.text.context import TextContext, UniqueIds
from sphinx_rapporteur.render.text.flat import plain_text, render_inline
from sphinx_rapporteur.render.text.syntax import OBJECT_ROLES

__all__ = ["OBJECT_ROLES", "TextContext", "UniqueIds", "plain_text", "render_inline", "render_text"]
