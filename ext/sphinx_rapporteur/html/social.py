"""What other sites show of a page that somebody shares: title, description, picture (Open Graph)."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from sphinx.util import logging

from sphinx_rapporteur.pages.build import is_generated
from sphinx_rapporteur.pages.builders import SITES
from sphinx_rapporteur.pages.once import report_for
from sphinx_rapporteur.pages.plan import PlannedPage
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import Workspace, page_place, workspace_of
from sphinx_rapporteur.records.catalog import NAME_WITHHELD, Catalog
from sphinx_rapporteur.records.failure import attempt
from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.render.parts import text_of
from sphinx_rapporteur.render.share import HEIGHT, WIDTH, Fonts, Share, draw
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_TYPES = {"session": "article", "person": "profile"}
_SPEAKERS = 6
"""So many names stand on the picture of a session."""
_FILES = "share-*.png"


def add_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the tags to a generated page, if it is known where it will be (``html-page-context``)."""
    base, tags = app.config.html_baseurl, context.get("metatags", "")
    # sphinxext-opengraph, where it is loaded, has written its own.
    is_said = not base or 'property="og:title"' in tags
    if app.builder.name not in SITES or is_said or not is_generated(app.env, pagename):
        return
    workspace = workspace_of(app.env)
    page = workspace.plan.pages[pagename]
    builder: Any = app.builder
    said = {
        "og:title": app.env.titles[pagename].astext(),
        "og:type": _TYPES.get(page.kind, "website"),
        "og:url": urljoin(base, builder.get_target_uri(pagename)),
        "og:site_name": _site_name(app),
    }
    lines = [f'<meta property="{name}" content="{escape(text)}" />' for name, text in said.items()]
    if found := _DESCRIPTION.search(tags):  # escaped already
        lines.append(f'<meta property="og:description" content="{found[1]}" />')
    nothing: list[str] = []
    place = page_place(workspace, pagename)
    lines += attempt(
        lambda: _picture(app, page), report=report_for(workspace), place=place, otherwise=nothing
    )
    context["metatags"] = tags + "\n".join(lines)


def _picture(app: Sphinx, page: PlannedPage) -> list[str]:
    """Return the tags of a page's picture, which is made unless it is there."""
    fonts = fonts_of(app)
    share = share_of(workspace_of(app.env), page, _site_name(app)) if fonts else None
    if fonts is None or share is None:
        return []
    builder: Any = app.builder
    name = fonts.name_of(share)
    if not draw(share, fonts, Path(app.outdir, builder.imagedir, name)):
        return []
    said = {
        "og:image": urljoin(app.config.html_baseurl, f"{builder.imagedir}/{name}"),
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": share.text,
    }
    lines = [f'<meta property="{key}" content="{escape(text)}" />' for key, text in said.items()]
    return [*lines, '<meta name="twitter:card" content="summary_large_image" />']


def fonts_of(app: Sphinx) -> Fonts | None:
    """Return the fonts of pictures; nothing if none is wanted, or one cannot be read."""
    files = workspace_of(app.env).settings.share_fonts
    try:
        return _fonts(tuple(Path(app.confdir, file) for file in files)) if files else None
    except OSError:
        return None


@lru_cache(maxsize=4)
def _fonts(files: tuple[Path, ...]) -> Fonts:
    return Fonts(files)


def check_fonts(app: Sphinx) -> None:
    """Report a font that cannot be read (``builder-inited``)."""
    for file in workspace_of(app.env).settings.share_fonts:
        try:
            Fonts((Path(app.confdir, file),))
        except OSError as error:
            expected = "rapporteur_share_fonts in conf.py: expected font files"
            warn(Subtype.SETTING, f"{expected}; found {file!r} ({error}); no pictures to share are made")


def _site_name(app: Sphinx) -> str:
    return str(app.config.html_title or app.config.project)


def share_of(workspace: Workspace, page: PlannedPage, site: str) -> Share | None:
    """Return what the picture of a page says: of a session or a person, others have none."""
    catalog = workspace.catalog
    if page.kind == "session":
        return _of_session(catalog, catalog.sessions[page.id], site)
    if page.kind == "person":
        return _of_person(catalog, page.id, site)
    return None


def _of_session(catalog: Catalog, session: Session, site: str) -> Share:
    event = catalog.display("event", session.event)
    above = " · ".join(one for one in (event, session.number, session.type) if one)
    when = catalog.time(session)
    parts = [dates.day(when.day, catalog.locale, width="full").text] if when.day else []
    if hours := text_of(dates.span(when.event_start, when.event_end, catalog.locale)):
        parts.append(hours)
    there = [catalog.name_of(one) for one in session.people if one.status == "confirmed"]
    names = list(dict.fromkeys(name for name in there if name and name != NAME_WITHHELD))
    rest = len(names) - _SPEAKERS
    speakers = ", ".join(names[:_SPEAKERS])
    if rest > 0:
        speakers = _("{names} and {n} more").format(names=speakers, n=rest)
    return Share(above, session.title, tuple(one for one in (", ".join(parts), speakers) if one), site)


def _of_person(catalog: Catalog, person_id: str, site: str) -> Share:
    person = catalog.people[person_id]
    entries = catalog.appearances_of(person_id)
    latest = next(
        (one.appearance.affiliations for one in reversed(entries) if one.appearance.affiliations), ()
    )
    bodies = [
        ", ".join(one for one in (item.title, _body(catalog, item.organization, item.name)) if one)
        for item in latest
    ]
    sessions = {one.session.full_id for one in entries if one.session and one.is_confirmed}
    count = _("1 session") if len(sessions) == 1 else _("{n} sessions").format(n=len(sessions))
    lines = (*bodies[:2], *((count,) if sessions else ()))
    return Share("", person.name, tuple(one for one in lines if one), site)


def _body(catalog: Catalog, org_id: str | None, name: str | None) -> str:
    return catalog.display("org", org_id) if org_id else name or ""


def remove_stale(app: Sphinx, exception: Exception | None) -> None:
    """Delete pictures of what is no more, which may show a withheld name (``build-finished``)."""
    if exception is not None or app.builder.name not in SITES:
        return
    builder: Any = app.builder
    folder = Path(app.outdir, builder.imagedir)
    there = {path.name for path in folder.glob(_FILES)}
    if not there and not workspace_of(app.env).settings.share_fonts:
        return
    now = _names(app)
    for name in there - now:
        (folder / name).unlink()
    if there and not any(folder.iterdir()):
        folder.rmdir()
    if missing := len(now - there):
        logger.info(
            "pictures to share: %d pages have none, since no font has all of their characters", missing
        )


def _names(app: Sphinx) -> set[str]:
    """Return the names of the pictures that pages have, or would have with more fonts."""
    fonts = fonts_of(app)
    if fonts is None or not app.config.html_baseurl:
        return set()
    workspace = workspace_of(app.env)
    shares = (
        share_of(workspace, page, _site_name(app))
        for docname, page in workspace.plan.pages.items()
        if is_generated(app.env, docname)
    )
    return {fonts.name_of(share) for share in shares if share is not None}
