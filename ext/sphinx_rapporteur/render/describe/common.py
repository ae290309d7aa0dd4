"""What several components show in the same way: links, affiliations, times, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from zlib import crc32

from babel import Locale

from sphinx_rapporteur.records.display import capital
from sphinx_rapporteur.records.model import (
    Affiliation,
    Appearance,
    Attribution,
    Event,
    Person,
    Session,
    Source,
)
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context
from sphinx_rapporteur.render.labels import _

HUES = 12
CONVERTED = "†"


def para(*children: p.Inline, role: str = "") -> p.Para:
    """Return a paragraph."""
    return p.Para(children, role)


def join(groups: Iterable[tuple[p.Inline, ...]], separator: str) -> tuple[p.Inline, ...]:
    """Return the groups in a row with a separator between them."""
    out: list[p.Inline] = []
    for group in groups:
        if out:
            out.append(separator)
        out += group
    return tuple(out)


def muted(*children: p.Inline) -> p.Span:
    """Return text of second rank."""
    return p.Span("muted", children)


def nothing(text: str) -> tuple[p.Block, ...]:
    """Return the line that says that a query found nothing."""
    return (para(muted(text), role="empty"),)


def more(context: Context, rest: int, kind: str) -> tuple[p.Block, ...]:
    """Return the line that says how many of a kind are not shown, with the way to all; nothing for none."""
    if not rest:
        return ()
    index = context.index_of(kind)
    names = {"person": _("All people"), "session": _("All sessions"), "stat": _("All figures")}
    line: tuple[p.Inline, ...] = (muted(not_shown(rest)),)
    if index is not None and index != context.docname and kind in names:
        line += (" ", p.Link((names[kind],), p.Page(index)))
    return (para(*line, role="aside"),)


def not_shown(rest: int) -> str:
    """Return the sentence that says how many are not shown."""
    return _("1 more is not shown.") if rest == 1 else _("{n} more are not shown.").format(n=rest)


def person_link(context: Context, person_id: str) -> p.Link:
    """Return a person's name with a link to their page."""
    return p.Link((context.catalog.display("person", person_id),), p.Ref("person", person_id))


def org_link(context: Context, org_id: str) -> p.Link:
    """Return an organisation's name with a link to its page."""
    return p.Link((context.catalog.display("org", org_id),), p.Ref("org", org_id))


def session_link(session: Session) -> p.Link:
    """Return a session's title with a link to its page."""
    return p.Link((session.title,), p.Ref("session", session.full_id))


def event_link(event: Event) -> p.Link:
    """Return an event's name in lists with a link to its page."""
    return p.Link((event.short_name or event.name,), p.Ref("event", event.id))


def owner_link(owner: Session | Event) -> p.Link:
    """Return a link to the session or event in which something was stated."""
    return session_link(owner) if isinstance(owner, Session) else event_link(owner)


def somebody(context: Context, who: Appearance | Attribution) -> p.Inline:
    """Return the name of whoever is meant, linked if there is a record."""
    if who.person is not None:
        return person_link(context, who.person)
    if isinstance(who, Attribution):
        if who.organization is not None:
            return org_link(context, who.organization)
        if who.document is not None:
            return who.document
    return who.name or ""


def affiliation(context: Context, item: Affiliation) -> tuple[p.Inline, ...]:
    """Return a post and the organisation, whichever are known."""
    parts: list[tuple[p.Inline, ...]] = []
    if item.title:
        parts.append((item.title,))
    if item.organization:
        parts.append((org_link(context, item.organization),))
    elif item.name:
        parts.append((item.name,))
    return join(parts, ", ")


@cache
def country_name(code: str, locale: str) -> str:
    """Return the name of a country in the site's language."""
    return str(Locale.parse(locale).territories.get(code, code))


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name."""
    words = [word for word in re.split(r"[\s\-‑]+", name) if word[:1].isalpha()]
    letters = [word[0].upper() for word in words]
    return "".join(letters[:1] + letters[1:][-1:])


def portrait(context: Context, person: Person | None, name: str) -> p.Image:
    """Return a person's photo or, without one, initials on a colour that stays the same."""
    hue = crc32((person.id if person else name).encode()) % HUES
    if person is None or person.photo is None or person.photo.withheld:
        return p.Image(initials(name), hue)
    alt = person.photo_alt or _("Portrait of {name}").format(name=name)
    return p.Image(initials(name), hue, person.photo.file, alt, person.photo_credit or "")


def credit(image: p.Image) -> tuple[p.Block, ...]:
    """Return the line that says who took a photo."""
    text = _("Photo: {name}").format(name=image.credit)
    return (para(muted(text), role="aside"),) if image.credit else ()


def source(item: Source, context: Context) -> tuple[p.Inline, ...]:
    """Return where something is found: its title, linked, with its date."""
    title = item.title or item.url or ""
    parts: tuple[p.Inline, ...] = (p.Link((title,), item.url),) if item.url else (title,)
    if item.date:
        parts += (f", {item.date}",)
    if item.accessed:
        read = dates.day(item.accessed, context.locale, width="medium").text
        parts += (muted(f" ({_('read {date}').format(date=read)})"),)
    return parts


def session_day(context: Context, session: Session) -> tuple[p.Inline, ...]:
    """Return the day of a session, if it is known."""
    when = context.catalog.time(session)
    return (dates.day(when.day, context.locale, width="medium"),) if when.day else ()


def session_hours(context: Context, session: Session) -> tuple[p.Inline, ...]:
    """Return a session's hours on its event's clock, marked where they were converted to it."""
    when = context.catalog.time(session)
    hours = dates.span(when.event_start, when.event_end, context.locale)
    return (*hours, p.Span("converted", (CONVERTED,))) if hours and when.is_shifted else hours


def clock_notes(context: Context, sessions: Iterable[Session]) -> tuple[p.Block, ...]:
    """Return what the marks of converted times mean, once for each source among *sessions*."""
    notes: dict[str, p.Block] = {}
    for session in sessions:
        when = context.catalog.time(session)
        if when.is_shifted and when.source is not None and when.source.id not in notes:
            text = _(
                "{mark} Converted to the event’s clock: {source} prints times {length} {direction}."
            ).format(
                mark=CONVERTED,
                source=when.source.title,
                length=dates.hours_minutes(when.shift),
                direction=_("later") if when.shift.total_seconds() > 0 else _("earlier"),
            )
            notes[when.source.id] = para(muted(text), role="clock-note")
    return tuple(notes.values())


def role_name(role: str) -> str:
    """Return a role as a label."""
    return _(capital(role))


def _statuses() -> dict[str, tuple[str, str]]:
    return {
        "provisional": (_("provisional"), _("listed beforehand, attendance not seen")),
        "absent": (_("absent"), _("announced, but not there")),
        "cited": (_("cited"), _("spoken about, not present")),
    }


def status_name(status: str) -> str:
    """Return the word for a status, or nothing for those who are known to have been there."""
    return _statuses().get(status, ("", ""))[0]


def status_marks(status: str) -> tuple[p.Inline, ...]:
    """Return a mark, with what it means, for whoever is not known to have been there."""
    if not status_name(status):
        return ()
    badge, meaning = _statuses()[status]
    return (p.Span(f"badge status-{status}", (badge,)), muted(f" {meaning}"))


def cited_in(context: Context, kind: str, full_id: str) -> tuple[p.Inline, ...]:
    """Return links to the pages that refer to an object."""
    pages = context.cited_in(kind, full_id)
    return join(((p.Link((title,), p.Page(docname)),) for docname, title in pages), ", ")
