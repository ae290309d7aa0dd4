"""The files of a data folder: which there are, and their bytes, read with care."""

from __future__ import annotations

import os
import pathlib
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.read.raw import Flaw, NotReadable
from sphinx_rapporteur.warnings import Subtype

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".toml"})
_DEEPEST = 50
"""Folders in folders: the walk is recursive."""
_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
START = 2_000


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A record file, a folder that cannot be entered, or a file that no record file stands beside."""

    file: str
    """Relative to the data folder, with forward slashes."""
    problem: str = ""
    """Why it is not read, if that is known from its folder."""
    is_stray: bool = False
    """Whether its name has another ending than that of a record file."""


def scan(root: pathlib.Path) -> tuple[Entry, ...]:
    """Return the record files and strays below a folder in the order of their paths."""
    return tuple(sorted(_walk(os.fspath(root), "", os.path.realpath(root))))


def _walk(folder: str, relative: str, root: str) -> Iterator[Entry]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        yield Entry(relative.rstrip("/") or ".", _reason(error))
        return
    records = (os.path.splitext(entry.name) for entry in entries)  # noqa: PTH122
    stems = {stem for stem, suffix in records if suffix.lower() in SUFFIXES}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = relative + entry.name
        is_folder = _is_folder(entry)
        if not is_folder and os.path.splitext(entry.name)[1].lower() not in SUFFIXES:  # noqa: PTH122
            if relative and entry.name.partition(".")[0] not in stems and _is_text(name):
                yield Entry(name, is_stray=True)
            continue
        problem = _problem(entry, name, root, is_folder=is_folder)
        if problem or not is_folder:
            yield Entry(name.encode("utf-8", "replace").decode(), problem)
        else:
            yield from _walk(entry.path, f"{name}/", root)


def _problem(entry: os.DirEntry[str], name: str, root: str, *, is_folder: bool) -> str:
    """Return why a file is not read, or a folder not entered; nothing if it is."""
    if not _is_text(name):
        return "its name is not UTF-8"
    if entry.is_symlink() and not _inside(entry.path, root):
        return "a link that leads out of the data folder, or nowhere"
    if is_folder and entry.is_symlink():
        return "a link to a folder; files are read where they lie"
    if is_folder and name.count("/") >= _DEEPEST:
        return f"a folder more than {_DEEPEST} deep in the data folder"
    return ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _inside(path: str, root: str) -> bool:
    try:
        real = os.path.realpath(path, strict=True)
    except OSError:
        return False
    return real.startswith(root.rstrip(os.sep) + os.sep)


def read_bytes(path: str, limits: Limits) -> tuple[bytes, os.stat_result]:
    """Return a file's bytes without a byte-order mark, and its status before they were read.

    Raises ``NotReadable`` with the reason.
    """
    try:
        # A pipe must not be opened in the usual way: that waits for somebody to write into it.
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
            raise unreadable("it is not a regular file")
        with open(os.open(path, os.O_RDONLY | _NO_WAITING), "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise unreadable("it is not a regular file")
            data = b"" if status.st_size > limits.file_bytes else file.read(limits.file_bytes + 1)
    except OSError as error:
        raise unreadable(_reason(error)) from None
    if status.st_size > limits.file_bytes or len(data) > limits.file_bytes:
        raise NotReadable(Flaw(1, f"the file is larger than {limits.file_bytes:,} bytes", Subtype.LIMIT))
    return data.removeprefix(b"\xef\xbb\xbf"), status


def read_start(path: str) -> str:
    """Return the start of a file as text, or nothing if it is not to be had or no text."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return ""
        with open(os.open(path, os.O_RDONLY | _NO_WAITING), "rb") as file:  # noqa: PTH123
            return file.read(START).decode("utf-8", "ignore").removeprefix("\ufeff")
    except OSError:
        return ""


def unreadable(reason: str, line: int = 1) -> NotReadable:
    """Return the exception for a file that cannot be read."""
    return NotReadable(Flaw(line, f"the file cannot be read: {reason}", Subtype.UNREADABLE))


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def decode(data: bytes) -> str:
    """Return a file's text; raise ``NotReadable`` with the line of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise unreadable("it is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None
