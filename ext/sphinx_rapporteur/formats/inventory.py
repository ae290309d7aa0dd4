"""Sphinx inventories (``objects.inv``): what a site published under which address."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx_rapporteur.records.published import PublishedObject

DOMAIN = "forum:"
FILENAME = "objects.inv"
ATTRIBUTES = "rapporteur.json"
_TIMEOUT = 30
_MAX_BYTES = 50_000_000
_MAX_UNPACKED = 300_000_000
"""Python's own inventory has 150 kB, and unpacked 2 MB."""


class InventoryError(ValueError):
    """An inventory cannot be had or read; the text says why."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a site published: the objects of our domain, and all else by type."""

    objects: tuple[PublishedObject, ...]
    others: Mapping[str, Mapping[str, tuple[str, str]]]
    """By type (``std:doc``) and name: address and display name."""


def read_inventory(source: str) -> Inventory:
    """Return what an inventory lists; raise ``InventoryError`` if it is not to be had.

    *source* is the path or the address of an inventory, or of the site beside which it lies. What lies
    beside it under the name of the file of attributes is read too.
    """
    attributes = _attributes(_beside(source))
    items = list(_items(_load(source)))
    objects = [
        PublishedObject(kind.removeprefix(DOMAIN), name, uri, display, _of(attributes, kind, name))
        for kind, name, uri, display in items
        if kind.startswith(DOMAIN)
    ]
    others: dict[str, dict[str, tuple[str, str]]] = {}
    for kind, name, uri, display in items:
        if not kind.startswith(DOMAIN):
            others.setdefault(kind, {})[name] = uri, display
    return Inventory(tuple(objects), others)


def read_published(source: str) -> tuple[PublishedObject, ...]:
    """Return the objects of our domain that an inventory lists; raise ``InventoryError`` otherwise."""
    return read_inventory(source).objects


def entry_of(item: Any) -> tuple[str, str]:
    """Return address and display name of an inventory's entry: an object since Sphinx 8.2, a tuple before."""
    return (item.uri, item.display_name) if hasattr(item, "display_name") else (item[2], item[3])


def _load(source: str) -> bytes:
    if "://" not in source:
        path = Path(source)
        file = path / FILENAME if path.is_dir() else path
        try:
            return _within(source, file.read_bytes() if file.stat().st_size <= _MAX_BYTES else None)
        except OSError as error:
            if path.is_dir() and not file.exists():
                message = f"there is no {FILENAME} in this folder; give that of a built site, or its address"
                raise InventoryError(f"{source}: {message}") from error
            raise InventoryError(f"{source}: {error.strerror}") from error
    url = source if source.endswith(".inv") else f"{source.rstrip('/')}/{FILENAME}"
    return _get(url)


def _get(url: str) -> bytes:
    import requests  # noqa: PLC0415  (only where an address is asked for)

    try:
        with requests.get(url, timeout=_TIMEOUT, stream=True) as response:
            response.raise_for_status()
            data = b""
            for chunk in response.iter_content(1 << 20):
                data += chunk
                if len(data) > _MAX_BYTES:
                    return _within(url, None)
    except requests.RequestException as error:
        raise InventoryError(f"{url}: {error}") from error
    return data


def _within(source: str, data: bytes | None) -> bytes:
    """Return what was read, if it was not too much."""
    if data is None:
        raise InventoryError(f"{source}: this is no inventory: it has more than {_MAX_BYTES:,} bytes")
    return data


def _beside(source: str) -> bytes:
    """Return the file of attributes beside an inventory, or nothing: it only makes advice better."""
    try:
        if "://" in source:
            folder = source.rpartition("/")[0] if source.endswith(".inv") else source.rstrip("/")
            return _get(f"{folder}/{ATTRIBUTES}")
        path = Path(source)
        file = (path if path.is_dir() else path.parent) / ATTRIBUTES
        return file.read_bytes() if file.stat().st_size <= _MAX_BYTES else b""
    except (OSError, InventoryError):
        return b""


def _attributes(data: bytes) -> Any:
    try:
        content = json.loads(data) if data else {}
    except (ValueError, RecursionError):
        return {}
    return content.get("objects") if isinstance(content, dict) else {}


def _of(attributes: Any, kind: str, name: str) -> dict[str, str]:
    shelf = attributes.get(kind.removeprefix(DOMAIN)) if isinstance(attributes, dict) else None
    found = shelf.get(name) if isinstance(shelf, dict) else None
    pairs = found.items() if isinstance(found, dict) else ()
    return {key: value for key, value in pairs if isinstance(value, str)}


def _checked(data: bytes) -> bytes:
    """Return an inventory that takes Sphinx neither much memory nor much time, or raise ``ValueError``."""
    head, mark, body = data.partition(b"zlib.\n")
    packed = zlib.decompressobj()
    lines = packed.decompress(body, _MAX_UNPACKED)
    # Before 8.2, Sphinx took the part of a file that was cut for all of it.
    if not packed.eof:
        raise ValueError("it is cut off, or unpacks to very much")
    # Sphinx tries each two of the spaces in a row.
    return head + mark + zlib.compress(re.sub(rb"[^\S\n]{2,}", b" ", lines), 1)


def _items(data: bytes) -> Iterator[tuple[str, str, str, str]]:
    """Yield type, name, address and display name of each entry."""
    from sphinx.util.inventory import InventoryFile  # noqa: PLC0415  (the other commands need no Sphinx)

    try:
        inventory = InventoryFile.load(io.BytesIO(_checked(data)), "", lambda _base, uri: uri)
    except (ValueError, OSError, zlib.error) as error:
        raise InventoryError(f"this is no inventory of Sphinx: {error}") from error
    for key, objects in inventory.data.items() if hasattr(inventory, "data") else inventory.items():
        for name, item in objects.items():
            uri, display = entry_of(item)
            yield key, name, uri, name if display == "-" else display
