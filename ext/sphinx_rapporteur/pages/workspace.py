"""What a build works with: settings, catalog and plan, one per process and never in the environment.

Parallel reading pickles the environment once per chunk of work, so the catalog stays out of it;
worker processes inherit this module's state by fork.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.pages.former import LeftAnchor, former_pages, left_anchors
from sphinx_rapporteur.pages.plan import EMPTY_PLAN, Plan
from sphinx_rapporteur.records.answers import Answers
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.failure import NOWHERE
from sphinx_rapporteur.records.finding import Finding, Place

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def _no_records() -> Catalog:
    return build_catalog((), report=lambda _finding: None)


Cited = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass
class Workspace:
    """The records of a build and the pages that they call for."""

    settings: Settings = field(default_factory=Settings)
    root: Path | None = None
    """The data folder, absolute; nothing in a project that only refers to others."""
    make_catalog: Callable[[], Catalog] = _no_records
    """Gives the catalog when it is first asked for: where nothing changed, nobody may ask."""
    plan: Plan = EMPTY_PLAN
    is_file: Callable[[str], bool] = lambda _docname: False
    """Whether there is a hand-written page of a docname."""
    known_digest: str = ""
    """The catalog's digest, where it is known without the catalog."""
    find_cited: Callable[[], Cited] = dict
    """Finds what ``cited`` gives; there once all pages are read."""
    is_touched: bool = False
    """Whether any page was read, removed or written in this build."""
    is_ended: bool = False
    """Whether Sphinx wrote anew what stands beside the pages: indices, search, inventory."""
    displays: dict[tuple[str, str], str] = field(default_factory=dict)
    """What references to objects show, by kind and id, as far as it was asked."""
    said: set[Finding] = field(default_factory=set)
    """What was reported in record texts while pages were read."""

    @cached_property
    def catalog(self) -> Catalog:
        """All records, joined."""
        return self.make_catalog()

    @cached_property
    def answers(self) -> Answers:
        """What the records and the plan answer to the questions of components."""
        others: dict[str, Callable[..., object]] = {
            "home": self.plan.home,
            "index": self.plan.index,
            "page": self.plan.pages.get,
        }
        return Answers(self.catalog, others)

    @property
    def digest(self) -> str:
        """Return the catalog's digest."""
        return self.known_digest or self.catalog.digest

    @cached_property
    def former_pages(self) -> Mapping[str, str]:
        """The docnames of pages by those that they had before."""
        is_file = self.is_file
        return former_pages(
            self.plan,
            self.catalog,
            self.settings,
            is_page=lambda name: name in self.plan.pages or is_file(name),
        )

    def is_withheld_page(self, docname: str) -> bool:
        """Whether a docname is, or was, that of the page of something withheld, or below it."""
        return self.withheld_kind(docname) is not None

    def withheld_kind(self, docname: str) -> str | None:
        """Return of what kind the withheld record is that a page was about; nothing if there is none."""
        steps = docname.split("/")
        above = ("/".join(steps[:count]) for count in range(len(steps), 0, -1))
        return next((kind for name in above if (kind := self._withheld_pages.get(name))), None)

    @cached_property
    def _withheld_pages(self) -> Mapping[str, str]:
        prefixes, withheld = self.settings.prefixes, self.catalog.withheld
        return {f"{prefix}/{name}": kind for kind, prefix in prefixes.items() for name in withheld[kind]}

    @cached_property
    def left_anchors(self) -> Mapping[str, tuple[LeftAnchor, ...]]:
        """By docname, the anchors of what was there before and is on another page now."""
        return left_anchors(self.plan, self.catalog, self.settings)

    @cached_property
    def cited(self) -> Cited:
        """The docnames that refer to an object, by kind and id."""
        return self.find_cited()


_WORKSPACES: WeakKeyDictionary[BuildEnvironment, Workspace] = WeakKeyDictionary()


def set_workspace(env: BuildEnvironment, workspace: Workspace) -> None:
    """Make *workspace* the one of this build."""
    _WORKSPACES[env] = workspace


def workspace_of(env: BuildEnvironment) -> Workspace:
    """Return the workspace of a build; an empty one before the data is read."""
    if env not in _WORKSPACES:
        _WORKSPACES[env] = Workspace()
    return _WORKSPACES[env]


def page_place(workspace: Workspace, docname: str) -> Place:
    """Return the place of the record that a page is about; of any other page, nowhere in the data."""
    page = workspace.plan.pages.get(docname)
    return workspace.catalog.place_of(page.kind, page.id) if page is not None and page.kind else NOWHERE
