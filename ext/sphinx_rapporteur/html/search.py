"""The search index of an incremental build: without the words that stand on no page any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakSet

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_PRUNED: WeakSet[Any] = WeakSet()


def forget_words(app: Sphinx, _doctree: nodes.document, _docname: str) -> None:
    """Drop words without a page, once the index of the last build is loaded (``doctree-resolved``).

    Sphinx takes the pages off such words and keeps the words, so that a name that was withheld since
    would stay in ``searchindex.js``.
    """
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None or indexer in _PRUNED:
        return
    _PRUNED.add(indexer)
    for mapping in (indexer._mapping, indexer._title_mapping):  # noqa: SLF001  (there is no interface for it)
        for word in [word for word, docnames in mapping.items() if not docnames]:
            del mapping[word]
