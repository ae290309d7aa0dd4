"""Three habits of a build that cost most on a large site, changed while it runs.

Sphinx keeps every doctree in memory between reading and writing it (since 7.2; sphinx-doc/sphinx#11505
and its successors), which is most of a large build's memory and saves no time. Python's collector
walks the whole heap again and again while doctrees, which are full of cycles, come and go. Sphinx's
search index remembers the stems of words for one page, and stems the same words on the next.
Figures: the page on performance in the documentation.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import lru_cache, wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

from docutils.utils import DependencyList
from sphinx import builders as sphinx_builders
from sphinx.builders import html as sphinx_html
from sphinx.search import SearchLanguage, languages
from sphinx.util import docutils as sphinx_docutils

from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_THRESHOLDS = (5_000, 100, 100)
"""Allocations before the youngest generation is collected, and how often the older ones are."""


_STEMS = 500_000
_SHARE, _SHARES = 100, 20
"""Of pages to write: how many at most are one process's, and how many shares a process gets at least."""


class _Forgetful(dict[str, Any]):
    """A cache that keeps the root document alone, which every page's navigation asks for."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self._root = root

    def __setitem__(self, key: str, value: Any) -> None:
        """Forget, unless it is the root."""
        if key == self._root:
            super().__setitem__(key, value)


def setup(app: Sphinx) -> None:
    """Change the habits of this build."""
    app.connect("config-inited", remember_settings)
    app.connect("config-inited", remember_stems)
    app.connect("builder-inited", lighten)
    app.connect("builder-inited", remember_checksums)
    app.connect("builder-inited", share_work)


def lighten(app: Sphinx) -> None:
    """Keep no doctrees in memory, and collect less often until the build is over (``builder-inited``)."""
    env: Any = app.env
    env._pickled_doctree_cache = _Forgetful(app.config.root_doc)  # noqa: SLF001
    env._write_doc_doctree_cache = _Forgetful("")  # noqa: SLF001
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    app.connect("build-finished", lambda _app, _exception: gc.set_threshold(*before))


def remember_settings(_app: Sphinx, _config: Config) -> None:
    """Read docutils' settings once for each kind of page (``config-inited``).

    Since 9.0, Sphinx makes an option parser of a hundred options for every page it reads.
    """
    make = getattr(sphinx_docutils, "_get_settings", None)
    if make is None or hasattr(make, "remembers_settings"):
        return
    known: dict[Any, tuple[dict[str, Any], Any]] = {}

    @wraps(make)
    def remembering(*components: Any, defaults: Any, read_config_files: bool = False) -> Any:
        key = tuple(one if isinstance(one, type) else type(one) for one in components), read_config_files
        if key not in known or known[key][0] != defaults:
            known[key] = (
                dict(defaults),
                make(*components, defaults=defaults, read_config_files=read_config_files),
            )
        settings = known[key][1].copy()
        settings.record_dependencies = DependencyList()
        return settings

    remembering.remembers_settings = True  # type: ignore[attr-defined]
    sphinx_docutils._get_settings = remembering  # noqa: SLF001


def share_work(app: Sphinx) -> None:
    """Give parallel processes fewer and larger shares of the work (``builder-inited``).

    Sphinx forks a process for every ten pages that are written, and for each share that is read it pickles
    the whole environment: more than two processes ever save.
    """
    module: Any = sphinx_builders
    before = getattr(module.make_chunks, "__wrapped__", module.make_chunks)

    @wraps(before)
    def make_shares(docnames: Sequence[str], nproc: int, maxbatch: int = 10) -> list[Any]:
        if workspace_of(app.env).root is None:
            return list(before(docnames, nproc, maxbatch))
        if nproc >= app.parallel:  # reading: all processes work, and each share costs an environment
            return [share for start in range(nproc) if (share := docnames[start::nproc])]
        size = max(maxbatch, min(_SHARE, len(docnames) // (_SHARES * nproc)))
        return [docnames[start : start + size] for start in range(0, len(docnames), size)]

    module.make_chunks = make_shares


def remember_checksums(app: Sphinx) -> None:
    """Look up the checksum of a style sheet or a script once, not once on every page (``builder-inited``)."""
    module: Any = sphinx_html
    if checksum := getattr(module, "_file_checksum", None):
        checksum = getattr(checksum, "__wrapped__", checksum)
        # Anew for each build: another one of the same process may have other files.
        module._file_checksum = lru_cache(maxsize=1000)(checksum)  # noqa: SLF001


def remember_stems(app: Sphinx, _config: Config) -> None:
    """Register the site's search language with a stemmer that remembers (``config-inited``)."""
    language = app.config.html_search_language or app.config.language or ""
    for code in (language, language.partition("_")[0]):
        found = languages.get(code)
        if isinstance(found, str):
            module, _dot, name = found.rpartition(".")
            found = getattr(import_module(module), name)
        if found is not None and not hasattr(found, "remembers_stems"):
            app.add_search_language(_remembering(found))
            return


def _remembering(language: type[SearchLanguage]) -> type[SearchLanguage]:
    class Remembering(language):  # type: ignore[misc, valid-type]
        remembers_stems = True

        def __init__(self, options: dict[str, Any]) -> None:
            super().__init__(options)
            self.stem = lru_cache(maxsize=_STEMS)(super().stem)
            self.word_filter = lru_cache(maxsize=_STEMS)(super().word_filter)

        def split(self, input: str) -> list[str]:  # noqa: A002  (Sphinx calls it so)
            # The index asks whether a page has a word, not how often.
            return list(dict.fromkeys(super().split(input)))

    return Remembering
