"""Portraits for cards: cropped to a square, in the sizes that screens want, without a camera’s data."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageOps

from sphinx_rapporteur.render.to_html import PORTRAIT_SIDES

_CENTRE = (0.5, 0.2)
"""Of what is cut away, how much on the left and on top: faces are above the middle."""
_QUALITY = 80
_DIGITS = 12
_LONGEST_STEM = 40
"""In characters; systems take names of 255 bytes."""
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""Pillow would try forty others on what only starts like one of these."""
_REMEMBERED = 10_000


def thumbnail_name(file: Path, side: int) -> str:
    """Return the name of a portrait in one size, which changes with the picture."""
    state = file.stat()
    return f"{file.stem[:_LONGEST_STEM]}-{side}-{_digest(file, state.st_mtime_ns, state.st_size)}.webp"


def thumbnail_names(file: Path) -> set[str]:
    """Return the names of a portrait in all sizes; none if the file is gone."""
    return {thumbnail_name(file, side) for side in PORTRAIT_SIDES} if file.is_file() else set()


@lru_cache(maxsize=_REMEMBERED)
def _digest(file: Path, _changed: int, _size: int) -> str:
    return sha256(file.read_bytes()).hexdigest()[:_DIGITS]


def make_thumbnails(file: Path, side: int, folder: Path) -> str | None:
    """Write a portrait in all sizes and return the name of that of *side*; nothing if it cannot be read.

    Which sizes there are does not depend on which pages showed it in the builds before.
    """
    return {one: make_thumbnail(file, one, folder) for one in PORTRAIT_SIDES}[side]


def make_thumbnail(file: Path, side: int, folder: Path) -> str | None:
    """Write a portrait of *side* pixels into *folder* and return its name; nothing if it cannot be read."""
    target = folder / thumbnail_name(file, side)
    if target.exists():
        return target.name
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            # Turned as the camera says; nothing else that it says is kept.
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            # A small picture is not blown up.
            edge = min(side, *upright.size)
            square = ImageOps.fit(upright, (edge, edge), centering=_CENTRE)
        folder.mkdir(parents=True, exist_ok=True)
        square.save(target, "WEBP", quality=_QUALITY)
    except Exception:  # noqa: BLE001  (Pillow raises of everything over a damaged picture)
        target.unlink(missing_ok=True)
        return None
    return target.name
