"""What folders and files are called: which kind of record, and which one, was probably meant."""

from __future__ import annotations

from pathlib import PurePosixPath

from sphinx_rapporteur.records.finding import Thing
from sphinx_rapporteur.records.model import KINDS, Session
from sphinx_rapporteur.records.read.explain import did_you_mean, nearest, slug
from sphinx_rapporteur.records.read.raw import Flaw, shorten
from sphinx_rapporteur.warnings import Subtype

_OTHER_NAMES = {
    "people": "persons speakers participants panellists panelists attendees members",
    "organizations": "organisations orgs companies company institutions affiliations",
    "sessions": "talks workshops panels reports",
    "events": "conferences forums fora editions",
    "indicators": "measures metrics",
}
_KIND_OF = {
    each: kind
    for kind, names in _OTHER_NAMES.items()
    for name in names.split()
    for each in (name, name.removesuffix("s"))
}


def meant_kind(folder: str) -> str:
    """Return the kind of record that was probably meant by a folder's name, or nothing."""
    return _KIND_OF.get(folder.casefold()) or nearest(folder, list(KINDS))


def unknown_kind(folder: str, kind: str, files: int) -> Flaw:
    """Return the flaw of a folder with some files that names no kind, though one may be meant.

    Without a name, of a file in no folder.
    """
    expected = f"a folder named {', '.join(KINDS)}"
    if not folder:
        message = "the file lies in no folder that names a kind of record; it is not read"
        return Flaw(1, message, Subtype.UNKNOWN_KIND, expected=expected)
    those = "its file is" if files == 1 else f"its {files:,} files are"
    return Flaw(
        1,
        f"the first folder names no kind of record; {those} not read",
        Subtype.UNKNOWN_KIND,
        found=shorten(folder),
        expected=expected,
        suggestion=did_you_mean(kind),
    )


def named_by(file: str, kind: str = "") -> tuple[Thing, ...]:
    """Return the record that a file holds by its name, of the kind of its folder or that was meant by it."""
    path = PurePosixPath(file)
    kind = kind or path.parts[0]
    own = slug(path.name.partition(".")[0])
    if kind == Session.kind:
        return ((kind, f"{path.parts[1]}/{own}"),) if len(path.parts) > 2 else ()  # noqa: PLR2004
    return ((kind, own),) if kind in KINDS else ()
