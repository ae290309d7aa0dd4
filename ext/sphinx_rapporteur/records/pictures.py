"""Pictures of the data folder: found, and believed to be pictures only by their content."""

from __future__ import annotations

from pathlib import Path

import imagesize

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.failure import attempt
from sphinx_rapporteur.records.finding import Finding, Report
from sphinx_rapporteur.warnings import Subtype

_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": {".png"},
    b"\xff\xd8\xff": {".jpg", ".jpeg"},
    b"GIF87a": {".gif"},
    b"GIF89a": {".gif"},
}
_RIFF, _WEBP = b"RIFF", b"WEBP"
_HEAD = 16
MAX_BYTES = 20_000_000
MAX_PIXELS = 100_000_000
"""A few kilobytes can unpack to more than a reader's machine holds."""
_NO_FILE = "there is no such file in the data folder"
_NO_PICTURE = "its content is not that of a PNG, JPEG, GIF or WebP picture of its name"


class PictureError(ValueError):
    """A path that is no picture of the data folder; the text says why."""


def find_picture(root: Path, path: str) -> Path:
    """Return the file that *path* means inside the data folder *root*; raise ``PictureError`` otherwise."""
    try:
        file = (root / path).resolve(strict=True)
        if not file.is_relative_to(root):
            raise PictureError("it lies outside the data folder")
        if not file.is_file():
            raise PictureError(_NO_FILE)
        if file.stat().st_size > MAX_BYTES:
            raise PictureError(f"it is larger than {MAX_BYTES:,} bytes")
        _check_content(file)
    except FileNotFoundError:
        raise PictureError(_NO_FILE) from None
    except RuntimeError:  # before Python 3.13
        raise PictureError("it is a link that leads in a circle") from None
    except OSError as error:
        raise PictureError(f"it cannot be read ({(error.strerror or 'no reason given').lower()})") from error
    return file


def _check_content(file: Path) -> None:
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    suffixes = {suffix for magic, known in _SIGNATURES.items() if head.startswith(magic) for suffix in known}
    if head.startswith(_RIFF) and head[8:12] == _WEBP:
        suffixes.add(".webp")
    if file.suffix.lower() not in suffixes:
        raise PictureError(_NO_PICTURE)
    try:
        width, height = imagesize.get(file)
    except OSError:
        raise
    except Exception:  # noqa: BLE001  (the library's own, over what only starts like a picture)
        width = height = 0
    if width < 1 or height < 1:
        raise PictureError(f"{_NO_PICTURE}, or damaged")
    if width * height > MAX_PIXELS:
        raise PictureError(f"it has {width:,} by {height:,} pixels, more than {MAX_PIXELS:,} in all")


def check_pictures(catalog: Catalog, root: Path, *, report: Report) -> None:
    """Report the photos of people that cannot be shown; *root* is the data folder."""
    path = ("photo", "file")
    for person in catalog.people.values():
        if person.photo is not None:
            problem = attempt(
                lambda file=person.photo.file: _problem(root, file),  # type: ignore[misc]
                report=report,
                place=catalog.place(person, path),
                otherwise="",
            )
            if problem:
                report(
                    Finding(
                        Subtype.REFERENCE,
                        catalog.place(person, path),
                        f"the picture is not shown: {problem}",
                        path=path,
                        found=person.photo.file,
                        expected="a picture in the data folder",
                    )
                )


def _problem(root: Path, file: str) -> str:
    """Return why a picture cannot be shown; nothing if it can."""
    try:
        find_picture(root, file)
    except PictureError as error:
        return str(error)
    return ""
