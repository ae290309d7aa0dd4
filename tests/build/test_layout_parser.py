"""The short way to read a generated page makes what MyST makes of it."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_rapporteur.pages import parser
from sphinx_rapporteur.pages.layout import escape_markdown
from sphinx_rapporteur.pages.parser import plain_blocks

if TYPE_CHECKING:
    from docutils import nodes

    from conftest import MakeSite
    from sites import Built

HEAD = "---\norphan: true\n---\n"
CONFIGURATIONS = {
    "as it comes": "",
    "anchors": "myst_heading_anchors = 3",
    "anchors of another kind": "myst_heading_anchors = 2\nmyst_heading_slug_func = 'docutils.nodes.make_id'",
    "mathematics": "myst_enable_extensions = ['dollarmath', 'replacements', 'smartquotes']",
}


def _trees(built: Built) -> dict[str, tuple[str, list[tuple[str, int | None]]]]:
    """Return all that a doctree holds but where its text lies."""
    found = {}
    folder = built.out.parent / f"{built.out.name}.doctrees"
    for file in folder.rglob("*.doctree"):
        tree: nodes.document = pickle.loads(file.read_bytes())
        del tree["source"]
        lines = [(type(node).__name__, node.line) for node in tree.findall()]
        found[file.relative_to(folder).as_posix()] = (tree.pformat(), lines)
    return found


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_generated_pages_are_as_myst_makes_them(
    make_site: MakeSite, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site()
    site.conf((site.docs / "conf.py").read_text("utf-8") + CONFIGURATIONS[name] + "\n")
    met = []

    def read(text: str) -> object:
        met.append(plain_blocks(text) is not None)
        return plain_blocks(text)

    monkeypatch.setattr(parser, "plain_blocks", read)
    short = _trees(site.build(out="short"))
    assert met.count(True) > 20
    monkeypatch.setattr(parser, "plain_blocks", lambda _text: None)
    assert short == _trees(site.build(out="whole"))


@given(st.text())
@example("a  b")
@example("1. a")
@example("  * #hash `code` <b> &amp; \\ ")
def test_every_title_is_plain(title: str) -> None:
    shown = escape_markdown(title)
    blocks = plain_blocks(f"{HEAD}# {shown}\n")
    if shown and blocks is not None:
        assert [block[1:] for block in blocks] == [(1, " ".join(title.split()))]


@pytest.mark.parametrize(
    "text",
    [
        "# A title\n\nA paragraph.\n",
        "# A *title*\n",
        "# A title {#id}\n",
        "#  Two spaces\n",
        "#No space\n",
        "####  Deep\n",
        "# A title\n```{note}\nText\n```\n",
        "# A title\n```{forum:facts} argument\n```\n",
        "# A title\n```{forum:facts}\n:session: a\n:session: b\n```\n",
        "# A title\n```{forum:facts}\n:session: 'a'\n```\n",
        "# A title\n```{forum:facts}\n\n:session: a\n```\n",
        "# A title\n```{forum:facts}\n:session: a\n\nText\n```\n",
        "# A title\n```{forum:facts}\n:session: a\n",
        "(target)=\n# A title\n",
        "# A title\n*not\nalone*\n",
        "# A title\n<!-- comment -->\n",
    ],
)
def test_all_else_is_for_myst(text: str) -> None:
    assert plain_blocks(HEAD + text) is None
    assert plain_blocks(text) is None
