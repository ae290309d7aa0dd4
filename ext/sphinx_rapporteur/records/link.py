"""Join the records: every reference is checked, and the smallest part around a wrong one left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sphinx_rapporteur.records.finding import Finding, Path, Place, Report, Thing
from sphinx_rapporteur.records.losses import Losses
from sphinx_rapporteur.records.missing import (
    goes_along,
    gone_along,
    no_event,
    no_such,
    none_at_all,
    things_at,
)
from sphinx_rapporteur.records.model import Event, Organization, Record, Session
from sphinx_rapporteur.records.naming import (
    NOUNS,
    STATEMENTS,
    Aliases,
    alias_of,
    shared_prefixes,
    statement_alias,
)
from sphinx_rapporteur.records.origin import Loaded, Origin, path_in_file
from sphinx_rapporteur.records.rewrite import Rewriter
from sphinx_rapporteur.records.shelf import Shelf
from sphinx_rapporteur.records.time import NO_SHIFT, session_time
from sphinx_rapporteur.warnings import Subtype

_MOST_SHOWN = 20
"""Of the organisations in a circle."""
_MOST_SUGGESTIONS = 300
"""Each is looked for among all ids; a file of wrong references must not take hours."""


def link(loaded: Sequence[Loaded], *, losses: Losses, report: Report) -> Shelf:
    """Return all records that can be joined, each reference in full and with its present id.

    What names one of the *losses* goes along with it, which is said once for each; *report* adds to them.
    """
    shelf = Shelf()
    in_order = sorted(loaded, key=lambda item: (item.origin.place(()), item.record.full_id))
    for item in in_order:
        if not isinstance(item.record, Session):
            _put(shelf, item.record, item.origin, report)
    former = {kind: _former_ids(shelf, kind, report) for kind in shelf.records if kind != Session.kind}
    shelf.aliases = Aliases(former)
    lost: dict[str, list[Loaded]] = {}
    for item in in_order:
        if isinstance(item.record, Session):
            session = _with_event(shelf, item.record)
            if session is None:
                lost.setdefault(item.record.event, []).append(item)
            else:
                _put(shelf, _without_false_end(shelf, session, item.origin, report), item.origin, report)
    for event, sessions in lost.items():
        report(no_event(event, sessions, _shown(shelf, Event.kind), losses.cause(Event.kind, event)))
    former[Session.kind] = _former_ids(shelf, Session.kind, report)
    former |= {field: _former_statements(shelf, field, report) for field in STATEMENTS}
    shelf.aliases = Aliases(former)
    _Linker(shelf, losses, report).link()
    _break_cycles(shelf, report)
    return shelf


def _put(shelf: Shelf, record: Record, origin: Origin, report: Report) -> None:
    """Put a record on the shelf unless its id is taken."""
    first = shelf.records[record.kind].get(record.full_id)
    if first is None:
        shelf.put(record, origin)
        return
    other = shelf.origin(first).place(())
    if record.withheld is not False:
        # Whichever is meant, what one of the two withholds is not shown.
        shelf.put(record, origin)
    report(
        Finding(
            Subtype.DUPLICATE_ID,
            origin.place(("id",)),
            f"there is another {NOUNS[record.kind]} with this id; this one is left out",
            path=("id",),
            found=record.full_id,
            expected="an id that no other has",
            others=(other,),
        )
    )


def _with_event(shelf: Shelf, session: Session) -> Session | None:
    """Return a session with the present id of its event, or ``None`` if there is no such event."""
    events = shelf.of(Event)
    if session.event in events:
        return session
    current = shelf.aliases.of(Event.kind, session.event)
    return session.model_copy(update={"event": current}) if current is not None else None


def _without_false_end(shelf: Shelf, session: Session, origin: Origin, report: Report) -> Session:
    """Return a session without an end before its start; the zone of its event may be needed to see that."""
    time = session_time(shelf.of(Event)[session.event], session)
    if time.duration is None or time.duration >= NO_SHIFT:
        return session
    report(
        Finding(
            Subtype.TIME_ORDER,
            origin.place(("end",)),
            "an end before the start; it is left out",
            path=("end",),
            found=f"{time.end}",
            expected=f"a time from {time.start} on",
        )
    )
    return session.model_copy(update={"end": None})


def _shown(shelf: Shelf, kind: str) -> list[str]:
    """Return the ids that may be offered as a suggestion."""
    return [full_id for full_id, record in shelf.records[kind].items() if record.withheld is False]


def _former_ids(shelf: Shelf, kind: str, report: Report) -> dict[str, str]:
    """Return the former ids of one kind's records; an id in use and a taken alias stay what they are."""
    former: dict[str, str] = {}
    records = shelf.records[kind]
    for full_id, record in sorted(records.items()):
        for index, alias in enumerate(record.aliases):
            name = alias_of(record, alias)
            holder = name if name in records else former.get(name)
            if holder is None:
                former[name] = full_id
            elif holder != full_id:
                place = shelf.origin(records[holder]).place(())
                report(_taken_alias(shelf.origin(record), ("aliases", index), alias, holder, place))
    return former


def _former_statements(shelf: Shelf, field: str, report: Report) -> dict[str, str]:
    """Return the former ids of figures, quotations or outcomes; an id in use stays what it is."""
    former: dict[str, str] = {}
    holders: dict[str, tuple[str, Place]] = {}
    """The full id and the place of what has or had a name."""
    for owner in shelf.owners():
        for index, item in enumerate(getattr(owner, field, ())):
            full_id = f"{owner.full_id}/{item.id}"
            holders.setdefault(full_id, (full_id, shelf.origin(owner).place((field, index))))
    for owner in shelf.owners():
        origin = shelf.origin(owner)
        for index, item in enumerate(getattr(owner, field, ())):
            full_id = f"{owner.full_id}/{item.id}"
            for number, alias in enumerate(item.aliases):
                path = (field, index, "aliases", number)
                name = statement_alias(owner, alias)
                holder, place = holders.setdefault(name, (full_id, origin.place(path)))
                if holder != full_id:
                    shown = holder.removeprefix(f"{owner.full_id}/")
                    report(_taken_alias(origin, path, alias, shown, place))
                elif name != full_id:
                    former[name] = full_id
    return former


def _taken_alias(origin: Origin, path: Path, alias: str, holder: str, place: Place) -> Finding:
    return Finding(
        Subtype.DUPLICATE_ID,
        origin.place(path),
        f"this former id belongs to {holder}; it is left out",
        path=path,
        found=alias,
        expected="an id that no other has or had",
        others=(place,),
    )


def _names_statements(record: Record) -> bool:
    """Whether a record refers to figures or outcomes."""
    return any(item.conflicts_with for item in getattr(record, "statistics", ())) or any(
        item.follows for item in getattr(record, "outcomes", ())
    )


@dataclass
class _Linker:
    """Rewrites the references of all records, one record at a time."""

    shelf: Shelf
    losses: Losses
    report: Report
    record: Record = field(init=False)
    origin: Origin = field(init=False)
    seen: dict[tuple[Path, str], Path] = field(default_factory=dict)
    statements: dict[str, set[str]] = field(default_factory=dict)
    gone_along: dict[Finding, dict[Thing, list[Place]]] = field(default_factory=dict)
    """Where something was named that is left out because of a finding."""
    absent: dict[str, list[tuple[str, Finding]]] = field(default_factory=dict)
    """What was named of a kind that has no record at all."""
    suggested: int = 0
    """How many references to nothing were reported."""

    def link(self) -> None:
        """Link everything but references between statements, then those."""
        self.statements = {kind: self.shelf.statement_ids(kind) for kind in STATEMENTS}
        everything = [record for record, _origin in self.shelf.each()]
        self._rewrite_all(Rewriter(self._reference, self._part), everything)
        for kind, named in self.absent.items():
            self.report(none_at_all(kind, named) if len(named) > 1 else named[0][1])
        between = [owner for owner in self.shelf.owners() if _names_statements(owner)]
        self._rewrite_all(Rewriter(self._statement), between)
        for cause, places in self.gone_along.items():
            self.report(gone_along(cause, places))

    def _rewrite_all(self, rewriter: Rewriter, records: Iterable[Record]) -> None:
        for record in records:
            origin = self.shelf.origin(record)
            self.record, self.origin, self.seen = record, origin, {}
            result = rewriter.rewrite(record, origin)
            if result[0] is not record:
                self.shelf.put(*result)

    def _part(self, part: Any, path: Path) -> Any:
        """Leave out an item whose id another item of the list has."""
        own = getattr(part, "id", None)
        if own is None or not path:
            return part
        first = self.seen.setdefault((path[:-1], own), path)
        if first is path:
            return part
        self.report(
            Finding(
                Subtype.DUPLICATE_ID,
                self.origin.place(path),
                f"another of the {path[-2]} has this id; this one is left out",
                path=path_in_file(self.origin, path),
                found=own,
                expected="an id that no other has",
                others=(self.origin.place(first),),
            )
        )
        return None

    def _reference(self, kind: str, value: str, path: Path) -> str | None:
        """Return the present id of what a field names; report it if there is nothing."""
        if kind in STATEMENTS:
            return value
        found, known = self._resolve(kind, value)
        if found is None:
            self._nowhere(kind, value, self._full_names(kind, value), known, path)
        elif path[:1] == ("not_same_as",) and found == self.record.full_id:
            self._itself(value, path)
            return None
        return found

    def _itself(self, value: str, path: Path) -> None:
        """Report a record that says of itself that it is another, by its id or a former one."""
        aliases = [index for index, alias in enumerate(self.record.aliases) if alias == value]
        self.report(
            Finding(
                Subtype.REFERENCE,
                self.origin.place(path),
                "a record is not another than itself; this is left out",
                path=path_in_file(self.origin, path),
                found=value,
                expected=f"the id of another {NOUNS[self.record.kind]}",
                suggestion=f"take {value} off `aliases` or off `not_same_as`" if aliases else "",
                others=tuple(self.origin.place(("aliases", index)) for index in aliases),
            )
        )

    def _full_names(self, kind: str, value: str) -> list[str]:
        """Return what a name may be in full."""
        if kind in {"rooms", "tracks"} or (kind == Session.kind and "/" not in value):
            return [f"{self.record.full_id.partition('/')[0]}/{value}"]
        return [value]

    def _nowhere(
        self, kind: str, value: str, names: Iterable[str], known: Collection[str], path: Path
    ) -> None:
        """Report a reference to nothing; one to something left out goes along with that."""
        for name in names:
            cause = self.losses.cause(kind, name)
            if cause is not None:
                named = self.gone_along.setdefault(cause, {})
                named.setdefault((kind, name), []).append(self.origin.place(path))
                for thing in things_at(self.record, goes_along(self.record, path)):
                    self.losses.causes.setdefault(thing, cause)
                return
        self.suggested += 1
        others = {
            other: self.shelf.origin(records[value]).place(())
            for other, records in self.shelf.records.items()
            if value in records and records[value].withheld is False
        }
        finding = no_such(kind, value, known, self.record, self.origin, path, others=others)
        if kind in self.shelf.records and not self.shelf.records[kind]:
            self.absent.setdefault(kind, []).append((value, finding))
        else:
            self.report(finding)

    def _resolve(self, kind: str, value: str) -> tuple[str | None, Collection[str]]:
        """Return the present id for a name, and all ids that might have been meant."""
        if kind in {"rooms", "tracks"}:
            event = (
                self.shelf.of(Event)[self.record.event] if isinstance(self.record, Session) else self.record
            )
            own = [item.id for item in getattr(event, kind, ())]
            return (value if value in own else None), own
        if value in self.shelf.records[kind]:
            return value, ()
        found = self.shelf.aliases.of(kind, value)
        if found is None and kind == Session.kind:
            sessions = self.shelf.records[kind]
            short = (
                f"{self.record.event}/{value}"
                if isinstance(self.record, Session) and "/" not in value
                else value
            )
            found = self.shelf.aliases.session(short, sessions)
        is_asked = found is None and self.suggested < _MOST_SUGGESTIONS
        return found, _shown(self.shelf, kind) if is_asked else ()

    def _statement(self, kind: str, value: str, path: Path) -> str | None:
        """Return the full id of a statement; short ids are looked for in the session, then in its event."""
        if kind not in STATEMENTS:
            return value
        sessions = self.shelf.records[Session.kind]
        names = [*(f"{prefix}/{value}" for prefix in shared_prefixes(self.record.full_id)), value]
        for name in names:
            found = self.shelf.aliases.statement(name, self.statements[kind], sessions)
            if found is not None:
                return found
        known = self._shown_statements(kind) if self.suggested < _MOST_SUGGESTIONS else ()
        self._nowhere(kind, value, names, known, path)
        return None

    def _shown_statements(self, kind: str) -> set[str]:
        """Return the full ids that may be offered as a suggestion."""
        hidden = {owner.full_id for owner in self.shelf.owners() if owner.withheld is not False}
        return {full_id for full_id in self.statements[kind] if hidden.isdisjoint(shared_prefixes(full_id))}


def _break_cycles(shelf: Shelf, report: Report) -> None:
    """Take the parent off one organisation of each circle, in which all would be a part of themselves."""
    looked_at: set[str] = set()
    for full_id in sorted(shelf.of(Organization)):
        circle = _circle(shelf, full_id, looked_at)
        if not circle:
            continue
        first = circle.index(min(circle))
        circle = circle[first:] + circle[:first]
        organization = shelf.of(Organization)[circle[0]]
        origin = shelf.origin(organization)
        report(
            Finding(
                Subtype.REFERENCE,
                origin.place(("parent",)),
                "the organisation would be a part of itself; its parent is left out",
                path=("parent",),
                found=" > ".join((*circle[:_MOST_SHOWN], circle[0])),
                expected="an organisation that is not a part of this one",
                others=tuple(
                    shelf.origin(shelf.of(Organization)[step]).place(("parent",))
                    for step in circle[1:_MOST_SHOWN]
                ),
            )
        )
        shelf.put(organization.model_copy(update={"parent": None}), origin)


def _circle(shelf: Shelf, full_id: str, looked_at: set[str]) -> list[str]:
    """Return the circle that the parents of an organisation end in, if they do; each is looked at once."""
    organizations = shelf.of(Organization)
    trail: dict[str, int] = {}
    step: str | None = full_id
    while step is not None and step in organizations and step not in looked_at:
        looked_at.add(step)
        trail[step] = len(trail)
        step = organizations[step].parent
    return list(trail)[trail[step] :] if step in trail else []
