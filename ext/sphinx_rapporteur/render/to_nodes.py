"""Parts as docutils nodes, for every builder that does not write pages of HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes

from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.to_html import PREFIX

MakeReference = Callable[[p.Ref | p.Page, list[nodes.Node]], nodes.Node | None]
"""Gives a reference to an object, or nothing if it has no page."""

_WIDEST = 30
"""The width of a column in characters, beyond which its text is wrapped."""
MakePicture = Callable[[p.Image], nodes.Node | None]
"""Gives the image of a picture of the data folder, or nothing if it cannot be shown."""

_SPANS: dict[str, type[nodes.TextElement]] = {
    "strong": nodes.strong,
    "em": nodes.emphasis,
    "code": nodes.literal,
    "sub": nodes.subscript,
    "sup": nodes.superscript,
}


class NodeEmitter:
    """Makes docutils nodes of parts."""

    def __init__(self, *, reference: MakeReference, picture: MakePicture) -> None:
        self._reference = reference
        self._picture = picture
        self._emit: dict[type, Callable[[Any], list[nodes.Node]]] = {
            str: lambda part: [nodes.Text(part)],
            p.Span: self._span,
            p.Link: self._link,
            p.Jump: lambda part: [
                nodes.reference("", "", *self.all(part.children), refid=part.anchor, internal=True)
            ],
            p.Time: lambda part: [nodes.Text(part.text)],
            p.Swatch: lambda _part: [],
            p.Switch: lambda _part: [],
            p.Para: lambda part: [_classed(nodes.paragraph("", "", *self.all(part.children)), part.role)],
            p.Items: self._items,
            p.Facts: self._facts,
            p.Portrait: self._portrait,
            p.Cards: self._cards,
            p.Table: self._table,
            p.Grid: lambda part: self._table(part.plain),
            p.Chart: lambda _part: [],
            p.Quotation: self._quotation,
            p.Section: self._section,
            p.Group: self._group,
            p.Filter: lambda part: self.all(part.blocks),
        }

    def all(self, children: tuple[Any, ...]) -> list[nodes.Node]:
        """Return the nodes of all *children*."""
        return [node for child in children for node in self._emit[type(child)](child)]

    def _span(self, part: p.Span) -> list[nodes.Node]:
        kind = _SPANS.get(part.role, nodes.inline)
        return [_classed(kind("", "", *self.all(part.children)), "" if part.role in _SPANS else part.role)]

    def _link(self, part: p.Link) -> list[nodes.Node]:
        children = self.all(part.children)
        if isinstance(part.to, str):
            return [nodes.reference("", "", *children, refuri=part.to, internal=False)]
        reference = self._reference(part.to, children)
        return children if reference is None else [reference]

    def _items(self, part: p.Items) -> list[nodes.Node]:
        kind = nodes.enumerated_list if part.ordered else nodes.bullet_list
        items = [nodes.list_item("", *self.all(item)) for item in part.items]
        node = kind("", *items)
        if part.ordered:
            node["enumtype"] = "arabic"
            node["prefix"], node["suffix"] = "", "."
        return [_classed(node, f"list {part.role}" if part.role else "")]

    def _facts(self, part: p.Facts) -> list[nodes.Node]:
        fields = [
            nodes.field("", nodes.field_name("", fact.label), nodes.field_body("", *self.all(fact.blocks)))
            for fact in part.items
        ]
        return [_classed(nodes.field_list("", *fields), "facts " + part.role)]

    def _cards(self, part: p.Cards) -> list[nodes.Node]:
        return [
            _classed(nodes.container("", *[self._card(card) for card in part.cards]), "cards " + part.role)
        ]

    def _portrait(self, part: p.Portrait) -> list[nodes.Node]:
        picture = self._picture(part.image)
        if picture is None:
            return []
        figure = _classed(nodes.figure("", picture), "person-photo")
        if part.caption:
            figure += nodes.caption("", part.caption)
        return [figure]

    def _card(self, card: p.Card) -> nodes.Node:
        node: nodes.Element = _anchored(nodes.container(), card.anchor)
        if card.image and card.image.file:
            picture = self._picture(card.image)
            if picture is not None:
                node += picture
        if card.kicker:
            node += _classed(nodes.paragraph("", "", *self.all(card.kicker)), "kicker")
        title = nodes.strong("", "", *self.all(card.title))
        node += _classed(nodes.paragraph("", "", title), "card-title")
        node += self.all(card.body)
        _classed(node, "card " + card.role)
        return node

    def _table(self, part: p.Table) -> list[nodes.Node]:
        group = nodes.tgroup("", cols=len(part.columns))
        head = nodes.row("", *[nodes.entry("", nodes.paragraph("", column)) for column in part.columns])
        group += nodes.thead("", head)
        body = nodes.tbody()
        for row in part.rows:
            entries = [nodes.entry("", *self.all(cell)) for cell in row.cells]
            node = nodes.row("", *entries)
            if row.anchor:
                # Not every writer knows ids on rows: the anchor stands in the row's first cell.
                target = nodes.target("", "", ids=[row.anchor.id, *row.anchor.former])
                entries[0].insert(0, nodes.paragraph("", "", target))
            body += node
        group += body
        # Plain text is as wide as its columns say.
        for column in zip(head, *body, strict=True):
            longest = max(
                len(line) for entry in column for line in (entry.astext() or "").splitlines() or [""]
            )
            group.insert(-2, nodes.colspec(colwidth=min(max(longest, 1), _WIDEST)))
        return [_classed(nodes.table("", nodes.title("", part.caption), group), "table " + part.role)]

    def _quotation(self, part: p.Quotation) -> list[nodes.Node]:
        node = _anchored(nodes.block_quote("", nodes.paragraph("", part.text)), part.anchor)
        if part.translation:
            node += _classed(nodes.paragraph("", part.translation), "translation")
        if part.cite:
            node += nodes.attribution("", "", *self.all(part.cite))
        return [_classed(node, "quotation")]

    def _section(self, part: p.Section) -> list[nodes.Node]:
        node = _anchored(nodes.container(), part.anchor)
        node += nodes.rubric("", "", *self.all(part.title))
        node += self.all(part.blocks)
        return [node]

    def _group(self, part: p.Group) -> list[nodes.Node]:
        return [_classed(_anchored(nodes.container("", *self.all(part.blocks)), part.anchor), part.role)]


def _classed(node: Any, roles: str) -> Any:
    node["classes"] += [PREFIX + role for role in roles.split()]
    return node


def _anchored(node: Any, anchor: p.Anchor | None) -> Any:
    if anchor:
        node["ids"] += [anchor.id, *anchor.former]
    return node
