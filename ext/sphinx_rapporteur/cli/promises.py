"""What a site promised: the inventory that was published last, and the paths of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from sphinx_rapporteur.config import PREFIX, Settings
from sphinx_rapporteur.formats.inventory import read_published
from sphinx_rapporteur.records.published import PublishedObject


@dataclass(frozen=True, slots=True)
class Promises:
    """Published objects, and the paths under which pages of each kind are today."""

    published: tuple[PublishedObject, ...]
    prefixes: Mapping[str, str]


def read_promises(source: str, settings: Settings) -> Promises:
    """Return what the inventory *source* promises; raise ``InventoryError`` if it is not to be had."""
    indexes = {"topic": settings.url_topics, "sdg": settings.url_sdgs}
    return Promises(read_published(source), {**settings.prefixes, **indexes})


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
