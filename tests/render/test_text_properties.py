"""What holds for every text: no exception, allowed nodes only, a page that cannot act, words that survive."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.render.text import plain_text, render_inline
from text_tools import INLINES, check_html, check_nodes, make_context, render, write_html

UNITS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "`",
            "```",
            "~~~",
            "[",
            "]",
            "(",
            ")",
            "!",
            "<",
            ">",
            "&",
            ";",
            "#",
            "\\",
            "|",
            "-",
            "+",
        ),
        *(
            "\n",
            "\n\n",
            "  \n",
            "    ",
            "\t",
            " ",
            "---\n",
            "===\n",
            "- ",
            "1. ",
            "> ",
            "|-|\n",
            "| a | b |\n",
        ),
        *(
            "[a](",
            "![",
            "](",
            "[a]: ",
            "javascript:",
            "https://a.b",
            "mailto:a@b.c",
            "known.md",
            "picture.png",
        ),
        *(
            "<script>",
            "</b>",
            "<!--",
            "{{",
            "}}",
            "{%",
            ":::{",
            "```{note}\n",
            "[^1]",
            "{forum:person}`",
            "{sub}`",
        ),
        *(
            "susie",
            "<susie>",
            "&#x202e;",
            "&colon;",
            "&Tab;",
            "\0",
            "\x1b",
            "\ufeff",
            "\ud800",
            "é",
            "会",
            "a",
            "b",
        ),
        *('"', "'", "on=", "%0a", "//", "\r", "\u2028", "\x85"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(UNITS, max_size=40).map("".join))
ANY = st.one_of(TEXTS, st.text(st.characters(), max_size=50))
WORDS = st.lists(st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True), min_size=1, max_size=30)


@given(ANY)
@settings(deadline=None, max_examples=300)
def test_any_text_gives_allowed_nodes(text: str) -> None:
    section, _ = render(text)
    check_nodes(section.children[1:])


@given(ANY)
@settings(deadline=None, max_examples=150)
def test_any_text_gives_a_page_that_cannot_act(text: str) -> None:
    section, _ = render(text)
    check_html(write_html(section))


@given(ANY)
@settings(deadline=None, max_examples=200)
def test_any_text_fits_into_a_cell(text: str) -> None:
    findings: list[Finding] = []
    check_nodes(render_inline(text, make_context(findings)), INLINES)
    words = plain_text(text)
    assert words == " ".join(words.split())
    words.encode()


@given(WORDS, st.data())
@settings(deadline=None)
def test_words_of_a_paragraph_survive(words: list[str], data: st.DataObject) -> None:
    spaces = data.draw(st.lists(st.sampled_from([" ", "\n"]), min_size=len(words), max_size=len(words)))
    text = "".join(word + space for word, space in zip(words, spaces, strict=True))
    section, findings = render(text)
    assert section.children[1].astext().split() == words
    assert plain_text(text).split() == words
    assert not findings
