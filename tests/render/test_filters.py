"""What a list gives to the script that filters it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.describe.filters import NO_FILTER, Facet, Filter, Order, marks


def made(items: list[str], *facets: Facet[str]) -> Filter[str]:
    orders = [Order[str]("length", "By length", len)]
    return Filter("sessions", items, facets, orders, locale="en")


def said(filtering: Filter[str]) -> dict[str, Any]:
    (part,) = filtering.around(())
    assert isinstance(part, p.Filter)
    return dict(json.loads(part.said))


def letters(word: str) -> list[tuple[str, str]]:
    return [(letter, letter.upper()) for letter in word if letter.isalpha()]


def test_choices_stand_in_the_order_of_the_alphabet_and_rows_name_them_by_number() -> None:
    items = ["ccc", "ba", "1"]
    filtering = made(items, Facet("letter", "Letter", letters))
    assert said(filtering)["facets"] == [["letter", "Letter", [["a", "A"], ["b", "B"], ["c", "C"]]]]
    assert marks(filtering, items) == ("2|2", "0,1|1", "|0")


def test_what_is_equal_stays_as_it_is_listed() -> None:
    items = ["bb", "aa", "c"]
    assert marks(made(items), items) == ("|1", "|2", "|0")


@pytest.mark.parametrize(("values", "is_there"), [(0, False), (1, True), (200, True), (201, False)])
def test_a_property_of_very_many_values_is_left_out(values: int, *, is_there: bool) -> None:
    items = [f"row {n}" for n in range(max(values, 1))]
    facet = Facet[str]("name", "Name", lambda word: [(word, word)] if values else [])
    filtering = made(items, facet)
    assert [key for key, _label, _choices in said(filtering)["facets"]] == (["name"] if is_there else [])
    assert filtering.mark(items[0]).startswith("0|" if is_there else "|")


def test_without_a_filter_rows_say_nothing() -> None:
    assert marks(NO_FILTER, ["a", "b"]) == ()
    assert NO_FILTER.mark("a") == ""
    assert NO_FILTER.around(()) == ()
