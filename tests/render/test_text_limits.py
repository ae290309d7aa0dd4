"""Texts that are large or made to be slow: the time is bounded, and no word gets lost."""

from __future__ import annotations

import time

import pytest
from docutils import nodes

from sphinx_rapporteur.render.text.context import MAX_FINDINGS
from sphinx_rapporteur.render.text.syntax import MAX_CELLS, MAX_DEPTH, MAX_LENGTH, MAX_ROWS
from text_tools import check_nodes, render, write_html

SIZE = 20_000
# Linear work on this size takes well under a second; quadratic takes minutes.
SECONDS = 10
REPEATED = [
    *(
        "[",
        "![",
        "*",
        "**",
        "_",
        "`",
        "```",
        "<",
        ">",
        "> ",
        "- ",
        "1. ",
        "#",
        "\\",
        "&",
        "{",
        "{{",
        "{%",
        "|",
    ),
    *(
        "[a](",
        "[a](<b",
        "![a](",
        "[![a](",
        "[a]: ",
        "[a]: b\n",
        "[a]: /b\n",
        "[a]:\n",
        "[^",
        "[^1]",
        "]",
        "[]",
    ),
    *(
        "<a ",
        "<!--",
        "<a@",
        "<http:",
        "{a}`",
        "{a}``",
        "{a}`b`",
        "*a ",
        "*a *",
        " *a_ ",
        "a**b",
        "*a**b ",
        "~~a",
    ),
    *(
        ":::{",
        "> \n",
        "> - ",
        "- a\n",
        "* - ",
        "a\n- ",
        "    a\n",
        "\t",
        "\n",
        "~~~\n",
        "|a|\n",
        "|a|\n|-|\n",
    ),
    *(
        "a|b\n-|-\n",
        "# a\n",
        "a\n=\n",
        "***\n",
        "a  \n",
        "&amp;",
        "&#x202e;",
        "<b>",
        "</b>",
        "(a)=\n",
        "[a][b] ",
    ),
    *("a" * 10_001 + "\n", " " * 10_001 + "a\n", "\u202e", "é"),
]


@pytest.mark.parametrize("unit", REPEATED)
def test_repetition_takes_bounded_time(unit: str) -> None:
    start = time.process_time()
    section, findings = render((unit * SIZE)[:SIZE])
    assert time.process_time() - start < SECONDS
    check_nodes(section.children[1:])
    assert len(findings) <= MAX_FINDINGS


@pytest.mark.parametrize(
    "text",
    [
        "*" * 5_000 + "a" + "*" * 5_000,
        "**a " * 3_000 + "b** " * 3_000,
        "[" * 5_000 + "a" + "](b)" * 5_000,
        "![" * 3_000 + "a" + "](b)" * 3_000,
        "".join("a" + "`" * n for n in range(200)),
        "".join(" " * (2 * n) + "- a\n" for n in range(150)),
        "".join(">" * n + " a\n" for n in range(150)),
        "".join(f"[a{n}]: /b\n" for n in range(1_000)) + "\n" + "".join(f"[a{n}] " for n in range(1_000)),
    ],
)
def test_nesting_takes_bounded_time_and_depth(text: str) -> None:
    start = time.process_time()
    section, findings = render(text)
    assert time.process_time() - start < SECONDS
    check_nodes(section.children[1:])
    write_html(section)
    assert _depth(section) < 70
    assert findings or "`" in text


def _depth(node: nodes.Node) -> int:
    depth = 0
    level = [node]
    while level:
        depth += 1
        level = [child for parent in level for child in parent.children]
    return depth


def test_what_is_nested_too_deep_is_shown() -> None:
    section, findings = render(">" * (MAX_DEPTH + 5) + " deep *word*\n\nafter")
    assert ">>>>> deep *word*" in section.astext()
    assert section.children[-1].astext() == "after"
    assert len(findings) == 1
    section, findings = render(">" * (MAX_DEPTH - 1) + " deep *word*")
    assert "deep word" in section.astext()
    assert not findings


def test_emphasis_nested_too_deep_is_shown_as_typed() -> None:
    section, findings = render("*a **b " * 30 + "c" + "** d*" * 30)
    words = section.children[1].astext()
    assert all(words.count(letter) == count for letter, count in (("a", 30), ("b", 30), ("c", 1), ("d", 30)))
    assert findings


def test_a_wide_table_is_shown_as_typed() -> None:
    text = "|a" * 60 + "|\n" + "|-" * 60 + "|\n" + "|b" * 60 + "|"
    section, findings = render(text)
    assert section.children[1].astext() == text
    assert len(findings) == 1


def test_the_rest_of_a_long_table_is_shown_as_typed() -> None:
    section, findings = render("|a|b|\n|-|-|\n" + "|c|d|\n" * (MAX_ROWS + 3) + "\nafter")
    table, rest, after = section.children[1:]
    assert isinstance(table, nodes.table)
    assert len(list(table.findall(nodes.row))) == MAX_ROWS + 1
    assert rest.astext() == "|c|d|\n|c|d|\n|c|d|"
    assert after.astext() == "after"
    assert [finding.place.line for finding in findings] == [MAX_ROWS + 12]


def test_all_tables_of_a_text_share_a_limit() -> None:
    table = "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "|\n" * 1_000 + "\n"
    section, findings = render(table * 4)
    assert len(list(section.findall(nodes.entry))) <= MAX_CELLS
    assert findings


def test_a_text_over_the_limit_is_plain() -> None:
    text = "*a* <b>\n\n- b\n\n" * (MAX_LENGTH // 14 + 1)
    section, findings = render(text)
    assert {type(child) for child in section.children[1:]} == {nodes.paragraph}
    assert section.children[1].astext() == "*a* <b>"
    assert [child.line for child in section.children[1:4]] == [10, 12, 14]
    assert len(findings) == 1


def test_findings_are_summed_up() -> None:
    _, findings = render("<b> " * 1_000)
    assert len(findings) == MAX_FINDINGS
    assert "more" in findings[-1].message


def test_a_found_text_is_quoted_short_and_visible() -> None:
    _, findings = render("<b " + "\t\u2028" * 100 + ">")
    assert len(findings[0].found) <= 61
    assert findings[0].found.startswith("<b \\t\\u2028")
