"""The blocks of a text as nodes: sections, lists, quotations, code, tables."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from sphinx_rapporteur.render.text.characters import clean
from sphinx_rapporteur.render.text.context import Notes
from sphinx_rapporteur.render.text.inline import InlineRenderer
from sphinx_rapporteur.render.text.syntax import DIRECTIVE, directive_as_typed, parse
from sphinx_rapporteur.render.text.tables import build_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from sphinx_rapporteur.render.text.context import TextContext

_LANGUAGE = re.compile(r"[A-Za-z0-9_+-]{1,30}")
_MAX_HIGHLIGHTED = 20_000
"""Some of Pygments' expressions take long on text that is made for it."""
_LABEL = re.compile(r"^\([^()\n]{1,100}\)=[ \t]*$", re.MULTILINE)
_CELL_END = re.compile(r"(?<!\\)\|")


def render_text(text: str, context: TextContext) -> list[nodes.Node]:
    """Return the blocks of a text; findings go to ``context.report``."""
    text = clean(text)
    notes = Notes(context)
    tokens, left = parse(text)
    for offset, message, found in left:
        notes.add(offset, message, found=found, do="shorten or split it")
    return _BlockRenderer(notes, text).render(tokens)


class _BlockRenderer:
    def __init__(self, notes: Notes, text: str) -> None:
        self._notes = notes
        self._lines = text.split("\n")
        self._root = nodes.section()
        self._parents: list[nodes.Element] = [self._root]
        # The open sections with the number of # of their headings.
        self._sections: list[tuple[int, nodes.Element]] = []
        self._holders: list[nodes.Element] = [self._root]
        self._handlers: dict[str, Callable[[list[Token], int], int]] = {
            "paragraph_open": self._paragraph,
            "heading_open": self._heading,
            "table_open": self._table,
            "fence": self._fence,
            "code_block": self._code,
            "hr": self._transition,
            "rp_plain": self._plain,
            "bullet_list_open": lambda tokens, at: self._enter(nodes.bullet_list(bullet="-"), tokens, at),
            "ordered_list_open": lambda tokens, at: self._enter(_enumeration(tokens[at]), tokens, at),
            "list_item_open": lambda tokens, at: self._enter(nodes.list_item(), tokens, at),
            "blockquote_open": lambda tokens, at: self._enter(nodes.block_quote(), tokens, at),
        }
        for name in ("bullet_list_close", "ordered_list_close", "list_item_close", "blockquote_close"):
            self._handlers[name] = self._leave

    def render(self, tokens: list[Token]) -> list[nodes.Node]:
        """Return the blocks of the tokens."""
        at = 0
        while at < len(tokens):
            at = self._handlers.get(tokens[at].type, self._unknown)(tokens, at)
        for holder in self._holders:
            _drop_outer_transitions(holder)
        children = list(self._root.children)
        self._root.clear()
        return children

    def _add(self, node: nodes.Element, token: Token) -> None:
        self._locate(node, token)
        self._parents[-1] += node

    def _locate(self, node: nodes.Element, token: Token) -> None:
        self._notes.locate(node, _first_line(token))
        if isinstance(node, nodes.TextElement):
            # Sphinx would parse a translation of it as MyST with everything allowed.
            node["translatable"] = False

    def _enter(self, node: nodes.Element, tokens: list[Token], at: int) -> int:
        self._add(node, tokens[at])
        self._parents.append(node)
        return at + 1

    def _leave(self, _tokens: list[Token], at: int) -> int:
        node = self._parents.pop()
        if not node.children and isinstance(node, nodes.block_quote):
            node.parent.remove(node)
        return at + 1

    def _inline(self, inline: Token, tokens: list[Token] | None = None) -> list[nodes.Node]:
        renderer = InlineRenderer(self._notes, _first_line(inline), inline.content)
        return renderer.render(inline.children or [] if tokens is None else tokens)

    # --- text

    def _paragraph(self, tokens: list[Token], at: int) -> int:
        inline = tokens[at + 1]
        for match in _LABEL.finditer(inline.content):
            offset = _first_line(inline) + inline.content.count("\n", 0, match.start())
            self._notes.add(offset, "a record text cannot set a label", found=match[0], do="leave it out")
        lines = _split_lines(inline.children or [])
        if len(lines) == 1:
            self._add(nodes.paragraph("", "", *self._inline(inline)), tokens[at])
        else:
            block = nodes.line_block()
            self._add(block, tokens[at])
            for line in lines:
                node = nodes.line("", "", *self._inline(inline, line))
                self._locate(node, tokens[at])
                block += node
        return at + 3

    def _plain(self, tokens: list[Token], at: int) -> int:
        self._add(nodes.paragraph("", tokens[at].content), tokens[at])
        return at + 1

    def _heading(self, tokens: list[Token], at: int) -> int:
        inline, count = tokens[at + 1], int(tokens[at].tag[1:])
        children = self._inline(inline)
        if len(self._parents) > 1 or not self._notes.context.sections:
            self._add(nodes.rubric("", "", *children), tokens[at])
            return at + 3
        while self._sections and self._sections[-1][0] >= count:
            self._sections.pop()
        title = nodes.title("", "", *children)
        name = self._notes.context.ids(f"text-{nodes.make_id(title.astext()) or 'section'}")
        section = nodes.section("", title, ids=[name], names=[name])
        self._locate(section, tokens[at])
        self._locate(title, tokens[at])
        holder = self._sections[-1][1] if self._sections else self._root
        holder += section
        self._sections.append((count, section))
        self._holders.append(section)
        self._parents = [section]
        return at + 3

    def _transition(self, tokens: list[Token], at: int) -> int:
        if len(self._parents) == 1 and self._notes.context.sections:
            self._add(nodes.transition(), tokens[at])
        else:
            message = "a line across the page is left out here"
            self._notes.add(_first_line(tokens[at]), message, do="remove it")
        return at + 1

    # --- code

    def _fence(self, tokens: list[Token], at: int) -> int:
        token = tokens[at]
        typed = directive_as_typed(token)
        if typed:
            self._literal(typed, "text", token)
            found = token.markup + token.info
            self._notes.add(_first_line(token), DIRECTIVE.message, found=found, do=DIRECTIVE.advice)
        else:
            self._literal(token.content.removesuffix("\n"), _language(token.info, token.content), token)
        return at + 1

    def _code(self, tokens: list[Token], at: int) -> int:
        self._literal(tokens[at].content.removesuffix("\n"), "text", tokens[at])
        return at + 1

    def _literal(self, content: str, language: str, token: Token) -> None:
        # A source that differs from the content would be taken for markup; force silences lexer errors.
        self._add(nodes.literal_block(content, content, language=language, force=True), token)

    # --- the rest

    def _table(self, tokens: list[Token], at: int) -> int:
        end = next(number for number in range(at, len(tokens)) if tokens[number].type == "table_close")
        table = build_table(tokens[at:end], self._inline, self._locate)
        self._report_lost_cells(tokens[at:end])
        self._add(table, tokens[at])
        return end + 1

    def _report_lost_cells(self, tokens: list[Token]) -> None:
        columns = sum(token.type == "th_open" for token in tokens)
        for token in tokens:
            if token.type == "tr_open" and token.map:
                typed = self._lines[token.map[0]].strip().lstrip("> ").strip("|")
                cells = len(_CELL_END.findall(typed)) + 1
                if cells > columns:
                    self._notes.add(
                        token.map[0],
                        f"the row has {cells} cells and its table {columns} columns; the last are left out",
                        found=typed,
                        do="put a backslash before a | that is text",
                    )

    def _unknown(self, tokens: list[Token], at: int) -> int:
        token = tokens[at]
        if token.content:
            self._add(nodes.paragraph("", token.content), token)
        if token.nesting >= 0:
            message = f"{token.type} has no meaning in a record text"
            self._notes.add(_first_line(token), message, found=token.content)
        return at + 1


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _enumeration(token: Token) -> nodes.Element:
    node = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
    start = token.attrGet("start")
    if start is not None and str(start).isdecimal() and int(start) != 1:
        node["start"] = int(start)
    return node


def _split_lines(tokens: list[Token]) -> list[list[Token]]:
    """Split at forced line ends, which have no node in docutils, unless they are in emphasis or a link."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += token.nesting
        if token.type == "hardbreak" and depth == 0:
            lines.append([])
        else:
            lines[-1].append(token)
    return lines


def _drop_outer_transitions(holder: nodes.Element) -> None:
    """Keep transitions between blocks only: docutils complains about all others."""
    kept: list[nodes.Node] = []
    for child in holder.children:
        before = kept[-1] if kept else None
        is_first = before is None or isinstance(before, nodes.transition | nodes.title)
        if isinstance(child, nodes.transition) and is_first:
            continue
        if isinstance(child, nodes.section) and isinstance(before, nodes.transition):
            kept.pop()
        kept.append(child)
    while kept and isinstance(kept[-1], nodes.transition):
        kept.pop()
    if len(kept) < len(holder.children):
        holder.children = kept


@cache
def _is_known(language: str) -> bool:
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return False
    return True


def _language(info: str, content: str) -> str:
    """Return the language to highlight a code block in; what is not one is plain text."""
    name = (info.split(maxsplit=1) or ["text"])[0]
    if _LANGUAGE.fullmatch(name) and len(content) <= _MAX_HIGHLIGHTED and _is_known(name):
        return name
    return "text"
