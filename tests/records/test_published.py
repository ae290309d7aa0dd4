"""Whether a figure that was published counts something else now."""

from __future__ import annotations

from typing import Any

import pytest
from test_catalog_making import event, make, session

from sphinx_rapporteur.records.published import PublishedObject, check_published
from sphinx_rapporteur.warnings import Subtype

Figure = tuple[str, str | None]
"""Label and unit."""
CASES: dict[str, tuple[list[Figure], list[Figure], list[int]]] = {
    "nothing changed": ([("boats in the harbour", "boats")], [("boats in the harbour", "boats")], []),
    "a label worded anew": ([("pages removed", None)], [("web pages removed in 2015", None)], []),
    "words in another order": ([("abuse reports received", None)], [("reports of abuse received", None)], []),
    "another label": ([("small boats in the harbour", None)], [("cars on the quay", None)], [0]),
    "another unit": ([("counted", "boats")], [("counted", "cars")], [0]),
    "a unit in the plural": ([("counted", "ferry")], [("counted", "ferries")], []),
    "a unit in one word": ([("counted", "web pages")], [("counted", "webpages")], []),
    "a sign in the place of a word": ([("share", "per cent")], [("share", "%")], []),
    "a unit that there was not": ([("counted", None)], [("counted", "boats")], []),
    "two that changed places": (
        [("boats in the harbour", None), ("boats on the sea", None)],
        [("boats on the sea", None), ("boats in the harbour", None)],
        [0, 1],
    ),
    "one that took another's label": (
        [("boats in the harbour", None), ("boats on the sea", None)],
        [("boats on the sea", None), ("boats on the sea in May", None)],
        [0],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_figure_that_counts_something_else(name: str) -> None:
    before, now, said = CASES[name]
    statistics = [_statistic(number, *figure) for number, figure in enumerate(now)]
    catalog = make(event(), session("a", statistics=statistics)).catalog
    names = [f"igf/a/figure-{number}" for number in range(len(now))]
    published = [
        PublishedObject("stat", full_id, "sessions/igf/a/", "5", _attributes(*figure))
        for full_id, figure in zip(names, before, strict=True)
    ]
    shown = {full_id: _attributes(*figure) for full_id, figure in zip(names, now, strict=True)}
    found = check_published(
        catalog, published, prefixes={}, attributes=lambda _kind, full_id: shown.get(full_id, {})
    )
    meant = [finding for finding in found if finding.subtype is Subtype.MEANING]
    assert [finding.place.file for finding in meant] == [f"sessions/igf/a#statistics[{one}]" for one in said]


def _statistic(number: int, label: str, unit: str | None) -> dict[str, Any]:
    return {"id": f"figure-{number}", "label": label, "value": "5"} | ({"unit": unit} if unit else {})


def _attributes(label: str, unit: str | None) -> dict[str, str]:
    return {"label": label} | ({"unit": unit} if unit else {})
