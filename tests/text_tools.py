"""What the tests of record texts share: a context, the allowed nodes, and checks of trees and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import html5lib
from docutils import nodes
from docutils.core import publish_from_doctree
from docutils.utils import new_document
from docutils.writers.html5_polyglot import Writer

from sphinx_rapporteur.records.finding import Finding, Place
from sphinx_rapporteur.render.text import TextContext, render_text

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "/site/data/sessions/a.yaml"
BLOCKS = (
    nodes.paragraph,
    nodes.section,
    nodes.title,
    nodes.rubric,
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.list_item,
    nodes.block_quote,
    nodes.literal_block,
    nodes.line_block,
    nodes.line,
    nodes.transition,
    nodes.table,
    nodes.tgroup,
    nodes.colspec,
    nodes.thead,
    nodes.tbody,
    nodes.row,
    nodes.entry,
)
INLINES = (
    nodes.Text,
    nodes.emphasis,
    nodes.strong,
    nodes.literal,
    nodes.reference,
    nodes.image,
    nodes.subscript,
    nodes.superscript,
    nodes.abbreviation,
)
ATTRIBUTES = {
    "ids": list,
    "names": list,
    "classes": list,
    "dupnames": list,
    "backrefs": list,
    "translatable": bool,
    "force": bool,
    "internal": bool,
    "bullet": str,
    "enumtype": str,
    "prefix": str,
    "suffix": str,
    "start": int,
    "cols": int,
    "colwidth": int,
    "language": str,
    "xml:space": str,
    "refuri": str,
    "rel": str,
    "reftitle": str,
    "uri": str,
    "alt": str,
    "explanation": str,
}
ALLOWED_TARGET = re.compile(
    r"(?:https?://[A-Za-z0-9\[]|mailto:[^:]+\Z|#|known\.md|\.\./known\.md|picture\.png)"
)
ACTIVE_TAGS = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "base",
    "svg",
    "style",
    "link",
    "meta",
    "video",
}


def make_context(findings: list[Finding], **changes: Any) -> TextContext:
    """Return a context that knows the person susie, the page known.md and the picture picture.png."""

    def xref(role: str, target: str, title: str | None, line: int) -> nodes.Node | None:
        if not re.fullmatch(r"[a-z0-9/-]+", target) or target == "unknown":
            return None
        return nodes.reference("", title or f"[{target}]", refuri=f"#{role}-{target.replace('/', '-')}")

    def page(target: str) -> nodes.Element | None:
        return (
            nodes.reference("", "", refuri=target)
            if target in {"known.md", "../known.md", "#known"}
            else None
        )

    def picture(path: str) -> str | None:
        return path if path == "picture.png" else None

    options: dict[str, Any] = {"xref": xref, "page": page, "picture": picture} | changes
    return TextContext(FILE, Place("sessions/a.yaml", 10), findings.append, **options)


def render(text: str, **changes: Any) -> tuple[nodes.section, list[Finding]]:
    """Return a section with the text in it, and the findings."""
    findings: list[Finding] = []
    section = nodes.section("", nodes.title("", "Page"), ids=["page"])
    section += render_text(text, make_context(findings, **changes))
    return section, findings


def check_nodes(
    parts: Iterable[nodes.Node], allowed: tuple[type[nodes.Node], ...] = BLOCKS + INLINES
) -> None:
    """Assert that only allowed nodes with allowed attributes and targets are in the parts."""
    for part in parts:
        for node in part.findall():
            assert type(node) in allowed, node
            if isinstance(node, nodes.Element):
                check_attributes(node)
                assert node.source == FILE or isinstance(node, nodes.colspec), node
                assert (node.line or 0) >= 10 or isinstance(node, nodes.colspec), node


def check_attributes(node: nodes.Element) -> None:
    """Assert that an element has no attribute but those that we set, and no target that is not allowed."""
    for name, value in node.attributes.items():
        assert isinstance(value, ATTRIBUTES[name]), (node, name)
        if name in {"refuri", "uri"}:
            assert ALLOWED_TARGET.match(str(value)), value


def write_html(section: nodes.section) -> str:
    """Return the page that docutils writes; nothing in the tree may be worth a warning to it."""
    settings: dict[str, Any] = {"report_level": 2, "halt_level": 2, "output_encoding": "unicode"}
    document = new_document(FILE)
    document += nodes.paragraph("", "before")
    document += section
    page: str = publish_from_doctree(document, writer=Writer(), settings_overrides=settings)
    return page


def check_html(page: str) -> None:
    """Assert that nothing in a page's body can act."""
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ACTIVE_TAGS, element.tag
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            if name in {"href", "src"}:
                assert ALLOWED_TARGET.match(str(value)), value
