"""Who did what: the same facts by person and by organisation, for sites that have to write them out."""

from __future__ import annotations

from collections import defaultdict

from bench.facts import Figure, Organization, Person, Quote, Session, World


class Lists:
    """What the pages of people and organisations list."""

    def __init__(self, world: World) -> None:
        self.events = {event.id: event for event in world.events}
        self._roles: dict[str, dict[str, list[Session]]] = defaultdict(lambda: defaultdict(list))
        self._reports: dict[str, list[Session]] = defaultdict(list)
        self._figures: dict[str, list[tuple[Figure, Session]]] = defaultdict(list)
        self._quotes: dict[str, list[tuple[Quote, Session]]] = defaultdict(list)
        self._members: dict[str, list[Person]] = defaultdict(list)
        for session in world.sessions:
            for appearance in session.people:
                self._roles[appearance.person.id][appearance.role].append(session)
            self._reports[session.report_by.id].append(session)
            for figure in session.figures:
                self._figures[figure.said_by.id].append((figure, session))
            for quote in session.quotes:
                self._quotes[quote.said_by.id].append((quote, session))
        for person in world.people:
            if person.id in self._roles:
                self._members[person.organization.id].append(person)

    def roles(self, person: Person) -> dict[str, list[Session]]:
        """Return a person's sessions by role."""
        return self._roles.get(person.id, {})

    def groups(self, person: Person) -> dict[str, list[Session]]:
        """Return a person's sessions by role, and those whose report they wrote."""
        reports = self._reports.get(person.id)
        return self.roles(person) | ({"wrote the report": reports} if reports else {})

    def figures(self, person: Person) -> list[tuple[Figure, Session]]:
        """Return the figures that a person stated, each with its session."""
        return self._figures.get(person.id, [])

    def quotes(self, person: Person) -> list[tuple[Quote, Session]]:
        """Return a person's words, each with its session."""
        return self._quotes.get(person.id, [])

    def members(self, organization: Organization) -> list[Person]:
        """Return the people who spoke for an organisation, by name."""
        return sorted(self._members.get(organization.id, []), key=lambda person: person.name)

    def sessions_of(self, organization: Organization) -> list[Session]:
        """Return the sessions in which an organisation had somebody, in order of time."""
        found = {
            (session.event, session.id): session
            for person in self.members(organization)
            for sessions in self.roles(person).values()
            for session in sessions
        }
        return sorted(found.values(), key=lambda session: session.start)

    def figures_of(self, organization: Organization) -> list[tuple[Figure, Session]]:
        """Return the figures that an organisation's people stated."""
        found = [pair for person in self.members(organization) for pair in self.figures(person)]
        return sorted(found, key=lambda pair: pair[1].start)
