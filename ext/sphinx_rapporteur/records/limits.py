"""How large a data folder, a file and a record may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that no honest data folder meets; reaching one is a finding that names it."""

    file_bytes: int = 2_000_000
    """The size of one file."""
    depth: int = 20
    """How deep mappings and lists may nest."""
    aliases: int = 100
    """How many YAML aliases a file may use."""
    nodes: int = 200_000
    """How many values a file may hold, aliases expanded."""
    records: int = 200_000
    """How many records a data folder may hold."""
    text_characters: int = 200_000
    """The length of one value."""


DEFAULT_LIMITS = Limits()


def limits_of(given: Mapping[str, int]) -> Limits:
    """Return the limits with those that are *given* by name; names that are no limit's are passed over."""
    return Limits(**{name: value for name, value in given.items() if name in Limits.__dataclass_fields__})
