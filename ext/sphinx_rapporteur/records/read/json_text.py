"""JSON to raw values: scalars as their source text, every value with its line."""

from __future__ import annotations

import json
import re
import sys

from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.read.raw import (
    Document,
    Flaw,
    Lines,
    ListLines,
    MapLines,
    NotReadable,
    Raw,
    duplicate_key,
    too_deep,
    too_many,
)
from sphinx_rapporteur.warnings import Subtype

_OPENING, _CLOSING = frozenset("{["), frozenset("}]")
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
"""What Python takes for numbers in JSON."""
_TOKEN = re.compile(r'[{}\[\]:,]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}\[\]:,"]+')


_PROBLEMS = (
    ("',' delimiter", "a comma, or a closing bracket", "put a comma behind each value but the last"),
    ("':' delimiter", "a colon", "put a colon between key and value"),
    (
        "property name",
        "a key in double quotes",
        "put no comma behind the last value, and keys in double quotes",
    ),
    ("Illegal trailing comma", "a value", "put no comma behind the last value"),
    ("Expecting value", "a value", "put text in double quotes, and close what is open"),
    ("Unterminated string", "a closing quote", "close the quotes"),
    ("control character", "a text in one line", "write a new line as \\n, a tab as \\t"),
    ("escape", "a known escape", "double the backslash"),
    ("Extra data", "one value", "put several records into a list"),
)
"""What a part of the parser's words means: what was expected, and what to do."""


def parse_json(data: bytes, limits: Limits) -> Document:
    """Return the values of a JSON file; raise ``NotReadable`` with the reason."""
    text = data.decode("utf-8")
    if not text.strip():
        return Document(None, 1)
    try:
        # Checks the grammar; numbers stay text, so that none is too long to convert.
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        expected, hint = next((pair for part, *pair in _PROBLEMS if part in error.msg), ("JSON", ""))
        message = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        flaw = Flaw(error.lineno, message, Subtype.SYNTAX, expected=expected, suggestion=hint)
        raise NotReadable(flaw) from None
    except RecursionError:
        raise too_deep(_deep_line(text, limits), limits.depth) from None
    scanner = _Scanner(text, limits)
    value, lines = scanner.value(0)
    return Document(value, lines, scanner.flawed, scanner.has_nulls)


def _deep_line(text: str, limits: Limits) -> int:
    """Return the line of the bracket by which the values nest too deeply."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if depth > limits.depth + 1:
            return text.count("\n", 0, token.start()) + 1
    return 1


class _Scanner:
    """Reads valid JSON once more, with lines and without losing a key that is there twice."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.flawed = False
        self.has_nulls = False
        self._text = text
        self._limits = limits
        self._tokens = _TOKEN.finditer(text)
        self._line = 1
        self._seen_to = 0
        self._left = limits.nodes

    def _next(self) -> str:
        match = next(self._tokens)
        self._line += self._text.count("\n", self._seen_to, match.start())
        self._seen_to = match.start()
        return match.group()

    def value(self, depth: int) -> tuple[Raw, Lines]:
        """Return the next value and its lines."""
        return self._from(self._next(), depth)

    def _from(self, token: str, depth: int) -> tuple[Raw, Lines]:
        line = self._line
        self._left -= 1
        if self._left < 0:
            raise too_many(line, self._limits.nodes)
        if depth > self._limits.depth:
            raise too_deep(line, self._limits.depth)
        if token == "{":  # noqa: S105
            return self._object(line, depth)
        if token == "[":  # noqa: S105
            return self._array(line, depth)
        if token.startswith('"'):
            return json.loads(token), line
        if token in _NO_NUMBERS:
            message = "not valid JSON: a number that is none"
            raise NotReadable(Flaw(line, message, Subtype.SYNTAX, found=token))
        return (None if token == "null" else token), line  # noqa: S105

    def _array(self, line: int, depth: int) -> tuple[Raw, Lines]:
        values: list[Raw] = []
        items: list[Lines] = []
        token = self._next()
        while token != "]":  # noqa: S105
            if token != ",":  # noqa: S105
                value, lines = self._from(token, depth + 1)
                values.append(value)
                items.append(lines)
            token = self._next()
        return values, ListLines(line, items, [])

    def _object(self, line: int, depth: int) -> tuple[Raw, Lines]:
        values: dict[str, Raw] = {}
        keys: dict[str, int] = {}
        inner: dict[str, Lines] = {}
        token = self._next()
        while token != "}":  # noqa: S105
            if token != ",":  # noqa: S105
                key, key_line = sys.intern(json.loads(token)), self._line
                self._next()
                value, lines = self.value(depth + 1)
                if key in keys:
                    self.flawed = True
                    values[key] = duplicate_key(key, key_line, keys[key], values.get(key))
                else:
                    keys[key] = key_line
                    values[key] = value
                    self.has_nulls |= value is None
                    if lines != key_line:
                        inner[key] = lines
            token = self._next()
        return values, MapLines(line, keys, inner)
