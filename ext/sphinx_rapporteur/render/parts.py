"""What a component shows, as plain data: described once, emitted as HTML or as docutils nodes.

Parts hold finished text (formatted, translated) and references to objects by kind and id; where an
object's page is, only the emitter knows. Nothing in here is markup: an emitter escapes all text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Ref:
    """An object of the ``forum`` domain."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, or a place on it."""

    docname: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that can be linked to; with ``defines``, the home of an object."""

    id: str
    defines: Ref | None = None
    former: tuple[str, ...] = ()
    """Ids that the place had before; links to them still lead here."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with a meaning: ``strong``, ``em``, ``code``, ``sub``, ``sup``, or a class of ours."""

    role: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an object, to a page of the site or, as text, to an address elsewhere."""

    children: tuple[Inline, ...]
    to: Ref | Page | str
    attribute: str | None = None
    """Of the object, asked for by a reference in a record's text for which the page counts as citing it."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Text that leads to an anchor of the same component."""

    children: tuple[Inline, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Time:
    """A date or a time, with its machine-readable form."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour that stands for something said in words beside it: ``#rrggbb`` or the name of a tone."""

    tone: str


@dataclass(frozen=True, slots=True)
class Switch:
    """A button that a script brings to life; without the script there is none."""

    label: str


Inline: TypeAlias = "str | Span | Link | Jump | Time | Swatch | Switch"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    children: tuple[Inline, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[tuple[Block, ...], ...]
    role: str = ""
    ordered: bool = False
    marks: tuple[str, ...] = ()
    """What the filter around it has to know of each item, if there is one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of labels and values."""

    items: tuple[Fact, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the data folder, or the initials that stand for a missing one."""

    initials: str
    hue: int
    file: str = ""
    alt: str = ""
    credit: str = ""
    """Who took it, for a line beside it."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """The photo of the person that a page is about."""

    image: Image
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing in a box: the title is a heading and, if it has a page, a link."""

    title: tuple[Inline, ...]
    body: tuple[Block, ...] = ()
    kicker: tuple[Inline, ...] = ()
    """A line above the title."""
    image: Image | None = None
    anchor: Anchor | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Boxes side by side."""

    cards: tuple[Card, ...]
    level: int = 3
    """Of the cards' headings."""
    role: str = ""
    marks: tuple[str, ...] = ()
    """What the filter around them has to know of each card, if there is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[tuple[Block, ...], ...]
    anchor: Anchor | None = None
    mark: str = ""
    """What the filter around the table has to know of it, if there is one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``header`` is the column whose cells name their row."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str
    header: int = 0
    numeric: tuple[int, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """What happens for some rows of a grid in one of its columns, both counted from nought."""

    blocks: tuple[Block, ...]
    column: int
    row: int
    rows: int
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A day for builders of pages: columns side by side, time down."""

    caption: str
    first: str
    """The heading of the column of times."""
    columns: tuple[tuple[str, int], ...]
    """Headings, each with the number of columns below it."""
    rows: tuple[Time | None, ...]
    """The rows, some with the time at which they begin."""
    slots: tuple[Slot, ...]
    """By row and column."""
    start: str
    """When the first row begins, in ISO 8601."""
    step: int
    """The minutes of a row."""
    plain: Table
    """What other builders show."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart; lengths are in thousandths of the chart's width."""

    label: str
    shown: str
    """The value as text."""
    start: int
    length: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars for builders of pages alone: a table beside it says the same, and is all that others show."""

    title: str
    summary: str
    """What a reader sees in it at a glance, for those who do not see it."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of somebody, with who said them."""

    text: str
    cite: tuple[Inline, ...]
    language: str = ""
    translation: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Parts under a heading of their own."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    anchor: Anchor
    level: int = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that belong together."""

    blocks: tuple[Block, ...]
    role: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Lists that a script lets a reader filter and sort; without it, and elsewhere, just the lists."""

    blocks: tuple[Block, ...]
    name: str
    """Lists of one name on a page are filtered together."""
    said: str
    """What the script has to know: choices, orders and words, as JSON."""


Block: TypeAlias = (
    "Para | Items | Facts | Portrait | Cards | Table | Grid | Chart | Quotation | Section | Group | Filter"
)
Part: TypeAlias = "Inline | Block | Card | Row | Slot | Bar | Fact | Image | Anchor | Ref"


def text_of(part: Any) -> str:
    """Return the plain text of inline parts."""
    if isinstance(part, str):
        return part
    if isinstance(part, Time):
        return part.text
    if isinstance(part, tuple):
        return "".join(text_of(item) for item in part)
    return "" if isinstance(part, (Swatch, Switch)) else text_of(part.children)
