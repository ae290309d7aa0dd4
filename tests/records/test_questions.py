"""The catalog that notes what it is asked answers as the catalog does, and knows what it would answer now."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from test_catalog_making import body, event, make, person, session

from sphinx_rapporteur.records.answers import Answers
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.lookup import find, why_nowhere
from sphinx_rapporteur.records.query import SessionQuery, StatementQuery, find_figures, find_sessions
from sphinx_rapporteur.records.questions import Asking
from sphinx_rapporteur.records.related import more_of_organizations, related_sessions

FIGURE = {"id": "many", "label": "frogs", "value": "5", "said_by": "ann"}


def catalog(**changed: dict[str, Any]) -> Catalog:
    """Return a small forum, with other fields of some records."""
    there = {"people": [{"person": "ann", "role": "speaker", "affiliations": [{"organization": "apc"}]}]}
    records = [
        event(**changed.get("igf", {})),
        *(person(name, **changed.get(name, {})) for name in ("ann", "bo")),
        *(body(name, **changed.get(name, {})) for name in ("apc", "iwf")),
        session("a", **({"statistics": [FIGURE], "tags": ["Ponds"]} | there | changed.get("a", {}))),
        session("b", **({"tags": ["ponds"]} | there | changed.get("b", {}))),
        session("c", **changed.get("c", {})),
    ]
    made = make(*records)
    assert made.said == []
    return made.catalog


def asked(question: Callable[[Catalog], object], found: Catalog) -> tuple[object, Any]:
    asking = Asking(Answers(found, {}))
    answer = question(asking.as_catalog)
    return answer, pickle.loads(pickle.dumps(asking.asked))


A = "igf/a"
QUESTIONS: dict[str, Callable[[Catalog], Any]] = {
    "a person": lambda found: found.people["ann"].name,
    "a name": lambda found: found.display("person", "ann"),
    "nobody": lambda found: found.people.get("cy"),
    "how many": lambda found: len(found.people),
    "who appeared": lambda found: [one.appearance.role for one in found.appearances_of("ann")],
    "the name of a speaker": lambda found: found.name_of(found.sessions[A].people[0]),
    "the time": lambda found: found.time(found.sessions[A]),
    "the event": lambda found: found.event_of(found.sessions[A]).name,
    "topics": lambda found: [topic.label for topic in found.topics_of(found.sessions[A])],
    "a query": lambda found: [one.title for one in find_sessions(found, SessionQuery(person="ann"))],
    "figures": lambda found: [one.item.label for one in find_figures(found, StatementQuery(session=A))],
    "a short name": lambda found: find(found, "session", "a"),
    "what is related": lambda found: [
        (one.session.title, one.shared) for one in related_sessions(found, found.sessions[A], limit=3)
    ],
    "more of a body": lambda found: more_of_organizations(
        found, found.sessions[A], organizations=2, limit=3, without=[found.sessions["igf/c"]]
    ),
}
EDITS: dict[str, dict[str, Any]] = {
    "a person's name": {"ann": {"name": "Ann Other"}},
    "another person's name": {"bo": {"name": "Bo Other"}},
    "an event's name": {"igf": {"name": "Other forum"}},
    "an event's zone": {"igf": {"timezone": "Asia/Tokyo"}},
    "a title": {"a": {"title": "Other"}},
    "a figure": {"a": {"statistics": [FIGURE | {"label": "toads"}]}},
    "a role": {"a": {"people": [{"person": "ann", "role": "chair"}]}},
    "another session's title": {"b": {"title": "Other"}},
    "another session's speakers": {"b": {"people": []}},
    "another session's tag": {"b": {"tags": ["Frogs"]}},
    "a tag": {"a": {"tags": ["Frogs"]}},
    "a third session": {"c": {"title": "Third", "tags": ["ponds"]}},
    "a body": {"apc": {"name": "Other body"}},
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_it_answers_as_the_catalog_does(question: Callable[[Catalog], Any]) -> None:
    assert repr(asked(question, catalog())[0]) == repr(question(catalog()))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_another_answer_is_known_without_asking_for_it(
    question: Callable[[Catalog], Any], edit: dict[str, Any]
) -> None:
    answer, kept = asked(question, catalog())
    now = catalog(**edit)
    assert Answers(catalog(), {}).are_as(kept)
    if repr(question(now)) != repr(answer):
        assert not Answers(now, {}).are_as(kept)


UNTOUCHED = [
    ("a person", "another person's name"),
    ("a name", "a title"),
    ("a short name", "a figure"),
    ("the time", "another session's title"),
    ("topics", "another session's title"),
    ("figures", "another session's title"),
    ("what is related", "a body"),
]


@pytest.mark.parametrize(("question", "edit"), UNTOUCHED)
def test_what_was_not_asked_for_may_change(question: str, edit: str) -> None:
    _answer, kept = asked(QUESTIONS[question], catalog())
    assert Answers(catalog(**EDITS[edit]), {}).are_as(kept)


NOT_KNOWN: dict[str, Callable[[Catalog], object]] = {
    "why nothing is found": lambda found: why_nowhere(found, ("person",), "nobody"),
    "what is not known as a question": lambda found: found.aliases,
    "what cannot be kept": lambda found: find_sessions(found, SessionQuery(ids=["igf/a"])),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("question", NOT_KNOWN.values(), ids=NOT_KNOWN)
def test_what_cannot_be_asked_again_is_taken_for_changed(question: Callable[[Catalog], object]) -> None:
    _answer, kept = asked(question, catalog())
    assert not Answers(catalog(), {}).are_as(kept)


def test_a_question_about_what_is_gone_has_another_answer() -> None:
    _answer, kept = asked(QUESTIONS["what is related"], catalog())
    without = make(event(), person("ann"), session("b")).catalog
    assert not Answers(without, {}).are_as(kept)


def test_what_fails_is_asked_too() -> None:
    def question(found: Catalog) -> str:
        try:
            return str(find_sessions(found, SessionQuery(person="cy")))
        except ValueError as error:
            return str(error)

    _answer, kept = asked(question, catalog())
    assert Answers(catalog(), {}).are_as(kept)
    assert not Answers(make(event(), person("cy"), session("a")).catalog, {}).are_as(kept)
