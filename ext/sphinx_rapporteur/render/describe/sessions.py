"""Sessions as a list, a table or cards, in groups if wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sphinx_rapporteur.records.display import capital
from sphinx_rapporteur.records.index import appearances
from sphinx_rapporteur.records.model import Session
from sphinx_rapporteur.records.query import SessionQuery, find_sessions
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.facets import sessions_filter
from sphinx_rapporteur.render.describe.filters import NO_FILTER, Filter, marks
from sphinx_rapporteur.render.describe.grouping import sections
from sphinx_rapporteur.render.describe.options import cut, query
from sphinx_rapporteur.render.describe.people import ROLE_ORDER, role_rank
from sphinx_rapporteur.render.labels import _


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the sessions that a query finds, as ``style`` says and grouped by ``group``."""
    found, rest = cut(find_sessions, context.catalog, query(SessionQuery, options))
    after = (*common.more(context, rest, "session"), *common.clock_notes(context, found))
    if not found:
        return common.nothing(_("No session is listed."))
    group = options.get("group")
    filtering = sessions_filter(context, options, found)
    if group is None:
        return (*filtering.around((_show(context, options, found, filtering),)), *after)
    groups = _groups(context, options, found, group)
    shown = [(title, (_show(context, options, tuple(items), filtering),)) for title, items in groups.items()]
    level = int(options.get("level", "2"))
    prefix = "-".join(x for x in (group, options.get("event")) if x)
    return (*filtering.around(sections(shown, prefix=prefix, level=level)), *after)


def _show(
    context: Context, options: Options, found: Sequence[Session], filtering: Filter[Session]
) -> p.Block:
    match options.get("style", "list"):
        case "table":
            return _table(context, options, found, filtering)
        case "cards":
            cards = tuple(_card(context, item) for item in found)
            return p.Cards(cards, role="sessions", marks=marks(filtering, found))
        case _:
            items = tuple((_line(context, item),) for item in found)
            return p.Items(items, "sessions", marks=marks(filtering, found))


def _groups(
    context: Context, options: Options, found: Sequence[Session], group: str
) -> dict[str, list[Session]]:
    groups: dict[str, list[Session]] = {}
    for session in found:
        for title in _group_titles(context, options, session, group):
            groups.setdefault(title, []).append(session)
    if group == "role":
        order = {common.role_name(role): role_rank(role) for role in _roles(found)}
        # Reports and doubtful entries come after all roles.
        last = (len(ROLE_ORDER), "")
        groups = dict(sorted(groups.items(), key=lambda item: order.get(item[0], last)))
    return groups


def _roles(found: Sequence[Session]) -> set[str]:
    return {item.role for session in found for item in session.people}


def _group_titles(context: Context, options: Options, session: Session, group: str) -> list[str]:
    match group:
        case "role":
            return list(dict.fromkeys(_role_titles(context, options, session)))
        case "type":
            return [capital(session.type) if session.type else _("Type not known")]
        case "event":
            return [context.catalog.display("event", session.event)]
        case _:
            return [dates.day_name(context.catalog.time(session).day, context.locale)]


def _role_titles(context: Context, options: Options, session: Session) -> Iterator[str]:
    """The roles in a session, of one person if the query is for one; what is doubtful stands apart."""
    person = options.get("person")
    entries = appearances((session,)) if person is None else context.catalog.appearances_of(person)
    for entry in entries:
        if entry.session is not session:
            continue
        if entry.is_byline:
            yield _("Wrote the report")
        elif entry.is_confirmed:
            yield common.role_name(entry.appearance.role)
        else:
            yield _("Listed or named, not known to have been there")


def room_name(context: Context, session: Session) -> str:
    """Return the name of a session's room, or nothing if it is not known."""
    rooms = context.catalog.event_of(session).rooms
    return next((room.name for room in rooms if room.id == session.room), "")


def _when(context: Context, session: Session) -> tuple[p.Inline, ...]:
    return join(
        (x for x in (common.session_day(context, session), common.session_hours(context, session)) if x), ", "
    )


def _line(context: Context, session: Session) -> p.Block:
    aside = join(
        (x for x in ((session.number,) if session.number else (), _when(context, session)) if x),
        " · ",
    )
    return para(common.session_link(session), *((p.Span("muted", (" · ", *aside)),) if aside else ()))


def _table(
    context: Context, options: Options, found: Sequence[Session], filtering: Filter[Session]
) -> p.Table:
    one_day = "day" in options or options.get("group") == "day"
    caption = _caption(context, options, found)
    return sessions_table(context, found, caption, one_day=one_day, filtering=filtering)


def sessions_table(
    context: Context,
    found: Sequence[Session],
    caption: str,
    *,
    one_day: bool = True,
    filtering: Filter[Session] = NO_FILTER,
) -> p.Table:
    """Return a table of sessions, without the columns of which nothing is known for any.

    Those of one day have no day beside their hours.
    """
    when = common.session_hours if one_day else _when
    names = (_("Time") if one_day else _("When"), _("Session"), _("Type"), _("Room"))
    cells = []
    for session in found:
        number: tuple[p.Inline, ...] = (muted(f" {session.number}"),) if session.number else ()
        inlines: tuple[tuple[p.Inline, ...], ...] = (
            when(context, session),
            (common.session_link(session), *number),
            (session.type or "",),
            (room_name(context, session),),
        )
        cells.append(inlines)
    shown = [index for index in range(len(names)) if any(row[index] not in {(), ("",)} for row in cells)]
    rows = tuple(
        p.Row(tuple((para(*row[index]),) for index in shown), mark=filtering.mark(session))
        for session, row in zip(found, cells, strict=True)
    )
    columns = tuple(names[index] for index in shown)
    return p.Table(columns, rows, caption, header=columns.index(names[1]), role="sessions")


def _caption(context: Context, options: Options, found: Sequence[Session]) -> str:
    if "caption" in options:
        return options["caption"]
    day = dt.date.fromisoformat(options["day"]) if "day" in options else None
    if options.get("group") == "day":
        day = context.catalog.time(found[0]).day
    if day is None:
        return _("Sessions")
    return _("Sessions on {day}").format(day=dates.day_name(day, context.locale))


def _card(context: Context, session: Session) -> p.Card:
    body: list[p.Block] = []
    if when := _when(context, session):
        body.append(para(*when, role="aside"))
    if session.summary:
        body.extend(context.read_text(session, ("summary",), session.summary))
    figures = len(session.statistics)
    people = len({item.person or item.name for item in session.people if item.status == "confirmed"})
    counts = [
        (_("1 person") if people == 1 else _("{n} people").format(n=people)) if people else "",
        (_("1 figure") if figures == 1 else _("{n} figures").format(n=figures)) if figures else "",
    ]
    if any(counts):
        body.append(para(muted(" · ".join(x for x in counts if x)), role="aside"))
    kicker = " · ".join(x for x in (session.number, session.type) if x)
    return p.Card(
        (common.session_link(session),), tuple(body), kicker=(kicker,) if kicker else (), role="session"
    )
