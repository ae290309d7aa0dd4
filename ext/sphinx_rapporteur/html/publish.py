"""The file beside the inventory: what references can show of each object, for other projects that load us."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder

from sphinx_rapporteur import __version__
from sphinx_rapporteur.domain.objects import ForumDomain, domain_of
from sphinx_rapporteur.domain.remote import FILENAME, FORMAT_VERSION
from sphinx_rapporteur.pages.files import write_whole
from sphinx_rapporteur.records.former import former_names

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_attributes(app: Sphinx, exception: Exception | None) -> None:
    """Write the attributes of all objects that the inventory lists (``build-finished``)."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    if not Path(app.outdir, INVENTORY_FILENAME).is_file():
        # A book: nobody refers to it.
        return
    domain = domain_of(app.env)
    path = Path(app.outdir, FILENAME)
    head = f'{{"digest":"{_digest(domain)}",'
    if _starts_with(path, head):
        return
    objects: dict[str, dict[str, Any]] = {}
    for full_id, _display, kind, _docname, _anchor, _priority in domain.get_objects():
        objects.setdefault(kind, {})[full_id] = None
    if not objects:
        return
    former = {(kind, name): now for kind, name, now in former_names(domain.workspace.catalog)}
    for kind, shelf in objects.items():
        for name in shelf:
            shelf[name] = domain.attributes(kind, former.get((kind, name), name))
    data = {"objects": objects, "version": FORMAT_VERSION}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    write_whole(path, (head + text.removeprefix("{") + "\n").encode("utf-8"))


def _digest(domain: ForumDomain) -> str:
    """What the file depends on: the records, the objects that pages describe, and our own version."""
    homes = sorted(domain.workspace.plan.homes)
    described = sorted((page, sorted(objects)) for page, objects in domain.objects.items())
    parts = (__version__, domain.workspace.catalog.digest, homes, described)
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _starts_with(path: Path, head: str) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(head)) == head.encode()
    except OSError:
        return False
