"""Failures of our own code: caught here and nowhere else, said with a place, and costing one record alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, TypeAlias, TypeVar

from sphinx_rapporteur.records.finding import Finding, Place, Report
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.warnings import Subtype

ResultT = TypeVar("ResultT")
Key: TypeAlias = tuple[str, str]
"""Kind (``people``) and full id of a record."""
PlaceOf: TypeAlias = Callable[[Record], Place | None]

HOW_TO_REPORT = (
    "please report this line and what `-T` adds to it: "
    "https://sphinx-rapporteur.readthedocs.io/en/latest/guide/security.html#report-a-bug"
)
NOWHERE = Place(".", 1)
_MOST = 20
"""After so many failures in one piece of work the rest of it is given up."""
_HOLDERS = ("record", "session", "event", "owner")
"""What may hold the record that some code is busy with."""


def failed(error: Exception, place: Place, *, lost: tuple[Key, ...] = ()) -> Finding:
    """Return the finding that our own code failed at a place."""
    return Finding(
        Subtype.INTERNAL,
        place,
        "this is a bug of sphinx-rapporteur, not of your data; what it fails over is left out",
        found=f"{type(error).__name__}: {error}".removesuffix(": "),
        suggestion=HOW_TO_REPORT,
        lost=lost,
        error=error,
    )


def attempt(
    work: Callable[[], ResultT],
    *,
    report: Report,
    place: Place | Callable[[], Place],
    otherwise: ResultT,
    lost: tuple[Key, ...] = (),
) -> ResultT:
    """Return what *work* returns or, if our own code fails in it, report that and return *otherwise*.

    *place* is that of the work, or gives it where it takes longer to find.
    """
    result, error = _caught(work)
    if error is None:
        return result  # type: ignore[return-value]
    report(failed(error, place() if callable(place) else place, lost=lost))
    return otherwise


def spare(
    work: Callable[[frozenset[Key], Report], ResultT],
    *,
    report: Report,
    place_of: PlaceOf,
    otherwise: Callable[[], ResultT],
    place: Place = NOWHERE,
) -> ResultT:
    """Return what *work* returns, done without the records over which our own code fails in it.

    *work* takes the keys of those records, and where its findings go; it may be done several times, and is
    reported once. *place_of* gives the place of a record, *place* that of the work itself: it is named, and
    *otherwise* returned, where the failure is about no record.
    """
    without: frozenset[Key] = frozenset()
    while True:
        said: list[Finding] = []
        result, error = _caught(lambda keys=without, note=said.append: work(keys, note))  # type: ignore[misc]
        if error is None:
            for finding in said:
                report(finding)
            return result  # type: ignore[return-value]
        record = blamed(error)
        key = (record.kind, record.full_id) if record is not None else None
        where = place_of(record) if record is not None else None
        if key is None or where is None or key in without or len(without) >= _MOST:
            # Work that is about a record cannot be done without it, which needs no second word.
            if not without:
                report(failed(error, where or place))
            return otherwise()
        report(failed(error, where, lost=(key,)))
        without |= {key}


def _caught(work: Callable[[], ResultT]) -> tuple[ResultT | None, Exception | None]:
    """Return what *work* returns, or the exception that it raises."""
    try:
        return work(), None
    except Exception as error:  # noqa: BLE001  (the one place where failures of our own are caught)
        return None, error


def blamed(error: Exception) -> Record | None:
    """Return the record that the failing code was busy with, as far as its variables show."""
    frames = list(_frames(error.__traceback__))
    for names in reversed(frames):
        # The variable of the innermost loop comes last.
        for value in reversed(list(names.values())):
            for found in (value, *(getattr(value, name, None) for name in _HOLDERS)):
                if isinstance(found, Record):
                    return found
    return None


def _frames(traceback: TracebackType | None) -> Iterator[dict[str, Any]]:
    while traceback is not None:
        yield traceback.tb_frame.f_locals
        traceback = traceback.tb_next
