"""The domain itself: its object types, where each object lives, and what the inventory says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from sphinx_rapporteur.domain.hover import with_card
from sphinx_rapporteur.domain.roles import ATTRIBUTE_KEY, EVENT_KEY, ForumRole
from sphinx_rapporteur.pages.once import FINDINGS, report_for
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import Workspace, workspace_of
from sphinx_rapporteur.records.failure import attempt
from sphinx_rapporteur.records.former import former_names
from sphinx_rapporteur.records.lookup import KIND_NAMES, find
from sphinx_rapporteur.render.attributes import (
    CITE,
    CITED,
    UnknownAttributeError,
    attributes_of,
    hover_card,
    show,
)

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_TABLES = (
    "objects",
    "mentions",
    "uses",
    "options",
    "asked",
    "pictures",
    "files",
    "remote",
    "remote_links",
    "remote_missing",
    "page_links",
    FINDINGS,
)
_ROLES = {kind: (kind, CITE) for kind in CITED}
_HIDDEN = -1
ResultT = TypeVar("ResultT")
_SEARCH_PRIORITY = {"event": 0, "session": 1, "person": 1, "org": 1, "indicator": 1}


Mention = tuple[str, str, str, str]
"""A role, its target as written, the event in which short names are looked up, the attribute asked for."""


class ForumDomain(Domain):
    """Objects by docname, so that clearing and merging cost what a page holds."""

    name = "forum"
    label = "Forum"
    object_types: ClassVar[dict[str, ObjType]] = {
        kind: ObjType(label, *_ROLES.get(kind, (kind,)), searchprio=_SEARCH_PRIORITY.get(kind, 2))
        for kind, label in KIND_NAMES.items()
    }
    roles: ClassVar[dict[str, Any]] = {role: ForumRole(warn_dangling=True) for role in (*KIND_NAMES, CITE)}
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},
        "mentions": {},
        "uses": {},
        "options": {},
        "asked": {},
        "pictures": {},
        FINDINGS: {},
        "files": {},
        "neighbours": {},
        "cited": {},
        "former": {},
        "page_links": {},
        "remote": {},
        "remote_links": {},
        "remote_missing": {},
        "remote_times": {},
        "changed": {},
        "last_change": 0,
        "unplaced": [],
        "digest": "",
        "tracked": "",
        "navigation": "",
    }
    data_version = 11

    @property
    def objects(self) -> dict[str, dict[tuple[str, str], str]]:
        """Return kind and id with their anchor, by the docname that defines them."""
        return self.data["objects"]  # type: ignore[no-any-return]

    @property
    def mentions(self) -> dict[str, dict[Mention, str]]:
        """Return what a page refers to with a digest of what that shows, by docname."""
        return self.data["mentions"]  # type: ignore[no-any-return]

    @property
    def uses(self) -> dict[str, list[tuple[str, dict[str, str], str]]]:
        """Return component, options and digest of what it showed, by the docname that places it."""
        return self.data["uses"]  # type: ignore[no-any-return]

    @property
    def options(self) -> dict[str, list[tuple[str, dict[str, str | None], str]]]:
        """Return component, options as given and what they meant, by the docname that places it."""
        return self.data["options"]  # type: ignore[no-any-return]

    @property
    def workspace(self) -> Workspace:
        """Return the records and the plan of this build."""
        return workspace_of(self.env)

    def note_object(self, kind: str, full_id: str, *, docname: str, anchor: str) -> None:
        """Remember that an object is described on a page, at an anchor."""
        self.objects.setdefault(docname, {})[kind, full_id] = anchor

    def note_mention(self, mention: Mention, *, docname: str, shown: str) -> None:
        """Remember that a page refers to something, and what that shows."""
        self.mentions.setdefault(docname, {})[mention] = shown

    def note_use(self, component: str, options: dict[str, str], *, docname: str, digest: str) -> None:
        """Remember what a component on a page shows."""
        self.uses.setdefault(docname, []).append((component, options, digest))

    def note_options(
        self, component: str, given: dict[str, str | None], *, docname: str, checked: str
    ) -> None:
        """Remember what the options of a component on a page meant, or what was wrong with them."""
        self.options.setdefault(docname, []).append((component, given, checked))

    def note_picture(self, path: str, *, docname: str) -> None:
        """Remember that a component on a page shows a picture, given relative to the sources."""
        self.data["pictures"].setdefault(docname, set()).add(path)

    def clear_doc(self, docname: str) -> None:
        """Forget what a page defined, showed and referred to."""
        self.workspace.is_touched = True
        for table in _TABLES:
            self.data[table].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel process found on *docnames*."""
        for table in _TABLES:
            for docname in docnames & otherdata[table].keys():
                self.data[table][docname] = otherdata[table][docname]

    def home(self, kind: str, full_id: str) -> tuple[str, str] | None:
        """Return the docname and anchor of an object, or nothing if no page describes it."""
        docname = self.workspace.plan.home(kind, full_id)
        if docname is not None:
            return docname, ""
        owner = self._owner_page(kind, full_id)
        for page in owner:
            anchor = self.objects.get(page, {}).get((kind, full_id))
            if anchor is not None:
                return page, anchor
        return None

    def _owner_page(self, kind: str, full_id: str) -> Iterable[str]:
        """The pages on which an object without a page of its own can be described."""
        plan, settings = self.workspace.plan, self.workspace.settings
        if kind in {"topic", "sdg"}:
            prefix = settings.url_topics if kind == "topic" else settings.url_sdgs
            return (f"{prefix}/index",)
        owner = full_id.rpartition("/")[0]
        return [page for page in (plan.home("session", owner), plan.home("event", owner)) if page]

    def display(self, kind: str, full_id: str) -> str:
        """Return what a reference to an object shows."""
        known = self.workspace.displays
        if (kind, full_id) not in known:
            known[kind, full_id] = self._tried(
                lambda: self.workspace.catalog.display(kind, full_id), kind, full_id, full_id
            )
        return known[kind, full_id]

    def _tried(self, work: Callable[[], ResultT], kind: str, full_id: str, otherwise: ResultT) -> ResultT:
        return attempt(
            work,
            report=report_for(self.workspace),
            place=lambda: self.workspace.catalog.place_of(kind, full_id),
            otherwise=otherwise,
        )

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every object for the inventory and the search index, display names on one line."""
        for (kind, full_id), docname in self.workspace.plan.homes.items():
            if docname in self.env.all_docs:
                yield self._entry(kind, full_id, docname, "")
        for docname, objects in self.objects.items():
            for (kind, full_id), anchor in objects.items():
                yield self._entry(kind, full_id, docname, anchor)
        for kind, former, full_id in former_names(self.workspace.catalog):
            home = self.home(kind, full_id)
            if home is not None:
                # Hidden from the search, which shows the object under its name of today.
                yield (former, *self._entry(kind, full_id, *home)[1:5], _HIDDEN)

    def _entry(
        self, kind: str, full_id: str, docname: str, anchor: str
    ) -> tuple[str, str, str, str, str, int]:
        display = " ".join(self.display(kind, full_id).split())
        return full_id, display, kind, docname, anchor, self.object_types[kind].attrs["searchprio"]

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return a reference that shows the object, or nothing if there is none of that name."""
        found = self.find(typ, target, event=node.get(EVENT_KEY))
        return None if found is None else self.make_reference(builder, fromdocname, found, node, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return a reference for each kind of object that has exactly this name."""
        found = []
        for kind in KIND_NAMES:
            full_id = self.workspace.catalog.resolve(kind, target)
            if full_id is not None:
                reference = self.make_reference(builder, fromdocname, (kind, full_id), node, contnode)
                if reference is not None:
                    found.append((f"forum:{kind}", reference))
        return found

    def find(self, role: str, target: str, *, event: str | None) -> tuple[str, str] | None:
        """Return kind and full id of the object that a role's target means."""
        for kind in self.objtypes_for_role(role) or ():
            full_id = find(self.workspace.catalog, kind, target, event=event)
            if full_id is not None:
                return kind, full_id
        return None

    def make_reference(
        self,
        builder: Builder,
        fromdocname: str,
        target: tuple[str, str],
        node: Element,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return a reference that shows an attribute of an object or, if it has one, its own title."""
        home = self.home(*target)
        if home is None:
            return None
        kind = target[0]
        attributes = self.attributes(*target)
        content = contnode
        if not node.get("refexplicit"):
            text = self._shown(*target, node)
            content = nodes.inline("", text, classes=[*contnode["classes"], f"rp-ref-{kind}"])
        reference = make_refnode(builder, fromdocname, home[0], home[1] or None, content)
        card = hover_card(kind, attributes, shown=node.get(ATTRIBUTE_KEY, ""))
        # Sphinx puts whatever it gets in the reference's place.
        return cast("nodes.reference", with_card(reference, card))

    def _shown(self, kind: str, full_id: str, node: Element) -> str:
        wanted, event = node.get(ATTRIBUTE_KEY, ""), node.get(EVENT_KEY, "")
        text = self.text(kind, full_id, wanted, event)
        if isinstance(text, UnknownAttributeError):
            warn(text.subtype, str(text.trouble.within(self.workspace.root)), location=node)
            return self.display(kind, full_id)
        return text

    def text(self, kind: str, full_id: str, attribute: str, event: str) -> str | UnknownAttributeError:
        """Return what a reference to an object shows, or why it cannot show that."""

        def shown() -> str | UnknownAttributeError:
            try:
                return show(self.workspace.catalog, kind, full_id, attribute, event=event or None)
            except UnknownAttributeError as error:
                return error

        return self._tried(shown, kind, full_id, cast("str | UnknownAttributeError", full_id))

    def attributes(self, kind: str, full_id: str) -> dict[str, str]:
        """Return what a reference can show of an object."""
        return self._tried(lambda: attributes_of(self.workspace.catalog, kind, full_id), kind, full_id, {})


def domain_of(env: BuildEnvironment) -> ForumDomain:
    """Return the ``forum`` domain of a build."""
    domain = env.get_domain(ForumDomain.name)
    assert isinstance(domain, ForumDomain)  # noqa: S101  (the registry knows it by a base class)
    return domain
