"""Pages are promises too: what was published as a document, held against the pages of today."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.pages.former import former_pages
from sphinx_rapporteur.pages.plan import Plan, make_plan
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.finding import Finding, Place
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.records.published import ON_INDEX, WITH_PAGE, PublishedObject, is_known, page_of
from sphinx_rapporteur.warnings import Subtype

_OF_SPHINX = frozenset({"genindex", "modindex", "py-modindex", "search"})
"""The labels that Sphinx itself gives its pages."""


@dataclass(frozen=True, slots=True)
class PublishedPages:
    """What an inventory lists besides the objects of the domain."""

    titles: Mapping[str, str] = field(default_factory=dict)
    """The titles of documents by docname (``std:doc``)."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The addresses of labels by name (``std:label``)."""
    others: Mapping[str, int] = field(default_factory=dict)
    """How many there are of each other type."""


@dataclass(frozen=True)
class Sources:
    """The source folder of a project, as far as it is known without a build."""

    settings: Settings
    docnames: frozenset[str]
    conf: Place
    """Where ``rapporteur_redirects`` stands in ``conf.py``, or would."""


def check_pages(
    catalog: Catalog,
    published: PublishedPages,
    objects: tuple[PublishedObject, ...],
    sources: Sources,
    *,
    whole: Catalog | None = None,
) -> Iterator[Finding]:
    """Yield a finding for each published page that is gone and that nothing leads on from.

    The pages of records are left to their own check, which says more. *whole* is the catalog as it would be
    if nothing were withheld: what is on a page of it alone was taken off on purpose.
    """
    plan = make_plan(catalog, sources.settings)
    withheld = make_plan(whole, sources.settings).pages.keys() if whole is not None else ()

    def is_page(docname: str) -> bool:
        return docname in plan.pages or not sources.docnames.isdisjoint((docname, f"{docname}/index"))

    former = former_pages(plan, catalog, sources.settings, is_page=is_page)
    of_objects = {page_of(item) for item in objects if item.kind in WITH_PAGE}
    gone = {page_of(item) for item in objects if not is_known(catalog, item.kind, item.name, whole=whole)}
    said = frozenset(gone) | _below_moved(catalog, objects, sources.settings)
    for docname, title in published.titles.items():
        if is_page(docname) or docname in former or docname in of_objects or _is_under(docname, said):
            continue
        if docname not in withheld:
            yield _gone(docname, title, plan, sources, published)
    yield from _labels_gone(published, objects, sources)


def _is_under(docname: str, said: frozenset[str]) -> bool:
    parts = docname.split("/")
    return any("/".join(parts[:count]) in said for count in range(1, len(parts) + 1))


def _below_moved(
    catalog: Catalog, objects: tuple[PublishedObject, ...], settings: Settings
) -> frozenset[str]:
    """The published paths of kinds whose pages are said to have moved as a whole."""
    prefixes = {**settings.prefixes, "topic": settings.url_topics, "sdg": settings.url_sdgs}
    moved = set()
    for item in objects:
        page = page_of(item)
        if item.kind in ON_INDEX:
            before = page
        elif item.kind in WITH_PAGE and page.endswith(f"/{item.name}"):
            before = page.removesuffix(f"/{item.name}")
        else:
            continue
        if before != prefixes[item.kind] and is_known(catalog, item.kind, item.name):
            moved.add(before)
    return frozenset(moved)


def _gone(docname: str, title: str, plan: Plan, sources: Sources, published: PublishedPages) -> Finding:
    new = (sources.docnames | plan.pages.keys()) - published.titles.keys()
    above = _page_above(docname, plan, sources)
    near = nearest(docname, new)
    to = near or above
    line = f'`"{docname}": "{to}"`'
    where = "`rapporteur_redirects` in conf.py"
    if near is not None:
        hint = f"it probably became {near!r}: add {line} to {where}"
    elif above in plan.pages:
        hint = f"add {line} to {where}, or name another page that took its place"
    else:
        hint = f"restore it, or name the page that took its place in {where}, such as {line}"
    return Finding(
        Subtype.PUBLISHED,
        sources.conf,
        f"the page {docname!r} was published and is gone, and nothing leads on from its address",
        found=title,
        expected="every published page to answer",
        suggestion=hint,
    )


def _page_above(docname: str, plan: Plan, sources: Sources) -> str:
    """Return the nearest page above an address."""
    for folder in PurePosixPath(docname).parents:
        for name in (str(folder), f"{folder}/index"):
            if name in plan.pages or name in sources.docnames:
                return name
    return "index"


def _labels_gone(
    published: PublishedPages, objects: tuple[PublishedObject, ...], sources: Sources
) -> Iterator[Finding]:
    """One finding if objects were labels too, and are no more."""
    if sources.settings.inventory_labels:
        return
    ours = sum(1 for item in objects if published.labels.get(item.name) == item.uri)
    if ours:
        yield Finding(
            Subtype.PUBLISHED,
            sources.conf,
            "the objects were published as labels too, and are not any more",
            found=f"{ours:,} labels",
            expected="every published name to resolve",
            suggestion="set `rapporteur_inventory_labels` back to True",
        )


def not_compared(
    published: PublishedPages, objects: tuple[PublishedObject, ...], sources: Sources | None
) -> list[str]:
    """Return sentences that say what of an inventory was not compared, and why."""
    names = {item.name for item in objects} | _OF_SPHINX
    events = "|".join(re.escape(item.name) for item in objects if item.kind == "event")
    # Those of days are compared as the pages of days.
    of_day = re.compile(rf"(?:{events})-\d{{4}}-\d\d-\d\d")
    own_labels = sum(1 for name in published.labels if name not in names and not of_day.fullmatch(name))
    counts = {**published.others, **({"std:label": own_labels} if own_labels else {})}
    lines = []
    if sources is None and published.titles:
        count = f"{len(published.titles):,} pages as documents"
        lines.append(f"not compared: {count} (give the folder of conf.py with --conf)")
    if counts:
        shown = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
        lines.append(f"not compared, since a build alone knows them: {shown}")
    return lines
