"""What to look at after a session: those at the same time, of the same organisation, with what they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx_rapporteur.records.model import Person, Session
from sphinx_rapporteur.records.related import (
    Related,
    at_the_same_time,
    colleagues,
    more_of_organizations,
    related_sessions,
)
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.sessions import room_name
from sphinx_rapporteur.render.labels import _

_PARALLEL, _RELATED, _BODIES, _OF_BODY = 12, 6, 2, 3
"""The most that is shown of each."""
_COLLEAGUES = 8
_REASONS = 2
"""Of each kind, so many things that two sessions share are named."""


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return the sessions that belong to one, or the people to somebody, with the reason; or nothing."""
    catalog = context.catalog
    if "person" in options:
        return _colleagues(context, catalog.people[options["person"]])
    session = catalog.sessions[options["session"]]
    facts = []
    if parallel := at_the_same_time(catalog, session, limit=_PARALLEL):
        facts.append(_fact(_("Also at this time"), ((one, room_name(context, one)) for one in parallel)))
    related = related_sessions(catalog, session, limit=_RELATED)
    if related:
        reasons = ((one.session, "; ".join(_reasons(context, one))) for one in related)
        facts.append(_fact(_("Related sessions"), reasons))
    shown = [one.session for one in related]
    bodies = more_of_organizations(catalog, session, organizations=_BODIES, limit=_OF_BODY, without=shown)
    for name, others in bodies:
        label = _("More from {name}").format(name=_short(context, name))
        facts.append(_fact(label, ((one, "") for one in others)))
    if not facts:
        return ()
    return (p.Section((_("See also"),), (p.Facts(tuple(facts), "related"),), p.Anchor("see-also")),)


def _colleagues(context: Context, person: Person) -> tuple[p.Block, ...]:
    """Return others of somebody's organisations; the page of the organisation has them all."""
    facts = []
    found = colleagues(context.catalog, person, organizations=_BODIES, limit=_COLLEAGUES)
    for name, others, total in found:
        label = _("More from {name}").format(name=_short(context, name))
        people = join(((common.person_link(context, one.id),) for one in others), ", ")
        if total > len(others):
            words = _("all {n}").format(n=total + 1)
            people = (*people, " · ", p.Link((words,), p.Ref("org", name)))
        facts.append(p.Fact(label, (para(*people),)))
    if not facts:
        return ()
    return (p.Section((_("See also"),), (p.Facts(tuple(facts), "related"),), p.Anchor("see-also")),)


def _fact(label: str, found: Iterable[tuple[Session, str]]) -> p.Fact:
    lines = tuple(
        (para(common.session_link(one), *((muted(f" · {aside}"),) if aside else ())),) for one, aside in found
    )
    return p.Fact(label, (p.Items(lines, "plain"),))


def _short(context: Context, org_id: str) -> str:
    return context.catalog.organizations[org_id].short_name or context.catalog.display("org", org_id)


def _reasons(context: Context, one: Related) -> Iterator[str]:
    """Yield what two sessions share, as a reader says it."""
    if people := one.of("person"):
        yield _("with {names}").format(names=_names(context, "person", people))
    if topics := one.of("topic"):
        yield _("also on {names}").format(names=_names(context, "topic", topics))
    if indicators := one.of("indicator"):
        yield _("also with figures of {names}").format(names=_names(context, "indicator", indicators))


def _names(context: Context, kind: str, found: tuple[str, ...]) -> str:
    names = ", ".join(context.catalog.display(kind, one) for one in found[:_REASONS])
    rest = len(found) - _REASONS
    return _("{names} and {n} more").format(names=names, n=rest) if rest > 0 else names
