"""Each construct of record texts as nodes, with its findings: the cases are in ``cases/text.txt``.

``UPDATE_SNAPSHOTS=1 pytest tests/render/test_text.py -n 0`` writes what comes out into that file.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.util.nodes import is_translatable

from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.render.text import UniqueIds, plain_text, render_inline, render_text
from sphinx_rapporteur.warnings import Subtype
from text_tools import FILE, INLINES, check_nodes, make_context, render, write_html

FILE_OF_CASES = Path(__file__).with_name("cases") / "text.txt"


def _read_cases() -> list[list[str]]:
    """Return (title, text, nodes, findings) of each case; lines with a dot alone divide them."""
    parts = FILE_OF_CASES.read_text("utf-8").split("\n.\n")
    return [parts[n : n + 4] for n in range(0, len(parts) - 3, 4)]


def _outcome(text: str) -> tuple[str, str]:
    section, findings = render(text)
    check_nodes(section.children[1:])
    write_html(section)
    tree = "".join(child.pformat() for child in section.children[1:]).rstrip("\n")
    lines = [f"{f.place.line} {f.subtype.subtype}: {f.text()}" for f in findings]
    return "\n".join(line.rstrip() for line in tree.split("\n")), "\n".join(lines)


@pytest.mark.skipif("UPDATE_SNAPSHOTS" not in os.environ, reason="writes the expected results")
def test_update() -> None:
    blocks = []
    for title, text, *_ in _read_cases():
        blocks += [title, text, *_outcome(text)]
    FILE_OF_CASES.write_text("\n.\n".join(blocks) + "\n.\n", encoding="utf-8")


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0].strip()) for case in _read_cases()])
def test_case(case: list[str]) -> None:
    _title, text, tree, findings = case
    assert _outcome(text) == (tree, findings)


def test_nodes_name_file_and_line() -> None:
    section, _ = render("one\n\ntwo *three*\nfour [five](https://example.org)\n\n- six\n  - seven\n")
    lines = {node.astext(): node.line for node in section.findall(nodes.TextElement)}
    assert lines["one"] == 10
    assert lines["three"] == 12
    assert lines["five"] == 13
    assert (lines["six"], lines["seven"]) == (15, 16)
    assert {node.source for node in section.children[1].findall(nodes.Element)} == {FILE}


def test_no_text_goes_to_the_translation_of_sphinx() -> None:
    text = "# a\n\nb\n\n- c\n\n> d\n\n```\ne\n```\n\n| f |\n|---|\n| g |\n\nh\\\ni\n\n> # j\n"
    section, _ = render(text)
    texts = [node for child in section.children[1:] for node in child.findall(nodes.TextElement)]
    assert len(texts) == 10
    assert not any(is_translatable(node) for node in texts)


def test_headings_nest_below_the_page() -> None:
    section, _ = render("### a\n\n##### b\n\n###### c\n\n#### d\n\n# e\n\n## f\n")
    tree = [(n["ids"][0], n.parent["ids"][0]) for n in section.findall(nodes.section) if n is not section]
    assert tree == [
        ("text-a", "page"),
        ("text-b", "text-a"),
        ("text-c", "text-b"),
        ("text-d", "text-a"),
        ("text-e", "page"),
        ("text-f", "text-e"),
    ]


def test_ids_are_unique_over_the_texts_of_a_page() -> None:
    ids = UniqueIds()
    seen = []
    for text in ("# a\n\n# a", "# a-2\n\n# a\n\n# 会议\n\n# 报告"):
        section, _ = render(text, ids=ids)
        seen += [node["ids"][0] for node in section.findall(nodes.section)][1:]
    assert seen == ["text-a", "text-a-2", "text-a-2-2", "text-a-3", "text-section", "text-section-2"]


def test_without_sections_headings_are_rubrics() -> None:
    section, findings = render("# a\n\nb\n\n---\n\nc", sections=False)
    assert [type(child) for child in section.children[1:]] == [nodes.rubric, nodes.paragraph, nodes.paragraph]
    assert [finding.subtype for finding in findings] == [Subtype.MARKUP]


def test_reference_gets_role_target_title_and_line() -> None:
    seen: list[tuple[str, str, str | None, int]] = []

    def xref(role: str, target: str, title: str | None, line: int) -> nodes.Node | None:
        seen.append((role, target, title, line))
        return None

    text = "a\n{forum:stat}`igf-2016/ws27/pages-removed`\nb `x\ny` {forum:person}`Susie H. <susie>`"
    section, findings = render(text, xref=xref)
    assert seen == [("stat", "igf-2016/ws27/pages-removed", None, 11), ("person", "susie", "Susie H.", 13)]
    assert section.children[1].astext() == "a\nigf-2016/ws27/pages-removed\nb x y Susie H."
    assert not findings


def test_findings_name_place_and_path() -> None:
    _, findings = render("a\nb <u>c</u>", path=("report", "summary"))
    assert [(str(f.place), f.path, f.found) for f in findings] == [
        ("sessions/a.yaml:11", ("report", "summary"), "<u>"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a *b* **c** `d`", "a b c d"),
        ("a\n\nb", "a b"),
        ("- a\n- b\n\n# c", "a b c"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("```\nx  y\n```", "x y"),
        ("a\n\n---\n\nb", "a b"),
    ],
)
def test_inline_flattens_blocks(text: str, expected: str) -> None:
    findings: list[Finding] = []
    children = render_inline(text, make_context(findings))
    check_nodes(children, INLINES)
    assert " ".join("".join(child.astext() for child in children).split()) == expected
    assert plain_text(text) == expected
    assert not findings


def test_inline_shows_directives_as_typed() -> None:
    findings: list[Finding] = []
    children = render_inline("```{note}\nx\n```", make_context(findings))
    assert [child.astext() for child in children] == ["```{note}\nx\n```"]
    assert len(findings) == 1


def test_plain_text_reads_references() -> None:
    text = (
        "{forum:person}`Susie <susie>`, {forum:stat}`a/b/c`, {abbr}`IGF (Forum)`, H{sub}`2`, {x}`y`, ![p](q)"
    )
    assert plain_text(text) == "Susie, a/b/c, IGF, H2, {x}`y`, p"
    assert (
        plain_text(text, name=lambda role, target: f"{role} {target}")
        == "Susie, stat a/b/c, IGF, H2, {x}`y`, p"
    )


def test_defaults_know_no_target() -> None:
    findings: list[Finding] = []
    context = make_context(findings)
    bare = type(context)(file=context.file, place=context.place, report=findings.append)
    parts = render_text("{forum:person}`Susie <susie>` [a](known.md) ![b](picture.png)", bare)
    assert [part.astext() for part in parts] == ["Susie a b"]
    assert len(findings) == 2
