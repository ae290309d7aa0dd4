"""By what a reader can filter and sort a list: choices that each row has, and its place in each order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.labels import _

T = TypeVar("T")
_MOST_CHOICES = 200
"""A property with more is none to choose by: nobody reads a list so long, and each page would carry it."""

Value = tuple[str, str]
"""A choice: its key in addresses, and what a reader sees."""


@dataclass(frozen=True)
class Facet(Generic[T]):
    """A property by which rows are filtered."""

    key: str
    label: str
    values: Callable[[T], Iterable[Value]]
    order: Callable[[Value], Any] | None = None
    """Of the choices; that of the alphabet if there is none."""


@dataclass(frozen=True)
class Order(Generic[T]):
    """An order in which rows can be put."""

    key: str
    label: str
    rank: Callable[[T], Any]


class Filter(Generic[T]):
    """The filter around a list, or around several that are filtered together."""

    def __init__(
        self,
        name: str,
        items: Sequence[T],
        facets: Iterable[Facet[T]],
        orders: Iterable[Order[T]],
        *,
        locale: str,
    ) -> None:
        self._name = name
        self._items = items  # kept, since rows are known by their identity
        found = [(facet, [dict(facet.values(item)) for item in items]) for facet in facets]
        chosen = [(facet, rows, _choices(facet, rows, locale)) for facet, rows in found]
        self._facets = [one for one in chosen if 0 < len(one[2]) <= _MOST_CHOICES]
        self._orders = list(orders)
        ranks = [_ranks(items, order) for order in self._orders]
        positions = [
            {key: n for n, (key, _label) in enumerate(choices)} for _facet, _rows, choices in self._facets
        ]
        self._marks = {
            id(item): ";".join(
                ",".join(str(number) for number in sorted(known[key] for key in rows[i]))
                for (_facet, rows, _choices), known in zip(self._facets, positions, strict=True)
            )
            + "|"
            + ",".join(str(rank[i]) for rank in ranks)
            for i, item in enumerate(items)
        }

    def mark(self, item: T) -> str:
        """Return what the script has to know of a row: the numbers of its choices, and its places."""
        return self._marks[id(item)]

    def around(self, blocks: tuple[p.Block, ...]) -> tuple[p.Block, ...]:
        """Return the lists with the filter around them."""
        said = {
            "facets": [
                [facet.key, facet.label, [key if key == label else [key, label] for key, label in choices]]
                for facet, _rows, choices in self._facets
            ],
            "orders": [[order.key, order.label] for order in self._orders],
            "words": _words(self._name),
        }
        return (p.Filter(blocks, self._name, json.dumps(said, ensure_ascii=False, separators=(",", ":"))),)


class NoFilter(Filter[Any]):
    """What a list has around it that nobody asked to be filtered."""

    def __init__(self) -> None:
        super().__init__("", (), (), (), locale="en")

    def mark(self, item: Any) -> str:
        """Return nothing."""
        return ""

    def around(self, blocks: tuple[p.Block, ...]) -> tuple[p.Block, ...]:
        """Return the lists as they are."""
        return blocks


NO_FILTER = NoFilter()


def marks(filtering: Filter[T], items: Sequence[T]) -> tuple[str, ...]:
    """Return the marks of the rows of a list; none if it is not filtered."""
    return () if filtering is NO_FILTER else tuple(map(filtering.mark, items))


def _choices(facet: Facet[T], rows: Iterable[dict[str, str]], locale: str) -> list[Value]:
    labels: dict[str, str] = {}
    for row in rows:
        labels |= row
    return sorted(labels.items(), key=facet.order or (lambda value: (sort_key(value[1], locale), value)))


def _ranks(items: Sequence[T], order: Order[T]) -> list[int]:
    """Return the place of each item; those that are equal stay as they are listed."""
    by_rank = sorted(range(len(items)), key=lambda i: order.rank(items[i]))
    places = [0] * len(items)
    for place, i in enumerate(by_rank):
        places[i] = place
    return places


def _words(name: str) -> dict[str, str]:
    return {
        "title": {
            "sessions": _("Filter and sort sessions"),
            "people": _("Filter and sort people"),
            "figures": _("Filter and sort figures"),
            "organizations": _("Filter and sort organisations"),
        }[name],
        "search": _("Words"),
        "any": _("Any"),
        "order": _("Order"),
        "listed": _("As listed"),
        "shown": _("{n} of {total}"),
        "clear": _("Clear"),
    }
