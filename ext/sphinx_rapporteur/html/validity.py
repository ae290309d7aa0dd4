"""Pages as the standard has them: what a theme or Sphinx writes otherwise is put right in writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_rapporteur.pages.builders import SITES
from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CAPTION = '<p class="caption" role="heading">'
"""Of a list of pages, as Sphinx writes it: a heading has to have a level (sphinx-doc/sphinx#14030)."""
_CAPTION_WITH_LEVEL = '<p class="caption" role="heading" aria-level="2">'
_PREFETCH = re.compile(r'(<link rel="prefetch" href="[^"<>]*") as="image">')
"""The logo, as Furo has it: what it is may be said of what is preloaded alone."""


def prepare(app: Sphinx) -> None:
    """Have what is written put right (``builder-inited``)."""
    builder: Any = app.builder
    if builder.name not in SITES or workspace_of(app.env).root is None:
        return
    render = builder.templates.render

    def render_valid(name: str, context: dict[str, Any]) -> str:
        return valid(str(render(name, context)))

    builder.templates.render = render_valid


def valid(page: str) -> str:
    """Return a page without the known mistakes."""
    return _PREFETCH.sub(r"\1>", page.replace(_CAPTION, _CAPTION_WITH_LEVEL))
