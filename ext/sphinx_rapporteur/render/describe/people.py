"""Speaker cards, lists of people, and what somebody was at which session."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_rapporteur.records.grouped import sort_name
from sphinx_rapporteur.records.index import PersonAppearance
from sphinx_rapporteur.records.model import Affiliation, Appearance, Event, Session
from sphinx_rapporteur.records.query import Listed, PersonQuery, find_people
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.facets import people_filter
from sphinx_rapporteur.render.describe.filters import NO_FILTER, Filter, marks
from sphinx_rapporteur.render.describe.grouping import by_letter
from sphinx_rapporteur.render.describe.options import cut, query
from sphinx_rapporteur.render.labels import _

ROLE_ORDER = (
    "chair",
    "co-chair",
    "host",
    "moderator",
    "online moderator",
    "remote moderator",
    "speaker",
    "panellist",
    "discussant",
    "rapporteur",
    "organizer",
)
_PRESENT = "confirmed"
_CITED = "cited"


def role_rank(role: str) -> tuple[int, str]:
    """Return where a role stands on a page: the usual ones in the order of a programme, then the others."""
    return (ROLE_ORDER.index(role) if role in ROLE_ORDER else ROLE_ORDER.index("speaker"), role)


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the people of one session as speaker cards, or those that a query finds as cards or a list."""
    if "session" in options and not options.keys() & {"organization", "role", "country", "stakeholder-group"}:
        return _speakers(context, context.catalog.sessions[options["session"]])
    wanted = query(PersonQuery, options)
    shown, rest = cut(find_people, context.catalog, wanted)
    if not shown:
        return common.nothing(_("Nobody is listed."))
    show = _found_cards if options.get("style") == "cards" else people_list
    filtering = people_filter(context, options, shown)
    blocks: tuple[p.Block, ...]
    if options.get("group") == "letter":
        blocks = by_letter(shown, sort_name, context.locale, lambda items: show(context, items, filtering))
    else:
        blocks = (show(context, shown, filtering),)
    return (*filtering.around(blocks), *common.more(context, rest, "person"))


# --- the people of a session


def of_event(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the people with a role in an event as a whole, as cards."""
    return _speakers(context, context.catalog.events[options["event"]])


Numbered = tuple[int, Appearance]


def _speakers(context: Context, owner: Session | Event) -> tuple[p.Block, ...]:
    """Return a card for each person; those not known to have been there stand apart."""
    people: dict[str, list[Numbered]] = {}
    for item in sorted(enumerate(owner.people), key=lambda item: role_rank(item[1].role)):
        people.setdefault(item[1].person or item[1].name or "", []).append(item)
    present = [items for items in people.values() if any(item.status == _PRESENT for _i, item in items)]
    others = [items for items in people.values() if all(item.status != _PRESENT for _i, item in items)]
    blocks: list[p.Block] = []
    if present:
        blocks.append(p.Cards(tuple(_speaker(context, owner, items) for items in present), role="speakers"))
    if others:
        blocks.append(
            para(muted(_("Listed or named, but not known to have been there:")), role="aside-intro")
        )
        cards = tuple(_speaker(context, owner, items) for items in others)
        blocks.append(p.Cards(cards, role="speakers others"))
    return tuple(blocks) or common.nothing(_("Nobody is listed."))


def _speaker(context: Context, owner: Session | Event, numbered: list[Numbered]) -> p.Card:
    appearances = [item for _i, item in numbered]
    first = appearances[0]
    person = context.catalog.people.get(first.person) if first.person else None
    name = person.name if person else first.name or ""
    honorific = next((item.honorific for item in appearances if item.honorific), None)
    title: tuple[p.Inline, ...] = (common.person_link(context, person.id) if person else name,)
    if honorific:
        title = (muted(f"{honorific} "), *title)
    notes = [
        p.Group(context.read_text(owner, ("people", i, "note"), item.note), "note")
        for i, item in numbered
        if item.note
    ]
    image = common.portrait(context, person, name)
    return p.Card(
        title=title,
        kicker=(_kicker(appearances),),
        body=(*_speaker_lines(context, appearances), *notes, *common.credit(image)),
        image=image,
        role="speaker",
    )


def _kicker(appearances: list[Appearance]) -> str:
    """The roles; somebody who was only spoken about had none."""
    roles = [common.role_name(item.role) for item in appearances if item.status != _CITED]
    return ", ".join(dict.fromkeys(roles)) or _("Named in the session")


def _speaker_lines(context: Context, appearances: list[Appearance]) -> tuple[p.Block, ...]:
    shown: list[Affiliation] = []
    for item in appearances:
        shown += [affiliation for affiliation in item.affiliations if affiliation not in shown]
    lines = [para(*common.affiliation(context, item), role="affiliation") for item in shown]
    aside = [common.country_name(item.country, context.locale) for item in appearances if item.country]
    aside += [item.stakeholder_group for item in appearances if item.stakeholder_group]
    if aside:
        lines.append(para(muted(", ".join(dict.fromkeys(aside))), role="aside"))
    statuses = dict.fromkeys(item.status for item in appearances)
    lines += [para(*common.status_marks(status), role="aside") for status in statuses if status != _PRESENT]
    printed = [spelling for item in appearances for spelling in item.as_printed]
    printed += [spelling for item in shown for spelling in item.as_printed]
    if printed:
        text = _("printed as {spellings}").format(spellings="; ".join(dict.fromkeys(printed)))
        lines.append(para(muted(text), role="aside"))
    return tuple(lines)


# --- people that a query finds


def _latest(context: Context, item: Listed) -> tuple[p.Inline, ...]:
    """Return the affiliations of the last appearance that has any."""
    for entry in reversed(item.appearances):
        if entry.appearance.affiliations:
            return join((common.affiliation(context, a) for a in entry.appearance.affiliations), "; ")
    return ()


def _count(item: Listed) -> str:
    """How many sessions somebody was in, wrote the report of, or is listed for without having been seen."""
    attended, reported, listed = len(item.attended), len(item.reported), len(item.listed)
    counts = []
    if attended or not (reported or listed):
        counts.append(_("1 session") if attended == 1 else _("{n} sessions").format(n=attended))
    if reported:
        counts.append(_("1 report") if reported == 1 else _("{n} reports").format(n=reported))
    if listed:
        more = _("listed or named in {n} more")
        alone = _("listed or named in 1 session") if listed == 1 else _("listed or named in {n} sessions")
        counts.append((more if counts else alone).format(n=listed))
    return ", ".join(counts)


def people_list(context: Context, found: Sequence[Listed], filtering: Filter[Listed] = NO_FILTER) -> p.Block:
    """Return people as a list, each with the latest affiliation and the number of sessions."""
    items = []
    for item in found:
        line: tuple[p.Inline, ...] = (_name(context, item),)
        if latest := _latest(context, item):
            line += (", ", p.Span("affiliation", latest))
        items.append((para(*line, muted(f" · {_count(item)}")),))
    return p.Items(tuple(items), "people", marks=marks(filtering, found))


def _found_cards(context: Context, found: Sequence[Listed], filtering: Filter[Listed]) -> p.Block:
    cards = []
    for item in found:
        body: list[p.Block] = []
        if latest := _latest(context, item):
            body.append(para(*latest, role="affiliation"))
        body.append(para(muted(_count(item)), role="aside"))
        image = common.portrait(context, item.person, item.name)
        body += common.credit(image)
        cards.append(p.Card((_name(context, item),), tuple(body), image=image, role="speaker"))
    return p.Cards(tuple(cards), role="speakers", marks=marks(filtering, found))


def _name(context: Context, item: Listed) -> p.Inline:
    return common.person_link(context, item.person.id) if item.person else item.name


# --- one person over time


def affiliations(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return what a person was, with the sessions at which they were, in the order of time."""
    over_time: dict[tuple[p.Inline, ...], dict[str, tuple[p.Inline, ...]]] = {}
    for entry in context.catalog.appearances_of(options["person"]):
        for item in entry.appearance.affiliations:
            sessions = over_time.setdefault(common.affiliation(context, item), {})
            if entry.session:
                sessions.setdefault(entry.session.full_id, _at(entry))
    if not over_time:
        return common.nothing(_("No affiliation is known."))
    items = []
    for shown, sessions in over_time.items():
        at = join(sessions.values(), ", ")
        items.append((para(*shown, *((muted(" · "), p.Span("muted", at)) if at else ())),))
    return (p.Items(tuple(items), "affiliations"),)


def _at(entry: PersonAppearance) -> tuple[p.Inline, ...]:
    """A session by its number, with what is doubtful about having been there."""
    session = entry.session
    if session is None:
        return ()
    link = p.Link((session.number or session.title,), p.Ref("session", session.full_id))
    if entry.is_byline:
        return (link, f" ({_('report')})")
    badge = common.status_name(entry.appearance.status)
    return (link, f" ({badge})") if badge else (link,)
