"""Former pages and anchors: where records and statements were published before, and what is there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.pages.plan import Plan
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.former import former_names, former_own_names


def former_pages(
    plan: Plan, catalog: Catalog, settings: Settings, *, is_page: Callable[[str], bool]
) -> dict[str, str]:
    """Return the docnames of pages by those that they had before; a page that exists is never replaced.

    *is_page* says whether there is a page of a docname, hand-written ones included.
    """
    found = _of_records(plan, catalog, settings)
    pages = {former: to for former, to in settings.redirects.items() if "#" not in former}
    for former, to in pages.items():
        # What it leads to may have moved on itself.
        seen, docname = {former}, to
        while docname not in seen and not is_page(docname):
            seen.add(docname)
            docname = pages.get(docname) or found.get(docname, docname)
        if is_page(docname):
            found[former] = docname
    return {docname: home for docname, home in found.items() if not is_page(docname)}


def _of_records(plan: Plan, catalog: Catalog, settings: Settings) -> dict[str, str]:
    prefixes = settings.prefixes
    found = {}
    for kind, former, current in former_names(catalog):
        home = plan.home(kind, current)
        if kind in prefixes and home is not None:
            found[f"{prefixes[kind]}/{former}"] = home
            # Pages of its parts, such as an event's days, have their addresses below it.
            below = (
                {name: docname for (_part, name), docname in plan.parts.items()} if kind == "event" else {}
            )
            for name, docname in below.items():
                if name.startswith(f"{current}/"):
                    found[f"{prefixes[kind]}/{former}/{name.removeprefix(f'{current}/')}"] = docname
    return found


@dataclass(frozen=True, slots=True, order=True)
class LeftAnchor:
    """The anchor of a statement on the page of the session or event that it was stated in before."""

    anchor: str
    kind: str
    id: str
    """The statement's full id now."""
    to: str = ""
    """The page, and perhaps the anchor, to which settings lead instead."""


def left_anchors(plan: Plan, catalog: Catalog, settings: Settings) -> Mapping[str, tuple[LeftAnchor, ...]]:
    """Return, by docname, the anchors of statements that went to another record's page.

    Those from which the settings lead on are among them.
    """
    left: dict[str, list[LeftAnchor]] = {}
    for former, to in settings.redirects.items():
        docname, _sign, anchor = former.partition("#")
        if anchor:
            left.setdefault(docname, []).append(LeftAnchor(anchor, "", "", to))
    for (owner, kind, own), full_id in former_own_names(catalog).items():
        home = plan.home("session" if "/" in owner else "event", owner)
        if home is not None and full_id.rpartition("/")[0] != owner:
            left.setdefault(home, []).append(LeftAnchor(f"{kind}-{own}", kind, full_id))
    return {docname: tuple(sorted(anchors)) for docname, anchors in left.items()}


def crossed_anchors(catalog: Catalog, settings: Settings) -> Mapping[str, tuple[LeftAnchor, ...]]:
    """Return, by former docname, the anchors that mean something else on the page that it leads to.

    Two sessions of which each had a figure of one name may have become one.
    """
    crossed: dict[str, list[LeftAnchor]] = {}
    known = {"stat": catalog.figures, "quote": catalog.quotes, "outcome": catalog.outcomes}
    for kind, former, current in former_names(catalog):
        owner, _, own = former.rpartition("/")
        owner_kind = "session" if "/" in owner else "event"
        now = catalog.resolve(owner_kind, owner) if kind in known else None
        if now is None or now == owner:
            continue
        name = f"{now}/{own}"
        meant = name if name in known[kind] else former_own_names(catalog).get((now, kind, own))
        if meant not in {None, current}:
            docname = f"{settings.prefixes[owner_kind]}/{owner}"
            crossed.setdefault(docname, []).append(LeftAnchor(f"{kind}-{own}", kind, current))
    return {docname: tuple(sorted(anchors)) for docname, anchors in crossed.items()}
