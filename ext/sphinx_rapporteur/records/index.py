"""What the catalog looks up: who was where, who said what, which figures share a measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from sphinx_rapporteur.records.model import (
    Affiliation,
    Appearance,
    Attribution,
    Byline,
    Event,
    Outcome,
    Person,
    Quote,
    Session,
    Statistic,
)

Owner: TypeAlias = Session | Event
ItemT = TypeVar("ItemT", Statistic, Quote, Outcome)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated(Generic[ItemT]):
    """A statement with its full id and the record that it stands in."""

    full_id: str
    item: ItemT
    owner: Owner
    index: int
    """Its position among the statements of its kind in the record."""


class StatedFigure(Stated[Statistic]):
    """A figure with the record that it stands in."""

    __slots__ = ()


class StatedQuote(Stated[Quote]):
    """A quotation with the record that it stands in."""

    __slots__ = ()


class StatedOutcome(Stated[Outcome]):
    """An outcome with the record that it stands in."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PersonAppearance:
    """An appearance with the session, or the event as a whole, that it belongs to."""

    session_or_event: Owner
    appearance: Appearance
    index: int
    """Its position in the record's ``people``; negative for a byline."""

    @property
    def is_byline(self) -> bool:
        """Whether it stands for the byline of a report, which says nothing of having been there."""
        return self.index < 0

    @property
    def is_confirmed(self) -> bool:
        """Whether the person is known to have been there."""
        return self.appearance.status == "confirmed" and not self.is_byline

    @property
    def session(self) -> Session | None:
        """The session, unless it is a role in the event as a whole."""
        return self.session_or_event if isinstance(self.session_or_event, Session) else None


@dataclass(frozen=True, slots=True)
class OrgAppearance:
    """Somebody who appeared for an organisation."""

    person: Person | None
    """The person's record, if there is one."""
    name: str
    appearance: Appearance
    session: Owner
    affiliation: Affiliation


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag with the sessions that have it."""

    slug: str
    label: str
    sessions: tuple[Session, ...]


def frozen(groups: Mapping[str, Iterable[T]]) -> Mapping[str, tuple[T, ...]]:
    """Return groups that cannot be changed."""
    return MappingProxyType({key: tuple(group) for key, group in groups.items()})


def event_id(owner: Owner) -> str:
    """Return the id of the event that a session is part of, or of the event itself."""
    return owner.event if isinstance(owner, Session) else owner.id


def appearances(owners: Iterable[Owner]) -> Iterator[PersonAppearance]:
    """Yield the appearances of all records, in their order."""
    for owner in owners:
        for index, appearance in enumerate(owner.people):
            yield PersonAppearance(owner, appearance, index)


RAPPORTEUR = "rapporteur"


def with_bylines(owners: Iterable[Owner]) -> Iterator[PersonAppearance]:
    """Yield the appearances of all records and, as rapporteurs, those whose byline a report bears."""
    for owner in owners:
        yield from appearances((owner,))
        listed = {item.person or item.name for item in owner.people if item.role == RAPPORTEUR}
        for position, byline in enumerate(owner.report_by if isinstance(owner, Session) else ()):
            if (byline.person or byline.name) and (byline.person or byline.name) not in listed:
                yield PersonAppearance(owner, _of_byline(byline), -1 - position)


def _of_byline(byline: Byline) -> Appearance:
    affiliations = (Affiliation(organization=byline.organization),) if byline.organization else ()
    return Appearance(person=byline.person, name=byline.name, role=RAPPORTEUR, affiliations=affiliations)


def by_person(owners: Iterable[Owner]) -> Mapping[str, tuple[PersonAppearance, ...]]:
    """Return the appearances of each person with a record."""
    groups: dict[str, list[PersonAppearance]] = defaultdict(list)
    for entry in with_bylines(owners):
        if entry.appearance.person is not None:
            groups[entry.appearance.person].append(entry)
    return frozen(groups)


def by_organization(
    owners: Iterable[Owner], people: Mapping[str, Person]
) -> Mapping[str, tuple[OrgAppearance, ...]]:
    """Return who appeared for each organisation with a record."""
    groups: dict[str, list[OrgAppearance]] = defaultdict(list)
    for entry in appearances(owners):
        appearance = entry.appearance
        person = people[appearance.person] if appearance.person else None
        name = person.name if person else appearance.name or ""
        for affiliation in appearance.affiliations:
            if affiliation.organization is not None:
                groups[affiliation.organization].append(
                    OrgAppearance(person, name, appearance, entry.session_or_event, affiliation)
                )
    return frozen(groups)


def appearances_by_organization(owners: Iterable[Owner]) -> Mapping[str, tuple[PersonAppearance, ...]]:
    """Return the appearances for each organisation with a record, each once."""
    groups: dict[str, list[PersonAppearance]] = defaultdict(list)
    for entry in with_bylines(owners):
        for organization in dict.fromkeys(item.organization for item in entry.appearance.affiliations):
            if organization is not None:
                groups[organization].append(entry)
    return frozen(groups)


def organizations_of(session: Session) -> set[str]:
    """Return the ids of all organisations that a session names as taking part."""
    found = {presence.organization for presence in session.organizations}
    found |= {byline.organization for byline in session.report_by}
    for appearance in session.people:
        found |= {affiliation.organization for affiliation in appearance.affiliations}
    return {organization for organization in found if organization is not None}


def sessions_by_organization(sessions: Iterable[Session]) -> Mapping[str, tuple[Session, ...]]:
    """Return the sessions that each organisation with a record took part in, in the given order."""
    groups: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        for organization in organizations_of(session):
            groups[organization].append(session)
    return frozen(groups)


def attribution_of(stated: StatedFigure | StatedQuote | StatedOutcome) -> Attribution | None:
    """Return whose statement it is, or who is to act on an outcome."""
    return stated.item.by if isinstance(stated.item, Outcome) else stated.item.said_by


def spoke_for(stated: StatedFigure | StatedQuote | StatedOutcome) -> set[str]:
    """Return the organisations whose statement it is: their own, or by somebody who was there for them."""
    attribution = attribution_of(stated)
    if attribution is None:
        return set()
    if attribution.organization is not None:
        return {attribution.organization}
    return {
        affiliation.organization
        for appearance in stated.owner.people
        if (attribution.person is not None and appearance.person == attribution.person)
        or (attribution.name is not None and appearance.name == attribution.name)
        for affiliation in appearance.affiliations
        if affiliation.organization is not None
    }


def reports_by_person(sessions: Iterable[Session]) -> Mapping[str, tuple[Session, ...]]:
    """Return the sessions whose report each person wrote: by byline, or as rapporteur if there is none."""
    groups: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        writers = [byline.person for byline in session.report_by]
        if not session.report_by:
            writers = [one.person for one in session.people if one.role.casefold() == "rapporteur"]
        for person in dict.fromkeys(writers):
            if person is not None:
                groups[person].append(session)
    return frozen(groups)
