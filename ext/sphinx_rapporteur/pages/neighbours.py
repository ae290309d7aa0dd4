"""Where a generated page stands: the pages above it and those before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_rapporteur.pages.plan import DAY, GROUPING, PART, PlannedPage
from sphinx_rapporteur.pages.workspace import Workspace

Neighbour = tuple[str, str]
"""A docname and its title."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pages around one, each with its title."""

    parents: tuple[Neighbour, ...] = ()
    previous: Neighbour | None = None
    next: Neighbour | None = None


def neighbours_of(workspace: Workspace, docname: str) -> Neighbours:
    """Return what stands around a generated page; nothing for an index or a page of the site's own."""
    page = workspace.plan.pages.get(docname)
    if page is not None and page.part[0] == DAY:
        return _around_day(workspace, page.part[1])
    if page is not None and page.part[0] in {PART, GROUPING} and page.section != docname:
        return Neighbours(parents=_section(workspace, page))
    if page is None or not page.kind:
        return Neighbours()
    if page.kind != "session":
        return Neighbours(parents=_section(workspace, page))
    catalog = workspace.catalog
    session = catalog.sessions[page.id]
    event = catalog.event_of(session)
    home = workspace.plan.home("event", event.id)
    parents = ((home, event.short_name or event.name),) if home else ()
    before, after = catalog.neighbours(session)
    around = []
    for other in (before, after):
        other_home = workspace.plan.home("session", other.full_id) if other else None
        around.append((other_home, other.title) if other and other_home else None)
    return Neighbours((*_section(workspace, page, event=True), *parents), around[0], around[1])


def _around_day(workspace: Workspace, part: str) -> Neighbours:
    """A day stands under its event, between the days before and after it."""
    event = workspace.catalog.events[part.partition("/")[0]]
    home = workspace.plan.home("event", event.id)
    days = [
        docname
        for (kind, name), docname in workspace.plan.parts.items()
        if kind == DAY and name.startswith(f"{event.id}/")
    ]
    position = days.index(workspace.plan.parts[DAY, part])
    index = f"{workspace.settings.url_events}/index"
    parents = ((index, ""), *(((home, event.short_name or event.name),) if home else ()))
    before = (days[position - 1], "") if position else None
    return Neighbours(parents, before, (days[position + 1], "") if position + 1 < len(days) else None)


def _section(workspace: Workspace, page: PlannedPage, *, event: bool = False) -> tuple[Neighbour, ...]:
    """The index above a page; a session stands under its event, whose index that of the events is."""
    docname = f"{workspace.settings.url_events}/index" if event else page.section
    return ((docname, ""),) if docname in workspace.plan.pages else ()
