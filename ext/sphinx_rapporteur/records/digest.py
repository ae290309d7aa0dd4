"""Digests of records: equal in each process for equal content."""

from __future__ import annotations

import hashlib
import json

from sphinx_rapporteur.records.finding import format_path
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.rewrite import walk


def record_digest(record: Record) -> str:
    """Return a digest of all that a record says, the site's own ``x-`` keys included."""
    total = hashlib.sha256(record.model_dump_json().encode())
    own = {format_path(path): dict(part.extra) for part, path in walk(record) if part.extra}
    if own:
        total.update(json.dumps(own, sort_keys=True, default=str).encode())
    return total.hexdigest()
