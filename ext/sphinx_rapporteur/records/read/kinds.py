"""Folders that name no kind of record: which kind was probably meant."""

from __future__ import annotations

from sphinx_rapporteur.records.model import KINDS
from sphinx_rapporteur.records.read.explain import did_you_mean, nearest
from sphinx_rapporteur.records.read.raw import Flaw, shorten
from sphinx_rapporteur.warnings import Subtype

_OTHER_NAMES = {
    "people": "persons speakers participants panellists panelists attendees members",
    "organizations": "organisations orgs companies institutions affiliations",
    "sessions": "talks workshops panels reports",
    "events": "conferences forums fora editions",
    "indicators": "measures metrics",
}
_KIND_OF = {name: kind for kind, names in _OTHER_NAMES.items() for name in names.split()}


def unknown_kind(folder: str, files: int) -> Flaw:
    """Return the flaw of a folder with some files that names no kind; without a name, of a file in none."""
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
        suggestion=did_you_mean(_KIND_OF.get(folder.casefold()) or nearest(folder, list(KINDS))),
    )
