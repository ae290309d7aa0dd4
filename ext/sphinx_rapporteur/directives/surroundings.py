"""What a component is described in: the build's catalog, and the record texts read by the allow-list."""

from __future__ import annotations

import os
import pathlib
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_rapporteur.directives.asking import asking_on
from sphinx_rapporteur.domain.objects import ForumDomain
from sphinx_rapporteur.domain.roles import ATTRIBUTE_KEY, EVENT_KEY
from sphinx_rapporteur.pages.build import is_generated, locale_of
from sphinx_rapporteur.pages.once import report_when_read, silent
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.records.failure import Key
from sphinx_rapporteur.records.finding import Path, Report
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.pictures import PictureError, find_picture
from sphinx_rapporteur.records.resolve import KIND_OF
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Context
from sphinx_rapporteur.render.record_text import TextReference, nodes_of, stands_on_page, text_context
from sphinx_rapporteur.render.text import UniqueIds
from sphinx_rapporteur.render.text_parts import blocks_of, object_node

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def context_for(
    env: BuildEnvironment,
    docname: str,
    *,
    report: Report,
    asked: set[tuple[str, str]] | None = None,
    without: frozenset[Key] = frozenset(),
) -> Context:
    """Return the context in which components on a page are described.

    While pages are being read it is not known what refers to an object; then *asked* is given, and takes
    the objects of which it is asked, and what is asked of the records is noted. *without* are the records
    over which our own code failed.
    """
    workspace = workspace_of(env)
    home_of, index_of = workspace.plan.home, workspace.plan.index
    if asked is not None:
        asking = asking_on(env, docname)
        catalog = asking.without(without)
        home_of, index_of = asking.other("home", home_of), asking.other("index", index_of)
    else:
        catalog = workspace.catalog.without(without)

    def reference(found: TextReference) -> nodes.Node:
        return object_node(p.Ref(found.kind, found.id), found.shown)

    def citation(found: TextReference) -> nodes.Node:
        return object_node(p.Ref(found.kind, found.id), found.shown, attribute=found.attribute)

    def read_text(record: Record, path: Path, text: str) -> tuple[p.Block, ...]:
        # What is wrong in a text is said once: when its record's own page is read.
        home = home_of(_KINDS[record.kind], record.full_id)
        is_elsewhere = home != docname and is_generated(env, home or "")
        to = silent if stands_on_page(path) or is_elsewhere else report
        # Other generated pages repeat what the page of the record cites; one by hand cites it itself.
        repeats = home != docname and is_generated(env, docname)
        context = text_context(
            catalog, workspace.root, record, path, report=to, reference=reference if repeats else citation
        )
        return blocks_of(nodes_of(text, context))

    def cited_in(kind: str, full_id: str) -> tuple[tuple[str, str], ...]:
        if asked is not None:
            asked.add((kind, full_id))
            return ()
        pages = workspace.cited.get((kind, full_id), ())
        return tuple(
            (page, env.titles[page].astext()) for page in pages if page != docname and page in env.titles
        )

    return Context(
        catalog=catalog,
        locale=locale_of(env.config.language),
        docname=docname,
        home_of=home_of,
        index_of=index_of,
        read_text=read_text,
        cited_in=cited_in,
    )


_KINDS = {folder: kind for kind, folder in KIND_OF.items()}


def text_nodes(
    env: BuildEnvironment, record: Record, path: Path, text: str, ids: UniqueIds
) -> list[nodes.Node]:
    """Return a record's text as nodes of the page that is being read."""
    workspace = workspace_of(env)

    def reference(found: TextReference) -> nodes.Node:
        node = pending_xref(
            "",
            nodes.inline("", found.shown),
            refdomain=ForumDomain.name,
            reftype=found.kind,
            reftarget=found.id,
            refexplicit=found.title is not None,
            refwarn=True,
        )
        node[EVENT_KEY] = record.full_id.partition("/")[0]
        if found.attribute:
            node[ATTRIBUTE_KEY] = found.attribute
        return node

    context = text_context(
        workspace.catalog,
        workspace.root,
        record,
        path,
        report=report_when_read(env),
        reference=reference,
        picture=lambda name: _found_uri(env, name),
        ids=ids,
    )
    return nodes_of(text, context)


def _found_uri(env: BuildEnvironment, name: str) -> str:
    """Return a picture's address, on which the page depends from now on; raise ``PictureError`` for none."""
    root = workspace_of(env).root
    assert root is not None  # noqa: S101  (there are no records without a data folder)
    wanted = pathlib.Path(os.path.normpath(root / name))
    if wanted.is_relative_to(root):
        # Though it is not there yet: once it is, the page is made anew.
        env.note_dependency(os.path.relpath(wanted, env.srcdir))
    return _uri(env, find_picture(root, name))


def picture_uri(env: BuildEnvironment, name: str) -> str | None:
    """Return the address of a picture of the data folder as image nodes take it, or nothing."""
    root = workspace_of(env).root
    assert root is not None  # noqa: S101  (there are no records without a data folder)
    try:
        return _uri(env, find_picture(root, name))
    except PictureError:
        return None


def _uri(env: BuildEnvironment, file: pathlib.Path) -> str:
    """Return a file's address relative to the sources."""
    return "/" + os.path.relpath(file, env.srcdir).replace(os.sep, "/")
