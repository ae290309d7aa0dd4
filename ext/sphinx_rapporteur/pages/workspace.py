"""What a build works with: settings, catalog and plan, one per process and never in the environment.

Parallel reading pickles the environment once per chunk of work, so the catalog stays out of it;
worker processes inherit this module's state by fork.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx_rapporteur.config import Settings
from sphinx_rapporteur.pages.plan import EMPTY_PLAN, Plan
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.failure import NOWHERE
from sphinx_rapporteur.records.finding import Finding, Place

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


@dataclass
class Workspace:
    """The records of a build and the pages that they call for."""

    settings: Settings = field(default_factory=Settings)
    root: Path | None = None
    """The data folder, absolute; nothing in a project that only refers to others."""
    catalog: Catalog = field(default_factory=lambda: build_catalog((), report=lambda _finding: None))
    plan: Plan = EMPTY_PLAN
    cited: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The docnames that refer to an object, by kind and id; known once all pages are read."""
    said: set[Finding] = field(default_factory=set)
    """What was reported in record texts while pages were read."""


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
