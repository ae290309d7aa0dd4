"""Pages whose pictures in the data folder were touched, yet are as they were: they are not read again."""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_MISSING = "missing"


def note_files(app: Sphinx, _doctree: nodes.document) -> None:
    """Remember what the files were that a page which was read depends on (``doctree-read``)."""
    env = app.env
    root = workspace_of(env).root
    if root is None:
        return
    for name in env.dependencies.get(env.docname, ()):
        file = _real(Path(env.srcdir, name))
        if file.is_relative_to(root):
            domain_of(env).data["files"].setdefault(env.docname, {})[str(name)] = _digest(file)


def pass_over_touched(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Take off the pages of which nothing but times changed (``env-get-outdated``).

    Sphinx offers no other way: it goes by the time of each file.
    """
    known = domain_of(env).data["files"]
    changed -= {docname for docname in changed & known.keys() if _is_as_read(app, docname, known[docname])}
    return []


def _is_as_read(app: Sphinx, docname: str, known: dict[str, str]) -> bool:
    env = app.env
    read_at = env.all_docs[docname]
    own = Path(env.doc2path(docname)), Path(app.doctreedir, f"{docname}.doctree")
    if docname in env.reread_always or not own[1].is_file() or _changed_at(own[0]) > read_at:
        return False
    for name in env.dependencies.get(docname, ()):
        file = Path(env.srcdir, name)
        if str(name) in known:
            if _digest(_real(file)) != known[str(name)]:
                return False
        elif not file.is_file() or _changed_at(file) > read_at:
            return False
    return True


def _real(file: Path) -> Path:
    """Return where a file is, links followed as far as they lead: ``resolve`` fails over one to itself."""
    return Path(os.path.realpath(file))


def _changed_at(file: Path) -> int:
    """Return when a file was changed in the unit of Sphinx's times of reading, rounded up as it does."""
    return -(-file.stat().st_mtime_ns // 1_000)


def _digest(file: Path) -> str:
    try:
        status = file.stat()
        return _digest_of(file, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    except OSError:
        return _MISSING


@lru_cache(maxsize=10_000)
def _digest_of(file: Path, _size: int, _changed: int, _noted: int) -> str:
    return sha256(file.read_bytes()).hexdigest()[:16] if file.is_file() else _MISSING
