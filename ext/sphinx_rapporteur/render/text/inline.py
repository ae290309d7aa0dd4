"""The tokens of one paragraph as inline nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_rapporteur.render.text.characters import clean
from sphinx_rapporteur.render.text.links import RefusedError, check_target
from sphinx_rapporteur.render.text.syntax import OBJECT_ROLES
from sphinx_rapporteur.render.to_html import REL
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from sphinx_rapporteur.render.text.context import Notes

_LINK_ADVICE = "link to https:, http:, mailto: or a page of this site"
_MAILTO = "mailto:"
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)")
_MAX_NESTING = 20
"""Of emphasis: docutils walks its trees by recursion."""
_ROLES = ", ".join([*(f"forum:{role}" for role in sorted(OBJECT_ROLES)), "sub, sup and abbr"])


class InlineRenderer:
    """Builds the children of one paragraph, heading or cell."""

    def __init__(self, notes: Notes, first_line: int, source: str, *, in_link: bool = False) -> None:
        self._notes = notes
        self._source = source
        self._at = (0, first_line)
        self._parent: nodes.Element = nodes.inline()
        # What to return to when a span closes, and the text to add then.
        self._open: list[tuple[nodes.Element, str]] = []
        self._in_link = int(in_link)

    def render(self, tokens: Sequence[Token]) -> list[nodes.Node]:
        """Return the nodes of a whole paragraph's tokens, or of those of one of its lines."""
        root = self._parent = nodes.inline()
        for number, token in enumerate(tokens):
            handler = getattr(self, f"_on_{token.type}", None)
            if handler is None:
                self._on_unknown(token)
            elif token.type == "link_open":
                handler(token, tokens[number + 1 : number + 2])
            else:
                handler(token)
        children = list(root.children)
        root.clear()
        return children

    def _offset(self, token: Token) -> int:
        """Return the text's line of a token; tokens come in the order of the text."""
        pos, line = self._at
        here = token.meta.get("pos", pos)
        if here > pos:
            self._at = (here, line + self._source.count("\n", pos, here))
        return self._at[1]

    def _add(self, node: nodes.Element, token: Token) -> None:
        self._notes.locate(node, self._offset(token))
        self._parent += node

    def _text(self, text: str) -> None:
        """Add text, joined to text before it, so that transforms see whole words."""
        if not text:
            return
        last = self._parent[-1] if len(self._parent) else None
        if isinstance(last, nodes.Text):
            self._parent[-1] = nodes.Text(last + text)
        else:
            self._parent += nodes.Text(text)

    def _enter(
        self, node: nodes.Element | None, token: Token, *, opening: str = "", closing: str = ""
    ) -> None:
        """Open a span; without a node its content goes where it stands."""
        if node is None:
            self._text(opening)
        self._open.append((self._parent, "" if node is not None else closing))
        if node is not None:
            self._add(node, token)
            self._parent = node

    def _leave(self, _token: Token | None = None) -> None:
        if self._open:
            self._parent, closing = self._open.pop()
            self._text(closing)

    # --- text

    def _on_text(self, token: Token) -> None:
        self._text(token.content)

    def _on_text_special(self, token: Token) -> None:
        self._text(token.content)

    def _on_softbreak(self, _token: Token) -> None:
        self._text("\n")

    _on_hardbreak = _on_softbreak

    def _on_code_inline(self, token: Token) -> None:
        self._add(nodes.literal(token.content, token.content), token)

    def _on_rp_odd(self, token: Token) -> None:
        self._text(token.content)
        if self._closes_a_tag(token.content):
            return
        self._notes.add(
            self._offset(token),
            token.meta["misuse"].message,
            found=token.meta.get("found", token.content),
            do=token.meta["misuse"].advice,
            subtype=token.meta.get("subtype", Subtype.MARKUP),
        )

    def _closes_a_tag(self, typed: str) -> bool:
        """Whether this is the end of a tag that was reported at its start."""
        match = _TAG_NAME.match(typed)
        if not match:
            return False
        name, tags = match[1].casefold(), self._notes.open_tags
        if typed.startswith("</"):
            tags[name] -= 1
            return tags[name] >= 0
        if not typed.endswith("/>"):
            tags[name] = max(tags[name], 0) + 1
        return False

    def _on_unknown(self, token: Token) -> None:
        self._text(token.content or token.markup)
        message = f"{token.type} has no meaning in a record text"
        self._notes.add(self._offset(token), message, found=token.content)

    # --- spans

    def _on_em_open(self, token: Token) -> None:
        self._emphasise(nodes.emphasis(), token)

    def _on_strong_open(self, token: Token) -> None:
        self._emphasise(nodes.strong(), token)

    def _emphasise(self, node: nodes.Element, token: Token) -> None:
        if len(self._open) < _MAX_NESTING:
            self._enter(node, token)
            return
        if len(self._open) == _MAX_NESTING:
            message = "emphasis is nested too deep; the rest is shown as it was typed"
            self._notes.add(self._offset(token), message, do="emphasise less")
        self._enter(None, token, opening=token.markup, closing=token.markup)

    _on_em_close = _on_strong_close = _leave

    # --- links

    def _on_link_open(self, token: Token, following: Sequence[Token]) -> None:
        target = str(token.attrGet("href") or "")
        brackets = ("<", ">") if token.info == "auto" else ("", "")
        self._in_link += 1
        if self._in_link > 1:
            # A link in a link's label: only an address in angle brackets gets here.
            self._enter(None, token)
            return
        node = self._link(target, token)
        if node is None:
            self._enter(None, token, opening=brackets[0], closing=brackets[1])
        else:
            title = clean(str(token.attrGet("title") or ""))
            if title:
                node["reftitle"] = title
            self._enter(node, token)
        if following and following[0].type == "link_close":
            # Without a label there would be nothing to see or to click.
            self._text(target)

    def _link(self, target: str, token: Token) -> nodes.Element | None:
        offset = self._offset(token)
        try:
            checked = check_target(target)
        except RefusedError as refusal:
            message = f"the link is shown without its target: {refusal}"
            self._notes.add(offset, message, found=target, do=_LINK_ADVICE)
            return None
        if checked.external:
            return self._external(checked.uri, token)
        page = self._notes.context.page(checked.uri)
        if page is None:
            message = "the link is shown without its target: the site has no such page"
            self._notes.add(offset, message, found=target, do=_LINK_ADVICE)
        return page

    def _external(self, address: str, token: Token) -> nodes.Element | None:
        hosts = self._notes.context.hosts
        if not address.startswith(_MAILTO) and not hosts.allow(address):
            self._notes.add(
                self._offset(token),
                "this site does not link to that host; the link is shown without its target",
                found=address,
                do=hosts.expected(),
                subtype=Subtype.HOST,
            )
            return None
        return nodes.reference("", "", refuri=address, internal=False, rel=REL, classes=["rp-external"])

    def _on_link_close(self, _token: Token) -> None:
        self._in_link -= 1
        self._leave()

    # --- pictures

    def _on_image(self, token: Token) -> None:
        target = str(token.attrGet("src") or "")
        alt = self._alt(token).strip()
        offset = self._offset(token)
        try:
            uri = self._picture(target)
        except RefusedError as refusal:
            message = f"the picture is left out: {refusal}"
            self._notes.add(offset, message, found=target, do="copy it into the data folder")
            self._text(alt or f"![]({target})")
            return
        if not alt:
            advice = "say between the brackets what it shows"
            self._notes.add(offset, "the picture has no description", found=target, do=advice)
        self._add(nodes.image(uri=uri, alt=alt), token)

    def _picture(self, target: str) -> str:
        checked = check_target(target)
        if checked.external:
            raise RefusedError("pictures come from the data folder only")
        uri = self._notes.context.picture(checked.uri)
        if uri is None:
            raise RefusedError("there is no such picture in the data folder")
        return uri

    def _alt(self, token: Token) -> str:
        """Return the words of a picture's description; markup in it is dropped, what is odd is reported."""
        inner = InlineRenderer(self._notes, self._offset(token), "", in_link=True)
        return "".join(node.astext() for node in inner.render(token.children or []))

    # --- roles

    def _on_rp_role(self, token: Token) -> None:
        name, content = token.meta["name"], token.meta["content"]
        plain = {"sub": nodes.subscript, "sup": nodes.superscript}
        domain, _, role = name.partition(":")
        if name in plain and content:
            self._add(plain[name]("", content), token)
        elif name == "abbr" and content:
            self._abbreviation(content, token)
        elif domain == "forum" and role in OBJECT_ROLES and content:
            self._object(role, content, token)
        else:
            self._text(token.content)
            known = name in plain or name == "abbr" or (domain == "forum" and role in OBJECT_ROLES)
            self._notes.add(
                self._offset(token),
                f"the role {name!r} {'has no content' if known else 'may not be used in a record text'}",
                found=token.content,
                do=f"the roles are {_ROLES}",
            )

    def _abbreviation(self, content: str, token: Token) -> None:
        short, explanation = split_behind(content, "()")
        node = nodes.abbreviation("", short)
        if explanation:
            node["explanation"] = explanation
        self._add(node, token)

    def _object(self, role: str, content: str, token: Token) -> None:
        title, target = split_behind(content, "<>")
        if not target:
            title, target = "", content
        line = self._notes.line(self._offset(token))
        node = None if self._in_link else self._notes.context.xref(role, target, title or None, line)
        if node is None:
            self._text(title or target)
        elif isinstance(node, nodes.Element):
            self._add(node, token)
        else:
            self._parent += node


def split_behind(content: str, brackets: str) -> tuple[str, str]:
    """Split ``Title <id>`` into its parts; the second is empty if the brackets are not at the end."""
    before, found, inside = content.removesuffix(brackets[1]).rpartition(brackets[0])
    if not found or not before.strip() or not content.endswith(brackets[1]) or brackets[1] in inside:
        return content, ""
    return before.strip(), inside.strip()
