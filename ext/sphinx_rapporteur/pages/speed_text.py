"""What Sphinx and docutils do for each page again, though there is nothing to be done for it.

Each is left as it is where there is something to do; what pages show stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

from docutils.utils import smartquotes
from sphinx.builders import html as sphinx_html
from sphinx.environment.adapters import toctree
from sphinx.transforms import i18n

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TO_EDUCATE = re.compile(r"[\"'`\\&]|--|\. ?\.")
"""What the education of quotation marks, dashes and ellipses begins with."""
_STUPEFY = "-1"
"""The action that turns them back."""


def spare(app: Sphinx) -> None:
    """Put the short ways in place (``builder-inited``)."""
    _spare_education()
    _remember_no_catalog()
    _remember_contents(app)


def _spare_education() -> None:
    """Pass over text without quotation marks, dashes or dots: a dozen expressions search each piece of it."""
    educate = _original(smartquotes, "educate_tokens")

    @wraps(educate)
    def educate_some(
        text_tokens: Iterable[tuple[str, str]], attr: str = "1", language: str = "en"
    ) -> Iterator[str]:
        tokens = list(text_tokens)
        if attr == _STUPEFY or any(_TO_EDUCATE.search(text) for _kind, text in tokens):
            return iter(educate(tokens, attr, language))
        return iter([text for _kind, text in tokens])

    module: Any = smartquotes
    module.educate_tokens = educate_some


def _remember_no_catalog() -> None:
    """Look for a catalog of translations once where there is none: Sphinx asks the disk for every page."""
    init = _original(i18n, "init_locale")
    without: dict[tuple[object, ...], Any] = {}

    @wraps(init)
    def init_once(locale_dirs: Iterable[Any], language: str | None, catalog: str = "sphinx") -> Any:
        folders = list(locale_dirs)
        key = (*map(str, folders), language, catalog)
        if key not in without:
            found = init(folders, language, catalog)
            if found[1]:
                return found
            without[key] = found
        return without[key]

    module: Any = i18n
    module.init_locale = init_once


def _remember_contents(app: Sphinx) -> None:
    """Make a page's list of its sections once: Sphinx shows it, and then Furo counts it."""
    document_toc = _original(toctree, "document_toc")
    last: dict[str, Any] = {}

    @wraps(document_toc)
    def document_toc_once(env: Any, docname: str, tags: Any) -> Any:
        if env is not app.env:
            return document_toc(env, docname, tags)
        if docname not in last:
            last.clear()
            last[docname] = document_toc(env, docname, tags)
        return last[docname]

    modules: tuple[Any, ...] = (toctree, sphinx_html)
    for module in modules:
        module.document_toc = document_toc_once
    # What a page is found to have while it is read is no more than a beginning.
    app.connect("env-check-consistency", lambda _app, _env: last.clear())


def _original(module: Any, name: str) -> Any:
    """Return a function of a module as it was before another build of this process took its place."""
    found = getattr(module, name)
    return getattr(found, "__wrapped__", found)
