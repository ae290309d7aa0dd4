"""The facts as pages of simple blocks, in plain data: what the peers' templates show.

A page has a ``title`` and ``blocks``; a block has a ``kind`` (heading, facts, text, cards, table, quotes,
list) and what that kind needs. Words on a page are spans, each a ``text`` with the ``page`` that it leads
to, if any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench.by_person import Lists
from bench.facts import Event, Figure, Organization, Person, Quote, Session, World
from bench.handwritten import hours, long_day, short_day

Span = dict[str, str]
Block = dict[str, Any]


def _span(text: str, page: str = "") -> Span:
    return {"text": text, "page": page}


def _to_session(session: Session, text: str = "") -> Span:
    return _span(text or session.title, f"sessions/{session.event}/{session.id}")


def _to_person(person: Person) -> Span:
    return _span(person.name, f"people/{person.id}")


def _to_organization(organization: Organization) -> Span:
    return _span(organization.name, f"organizations/{organization.id}")


def _heading(text: str, level: int = 2) -> Block:
    return {"kind": "heading", "text": text, "level": level}


def _text(*paragraphs: str) -> Block:
    return {"kind": "text", "paragraphs": list(paragraphs)}


def _list(items: Iterable[list[Span]]) -> Block:
    return {"kind": "list", "items": list(items)}


def _table(head: str, rows: Iterable[list[list[Span]]]) -> Block:
    return {"kind": "table", "head": head.split("|"), "rows": list(rows)}


def _facts(**facts: str | Span) -> Block:
    pairs = [
        {"label": label.replace("_", " "), "value": _span(value) if isinstance(value, str) else value}
        for label, value in facts.items()
    ]
    return {"kind": "facts", "facts": pairs}


def _sessions(sessions: Iterable[Session]) -> Block:
    return _table(
        "When|Session|Type|Room",
        (
            [
                [_span(f"{short_day(s.start)}, {hours(s)}")],
                [_to_session(s), _span(f" {s.number}")],
                [_span(s.type)],
                [_span(s.room.name)],
            ]
            for s in sessions
        ),
    )


def _figures(figures: Iterable[tuple[Figure, Session]]) -> Block:
    return _table(
        "Figure|What is counted|Said by|In",
        (
            [[_span(f.shown)], [_span(f.label)], [_to_person(f.said_by)], [_to_session(session)]]
            for f, session in figures
        ),
    )


def _quotes(quotes: Iterable[tuple[Quote, list[Span]]]) -> Block:
    return {"kind": "quotes", "quotes": [{"text": quote.text, "by": by} for quote, by in quotes]}


def _session(session: Session, event: Event) -> Iterator[Block]:
    yield _facts(
        Event=_span(event.short_name, f"events/{event.id}"),
        Number=session.number,
        Type=session.type,
        When=f"{long_day(session.start)}, {hours(session)}",
        Room=session.room.name,
        Development_goals=", ".join(f"SDG {goal}" for goal in session.sdgs),
        Topics=", ".join(session.tags),
    )
    yield _text(session.summary)
    yield _heading("Speakers")
    cards = [
        {
            "title": _to_person(appearance.person),
            "lines": [
                [_span(appearance.role.capitalize())],
                [_span(f"{appearance.person.post}, "), _to_organization(appearance.person.organization)],
            ],
        }
        for appearance in session.people
    ]
    yield {"kind": "cards", "cards": cards}
    yield _heading("Report")
    yield _text(*session.report)
    yield _heading("Figures")
    yield _table(
        "Figure|What is counted|Said by",
        ([[_span(f.shown)], [_span(f.label)], [_to_person(f.said_by)]] for f in session.figures),
    )
    yield _heading("Quotations")
    yield _quotes((quote, [_to_person(quote.said_by)]) for quote in session.quotes)
    yield _heading("About this record")
    yield _facts(Report_by=_to_person(session.report_by), Status="final")


def _person(person: Person, lists: Lists) -> Iterator[Block]:
    yield _facts(Country=person.country_name)
    yield _text(person.bio)
    yield _heading("Affiliations")
    numbers = [
        span
        for sessions in lists.roles(person).values()
        for session in sessions
        for span in (_span(" · "), _to_session(session, session.number))
    ]
    yield _list([[_span(f"{person.post}, "), _to_organization(person.organization), *numbers]])
    yield _heading("Sessions")
    for role, sessions in lists.groups(person).items():
        yield _heading(role.capitalize(), 3)
        yield _list(
            [_to_session(s), _span(f" · {s.number} · {short_day(s.start)}, {hours(s)}")] for s in sessions
        )
    if lists.figures(person):
        yield _heading("Figures")
        yield _figures(lists.figures(person))
    if lists.quotes(person):
        yield _heading("Quotations")
        yield _quotes((q, [_span(f"{person.name}, "), _to_session(s)]) for q, s in lists.quotes(person))


def _organization(organization: Organization, lists: Lists) -> Iterator[Block]:
    yield _facts(Country=organization.country_name)
    yield _text(organization.description)
    yield _heading("People")
    yield _list([_to_person(person), _span(f", {person.post}")] for person in lists.members(organization))
    yield _heading("Sessions")
    yield _sessions(lists.sessions_of(organization))
    if lists.figures_of(organization):
        yield _heading("Figures")
        yield _figures(lists.figures_of(organization))


def _event(event: Event) -> Iterator[Block]:
    yield _facts(
        When=f"{long_day(event.start)} – {long_day(event.end)}", Where=f"{event.city}, {event.country_name}"
    )
    yield _text(event.description)
    yield _heading("Sessions")
    yield _sessions(event.sessions)
    people = {a.person.id: a.person for session in event.sessions for a in session.people}
    yield _heading("Who took part in its sessions")
    yield _list([_to_person(person), _span(f", {person.post}")] for person in list(people.values())[:30])
    yield _heading("Organisations")
    bodies = {person.organization.id: person.organization for person in people.values()}
    yield _list([_to_organization(body)] for body in bodies.values())


def pages(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path, without suffix, and content of every page."""
    lists = Lists(world)
    for event in world.events:
        yield f"events/{event.id}", {"title": event.name, "blocks": list(_event(event))}
        for session in event.sessions:
            blocks = list(_session(session, event))
            yield f"sessions/{event.id}/{session.id}", {"title": session.title, "blocks": blocks}
    for person in world.people:
        yield f"people/{person.id}", {"title": person.name, "blocks": list(_person(person, lists))}
    for body in world.organizations:
        yield f"organizations/{body.id}", {"title": body.name, "blocks": list(_organization(body, lists))}
    yield "events/index", _index("Events", ([_span(e.name, f"events/{e.id}")] for e in world.events))
    yield (
        "sessions/index",
        {
            "title": "Sessions",
            "blocks": [b for e in world.events for b in (_heading(e.short_name), _sessions(e.sessions))],
        },
    )
    people = sorted(world.people, key=lambda person: person.name)
    yield (
        "people/index",
        _index("People", ([_to_person(p), _span(f", {p.post}, {p.organization.name}")] for p in people)),
    )
    bodies = sorted(world.organizations, key=lambda body: body.name)
    yield "organizations/index", _index("Organisations", ([_to_organization(body)] for body in bodies))


def _index(title: str, items: Iterable[list[Span]]) -> dict[str, Any]:
    return {"title": title, "blocks": [_list(items)]}
