"""Two habits of a build that cost most on a large site, changed while it runs.

Sphinx keeps every doctree in memory between reading and writing it (since 7.2; sphinx-doc/sphinx#11505
and its successors), which is most of a large build's memory and saves no time. Python's collector
walks the whole heap again and again while doctrees, which are full of cycles, come and go.
Figures: the page on performance in the documentation.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_THRESHOLDS = (100_000, 20, 50)
"""Allocations before the youngest generation is collected, and how often the older ones are."""


class _Forgetful(dict[str, Any]):
    """A cache that keeps the root document alone, which every page's navigation asks for."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self._root = root

    def __setitem__(self, key: str, value: Any) -> None:
        """Forget, unless it is the root."""
        if key == self._root:
            super().__setitem__(key, value)


def lighten(app: Sphinx) -> None:
    """Keep no doctrees in memory, and collect less often until the build is over (``builder-inited``)."""
    env: Any = app.env
    env._pickled_doctree_cache = _Forgetful(app.config.root_doc)  # noqa: SLF001
    env._write_doc_doctree_cache = _Forgetful("")  # noqa: SLF001
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    app.connect("build-finished", lambda _app, _exception: gc.set_threshold(*before))
