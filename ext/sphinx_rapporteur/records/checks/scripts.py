"""Check of names and titles: words that mix scripts whose letters look alike."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_rapporteur.records.characters import mixed_word, scripts_of
from sphinx_rapporteur.records.checks.finding import say
from sphinx_rapporteur.records.finding import Path, Report
from sphinx_rapporteur.records.model import Record, Session
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.warnings import Subtype


def check_scripts(catalog: Statements, report: Report) -> None:
    """Warn of names and titles that are not what they look like."""
    for record, path, text in _names(catalog):
        word = mixed_word(text)
        if word:
            say(
                catalog,
                report,
                Subtype.CHARACTERS,
                record,
                path,
                f"a word mixes letters of {' and '.join(scripts_of(word))}, which look alike",
                found=f"{word!a}",
                expected="letters of one script in a word",
            )


def _names(catalog: Statements) -> Iterator[tuple[Record, Path, str]]:
    for shelf in (
        catalog.events, catalog.sessions, catalog.people, catalog.organizations, catalog.indicators,
    ):  # fmt: skip
        for record in shelf.values():
            field = "title" if isinstance(record, Session) else "name"
            yield record, (field,), getattr(record, field)
            for index, other in enumerate(getattr(record, "also_known_as", ())):
                yield record, ("also_known_as", index), other
    for owner in catalog.owners:
        for index, appearance in enumerate(owner.people):
            if appearance.name is not None:
                yield owner, ("people", index, "name"), appearance.name
