"""The text of a page: its layout, filled with the ids of its records and never with their content.

Layouts are MyST with Jinja around it, so that a heading stands only where something follows. They
belong to the site and are trusted; what a record holds is not, so every value that a layout prints
is escaped, and only ids pass as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from sphinx_rapporteur.pages.plan import PlannedPage
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.render.dates import day_name
from sphinx_rapporteur.render.labels import _

LAYOUT_FOLDER = "rapporteur"
"""The folder in ``templates_path`` in which a site's own layouts lie."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


class Id(str):
    """An id: of letters, digits, hyphens and slashes, so that it needs no escaping."""

    __slots__ = ()


def escape_markdown(text: str) -> str:
    """Return *text* on one line with every ASCII punctuation character escaped: MyST reads it as it is."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def _finalize(value: Any) -> Any:
    return value if isinstance(value, (Id, int)) else escape_markdown(str(value))


class Layouts:
    """The layouts of a project: the package's, or a site's own where there is one."""

    def __init__(self, template_folders: Iterable[Path]) -> None:
        own = [folder / LAYOUT_FOLDER for folder in template_folders]
        loaders: list[BaseLoader] = [
            FileSystemLoader(own),
            PackageLoader("sphinx_rapporteur.pages", "layouts"),
        ]
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            finalize=_finalize,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # noqa: S701  (the output is MyST, and _finalize escapes for it)
        )

    def render(self, page: PlannedPage, catalog: Catalog) -> str:
        """Return the MyST text of *page*; Jinja's own errors pass through."""
        template = self._environment.get_template(f"{page.layout}.md")
        record = _record(catalog, page)
        return template.render(
            id=Id(page.id),
            record=record,
            catalog=catalog,
            title=_title(catalog, page),
            as_id=Id,
            day_name=lambda day: day_name(day, catalog.locale),
            _=_,
        )


def _record(catalog: Catalog, page: PlannedPage) -> Any:
    return catalog.shelf(page.kind)[page.id] if page.kind else None


def _title(catalog: Catalog, page: PlannedPage) -> str:
    record = _record(catalog, page)
    return "" if record is None else record.title if page.kind == "session" else record.name
