"""What the components of a page asked of the records, kept with the page until the records change."""

from __future__ import annotations

import pickle
import zlib
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.answers import Answered
from sphinx_rapporteur.records.questions import Asking

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_ASKED = "asked"
_PAGES: WeakKeyDictionary[BuildEnvironment, tuple[str, Asking]] = WeakKeyDictionary()
"""The page that is being described, with what it has asked so far."""


def asking_on(env: BuildEnvironment, docname: str) -> Asking:
    """Return the catalog that notes what a page asks, until `keep_asked` or `forget_asked`."""
    known = _PAGES.get(env)
    if known is None or known[0] != docname:
        known = _PAGES[env] = (docname, Asking(workspace_of(env).answers))
    return known[1]


def forget_asked(env: BuildEnvironment) -> None:
    """Begin anew with the next page."""
    _PAGES.pop(env, None)


def keep_asked(env: BuildEnvironment, docname: str) -> None:
    """Keep what a page asked, in few bytes: there are dozens of questions to a page."""
    known = _PAGES.pop(env, None)
    if known is not None and known[0] == docname:
        asked = zlib.compress(pickle.dumps(known[1].asked, pickle.HIGHEST_PROTOCOL))
        domain_of(env).data[_ASKED][docname] = asked


def keep_when_read(app: Sphinx, _doctree: nodes.document) -> None:
    """Keep what the page that was read asked (``doctree-read``)."""
    keep_asked(app.env, app.env.docname)


def asked_by(env: BuildEnvironment, docname: str) -> Answered | None:
    """Return what a page asked when it was described, if that is known."""
    kept = domain_of(env).data[_ASKED].get(docname)
    found: Answered | None = pickle.loads(zlib.decompress(kept)) if kept else None  # noqa: S301  (Sphinx's own pickle)
    return found
