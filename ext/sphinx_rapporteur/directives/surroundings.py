"""What a component is described in: the build's catalog, and the record texts read by the allow-list."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_rapporteur.domain.objects import ForumDomain
from sphinx_rapporteur.pages.build import locale_of
from sphinx_rapporteur.pages.pictures import PictureError, find_picture
from sphinx_rapporteur.pages.report import reporter
from sphinx_rapporteur.pages.workspace import Workspace, workspace_of
from sphinx_rapporteur.records.finding import Finding, Path, Place, Report
from sphinx_rapporteur.records.lookup import explain, find
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context
from sphinx_rapporteur.render.text import TextContext, UniqueIds, render_text
from sphinx_rapporteur.render.text_parts import blocks_of, object_node
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def silent(_finding: Finding) -> None:
    """Report nothing: what is wrong in a text was said when its page was read."""


def report_for(workspace: Workspace) -> Report:
    """Return where the findings in record texts go."""
    return reporter(workspace.root) if workspace.root else silent


def context_for(env: BuildEnvironment, docname: str, *, report: Report) -> Context:
    """Return the context in which components on a page are described."""
    workspace = workspace_of(env)

    def read_text(record: Record, path: Path, text: str) -> tuple[p.Block, ...]:
        context = _text_context(workspace, record, path, report=report, as_nodes=False)
        return blocks_of(render_text(text, context))

    return Context(
        catalog=workspace.catalog,
        locale=locale_of(env.config.language),
        docname=docname,
        home_of=workspace.plan.home,
        read_text=read_text,
    )


def text_nodes(
    env: BuildEnvironment, record: Record, path: Path, text: str, ids: UniqueIds
) -> list[nodes.Node]:
    """Return a record's text as nodes of the page that is being read."""
    workspace = workspace_of(env)
    context = _text_context(
        workspace, record, path, report=report_for(workspace), as_nodes=True, ids=ids, env=env
    )
    return render_text(text, context)


def _text_context(
    workspace: Workspace,
    record: Record,
    path: Path,
    *,
    report: Report,
    as_nodes: bool,
    ids: UniqueIds | None = None,
    env: BuildEnvironment | None = None,
) -> TextContext:
    origin = workspace.catalog.origin(record)
    place = Place(origin.file, origin.text_line(path))
    file = str((workspace.root / origin.file) if workspace.root else origin.file)
    event = record.full_id.partition("/")[0]

    def xref(role: str, target: str, title: str | None, line: int) -> nodes.Node | None:
        found = find(workspace.catalog, role, target, event=event)
        if found is None:
            why = explain(workspace.catalog, role, target)
            report(Finding(Subtype.ROLE, Place(origin.file, line), why, path=path))
            return None
        if not as_nodes:
            return object_node(p.Ref(role, found), title or workspace.catalog.display(role, found))
        shown = title or workspace.catalog.display(role, found)
        return pending_xref(
            "",
            nodes.inline("", shown),
            refdomain=ForumDomain.name,
            reftype=role,
            reftarget=found,
            refexplicit=title is not None,
            refwarn=True,
        )

    def picture(name: str) -> str | None:
        if env is None or workspace.root is None:
            return None

        def refuse(why: str) -> None:
            report(Finding(Subtype.REFERENCE, place, f"the picture {name!r} is not shown: {why}", path=path))

        return picture_uri(env, workspace, name, refuse)

    return TextContext(
        file=file,
        place=place,
        report=report,
        xref=xref,
        picture=picture,
        ids=ids or UniqueIds(),
        sections=as_nodes,
        path=path,
    )


def picture_uri(
    env: BuildEnvironment, workspace: Workspace, name: str, refuse: Callable[[str], None]
) -> str | None:
    """Return the address of a picture of the data folder as an image node takes it."""
    assert workspace.root is not None  # noqa: S101  (there are no records without a data folder)
    try:
        file = find_picture(workspace.root, name)
    except PictureError as error:
        refuse(str(error))
        return None
    return "/" + os.path.relpath(file, env.srcdir).replace(os.sep, "/")
