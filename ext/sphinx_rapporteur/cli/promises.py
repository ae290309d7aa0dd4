"""What a site promised: the inventory that was published last, and the paths of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from sphinx_rapporteur.config import PREFIX, Settings
from sphinx_rapporteur.formats.inventory import InventoryError, read_published
from sphinx_rapporteur.records.published import PublishedObject


@dataclass(frozen=True, slots=True)
class Promises:
    """Published objects, and the paths under which pages of each kind are today."""

    published: tuple[PublishedObject, ...]
    prefixes: Mapping[str, str]


def read_promises(source: str, conf: Path | None) -> Promises:
    """Return what the inventory *source* promises, with the settings of the ``conf.py`` in *conf*.

    Raises ``InventoryError`` if there is no inventory to be had or the settings cannot be read.
    """
    settings = _settings(conf) if conf is not None else Settings()
    return Promises(read_published(source), settings.prefixes)


def _settings(conf: Path) -> Settings:
    # ruff: noqa: PLC0415  (the other commands need no Sphinx)
    from sphinx.config import Config
    from sphinx.errors import ConfigError
    from sphinx.util.tags import Tags

    try:
        config = Config.read(conf.resolve(), overrides={}, tags=Tags())
    except ConfigError as error:
        raise InventoryError(f"{conf / 'conf.py'} cannot be read: {error}") from error
    given = config._raw_config  # noqa: SLF001  (the values as written; the settings are not registered here)
    defaults = {PREFIX + item.name: Settings.default_of(item) for item in fields(Settings)}

    def report(_name: str, _value: object, _expected: str) -> None:
        """A build says what is wrong with a setting."""

    return Settings.from_config(lambda name: given.get(name, defaults[name]), report=report)
