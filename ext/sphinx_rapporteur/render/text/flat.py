"""A text where no blocks fit: as inline nodes for a table cell, as words for descriptions and digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_rapporteur.render.text.characters import clean
from sphinx_rapporteur.render.text.context import Notes, TextContext
from sphinx_rapporteur.render.text.inline import InlineRenderer, split_behind
from sphinx_rapporteur.render.text.syntax import DIRECTIVE, OBJECT_ROLES, directive_as_typed, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

_LITERAL = frozenset({"fence", "code_block"})


def render_inline(text: str, context: TextContext) -> list[nodes.Node]:
    """Return a text as inline nodes; of headings, lists and tables the words stay, block after block."""
    notes = Notes(context)
    tokens, left = parse(clean(text))
    for offset, message, found in left:
        notes.add(offset, message, found=found, do="shorten or split it")
    children: list[nodes.Node] = []
    for token in tokens:
        block = _inline_block(token, notes)
        if block and children:
            children.append(nodes.Text(" "))
        children += block
    return children


def _inline_block(token: Token, notes: Notes) -> list[nodes.Node]:
    line = token.map[0] if token.map else 0
    if token.type == "inline":
        return InlineRenderer(notes, line, token.content).render(token.children or [])
    if token.type in _LITERAL and (token.content.strip() or token.info):
        typed = directive_as_typed(token)
        if typed:
            notes.add(line, DIRECTIVE.message, found=token.markup + token.info, do=DIRECTIVE.advice)
        node = nodes.literal("", typed or token.content.strip())
        notes.locate(node, line)
        return [node]
    return [nodes.Text(token.content)] if token.content else []


def plain_text(text: str, *, name: Callable[[str, str], str | None] | None = None) -> str:
    """Return the words of a text in one line.

    ``name`` takes a role (without ``forum:``) and a target and returns what the reference would read;
    without it, or if it returns None, a reference without a title of its own reads as its target.
    """
    words = []
    for token in parse(clean(text))[0]:
        parts = _words(token.children or [], name) if token.type == "inline" else [token.content]
        words += "".join(parts).split()
    return " ".join(words)


def _words(tokens: list[Token], name: Callable[[str, str], str | None] | None) -> Iterator[str]:
    for token in tokens:
        if token.type == "image":
            yield from _words(token.children or [], name)
        elif token.type == "rp_role":
            yield _role_words(token, name)
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        else:
            yield token.content


def _role_words(token: Token, name: Callable[[str, str], str | None] | None) -> str:
    content = str(token.meta["content"])
    domain, _, role = str(token.meta["name"]).partition(":")
    if domain in {"sub", "sup"}:
        return content
    if domain == "abbr":
        return split_behind(content, "()")[0]
    if domain != "forum" or role not in OBJECT_ROLES:
        return token.content
    title, target = split_behind(content, "<>")
    if target:
        return title
    return (name(role, content) if name else None) or content
