"""Sphinx inventories (``objects.inv``): what a site published under which address."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx_rapporteur.records.published import PublishedObject

DOMAIN = "forum:"
FILENAME = "objects.inv"
_TIMEOUT = 30


class InventoryError(ValueError):
    """An inventory cannot be had or read; the text says why."""


def read_published(source: str) -> tuple[PublishedObject, ...]:
    """Return the objects of the ``forum`` domain that an inventory lists; raise ``InventoryError`` otherwise.

    *source* is the path or the address of an inventory, or of the site beside which it lies.
    """
    return tuple(_objects(_load(source)))


def entry_of(item: Any) -> tuple[str, str]:
    """Return address and display name of an inventory's entry: an object since Sphinx 8.2, a tuple before."""
    return (item.uri, item.display_name) if hasattr(item, "display_name") else (item[2], item[3])


def _load(source: str) -> bytes:
    if "://" not in source:
        path = Path(source)
        try:
            return (path / FILENAME if path.is_dir() else path).read_bytes()
        except OSError as error:
            raise InventoryError(f"{source}: {error.strerror}") from error
    import requests  # noqa: PLC0415  (only where an address is asked for)

    url = source if source.endswith(".inv") else f"{source.rstrip('/')}/{FILENAME}"
    try:
        response = requests.get(url, timeout=_TIMEOUT)
        response.raise_for_status()
    except requests.RequestException as error:
        raise InventoryError(f"{url}: {error}") from error
    return response.content


def _objects(data: bytes) -> Iterator[PublishedObject]:
    from sphinx.util.inventory import InventoryFile  # noqa: PLC0415  (the other commands need no Sphinx)

    try:
        # Before 8.2, Sphinx took the part of a file that was cut for all of it.
        zlib.decompress(data.partition(b"zlib.\n")[2])
        inventory = InventoryFile.load(io.BytesIO(data), "", lambda _base, uri: uri)
    except (ValueError, OSError, zlib.error) as error:
        raise InventoryError(f"this is no inventory of Sphinx: {error}") from error
    for key, objects in inventory.data.items() if hasattr(inventory, "data") else inventory.items():
        if key.startswith(DOMAIN):
            for name, item in objects.items():
                uri, display = entry_of(item)
                yield PublishedObject(
                    key.removeprefix(DOMAIN), name, uri, name if display == "-" else display
                )
