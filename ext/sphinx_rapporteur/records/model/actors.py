"""Who and what sessions speak of: people, organisations, indicators."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from sphinx_rapporteur.records.model.base import Link, Part, Record, Withheld, WithheldOrName
from sphinx_rapporteur.records.model.types import (
    Country,
    Orcid,
    OrganizationId,
    PersonId,
    PhotoPath,
    Plain,
    Ror,
    Text,
    Url,
)


class Photo(Part):
    """A picture in the data folder."""

    file: PhotoPath = Field(description="Its path in the data folder.")
    withheld: Withheld = Field(default=False, description="Takes the picture off every page and export.")


class Person(Record):
    """Somebody who took part in sessions."""

    kind: ClassVar[str] = "people"

    name: Plain = Field(description="The name that is shown.")
    sort_name: Plain | None = Field(
        default=None, description="The name in alphabetical lists: `Hargreaves, Susie`."
    )
    honorific: Plain | None = Field(default=None, description="Dr, Prof.")
    also_known_as: tuple[Plain, ...] = Field(default=(), description="Other spellings and former names.")
    bio: Text | None = Field(default=None, description="A few sentences.")
    photo: Photo | None = Field(
        default=None, description="A picture in the data folder: its path, or `file` and `withheld`."
    )
    photo_credit: Plain | None = Field(default=None, description="Who took it.")
    photo_alt: Plain | None = Field(default=None, description="What it shows.")
    country: Country | None = Field(default=None, description="ISO 3166.")
    stakeholder_group: Plain | None = Field(
        default=None, description="government, civil society, private sector."
    )
    orcid: Orcid | None = Field(default=None, description="The ORCID iD.")
    links: tuple[Link, ...] = Field(default=(), description="Their own pages.")
    not_same_as: tuple[PersonId, ...] = Field(
        default=(), description="People with a similar name who are others."
    )
    withheld: WithheldOrName = Field(  # type: ignore[assignment]  # the one kind with a third value
        default=False,
        description="`true` takes the person off everything; `name` keeps the appearances without the name.",
    )

    @field_validator("photo", mode="before")
    @classmethod
    def _photo_from_path(cls, value: Any) -> Any:
        return {"file": value} if isinstance(value, str) else value


class Organization(Record):
    """A body that people spoke for."""

    kind: ClassVar[str] = "organizations"

    name: Plain = Field(description="The name that is shown.")
    short_name: Plain | None = Field(default=None, description="The name in lists.")
    also_known_as: tuple[Plain, ...] = Field(default=(), description="Other names.")
    kind_of: Plain | None = Field(default=None, alias="kind", description="company, government, university.")
    stakeholder_group: Plain | None = Field(
        default=None, description="government, civil society, private sector."
    )
    country: Country | None = Field(default=None, description="ISO 3166.")
    url: Url | None = Field(default=None, description="Its own site.")
    ror: Ror | None = Field(default=None, description="The ROR id.")
    logo: PhotoPath | None = Field(default=None, description="A picture in the data folder.")
    parent: OrganizationId | None = Field(default=None, description="The body that it is a part of.")
    description: Text | None = Field(default=None, description="What it is.")
    not_same_as: tuple[OrganizationId, ...] = Field(
        default=(), description="Organisations with a similar name that are others."
    )


class Indicator(Record):
    """A measure that figures of several sessions give a value for."""

    kind: ClassVar[str] = "indicators"

    name: Plain = Field(description="What is measured.")
    unit: Plain | None = Field(default=None, description="In what.")
    description: Text | None = Field(default=None, description="How it is measured.")
    better: Literal["higher", "lower", "neither"] = Field(
        default="neither", description="Which way is better."
    )
