"""Indexes: what stands in which group, of how many it is known, and over how many pages it stands."""

from __future__ import annotations

import pytest
from test_catalog_making import body, event, figure, make, person, session

from sphinx_rapporteur.records import grouped as module
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.grouped import INDEXES, grouped, split_pages
from sphinx_rapporteur.records.sdg import TARGETS, title_of


def catalog() -> Catalog:
    tracks = [{"id": "rights", "name": "Rights"}, {"id": "trade", "name": "Trade"}]
    ada = {"person": "ada", "affiliations": [{"organization": "iwf"}], "country": "SE"}
    return make(
        event(tracks=tracks, statistics=[figure("people", "2,000")]),
        person("ada", "Ada Zeta", sort_name="Zeta, Ada", country="GB", stakeholder_group="civil society"),
        person("orn", "Örn Abel", sort_name="Örn", stakeholder_group="Civil Society"),
        person("zed", "Zed"),
        body("iwf", "Internet Watch Foundation"),
        body("seven", "7amleh"),
        session(
            "a",
            start="2016-12-06T09:00",
            type="workshop",
            track="trade",
            tags=["Law"],
            sdgs=["16.2"],
            people=[ada],
        ),
        session(
            "b", start="2016-12-07", type="Workshop", sdgs=["16.2", "5"], statistics=[figure("one", "5")]
        ),
        session("c", start="2016-12-08", tags=["law"], statistics=[figure("two", "5"), figure("three", "6")]),
    ).catalog


EXPECTED = {
    "people": (["o O: orn", "z Z: zed ada"], 3),
    "countries": (["se Sweden: ada", "gb United Kingdom: ada", "unknown : orn zed"], 3),
    "stakeholder-groups": (["civil-society Civil Society: orn ada", "unknown : zed"], 3),
    "organizations": (["u23 #: seven", "i I: iwf"], 2),
    "types": (["workshop Workshop: a b", "unknown : c"], 3),
    "tracks": (["igf-trade Trade: a", "unknown : b c"], 3),
    "topics": (["law Law: a c"], 3),
    "sdgs": (
        [
            "5 Gender Equality: b",
            "16 Peace, Justice and Strong Institutions: ",
            f"16-2 {title_of('16.2')}: a b",
        ],
        3,
    ),
    "figures": (
        [
            "igf IGF: people",
            "igf-2016-12-07 IGF, Dec 7, 2016: one",
            "igf-2016-12-08 IGF, Dec 8, 2016: two three",
        ],
        4,
    ),
}


def own_id(item: object) -> str:
    for name in ("person", "item"):
        if getattr(item, name, None) is not None:
            return str(getattr(item, name).id)
    return str(item.id)  # type: ignore[attr-defined]


@pytest.mark.parametrize("index", INDEXES)
def test_records_stand_in_their_groups(index: str) -> None:
    found = grouped(catalog(), index)
    shown = [f"{group.key} {group.label}: {' '.join(map(own_id, group.items))}" for group in found.groups]
    assert (shown, found.total) == EXPECTED[index]
    assert not found.is_split


def test_a_long_index_has_a_page_for_each_group_and_several_for_a_long_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_FIGURES", 1)
    monkeypatch.setattr(module, "_PEOPLE", 2)
    found = catalog()
    assert list(split_pages(found)) == [
        ("people", "o", 1),
        ("people", "z", 1),
        ("countries", "se", 1),
        ("countries", "gb", 1),
        ("stakeholder-groups", "civil-society", 1),
        ("figures", "igf", 1),
        ("figures", "igf-2016-12-07", 1),
        ("figures", "igf-2016-12-08", 1),
        ("figures", "igf-2016-12-08", 2),
    ]
    figures = grouped(found, "figures")
    last = figures.group("igf-2016-12-08")
    assert [[own_id(one) for one in figures.slice(last, n)] for n in (1, 2)] == [["two"], ["three"]]


def test_every_goal_and_target_has_its_title() -> None:
    assert title_of("16") == "Peace, Justice and Strong Institutions"
    assert title_of("16.2") == (
        "End abuse, exploitation, trafficking and all forms of violence against and torture of children"
    )
    for target in (target for targets in TARGETS.values() for target in targets):
        title = title_of(target)
        assert title == title.strip()
        assert title[0].isupper()
        assert title[-1].isalpha() or title[-1] in "0”", target
