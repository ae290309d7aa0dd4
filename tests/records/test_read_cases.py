"""The reader against a table of files and findings."""

from __future__ import annotations

import pathlib
import re
from dataclasses import dataclass

import pytest

from sphinx_rapporteur.records.finding import Finding, format_path
from sphinx_rapporteur.records.read import read_folder

CASES = pathlib.Path(__file__).parent / "cases" / "records.txt"


@dataclass(frozen=True)
class Case:
    title: str
    file: str
    text: str
    findings: list[str]
    kept: list[str]


def load_cases() -> list[Case]:
    cases = []
    for block in re.split(r"^=== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        source, _, expected = block.partition("\n---\n")
        title, file, *lines = source.split("\n")
        text = "\n".join("---" if line == "---- " else line for line in lines)
        *findings, kept = expected.strip().split("\n")
        cases.append(Case(title, file, text, findings, kept.removeprefix("kept:").split()))
    return cases


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.title)
def test_findings(case: Case, tmp_path: pathlib.Path) -> None:
    path = tmp_path / case.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(case.text, encoding="utf-8")
    found: list[Finding] = []
    records = read_folder(tmp_path, report=found.append)
    shown = [f"{f.subtype.subtype} {f.place.line} {format_path(f.path) or '-'} {f.text()}" for f in found]
    assert len(found) == len(case.findings), shown
    for line, finding in zip(case.findings, found, strict=True):
        subtype, number, place, words = line.split(" ", 3)
        assert (finding.subtype.subtype, finding.place.line, format_path(finding.path) or "-") == (
            subtype,
            int(number),
            place,
        ), shown
        assert finding.place.file == case.file
        assert words in finding.text()
    assert [loaded.record.full_id for loaded in records] == case.kept


def test_no_finding_speaks_of_pydantic(tmp_path: pathlib.Path) -> None:
    for number, case in enumerate(load_cases()):
        path = tmp_path / str(number) / case.file
        path.parent.mkdir(parents=True)
        path.write_text(case.text, encoding="utf-8")
        found: list[Finding] = []
        read_folder(tmp_path / str(number), report=found.append)
        for finding in found:
            assert not re.search(r"pydantic|Input should|tuple|\bstr\b|dict\b|\[key\]|model_", finding.text())
