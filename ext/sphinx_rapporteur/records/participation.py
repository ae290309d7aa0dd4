"""The catalog's third layer: who took part, for which organisation, and who wrote the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinx_rapporteur.records import index
from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.index import OrgAppearance, PersonAppearance
from sphinx_rapporteur.records.model import Event, Organization, Person, Session
from sphinx_rapporteur.records.timeline import Timeline


@dataclass(frozen=True, eq=False, repr=False)
class Participation(Timeline):
    """People and organisations with what they took part in."""

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[PersonAppearance, ...]]:
        return index.by_person(self.owners)

    def appearances_of(self, person_id: str) -> tuple[PersonAppearance, ...]:
        """Return a person's appearances in time order."""
        return self._by_person.get(person_id, ())

    @cached_property
    def _reports(self) -> Mapping[str, tuple[Session, ...]]:
        return index.reports_by_person(self.sessions_in_order)

    def reports_by(self, person_id: str) -> tuple[Session, ...]:
        """Return the sessions whose report a person wrote, by byline or as rapporteur."""
        return self._reports.get(person_id, ())

    @cached_property
    def _people_of_events(self) -> Mapping[str, tuple[Person, ...]]:
        groups: dict[str, dict[str, Person]] = {event: {} for event in self.events}
        for person_id, entries in self._by_person.items():
            for entry in entries:
                groups[index.event_id(entry.session_or_event)][person_id] = self.people[person_id]
        return index.frozen(
            {event: sorted(group.values(), key=self.person_key) for event, group in groups.items()}
        )

    def people_of_event(self, event_id: str) -> tuple[Person, ...]:
        """Return the people with a record who appear in an event, by name."""
        return self._people_of_events[event_id]

    def person_key(self, person: Person) -> tuple[object, ...]:
        """Order people by name."""
        return (*self._name_key(person.sort_name or person.name), person.id)

    def _name_key(self, name: str) -> tuple[object, ...]:
        return (sort_key(name, self.locale),)

    @cached_property
    def _by_organization(self) -> Mapping[str, tuple[OrgAppearance, ...]]:
        return index.by_organization(self.owners, self.people)

    @cached_property
    def _appearances_for(self) -> Mapping[str, tuple[PersonAppearance, ...]]:
        return index.appearances_by_organization(self.owners)

    def appearances_for(self, org_id: str) -> tuple[PersonAppearance, ...]:
        """Return the appearances for an organisation in time order, each once."""
        return self._appearances_for.get(org_id, ())

    def affiliated_with(self, org_id: str) -> tuple[OrgAppearance, ...]:
        """Return who appeared for an organisation, in time order."""
        return self._by_organization.get(org_id, ())

    @cached_property
    def _organization_sessions(self) -> Mapping[str, tuple[Session, ...]]:
        return index.sessions_by_organization(self.sessions_in_order)

    def sessions_of_organization(self, org_id: str) -> tuple[Session, ...]:
        """Return the sessions an organisation took part in, was present at or reported on, in time order."""
        return self._organization_sessions.get(org_id, ())

    def events_of_organization(self, org_id: str) -> tuple[Event, ...]:
        """Return the events that an organisation convened, hosted or organised."""
        return tuple(
            event
            for event in self.events_in_order
            if any(one.organization == org_id for one in event.organizers)
        )

    @cached_property
    def _children(self) -> Mapping[str, tuple[Organization, ...]]:
        groups: dict[str, list[Organization]] = {}
        for organization in sorted(
            self.organizations.values(), key=lambda one: (self._name_key(one.name), one.id)
        ):
            if organization.parent is not None:
                groups.setdefault(organization.parent, []).append(organization)
        return index.frozen(groups)

    def children_of(self, org_id: str) -> tuple[Organization, ...]:
        """Return the organisations that are parts of one, by name."""
        return self._children.get(org_id, ())
