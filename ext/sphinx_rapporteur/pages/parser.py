"""Reads the text of a generated page: headings, emphasis and our directives at once, all else as MyST.

A layout is MyST, and most of a build's time went into parsing the same few constructs on every page.
What is plain enough is made here into the nodes that MyST makes of it (a test compares the two); a page
with anything more, such as a site's own layout may have, is given to MyST whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from docutils import nodes
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import compute_unique_slug
from myst_parser.parsers.sphinx_ import MystParser

FILETYPE = "forum-page"

_DOMAIN = "forum"

_ORPHAN = "---\norphan: true\n---\n"
_WORD = r"[^!-/:-@\[-`{-~\n]"
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_TEXT = rf"(?!\s)(?:{_ESCAPED}|{_WORD})+(?<!\s)"
_HEADING = re.compile(rf"(#{{1,3}}) ({_TEXT})")
_EMPHASIS = re.compile(rf"\*({_TEXT})\*")
_FENCE = re.compile(rf"```\{{{_DOMAIN}:([a-z-]+)\}}")
_OPTION = re.compile(r":([a-z-]+):(?: +([A-Za-z0-9][A-Za-z0-9/, -]*))?")
_SKIPPED = frozenset("\t\v\f\r\x1c\x1d\x1e\x85\xa0\u2028\u2029&<")
"""Where Markdown, Python and docutils differ on what ends a line or is a space."""


class _Heading(NamedTuple):
    line: int
    level: int
    text: str


class _Emphasis(NamedTuple):
    line: int
    text: str


class _Directive(NamedTuple):
    line: int
    name: str
    options: dict[str, str | None]


_Block = _Heading | _Emphasis | _Directive


class LayoutParser(MystParser):
    """MyST's parser with a short way for what layouts are mostly made of."""

    supported: tuple[str, ...] = (FILETYPE,)  # type: ignore[misc]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Fill *document*."""
        blocks = plain_blocks(inputstring)
        builder = None if blocks is None else _Builder(document)
        if blocks is None or builder is None or not builder.can_build(blocks):
            super().parse(inputstring, document)
            return
        builder.build(blocks)


def plain_blocks(text: str) -> list[_Block] | None:
    """Return the blocks of a plain page, or nothing if there is anything else in it."""
    if not text.startswith(_ORPHAN) or not _SKIPPED.isdisjoint(text):
        return None
    try:
        return list(_blocks(text.split("\n")))
    except _NotPlainError:
        return None


class _NotPlainError(Exception):
    pass


def _blocks(lines: list[str]) -> Iterator[_Block]:
    at = _ORPHAN.count("\n")
    blank = True
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        if not line:
            blank = True
            continue
        if found := _HEADING.fullmatch(line):
            yield _Heading(number, len(found[1]), _unescaped(found[2]))
        elif blank and (found := _EMPHASIS.fullmatch(line)) and at < len(lines) and not lines[at]:
            yield _Emphasis(number, _unescaped(found[1]))
        elif found := _FENCE.fullmatch(line):
            end = _end(lines, at)
            yield _Directive(number, found[1], _options(lines[at:end]))
            at = end + 1
        else:
            raise _NotPlainError
        blank = False


def _end(lines: list[str], start: int) -> int:
    for at in range(start, len(lines)):
        if lines[at] == "```":
            return at
    raise _NotPlainError


def _options(lines: list[str]) -> dict[str, str | None]:
    options: dict[str, str | None] = {}
    ended = False
    for line in lines:
        if not line:
            ended = True
            continue
        found = _OPTION.fullmatch(line)
        if found is None or found[1] in options or ended:
            raise _NotPlainError
        options[found[1]] = (found[2] or "").strip()
    return options


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


class _Place:
    """What a directive asks its state and its state machine for."""

    def __init__(self, document: nodes.document) -> None:
        self.document = document
        self.reporter = document.reporter

    def get_source_and_line(self, line: int | None = None) -> tuple[str, int | None]:
        return self.document["source"], line


class _Builder:
    """Makes the nodes of a plain page as MyST does."""

    def __init__(self, document: nodes.document) -> None:
        self._document = document
        self._env: Any = document.settings.env
        self._config: Any = self._env.myst_config
        self._place = _Place(document)
        self._slugs: dict[str, tuple[int | None, str, str]] = {}
        self._sections: list[tuple[int, nodes.Element]] = [(0, document)]

    def can_build(self, blocks: list[_Block]) -> bool:
        """Whether no setting of MyST, and nothing that stands in for our directives, asks for more."""
        level = 0
        for block in blocks:
            if isinstance(block, _Heading):
                if block.level > level + 1:
                    return False
                level = block.level
            elif isinstance(block, _Directive):
                directive = self._directive(block.name)
                if directive is None or not getattr(directive, "takes_options_alone", False):
                    return False
        return not (self._config.html_meta or self._config.commonmark_only or self._config.gfm_only)

    def build(self, blocks: list[_Block]) -> None:
        """Append the nodes of *blocks*, and leave what MyST leaves for its transforms."""
        for block in blocks:
            match block:
                case _Heading():
                    self._heading(block)
                case _Emphasis():
                    emphasis = nodes.emphasis("", nodes.Text(block.text))
                    paragraph = self._placed(
                        nodes.paragraph("", "", self._placed(emphasis, block.line)), block.line
                    )
                    self._sections[-1][1].append(paragraph)
                case _Directive():
                    self._sections[-1][1].extend(self._run(block))
        document: Any = self._document
        document.myst_slugs = self._slugs
        if self._slugs:
            self._env.metadata[self._env.docname]["myst_slugs"] = self._slugs
        for name in ("heading_anchors_html_ids", "footnote_transition", "footnote_sort"):
            if hasattr(self._config, name):
                setattr(document.settings, f"myst_{name}", getattr(self._config, name))

    def _directive(self, name: str) -> Any:
        return self._env.domains[_DOMAIN].directive(name)

    def _placed(self, node: nodes.Element, line: int) -> nodes.Element:
        node.source, node.line = self._document["source"], line
        return node

    def _heading(self, block: _Heading) -> None:
        section = self._placed(nodes.section(), block.line)
        if (
            block.level == 1
            and "dollarmath" in self._config.enable_extensions
            and self._config.update_mathjax
        ):
            section["classes"] += ["tex2jax_ignore", "mathjax_ignore"]
        while self._sections[-1][0] >= block.level:
            self._sections.pop()
        self._sections[-1][1].append(section)
        self._sections.append((block.level, section))
        title = self._placed(nodes.title(block.text, "", nodes.Text(block.text)), block.line)
        section.append(title)
        section["names"].append(nodes.fully_normalize_name(block.text))
        self._document.note_implicit_target(section, section)
        if block.level <= (self._config.heading_anchors or 0):
            self._note_slug(section, block)

    def _note_slug(self, section: nodes.Element, block: _Heading) -> None:
        text = Token("text", "", 0, content=block.text)
        inline = Token("inline", "", 0, content=block.text, children=[text])
        tag = f"h{block.level}"
        tokens = [Token("heading_open", tag, 1), inline, Token("heading_close", tag, -1)]
        slug = compute_unique_slug(
            SyntaxTreeNode(tokens).children[0], self._slugs, self._config.heading_slug_func
        )
        if slug:
            section["slug"] = slug
            self._slugs[slug] = (block.line, section["ids"][0], block.text)

    def _run(self, block: _Directive) -> list[nodes.Node]:
        self._document.current_line = block.line
        directive = self._directive(block.name)(
            name=f"{_DOMAIN}:{block.name}",
            arguments=[],
            options=block.options,
            content=[],
            lineno=block.line,
            content_offset=0,
            block_text="",
            state=self._place,
            state_machine=self._place,
        )
        return list(directive.run())
