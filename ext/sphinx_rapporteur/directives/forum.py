"""The directives of the domain: their options are data, the rest is one class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_rapporteur.directives import options as o
from sphinx_rapporteur.directives.asking import asking_on
from sphinx_rapporteur.directives.component import place_component
from sphinx_rapporteur.directives.surroundings import text_nodes
from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.once import report_for
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import page_place, workspace_of
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.failure import Key, attempt, spare
from sphinx_rapporteur.records.finding import Path, Report
from sphinx_rapporteur.records.grouped import INDEXES
from sphinx_rapporteur.records.lookup import KIND_NAMES, find, is_withheld
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.profiles import report_sections
from sphinx_rapporteur.render.attributes import CITE, CITED, parse_target
from sphinx_rapporteur.render.describe.programme import DIMENSIONS
from sphinx_rapporteur.render.text import UniqueIds
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_rapporteur.pages.plan import PlannedPage

Options = Mapping[str, o.Option]

_EVENT = o.Option("Only of this event.", o.object_of("event"))
_SESSION = o.Option("Only of this session.", o.object_of("session"))
_PERSON = o.Option("Only of this person.", o.object_of("person"))
_ORGANIZATION = o.Option("Only of this organisation.", o.object_of("org"))
_INDICATOR = o.Option("Only of this indicator.", o.object_of("indicator"))
_TAG = o.Option("Only with this tag.", o.object_of("topic"))
_ROLE = o.Option("Only with this role.", o.value_of(o.roles))
_LIMIT = o.Option("At most so many.", o.whole_number)
_REVERSE = o.Option("In reverse order; without a value.", o.flag)
_CAPTION = o.Option("The caption of the table.", o.text)
_FILTER = o.Option("With [controls](#filters) to filter and sort it; without a value.", o.flag)

_SESSIONS: Options = {
    "event": _EVENT,
    "day": o.Option("Only of this day, as 2016-12-06.", o.date),
    "type": o.Option("Only of this type.", o.value_of(o.types)),
    "track": o.Option("Only of this track.", o.value_of(o.tracks)),
    "room": o.Option("Only in this room.", o.value_of(o.rooms)),
    "tag": _TAG,
    "sdg": o.Option("Only with this goal or target.", o.object_of("sdg")),
    "person": o.Option("Only with this person.", o.object_of("person")),
    "organization": o.Option("Only with this organisation.", o.object_of("org")),
    "role": o.Option("Only where the person, or anybody, has this role.", o.value_of(o.roles)),
    "indicator": o.Option("Only with a figure of this indicator.", o.object_of("indicator")),
    "ids": o.Option("These sessions, in this order, separated by commas.", o.objects_of("session")),
    "sort": o.Option("By time, title or number.", o.one_of("time", "title", "number")),
    "reverse": _REVERSE,
    "limit": _LIMIT,
    "style": o.Option("A list, a table or cards.", o.one_of("list", "table", "cards")),
    "group": o.Option(
        "Under headings by day, type, role or event.", o.one_of("day", "type", "role", "event")
    ),
    "level": o.Option("The level of those headings.", o.one_of("2", "3", "4")),
    "filter": _FILTER,
    "caption": _CAPTION,
}
_PEOPLE: Options = {
    "event": _EVENT,
    "session": o.Option("The people of this session, as speaker cards.", o.object_of("session")),
    "organization": o.Option("Only with an affiliation to this organisation.", o.object_of("org")),
    "role": _ROLE,
    "country": o.Option("Only of this country.", o.value_of(o.countries)),
    "stakeholder-group": o.Option("Only of this stakeholder group.", o.value_of(o.stakeholder_groups)),
    "sort": o.Option("By name or by number of sessions.", o.one_of("name", "sessions")),
    "reverse": _REVERSE,
    "limit": _LIMIT,
    "style": o.Option("A list or cards.", o.one_of("list", "cards")),
    "group": o.Option("Under the letters of the alphabet.", o.one_of("letter")),
    "filter": _FILTER,
}
_STATEMENTS: Options = {
    "event": _EVENT,
    "session": _SESSION,
    "person": _PERSON,
    "organization": _ORGANIZATION,
    "tag": _TAG,
    "sort": o.Option(
        "In the order of the sessions, or by label or time.", o.one_of("order", "label", "time")
    ),
    "reverse": _REVERSE,
    "limit": _LIMIT,
}
_STATISTICS: Options = {
    **_STATEMENTS,
    "indicator": _INDICATOR,
    "ids": o.Option("These figures, in this order, separated by commas.", o.objects_of("stat")),
    "sort": o.Option(
        "In the order of the sessions, or by value, label or time, or by the year that they speak of.",
        o.one_of("order", "value", "label", "time", "year"),
    ),
    "chart": o.Option("With a bar chart of each unit that several figures have; without a value.", o.flag),
    "style": o.Option("A table with breakdowns, or cards.", o.one_of("table", "cards")),
    "filter": _FILTER,
    "caption": _CAPTION,
}
_OUTCOME_KINDS = ("takeaway", "call to action", "commitment", "next step")
_REQUIRED_SESSION = o.Option("The session.", o.object_of("session"))


class ForumDirective(SphinxDirective):
    """A directive that places a component; with a wrong option, but for items of lists, it shows nothing."""

    option_spec: ClassVar[Any] = o.AnyOption()
    takes_options_alone = True
    """No argument and no content, so that the parser of generated pages can run it."""
    component: ClassVar[str]
    allowed: ClassVar[Options]
    required: ClassVar[tuple[str, ...]] = ()
    exactly_one: ClassVar[tuple[str, ...]] = ()
    """The options of which one, and no second, has to be given."""
    meaning: ClassVar[str]
    """What the reference says of the directive."""

    def run(self) -> list[nodes.Node]:
        """Return the component, or nothing if an option is wrong."""
        nothing: list[nodes.Node] = []
        workspace = workspace_of(self.env)
        place = page_place(workspace, self.env.docname)
        return attempt(self._checked, report=report_for(workspace), place=place, otherwise=nothing)

    def _checked(self) -> list[nodes.Node]:
        docname, given = self.env.docname, dict(self.options)
        options, problems = check_given(self.env, docname, self.component, given)
        checked = repr((options, problems))
        domain_of(self.env).note_options(self.component, given, docname=docname, checked=checked)
        missing = self.missing()
        for problem in [*problems, *(o.Problem(Subtype.OPTION, text) for text in missing)]:
            warn(problem.subtype, f"{self.name}: {problem.text}", location=self.get_location())
        if missing or given.keys() - options.keys():
            return []
        return self.make(options)

    def missing(self) -> list[str]:
        """Return a sentence for each option that has to be given and is not, or has a rival."""
        problems = [f"option {name!r} is missing" for name in self.required if name not in self.options]
        given = [name for name in self.exactly_one if name in self.options]
        if self.exactly_one and len(given) != 1:
            found = f"there are {', '.join(given)}" if given else "there is none"
            problems.append(f"exactly one of {', '.join(self.exactly_one)} is needed; {found}")
        return problems

    def make(self, options: dict[str, str]) -> list[nodes.Node]:
        """Return the nodes of the directive."""
        node = place_component(
            self.env, self.env.docname, self.component, options, location=self.get_location()
        )
        return [node]


def check_given(
    env: BuildEnvironment, docname: str, component: str, given: Mapping[str, str | None]
) -> tuple[dict[str, str], list[o.Problem]]:
    """Return what the options given to a component on a page mean today, and what is wrong with them."""
    workspace, asking = workspace_of(env), asking_on(env, docname)

    def check(without: frozenset[Key], _note: Report) -> tuple[dict[str, str], list[o.Problem]]:
        event = page_event(asking.other("page", workspace.plan.pages.get)(docname))
        surroundings = o.Surroundings(asking.without(without), event, workspace.root)
        checked, problems = o.check_options(given, DIRECTIVES[component].allowed, surroundings)
        if "day" in checked:
            empty = o.empty_day(checked["day"], checked.get("event"), surroundings.catalog)
            problems += [o.Problem(Subtype.OPTION, text) for text in empty]
        return checked, problems

    return spare(
        check,
        report=report_for(workspace),
        place_of=workspace.catalog.place_if_known,
        otherwise=lambda: ({}, []),
        place=page_place(workspace, docname),
    )


def page_event(page: PlannedPage | None) -> str | None:
    """Return the event whose page, or one of whose sessions' pages, this is."""
    return page.id.partition("/")[0] if page is not None and page.kind in {"event", "session"} else None


class ReportDirective(ForumDirective):
    """The text of a record: read now, so that its headings, references and words belong to the page."""

    def missing(self) -> list[str]:
        """Return what is missing; only sessions have a text besides the main one."""
        problems = super().missing()
        if "field" in self.options and "session" not in self.options:
            problems.append("option 'field' goes with 'session' alone")
        return problems

    def make(self, options: dict[str, str]) -> list[nodes.Node]:
        """Return the text's nodes under the headings of the event's report profile."""
        workspace = workspace_of(self.env)
        record, name = text_field(workspace.catalog, options)
        found = getattr(record, name, None)
        ids = UniqueIds()
        out: list[nodes.Node] = []
        path: Path = (name,)
        if isinstance(found, str):
            out = text_nodes(self.env, record, path, found, ids)
        elif found:
            for section_id, title in report_sections(workspace.catalog, record, found):
                section = nodes.section("", nodes.title("", title), ids=[ids(f"report-{section_id}")])
                section += text_nodes(self.env, record, (*path, section_id), found[section_id], ids)
                out.append(section)
        shown = text_digest(asking_on(self.env, self.env.docname).as_catalog, options)
        domain_of(self.env).note_use("report", options, docname=self.env.docname, digest=shown)
        return out


def text_field(catalog: Catalog, options: Mapping[str, str]) -> tuple[Record, str]:
    """Return the record and the name of the field that the options of ``forum:report`` mean."""
    kind = next(name for name in _TEXTS if name in options)
    shelf, main = _TEXTS[kind]
    return getattr(catalog, shelf)[options[kind]], options.get("field", main)


def text_digest(catalog: Catalog, options: Mapping[str, str]) -> str:
    """Return a digest of a record's text, its headings and what its references mean."""
    try:
        record, name = text_field(catalog, options)
    except KeyError:
        return ""
    found = getattr(record, name, None)
    headings = report_sections(catalog, record, found) if found and not isinstance(found, str) else ()
    event = record.full_id.partition("/")[0]
    named = [
        (find(catalog, kind, target, event=event), is_withheld(catalog, kind, target))
        for role, whole, inner in _REFERENCE.findall(repr(found))
        for kind in (CITED if role == CITE else (role,))
        for target in (parse_target(inner or whole).target,)
        if kind in KIND_NAMES
    ]
    return sha256(repr((found, headings, *named)).encode("utf-8", "surrogatepass")).hexdigest()[:20]


_REFERENCE = re.compile(r"\{forum:(\w+)\}`([^`<]*(?:<([^`>]*)>)?)`")
_TEXTS = {
    "session": ("sessions", "report"),
    "event": ("events", "description"),
    "person": ("people", "bio"),
    "organization": ("organizations", "description"),
    "indicator": ("indicators", "description"),
}


def _directive(
    component: str,
    meaning: str,
    allowed: Options,
    *,
    required: tuple[str, ...] = (),
    exactly_one: tuple[str, ...] = (),
    base: type[ForumDirective] = ForumDirective,
) -> type[ForumDirective]:
    name = "".join(word.capitalize() for word in component.split("-")) + "Directive"
    body = {
        "component": component,
        "allowed": allowed,
        "required": required,
        "exactly_one": exactly_one,
        "meaning": meaning,
        "__module__": __name__,
        "__doc__": meaning,
    }
    return type(name, (base,), body)


DIRECTIVES: Mapping[str, type[ForumDirective]] = {
    directive.component: directive
    for directive in (
        _directive("sessions", "Sessions that a query finds.", _SESSIONS),
        _directive("people", "Speaker cards of a session, or the people that a query finds.", _PEOPLE),
        _directive("statistics", "Figures that a query finds.", _STATISTICS),
        _directive(
            "schedule",
            "The programme of an event's days: rooms across, time down.",
            {
                "event": o.Option("The event.", o.object_of("event")),
                "day": o.Option("Only this day, as 2016-12-06.", o.date),
            },
            required=("event",),
        ),
        _directive(
            "days",
            "A line that leads to the days of an event, each with its number of sessions.",
            {"event": o.Option("The event.", o.object_of("event"))},
            required=("event",),
        ),
        _directive(
            "disputes",
            "Figures that disagree, side by side.",
            {
                "event": o.Option("Those with a figure of this event.", o.object_of("event")),
                "indicator": o.Option("Those with a figure of this indicator.", o.object_of("indicator")),
                "level": o.Option("The level of their headings.", o.one_of("2", "3", "4")),
                "limit": _LIMIT,
            },
        ),
        _directive("quotes", "Quotations that a query finds.", _STATEMENTS),
        _directive(
            "outcomes",
            "Outcomes that a query finds.",
            {**_STATEMENTS, "kind": o.Option("Only of this kind.", o.one_of(*_OUTCOME_KINDS))},
        ),
        _directive(
            "programme-statistics",
            "Counts of an event's programme, each with the number of those for which it is known.",
            {
                "event": o.Option("The event.", o.object_of("event")),
                "by": o.Option("By what, one or more separated by commas.", o.several_of(*DIMENSIONS)),
                "limit": o.Option("At most so many rows in a table.", o.whole_number),
            },
            required=("event", "by"),
        ),
        _directive(
            "facts",
            "What is known of a record at a glance.",
            {
                "event": o.Option("Of this event.", o.object_of("event")),
                "session": o.Option("Of this session.", o.object_of("session")),
                "person": o.Option("Of this person.", o.object_of("person")),
                "organization": o.Option("Of this organisation.", o.object_of("org")),
                "indicator": o.Option("Of this indicator.", o.object_of("indicator")),
            },
            exactly_one=tuple(_TEXTS),
        ),
        _directive(
            "report",
            "The text of a record: a session's report or summary, a description, a biography.",
            {
                "session": o.Option("Of this session.", o.object_of("session")),
                "event": o.Option("Of this event.", o.object_of("event")),
                "person": o.Option("Of this person.", o.object_of("person")),
                "organization": o.Option("Of this organisation.", o.object_of("org")),
                "indicator": o.Option("Of this indicator.", o.object_of("indicator")),
                "field": o.Option("Which text, if not the main one.", o.one_of("report", "summary")),
            },
            exactly_one=tuple(_TEXTS),
            base=ReportDirective,
        ),
        _directive(
            "resources", "What a session presented.", {"session": _REQUIRED_SESSION}, required=("session",)
        ),
        _directive(
            "provenance",
            "Who wrote a report, how far it has come, its corrections and its sources.",
            {
                "session": o.Option("Of this session.", o.object_of("session")),
                "event": o.Option("The sources of this event.", o.object_of("event")),
            },
            exactly_one=("session", "event"),
        ),
        _directive(
            "cited-in",
            "The pages that refer to a session or to what was stated in it.",
            {"session": _REQUIRED_SESSION},
            required=("session",),
        ),
        _directive(
            "related",
            "What to look at after a session: those at the same time, those that share people, topics or "
            "measures with it, more from its organisations. After a person: others of its organisations.",
            {"session": _REQUIRED_SESSION, "person": o.Option("The person.", o.object_of("person"))},
            exactly_one=("session", "person"),
        ),
        _directive(
            "affiliations",
            "What a person was, and at which sessions.",
            {"person": o.Option("The person.", o.object_of("person"))},
            required=("person",),
        ),
        _directive(
            "event-people",
            "The people with a role in an event as a whole.",
            {"event": o.Option("The event.", o.object_of("event"))},
            required=("event",),
        ),
        _directive(
            "organizations",
            "The organisations with a record.",
            {
                "event": _EVENT,
                "group": o.Option("Under the letters of the alphabet.", o.one_of("letter")),
            },
        ),
        _directive(
            "index",
            "All records of a kind in groups, each with how many of how many it has.",
            {
                "of": o.Option("What, and by what.", o.one_of(*INDEXES)),
                "group": o.Option("One group alone, by its key in addresses.", o.text),
                "number": o.Option("Which page of a long group.", o.whole_number),
                "filter": _FILTER,
            },
            required=("of",),
        ),
        _directive(
            "indexes",
            "A line that leads to the other indexes of sessions or people.",
            {"of": o.Option("Of what.", o.one_of("sessions", "people"))},
            required=("of",),
        ),
        _directive("topics", "Every tag with its sessions.", {}),
        _directive("sdgs", "Every Sustainable Development Goal with its sessions.", {}),
        _directive("events", "The events, the latest first.", {}),
        _directive("indicators", "The indicators.", {}),
    )
}
"""The directives by name; in documents they are called ``forum:sessions`` and so on."""
