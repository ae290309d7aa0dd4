"""Check of names: two that differ by spelling alone and may be one person or organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sphinx_rapporteur.records.alike import Spellings, people_pairs
from sphinx_rapporteur.records.alike_bodies import organization_pairs
from sphinx_rapporteur.records.checks.finding import say
from sphinx_rapporteur.records.finding import Path, Report
from sphinx_rapporteur.records.model import (
    Event,
    Organization,
    Organizer,
    Person,
    Presence,
    Record,
    Session,
)
from sphinx_rapporteur.records.names import NAME_WITHHELD, fold
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.warnings import Subtype

Places: TypeAlias = Sequence[tuple[Record, Path]]


@dataclass(frozen=True, slots=True, eq=False)
class Bearer:
    """Who bears a name: a record, or somebody or something that only sessions name."""

    name: str
    spellings: Spellings
    places: Places
    """Where the name stands."""
    id: str | None = None
    """The record's."""
    others: frozenset[str] = field(default_factory=frozenset)
    """The ids of those who are said not to be the same, and of the body that it is a part of."""


def check_look_alikes(catalog: Statements, report: Report) -> None:
    """Warn of people and of organisations whose names differ by spelling alone."""
    for noun, bearers, find in (
        ("person", list(_people(catalog)), people_pairs),
        ("organization", list(_organizations(catalog)), organization_pairs),
    ):
        for first, second in find([bearer.spellings for bearer in bearers]):
            one, other = bearers[first], bearers[second]
            if one.id not in other.others and other.id not in one.others:
                _say(catalog, report, noun, one, other)


def _say(catalog: Statements, report: Report, noun: str, one: Bearer, other: Bearer) -> None:
    # The one to mend comes first: a name without a record, else the later of two records.
    wrong, right = (one, other) if one.id is None else (other, one)
    record, path = wrong.places[0]
    is_record = wrong.id is not None
    mend = f"`{noun}: {right.id}`" if right.id is not None else "one spelling"
    say(
        catalog,
        report,
        Subtype.LOOK_ALIKE,
        record,
        path,
        f"the name may be another spelling of {right.name}" + (f" ({right.id})" if right.id else ""),
        found=wrong.name,
        expected="one record with `also_known_as`, or `not_same_as`"
        if is_record
        else f"{mend} if they are the same",
        others=(catalog.place(*place) for place in (*right.places[:3], *wrong.places[1:])),
    )


def _people(catalog: Statements) -> Iterator[Bearer]:
    for person in catalog.people.values():
        yield _of_record(person, Spellings.of_person((person.name, *person.also_known_as)))
    for name, places in sorted(_person_names(catalog).items()):
        if " " not in name:
            # A first name alone is too many people's.
            continue
        yield Bearer(name, Spellings.of_person((name,), has_record=False), places)


def _organizations(catalog: Statements) -> Iterator[Bearer]:
    records = catalog.organizations.values()
    for organization in records:
        names = (organization.name, *organization.also_known_as)
        spellings = Spellings.of_organization(names, short_name=organization.short_name)
        yield _of_record(organization, spellings)
    by_short_name = {fold(one.short_name) for one in records if one.short_name}
    for name, places in sorted(_organization_names(catalog).items()):
        if fold(name) not in by_short_name:
            yield Bearer(name, Spellings.of_organization((name,), has_record=False), places)


def _of_record(record: Person | Organization, spellings: Spellings) -> Bearer:
    parent = record.parent if isinstance(record, Organization) else None
    others = frozenset((*record.not_same_as, *((parent,) if parent else ())))
    return Bearer(record.name, spellings, ((record, ("name",)),), record.id, others)


def _person_names(catalog: Statements) -> dict[str, list[tuple[Record, Path]]]:
    """Return the names of people without a record, with where they stand."""
    names: dict[str, list[tuple[Record, Path]]] = defaultdict(list)
    for owner in catalog.owners:
        for index, appearance in enumerate(owner.people):
            if appearance.name is not None:
                names[appearance.name].append((owner, ("people", index, "name")))
        for index, byline in enumerate(owner.report_by if isinstance(owner, Session) else ()):
            if byline.name is not None:
                names[byline.name].append((owner, ("report_by", index, "name")))
    names.pop(NAME_WITHHELD, None)
    return names


def _organization_names(catalog: Statements) -> dict[str, list[tuple[Record, Path]]]:
    """Return the names of organisations without a record, with where they stand."""
    names: dict[str, list[tuple[Record, Path]]] = defaultdict(list)
    for owner in catalog.owners:
        kind = "organizers" if isinstance(owner, Event) else "organizations"
        bodies: tuple[Organizer | Presence, ...] = getattr(owner, kind)
        for index, body in enumerate(bodies):
            if body.name is not None:
                names[body.name].append((owner, (kind, index, "name")))
        for index, appearance in enumerate(owner.people):
            for number, affiliation in enumerate(appearance.affiliations):
                if affiliation.name is not None:
                    path = ("people", index, "affiliations", number, "name")
                    names[affiliation.name].append((owner, path))
    return names
