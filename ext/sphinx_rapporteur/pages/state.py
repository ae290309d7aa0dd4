"""What a build leaves for the next one: what its data folder came to, so that nothing is read for no change.

It lies beside Sphinx's own environment, and is a pickle as that is: whoever can write there is trusted.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sphinx.util import logging

from sphinx_rapporteur.pages.files import write_whole
from sphinx_rapporteur.pages.plan import Plan
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.read.stamp import Stamp, believable, stamp_of

logger = logging.getLogger(__name__)

FILENAME = "rapporteur-state.pickle"
_PACKAGE = Path(__file__).parent.parent

_UNKNOWN: Stamp = (-1, -1, -1, -1)

Noted = tuple[int, int, int, int, str]
"""Of a file: size, times of modification and change, inode, digest of its bytes."""


@dataclass(frozen=True, slots=True)
class State:
    """What a data folder came to."""

    key: str = ""
    """A digest of all else that the rest follows from: our own code, settings, language, layouts."""
    files: Mapping[str, Noted] = field(default_factory=dict)
    """The files of the data folder, by path within it."""
    digest: str = ""
    """Of the catalog."""
    findings: tuple[Finding, ...] = ()
    plan: Plan = field(default_factory=lambda: Plan({}))
    withholds: bool = False
    """Whether anything is withheld: names of it may be among the files and in the findings."""

    def holds(self, key: str, files: Mapping[str, Noted]) -> bool:
        """Whether reading the folder would come to the same."""
        return (
            self.key == key
            and self.files.keys() == files.keys()
            and all(self.files[name][-1] == noted[-1] for name, noted in files.items())
        )


def key_of(parts: Iterable[object], folders: Iterable[Path]) -> str:
    """Return a digest of our own code, of *parts* as their ``repr`` says, and of the files of *folders*."""
    total = sha256(repr((sys.version, *parts)).encode("utf-8", "surrogatepass"))
    for file in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".md", ".mo"}):
        status = file.stat()
        total.update(f"{file} {status.st_size} {status.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
    for folder in folders:
        for file in sorted(folder.glob("**/*")):
            if file.is_file():
                total.update(file.as_posix().encode("utf-8", "surrogatepass") + file.read_bytes())
    return total.hexdigest()


def note_files(
    root: Path, before: Mapping[str, Noted], *, longest: int, but: AbstractSet[Path] = frozenset()
) -> dict[str, Noted] | None:
    """Return what identifies the content of each file below *root*; nothing if one cannot be read.

    Hidden folders are passed over, and those in *but*. Nothing outside of *root* is opened, nor is a file of
    more than *longest* bytes, of which nobody reads more than its size.

    A file is not read again if it is as it was noted *before*: its time of change is not at the will of
    whoever writes it. That of a file changed only just now is not noted, for it may change again with the
    same time.
    """
    found: dict[str, Noted] = {}
    inside = os.path.realpath(root) + os.sep
    try:
        for path in _files_below(os.fspath(root), {os.fspath(folder) for folder in but}):
            relative = path[len(str(root)) + 1 :]
            if os.path.islink(path) and _is_not_followed(path, inside):  # noqa: PTH114
                found[relative] = (*_UNKNOWN, f"{os.readlink(path)} {os.path.exists(path)}")  # noqa: PTH110, PTH115
                continue
            status = os.stat(path)  # noqa: PTH116  (ten thousand times)
            marks = stamp_of(status)
            known = before.get(relative)
            if known is not None and known[:-1] == marks:
                found[relative] = known
                continue
            if not stat.S_ISREG(status.st_mode):  # a pipe would wait for ever
                return None
            digest = f"{status.st_size} bytes"
            if status.st_size <= longest:
                with open(path, "rb") as stream:  # noqa: PTH123
                    digest = sha256(stream.read(longest + 1)).hexdigest()
            found[relative] = (*(believable(marks) or _UNKNOWN), digest)
    except OSError:
        return None
    return found


def _files_below(root: str, but: AbstractSet[str]) -> Iterator[str]:
    """Yield the paths of all files, without recursion: folders may lie in folders by the thousand."""
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir() or entry.is_symlink():
                    yield entry.path
                elif not (entry.name.startswith(".") or entry.path in but):
                    folders.append(entry.path)


def _is_not_followed(link: str, inside: str) -> bool:
    """Whether a link leads out of the data folder, or to no file."""
    return not os.path.isfile(link) or not os.path.realpath(link).startswith(inside)  # noqa: PTH113


def load_state(folder: Path, *, is_published: bool = False) -> State:
    """Return what the last build left in a doctree folder; an empty state if there is nothing of use.

    *is_published*: the folder may be published with the site; what withholds anything is not kept there.
    """
    path = folder / FILENAME
    try:
        found = pickle.loads(path.read_bytes())  # noqa: S301  (as trusted as Sphinx's own)
    except FileNotFoundError:
        return State()
    except Exception:  # noqa: BLE001  (a damaged pickle may raise anything)
        found = None
    if not isinstance(found, State):
        logger.info("what the last build noted of the data is damaged or of another version; it is read anew")
        return State()
    if is_published and found.withholds:
        forget_state(folder)
        return State()
    return found


def forget_state(folder: Path) -> None:
    """Leave nothing for the next build."""
    with suppress(OSError):
        (folder / FILENAME).unlink(missing_ok=True)


def save_state(folder: Path, state: State, *, is_published: bool = False) -> None:
    """Leave a state for the next build, whole or not at all; a folder that cannot be written is no error."""
    if is_published and state.withholds:
        forget_state(folder)
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / FILENAME, pickle.dumps(state, pickle.HIGHEST_PROTOCOL))
