"""Session reports as data: speaker cards, statistics tables and citable figures for Sphinx."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__version__ = "0.1.0"


def setup(app: Sphinx) -> dict[str, Any]:
    """Wire the rooms to Sphinx."""
    # Imported here, so that the command needs no Sphinx.
    from sphinx_rapporteur import config, html
    from sphinx_rapporteur.directives import asking, outdated, toctree
    from sphinx_rapporteur.directives.component import EmitComponents, component
    from sphinx_rapporteur.directives.forum import DIRECTIVES
    from sphinx_rapporteur.domain import former_links, hover, remote_tracking, touched, tracking
    from sphinx_rapporteur.domain.hide_withheld import HideWithheld
    from sphinx_rapporteur.domain.objects import ForumDomain
    from sphinx_rapporteur.domain.show_remote import AddRemoteCards, ShowRemote
    from sphinx_rapporteur.pages import build, heading, once, parser, project, speed, speed_text, summary
    from sphinx_rapporteur.render.labels import CATALOG

    app.setup_extension("myst_parser")
    app.setup_extension("sphinx_design")
    app.add_message_catalog(CATALOG, str(Path(__file__).parent / "locale"))
    for item in fields(config.Settings):
        default = config.Settings.default_of(item)
        app.add_config_value(config.PREFIX + item.name, default, item.metadata["rebuild"], types=Any)
    app.add_domain(ForumDomain)
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain(ForumDomain.name, name, directive)
    app.add_node(component)
    app.add_node(hover.hover, html=(hover.visit_hover_html, hover.depart_hover_html))
    app.add_source_suffix(project.STUB_SUFFIX, parser.FILETYPE)
    app.add_source_parser(parser.LayoutParser)
    app.add_transform(heading.GeneratedPage)
    app.add_transform(heading.PlainTitles)
    app.add_post_transform(EmitComponents)
    app.add_post_transform(HideWithheld)
    former_links.setup(app)
    toctree.setup(app)
    app.add_post_transform(ShowRemote)
    app.add_post_transform(AddRemoteCards)
    summary.setup(app)
    once.setup(app)
    speed.setup(app)
    app.connect("builder-inited", speed_text.spare)
    app.connect("builder-inited", build.load)
    app.connect("env-before-read-docs", build.report_shadowed)
    app.connect("env-before-read-docs", build.report_redirects)
    # First: others leave alone what is to be read anyway.
    app.connect("env-get-outdated", touched.pass_over_touched, priority=100)
    app.connect("env-get-outdated", outdated.outdated)
    app.connect("doctree-read", asking.keep_when_read)
    app.connect("doctree-read", tracking.note_mentions)
    app.connect("doctree-read", touched.note_files, priority=900)
    remote_tracking.setup(app)
    app.connect("missing-reference", tracking.explain_missing, priority=900)
    html.setup(app)
    return {
        "version": __version__,
        # What components show may change with each version.
        "env_version": f"{__version__}-1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
