"""Files that are whole or not there: a full disk must leave no half of one that looks like the whole."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Put *data* in the place of a file, whose folder has to be there; raise ``OSError`` if it cannot."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
