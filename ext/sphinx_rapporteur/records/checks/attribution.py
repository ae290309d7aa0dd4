"""Checks of who said and wrote what: attributed to somebody not listed, a final report without a byline."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_rapporteur.records.checks.finding import say
from sphinx_rapporteur.records.finding import Finding, Path, Report
from sphinx_rapporteur.records.losses import BYLINES, Losses
from sphinx_rapporteur.records.model import Attribution, Event, Session
from sphinx_rapporteur.records.names import NAME_LEFT_OUT, NAME_WITHHELD, fold_person
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.records.shelf import Shelf
from sphinx_rapporteur.records.statements import Statements
from sphinx_rapporteur.warnings import Subtype

_NOBODY = frozenset({NAME_LEFT_OUT, NAME_WITHHELD})


def check_attributions(catalog: Statements, report: Report) -> None:
    """Warn of statements by people who are not among the session's appearances."""
    for session in catalog.sessions_in_order:
        attributions = list(_attributions(session))
        if not attributions:
            continue
        listed = {appearance.person for appearance in session.people if appearance.person is not None}
        names = _names(catalog, session)
        for attribution, path in attributions:
            found = attribution.person or attribution.name or ""
            if attribution.person in listed or (attribution.name and fold_person(attribution.name) in names):
                if attribution.name:
                    _check_has_no_record(catalog, session, names[fold_person(found)], path, report)
                continue
            if _is_left_out(catalog, session, found):
                continue
            near = nearest(found, listed if attribution.person else _listed(catalog, session))
            say(
                catalog,
                report,
                Subtype.NOT_IN_SESSION,
                session,
                path,
                "attributed to somebody who is not listed in the session",
                found=found,
                expected="one of the session's `people`",
                suggestion=f"did you mean {near}?" if near else "",
            )


def _is_left_out(catalog: Statements, session: Session, name: str) -> bool:
    """Whether somebody is listed in an entry that is left out, if only misspelt there: that has a finding."""
    left_out = catalog.losses.below("people", session.full_id)
    if ("people", session.full_id) in catalog.losses.causes:
        return True
    return bool(left_out) and (name in left_out or nearest(name, left_out) is not None)


def _attributions(session: Session) -> Iterator[tuple[Attribution, Path]]:
    """Yield the attributions to people, with their paths."""
    for kind in ("statistics", "quotes"):
        for index, item in enumerate(getattr(session, kind)):
            who: Attribution | None = item.said_by
            if who is not None and (who.person or (who.name and who.name not in _NOBODY)):
                yield who, (kind, index, "said_by")


def _check_has_no_record(
    catalog: Statements, session: Session, person: str | None, path: Path, report: Report
) -> None:
    """Warn if somebody with a record is named in words: what they said would not be on their page."""
    if person is not None:
        say(
            catalog,
            report,
            Subtype.LOOK_ALIKE,
            session,
            path,
            "attributed by name to somebody with a record, on whose page it is missing",
            found=catalog.people[person].name,
            expected="the id of the record",
            suggestion=f"write {person}",
        )


def _listed(catalog: Statements, session: Session) -> dict[str, str | None]:
    """Return the names under which people are listed in a session, with the id of their record."""
    names: dict[str, str | None] = {}
    for appearance in session.people:
        found = [*appearance.as_printed, *([appearance.name] if appearance.name is not None else [])]
        if appearance.person is not None:
            person = catalog.people[appearance.person]
            found += [person.name, *person.also_known_as]
        names.update(dict.fromkeys(found, appearance.person))
    return names


def _names(catalog: Statements, session: Session) -> dict[str, str | None]:
    """Return the same, the names folded."""
    return {fold_person(name): person for name, person in _listed(catalog, session).items()}


def check_bylines(shelf: Shelf, losses: Losses, *, report: Report) -> None:
    """Warn of final reports that do not say who wrote them; one that was left out has its own finding."""
    withheld = {event.id for event in shelf.of(Event).values() if event.withheld}
    for session in shelf.of(Session).values():
        has_writer = bool(session.report_by) or any(
            one.role.casefold() == "rapporteur" for one in session.people
        )
        if session.report_status != "final" or has_writer or session.withheld or session.event in withheld:
            continue
        if losses.cause(BYLINES, session.full_id):
            continue
        report(
            Finding(
                Subtype.NO_BYLINE,
                shelf.origin(session).place(("report_status",)),
                "a final report does not say who wrote it",
                path=("report_status",),
                found="final",
                expected="`report_by`, or an appearance with the role rapporteur",
            )
        )
