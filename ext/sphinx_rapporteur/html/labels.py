"""What the inventory lists besides the objects of domains: our objects as labels, and former pages.

Sphinx's ``:any:`` looks only for types of domains that are loaded, so a project without this extension
would find nothing of ours. The labels are added to the file alone: inside this project they would make
``any`` ambiguous. Former pages are documents to other projects, which refer to them with ``:doc:``.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.files import write_whole
from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LABEL = "std:label"
_DOCUMENT = "std:doc"
_HEADER_LINES = 4
_COMMON_WORDS = frozenset({"topic", "sdg"})
"""Kinds whose names (``gender``, ``11``) may well be meant as labels of something else."""
_HIDDEN = -1
"""The priority of what the search of a site leaves out."""


def add_entries(app: Sphinx, exception: Exception | None) -> None:
    """Add a label for each of our objects whose name no label has, and former pages (``build-finished``)."""
    path = Path(app.outdir, INVENTORY_FILENAME)
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder) or not path.is_file():
        return
    *header, body = path.read_bytes().split(b"\n", _HEADER_LINES)
    lines = zlib.decompress(body).decode("utf-8").splitlines()
    taken = {line.split(f" {_LABEL} ")[0] for line in lines if f" {_LABEL} " in line}
    labels = _labels(app) if workspace_of(app.env).settings.inventory_labels else ()
    added = [line for name, line in labels if name not in taken]
    # An inventory that was finished before has them.
    added += sorted(set(_former_pages(app)) - set(lines))
    if added:
        text = "".join(f"{line}\n" for line in [*lines, *added])
        write_whole(path, b"\n".join([*header, zlib.compress(text.encode("utf-8"), 9)]))


def _labels(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield name and inventory line of each object whose name is that of one kind alone."""
    builder: Any = app.builder
    found: dict[str, list[str]] = {}
    for name, display, kind, docname, anchor, _priority in domain_of(app.env).get_objects():
        if kind in _COMMON_WORDS:
            continue
        uri = builder.get_target_uri(docname) + (f"#{anchor}" if anchor else "")
        found.setdefault(name, []).append(f"{name} {_LABEL} {_HIDDEN} {uri} {display}")
    for name, lines in sorted(found.items()):
        # A label has no spaces at its ends and an inventory no other way to tell where a name ends.
        if len(lines) == 1 and " " not in name:
            yield name, lines[0]


def _former_pages(app: Sphinx) -> Iterator[str]:
    """Yield the inventory line of each former page, with address and title of what is there now."""
    builder: Any = app.builder
    for docname, home in workspace_of(app.env).former_pages.items():
        title = " ".join(app.env.titles[home].astext().split())
        yield f"{docname} {_DOCUMENT} {_HIDDEN} {builder.get_target_uri(home)} {title or '-'}"
