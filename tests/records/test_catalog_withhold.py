"""Nothing that is withheld can be read from a catalog."""

from __future__ import annotations

import pytest
from test_catalog_making import Made, body, event, figure, indicator, make, person, session

from sphinx_rapporteur.records.catalog import NAME_WITHHELD
from sphinx_rapporteur.records.former import former_names
from sphinx_rapporteur.records.query import PersonQuery, QueryError, find_people

SECRET = "Zebedee Quux"


def everything(made: Made) -> str:
    catalog = made.catalog
    groups = (catalog.events, catalog.sessions, catalog.people, catalog.organizations, catalog.indicators)
    return "\n".join(repr(record) for group in groups for record in group.values())


def make_with(withheld: object) -> Made:
    return make(
        event(people=[{"person": "zq", "role": "chair"}]),
        person("zq", SECRET, also_known_as=["Zeb Quux"], bio=SECRET, aliases=["zebedee"], withheld=withheld),
        person("ada", not_same_as=["zq"]),
        session(
            people=[
                {
                    "person": "zq",
                    "as_printed": [SECRET],
                    "honorific": "Colonel",
                    "note": SECRET,
                    "country": "MX",
                },
                {"name": "ZEB QUUX"},
                {"person": "ada"},
            ],
            statistics=[
                figure(said_by="zq"),
                figure("m", said_by={"name": SECRET}),
                figure("k", said_by="ada"),
            ],
            quotes=[
                {"id": "q", "text": "Words", "said_by": "zq"},
                {"id": "r", "text": "Own", "said_by": "ada"},
            ],
            outcomes=[{"id": "o", "kind": "takeaway", "text": "Text", "by": "zq"}],
            report_by=[{"person": "zq"}, {"name": SECRET}],
            report_status="final",
        ),
    )


@pytest.mark.parametrize("withheld", [True, "name"])
def test_a_withheld_person_is_nowhere(withheld: object) -> None:
    made = make_with(withheld)
    text = everything(made)
    for secret in ("Zebedee", "ZEB", "Quux", "'zq'", "Colonel"):
        assert secret not in text
    assert made.catalog.resolve("person", "zq") is made.catalog.resolve("person", "zebedee") is None
    assert made.catalog.withheld["person"] == {"zq", "zebedee"}
    assert made.findings == []


def test_all_of_a_withheld_person_goes() -> None:
    made = make_with(True)
    ws1 = made.catalog.sessions["igf/ws1"]
    assert [one.person for one in ws1.people] == ["ada"]
    assert ws1.report_by == ()
    assert [one.said_by.person if one.said_by else None for one in ws1.statistics] == [None, None, "ada"]
    assert [one.id for one in ws1.quotes] == ["r"]
    assert made.catalog.withheld["quote"] == {"igf/ws1/q"}
    assert ws1.outcomes[0].by is None


def test_appearances_without_the_name_stay() -> None:
    made = make_with("name")
    ws1 = made.catalog.sessions["igf/ws1"]
    assert [one.name or one.person for one in ws1.people] == [NAME_WITHHELD, NAME_WITHHELD, "ada"]
    assert ws1.people[0].country == "MX"
    assert [made.catalog.name_of(one.said_by) for one in ws1.quotes if one.said_by] == [NAME_WITHHELD, "Ada"]
    assert [one.name for one in ws1.report_by] == [NAME_WITHHELD, NAME_WITHHELD]
    listed = find_people(made.catalog, PersonQuery(session="igf/ws1"))
    assert [len(one.appearances) for one in listed] == [1, 1, 1]


def test_a_withheld_session_goes_with_all_that_refers_to_it() -> None:
    made = make(
        event(),
        indicator(),
        session(
            "ws2", withheld=True, statistics=[figure(indicator="pages")], aliases=["two"], title="Secret"
        ),
        session(
            related=["igf/ws2"],
            statistics=[figure("m", "5", indicator="pages", conflicts_with=["igf/ws2/n"])],
            outcomes=[{"id": "o", "kind": "takeaway", "text": "Text", "follows": []}],
        ),
    )
    assert made.findings == []
    assert list(made.catalog.sessions) == ["igf/ws1"]
    assert "ws2" not in everything(made)
    assert made.catalog.conflicts_of("igf/ws1/m") == ()
    assert made.catalog.withheld["session"] == {"igf/ws2", "igf/two"}
    for kind, name in (("session", "igf/two"), ("stat", "igf/ws2/n"), ("stat", "igf/two/n")):
        assert made.catalog.is_withheld(kind, name)
    assert not made.catalog.is_withheld("stat", "igf/ws1/m")


def test_a_former_id_in_a_withheld_session_leads_nowhere() -> None:
    made = make(
        event(),
        session("ws2", withheld=True, aliases=["two"]),
        session(statistics=[figure(aliases=["igf/ws2/m", "igf/two/k", "igf/ws3/j"])]),
    )
    assert made.findings == []
    for name in ("igf/ws2/m", "igf/two/m", "igf/two/k"):
        assert made.catalog.resolve("stat", name) is None
        assert made.catalog.is_withheld("stat", name)
    assert [former for _kind, former, _now in former_names(made.catalog)] == ["igf/ws3/j"]


def test_a_withheld_event_takes_its_sessions_along() -> None:
    made = make(event(withheld=True), session(report_status="final"), event("wsis", name="WSIS"))
    assert not made.catalog.sessions
    assert made.findings == []
    assert "igf/ws1" in made.catalog.withheld["session"]


def test_a_withheld_organisation_leaves_the_people() -> None:
    made = make(
        event(organizers=[{"organization": "acme"}]),
        body("acme", "Acme", withheld=True),
        body("part", parent="acme"),
        person("ada"),
        session(
            people=[
                {
                    "person": "ada",
                    "affiliations": [{"organization": "acme", "title": "CEO"}, {"organization": "acme"}],
                },
                {"name": "Bob", "affiliations": [{"name": "ACME"}]},
            ],
            statistics=[figure(said_by={"organization": "acme"})],
            report_by=[{"organization": "acme"}, {"person": "ada", "organization": "acme"}],
        ),
    )
    assert "acme" not in everything(made).casefold()
    ws1 = made.catalog.sessions["igf/ws1"]
    assert [[each.title for each in one.affiliations] for one in ws1.people] == [["CEO"], []]
    assert [one.person for one in ws1.report_by] == ["ada"]
    assert len(ws1.statistics) == 1


def test_withheld_recordings_and_photos_go() -> None:
    photo = {"file": "ada.jpg", "withheld": True}
    recordings = [{"url": "https://example.org/a", "withheld": True}, {"url": "https://example.org/b"}]
    made = make(event(), person("ada", photo=photo, photo_credit="Bob"), session(recordings=recordings))
    assert [one.url for one in made.catalog.sessions["igf/ws1"].recordings] == ["https://example.org/b"]
    ada = made.catalog.people["ada"]
    assert (ada.photo, ada.photo_credit) == (None, None)
    assert made.catalog.place(made.catalog.sessions["igf/ws1"], ("recordings", 0)).file.endswith("[1]")


def test_a_text_that_names_somebody_withheld_is_reported_without_the_name() -> None:
    made = make(
        event(),
        person("zq", SECRET, withheld=True),
        session(summary=f"As *{SECRET}* said.", report={"gender": f"{SECRET}’s view"}),
    )
    assert made.said == ["withheld sessions/igf/ws1#summary", "withheld sessions/igf/ws1#report.gender"]
    assert all(SECRET not in finding.text() for finding in made.findings)


TEXTS = {
    # What a text says: whether it shows the name.
    "As {forum:person}`zebedee-quux` said.": False,
    "As {forum:person}`~zebedee-quux` and {forum:person}`zebedee-quux@ws1` said.": False,
    "As {forum:person}`Zebedee Quux <zebedee-quux>` said.": False,
    "As {forum:person}`zq` said.": False,
    "In {forum:session}`what Zebedee Quux said <ws1>`.": True,
    "In {forum:session}`ws1`, Zebedee Quux said.": True,
    "Zebedee Quux in {forum:session}`ws1`.": True,
    "{forum:session}`ws1` of Zebedee Quux.": True,
    "`{forum:person}` of Zebedee Quux": True,
}


@pytest.mark.parametrize("text", TEXTS)
def test_roles_show_no_name_of_somebody_withheld(text: str) -> None:
    made = make(
        event(),
        person("zebedee-quux", SECRET, aliases=["zq"], withheld=True),
        session(),
        session("ws2", summary=text),
    )
    assert made.said == (["withheld sessions/igf/ws2#summary"] if TEXTS[text] else [])


def test_a_query_for_something_withheld_says_so() -> None:
    with pytest.raises(QueryError) as caught:
        find_people(make_with(True).catalog, PersonQuery(session="igf/none"))
    assert not caught.value.is_withheld
    made = make(event(), session(withheld=True))
    with pytest.raises(QueryError) as caught:
        find_people(made.catalog, PersonQuery(event="igf", session="ws1"))
    assert caught.value.is_withheld
