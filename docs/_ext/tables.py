"""Small builders of nodes for the reference: tables, inline code, sections that can be referred to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

Words = Sequence[nodes.Node]
Cell = Sequence[nodes.paragraph]
_CODE = re.compile(r"`+([^`]+)`+")


def inline(text: str) -> list[nodes.Node]:
    """Return text in which words in backticks are code."""
    out: list[nodes.Node] = []
    for index, piece in enumerate(_CODE.split(text)):
        if piece:
            out.append(nodes.literal("", piece) if index % 2 else nodes.Text(piece))
    return out


def cell(*paragraphs: Words) -> Cell:
    """Return the cell of a table; what follows the first paragraph is an aside."""
    return [
        nodes.paragraph("", "", *words, classes=["aside"] if index else [])
        for index, words in enumerate(paragraphs)
    ]


def code(text: str) -> list[nodes.Node]:
    """Return text as code."""
    return [nodes.literal("", text)]


def link(label: str, shown: Words) -> list[nodes.Node]:
    """Return a reference to a label of any page; a label that does not exist is a warning."""
    content = nodes.inline("", "", *shown)
    attributes = {"refdomain": "std", "reftype": "ref", "reftarget": label}
    return [pending_xref("", content, **attributes, refexplicit=True, refwarn=True)]


def table(heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Cell]]) -> nodes.table:
    """Return a table."""
    group = nodes.tgroup("", *(nodes.colspec("", colwidth=width) for width in widths), cols=len(widths))
    group += nodes.thead("", _row([cell([nodes.Text(head)]) for head in heads]))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group, classes=["reference"])


def _row(cells: Sequence[Cell]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *paragraphs) for paragraphs in cells))


def section(directive: SphinxDirective, title: Words, label: str) -> nodes.section:
    """Return a section that the label refers to."""
    node = nodes.section("", nodes.title("", "", *title), ids=[label], names=[label])
    directive.set_source_info(node)
    directive.state.document.note_explicit_target(node, node)
    return node
