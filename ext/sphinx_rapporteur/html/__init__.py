"""What HTML pages need beyond their content: style, navigation, descriptions, links to the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_rapporteur.find import pagefind
from sphinx_rapporteur.html import (
    assets,
    cleanup,
    context,
    edit,
    finish,
    moved,
    navigation,
    outputs,
    policy,
    redirects,
    search,
    social,
    validity,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"


def _add_static_path(app: Sphinx) -> None:
    # A copy: the list may be Sphinx's own default, which the next build of this process would share.
    app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]


def _add_template_path(_app: Sphinx, config: Config) -> None:
    # A copy: the list may be the one in conf.py.
    config.templates_path = [*config.templates_path, str(TEMPLATES)]


def _keep_out_of_books(_app: Sphinx, config: Config) -> None:
    # A copy, as above.
    config.epub_exclude_files = [*config.epub_exclude_files, *cleanup.MANIFESTS]


def setup(app: Sphinx) -> None:
    """Add the style sheet and what pages are given."""
    app.connect("config-inited", _add_template_path)
    app.connect("config-inited", _keep_out_of_books)
    app.connect("builder-inited", _add_static_path)
    app.add_css_file(assets.STYLE)
    # Before the themes' own handlers, which ask for the navigation.
    app.connect("html-page-context", navigation.bound_navigation, priority=400)
    app.connect("html-page-context", context.add_context, priority=450)
    app.connect("html-page-context", edit.add_edit_link)
    app.connect("html-page-context", moved.add_left_anchors)
    app.connect("html-page-context", pagefind.search_page)
    app.connect("builder-inited", assets.add_all_assets)
    app.connect("html-page-context", assets.add_page_assets)
    app.connect("html-collect-pages", redirects.redirect_pages)
    app.connect("doctree-resolved", redirects.keep_anchors)
    app.connect("write-started", finish.before_writing)
    app.connect("builder-inited", finish.spare, priority=900)
    app.connect("builder-inited", pagefind.report_missing, priority=900)
    app.connect("build-finished", finish.finish)
    app.connect("doctree-resolved", search.forget_words)
    app.connect("html-collect-pages", search.keep_titles_text)
    app.connect("env-get-outdated", outputs.to_read_again)
    app.connect("env-updated", outputs.to_write_again)
    app.connect("write-started", outputs.begin)
    # Around what puts the policy in: neither changes what the other reads.
    app.connect("builder-inited", validity.prepare, priority=890)
    app.connect("builder-inited", policy.prepare, priority=900)
    # After those of others, who may have said the same.
    app.connect("html-page-context", social.add_tags, priority=600)
    app.connect("builder-inited", social.check_fonts, priority=900)
    app.connect("build-finished", social.remove_stale)
    app.connect("build-finished", policy.write_headers)
    app.connect("build-finished", outputs.finish)
    app.connect("doctree-resolved", finish.note_written)
