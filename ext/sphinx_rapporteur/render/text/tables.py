"""Tables of record texts as docutils tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    Inline: TypeAlias = Callable[[Token], list[nodes.Node]]
    Locate: TypeAlias = Callable[[nodes.Element, Token], None]


def build_table(tokens: Sequence[Token], inline: Inline, locate: Locate) -> nodes.table:
    """Return the table of the tokens from ``table_open`` on."""
    head, body = _rows(tokens, inline, locate)
    columns = len(head[0]) if head else 0
    # docutils wants a body; a table of headings alone has them there.
    head, body = (head, body) if body else ([], head)
    group = nodes.tgroup("", cols=columns)
    group += [nodes.colspec(colwidth=max(1, 100 // max(1, columns))) for _ in range(columns)]
    for rows, kind in ((head, nodes.thead), (body, nodes.tbody)):
        if rows:
            part = kind("", *rows)
            locate(part, tokens[0])
            group += part
    locate(group, tokens[0])
    return nodes.table("", group, classes=["colwidths-auto"])


def _rows(
    tokens: Sequence[Token], inline: Inline, locate: Locate
) -> tuple[list[nodes.Element], list[nodes.Element]]:
    head: list[nodes.Element] = []
    body: list[nodes.Element] = []
    rows = head
    for number, token in enumerate(tokens):
        if token.type == "tbody_open":
            rows = body
        elif token.type == "tr_open":
            rows.append(nodes.row())
            locate(rows[-1], token)
        elif token.type in {"th_open", "td_open"}:
            rows[-1] += _cell(token, tokens[number + 1], inline, locate)
    return head, body


def _cell(opening: Token, content: Token, inline: Inline, locate: Locate) -> nodes.entry:
    entry = nodes.entry()
    align = str(opening.attrGet("style") or "").removeprefix("text-align:")
    if align in {"left", "center", "right"}:
        entry["classes"].append(f"text-{align}")
    children = inline(content)
    if children:
        paragraph = nodes.paragraph("", "", *children)
        locate(paragraph, content)
        entry += paragraph
    locate(entry, content)
    return entry
