"""Figures of one measure: what they speak of, what they can be compared in, and which disagree."""

from __future__ import annotations

from typing import Any

import pytest
from test_catalog_making import event, figure, indicator, make, session

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.measures import by_unit, comparable, year_of
from sphinx_rapporteur.records.query import StatementQuery, find_figures


def catalog_of(*statistics: dict[str, Any], more: dict[str, Any] | None = None) -> Catalog:
    sessions = [session("ws27", start="2016-12-06T09:00", statistics=list(statistics))]
    return make(event(statistics=[more] if more else []), indicator(), *sessions).catalog


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ({"period": "2013"}, 2013),
        ({"period": "end of 2015"}, 2015),
        ({"period": "IGF 2015"}, 2015),
        ({"as_of": "2014-06-30", "period": "2012"}, 2014),
        ({"period": "the following year"}, 2016),
        ({"period": "120155 of them"}, 2016),
        ({}, 2016),
    ],
)
def test_a_figure_speaks_of_the_year_in_its_words_or_of_its_session(words: dict[str, str], year: int) -> None:
    catalog = catalog_of(figure("one", "5", **words))
    assert year_of(catalog.figures["igf/ws27/one"]) == year


def test_figures_are_sorted_by_the_year_that_they_speak_of() -> None:
    catalog = catalog_of(
        figure("now", "5", indicator="pages"),
        figure("before", "6", indicator="pages", period="2013"),
        more=figure("later", "7", indicator="pages", period="2020"),
    )
    found = find_figures(catalog, StatementQuery(indicator="pages", sort="year"))
    assert [one.item.id for one in found] == ["before", "now", "later"]


def test_shares_are_compared_in_per_cent_however_they_were_said() -> None:
    catalog = catalog_of(
        figure("a", "1 in 4"),
        figure("b", "30", unit="%"),
        figure("c", "12%"),
        figure("d", "2/5", unit="people"),
        figure("e", "7-9", unit="people"),
        figure("f", "3", unit="People"),
    )
    groups = by_unit(catalog.figures_in_order)
    assert {unit: [one.item.id for one in group] for unit, group in groups.items()} == {
        "%": ["a", "b", "c", "d"],
        "people": ["e", "f"],
    }
    ends = {one.item.id: tuple(map(float, comparable(one.item)[1])) for one in catalog.figures_in_order}
    assert ends == {"a": (25, 25), "b": (30, 30), "c": (12, 12), "d": (40, 40), "e": (7, 9), "f": (3, 3)}


def test_a_dispute_has_all_that_disagree_with_each_other_or_through_others() -> None:
    catalog = catalog_of(
        figure("a", "1", conflicts_with=["igf/ws27/b"]),
        figure("b", "2"),
        figure("alone", "9"),
        figure("c", "3", conflicts_with=["b"]),
        figure("d", "83", indicator="pages", unit="x"),
        more=figure("e", "123", indicator="pages", unit="x"),
    )
    own = [[one.item.id for one in group] for group in catalog.disputes()]
    assert own == [["e", "d"], ["a", "b", "c"]]
    assert [[one.item.id for one in group] for group in catalog.disputes(indicator="pages")] == [["e", "d"]]
    assert len(catalog.disputes(event="igf")) == 2
    assert catalog.disputes(event="wsis") == ()
