"""Indexes in groups with a line to jump by: letters, days, types, tags; long ones over several pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sphinx_rapporteur.records.former import former_here
from sphinx_rapporteur.records.grouped import UNKNOWN, Group, Grouped, grouped, grouped_outline, grouped_page
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context, Options
from sphinx_rapporteur.render.describe import common
from sphinx_rapporteur.render.describe.common import join, muted, para
from sphinx_rapporteur.render.describe.facets import (
    figures_filter,
    organizations_filter,
    people_filter,
    sessions_filter,
)
from sphinx_rapporteur.render.describe.figures import figures_table
from sphinx_rapporteur.render.describe.filters import NO_FILTER, Filter
from sphinx_rapporteur.render.describe.indexes import organization_list, session_items
from sphinx_rapporteur.render.describe.people import people_list
from sphinx_rapporteur.render.labels import _

_FEW = 5
"""So many lines of a group stand on the first page of a split index, where references lead to it."""
_WITH_SESSIONS = frozenset({"topics", "sdgs"})
"""Indexes whose groups are objects that references lead to."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How an index is shown."""

    anchor: str
    show: Callable[[Context, Any, Filter[Any]], p.Block]
    filtering: Callable[[Context, Options, Any], Filter[Any]]
    count: Callable[[int, int], str]


def _of_sessions(n: int, total: int) -> str:
    return _("{n} of {total} sessions").format(n=n, total=total)


def _of_people(n: int, total: int) -> str:
    return _("{n} of {total} people").format(n=n, total=total)


def _of_organizations(n: int, total: int) -> str:
    return _("{n} of {total} organisations").format(n=n, total=total)


def _of_figures(n: int, total: int) -> str:
    return _("{n} of {total} figures").format(n=n, total=total)


_LOOKS: Mapping[str, _Look] = {
    "people": _Look("letter", people_list, people_filter, _of_people),
    "countries": _Look("country", people_list, people_filter, _of_people),
    "stakeholder-groups": _Look("group", people_list, people_filter, _of_people),
    "organizations": _Look("letter", organization_list, organizations_filter, _of_organizations),
    "types": _Look("type", session_items, sessions_filter, _of_sessions),
    "tracks": _Look("track", session_items, sessions_filter, _of_sessions),
    "topics": _Look("topic", session_items, sessions_filter, _of_sessions),
    "sdgs": _Look("sdg", session_items, sessions_filter, _of_sessions),
    "figures": _Look("figures", figures_table, figures_filter, _of_figures),
}


def describe(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return an index, or one page of one of its groups."""
    name = options["of"]
    found = grouped_outline(context.catalog, name, few=_FEW)
    if not found.groups:
        return common.nothing(_("Nothing is listed."))
    if "group" in options:
        return _page(context, name, options)
    groups = [group for group in found.groups if group.key != UNKNOWN]
    links = [_link(context, name, group) for group in groups]
    jumps = para(*join(((link,) for link in links), " "), role="jumps")
    is_split = found.is_split and context.home_of("part", f"{name}/{groups[0].key}/1") is not None
    before = (jumps,) if len(groups) > 1 else ()
    if is_split:
        shown = _sections(context, name, found, split=True) if name in _WITH_SESSIONS else ()
        return (*before, *shown, *_unknown(name, found))
    found = grouped(context.catalog, name)
    # Some stand in several groups.
    items = {id(item): item for group in groups for item in group.items}
    filtering = _LOOKS[name].filtering(context, options, tuple(items.values()))
    shown = _sections(context, name, found, filtering=filtering)
    return (*filtering.around((*before, *shown)), *_unknown(name, found))


def indexes(context: Context, options: Options) -> tuple[p.Block, ...]:
    """Return a line of links to the indexes of sessions, or of people, by their properties."""
    names = {
        "sessions": {
            "types": _("By type"),
            "tracks": _("By track"),
            "topics": _("By topic"),
            "sdgs": _("By goal"),
        },
        "people": {"countries": _("By country"), "stakeholder-groups": _("By stakeholder group")},
    }[options["of"]]
    homes = ((words, context.home_of("grouping", name)) for name, words in names.items())
    links = [(p.Link((words,), p.Page(home)),) for words, home in homes if home]
    return (para(*join(links, " "), role="jumps"),) if links else ()


def topics(context: Context, _options: Options) -> tuple[p.Block, ...]:
    """Return every tag with its sessions, in alphabetical order."""
    return describe(context, {"of": "topics"})


def sdgs(context: Context, _options: Options) -> tuple[p.Block, ...]:
    """Return every goal and target that a session names, with its title and its sessions."""
    return describe(context, {"of": "sdgs"})


def _anchor(context: Context, name: str, group: Group) -> p.Anchor:
    defines = None
    if name == "topics":
        defines = p.Ref("topic", group.key)
    if name == "sdgs":
        defines = p.Ref("sdg", group.key.replace("-", "."))
    prefix = _LOOKS[name].anchor
    names = former_here(context.catalog).get((defines.kind, defines.id), ()) if defines else ()
    return p.Anchor(f"{prefix}-{group.key}", defines, tuple(f"{prefix}-{former}" for former in names))


def _label(name: str, group: Group) -> str:
    """Return what the line to jump by calls a group."""
    return group.key.replace("-", ".") if name == "sdgs" else group.label


def _link(context: Context, name: str, group: Group) -> p.Inline:
    """Return a link to a group on this page, or to the page of its own that it has."""
    home = context.home_of("part", f"{name}/{group.key}/1")
    words = (_label(name, group), muted(f" {len(group.items)}"))
    if home is None or name in _WITH_SESSIONS:
        return p.Jump(words, _anchor(context, name, group).id)
    return p.Link(words, p.Page(home))


def _title(name: str, group: Group) -> str:
    if name != "sdgs":
        return group.label
    number = group.key.replace("-", ".")
    if "." in number:
        return _("Target {number}").format(number=number)
    return _("Goal {number}: {title}").format(number=number, title=group.label)


def _sections(
    context: Context,
    name: str,
    found: Grouped,
    *,
    split: bool = False,
    filtering: Filter[Any] = NO_FILTER,
) -> tuple[p.Block, ...]:
    """Return a section for each group; targets stand under their goal."""
    sections: list[p.Section] = []
    for group in found.groups:
        if group.key == UNKNOWN:
            continue
        is_target = name == "sdgs" and "-" in group.key
        blocks = _group_blocks(context, name, found, group, split=split, filtering=filtering)
        section = p.Section(
            (_title(name, group),), blocks, _anchor(context, name, group), 3 if is_target else 2
        )
        if is_target and sections:
            above = sections.pop()
            section = p.Section(above.title, (*above.blocks, section), above.anchor, above.level)
        sections.append(section)
    return tuple(sections)


def _group_blocks(
    context: Context, name: str, found: Grouped, group: Group, *, split: bool, filtering: Filter[Any]
) -> tuple[p.Block, ...]:
    look = _LOOKS[name]
    blocks: list[p.Block] = []
    is_target = name == "sdgs" and "-" in group.key
    if is_target:  # whose title is a sentence
        blocks.append(para(group.label))
    if group.items or is_target:
        blocks.append(para(muted(look.count(len(group.items), found.total)), role="aside"))
    if group.items:
        shown = group.items[:_FEW] if split else group.items
        blocks.append(look.show(context, shown, filtering))
        home = context.home_of("part", f"{name}/{group.key}/1")
        if len(shown) < len(group.items) and home:
            blocks.append(
                para(p.Link((_("All {n}").format(n=len(group.items)),), p.Page(home)), role="aside")
            )
    return tuple(blocks)


def _unknown(name: str, found: Grouped) -> tuple[p.Block, ...]:
    """Return of how many nothing is known; their names stand in other indexes."""
    n = sum(len(group.items) for group in found.groups if group.key == UNKNOWN)
    text = _("Not known: {count}.").format(count=_LOOKS[name].count(n, found.total))
    return (para(muted(text), role="aside"),) if n else ()


# --- a page of a group


def _page(context: Context, name: str, options: Options) -> tuple[p.Block, ...]:
    """Return what stands on one page of a group, between the lines that lead to the others."""
    key, number = options["group"], int(options.get("number", "1"))
    found = grouped_page(context.catalog, name, key, number)
    group = found.group(key)
    look = _LOOKS[name]
    blocks: list[p.Block] = []
    if name not in _WITH_SESSIONS:
        links = ((_link(context, name, other),) for other in found.groups if other.key != UNKNOWN)
        blocks.append(para(*join(links, " "), role="jumps"))
    if name == "sdgs":
        blocks.append(para(group.label))
    blocks.append(para(muted(look.count(len(group.items), found.total)), role="aside"))
    if found.pages(group) > 1:
        pages = ((_to_page(context, f"{name}/{key}/{n + 1}", n + 1),) for n in range(found.pages(group)))
        blocks.append(para(*join(pages, " "), role="jumps"))
    shown = found.slice(group, number)
    filtering = look.filtering(context, options, shown)
    return (*blocks, *filtering.around((look.show(context, shown, filtering),)))


def _to_page(context: Context, part: str, number: int) -> p.Inline:
    home = context.home_of("part", part)
    words = (str(number),)
    return p.Link(words, p.Page(home)) if home else p.Span("strong", words)
