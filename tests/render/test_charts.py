"""Bars in proportion, and a drawing that says in words what it shows."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.describe.charts import Value, beside, chart
from sphinx_rapporteur.render.svg import chart_svg
from sphinx_rapporteur.render.to_nodes import NodeEmitter

Ends = tuple[int, int]
CASES: dict[str, tuple[list[Ends], list[tuple[int, int]]]] = {
    "numbers from nought": ([(5, 5), (10, 10)], [(0, 500), (0, 1000)]),
    "a range from end to end": ([(25, 50), (100, 100)], [(250, 250), (0, 1000)]),
    "below nought to the left of it": ([(-10, -10), (30, 30)], [(0, 250), (250, 750)]),
    "nothing but noughts": ([(0, 0), (0, 0)], [(0, 0), (0, 0)]),
}


def values(ends: list[Ends]) -> list[Value]:
    return [
        Value(f"<{n}>", f"{low} & {high}", Fraction(low), Fraction(high))
        for n, (low, high) in enumerate(ends)
    ]


@pytest.mark.parametrize("name", CASES)
def test_bars_are_in_proportion(name: str) -> None:
    ends, drawn = CASES[name]
    assert [(bar.start, bar.length) for bar in chart("t", values(ends)).bars] == drawn


@given(st.lists(st.tuples(st.integers(), st.integers()).map(lambda ends: (min(ends), max(ends))), min_size=1))
def test_no_bar_leaves_the_chart_and_longer_ones_are_for_larger_numbers(ends: list[Ends]) -> None:
    shown = chart("t", values(ends)).bars
    assert all(bar.start >= 0 <= bar.length and bar.start + bar.length <= 1000 for bar in shown)
    numbers = sorted(
        (low, bar.length) for (low, high), bar in zip(ends, shown, strict=True) if low == high >= 0
    )
    assert all(one[1] <= other[1] for one, other in pairwise(numbers))


def test_the_drawing_has_a_name_a_description_and_escaped_words() -> None:
    tree = ET.fromstring(chart_svg(chart("A <title>", values([(5, 5), (10, 10)]))))
    assert tree.get("role") == "img"
    assert tree[0].tag == "title"
    assert tree[0].text == "A <title>"
    assert tree[1].tag == "desc"
    assert "from <0> (5 & 5) to <1> (10 & 10)" in (tree[1].text or "")
    assert [node.text for node in tree.iter("text")] == ["<0>", "5 & 5", "<1>", "10 & 10"]
    assert [node.get("width") for node in tree.iter("rect")] == ["50%", "100%"]
    assert not [node for node in tree.iter() if node.get("style")]


def test_a_long_label_is_cut_in_the_drawing_alone() -> None:
    label = "a very long label " * 5
    for shown in ("1", "about 123,456,789 people", "a value that is itself too long for any phone"):
        tree = ET.fromstring(chart_svg(p.Chart("t", "d", (p.Bar(label, shown, 0, 10),))))
        cut, value = (node.text or "" for node in tree.iter("text"))
        assert value == shown
        assert 15 <= len(cut) <= max(55 - len(shown), 16)


def test_other_builders_show_the_table_alone() -> None:
    table = p.Table(("A", "B"), (p.Row(((p.Para(("x",)),), (p.Para(("1",)),))),), "caption")
    shown = beside(table, "title", values([(1, 1), (2, 2)]))
    nodes = NodeEmitter(reference=lambda *_: None, picture=lambda _: None).all((shown,))
    assert [type(node).__name__ for node in nodes[0].children] == ["table"]
    assert beside(table, "title", values([(1, 1)])) is table
