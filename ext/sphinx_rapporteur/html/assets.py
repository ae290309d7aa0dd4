"""The style sheets and scripts of pages: the smaller ones are loaded where they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_rapporteur.domain.hover import hover

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

STYLE = "rapporteur.css"
HOVER_STYLE = "rapporteur-hover.css"
HOVER_SCRIPT = "rapporteur-hover.js"
SCHEDULE_SCRIPT = "rapporteur-schedule.js"
MOVED_SCRIPT = "rapporteur-moved.js"
SEARCH_STYLE = "rapporteur-search.css"
SEARCH_SCRIPT = "rapporteur-search.js"
FILTER_STYLE = "rapporteur-filter.css"
FILTER_SCRIPT = "rapporteur-filter.js"


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load what this page needs (``html-page-context``)."""
    if doctree is not None and doctree.next_node(hover) is not None:
        _add_hover_cards(app)
    if 'class="rp-grid ' in context.get("body", ""):
        _add_schedule(app)
    if 'class="rp-moved"' in context.get("body", ""):
        _add_moved(app)
    if 'class="rp-filtered"' in context.get("body", ""):
        _add_filter(app)
    if 'class="rp-find"' in context.get("body", ""):
        app.add_css_file(SEARCH_STYLE)
        app.add_js_file(SEARCH_SCRIPT, loading_method="defer")


def add_all_assets(app: Sphinx) -> None:
    """Load everything in output that has one list for all its pages (``builder-inited``).

    sphinxcontrib-serializinghtml would list what the pages written last have needed.
    """
    if hasattr(app.builder, "globalcontext_filename"):
        _add_hover_cards(app)
        _add_schedule(app)
        _add_moved(app)
        _add_filter(app)


def _add_hover_cards(app: Sphinx) -> None:
    app.add_css_file(HOVER_STYLE)
    app.add_js_file(HOVER_SCRIPT, loading_method="defer")


def _add_schedule(app: Sphinx) -> None:
    app.add_js_file(SCHEDULE_SCRIPT, loading_method="defer")


def _add_moved(app: Sphinx) -> None:
    app.add_js_file(MOVED_SCRIPT, loading_method="defer")


def _add_filter(app: Sphinx) -> None:
    app.add_css_file(FILTER_STYLE)
    app.add_js_file(FILTER_SCRIPT, loading_method="defer")
