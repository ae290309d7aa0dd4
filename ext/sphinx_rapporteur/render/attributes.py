"""What a reference can show of an object: its attributes as plain text, the same here and in other projects.

Roles show one attribute, hover cards several; the file that is published beside the inventory
holds all of them, so that another project shows what this one does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.display import figure_text, plain_text
from sphinx_rapporteur.records.former import former_sessions
from sphinx_rapporteur.records.lookup import KIND_NAMES, Trouble, find, is_withheld, why_nowhere
from sphinx_rapporteur.records.model import Affiliation, Attribution, Event, Session
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.records.read.explain import did_you_mean
from sphinx_rapporteur.records.read.explain import nearest as closest
from sphinx_rapporteur.render import dates
from sphinx_rapporteur.render.describe.common import country_name
from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.render.parts import text_of
from sphinx_rapporteur.warnings import Subtype

AT = "@"
"""``susie-hargreaves@igf-2016/ws27``: a person with what they were at a session."""

CITE = "cite"
"""The role, and the attribute, that gives a session or a figure as a citation."""

CITED = ("session", "stat")
"""The kinds of object that have a citation."""

WITHHELD = "the {kind} that is named here is withheld"
"""What is said of a reference to something that may not be shown."""


def withheld_trouble(kind: str) -> Trouble:
    """Return what is said of a reference to something of a kind that may not be shown, without its name."""
    message = WITHHELD.format(kind=KIND_NAMES[kind])
    return Trouble(message, message, expected="what is shown", suggestion="leave the reference out")


_LEADING = frozenset({"chair", "co-chair", "host", "moderator"})
_MOST_NAMES = 2
_MOST_SESSIONS = 5

Pairs = Iterator[tuple[str, str | None]]

HELP: Mapping[str, Mapping[str, str]] = {
    "event": {
        "name": "The full name.",
        "short": "The short name.",
        "dates": "The first and the last day.",
        "place": "City and country.",
        "theme": "The motto.",
    },
    "session": {
        "title": "The title.",
        "short": "The number or, without one, the title.",
        "type": "The type.",
        "day": "The day.",
        "time": "The hours as printed.",
        "room": "The room.",
        "event": "The event's short name.",
        "who": "Who led it, or who spoke.",
        "cite": "A full citation.",
    },
    "person": {
        "name": "The name.",
        "short": "The family name.",
        "country": "The country.",
        "affiliation": "What they were at the last session that says so.",
        "seen": "The last session in which they are known to have been, with its day.",
    },
    "org": {"name": "The name.", "short": "The short name.", "country": "The country."},
    "indicator": {"name": "The name.", "unit": "The unit."},
    "stat": {
        "figure": "The figure with its unit.",
        "short": "The figure without its unit.",
        "qualified": "The figure with its qualifier and unit.",
        "label": "What is counted.",
        "unit": "The unit.",
        "indicator": "The indicator that it gives a value for.",
        "speaker": "Who stated it.",
        "period": "The time that it speaks of.",
        "source": "Where it was said or published.",
        "status": "Verified, disputed, corrected or suspect.",
        "where": "The session or event.",
        "day": "The day of the session.",
        "full": "The qualified figure with speaker and period.",
        "cite": "A full citation.",
    },
    "quote": {"text": "The words.", "speaker": "Whose words.", "where": "The session."},
    "outcome": {"text": "The outcome.", "short": "What sort of outcome.", "where": "The session."},
    "topic": {"name": "The tag."},
    "sdg": {"name": "The goal or target."},
}
"""What each attribute shows, by kind of object."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a role's text asks for."""

    target: str
    attribute: str
    """Which attribute is shown; empty for the kind's usual one."""


def parse_target(text: str) -> Wanted:
    """Read ``~name``, ``name:attribute`` and ``person@session``; ids have none of these characters.

    What is asked for by name goes before the tilde's short form.
    """
    text = text.strip()
    usual = "short" if text.startswith("~") else ""
    text = text.removeprefix("~")
    target, at, session = text.partition(AT)
    if at:
        return Wanted(target.strip(), AT + session.strip())
    target, _colon, attribute = text.partition(":")
    return Wanted(target.strip(), attribute.strip() or usual)


def attributes_of(catalog: Catalog, kind: str, full_id: str) -> dict[str, str]:
    """Return the attributes of an object that are known, each on one line."""
    pairs = _BY_KIND[kind](catalog, full_id)
    return {name: " ".join(value.split()) for name, value in pairs if value}


class UnknownAttributeError(ValueError):
    """An object has no such attribute; the text says which it has."""

    subtype = Subtype.ROLE

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


class WithheldSessionError(UnknownAttributeError):
    """What somebody was at a session is asked for, and the session is withheld."""

    subtype = Subtype.WITHHELD


def show(catalog: Catalog, kind: str, full_id: str, attribute: str, *, event: str | None = None) -> str:
    """Return what a reference to an object shows; without *attribute* what the kind usually shows.

    Raises ``UnknownAttributeError``. Short names of sessions are looked up in *event* first.
    """
    if not attribute:
        return catalog.display(kind, full_id)
    attributes = attributes_of(catalog, kind, full_id)
    if attribute.startswith(AT):
        attribute = AT + _session_named(catalog, attribute.removeprefix(AT), event)
    return pick(attributes, attribute, kind=kind, full_id=full_id)


def _session_named(catalog: Catalog, name: str, event: str | None) -> str:
    session = find(catalog, "session", name, event=event)
    if session is not None:
        return session
    if is_withheld(catalog, "session", name):
        raise WithheldSessionError(withheld_trouble("session"))
    raise UnknownAttributeError(why_nowhere(catalog, ("session",), name))


def pick(attributes: Mapping[str, str], attribute: str, *, kind: str, full_id: str) -> str:
    """Return one of an object's attributes; raise ``UnknownAttributeError`` if it has no such one."""
    if attribute not in attributes and attribute.startswith(AT):
        raise UnknownAttributeError(_not_known_there(attributes, attribute.removeprefix(AT), full_id))
    if attribute not in attributes:
        names = [name for name in attributes if not name.startswith(AT)]
        known, what = ", ".join(names), f"the {KIND_NAMES[kind]} {full_id}"
        near = closest(attribute, names)
        raise UnknownAttributeError(
            Trouble(
                f"{what} has no attribute {attribute!r}; it has: {known}",
                f"{what} has no such attribute",
                found=attribute,
                expected=f"one of {known}",
                suggestion=did_you_mean(near),
            )
        )
    return attributes[attribute]


def _not_known_there(attributes: Mapping[str, str], session: str, person: str) -> Trouble:
    """Say of which sessions it is known what somebody was there."""
    known = [name.removeprefix(AT) for name in attributes if name.startswith(AT)]
    message = f"no record says what the person {person} was at the session"
    sentence = f"{message} {session!r}"
    named = [name for name in known if name.endswith(f"/{session}")]
    near = nearest(session, known)
    if len(named) > 1:
        expected = f"one of: {', '.join(named)}"
        return Trouble(f"{sentence}; write {expected}", message, session, expected)
    if near is not None:
        hint = f"did you mean {near!r}?"
        return Trouble(f"{sentence}; {hint}", message, session, "a session of theirs", did_you_mean(near))
    if not known:
        return Trouble(sentence, message, session, "a person with affiliations")
    expected = ", ".join(known[:_MOST_SESSIONS])
    return Trouble(f"{sentence}; it is known of: {expected}", message, session, f"one of: {expected}")


@dataclass(frozen=True, slots=True)
class HoverCard:
    """Who, what and when of an object in a few lines."""

    title: str
    lines: tuple[str, ...]


def hover_card(kind: str, attributes: Mapping[str, str], *, shown: str = "") -> HoverCard | None:
    """Return the card of a session, a person or a figure from its attributes; other kinds have none.

    *shown* is the attribute that the reference shows: a person's card says what they were at that session.
    """
    get = attributes.get
    lines: tuple[str, ...]
    match kind:
        case "session":
            when = ", ".join(x for x in (get("day"), get("time")) if x)
            title = get("title")
            # Without a number the short form is the title once more.
            what = _joined(get("short") if get("short") != title else None, get("type"))
            lines = (what, when, _joined(get("room"), get("event")), get("who") or "")
        case "person":
            title = get("name")
            at = get(shown, "") if shown.startswith(AT) else ""
            post = at.removeprefix(f"{title} (").removesuffix(")") if at else get("affiliation")
            # Where they were seen last would read as the place of the post.
            lines = (post or "", get("country") or "", "" if at else get("seen") or "")
        case "stat":
            title = get("qualified")
            said = _joined(get("speaker"), get("period"))
            where = _joined(get("where"), get("day"))
            lines = (get("label") or "", said, where, get("source") or "", get("status") or "")
        case _:
            return None
    return HoverCard(title, tuple(line for line in lines if line and line != title)) if title else None


def _joined(*texts: str | None) -> str:
    return " · ".join(text for text in texts if text)


# --- by kind


def _event(catalog: Catalog, full_id: str) -> Pairs:
    event = catalog.events[full_id]
    yield "name", event.name
    yield "short", event.short_name or event.name
    start = dates.day(event.start, catalog.locale, width="long").text
    end = dates.day(event.end, catalog.locale, width="long").text
    yield "dates", start if event.start == event.end else f"{start} {dates.EN_DASH} {end}"
    country = country_name(event.country, catalog.locale) if event.country else None
    yield "place", ", ".join(x for x in (event.city, country) if x)
    yield "theme", event.theme


def _session(catalog: Catalog, full_id: str) -> Pairs:
    session = catalog.sessions[full_id]
    event = catalog.event_of(session)
    yield "title", session.title
    yield "short", session.number or session.title
    yield "type", session.type
    yield "day", _day(catalog, session)
    yield "time", _hours(catalog, session)
    yield "room", next((room.name for room in event.rooms if room.id == session.room), None)
    yield "event", event.short_name or event.name
    yield "who", _who(catalog, session)
    yield "cite", _cite_session(catalog, session)


def _person(catalog: Catalog, full_id: str) -> Pairs:
    person = catalog.people[full_id]
    yield "name", person.name
    yield "short", (person.sort_name or person.name).partition(",")[0]
    yield "country", country_name(person.country, catalog.locale) if person.country else None
    latest = None
    for entry in catalog.appearances_of(full_id):
        text = _affiliations(catalog, entry.appearance.affiliations)
        if text:
            latest = text
            owner = entry.session_or_event.full_id
            for name in (owner, *former_sessions(catalog).get(owner, ())):
                yield f"{AT}{name}", f"{person.name} ({text})"
    yield "affiliation", latest
    seen = [
        entry.session for entry in catalog.appearances_of(full_id) if entry.session and entry.is_confirmed
    ]
    yield "seen", _seen(catalog, seen[-1]) if seen else None


def _seen(catalog: Catalog, session: Session) -> str:
    day = catalog.time(session).day
    date = dates.day(day, catalog.locale, width="medium").text if day else None
    return ", ".join(x for x in (session.number or session.title, date) if x)


def _who(catalog: Catalog, session: Session) -> str:
    """The first of those who led a session or, if nobody did, of those who were there."""
    there = [item for item in session.people if item.status == "confirmed"]
    leading = [item for item in there if item.role in _LEADING] or there
    names = list(dict.fromkeys(catalog.name_of(item) for item in leading))
    more = len({catalog.name_of(item) for item in there}) - len(names[:_MOST_NAMES])
    shown = ", ".join(names[:_MOST_NAMES])
    return _("{names} and {n} more").format(names=shown, n=more) if shown and more else shown


def _organization(catalog: Catalog, full_id: str) -> Pairs:
    organization = catalog.organizations[full_id]
    yield "name", organization.name
    yield "short", organization.short_name or organization.name
    yield "country", country_name(organization.country, catalog.locale) if organization.country else None


def _indicator(catalog: Catalog, full_id: str) -> Pairs:
    indicator = catalog.indicators[full_id]
    yield "name", indicator.name
    yield "unit", indicator.unit


def _figure(catalog: Catalog, full_id: str) -> Pairs:
    stated = catalog.figures[full_id]
    stat = stated.item
    qualified = figure_text(stat, catalog.locale, qualifier=True)
    speaker = _speaker(catalog, stat.said_by)
    period = stat.period or stat.as_of
    aside = ", ".join(x for x in (speaker, period) if x)
    yield "figure", figure_text(stat, catalog.locale)
    yield "short", figure_text(stat, catalog.locale) if stat.is_share else stat.value.format(catalog.locale)
    yield "qualified", qualified
    yield "label", stat.label
    yield "unit", stat.unit
    yield "indicator", catalog.display("indicator", stat.indicator) if stat.indicator else None
    yield "speaker", speaker
    yield "period", period
    yield "source", (stat.source.title or stat.source.url) if stat.source else None
    yield "status", stat.status if stat.status != "as-reported" else None
    yield "where", _where(stated.owner)
    yield "day", _day(catalog, stated.owner)
    yield "full", f"{qualified} ({aside})" if aside else qualified
    yield "cite", _cite_figure(catalog, full_id)


def _quote(catalog: Catalog, full_id: str) -> Pairs:
    stated = catalog.quotes[full_id]
    yield "text", stated.item.text
    yield "speaker", _speaker(catalog, stated.item.said_by)
    yield "where", _where(stated.owner)


def _outcome(catalog: Catalog, full_id: str) -> Pairs:
    stated = catalog.outcomes[full_id]
    yield "text", plain_text(stated.item.text)
    yield "short", stated.item.kind
    yield "where", _where(stated.owner)


def _named(kind: str) -> Callable[[Catalog, str], Pairs]:
    def pairs(catalog: Catalog, full_id: str) -> Pairs:
        yield "name", catalog.display(kind, full_id)

    return pairs


_BY_KIND: Mapping[str, Callable[[Catalog, str], Pairs]] = {
    "event": _event,
    "session": _session,
    "person": _person,
    "org": _organization,
    "indicator": _indicator,
    "stat": _figure,
    "quote": _quote,
    "outcome": _outcome,
    "topic": _named("topic"),
    "sdg": _named("sdg"),
}


def _speaker(catalog: Catalog, who: Attribution | None) -> str | None:
    return catalog.name_of(who) if who else None


def _day(catalog: Catalog, owner: Session | Event) -> str | None:
    day = catalog.day_of(owner)
    return dates.day(day, catalog.locale).text if day else None


def _hours(catalog: Catalog, session: Session) -> str:
    """The hours as printed; those of another clock say whose they are."""
    when = catalog.time(session)
    hours = text_of(dates.span(when.start, when.end, catalog.locale))
    if hours and when.is_shifted and when.source is not None:
        return _("{hours} as printed by {source}").format(hours=hours, source=when.source.title)
    return hours


def _where(owner: Session | Event) -> str:
    return owner.title if isinstance(owner, Session) else owner.short_name or owner.name


def _affiliations(catalog: Catalog, items: tuple[Affiliation, ...]) -> str:
    lines = []
    for item in items:
        name = catalog.display("org", item.organization) if item.organization else item.name
        lines.append(", ".join(x for x in (item.title, name) if x))
    return "; ".join(lines)


# --- citations


def _cite_session(catalog: Catalog, session: Session) -> str:
    """A citation in the order of ISO 690: title, event, place and date, who reported it."""
    event = catalog.event_of(session)
    when = catalog.time(session)
    title = f"“{session.title}”" + (f" ({session.number})" if session.number else "")
    day = dates.day(when.day, catalog.locale, width="long").text if when.day else None
    where = ", ".join(x for x in (event.name, event.city, day) if x)
    authors = ", ".join(catalog.name_of(item) for item in session.report_by)
    report = " " + _("Report by {authors}.").format(authors=authors) if authors else ""
    return f"{title}. {where}.{report}"


def _cite_figure(catalog: Catalog, full_id: str) -> str:
    """A citation of what was stated for when, by whom and where, and of what it rests on."""
    stated = catalog.figures[full_id]
    stat: Any = stated.item
    what = ", ".join(x for x in (stat.label, stat.period or stat.as_of) if x)
    figure = f"{figure_text(stat, catalog.locale, qualifier=True)} ({what})"
    speaker = _speaker(catalog, stat.said_by)
    by = _("stated by {speaker}").format(speaker=speaker) if speaker else None
    start = ", ".join(x for x in (figure, by) if x)
    source = (stat.source.title or stat.source.url) if stat.source else None
    rest = " " + _("Source: {source}.").format(source=source) if source else ""
    if isinstance(stated.owner, Session):
        session = _cite_session(catalog, stated.owner)
        return _("{figure}, in: {session}").format(figure=start, session=session) + rest
    return f"{start}, {stated.owner.name}.{rest}"
