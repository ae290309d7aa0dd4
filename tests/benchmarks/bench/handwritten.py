"""The same facts as a person would write them: MyST pages with sphinx-design cards, all orphans, with Furo.

It is made as cheap as it can be and still show the facts: lists and tables are plain Markdown, and only
speakers are cards. It has no lists of all figures, topics and goals, which our site has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bench.by_person import Lists
from bench.facts import Event, Figure, Organization, Person, Session, World
from bench.site import COMMON_CONF, SphinxSite

_CONF = f"""\
{COMMON_CONF}extensions = ["myst_parser", "sphinx_design"]
myst_enable_extensions = ["colon_fence"]
"""
_HEAD = "---\norphan: true\n---\n"


def long_day(day: date) -> str:
    """Return a day as pages show it."""
    return f"{day:%A}, {day.day} {day:%B} {day:%Y}"


def short_day(day: date) -> str:
    """Return a day as lists show it."""
    return f"{day.day} {day:%b} {day:%Y}"


def hours(session: Session) -> str:
    """Return when a session begins and ends."""
    return f"{session.start:%H:%M}–{session.end:%H:%M}"


def _session_link(session: Session, up: str) -> str:
    return f"[{session.title}]({up}sessions/{session.event}/{session.id}.md)"


def _person_link(person: Person, up: str) -> str:
    return f"[{person.name}]({up}people/{person.id}.md)"


def _organization_link(organization: Organization, up: str) -> str:
    return f"[{organization.name}]({up}organizations/{organization.id}.md)"


def _session_rows(sessions: list[Session], up: str, *, when: str = "short") -> Iterator[str]:
    yield "| When | Session | Type | Room |\n|---|---|---|---|\n"
    for session in sessions:
        day = f"{short_day(session.start)}, " if when == "short" else ""
        title = f"{_session_link(session, up)} {session.number}"
        yield f"| {day}{hours(session)} | {title} | {session.type} | {session.room.name} |\n"
    yield "\n"


def _figure_rows(figures: list[tuple[Figure, Session]], up: str) -> Iterator[str]:
    yield "| Figure | What is counted | Said by | In |\n|---|---|---|---|\n"
    for figure, session in figures:
        said_by = _person_link(figure.said_by, up)
        yield f"| {figure.shown} | {figure.label} | {said_by} | {_session_link(session, up)} |\n"
    yield "\n"


def _session(session: Session, event: Event) -> Iterator[str]:
    up = "../../"
    yield f"{_HEAD}# {session.title}\n\n"
    yield f"- **Event:** [{event.short_name}]({up}events/{event.id}.md)\n- **Number:** {session.number}\n"
    yield f"- **Type:** {session.type}\n- **When:** {long_day(session.start)}, {hours(session)}\n"
    yield f"- **Room:** {session.room.name}\n"
    yield f"- **Development goals:** {', '.join(f'SDG {goal}' for goal in session.sdgs)}\n"
    yield f"- **Topics:** {', '.join(session.tags)}\n\n"
    yield f"{session.summary}\n\n## Speakers\n\n::::{{grid}} 1 2 2 3\n:gutter: 3\n\n"
    for appearance in session.people:
        person = appearance.person
        yield f":::{{grid-item-card}} {person.name}\n:link: {up}people/{person.id}\n:link-type: doc\n\n"
        yield f"{appearance.role.capitalize()}\n\n"
        yield f"{person.post}, {_organization_link(person.organization, up)}\n:::\n\n"
    yield "::::\n\n## Report\n\n"
    yield "\n\n".join(session.report)
    yield "\n\n## Figures\n\n| Figure | What is counted | Said by |\n|---|---|---|\n"
    for figure in session.figures:
        yield f"| {figure.shown} | {figure.label} | {_person_link(figure.said_by, up)} |\n"
    yield "\n## Quotations\n\n"
    for quote in session.quotes:
        yield f"> {quote.text}\n>\n> {_person_link(quote.said_by, up)}\n\n"
    yield f"## About this record\n\n- **Report by:** {_person_link(session.report_by, up)}\n"
    yield "- **Status:** final\n"


def _person(person: Person, lists: Lists) -> Iterator[str]:
    up = "../"
    yield f"{_HEAD}# {person.name}\n\n- **Country:** {person.country_name}\n\n{person.bio}\n\n"
    sessions = [session for found in lists.roles(person).values() for session in found]
    numbers = ", ".join(
        f"[{session.number}]({up}sessions/{session.event}/{session.id}.md)" for session in sessions
    )
    yield f"## Affiliations\n\n- {person.post}, {_organization_link(person.organization, up)} · {numbers}\n\n"
    yield "## Sessions\n\n"
    for role, found in lists.groups(person).items():
        yield f"### {role.capitalize()}\n\n"
        for session in found:
            when = f"{short_day(session.start)}, {hours(session)}"
            yield f"- {_session_link(session, up)} · {session.number} · {when}\n"
        yield "\n"
    if lists.figures(person):
        yield "## Figures\n\n"
        yield from _figure_rows(lists.figures(person), up)
    if lists.quotes(person):
        yield "## Quotations\n\n"
    for quote, session in lists.quotes(person):
        yield f"> {quote.text}\n>\n> {person.name}, {_session_link(session, up)}\n\n"


def _organization(organization: Organization, lists: Lists) -> Iterator[str]:
    up = "../"
    yield f"{_HEAD}# {organization.name}\n\n- **Country:** {organization.country_name}\n\n"
    yield f"{organization.description}\n\n## People\n\n"
    for person in lists.members(organization):
        yield f"- {_person_link(person, up)}, {person.post}\n"
    yield "\n## Sessions\n\n"
    yield from _session_rows(lists.sessions_of(organization), up)
    if lists.figures_of(organization):
        yield "## Figures\n\n"
        yield from _figure_rows(lists.figures_of(organization), up)


def _event(event: Event) -> Iterator[str]:
    up = "../"
    yield f"{_HEAD}# {event.name}\n\n- **When:** {long_day(event.start)} – {long_day(event.end)}\n"
    yield f"- **Where:** {event.city}, {event.country_name}\n\n{event.description}\n\n## Sessions\n\n"
    for day in sorted({session.start.date() for session in event.sessions}):
        yield f"### {long_day(day)}\n\n"
        yield from _session_rows([s for s in event.sessions if s.start.date() == day], up, when="hours")
    people = {a.person.id: a.person for session in event.sessions for a in session.people}
    yield "## Who took part in its sessions\n\n"
    yield "".join(f"- {_person_link(person, up)}, {person.post}\n" for person in list(people.values())[:30])
    yield "\n## Organisations\n\n"
    organizations = {person.organization.id: person.organization for person in people.values()}
    yield "".join(f"- {_organization_link(body, up)}\n" for body in organizations.values())


def _sessions_index(world: World) -> Iterator[str]:
    yield f"{_HEAD}# Sessions\n\n"
    for event in world.events:
        yield f"## {event.short_name}\n\n"
        for day in sorted({session.start.date() for session in event.sessions}):
            yield f"### {long_day(day)}\n\n"
            yield from _session_rows(
                [s for s in event.sessions if s.start.date() == day], "../", when="hours"
            )


@dataclass(frozen=True)
class HandwrittenSite(SphinxSite):
    """A page of MyST for each session, person, organisation and event, and a list of each."""

    def files(self, world: World) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""
        lists = Lists(world)
        yield "docs/conf.py", _CONF
        links = ", ".join(
            f"{{doc}}`{name}/index`" for name in ("events", "sessions", "people", "organizations")
        )
        yield "docs/index.md", f"# Made-up forums\n\n{links}.\n"
        yield (
            "docs/events/index.md",
            f"{_HEAD}# Events\n\n" + "".join(f"- [{event.name}]({event.id}.md)\n" for event in world.events),
        )
        yield "docs/sessions/index.md", "".join(_sessions_index(world))
        people = sorted(world.people, key=lambda person: person.name)
        yield (
            "docs/people/index.md",
            f"{_HEAD}# People\n\n"
            + "".join(f"- {_person_link(p, '../')}, {p.post}, {p.organization.name}\n" for p in people),
        )
        bodies = sorted(world.organizations, key=lambda body: body.name)
        yield (
            "docs/organizations/index.md",
            f"{_HEAD}# Organisations\n\n" + "".join(f"- {_organization_link(b, '../')}\n" for b in bodies),
        )
        for event in world.events:
            yield f"docs/events/{event.id}.md", "".join(_event(event))
            for session in event.sessions:
                yield f"docs/sessions/{event.id}/{session.id}.md", "".join(_session(session, event))
        for person in world.people:
            yield f"docs/people/{person.id}.md", "".join(_person(person, lists))
        for organization in world.organizations:
            yield f"docs/organizations/{organization.id}.md", "".join(_organization(organization, lists))
