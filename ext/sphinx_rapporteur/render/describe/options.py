"""From a directive's options to a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.query import PersonQuery, SessionQuery, StatementQuery
from sphinx_rapporteur.render.context import Options

Q = TypeVar("Q")
T = TypeVar("T")
QueryT = TypeVar("QueryT", SessionQuery, PersonQuery, StatementQuery)
LIST_SEPARATOR = ","


def cut(
    find: Callable[[Catalog, QueryT], tuple[T, ...]], catalog: Catalog, wanted: QueryT
) -> tuple[tuple[T, ...], int]:
    """Return what a query finds up to its limit, and how many more there are."""
    found = find(catalog, replace(wanted, limit=None))
    shown = found[: wanted.limit]
    return shown, len(found) - len(shown)


def query(kind: type[Q], options: Options) -> Q:
    """Return the query of *kind* that the options of the same names ask for; others are not its concern."""
    values: dict[str, Any] = {}
    for item in fields(kind):  # type: ignore[arg-type]
        text = options.get(item.name.replace("_", "-"))
        if text is None:
            continue
        match item.name:
            case "day":
                values["day"] = dt.date.fromisoformat(text)
            case "limit":
                values["limit"] = int(text)
            case "reverse":
                values["reverse"] = True
            case "ids":
                values["ids"] = tuple(x.strip() for x in text.split(LIST_SEPARATOR))
            case _:
                values[item.name] = text
    return kind(**values)
