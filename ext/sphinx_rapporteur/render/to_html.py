"""Parts as HTML, for the builders that write pages: the fast way, without docutils' visitors.

The HTML is made once, when a page is read, and kept with it. Where things are is known when all pages
are read and may change without this one, so that addresses are gaps, which are filled on writing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.escape import escape
from sphinx_rapporteur.render.svg import chart_svg

Locate = Callable[[p.Ref | p.Page], str | None]
"""Gives the address of an object from the page being written, or nothing if it has no page."""
Picture = Callable[[str, int], str]
"""Gives the address of a picture of the data folder, of so many pixels, from the page being written."""
HasPicture = Callable[[str], bool]
"""Whether a picture is in the data folder."""

PREFIX = "rp-"
REL = "noopener noreferrer"
"""Of links to other hosts, which learn nothing of the page."""
PORTRAIT_SIDES = (56, 112, 168)
"""The sizes of a portrait on a card in pixels, for screens of one, two and three pixels to a point."""
_BLOCK_START = re.compile(
    r"(?=<(?:article|blockquote|caption|dd|div|dt|figcaption|figure|h\d|li|ol|p|section|svg|tbody|td|text|th|thead|tr|ul)\b)"
)
_GAP = re.compile("\x01([^\x02]*)\x02([^\x03]*)\x03([^\x04]*)\x04|\x05([^\x06]*)\x06")
"""A link with kind, id and content, or the address of a picture; in text, no such character is left."""
_TAGS = {"strong": "strong", "em": "em", "code": "code", "sub": "sub", "sup": "sup"}

_STACKED = frozenset({"statistics", "sessions"})
"""The roles of tables whose rows become blocks with a label for each cell where there is no room.

They have no ARIA roles: browsers take them for tables whatever their ``display`` is, and HTML forbids to
say so again.
"""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The HTML of a component, its addresses still open, and what its page has to know of it."""

    html: str = ""
    anchors: tuple[p.Anchor, ...] = ()
    pictures: tuple[str, ...] = ()
    """The pictures that are asked for, in the data folder or not."""
    references: tuple[p.Link, ...] = ()
    """The links that a record's text makes by a role."""

    @property
    def digest(self) -> str:
        """Return a digest of what is shown; equal digests mean equal output."""
        named = repr([(one.to, one.attribute) for one in self.references]) if self.references else ""
        return sha256((self.html + named).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def fill(open_html: str, *, locate: Locate, picture: Picture) -> str:
    """Return HTML with its addresses filled in; a link to what has no page becomes plain text."""

    def close(gap: re.Match[str]) -> str:
        kind, name, inner, file = gap.groups()
        if file is not None:
            name, _line, side = html.unescape(file).rpartition("\n")
            return escape(picture(name, int(side)))
        name = html.unescape(name)
        uri = locate(p.Ref(kind, name) if kind else p.Page(*name.split("#")))
        # An empty address is the page itself.
        return f'<a class="reference internal" href="{escape(uri)}">{inner}</a>' if uri else inner

    return _GAP.sub(close, open_html)


class HtmlEmitter:
    """Writes parts as HTML that is also well-formed XML, with gaps for addresses."""

    def __init__(self, *, has_picture: HasPicture) -> None:
        self._has_picture = has_picture
        self._anchors: list[p.Anchor] = []
        self._pictures: list[str] = []
        self._references: list[p.Link] = []
        self._emit: dict[type, Callable[[Any], str]] = {
            str: self._text,
            p.Span: self._span,
            p.Link: self._link,
            p.Jump: lambda part: (
                f'<a class="reference internal" href="#{escape(part.anchor)}">{self.all(part.children)}</a>'
            ),
            p.Time: lambda part: f'<time datetime="{escape(part.iso)}">{escape(part.text)}</time>',
            p.Swatch: _swatch,
            p.Switch: lambda part: (
                f'<button type="button" hidden{_class("switch")}>{escape(part.label)}</button>'
            ),
            p.Para: lambda part: f"<p{_class(part.role)}>{self.all(part.children)}</p>",
            p.Items: self._items,
            p.Facts: self._facts,
            p.Portrait: self._portrait,
            p.Cards: self._cards,
            p.Table: self._table,
            p.Grid: self._grid,
            p.Chart: chart_svg,
            p.Quotation: self._quotation,
            p.Section: self._section,
            p.Group: self._group,
            p.Filter: self._filter,
        }

    def whole(self, blocks: tuple[p.Block, ...]) -> Sketch:
        """Return a component, each block of its HTML on a line of its own.

        Sphinx's search index strips the tags, and would run the words on both sides of one together.
        """
        found = _BLOCK_START.sub("\n", self.all(blocks))
        return Sketch(found, tuple(self._anchors), tuple(self._pictures), tuple(self._references))

    def all(self, children: tuple[Any, ...]) -> str:
        """Return the HTML of all *children*."""
        return "".join(self._emit[type(child)](child) for child in children)

    @staticmethod
    def _text(part: str) -> str:
        return escape(part)

    def _span(self, part: p.Span) -> str:
        inner = self.all(part.children)
        if tag := _TAGS.get(part.role):
            return f"<{tag}>{inner}</{tag}>"
        return f"<span{_class(part.role)}>{inner}</span>"

    def _link(self, part: p.Link) -> str:
        inner = self.all(part.children)
        if isinstance(part.to, str):
            return f'<a class="reference external" rel="{REL}" href="{escape(part.to)}">{inner}</a>'
        if part.attribute is not None:
            self._references.append(part)
        kind, name = (
            (part.to.kind, part.to.id)
            if isinstance(part.to, p.Ref)
            else ("", f"{part.to.docname}#{part.to.anchor}")
        )
        return f"\x01{escape(kind)}\x02{escape(name)}\x03{inner}\x04"

    def _items(self, part: p.Items) -> str:
        tag = "ol" if part.ordered else "ul"
        items = "".join(
            f"<li{mark}>{self._tight(item)}</li>" for item, mark in _marked(part.items, part.marks)
        )
        # Safari takes a list that is styled without bullets for no list, unless told.
        styled = f' role="list"{_class("list " + part.role)}' if part.role else ""
        return f"<{tag}{styled}>{items}</{tag}>"

    def _tight(self, blocks: tuple[p.Block, ...]) -> str:
        """A lone plain paragraph needs no element of its own."""
        if len(blocks) == 1 and isinstance(blocks[0], p.Para) and not blocks[0].role:
            return self.all(blocks[0].children)
        return self.all(blocks)

    def _facts(self, part: p.Facts) -> str:
        items = "".join(
            f"<div><dt>{escape(fact.label)}</dt><dd>{self._tight(fact.blocks)}</dd></div>"
            for fact in part.items
        )
        return f"<dl{_class('facts ' + part.role, theme='simple')}>{items}</dl>"

    def _cards(self, part: p.Cards) -> str:
        cards = "".join(
            f"<li{mark}>{self._card(card, part.level)}</li>" for card, mark in _marked(part.cards, part.marks)
        )
        return f'<ul role="list"{_class("cards " + part.role)}>{cards}</ul>'

    def _card(self, card: p.Card, level: int) -> str:
        kicker = f"<p{_class('kicker')}>{self.all(card.kicker)}</p>" if card.kicker else ""
        image = self._image(card.image) if card.image else ""
        title = f"<h{level}{_class('card-title')}>{self.all(card.title)}</h{level}>"
        return (
            f"<article{self._id(card.anchor)}{_class('card ' + card.role)}>{_former(card.anchor)}{image}"
            f"<div{_class('card-body')}>{kicker}{title}{self.all(card.body)}</div></article>"
        )

    def _portrait(self, part: p.Portrait) -> str:
        caption = f"<figcaption>{escape(part.caption)}</figcaption>" if part.caption else ""
        image = self._image(part.image, sides=PORTRAIT_SIDES[1:])
        return f"<figure{_class('person-photo')}>{image}{caption}</figure>"

    def _image(self, image: p.Image, *, sides: tuple[int, ...] = PORTRAIT_SIDES) -> str:
        if image.file:
            self._pictures.append(image.file)
        if not image.file or not self._has_picture(image.file):
            css = _class(f"initials hue-{image.hue}")
            return f'<span aria-hidden="true"{css}>{escape(image.initials)}</span>'
        side = sides[0]
        first, *others = (f"\x05{escape(image.file)}\n{side}\x06" for side in sides)
        sources = ", ".join(f"{one} {wide / side:g}x" for one, wide in zip(others, sides[1:], strict=True))
        return (
            f'<img{_class("photo")} src="{first}" srcset="{sources}" width="{side}" height="{side}" '
            f'alt="{escape(image.alt)}" loading="lazy" decoding="async"/>'
        )

    def _table(self, part: p.Table) -> str:
        stacks = part.role in _STACKED
        head = "".join(
            f'<th scope="col"{_class("number" if i in part.numeric else "")}>{escape(column)}</th>'
            for i, column in enumerate(part.columns)
        )
        rows = "".join(self._row(row, part) for row in part.rows)
        css = _class(f"table {part.role} {'stacked' if stacks else ''}")
        return (
            f'<div tabindex="0" role="group" aria-label="{escape(part.caption)}"{_class("table-scroll")}>'
            f"<table{css}><caption>{escape(part.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )

    def _row(self, row: p.Row, table: p.Table) -> str:
        cells = ""
        for i, cell in enumerate(row.cells):
            inner = self._tight(cell)
            css = _class("number" if i in table.numeric else "")
            if table.role in _STACKED and inner:
                css += f' data-label="{escape(table.columns[i])}"'
            if i == table.header:
                cells += f'<th scope="row"{css}>{inner}</th>'
            else:
                cells += f"<td{css}>{inner}</td>"
        opening, mark, rest = cells.partition(">")
        return f"<tr{self._id(row.anchor)}{_mark(row.mark)}>{opening}{mark}{_former(row.anchor)}{rest}</tr>"

    def _grid(self, part: p.Grid) -> str:
        head = "".join(
            f'<th scope="col"{f" colspan={chr(34)}{lanes}{chr(34)}" if lanes > 1 else ""}>{escape(name)}</th>'
            for name, lanes in ((part.first, 1), *part.columns)
        )
        return (
            f'<div tabindex="0" role="group" aria-label="{escape(part.caption)}"{_class("table-scroll")}>'
            f'<table{_class(f"grid step-{part.step}")} data-start="{part.start}" data-step="{part.step}">'
            f"<caption>{escape(part.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{''.join(self._grid_rows(part))}</tbody></table></div>"
        )

    def _grid_rows(self, part: p.Grid) -> Iterator[str]:
        """Yield the rows; what lasts spans several, and so does the emptiness between."""
        slots = {(slot.row, slot.column): slot for slot in part.slots}
        width, height = sum(lanes for _name, lanes in part.columns), len(part.rows)
        begins = [sorted(slot.row for slot in part.slots if slot.column == n) for n in range(width)]
        free_from = [0] * width
        for row, time in enumerate(part.rows):
            label = f'<th scope="row">{self.all((time,))}</th>' if time else "<td></td>"
            cells = ""
            for column in range(width):
                if free_from[column] > row:
                    continue
                slot = slots.get((row, column))
                until = slot.row + slot.rows if slot else next((n for n in begins[column] if n > row), height)
                free_from[column] = until
                span = f' rowspan="{until - row}"' if until - row > 1 else ""
                inner = self.all(slot.blocks) if slot else ""
                cells += f"<td{self._id(slot.anchor if slot else None)}{span}>{inner}</td>"
            yield f"<tr>{label}{cells}</tr>"

    def _quotation(self, part: p.Quotation) -> str:
        lang = f' lang="{escape(part.language)}"' if part.language else ""
        translation = f"<p{_class('translation')}>{escape(part.translation)}</p>" if part.translation else ""
        cite = f"<figcaption>{self.all(part.cite)}</figcaption>" if part.cite else ""
        return (
            f"<figure{self._id(part.anchor)}{_class('quotation')}>{_former(part.anchor)}<blockquote{lang}><p>{escape(part.text)}</p></blockquote>"
            f"{translation}{cite}</figure>"
        )

    def _group(self, part: p.Group) -> str:
        opening = f"<div{self._id(part.anchor)}{_class(part.role)}>{_former(part.anchor)}"
        return f"{opening}{self.all(part.blocks)}</div>"

    def _filter(self, part: p.Filter) -> str:
        # Quotes of the other kind, of which JSON has none, so that it stays short.
        said = escape(part.said).replace("&quot;", '"')
        inner = self.all(part.blocks)
        opening = f"<div{_class('filtered')} data-list=\"{escape(part.name)}\" data-filter='{said}'>"
        return f"{opening}{inner}</div>"

    def _section(self, part: p.Section) -> str:
        heading = f"<h{part.level}>{self.all(part.title)}</h{part.level}>"
        opening = f"<section{self._id(part.anchor)}>{_former(part.anchor)}"
        return f"{opening}{heading}{self.all(part.blocks)}</section>"

    def _id(self, anchor: p.Anchor | None) -> str:
        if anchor is None:
            return ""
        self._anchors.append(anchor)
        return f' id="{escape(anchor.id)}"'


def _mark(mark: str) -> str:
    """Return the attribute by which a filter knows a row."""
    return f' data-row="{escape(mark)}"' if mark else ""


def _marked(parts: tuple[Any, ...], marks: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
    """Yield each part with the attribute by which a filter knows it."""
    return zip(parts, map(_mark, marks or ("",) * len(parts)), strict=True)


def _swatch(part: p.Swatch) -> str:
    """Return a colour as a presentation attribute, which no policy forbids as it does a style."""
    if part.tone.startswith("#"):
        return f'<svg aria-hidden="true"{_class("swatch")} color="{escape(part.tone)}"></svg>'
    return f'<svg aria-hidden="true"{_class("swatch " + part.tone)}></svg>'


@lru_cache(maxsize=4096)
def _class(roles: str, *, theme: str = "") -> str:
    """Return the attribute for classes of ours, after *theme*, one that themes know."""
    names = " ".join([*theme.split(), *(PREFIX + role for role in roles.split())])
    return f' class="{escape(names)}"' if names else ""


def _former(anchor: p.Anchor | None) -> str:
    """Return a target for each id that a place had before: an element has but one id."""
    return "".join(f'<span id="{escape(name)}"></span>' for name in anchor.former) if anchor else ""
