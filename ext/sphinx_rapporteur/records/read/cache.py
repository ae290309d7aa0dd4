"""What files were found to hold, kept on disk: files that are as they were are not parsed again.

Kept is what rests on one file alone (``read_file``); what files say together is found anew each time.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pathlib
import pickle
import shutil
import stat
import sys
import tempfile
import zlib
import zoneinfo
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, replace
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import NamedTuple

from sphinx_rapporteur import records, warnings
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.read.file import FileContent, Found, Item, read_file
from sphinx_rapporteur.records.read.files import read_bytes
from sphinx_rapporteur.records.read.origin import Origin
from sphinx_rapporteur.records.read.stamp import Stamp, believable, stamp_of
from sphinx_rapporteur.warnings import Subtype

_SHARDS = 64
_SUM = 4
_MAGIC = b"rapporteur records 1\n"
_ENDING, _UNFINISHED = ".records", ".tmp"
_DAMAGED = "what was kept of the records is damaged"
_OTHER = "what was kept of the records is of another version, or of other limits"
_LIBRARIES = ("pydantic", "pydantic_core", "yaml", "babel", "rapidfuzz", "tzdata")


class Kept(NamedTuple):
    """What a file held when it was read."""

    stamp: Stamp | None
    """Size, times and number of the file; ``None`` if it had only just been written."""
    digest: bytes
    """Of the file's bytes."""
    content: FileContent


class RecordCache:
    """What the files of one data folder hold, kept in a folder of its own; for one reading.

    Its files are pickles: whoever can write to the folder can run code in the build. They belong beside
    Sphinx's own pickled environment, for which the same holds.

    *is_published*: the folder may be published along with the site. Nothing is kept in it then of a data
    folder that withholds anything: records name those that are withheld elsewhere.
    """

    def __init__(self, folder: pathlib.Path, *, is_published: bool = False) -> None:
        self.folder = folder
        self.is_published = is_published
        self.trouble = ""
        """Why something that was kept could not be used; nothing if all could."""
        self._limits = Limits()
        self._head = b""
        """What each of our files starts with; empty if nothing can be kept."""
        self._kept: dict[int, dict[str, Kept]] = {}
        self._used: dict[int, dict[str, Kept]] = {}

    def open(self, limits: Limits) -> None:
        """Start to read a data folder."""
        key = _key(limits)
        self._limits = limits
        self._head = _MAGIC + key if key else b""
        self._kept = {}
        self._used = {number: {} for number in range(_SHARDS)}
        self.trouble = ""

    def read(self, file: str, path: str) -> FileContent:
        """Return what a file holds, by its name in the data folder and its path.

        Raises ``NotReadable`` if it cannot be read.
        """
        number = zlib.crc32(file.encode()) % _SHARDS
        known = self._shard(number).get(file)
        if known is None or known.stamp is None or known.stamp != _stamp_now(path):
            data, status = read_bytes(path, self._limits)
            digest = hashlib.sha256(data).digest()
            is_same = known is not None and known.digest == digest
            content = known.content if known and is_same else read_file(file, data, self._limits)
            if any(map(_failed, content.items)):
                return content
            stamp = believable(stamp_of(status))
            # As it is if nothing is new: what stays the same object need not be written.
            known = known if known and is_same and known.stamp == stamp else Kept(stamp, digest, content)
        self._used[number][file] = known
        return known.content

    @property
    def withholds(self) -> bool:
        """Whether anything is withheld in what was read."""
        return any(one.content.withholds for shard in self._used.values() for one in shard.values())

    def save(self) -> None:
        """Write what changed; that the folder cannot be written to is no error."""
        if not self._head:
            return
        if self.is_published and self.withholds:
            forget(self.folder)
            return
        for left in self.folder.glob(f"*{_UNFINISHED}"):
            with suppress(OSError):
                left.unlink()
        for number, used in self._used.items():
            kept = self._shard(number)
            if used.keys() != kept.keys() or any(used[file] is not kept[file] for file in used):
                with suppress(OSError):
                    self._write(number, used)

    def _path(self, number: int) -> pathlib.Path:
        return self.folder / f"{number:02}{_ENDING}"

    def _shard(self, number: int) -> dict[str, Kept]:
        if number not in self._kept:
            self._kept[number] = {}
            with suppress(OSError):
                if self._head:
                    self._kept[number] = self._unpacked(self._path(number).read_bytes())
        return self._kept[number]

    def _unpacked(self, data: bytes) -> dict[str, Kept]:
        if data.startswith(_MAGIC) and not data.startswith(self._head):
            self.trouble = self.trouble or _OTHER
            return {}
        body = memoryview(data)[len(self._head) + _SUM :]
        if data.startswith(self._head + _sum(body)):
            try:
                shard = pickle.loads(body)  # noqa: S301  (as trusted as Sphinx's environment beside it)
            except Exception:  # noqa: BLE001  (a pickle can raise anything)
                shard = None
            if _is_shard(shard):
                return shard  # type: ignore[no-any-return]
        self.trouble = _DAMAGED
        return {}

    def _write(self, number: int, shard: dict[str, Kept]) -> None:
        path = self._path(number)
        if not shard:
            path.unlink(missing_ok=True)
            return
        packed = io.BytesIO()
        _Pickler(packed, pickle.HIGHEST_PROTOCOL).dump(shard)
        self.folder.mkdir(parents=True, exist_ok=True)
        # A name of its own: several processes may write at once.
        handle, name = tempfile.mkstemp(_UNFINISHED, dir=self.folder)
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(self._head + _sum(packed.getbuffer()))
            file.write(packed.getbuffer())
        os.replace(name, path)  # noqa: PTH105


def _sum(body: memoryview) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "big")


def forget(folder: pathlib.Path) -> None:
    """Remove all that is kept in a folder."""
    shutil.rmtree(folder, ignore_errors=True)


class _Pickler(pickle.Pickler):
    """Writes fractions as two numbers: their own way, by text, takes several times as long to read."""

    dispatch_table = copyreg.dispatch_table | {Fraction: lambda one: (Fraction, one.as_integer_ratio())}


def _is_shard(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(file, str) and isinstance(one, Kept) and _is_kept(one) for file, one in value.items()
    )


def _is_kept(one: Kept) -> bool:
    return (
        isinstance(one.stamp, tuple | None)
        and isinstance(one.digest, bytes)
        and isinstance(one.content, FileContent)
        and all(map(_is_item, one.content.items))
    )


def _is_item(item: object) -> bool:
    if isinstance(item, Found):
        return isinstance(item.record, Record | None) and isinstance(item.origin, Origin)
    return isinstance(item, Finding)


def _failed(item: Item) -> bool:
    """Whether our own code failed, which is to be seen each time."""
    findings = item.findings if isinstance(item, Found) else (item,)
    return any(finding.subtype is Subtype.INTERNAL for finding in findings)


def _stamp_now(path: str) -> Stamp | None:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def _key(limits: Limits) -> bytes | None:
    """Return a digest of all but the files that decides what they are found to hold; ``None``: not known."""
    code = _code_digest()
    # How many records the folder may hold is looked at after what is kept.
    rest = (sys.version, sys.get_int_max_str_digits(), astuple(replace(limits, records=0)), *_zones())
    return hashlib.sha256(code + repr(rest).encode()).digest() if code else None


def _zones() -> Iterator[tuple[str, int]]:
    """Yield the folders of time zones of the system and when they changed."""
    for folder in zoneinfo.TZPATH:
        with suppress(OSError):
            yield folder, os.stat(folder).st_mtime_ns  # noqa: PTH116


@cache
def _code_digest() -> bytes:
    """Return a digest of our own code about records and of the libraries that it rests on.

    Empty if the code is not to be found: then nothing can be kept.
    """
    total = hashlib.sha256()
    for name in _LIBRARIES:
        module = import_module(name)
        version = getattr(module, "IANA_VERSION", "") or module.__version__
        total.update(f"{name} {version} {getattr(module, '__with_libyaml__', '')}\n".encode())
    root = pathlib.Path(records.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    try:
        for path in [*files, pathlib.Path(warnings.__file__)]:
            data = path.read_bytes()
            total.update(f"{path.name} {len(data)}\n".encode())
            total.update(data)
    except OSError:
        return b""
    return total.digest() if files else b""
