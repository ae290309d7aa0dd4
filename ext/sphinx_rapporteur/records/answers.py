"""The answers of a catalog to questions about it, and whether they are those of before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias, cast

from pydantic import BaseModel

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.index import PersonAppearance, Stated
from sphinx_rapporteur.records.model import Record

Question: TypeAlias = tuple[str, str, Any]
"""How it is asked, of what, and with which arguments."""
Answered: TypeAlias = tuple[tuple[Question, ...], bytes]
"""Questions with a digest of all their answers."""

UNKNOWN: Question = ("", "", ())

FUNCTIONS: dict[str, tuple[Callable[..., Any], Callable[..., object]]] = {}
"""What is asked as a whole, by name: a function of the catalog, and what of its answer is looked at."""


class Named(NamedTuple):
    """A record among the arguments of a question."""

    kind: str
    full_id: str


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def digest_of(answers: Iterable[bytes]) -> bytes:
    """Return a digest of several answers' digests."""
    return blake2b(b"".join(answers), digest_size=8).digest()


class Answers:
    """The answers of one catalog, each looked up once."""

    def __init__(self, catalog: Catalog, others: Mapping[str, Callable[..., object]]) -> None:
        """*others* are questions that something else than the catalog answers, by name."""
        self.catalog = catalog
        self._others = others
        self._known: dict[Question, bytes] = {}
        self._said: dict[int, str] = {}
        """What was said of a record, by its ``id``: the catalog keeps it for as long."""

    def are_as(self, before: Answered) -> bool:
        """Whether all questions are answered as they were."""
        questions, answers = before
        now = [self._now(question) for question in questions]
        return None not in now and digest_of(cast("list[bytes]", now)) == answers

    def note(self, question: Question, answer: object) -> bytes:
        """Return the digest of an answer that is known already."""
        if question not in self._known:
            try:
                self._known[question] = _digest(self._say(answer))
            except TypeError:  # what it is like cannot be said
                self._known[question] = b""
        return self._known[question]

    def _now(self, question: Question) -> bytes | None:
        if question == UNKNOWN:
            return None
        if question not in self._known:
            try:
                answer = self._answer(*question)
            except (LookupError, ValueError) as error:
                answer = failure(error)
            self.note(question, answer)
        return self._known[question] or None

    def _answer(self, how: str, name: str, arguments: Any) -> object:
        match how:
            case "item":
                return getattr(self.catalog, name).get(arguments)
            case "whole":
                return getattr(self.catalog, name)
            case "other":
                return self._others[name](*arguments)
            case _:
                given, named = (self._meant(part) for part in arguments)
                if how == "method":
                    return getattr(self.catalog, name)(*given, **dict(named))
                function, seen = FUNCTIONS[name]
                return seen(function(self.catalog, *given, **dict(named)), *given, **dict(named))

    def _meant(self, argument: Any) -> Any:
        """Return an argument with the records of today."""
        if isinstance(argument, Named):
            return self._shelf(argument.kind)[argument.full_id]
        if type(argument) is tuple:
            return tuple(map(self._meant, argument))
        return argument

    def _shelf(self, kind: str) -> Mapping[str, Record]:
        return cast("Mapping[str, Record]", getattr(self.catalog, kind))

    def _say(self, value: object) -> str:
        """Return a text that differs where the answer does; raise ``TypeError`` for what is unknown."""
        said = self._said.get(id(value))
        if said is not None:
            return said
        if value is None or isinstance(value, _PLAIN):
            return repr(value)
        if isinstance(value, Record):
            return self._say_record(value)
        if isinstance(value, Stated):
            return f"{type(value).__name__} {value.index} {self._say(value.owner)}"
        if isinstance(value, PersonAppearance):
            return f"{value.index} {self._say(value.session_or_event)}"
        return self._say_parts(value)

    def _say_parts(self, value: object) -> str:
        if isinstance(value, BaseModel):
            return repr(value)
        if isinstance(value, Mapping):
            return self._say(tuple(value.items()))
        if isinstance(value, frozenset | set):
            return f"{{{','.join(sorted(map(self._say, value)))}}}"
        if isinstance(value, tuple | list):
            return f"({','.join(map(self._say, value))})"
        if is_dataclass(value):
            parts = (self._say(getattr(value, part.name)) for part in fields(value))
            return f"{type(value).__name__}({','.join(parts)})"
        raise TypeError(type(value).__name__)

    def _say_record(self, record: Record) -> str:
        said = f"{record.kind} {record.full_id} {self.catalog.record_digest(record)}"
        if self._shelf(record.kind).get(record.full_id) is record:
            self._said[id(record)] = said
        return said


_PLAIN = (str, int, float, bytes, Decimal, Fraction, Enum, dt.date, dt.time, dt.timedelta)


def failure(error: Exception) -> str:
    """Return what stands for an answer that there is not."""
    return f"{type(error).__name__}: {error}"
