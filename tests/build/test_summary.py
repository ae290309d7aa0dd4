"""What a build says of itself: how far it is, and at the end how much there was and how long it took."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from conftest import MakeSite
    from sites import Built

LINE = re.compile(
    r"^forum: ([\d,]+) records?; ([\d,]+) pages? \((\d+) read, (\d+) written\); (\d+) findings?; "
    r"data \d+\.\d s, reading pages \d+\.\d s, comparing \d+\.\d s(?:, writing \d+\.\d s)?$",
    re.MULTILINE,
)


class Said(NamedTuple):
    records: int
    pages: int
    read: int
    written: int
    findings: int


def said(built: Built) -> Said:
    lines = LINE.findall(built.status)
    assert len(lines) == 1, built.status[-2000:]
    return Said(*(int(number.replace(",", "")) for number in lines[0]))


def test_records_pages_and_findings_are_counted(make_site: MakeSite) -> None:
    site = make_site()
    site.write("data/people/flawed.yaml", "name: A\nstakeholder_group: 7\nnothing: known\n")
    site.write("docs/own.md", "---\norphan: true\n---\n# Own\n\n{forum:person}`nobody-at-all`\n")
    first = site.build()
    now = said(first)
    assert now.records == len([1 for _ in _records(first)])
    assert now.pages == now.read == now.written == len(first.read)
    assert now.findings == len(first.warnings) > 1
    again = said(site.build())
    assert again.pages == now.pages
    assert again.read == again.written == 0


def _records(built: Built) -> list[str]:
    kinds = ("events", "sessions", "people", "organizations", "indicators")
    about = re.compile(r"(?:events/[\w-]+|sessions/[\w-]+/[\w-]+|(?:people|organizations|indicators)/[\w-]+)")
    found = [name for name in built.read if name.startswith(kinds) and about.fullmatch(name)]
    return [name for name in found if "/by-" not in name and not name.endswith("/index")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_silenced_findings_do_not_count_and_parallel_ones_do(make_site: MakeSite, jobs: int) -> None:
    site = make_site()
    for number in range(12):
        site.write(f"docs/own{number}.md", "---\norphan: true\n---\n# Own\n\n{forum:person}`nobody-at-all`\n")
    assert said(site.build("html", out="one", jobs=jobs)).findings == 12
    silent = site.build("html", out="two", jobs=jobs, suppress_warnings=["rapporteur.role"])
    assert said(silent).findings == 0


def test_files_and_pages_show_how_far_a_build_is(make_site: MakeSite) -> None:
    status = make_site().build().status
    for what in ("reading records", "planning pages"):
        shown = re.findall(rf"{what}\.\.\. \[ *(\d+)%\]", status)
        assert shown
        assert shown[-1] == "100"
        assert len(shown) <= 100


def test_a_quiet_build_says_nothing(make_site: MakeSite) -> None:
    assert make_site().run("html", "-q").status == ""


def test_a_project_without_data_says_nothing_of_it(make_site: MakeSite) -> None:
    site = make_site(data=None, docs=None)
    assert "forum:" not in site.build(rapporteur_data=None).status
