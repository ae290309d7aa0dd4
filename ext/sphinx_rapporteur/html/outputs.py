"""What an output folder lacks: pages that changed in a build for another one, or in one that was interrupted.

Sphinx compares a page with the file that it was made from, and the file of a generated page stays as it is
when its records change. So the environment knows when each page last changed, and each output folder how
much of that it has.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util import logging

from sphinx_rapporteur.domain import remote_tracking, tracking
from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.html import edit, navigation
from sphinx_rapporteur.pages.files import write_whole

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

MARKS = "rapporteur-outputs"
"""The folder beside the doctrees with a file for each output folder: the time of the last change that it has.

Not in the output folder itself, which is the same in each build of the same sources.
"""
_UNFINISHED = "unfinished"


def to_read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages whose doctree is not of the build that left the environment (``env-get-outdated``)."""
    try:
        saved = Path(app.doctreedir, ENV_PICKLE_FILENAME).stat().st_mtime_ns
    except OSError:
        return []
    known = env.all_docs.keys() - added - changed - removed
    foreign = sorted(docname for docname in known if _changed_at(app, docname) > saved)
    if foreign:
        logger.info(
            "doctrees newer than the environment, of a build that was interrupted: %d pages are read again",
            len(foreign),
        )
    return foreign


def _changed_at(app: Sphinx, docname: str) -> int:
    try:
        return Path(app.doctreedir, f"{docname}.doctree").stat().st_mtime_ns
    except OSError:
        return 0  # Sphinx reads a page without one


def to_write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show something else than their output (``env-updated``)."""
    data = domain_of(env).data
    asked = (
        tracking.to_write_again,
        remote_tracking.remote_changed,
        navigation.navigation_changed,
        edit.addresses_changed,
    )
    stale = {docname for ask in asked for docname in ask(app, env)}
    changed, before = data["changed"], data["last_change"]
    for docname in changed.keys() - env.all_docs.keys():
        del changed[docname]
    # In the unit of the times of reading that Sphinx keeps.
    changed.update(dict.fromkeys(stale & env.all_docs.keys(), time.time_ns() // 1_000))
    data["last_change"] = max((before, *env.all_docs.values(), *changed.values()))
    return sorted(stale | _missing(app, env, before))


def _missing(app: Sphinx, env: BuildEnvironment, before: int) -> set[str]:
    """The pages that changed since the output folder was last finished."""
    mark = _mark(app)
    said = mark.read_text("utf-8", "replace") if mark.is_file() else ""
    if said == _UNFINISHED:
        logger.info("the last build into this folder was interrupted: all pages are written again")
    has = int(said) if said.isdecimal() else 0
    if not 0 < has <= before:
        return set(env.all_docs)  # nothing is known of the folder, or it is of a later build
    changed = domain_of(env).data["changed"]
    return {name for name, at in env.all_docs.items() if max(at, changed.get(name, 0)) > has}


def _mark(app: Sphinx) -> Path:
    folder = f"{app.builder.name} {os.path.relpath(app.outdir, app.doctreedir)}"
    return Path(app.doctreedir, MARKS, sha256(folder.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def begin(app: Sphinx, _builder: Builder) -> None:
    """Note that the output folder is unfinished (``write-started``)."""
    mark = _mark(app)
    mark.parent.mkdir(parents=True, exist_ok=True)
    write_whole(mark, _UNFINISHED.encode())


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Note that the output folder is finished (``build-finished``)."""
    mark = _mark(app)
    if exception is None and mark.is_file() and mark.read_text("utf-8") == _UNFINISHED:
        write_whole(mark, str(domain_of(app.env).data["last_change"]).encode())
