"""The text of a page: its layout, filled with the ids of its records and never with their content.

Layouts are MyST with Jinja around it, so that a heading stands only where something follows. They
belong to the site and are trusted; what a record holds is not, so every value that a layout prints
is escaped, and only ids pass as they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
)

from sphinx_rapporteur.pages.plan import DAY, PART, PlannedPage
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.grouped import grouped
from sphinx_rapporteur.records.model.base import EXTRA_PREFIX
from sphinx_rapporteur.records.read.explain import did_you_mean, nearest
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


class LayoutError(ValueError):
    """A layout cannot be rendered; the text says why."""

    def __init__(self, message: str, location: str) -> None:
        super().__init__(message)
        self.location = location
        """The layout's file and, where it is known, its line."""


class _Environment(Environment):
    """Jinja in which every name has to exist, but for the site's own keys: not every record has them."""

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what *obj* has under a key; of a missing key of the site's own, nothing."""
        if isinstance(obj, Mapping) and isinstance(argument, str) and argument.startswith(EXTRA_PREFIX):
            return obj[argument] if argument in obj else ChainableUndefined(obj=obj, name=argument)
        return super().getitem(obj, argument)


class Layouts:
    """The layouts of a project: the package's, or a site's own where there is one."""

    def __init__(self, template_folders: Iterable[Path]) -> None:
        package = PackageLoader("sphinx_rapporteur.pages", "layouts")
        self._folders = [folder / LAYOUT_FOLDER for folder in template_folders]
        own = FileSystemLoader(self._folders)
        self._package = _environment(package)
        self._site = _environment(ChoiceLoader([own, package]))

    def render(self, page: PlannedPage, catalog: Catalog) -> str:
        """Return the MyST text of *page*; raise ``LayoutError`` if the layout fails in any way."""
        try:
            return _render(self._site, page, catalog)
        except Exception as error:
            raise LayoutError(f"{type(error).__name__}: {error}", self._location(page, error)) from error

    def render_own(self, page: PlannedPage, catalog: Catalog) -> str:
        """Return the MyST text of *page* from the package's layout, whatever the site has."""
        return _render(self._package, page, catalog)

    def unused(self) -> Iterator[tuple[Path, str]]:
        """Yield each file of the site that is no layout and that no other names, and what it may be."""
        names = self._package.list_templates()
        for folder in self._folders:
            texts = {path: path.read_text("utf-8", "replace") for path in _files(folder)}
            for path in texts:
                others = (text for other, text in texts.items() if other != path)
                if path.name not in names and not any(path.name in text for text in others):
                    yield path, did_you_mean(nearest(path.name, names)) or f"allowed: {', '.join(names)}"

    def _location(self, page: PlannedPage, error: Exception) -> str:
        name = f"{page.layout}.md"
        try:
            path = self._site.loader.get_source(self._site, name)[1] if self._site.loader else None
        except TemplateError:
            path = None
        line = getattr(error, "lineno", None)
        for frame, number in walk_tb(error.__traceback__):
            # Jinja rewrites tracebacks so that they name the template and its lines.
            if frame.f_code.co_filename == path:
                line = number
        return ":".join(str(part) for part in (path or name, line) if part)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.glob("[!._]*.md") if path.is_file())


def _environment(loader: BaseLoader) -> Environment:
    return _Environment(
        loader=loader,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # The output is MyST, and _finalize escapes for it.
    )


def _render(environment: Environment, page: PlannedPage, catalog: Catalog) -> str:
    return environment.get_template(f"{page.layout}.md").render(
        id=Id(page.id),
        record=_record(catalog, page),
        part=Id(page.part[1]),
        catalog=catalog,
        title=_title(catalog, page),
        as_id=Id,
        day_name=lambda day: day_name(day, catalog.locale),
        _=_,
    )


def _record(catalog: Catalog, page: PlannedPage) -> Any:
    return catalog.shelf(page.kind)[page.id] if page.kind else None


def part_title(catalog: Catalog, part: str) -> str:
    """Return the title of a page of a long index."""
    index, key, number = part.split("/")
    found = grouped(catalog, index)
    group = found.group(key)
    label = key.replace("-", ".") if index == "sdgs" else group.label
    title = f"{index_titles()[index]}: {label}"
    pages = found.pages(group)
    return _("{title} ({n} of {pages})").format(title=title, n=number, pages=pages) if pages > 1 else title


def index_titles() -> dict[str, str]:
    """Return the titles of the indexes."""
    return {
        "people": _("People"),
        "countries": _("People by country"),
        "stakeholder-groups": _("People by stakeholder group"),
        "organizations": _("Organisations"),
        "types": _("Sessions by type"),
        "tracks": _("Sessions by track"),
        "topics": _("Topics"),
        "sdgs": _("Sustainable Development Goals"),
        "figures": _("Figures"),
    }


def _title(catalog: Catalog, page: PlannedPage) -> str:
    if page.part[0] == DAY:
        event, _slash, day = page.part[1].partition("/")
        date = day_name(dt.date.fromisoformat(day), catalog.locale)
        return f"{catalog.display('event', event)}: {date}"
    if page.part[0] == PART:
        return part_title(catalog, page.part[1])
    record = _record(catalog, page)
    return "" if record is None else record.title if page.kind == "session" else record.name
