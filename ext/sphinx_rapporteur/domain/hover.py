"""Hover cards: who, what and when of a reference, shown at the pointer and at the keyboard's focus.

The card is part of the page, so that it needs no request and works without a script; the one script
closes it with Escape, as WCAG 1.4.13 asks.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes

from sphinx_rapporteur.render.attributes import HoverCard


class hover(nodes.inline):  # noqa: N801  (docutils names node classes so)
    """A reference with its card; writers that know no cards show it as an inline."""


def with_card(reference: nodes.Node, card: HoverCard | None) -> nodes.Node:
    """Return *reference* with its card around it, or as it is if it has none."""
    return reference if card is None else hover("", "", reference, card=(card.title, card.lines))


def visit_hover_html(translator: Any, node: hover) -> None:
    """Write the link with its card; a reference that found no target stays plain text."""
    reference = node.next_node(nodes.reference)
    if reference is None or ("refuri" not in reference and "refid" not in reference):
        return
    number = translator.forum_cards = getattr(translator, "forum_cards", 0) + 1
    name = f"rp-card-{number}"
    # The address of the page itself is empty.
    href = reference.get("refuri") or f"#{reference.get('refid', '')}"
    kind = "internal" if reference.get("internal") else "external"
    title, lines = node["card"]
    body = "".join(f'<span class="rp-hover-line">{escape(line)}</span>' for line in lines)
    translator.body.append(
        f'<span class="rp-hover"><a class="reference {kind}" href="{escape(href)}" aria-describedby="{name}">'
    )
    for child in reference.children:
        child.walkabout(translator)
    translator.body.append(
        f'</a><span class="rp-hover-card" role="tooltip" id="{name}">'
        f'<span class="rp-hover-title">{escape(title)}</span>{body}</span></span>'
    )
    raise nodes.SkipNode


def depart_hover_html(translator: Any, node: hover) -> None:
    """Nothing is open: the link was written whole, or its text stands by itself."""
