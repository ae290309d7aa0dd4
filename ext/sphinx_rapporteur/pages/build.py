"""When pages are made: the data is read before the environment looks for documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.display import progress_message

from sphinx_rapporteur.config import Settings, nearest_setting, setting_names
from sphinx_rapporteur.pages.layout import LAYOUT_FOLDER, LayoutError, Layouts
from sphinx_rapporteur.pages.once import report_for
from sphinx_rapporteur.pages.plan import Plan, make_plan
from sphinx_rapporteur.pages.project import STUB_FOLDER, VirtualProject
from sphinx_rapporteur.pages.report import reporter, warn
from sphinx_rapporteur.pages.state import State, key_of, load_state, note_files, save_state
from sphinx_rapporteur.pages.summary import Watch, watch
from sphinx_rapporteur.pages.workspace import Workspace, set_workspace, workspace_of
from sphinx_rapporteur.records.catalog import Catalog, build_catalog
from sphinx_rapporteur.records.failure import NOWHERE, attempt
from sphinx_rapporteur.records.finding import Finding, Report, in_order
from sphinx_rapporteur.records.hosts import Hosts
from sphinx_rapporteur.records.limits import Limits, limits_of
from sphinx_rapporteur.records.pictures import MAX_BYTES, check_pictures
from sphinx_rapporteur.records.read import RecordCache, forget, read_folder
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_CACHE_FOLDER = "rapporteur-records"


def _settings(app: Sphinx) -> Settings:
    def report(name: str, value: object, expected: str) -> None:
        warn(Subtype.SETTING, f"{name} in conf.py: expected {expected}; found {value!r}; the default is used")

    _report_unknown(app)
    return Settings.from_config(lambda name: app.config[name], report=report)


def _report_unknown(app: Sphinx) -> None:
    """Say which names in conf.py were meant to be settings of ours, and are none."""
    given = app.config._raw_config  # noqa: SLF001  (the names as written; unknown ones are kept nowhere else)
    for name in sorted(given):
        near = nearest_setting(name) if name not in app.config else None
        if near is not None:
            allowed = "" if near else f"; allowed: {', '.join(setting_names())}"
            hint = f"; did you mean {near}?" if near else ""
            warn(Subtype.SETTING, f"conf.py: there is no setting {name}{allowed}{hint}")


def _limits(settings: Settings) -> Limits:
    known = Limits.__dataclass_fields__
    for name in settings.limits.keys() - known.keys():
        allowed = ", ".join(known)
        warn(
            Subtype.SETTING, f"rapporteur_limits in conf.py: no limit is called {name!r}; allowed: {allowed}"
        )
    return limits_of(settings.limits)


def locale_of(language: str | None) -> str:
    """Return Sphinx's language as a locale identifier."""
    return (language or "en").replace("-", "_")


def _record_cache(app: Sphinx) -> RecordCache:
    """Return what earlier builds read, beside Sphinx's environment; without that (``-E``), nothing."""
    folder = Path(app.doctreedir, _CACHE_FOLDER)
    if app.fresh_env_used:
        forget(folder)
    return RecordCache(folder, is_published=folder.is_relative_to(app.outdir))


def load(app: Sphinx) -> None:
    """Read the data folder, make the plan and put the virtual project in place (``builder-inited``)."""
    settings = _settings(app)
    project = VirtualProject(app.srcdir, app.config.source_suffix, stubs=Path(app.doctreedir, STUB_FOLDER))
    project.restore(app.project)
    layouts = [Path(app.confdir, folder) for folder in app.config.templates_path]
    workspace = _workspace(app, settings, layouts, project) if settings.data is not None else None
    app.project = app.env.project = project
    workspace = workspace or Workspace(settings)
    # In folders of HTML, `people/ada/index` and `people/ada` are one file.
    workspace.is_file = lambda name: not project.docnames.isdisjoint((name, f"{name}/index"))
    set_workspace(app.env, workspace)


def _workspace(app: Sphinx, settings: Settings, layouts: list[Path], project: VirtualProject) -> Workspace:
    """Return the workspace of a data folder; where it is as in the last build, its records are not read."""
    root = Path(app.confdir, str(settings.data)).resolve()
    cache = _record_cache(app)
    limits = _limits(settings)
    read = partial(_read, app, settings, root, limits, cache)
    folder = Path(app.doctreedir)
    state = State() if app.fresh_env_used else load_state(folder, is_published=cache.is_published)
    key = key_of((app.config.language, settings), [path / LAYOUT_FOLDER for path in layouts])
    longest = max(limits.file_bytes, MAX_BYTES)
    files = note_files(root, state.files, longest=longest, but={folder, Path(app.outdir)})
    is_known = files is not None and state.holds(key, files)
    if is_known and project.has_stubs(state.plan.pages):
        found = state.findings

        def read_later() -> Catalog:
            catalog = read([])
            _say_trouble(cache)
            return catalog

        workspace = Workspace(settings, root, read_later, state.plan, known_digest=state.digest)
        project.plan(state.plan.pages)
    else:
        noted: list[Finding] = []
        catalog = read(noted)
        found = in_order(noted)
        _say_trouble(cache)
        plan = make_plan(catalog, settings)
        workspace = Workspace(settings, root, lambda: catalog, plan)
        watched = watch(app, "planning pages... ")
        texts, is_whole = _render(plan, catalog, Layouts(layouts), report_for(workspace), watched)
        workspace.plan = plan = Plan({name: page for name, page in plan.pages.items() if name in texts})
        project.plan(plan.pages, texts)
        # What failed in our own code is tried again.
        is_whole &= all(finding.subtype is not Subtype.INTERNAL for finding in found)
        withholds = cache.withholds
        state = State(key, {}, catalog.digest, found, plan, withholds) if is_whole else State()
    if files is not None and files != state.files:
        state = replace(state, files=files)
        save_state(folder, state, is_published=cache.is_published)
    report = reporter(root)
    for finding in found:
        report(finding)
    return workspace


def _say_trouble(cache: RecordCache) -> None:
    if cache.trouble:
        logger.info("%s; it is read anew", cache.trouble)


def _read(
    app: Sphinx, settings: Settings, root: Path, limits: Limits, cache: RecordCache, found: list[Finding]
) -> Catalog:
    """Return the records of a data folder, joined; add what is wrong to *found*."""
    watched = watch(app, "reading records... ")
    loaded = read_folder(root, limits=limits, report=found.append, watch=watched, cache=cache)
    with progress_message("joining records"):
        catalog = build_catalog(
            loaded,
            locale=locale_of(app.config.language),
            hosts=Hosts(settings.link_hosts),
            found=tuple(found),
            report=found.append,
        )
        check_pictures(catalog, root, report=found.append)
    return catalog


def _render(
    plan: Plan, catalog: Catalog, layouts: Layouts, report: Report, watched: Watch[str]
) -> tuple[Mapping[str, str], bool]:
    """Return the text of each page, and whether all went well.

    Where a site's own layout fails for a page, ours stands in.
    """
    texts = {}
    failed: dict[str, list[tuple[str, LayoutError]]] = {}
    for docname in watched(plan.pages):
        page = plan.pages[docname]
        try:
            texts[docname] = layouts.render(page, catalog)
            continue
        except LayoutError as error:
            failed.setdefault(error.location, []).append((docname, error))
        text = attempt(
            lambda page=page: layouts.render_own(page, catalog),  # type: ignore[misc]
            report=report,
            place=catalog.place_of(page.kind, page.id) if page.kind else NOWHERE,
            otherwise=None,
        )
        if text is not None:
            texts[docname] = text
    _report_layouts(layouts, failed)
    is_whole = not failed and len(texts) == len(plan.pages) and not any(layouts.unused())
    return texts, is_whole


def _report_layouts(layouts: Layouts, failed: Mapping[str, list[tuple[str, LayoutError]]]) -> None:
    """Say once for each place in a layout that it failed, and for how many pages; and what is no layout."""
    for location, pages in failed.items():
        docname, error = pages[0]
        those = "this page" if len(pages) == 1 else f"{len(pages):,} pages"
        message = f"page {docname}: {error}; the layout of the package is used for {those}"
        warn(Subtype.LAYOUT, message, location=location)
    for path, meant in layouts.unused():
        warn(Subtype.LAYOUT, f"no page has a layout called {path.name}; {meant}", location=f"{path}:1")


def report_shadowed(app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Say which hand-written pages stand in for generated ones (``env-before-read-docs``)."""
    project: Any = env.project
    for docname in getattr(project, "shadowed", ()):
        warn(
            Subtype.DOCNAME,
            f"this page has the docname of a generated one, {docname}, and is used instead of it",
            location=docname,
        )


def report_redirects(app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Say which redirects of the settings lead to no page (``env-before-read-docs``)."""
    workspace = workspace_of(env)
    for former, to in workspace.settings.redirects.items():
        docname, (page, sign, _anchor) = to.partition("#")[0], former.partition("#")
        if sign and page not in env.found_docs:
            warn(
                Subtype.SETTING,
                f"rapporteur_redirects in conf.py: there is no page {page!r} for {former!r} to be on",
            )
        elif (
            docname not in env.found_docs
            if sign
            else former not in workspace.former_pages and former not in env.found_docs
        ):
            warn(
                Subtype.SETTING,
                f"rapporteur_redirects in conf.py: there is no page {docname!r} for {former!r} to lead to",
            )


def is_generated(env: BuildEnvironment, docname: str) -> bool:
    """Whether a document is made from records."""
    return docname in workspace_of(env).plan.pages and getattr(env.project, "is_virtual", lambda _: False)(
        docname
    )
