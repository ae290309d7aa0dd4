"""TOML to raw values: scalars as ISO or source text, every value with its line."""

from __future__ import annotations

import datetime as dt
import re
import sys
import tomllib

from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.read.raw import (
    Document,
    Flaw,
    Lines,
    ListLines,
    MapLines,
    NotReadable,
    Raw,
    too_deep,
    too_many,
)
from sphinx_rapporteur.warnings import Subtype

_PROBLEMS = (
    ("Expected '='", "a key, an equals sign and a value", "put an equals sign between key and value"),
    ("Invalid value", "a value", "put text in quotes"),
    ("Invalid statement", "a key, an equals sign and a value", "quote keys with other than ASCII letters"),
    ("Unclosed", "a closing bracket", "close the bracket"),
    ("Unterminated", "a closing quote", "close the quotes"),
    ("Illegal character", "a closing quote", "close the quotes, or use three for text of several lines"),
    ("escape", "a known escape", "double the backslash, or use single quotes, which take it as it is"),
    ("Cannot overwrite", "each key once", "write a key once"),
    ("Cannot declare", "each table once", "write a table once; those of a list have two brackets"),
    ("Expected newline", "the end of the line", "put text in quotes, and one key in each line"),
)
"""What a part of the parser's words means: what was expected, and what to do."""
_SPACE = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_LONG_NUMBER = re.compile(r"(?<![\w.])[0-9][0-9_]{4000}")
"""Of more digits than Python reads; its error has no place."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STEP = rf"(?>{_BARE.pattern}|{_STRING.pattern})"
_OTHER = re.compile(r"[^,\]}#\n]*")


def parse_toml(data: bytes, limits: Limits) -> Document:
    """Return the values of a TOML file; raise ``NotReadable`` with the reason."""
    text = data.decode("utf-8").replace("\r\n", "\n")
    _check_keys(text, limits)
    try:
        table = tomllib.loads(text, parse_float=str)
    except ValueError as error:
        line = _line_of(error, text)
        message = re.sub(r" ?\(at .*\)$", "", str(error))
        expected, hint = next((pair for part, *pair in _PROBLEMS if part in message), ("TOML", ""))
        message = f"not valid TOML: {message[:1].lower()}{message[1:]}"
        raise NotReadable(Flaw(line, message, Subtype.SYNTAX, expected=expected, suggestion=hint)) from None
    except RecursionError:
        raise too_deep(1, limits.depth) from None
    if not table:
        return Document(None, 1)
    value = _Plain(limits).text_of(table, 0)
    return Document(value, _Scanner(text).scan())


def _line_of(error: ValueError, text: str) -> int:
    match = re.search(r"at line (\d+)", str(error))
    if match:
        return int(match[1])
    number = None if isinstance(error, tomllib.TOMLDecodeError) else _LONG_NUMBER.search(text)
    return text.count("\n", 0, number.start() if number else len(text)) + 1


def _check_keys(text: str, limits: Limits) -> None:
    """Refuse keys of very many steps: for those of one key Python's reader takes quadratic time."""
    long_key = rf"(?P<long>{_STEP}(?:[ \t]*+\.[ \t]*+{_STEP}){{{limits.depth},}}+)"
    for token in re.finditer(rf"{long_key}|{_STEP}|#[^\n]*+", text, re.DOTALL):
        if token["long"]:
            raise too_deep(text.count("\n", 0, token.start()) + 1, limits.depth)


class _Plain:
    """Turns TOML's values back into text."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.nodes

    def text_of(self, value: object, depth: int) -> Raw:
        self._left -= 1
        if self._left < 0:
            raise too_many(1, self._limits.nodes)
        if depth > self._limits.depth:
            raise too_deep(1, self._limits.depth)
        if isinstance(value, dict):
            return {sys.intern(key): self.text_of(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list):
            return [self.text_of(item, depth + 1) for item in value]
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, dt.date | dt.time):
            return value.isoformat()
        try:
            return str(value)
        except ValueError:  # hexadecimal, and longer than Python prints
            return hex(value) if isinstance(value, int) else repr(value)


class _Scanner:
    """Walks through valid TOML for the line of each key and value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0

    def scan(self) -> Lines:
        """Return the lines of the whole file."""
        root = MapLines(1, {}, {})
        table = root
        while self._skip(_GAP) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header(root)
            else:
                self._pair(table)
        return root

    def _skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return self._at

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _key(self) -> list[str]:
        steps = []
        while True:
            self._skip(_SPACE)
            start = self._at
            quoted = self._text[start] in "\"'"
            self._skip(_STRING if quoted else _BARE)
            token = self._text[start : self._at]
            steps.append(next(iter(tomllib.loads(f"{token}=0"))) if quoted else token)
            self._skip(_SPACE)
            if self._text[self._at] != ".":
                return steps
            self._at += 1

    def _header(self, root: MapLines) -> MapLines:
        line = self._here()
        is_item = self._text.startswith("[[", self._at)
        self._at += 2 if is_item else 1
        steps = self._key()
        self._at += 2 if is_item else 1
        table = root
        for step in steps[:-1]:
            table = _below(table, step, line)
        if not is_item:
            return _below(table, steps[-1], line)
        table.keys.setdefault(steps[-1], line)
        items = table.inner.setdefault(steps[-1], ListLines(line, [], []))
        item = MapLines(line, {}, {})
        if isinstance(items, ListLines):
            items.items.append(item)
        return item

    def _pair(self, table: MapLines) -> None:
        line = self._here()
        steps = self._key()
        self._at += 1  # the equals sign
        for step in steps[:-1]:
            table = _below(table, step, line)
        lines = self._value()
        table.keys.setdefault(steps[-1], line)
        if lines != line:
            table.inner[steps[-1]] = lines

    def _value(self) -> Lines:
        self._skip(_SPACE)
        line = self._here()
        start = self._text[self._at]
        if start == "[":
            return self._array(line)
        if start == "{":
            return self._inline(line)
        if start in "\"'":
            # TOML drops a line break right behind three quotes.
            first = self._text[self._at + 3 : self._at + 4]
            multi = self._text.startswith(('"""', "'''"), self._at)
            self._skip(_STRING)
            return line + 1 if multi and first == "\n" else line
        self._skip(_OTHER)
        return line

    def _array(self, line: int) -> ListLines:
        items: list[Lines] = []
        self._at += 1
        while self._text[self._skip(_GAP)] != "]":
            if self._text[self._at] == ",":
                self._at += 1
            else:
                items.append(self._value())
        self._at += 1
        return ListLines(line, items, [])

    def _inline(self, line: int) -> MapLines:
        table = MapLines(line, {}, {})
        self._at += 1
        while self._text[self._skip(_GAP)] != "}":
            if self._text[self._at] == ",":
                self._at += 1
            else:
                self._pair(table)
        self._at += 1
        return table


def _below(table: MapLines, step: str, line: int) -> MapLines:
    """Return the lines of a table inside another; of a list of tables, those of its last."""
    table.keys.setdefault(step, line)
    inner = table.inner.setdefault(step, MapLines(line, {}, {}))
    if isinstance(inner, ListLines) and inner.items:
        inner = inner.items[-1]
    return inner if isinstance(inner, MapLines) else MapLines(line, {}, {})
