"""What a site promised: the inventory that was published last, and the paths of its pages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

from sphinx_rapporteur.config import PREFIX, Settings
from sphinx_rapporteur.formats.inventory import read_inventory
from sphinx_rapporteur.pages.promised import PublishedPages, Sources, check_pages, not_compared
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.failure import NOWHERE
from sphinx_rapporteur.records.finding import Finding, Place
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.records.published import PublishedObject, check_published, is_known
from sphinx_rapporteur.render.attributes import attributes_of

_PLURALS = {"person": "people"}
_DOCUMENT, _LABEL = "std:doc", "std:label"


@dataclass(frozen=True, slots=True)
class Promises:
    """Published objects and pages, the paths of pages of each kind today, and the source folder."""

    published: tuple[PublishedObject, ...]
    pages: PublishedPages
    prefixes: Mapping[str, str]
    sources: Sources | None
    withheld: Counter[str] = field(default_factory=Counter)
    """How many published objects of each kind are gone since something is withheld; known once checked."""

    def broken(self, catalog: Catalog, whole: Callable[[], Catalog]) -> Iterator[Finding]:
        """Yield a finding for each promise that the records and pages of today do not keep.

        *whole* returns the catalog as it would be if nothing were withheld.
        """
        shown = whole() if any(catalog.withheld.values()) else None
        self.withheld.update(
            item.kind
            for item in self.published
            if item.kind in KIND_NAMES
            and catalog.resolve(item.kind, item.name) is None
            and is_known(catalog, item.kind, item.name, whole=shown)
        )
        conf = self.sources.conf if self.sources is not None else NOWHERE
        attributes = partial(attributes_of, catalog)
        yield from check_published(
            catalog,
            self.published,
            whole=shown,
            prefixes=self.prefixes,
            redirects=frozenset(self.sources.settings.redirects if self.sources is not None else ()),
            attributes=attributes,
            conf=conf,
        )
        if self.sources is not None:
            yield from check_pages(catalog, self.pages, self.published, self.sources, whole=shown)

    def notes(self) -> list[str]:
        """Return what was accepted, and what was not compared."""
        # Without names: a log may be public.
        counts = ", ".join(
            f"{count:,} {KIND_NAMES[kind] if count == 1 else _PLURALS.get(kind, KIND_NAMES[kind] + 's')}"
            for kind, count in sorted(self.withheld.items())
        )
        accepted = [f"gone because something is withheld, and accepted: {counts}"] if counts else []
        return accepted + not_compared(self.pages, self.published, self.sources)


def read_promises(source: str, settings: Settings, *, conf: Path | None, data: Path) -> Promises:
    """Return what the inventory *source* promises; raise ``InventoryError`` if it is not to be had.

    *conf* is the folder of ``conf.py``, and *data* the data folder, to which places are relative.
    """
    indexes = {"topic": settings.url_topics, "sdg": settings.url_sdgs}
    inventory = read_inventory(source)
    others = dict(inventory.others)
    documents, labels = others.pop(_DOCUMENT, {}), others.pop(_LABEL, {})
    pages = PublishedPages(
        {name: title for name, (_uri, title) in documents.items()},
        {name: uri for name, (uri, _title) in labels.items()},
        {kind: len(items) for kind, items in others.items()},
    )
    sources = None if conf is None else _sources(conf, settings, data)
    return Promises(inventory.objects, pages, {**settings.prefixes, **indexes}, sources)


def _sources(conf: Path, settings: Settings, data: Path) -> Sources:
    """Return which pages are written by hand, as Sphinx finds them, or in any format of other extensions."""
    found = set()
    for path in conf.rglob("*"):
        relative = path.relative_to(conf)
        if path.is_file() and not any(part.startswith((".", "_build")) for part in relative.parts):
            found.add(relative.with_suffix("").as_posix())
    file = conf.resolve() / "conf.py"
    lines = file.read_text("utf-8", "replace").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.startswith("rapporteur_redirects")), 1)
    return Sources(settings, frozenset(found), Place(os.path.relpath(file, data.resolve()), line))


class ConfError(ValueError):
    """A ``conf.py`` cannot be read; the text says why."""


def read_settings(conf: Path) -> Settings:
    """Return the settings of the ``conf.py`` in the folder *conf*; raise ``ConfError`` if it fails."""
    # ruff: noqa: PLC0415  (the other commands need no Sphinx)
    from sphinx.config import Config
    from sphinx.errors import ConfigError
    from sphinx.util.tags import Tags

    try:
        config = Config.read(conf.resolve(), overrides={}, tags=Tags())
    except ConfigError as error:
        raise ConfError(f"{conf / 'conf.py'} cannot be read: {error}") from error
    given = config._raw_config  # noqa: SLF001  (the values as written; the settings are not registered here)
    defaults = {PREFIX + item.name: Settings.default_of(item) for item in fields(Settings)}

    def report(_name: str, _value: object, _expected: str) -> None:
        """A build says what is wrong with a setting."""

    return Settings.from_config(lambda name: given.get(name, defaults[name]), report=report)
