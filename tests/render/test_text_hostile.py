"""Texts that try to break out: their nodes and the page made of them can do nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.render.text import plain_text, render_inline
from text_tools import INLINES, check_html, check_nodes, make_context, render, write_html

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("text-hostile.yaml").read_text("utf-8"))


def _cases() -> list[Any]:
    cases = []
    for attack, group in CASES.items():
        texts, expect = (group["texts"], group["findings"]) if isinstance(group, dict) else (group, True)
        cases += [pytest.param(text, expect, id=f"{attack}-{n}") for n, text in enumerate(texts)]
    return cases


@pytest.mark.parametrize(("text", "expect_finding"), _cases())
def test_hostile_text_stays_text(text: str, *, expect_finding: bool) -> None:
    section, findings = render(text)
    check_nodes(section.children[1:])
    check_html(write_html(section))
    assert bool(findings) is expect_finding, findings
    assert all(finding.suggestion for finding in findings)


@pytest.mark.parametrize(("text", "expect_finding"), _cases())
def test_hostile_text_stays_text_in_a_cell(text: str, *, expect_finding: bool) -> None:
    findings: list[Finding] = []
    children = render_inline(text, make_context(findings))
    check_nodes(children, INLINES)
    assert bool(findings) is expect_finding, findings
    assert isinstance(plain_text(text), str)
