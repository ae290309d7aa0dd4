"""What all records and their parts share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sphinx_rapporteur.records.model.types import (
    Country,
    Date,
    FormerId,
    Id,
    OrganizationId,
    PersonId,
    Plain,
    Text,
    Url,
)

EXTRA_PREFIX = "x-"


class Part(BaseModel):
    """A mapping inside a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    whole: ClassVar[bool] = False
    """Whether an error inside drops this part, though an inner list has smaller ones."""

    telling: ClassVar[frozenset[str]] = frozenset({
        "affiliations", "as_of", "at", "breakdown", "conflicts_with", "exhaustive", "high", "low", "name",
        "of", "organization", "period", "person", "qualifier", "region", "role", "said_by", "status", "unit",
        "value", "withheld",
    })  # fmt: skip
    """Keys without which a part would say something else: one misspelled or wrong costs the whole part."""

    either: ClassVar[frozenset[str]] = frozenset()
    """Keys of which a part needs one: a value that does not fit costs the whole part if it has no other."""

    @property
    def stand_ins(self) -> Mapping[str, Any]:
        """What stands in the place of a reference that leads nowhere, by field.

        Without a reference that is not among these the part would say something else, and goes with it.
        """
        return {}

    # The alias keeps `extra` from being a key of the data format.
    extra: Mapping[str, Any] = Field(
        default_factory=dict, alias=EXTRA_PREFIX, description="The site's own `x-` keys.", exclude=True
    )

    @model_validator(mode="before")
    @classmethod
    def _collect_extra(cls, data: Any) -> Any:
        """Move the ``x-`` keys out of the way of the unknown-key check."""
        if not isinstance(data, dict):
            return data
        own = {key: data[key] for key in data if isinstance(key, str) and key.startswith(EXTRA_PREFIX)}
        if not own:
            return data
        return {key: value for key, value in data.items() if key not in own} | {EXTRA_PREFIX: own}


def _withheld(value: object) -> object:
    if isinstance(value, str):
        lowered = value.casefold()
        if lowered in {"true", "yes", "on"}:
            return True
        if lowered in {"false", "no", "off"}:
            return False
    return value


Withheld = Annotated[bool, BeforeValidator(_withheld)]
WithheldOrName = Annotated[bool | Literal["name"], BeforeValidator(_withheld)]


class Record(Part):
    """A record: something with an id, a page and a name that other projects can refer to."""

    kind: ClassVar[str]
    """The folder of the data folder in which such records lie."""

    id: Id = Field(description="The record's name in addresses and references; the file's stem unless given.")
    aliases: tuple[FormerId, ...] = Field(
        default=(), description="Former ids; their addresses and references keep working."
    )
    withheld: Withheld = Field(
        default=False, description="Takes the record off every page, export, index and inventory."
    )

    @property
    def full_id(self) -> str:
        """The record's id, unique among the records of its kind."""
        return self.id


class Source(Part):
    """Where facts come from."""

    either: ClassVar[frozenset[str]] = frozenset({"title", "url"})

    title: Plain | None = Field(default=None, description="What the source is called.")
    url: Url | None = Field(default=None, description="Where it is found.")
    date: Plain | None = Field(default=None, description="When it was published, as it says itself.")
    accessed: Date | None = Field(default=None, description="When it was read.")

    @model_validator(mode="after")
    def _needs_either(self) -> Self:
        if self.title is None and self.url is None:
            raise ValueError("a title or a url")
        return self


class Link(Part):
    """An address with its label."""

    label: Plain = Field(description="What the link says.")
    url: Url = Field(description="Where it leads.")


class Affiliation(Part):
    """What somebody was, and for whom, at one session."""

    either: ClassVar[frozenset[str]] = frozenset({"organization", "name", "title"})

    organization: OrganizationId | None = Field(default=None, description="An organisation with a record.")
    name: Plain | None = Field(default=None, description="An organisation without a record.")
    title: Plain | None = Field(default=None, description="The post.")
    as_printed: tuple[Plain, ...] = Field(default=(), description="How the source writes it, if otherwise.")

    @model_validator(mode="after")
    def _needs_something(self) -> Self:
        if self.organization is not None and self.name is not None:
            raise ValueError("an organization with a record, or the name of one without, not both")
        if self.organization is None and self.name is None and self.title is None:
            raise ValueError("an organization, a name or a title")
        return self

    @property
    def stand_ins(self) -> Mapping[str, Any]:
        """A title says something without the organisation."""
        return {"organization": None} if self.title is not None else {}


Status = Literal["confirmed", "provisional", "absent", "cited"]


class Appearance(Part):
    """Somebody in a session: in which role, and what they were at that time."""

    person: PersonId | None = Field(default=None, description="A person with a record.")
    name: Plain | None = Field(default=None, description="Somebody without a record.")
    role: Plain = Field(
        default="speaker",
        description="chair, moderator, online moderator, speaker, panellist, discussant, "
        "rapporteur, organizer, host, or another.",
    )
    affiliations: tuple[Affiliation, ...] = Field(default=(), description="What they were at that session.")
    status: Status = Field(default="confirmed", description="Whether they are known to have been there.")
    as_printed: tuple[Plain, ...] = Field(default=(), description="Spellings in the source.")
    honorific: Plain | None = Field(default=None, description="Ms, Dr, Colonel: as printed.")
    country: Country | None = Field(default=None, description="The country they were listed for.")
    stakeholder_group: Plain | None = Field(
        default=None, description="The stakeholder group they were listed for."
    )
    note: Text | None = Field(default=None, description="What a reader has to know about this entry.")

    @model_validator(mode="after")
    def _needs_one(self) -> Self:
        if (self.person is None) == (self.name is None):
            raise ValueError("either a person with a record or the name of somebody without")
        return self


class Attribution(Part):
    """Who stated something: a person, somebody without a record, an organisation, or a document."""

    person: PersonId | None = Field(default=None, description="A person with a record.")
    name: Plain | None = Field(default=None, description="Somebody without a record.")
    organization: OrganizationId | None = Field(default=None, description="An organisation with a record.")
    document: Plain | None = Field(default=None, description="A text, such as the session's description.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        """Read plain text as a person's id, or as a name if it can be no id."""
        if not isinstance(data, str):
            return data
        return {"person" if data == data.lower() and " " not in data else "name": data}

    @model_validator(mode="after")
    def _needs_one(self) -> Self:
        given = [x for x in (self.person, self.name, self.organization, self.document) if x is not None]
        if len(given) != 1:
            raise ValueError("one of person, name, organization and document")
        return self
