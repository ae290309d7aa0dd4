"""The file beside the inventory: what references can show of each object, for other projects that load us."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.domain.remote import FILENAME, FORMAT_VERSION
from sphinx_rapporteur.records.former import former_names

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_attributes(app: Sphinx, exception: Exception | None) -> None:
    """Write the attributes of all objects that the inventory lists (``build-finished``)."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    domain = domain_of(app.env)
    objects: dict[str, dict[str, Any]] = {}
    for full_id, _display, kind, _docname, _anchor, _priority in domain.get_objects():
        objects.setdefault(kind, {})[full_id] = None
    if not objects:
        return
    former = {(kind, name): now for kind, name, now in former_names(domain.workspace.catalog)}
    for kind, shelf in objects.items():
        for name in shelf:
            shelf[name] = domain.attributes(kind, former.get((kind, name), name))
    data = {"version": FORMAT_VERSION, "objects": objects}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    Path(app.outdir, FILENAME).write_text(text + "\n", "utf-8")
