"""YAML to raw values: every scalar as it was typed, every value with its line."""

from __future__ import annotations

import sys
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner

from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.read.raw import (
    MERGE_KEY,
    Document,
    Flaw,
    Lines,
    ListLines,
    MapLines,
    NotReadable,
    Raw,
    duplicate_key,
    shorten,
    too_deep,
    too_many,
)
from sphinx_rapporteur.warnings import Subtype

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp"))
_MOST_DIRECTIVES = 100
_DEEP = "maximum nesting depth"
"""Newer parsers count too."""
_TAB = "found a tab character"
_TABS = "indent with spaces, not with tabs"
_QUOTES = "an opening and a closing quote"
_PROBLEMS = (
    ("'\\t'", "spaces", _TABS),
    ('"\\t"', "spaces", _TABS),
    (_TAB, "spaces", _TABS),
    (
        "mapping values are not allowed",
        "one key in a line",
        "put text with a colon and a space in it in quotes",
    ),
    ("cannot start any token", "a value", "put text that starts with such a character in quotes"),
    ("expected a single document", "one document", "several records are a list"),
    (
        "expected <block end>",
        "keys that start below each other",
        "check indentation, and quotes inside quotes",
    ),
    (
        "could not find expected ':'",
        "a key, a colon and a value",
        "check the indentation of the lines before",
    ),
    ("undefined alias", "a value", "put text that starts with an asterisk in quotes"),
    (
        "unknown escape",
        "a known escape",
        "double the backslash, or use single quotes, which take it as it is",
    ),
    ("expected node content", "a value", "close the brackets, or put the text in quotes"),
    ("end of stream", _QUOTES, "close the quotes"),
    ("expected ',' or", "a closing bracket", "close the bracket, or put text with brackets in quotes"),
)
"""What a part of the parser's words means: what was expected, and what to do."""


class _PureComposer(Reader, Scanner, Parser, Composer):
    """The same in Python, where PyYAML has no C library."""

    def __init__(self, stream: bytes) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


_CParser: Any = getattr(yaml.cyaml, "CParser", None) if yaml.__with_libyaml__ else None
_Composer: Any = type("_Composer", (_CParser,), {}) if _CParser else _PureComposer


def parse_yaml(data: bytes, limits: Limits, *, composer: Any = _Composer) -> Document:
    """Return the values of a YAML file; raise ``NotReadable`` with the reason."""
    _check_directives(data)
    try:
        node = _compose(composer(data), limits)
    except MarkedYAMLError as error:
        # A line without its colon is missed at the next one.
        is_late = "could not find expected ':'" in str(error.problem) and error.context_mark
        mark = is_late or error.problem_mark or error.context_mark
        at = mark.line if mark else 0
        if _DEEP in str(error.problem):
            raise too_deep(at + 1, limits.depth) from None
        has_tab = b"\t" in _indentation(data, at)
        raise NotReadable(_syntax(at + 1, error, has_tab=has_tab)) from None
    except ReaderError as error:
        raise NotReadable(_bad_character(data, error)) from None
    if node is None:
        return Document(None, 1)
    builder = _Builder(limits, has_anchors=b"&" in data)
    value, lines = builder.build(node)
    return Document(value, lines, builder.flawed, builder.has_nulls)


def _check_directives(data: bytes) -> None:
    """Refuse a file with very many directives: libyaml compares each with all before it."""
    count = data.count(b"%TAG")
    if count > _MOST_DIRECTIVES:
        flaw = Flaw(
            1,
            "the file has very many %TAG directives",
            Subtype.LIMIT,
            found=f"{count:,}",
            expected=f"at most {_MOST_DIRECTIVES}",
            suggestion="leave these lines out: tags have no meaning here",
        )
        raise NotReadable(flaw)


def _compose(composer: Any, limits: Limits) -> Node | None:
    depth = 0

    def descend(parent: Node, _index: object) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth + 1:
            # PyYAML composes by recursion: without this a thousand brackets end in a RecursionError.
            raise too_deep(parent.start_mark.line + 1, limits.depth)

    def ascend() -> None:
        nonlocal depth
        depth -= 1

    composer.descend_resolver = descend
    composer.ascend_resolver = ascend
    composer.resolve = _no_tag
    node: Node | None = composer.get_single_node()
    return node


def _no_tag(_kind: object, _value: object, _implicit: object) -> str:
    return ""


def _indentation(data: bytes, line: int) -> bytes:
    """Return what stands before the first character of a line, counted from 0."""
    text = b"".join(data.splitlines()[line : line + 1])
    return text[: len(text) - len(text.lstrip())]


def _syntax(line: int, error: MarkedYAMLError, *, has_tab: bool) -> Flaw:
    problem = str(error.problem or error.context or "it cannot be read")
    words = f"{_TAB if has_tab else problem} {error.context}"
    known = (pair for part, *pair in _PROBLEMS if part in words)
    expected, hint = next(known, ("YAML", "put text with special characters in quotes"))
    return Flaw(line, f"not valid YAML: {problem}", Subtype.SYNTAX, expected=expected, suggestion=hint)


def _bad_character(data: bytes, error: ReaderError) -> Flaw:
    character = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
    text = data.decode("utf-8", "replace")
    line = text.count("\n", 0, max(text.find(chr(character)), 0)) + 1
    return Flaw(line, "not valid YAML: a control character", Subtype.SYNTAX, found=f"U+{character:04X}")


def _is_cut_off(key: Node, value: Node) -> bool:
    """Return whether a key of a flow mapping is a bare word: what follows a comma, without a colon."""
    end = key.end_mark.index
    is_bare = value.start_mark.index == value.end_mark.index == end
    return is_bare and not getattr(key, "style", None)


class _Last:
    """The last key and value of a flow mapping before words that a comma in the value cut off."""

    def __init__(self, key: Node, value: Node) -> None:
        self._key = key
        self._value = value
        self._text: str = value.value if isinstance(value, ScalarNode) else ""
        self._end: int = value.end_mark.index

    def take(self, rest: Node, values: dict[str, Raw]) -> bool:
        """Make the value a flaw if words belong to it; return whether they do."""
        value = self._value
        is_alias = value.start_mark.index < self._key.start_mark.index
        if not isinstance(value, ScalarNode) or value.style or value.tag or not value.value or is_alias:
            return False
        is_figure = self._text[-1:].isdigit() and rest.value[:1].isdigit()
        self._text += f"{',' if rest.start_mark.index == self._end + 1 else ', '}{rest.value}"
        self._end = rest.end_mark.index
        what = "quote the figure" if is_figure else "put text with a comma in quotes"
        values[self._key.value] = Flaw(
            self._key.start_mark.line + 1,
            "the value is cut off at its comma",
            Subtype.SYNTAX,
            found=shorten(value.value),
            suggestion=f"{what}: {shorten(self._text)}",
        )
        return True


class _Builder:
    """Turns composed nodes into values and lines."""

    def __init__(self, limits: Limits, *, has_anchors: bool) -> None:
        self.limits = limits
        self.flawed = False
        self.has_nulls = False
        self._left = limits.nodes
        self._aliases = 0
        # An alias is the node that it repeats, with that one's place: the key around it says where it stands.
        self._at = 1
        self._seen: set[int] | None = set() if has_anchors else None
        self._open: set[int] = set()

    def build(self, node: Node) -> tuple[Raw, Lines]:
        """Return a node's value and its lines."""
        if self._seen is not None:
            self._note(node)
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        line = node.start_mark.line + 1
        wanted = "map" if isinstance(node, MappingNode) else "seq"
        if node.tag and node.tag != _CORE + wanted:
            return self._tagged(node)
        key = id(node)
        if key in self._open:
            raise NotReadable(Flaw(line, "an alias stands inside the value that it repeats", Subtype.LIMIT))
        self._open.add(key)
        self._left -= len(node.value)
        if self._left < 0:
            raise too_many(line, self.limits.nodes)
        built = self._mapping(node, line) if wanted == "map" else self._sequence(node, line)
        self._open.discard(key)
        return built

    def _build_untagged(self, node: Node) -> tuple[Raw, Lines]:
        """Do the same without looking for aliases; nine in ten values are text."""
        if node.__class__ is ScalarNode and not node.tag:
            text: str = node.value
            line = node.start_mark.line + 1
            style = node.style
            if style:
                return text, line + 1 if style in "|>" else line
            return None if text in _NULLS else text, line
        return self.build(node)

    def _note(self, node: Node) -> None:
        seen = self._seen
        if seen is None:
            return
        if id(node) in seen:
            self._aliases += 1
            if self._aliases > self.limits.aliases:
                raise NotReadable(Flaw(self._at, f"more than {self.limits.aliases} aliases", Subtype.LIMIT))
        seen.add(id(node))

    def _sequence(self, node: Node, line: int) -> tuple[Raw, Lines]:
        pairs = [self.build(item) for item in node.value]
        return [value for value, _ in pairs], ListLines(line, [lines for _, lines in pairs], [])

    def _mapping(self, node: Node, line: int) -> tuple[Raw, Lines]:
        values: dict[str, Raw] = {}
        keys: dict[str, int] = {}
        inner: dict[str, Lines] = {}
        is_flow = getattr(node, "flow_style", False)
        last: _Last | None = None
        build = self.build if self._seen is not None else self._build_untagged
        for key_node, item in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                return self._flaw(
                    key_line,
                    "a key that is a mapping or a list",
                    suggestion="put text that starts with a bracket in quotes",
                )
            key = sys.intern(key_node.value)
            if last is not None and _is_cut_off(key_node, item) and last.take(key_node, values):
                self.flawed = True
                continue
            if self._seen is not None:
                self._at = key_line
            value, lines = build(item)
            if is_flow:
                last = _Last(key_node, item)
            if key == MERGE_KEY:
                message = "merge keys are not part of the format"
                value = self._flaw(key_line, message, suggestion="write the values out")[0]
            if key in keys:
                self.flawed = True
                values[key] = duplicate_key(key, key_line, keys[key], values.get(key))
                continue
            keys[key] = key_line
            values[key] = value
            self.has_nulls |= value is None
            if lines != key_line:
                inner[key] = lines
        return values, MapLines(line, keys, inner)

    def _scalar(self, node: ScalarNode) -> tuple[Raw, Lines]:
        line = node.start_mark.line + 1
        text: str = node.value
        tag = node.tag
        if tag and tag not in _SCALAR_TAGS:
            return self._tagged(node)
        style = node.style
        if style in {"|", ">"}:
            return text, line + 1
        if (not style and text in _NULLS and tag != _CORE + "str") or tag == _CORE + "null":
            return None, line
        return text, line

    def _tagged(self, node: Node) -> tuple[Raw, Lines]:
        tag = node.tag.replace(_CORE, "!!")
        return self._flaw(
            node.start_mark.line + 1,
            "a YAML tag that is not part of the format",
            found=tag[:60],
            suggestion="leave the tag out, or put the text in quotes",
        )

    def _flaw(self, line: int, message: str, *, suggestion: str, found: str = "") -> tuple[Raw, Lines]:
        self.flawed = True
        return Flaw(line, message, Subtype.SYNTAX, found=found, suggestion=suggestion), line
