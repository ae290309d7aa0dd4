"""What a text is rendered with: its place, the site's answers to its references, and its findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_rapporteur.records.finding import Finding, Path, Place, Report, printable
from sphinx_rapporteur.records.hosts import ANY_HOST, Hosts
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes

MAX_FINDINGS = 50
"""After so many findings in one text the rest are summed up; a pasted web page has thousands."""
_SHOWN = 60


class UniqueIds:
    """Makes ids unique by counting; pass one instance to all texts of a page."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: Counter[str] = Counter()

    def __call__(self, wanted: str) -> str:
        """Return ``wanted``, with a number behind it if it was given before."""
        unique = wanted
        while unique in self._taken:
            self._next[wanted] += 1
            unique = f"{wanted}-{self._next[wanted] + 1}"
        self._taken.add(unique)
        return unique


def _no_reference(role: str, target: str, title: str | None, line: int) -> nodes.Node | None:
    return None


def _no_page(target: str) -> nodes.Element | None:
    return None


def _no_picture(path: str) -> str | None:
    return None


@dataclass(frozen=True)
class TextContext:
    """Where a text stands and how its references become nodes."""

    file: str
    """The absolute path of the record file; the nodes' ``source``."""
    place: Place
    """The place of the text's first line, as findings name it."""
    report: Report
    xref: Callable[[str, str, str | None, int], nodes.Node | None] = _no_reference
    """Takes a role without ``forum:``, a target, an explicit title and the line in the file. Returns a whole
    (pending) reference, or None if the target is unknown; it has then reported that itself."""
    page: Callable[[str], nodes.Element | None] = _no_page
    """Takes ``#anchor`` or a path without scheme, host, backslash or control character (``..`` may be in it).
    Returns an empty element, to which the label is added, or None for a page that does not exist."""
    picture: Callable[[str], str | None] = _no_picture
    """Takes a path that was checked like a page's.
    Returns the ``uri`` of the image node, or None to refuse; a ``RefusedError`` says why."""
    ids: Callable[[str], str] = field(default_factory=UniqueIds)
    """Takes the id wanted for a section and returns one that is unique in the document."""
    hosts: Hosts = ANY_HOST
    """Those that the text may link to."""
    sections: bool = True
    """Whether headings may become sections and thematic breaks transitions; if not, headings are rubrics."""
    path: Path = ()
    """Where the text stands inside the record, for its findings."""

    @property
    def line(self) -> int:
        """The line of the text's first line in the file."""
        return self.place.line


def shorten(text: str) -> str:
    """Return text as a message can quote it: one line, nothing invisible, not long."""
    head = printable(text[: _SHOWN + 1])
    return head if len(text) <= _SHOWN else head[:_SHOWN] + "…"


class Notes:
    """The findings of one text: counts them and adds their place."""

    def __init__(self, context: TextContext) -> None:
        self.context = context
        self.open_tags: Counter[str] = Counter()
        self._count = 0

    def line(self, offset: int) -> int:
        """Return the line in the file of the text's line ``offset``, counted from 0."""
        return self.context.line + offset

    def add(
        self,
        offset: int,
        message: str,
        *,
        found: str = "",
        do: str = "",
        subtype: Subtype = Subtype.MARKUP,
    ) -> None:
        """Report something at the text's line ``offset``; ``do`` says how to mend it."""
        self._count += 1
        if self._count > MAX_FINDINGS:
            return
        if self._count == MAX_FINDINGS:
            message, found, do = "more of the same follows in this text and is not listed", "", ""
        self.context.report(
            Finding(
                subtype,
                Place(self.context.place.file, self.line(offset)),
                message,
                path=self.context.path,
                found=shorten(found),
                suggestion=do,
            )
        )

    def locate(self, node: nodes.Element, offset: int) -> None:
        """Give a node the file and the line it comes from."""
        node.source, node.line = self.context.file, self.line(offset)
