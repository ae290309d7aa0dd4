"""What folders and files are called: which kind of record, and which one, was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from sphinx_rapporteur.records.finding import Thing
from sphinx_rapporteur.records.losses import ANY_EVENT
from sphinx_rapporteur.records.model import KINDS, Session
from sphinx_rapporteur.records.read.explain import did_you_mean, nearest, slug
from sphinx_rapporteur.records.read.raw import Flaw, shorten
from sphinx_rapporteur.records.read.schema import keys_of
from sphinx_rapporteur.warnings import Subtype

_OTHER_NAMES = {
    "people": "persons speakers participants panellists panelists attendees members",
    "organizations": "organisations orgs companies company institutions affiliations",
    "sessions": "talks workshops panels reports",
    "events": "conferences forums fora editions",
    "indicators": "measures metrics",
}
_NAMED = 3
_KEYS = re.compile(r"^(?:- |  )?([a-z_]+)[ \t]*[:=]|\"([a-z_]+)\"[ \t]*:", re.MULTILINE)
_BY_PATH = frozenset({"event", "id"})
"""Keys that a file's path may stand for."""
_KIND_OF = {
    each: kind
    for kind, names in _OTHER_NAMES.items()
    for name in names.split()
    for each in (name, name.removesuffix("s"))
}


def meant_kind(folder: str) -> str:
    """Return the kind of record that was probably meant by a folder's name, or nothing."""
    return _KIND_OF.get(folder.casefold()) or nearest(folder, list(KINDS))


def is_parent(files: Sequence[str]) -> bool:
    """Whether a folder with some files holds folders that are named after kinds."""
    return any(PurePosixPath(file).parts[1:2] in {(kind,) for kind in KINDS} for file in files)


def unknown_kind(folder: str, kind: str, files: Sequence[str]) -> Flaw:
    """Return the flaw of a folder with some files that names no kind, though one may be meant.

    Without a name, of a file in no folder.
    """
    expected = f"a folder named {', '.join(KINDS)}"
    if not folder:
        message = "the file lies in no folder that names a kind of record; it is not read"
        hint = f"move it to {folder_of(kind)}" if kind else ""
        return Flaw(1, message, Subtype.UNKNOWN_KIND, expected=expected, suggestion=hint)
    hint = f"is {folder}/ the data folder?" if is_parent(files) else did_you_mean(kind)
    those = "its file is" if len(files) == 1 else f"its {len(files):,} files are"
    return Flaw(
        1,
        f"the first folder names no kind of record; {those} not read",
        Subtype.UNKNOWN_KIND,
        found=shorten(folder),
        expected=expected,
        suggestion=hint,
    )


def no_records(beside: Sequence[str]) -> Flaw:
    """Return the flaw of a data folder without a record, with the names of what is in it."""
    more = f" and {len(beside) - _NAMED:,} more" if len(beside) > _NAMED else ""
    return Flaw(
        1,
        "there is no record in the data folder",
        Subtype.NO_RECORDS,
        found=f"{', '.join(beside[:_NAMED])}{more}" if beside else "an empty folder",
        expected=f"YAML, JSON or TOML files in folders named {', '.join(KINDS)}",
        suggestion="begin with the event, such as events/forum-2031.yaml",
    )


def top_keys(text: str) -> frozenset[str]:
    """Return the keys of the records in the start of a file, as far as lines tell them; of JSON all keys."""
    return frozenset(filter(None, (key for pair in _KEYS.findall(text) for key in pair)))


def kinds_with(keys: Collection[str], *, is_whole: bool = True) -> tuple[str, ...]:
    """Return the kinds of record that have all of some keys and, of a whole record, need no others."""
    own = {key for key in keys if not key.startswith("x-")}
    return tuple(
        kind
        for kind, model in KINDS.items()
        if own
        and own <= keys_of(model).keys()
        and (not is_whole or own >= {name for name, key in keys_of(model).items() if key.required} - _BY_PATH)
    )


def folder_of(kind: str) -> str:
    """Return the folder in which files of a kind lie, as people write it."""
    return f"{kind}/<event>/" if kind == Session.kind else f"{kind}/"


def named_by(file: str, kind: str = "") -> tuple[Thing, ...]:
    """Return the record that a file holds by its name, of the kind of its folder or that was meant by it."""
    path = PurePosixPath(file)
    kind = kind or path.parts[0]
    own = slug(path.name.partition(".")[0])
    if kind == Session.kind:
        event = path.parts[1] if len(path.parts) > 2 else ANY_EVENT  # noqa: PLR2004
        return ((kind, f"{event}/{own}"),)
    return ((kind, own),) if kind in KINDS else ()
