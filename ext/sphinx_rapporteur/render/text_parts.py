"""Record text as parts, for the texts that stand inside components: notes, summaries, outcomes."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_rapporteur.render import parts as p

_ROLES: dict[type[nodes.Node], str] = {
    nodes.strong: "strong",
    nodes.emphasis: "em",
    nodes.literal: "code",
    nodes.subscript: "sub",
    nodes.superscript: "sup",
}


def object_node(ref: p.Ref, text: str, *, attribute: str | None = None) -> nodes.inline:
    """Return the node by which a text's reference to an object is carried to ``blocks_of``.

    With *attribute*, if an empty one, the page on which the text stands counts as citing the object.
    """
    return nodes.inline("", text, ref=ref, attribute=attribute)


def blocks_of(found: Iterable[nodes.Node]) -> tuple[p.Block, ...]:
    """Return the nodes of a record text as parts; what parts have no form for is shown as its words."""
    return tuple(block for node in found for block in _block(node))


def _block(node: nodes.Node) -> tuple[p.Block, ...]:
    match node:
        case nodes.paragraph():
            return (p.Para(_inlines(node)),)
        case nodes.rubric() | nodes.title():
            return (p.Para((p.Span("strong", _inlines(node)),)),)
        case nodes.bullet_list() | nodes.enumerated_list():
            items = tuple(blocks_of(item.children) for item in node.children)
            return (p.Items(items, ordered=isinstance(node, nodes.enumerated_list)),)
        case nodes.block_quote() | nodes.section() | nodes.container():
            return blocks_of(node.children)
        case nodes.transition() | nodes.comment() | nodes.target():
            return ()
        case nodes.literal_block():
            return (p.Para((p.Span("code", (node.astext(),)),)),)
        case nodes.table():
            return tuple(p.Para((_row(row),)) for row in node.findall(nodes.row))
        case nodes.Text() | nodes.Inline():
            return (p.Para(_inline(node)),)
    return (p.Para((node.astext(),)),)


def _row(row: nodes.row) -> str:
    return " | ".join(entry.astext() for entry in row.children)


def _inlines(node: nodes.Element) -> tuple[p.Inline, ...]:
    return tuple(part for child in node.children for part in _inline(child))


def _inline(node: nodes.Node) -> tuple[p.Inline, ...]:
    if isinstance(node, nodes.Text):
        return (str(node),)
    if isinstance(node, nodes.reference) and "refuri" in node:
        return (p.Link(_inlines(node), node["refuri"]),)
    if isinstance(node, nodes.Element) and isinstance(node.get("ref"), p.Ref):
        return (p.Link(_inlines(node), node["ref"], node["attribute"]),)
    if isinstance(node, nodes.image):
        return (node.get("alt", ""),)
    if role := _ROLES.get(type(node)):
        return (p.Span(role, _inlines(node)),)  # type: ignore[arg-type]
    if isinstance(node, nodes.Element):
        return _inlines(node)
    return (node.astext(),)
