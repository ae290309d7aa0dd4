"""The component node: keeps its place on a page until the builder is known, and is filled then.

The read phase runs some sixty transforms over every node, pickles and copies it; a component costs
one node of that. It is described when its page is read, since the page owes the project the objects
whose anchors it holds and the digest by which it is found outdated. The HTML of that is kept with the
node, its addresses open, and filled in on writing; other builders describe it again, as nodes.
"""

from __future__ import annotations

import os
import posixpath
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote
from weakref import WeakKeyDictionary
from zlib import crc32

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from sphinx_rapporteur.directives.surroundings import (
    context_for,
    picture_uri,
)
from sphinx_rapporteur.domain.objects import ForumDomain, domain_of
from sphinx_rapporteur.domain.tracking import note_citation
from sphinx_rapporteur.pages.once import report_for, report_when_read, silent
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import page_place, workspace_of
from sphinx_rapporteur.records.failure import NOWHERE, Key, attempt, spare
from sphinx_rapporteur.records.finding import Finding, Report
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.context import Options
from sphinx_rapporteur.render.describe import COMPONENTS
from sphinx_rapporteur.render.thumbnails import make_thumbnails
from sphinx_rapporteur.render.to_html import HtmlEmitter, Sketch, fill
from sphinx_rapporteur.render.to_nodes import NodeEmitter

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_WHOLE_TREE_BUILDERS = frozenset({"singlehtml", "epub"})
"""Builders of HTML that rewrite addresses in the tree, so that they need nodes."""


class component(nodes.General, nodes.Element):  # noqa: N801  (docutils names node classes so)
    """A component by its name and options."""


def describe(
    env: BuildEnvironment,
    docname: str,
    name: str,
    options: Options,
    *,
    report: Report = silent,
    location: Any = None,
    asked: set[tuple[str, str]] | None = None,
) -> tuple[p.Block, ...]:
    """Return what a component shows; a record that our own code fails over is reported and not in it."""
    catalog = workspace_of(env).catalog

    def show(without: frozenset[Key], note: Report) -> tuple[p.Block, ...]:
        where = context_for(env, docname, report=note, asked=asked, without=without)
        return COMPONENTS[name](where, options)

    def say(finding: Finding) -> None:
        if finding.place == NOWHERE and report is not silent:
            warn(finding.subtype, f"forum:{name}: {finding.text()}", location=location, error=finding.error)
        else:
            report(finding)

    place = page_place(workspace_of(env), docname)
    return spare(show, report=say, place_of=catalog.place_if_known, otherwise=tuple, place=place)


def sketch(env: BuildEnvironment, blocks: tuple[p.Block, ...]) -> Sketch:
    """Return the HTML of what a component shows, its addresses still open."""
    return HtmlEmitter(has_picture=lambda file: picture_uri(env, file) is not None).whole(blocks)


def place_component(
    env: BuildEnvironment, docname: str, name: str, options: dict[str, str], *, location: Any
) -> component:
    """Return a component for the page being read, after noting what it defines and what it shows."""
    domain = domain_of(env)
    asked: set[tuple[str, str]] = set()
    report = report_when_read(env)
    blocks = describe(env, docname, name, options, report=report, location=location, asked=asked)
    shown = sketch(env, blocks)
    for anchor in shown.anchors:
        if anchor.defines is not None:
            domain.note_object(anchor.defines.kind, anchor.defines.id, docname=docname, anchor=anchor.id)
    for reference in shown.references:
        if isinstance(reference.to, p.Ref):
            note_citation(
                domain, reference.to.kind, reference.to.id, reference.attribute or "", docname=docname
            )
    for file in shown.pictures:
        _note_picture(env, docname, file)
    domain.note_use(name, options, docname=docname, digest=shown.digest)
    # Builders of one file put pages into another, whose parts have to keep their own.
    return component(name=name, options=options, docname=docname, html=shown.html, asked=sorted(asked))


def _note_picture(env: BuildEnvironment, docname: str, name: str) -> None:
    uri = picture_uri(env, name)
    if uri is not None:
        domain_of(env).note_picture(uri.removeprefix("/"), docname=docname)
    root = workspace_of(env).root
    assert root is not None  # noqa: S101  (there are no records without a data folder)
    # Another picture, or one that was missing, makes the page anew.
    env.note_dependency(os.path.relpath(root / name, env.srcdir))


def picture_file(env: BuildEnvironment, path: str) -> str:
    """Return a picture's name in the output: the same in every build, whichever page is read first."""
    if path in env.images:
        return str(env.images[path][1])
    name = PurePosixPath(path)
    return f"{name.stem}-{crc32(path.encode()):08x}{name.suffix}"


def _home(domain: ForumDomain, target: p.Ref | p.Page) -> tuple[str, str] | None:
    return (
        (target.docname, target.anchor) if isinstance(target, p.Page) else domain.home(target.kind, target.id)
    )


_ADDRESSES: WeakKeyDictionary[Any, tuple[str, dict[str, str]]] = WeakKeyDictionary()
"""The addresses of pages as seen from the folder whose pages are being written."""


def _address(builder: Any, docname: str, target: str) -> str:
    if target == docname:
        return ""
    folder = posixpath.dirname(builder.get_target_uri(docname))
    known = _ADDRESSES.get(builder)
    if known is None or known[0] != folder:
        known = _ADDRESSES[builder] = (folder, {})
    if target not in known[1]:
        known[1][target] = str(builder.get_relative_uri(docname, target))
    return known[1][target]


class EmitComponents(SphinxPostTransform):
    """Fills components from the catalog: with HTML for builders of pages, with nodes for all others."""

    default_priority: ClassVar[int] = 5

    def run(self, **_kwargs: Any) -> None:
        """Replace every component of the document."""
        env = self.env
        builder: Any = env._app.builder if hasattr(env, "_app") else env.app.builder  # noqa: SLF001
        as_html = isinstance(builder, StandaloneHTMLBuilder) and builder.name not in _WHOLE_TREE_BUILDERS
        for node in list(self.document.findall(component)):
            docname = node["docname"]
            if as_html and not self._is_cited(node):
                emit = partial(self._html, builder, docname, node["html"])
            else:
                blocks = describe(env, docname, node["name"], node["options"])
                emit = partial(self._emit, builder, docname, blocks, as_html=as_html)
            nothing: list[nodes.Node] = []
            found = attempt(
                emit,
                report=report_for(workspace_of(env)),
                place=page_place(workspace_of(env), docname),
                otherwise=nothing,
            )
            node.replace_self(found)

    def _emit(
        self, builder: Any, docname: str, blocks: tuple[p.Block, ...], *, as_html: bool
    ) -> list[nodes.Node]:
        if as_html:
            return self._html(builder, docname, sketch(self.env, blocks).html)
        return self._nodes(builder, blocks)

    def _is_cited(self, node: component) -> bool:
        """Whether a page refers to what the component shows, which was not known when it was described."""
        cited = workspace_of(self.env).cited
        return any(tuple(one) in cited for one in node["asked"])

    def _html(self, builder: Any, docname: str, open_html: str) -> list[nodes.Node]:
        domain = domain_of(self.env)

        def locate(target: p.Ref | p.Page) -> str | None:
            home = _home(domain, target)
            if home is None:
                return None
            fragment = f"#{home[1]}" if home[1] else ""
            if home[0] == docname and fragment:
                return fragment
            return _address(builder, docname, home[0]) + fragment

        def picture(name: str, side: int) -> str:
            path = (picture_uri(self.env, name) or "").removeprefix("/")
            images = Path(builder.outdir, builder.imagedir)
            file = make_thumbnails(Path(self.env.srcdir, path).resolve(), side, images)
            if file is None:  # the browser may know what to do with it
                file = builder.images[path] = picture_file(self.env, path)
            # The builder's own `imgpath` is still that of the page before.
            return f"{relative_uri(builder.get_target_uri(docname), builder.imagedir)}/{quote(file)}"

        html = fill(open_html, locate=locate, picture=picture)
        return [nodes.raw("", html, format="html")] if html else []

    def _nodes(self, builder: Any, blocks: tuple[p.Block, ...]) -> list[nodes.Node]:
        domain = domain_of(self.env)
        docname = self.env.docname

        def reference(target: p.Ref | p.Page, children: list[nodes.Node]) -> nodes.Node | None:
            home = _home(domain, target)
            if home is None:
                return None
            try:
                return make_refnode(builder, docname, home[0], home[1] or None, children)
            except NoUri:  # a page that is not in this book
                return None

        def picture(image: p.Image) -> nodes.Node | None:
            uri = picture_uri(self.env, image.file)
            if uri is None:
                return None
            path = uri.removeprefix("/")
            # What Sphinx's own collector adds to an image that it met while reading.
            builder.images[path] = picture_file(self.env, path)
            return nodes.image("", uri=path, candidates={"*": path}, alt=image.alt)

        found = NodeEmitter(reference=reference, picture=picture).all(blocks)
        kinds: tuple[type[nodes.Element], ...] = (nodes.table, nodes.figure)
        for part in [part for node in found for kind in kinds for part in node.findall(kind)]:
            # HTML wants one for the caption.
            self.document.set_id(part, suggested_prefix=part.tagname)
        return found
