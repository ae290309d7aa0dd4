"""What is fuzzed: each target takes any bytes and may find fault with them, but never fail."""

from __future__ import annotations

import json
import logging
import os
import posixpath
import re
import tempfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from pydantic import TypeAdapter, ValidationError
from sphinx.util.inventory import InventoryFile

from sphinx_rapporteur.domain import remote
from sphinx_rapporteur.formats.inventory import InventoryError, read_inventory
from sphinx_rapporteur.records.catalog import build_catalog
from sphinx_rapporteur.records.figure import parse_figure
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.former import former_names
from sphinx_rapporteur.records.model import types
from sphinx_rapporteur.records.pictures import PictureError, find_picture
from sphinx_rapporteur.records.read import read_folder
from sphinx_rapporteur.render.text import plain_text, render_inline
from sphinx_rapporteur.render.text.characters import clean
from sphinx_rapporteur.render.thumbnails import make_thumbnail
from sphinx_rapporteur.warnings import Subtype
from text_tools import INLINES, check_html, check_nodes, make_context, render, write_html

# What is said of an inventory is seen elsewhere.
logging.getLogger("sphinx").addHandler(logging.NullHandler())

SECONDS_PER_INPUT = 10
MEGABYTES = 2_000
"""What one input may cost at most."""
_LOCALES = ("en", "de", "fr", "ar", "hi")
_FOLDERS = ("people", "sessions/e", "events", "organizations", "indicators")
_SCALARS: tuple[Any, ...] = (
    *(types.Moment, types.Date, types.Offset, types.Clock, types.Flag, types.Count, types.Zone),
    *(types.Country, types.Sdg, types.Orcid, types.Ror, types.Language, types.Colour, types.Url),
    *(types.PhotoPath, types.FormerId, types.Plain),
)
_FORMS: tuple[TypeAdapter[Any], ...] = tuple(map(TypeAdapter, _SCALARS))
_HEAD = (
    b"# Sphinx inventory version 2\n# Project: Far\n# Version: 1\n# The remainder is compressed using zlib.\n"
)
_EVENT = "name: E\nstart: 2024-05-01\nend: 2024-05-02\ntimezone: UTC\n"


def _read(data: bytes, suffix: str) -> None:
    """Read a file of each kind, join it with a healthy event, and read its texts."""
    folder = _FOLDERS[data[0] % len(_FOLDERS)] if data else _FOLDERS[0]
    with tempfile.TemporaryDirectory(dir=_memory()) as name:
        root = Path(name)
        (root / folder).mkdir(parents=True)
        (root / folder / f"a{suffix}").write_bytes(data[1:])
        (root / "events").mkdir(exist_ok=True)
        (root / "events" / "e.yaml").write_text(_EVENT, "utf-8")
        found: list[Finding] = []
        catalog = build_catalog(read_folder(root, report=found.append), report=found.append)
    assert "e" in catalog.events
    assert catalog.digest
    for finding in found:
        assert finding.subtype is not Subtype.INTERNAL, finding
        assert finding.place.line >= 1, finding
        assert finding.text().isprintable(), finding


def _memory() -> str | None:
    """Return a folder that lies in memory, where there is one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def read_yaml(data: bytes) -> None:
    """Read bytes as a YAML file."""
    _read(data, ".yaml")


def read_json(data: bytes) -> None:
    """Read bytes as a JSON file."""
    _read(data, ".json")


def read_toml(data: bytes) -> None:
    """Read bytes as a TOML file."""
    _read(data, ".toml")


def figure(data: bytes) -> None:
    """Read text as a figure, write it in several languages and compare it with itself."""
    try:
        read: Any = parse_figure(data.decode("utf-8", "replace"))
    except ValueError:
        return
    assert read.low <= read.high
    for locale in _LOCALES:
        assert read.format(locale)
    assert read.agrees(read)
    assert parse_figure(read.text) == read


def moment(data: bytes) -> None:
    """Read text as each sort of date, time, length and name that records write in a form of their own."""
    typed = data.decode("utf-8", "replace")
    for form in _FORMS:
        try:
            form.validate_python(typed)
        except ValidationError as error:
            errors = error.errors()
        else:
            continue
        assert errors[0]["msg"]


def names(data: bytes) -> None:
    """Read a person under any name of a file, with any former names."""
    name, _, former = data.decode("utf-8", "replace").partition("\n")
    file = "".join(char for char in name if char not in "/\0")[:60] or "a"
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        root = Path(folder)
        for path, content in {
            f"people/{file}.json": {"name": "Bo", "aliases": former.split("\n")},
            "people/ada.json": {"name": "Ada"},
        }.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(json.dumps(content), "utf-8")
        found: list[Finding] = []
        catalog = build_catalog(read_folder(root, report=found.append), report=found.append)
    assert "ada" in catalog.people
    addresses = {*catalog.people, *(former for _kind, former, _now in former_names(catalog))}
    assert all(re.fullmatch(r"[a-z0-9]+(?:[-/][a-z0-9]+)*", address) for address in addresses)
    for finding in found:
        assert finding.subtype is not Subtype.INTERNAL, finding
        assert finding.text().isprintable(), finding


def text(data: bytes) -> None:
    """Render a record text as blocks, as a line and as words."""
    typed = data.decode("utf-8", "replace")
    section, findings = render(typed)
    check_nodes(section.children[1:])
    check_html(write_html(section))
    for finding in findings:
        assert finding.text().isprintable(), finding
    inline: list[nodes.Node] = render_inline(typed, make_context([]))
    check_nodes(inline, INLINES)
    words = plain_text(typed)
    assert words == " ".join(words.split())


def inventory(data: bytes) -> None:
    """Read bytes as the inventory of a published site, or as the lines of one, and follow what it lists."""
    packed = data if data.startswith(_HEAD[:2]) else _HEAD + zlib.compress(data)
    with tempfile.NamedTemporaryFile(dir=_memory(), suffix=".inv") as file:
        file.write(packed)
        file.flush()
        try:
            found = read_inventory(file.name)
        except InventoryError:
            return
    assert all(one.name for one in found.objects)
    _follow(packed)


def _follow(packed: bytes) -> None:
    """Take an inventory as intersphinx does: whatever is left leads to the project's own site."""
    for base in ("https://far.example/docs/", "/", "../far"):
        loaded = InventoryFile.load(BytesIO(packed), base, posixpath.join)
        named = {"far": getattr(loaded, "data", loaded)}
        mapping = {"far": ("far", (base, (None,)))}
        app: Any = SimpleNamespace(
            env=SimpleNamespace(intersphinx_inventory={}), config=SimpleNamespace(intersphinx_mapping=mapping)
        )
        remote._keep_inside(app, named)
        remotes = remote.Remotes(named, {})
        for one in list(remotes._all()):
            assert one.display == " ".join(clean(one.display).split())
            assert one.digest()
            at = urlsplit(urljoin("https://here.example/a/b.html", one.uri))
            assert at.scheme == "https"
            assert at.netloc == ("far.example" if "://" in base else "here.example")
            assert at.path.startswith({"/": "/", "../far": "/far/"}.get(base, "/docs/"))


def attributes(data: bytes) -> None:
    """Read bytes as the file that lies beside another project's inventory."""
    for shelf in remote._checked(data)[0].values():
        for values in shelf.values():
            for value in values.values():
                assert "\n" not in value
                value.encode()


_PICTURES = (".png", ".jpg", ".gif", ".webp")


def picture(data: bytes) -> None:
    """Take bytes as a picture of the data folder, and make the small portrait of a card from it."""
    with tempfile.TemporaryDirectory(dir=_memory()) as name:
        root = Path(name).resolve()
        file = root / f"a{_PICTURES[data[0] % len(_PICTURES)] if data else '.png'}"
        file.write_bytes(data[1:])
        try:
            found = find_picture(root, file.name)
        except PictureError:
            return
        made = make_thumbnail(found, 64, root / "small")
        assert made is None or (root / "small" / made).is_file()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": read_yaml,
    "json": read_json,
    "toml": read_toml,
    "figure": figure,
    "moment": moment,
    "names": names,
    "text": text,
    "inventory": inventory,
    "attributes": attributes,
    "picture": picture,
}
