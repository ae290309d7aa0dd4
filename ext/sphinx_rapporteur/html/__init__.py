"""What HTML pages need beyond their content: style, navigation, descriptions, links to the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_rapporteur.html import context, navigation

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STATIC = Path(__file__).parent / "static"
STYLE = "rapporteur.css"


def _add_static_path(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STATIC))


def setup(app: Sphinx) -> None:
    """Add the style sheet and what pages are given."""
    app.connect("builder-inited", _add_static_path)
    app.add_css_file(STYLE)
    # Before the themes' own handlers, which ask for the navigation.
    app.connect("html-page-context", navigation.bound_navigation, priority=400)
    app.connect("html-page-context", context.add_context, priority=450)
