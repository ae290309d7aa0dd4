"""The search index: without the words that stand on no page any more, and with titles that are text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import sphinx

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_TITLES_ARE_HTML = sphinx.version_info < (9, 0)
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


def keep_titles_text(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Make headings in the search index harmless to Sphinx's own script (``html-collect-pages``).

    Before 9.0 it took the heading of a section for HTML, so that ``<img onerror=…>`` in a report's heading
    would have run in the reader's search. A title that was made harmless before stays as it is.
    """
    titles = getattr(getattr(app.builder, "indexer", None), "_all_titles", {})
    if _TITLES_ARE_HTML:
        for docname, found in titles.items():
            titles[docname] = [(title.replace("<", "&lt;"), anchor) for title, anchor in found]
    yield from ()
