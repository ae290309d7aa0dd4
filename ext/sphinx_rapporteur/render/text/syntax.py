"""The Markdown of record texts: a parser with the allowed rules only, and rules that find the others.

What may not be used becomes a token of its own with the text as it was typed, so that it is shown and
reported where it stands instead of being half understood.
"""

from __future__ import annotations

import re
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference, table
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, image, link
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from markdown_it.token import Token

from sphinx_rapporteur.records.characters import hides
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Callable

    InlineRule: TypeAlias = Callable[[StateInline, bool], bool]

OBJECT_ROLES = frozenset(
    {"event", "session", "person", "org", "stat", "quote", "outcome", "topic", "sdg", "indicator", "cite"}
)
"""The roles of the ``forum`` domain that a record text may use, without ``forum:``."""

MAX_LENGTH = 200_000
MAX_COLUMNS = 50
MAX_ROWS = 2_000
MAX_CELLS = 20_000
"""Of all tables in one text: two characters can make a row of empty cells."""
MAX_DEFINITIONS = 500
MAX_EMPHASES = 2_000
"""Asterisks and underscores in one paragraph: pairing them takes markdown-it-py 3 quadratic time."""
MAX_DEPTH = 18
"""Levels of quotations and lists; markdown-it drops what lies deeper than its own limit of 20."""


_ROLE = re.compile(r"\{([A-Za-z][A-Za-z0-9_:.+-]{0,60})\}(`+)")
_TAG = re.compile(
    r"<(?:/?([A-Za-z][A-Za-z0-9:-]*)(?:[\s/][^<>]{0,1000})?>"  # a whole tag
    r"|[A-Za-z][A-Za-z0-9:-]*[\s/]+[A-Za-z-]+\s{0,9}="  # the start of one
    r"|!--|!\[CDATA\[|![A-Za-z]|\?[A-Za-z])"
)
_TEMPLATE = re.compile(r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|\{#[^{}]{0,200}#\}")
# "[Moderator]: Yes." is a line of a transcript: what does not look like an address defines nothing.
_DEFINITION = re.compile(
    r"\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]{0,9}"
    r"(?:<|[A-Za-z][A-Za-z0-9+.-]{0,30}:|[#/]|\.{1,2}/|\S{1,500}\.(?:md|png|jpe?g|gif|svg|webp)\b)"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:?")
_STRIKE = re.compile(r"~~(?=\S)[^~\n]{1,500}~~")
_COLONS = re.compile(r":{3,}\s?\{[^{}\n]{1,100}\}")


class Misuse(NamedTuple):
    """What is said about a construct that may not be used."""

    message: str
    advice: str


DIRECTIVE = Misuse("a directive may not be used in a record text", "write the content as ordinary Markdown")
_TEMPLATES = Misuse("template syntax has no meaning in a record text", "write the value itself")
_FOOTNOTES = Misuse("footnotes may not be used in a record text", "put the note into the text")
_STRUCK = Misuse(
    "text cannot be struck through in a record text", "leave it out or say that it was corrected"
)
_CROWDED = Misuse("the paragraph has too many * or _; the rest is shown as typed", "split it")
_MISLEADING = Misuse("an invisible or direction-changing character was removed", "leave it out")
_HTML = Misuse(
    "HTML may not be used in a record text",
    "write Markdown, or put a backslash before it if it is meant as it stands",
)
_PATTERNS = (
    ("{", _TEMPLATE, _TEMPLATES),
    ("[", _FOOTNOTE, _FOOTNOTES),
    ("~", _STRIKE, _STRUCK),
    ("<", _TAG, _HTML),
)


class _Parser(MarkdownIt):
    """Leaves targets as they are written: each is judged, and refused with a word, when it is rendered."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


def parse(text: str) -> tuple[list[Token], list[tuple[int, str, str]]]:
    """Return the tokens of a cleaned text, and (line, message, found) of what was left as it was typed."""
    env: dict[str, Any] = {"left": {}, "cells": 0, "definitions": 0, "crowded": None}
    if len(text) > MAX_LENGTH:
        return _plain_tokens(text), [
            (0, f"the text is longer than {MAX_LENGTH:,} characters; its markup is shown", "")
        ]
    tokens = _parser().parse(text, env)
    return tokens, list(env["left"])


def _plain_tokens(text: str) -> list[Token]:
    """Return the paragraphs of a text, at empty lines, without any markup in them."""
    tokens = []
    line = 0
    for block in re.split(r"(\n[ \t]*\n\s*)", text):
        if block.strip():
            span = [line, line + block.count("\n") + 1]
            tokens.append(Token("rp_plain", "p", 0, content=block.strip("\n"), map=span, block=True))
        line += block.count("\n")
    return tokens


def directive_as_typed(fence: Token) -> str:
    """Return a fence with its first and last line if it is a directive, otherwise nothing."""
    if not fence.info.lstrip().startswith("{"):
        return ""
    end = "\n" if fence.content and not fence.content.endswith("\n") else ""
    return f"{fence.markup}{fence.info}\n{fence.content}{end}{fence.markup}"


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("zero")
    parser.enable(["table", "code", "fence", "blockquote", "hr", "list", "reference", "heading", "lheading"])
    parser.enable(["newline", "escape", "backticks", "emphasis", "link", "image", "autolink", "entity"])
    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("table", _limited_table, {"alt": ["paragraph", "reference"]})
    block.at("reference", _reference)
    block.before("table", "rp_deep", _too_deep)
    for name, rule in (("backticks", backtick), ("emphasis", _emphasis), ("link", link), ("image", image)):
        inline.at(name, _placed(rule))
    inline.at("autolink", _placed(autolink))
    inline.at("entity", _placed(_entity))
    inline.before("backticks", "rp_role", _placed(_role))
    inline.before("backticks", "rp_colons", _placed(_colons))
    for number, (first, pattern, misuse) in enumerate(_PATTERNS):
        # An address in angle brackets comes before a tag, which it resembles.
        before = "entity" if first == "<" else "backticks"
        inline.before(before, f"rp_odd{number}", _placed(_odd(first, pattern, misuse)))
    return parser


def _placed(rule: InlineRule) -> InlineRule:
    """Let a rule note in its tokens where in the paragraph they begin."""

    @wraps(rule)
    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("pos", start)
        return found

    return run


def _odd(first: str, pattern: re.Pattern[str], misuse: Misuse) -> InlineRule:
    """Return a rule that keeps what the pattern matches as it was typed."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        if state.src[state.pos] != first:
            return False
        match = pattern.match(state.src, state.pos, state.posMax)
        if not match:
            return False
        if not silent:
            token = state.push("rp_odd", "", 0)
            token.content = match[0]
            token.meta["misuse"] = misuse
        state.pos = match.end()
        return True

    return run


_colon_rule = _odd(":", _COLONS, DIRECTIVE)


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if len(state.delimiters) < MAX_EMPHASES or state.src[state.pos] not in "*_":
        return emphasis(state, silent)
    if silent or state.env["crowded"] is state.src:
        return False
    state.env["crowded"] = state.src
    token = state.push("rp_odd", "", 0)
    token.content = state.src[state.pos]
    token.meta["misuse"] = _CROWDED
    state.pos += 1
    return True


def _entity(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Keep characters out that the text itself is cleaned of: they can be written as entities."""
    count = len(state.tokens)
    found = entity(state, silent)
    if found and not silent:
        for token in state.tokens[count:]:
            if token.type == "text_special" and hides(token.content):
                token.type, token.content = "rp_odd", ""
                token.meta |= {"misuse": _MISLEADING, "found": token.markup, "subtype": Subtype.CHARACTERS}
    return found


def _colons(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    at_line_start = state.pos == 0 or state.src[state.pos - 1] == "\n"
    return at_line_start and _colon_rule(state, silent)


def _role(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read a role in MyST's syntax: a name in braces and a code span."""
    if state.src[state.pos] != "{":
        return False
    start = state.pos
    match = _ROLE.match(state.src, start, state.posMax)
    if not match:
        return False
    # markdown-it's own rule finds the end of the span; it remembers what it has searched.
    content_start = match.end()
    state.pos = match.start(2)
    backtick(state, True)
    if state.pos <= content_start:
        state.pos = start
        return False
    if not silent:
        token = state.push("rp_role", "", 0)
        token.content = state.src[start : state.pos]
        content = state.src[content_start : state.pos - len(match[2])].replace("\n", " ").strip()
        token.meta |= {"name": match[1], "content": content}
    return True


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read the definition of a link target; other text in that form would vanish from the page."""
    first = state.bMarks[start] + state.tShift[start]
    if not _DEFINITION.match(state.src, first, state.eMarks[start]):
        return False
    # markdown-it-py 3 reads the rest of the paragraph anew for each.
    state.env["definitions"] += 1
    if state.env["definitions"] > MAX_DEFINITIONS:
        message = f"there are more than {MAX_DEFINITIONS} link definitions; the rest is shown as typed"
        if state.env["definitions"] == MAX_DEFINITIONS + 1:
            state.env["left"][start, message, ""] = True
        return False
    return reference(state, start, end, silent)


def _limited_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read a table within the limits; what exceeds them stays text."""
    if start + 2 > end:
        return False
    columns = state.src.count("|", state.bMarks[start + 1], state.eMarks[start + 1]) + 1
    room = (MAX_CELLS - state.env["cells"]) // columns
    if columns > MAX_COLUMNS + 2 or room < 1:
        if table(state, start, start + 2, True):
            state.env["left"][start, "the table is too large; it is shown as it was typed", ""] = True
        return False
    limit = min(end, start + 2 + min(room, MAX_ROWS))
    found = table(state, start, limit, silent)
    if found and not silent:
        state.env["cells"] += columns * (state.line - start)
        if state.line == limit < end and not state.isEmpty(limit):
            message = "the table is too long; the rest is shown as it was typed"
            state.env["left"][limit, message, ""] = True
    return found


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Show what is nested too deep as it was typed."""
    if silent or state.level < MAX_DEPTH:
        return False
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    token = state.push("rp_plain", "p", 0)
    token.content = state.getLines(start, line, state.blkIndent, False).strip("\n")
    token.map = [start, line]
    message = "quotations and lists are nested too deep; the rest is shown as it was typed"
    state.env["left"][start, message, token.content[:80]] = True
    state.line = line
    return True
