"""A thousand good sessions and two hundred broken ones: exactly the good ones are built."""

from __future__ import annotations

import os
import resource
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sites import CONF, Site

if TYPE_CHECKING:
    from tried import Tried

GOOD, BROKEN = 1_000, 200
EVENT = "name: Quay Days\nstart: 2024-05-06\nend: 2024-06-20\ntimezone: UTC\n"
HEAD = "title: Broken STEM\nstart: 2024-05-06\n"
Make = Callable[[Path], None]


def text(content: str, encoding: str = "utf-8") -> Make:
    """Write some text, in which ``STEM`` becomes the name of the file."""

    def make(path: Path) -> None:
        path.write_bytes(content.replace("STEM", path.stem).encode(encoding))

    return make


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def circle(path: Path) -> None:
    path.symlink_to(path)


YAML, JSON, TOML = ".yaml", ".json", ".toml"
SORTS: dict[str, tuple[Make, str, int, str]] = {
    "no YAML": (text(HEAD + "report: [\n"), "syntax", 3, YAML),
    "a tab": (text(HEAD + "\tnumber: 1\n"), "syntax", 3, YAML),
    "a mark of a merge": (text(HEAD + "<<<<<<< ours\nnumber: 1\n"), "syntax", 3, YAML),
    "not UTF-8": (text(HEAD + "number: \xe9\n", "latin-1"), "unreadable", 3, YAML),
    "UTF-16": (text(HEAD, "utf-16"), "unreadable", 1, YAML),
    "a control character": (text(HEAD + "number: a\x00b\n"), "syntax", 3, YAML),
    "nested too deep": (text(HEAD + "x-a: " + "[" * 30 + "]" * 30 + "\n"), "limit", 3, YAML),
    "aliases of aliases": (text("x-a: &a [1]\nx-b: [" + "*a, " * 200 + "]\n" + HEAD), "limit", 2, YAML),
    "too many values": (text(HEAD + "x-a: [" + "1, " * 200_001 + "]\n"), "limit", 3, YAML),
    "too large": (text(HEAD + "report: " + "x" * 2_000_001), "limit", 1, YAML),
    "no title": (text("start: 2024-05-06\n"), "value", 1, YAML),
    "a title twice": (text("title: [1]\nstart: 2024-05-06\n"), "value", 1, YAML),
    "an unknown key that withholds": (text(HEAD + "witheld: true\n"), "unknown-key", 3, YAML),
    "withheld maybe": (text(HEAD + "withheld: maybe\n"), "value", 3, YAML),
    "an id of another form": (text(HEAD + "id: Not An Id\n"), "bad-id", 3, YAML),
    "an id of great length": (text(HEAD + f"id: {'a' * 300}\n"), "bad-id", 3, YAML),
    "another's id": (text(HEAD + "id: good-7\n"), "duplicate-id", 3, YAML),
    "an event that is none": (text(HEAD + "event: STEM\n"), "reference", 3, YAML),
    "no mapping": (text("just words\n"), "value", 1, YAML),
    "nothing": (text(""), "value", 1, YAML),
    "a number of 5,000 digits for a title": (text("title: {a: " + "9" * 5_000 + "}\n"), "value", 1, YAML),
    "no title, JSON": (text('{"start": "2024-05-06"}'), "value", 1, JSON),
    "a title that is no number, JSON": (text('{\n"title": NaN}'), "syntax", 2, JSON),
    "cut off, JSON": (text('{"title": "Broken STEM",\n"start": '), "syntax", 2, JSON),
    "nested too deep, JSON": (text('{"title": "T",\n"x-a": ' + "[" * 30 + "]" * 30 + "}"), "limit", 2, JSON),
    "no TOML": (text("title = 'Broken STEM'\nstart = \n"), "syntax", 2, TOML),
    "a key twice, TOML": (text("title = 'Broken STEM'\ntitle = 'x'\n"), "syntax", 2, TOML),
    "5,000 digits, TOML": (
        text(f"title = 'Broken STEM'\nnumber = {'9' * 5_000}\nx-a = 1\n"),
        "syntax",
        2,
        TOML,
    ),
    "steps of a key, TOML": (text("title = 'Broken STEM'\n" + "a." * 100 + "a = 1\n"), "limit", 2, TOML),
    "a name in capitals": (text(HEAD), "bad-id", 1, ".Copy.yaml"),
    "a pipe": (pipe, "unreadable", 1, YAML),
    "a link out of the folder": (link, "unreadable", 1, YAML),
    "a link to itself": (circle, "unreadable", 1, YAML),
}
"""How a file is made, what is found in it and in which line, and the ending of its name."""


def write_site(root: Path, *, broken: int) -> tuple[Site, Counter[tuple[str, str, int]]]:
    """Return a site, and what has to be found in it."""
    site = Site(root, data=None, docs=None, conf=CONF + 'html_theme = "basic"\n')
    site.write("docs/index.md", "# Home\n\n```{toctree}\n:glob:\n\n*/index\n```\n")
    site.write("data/events/quay.yaml", EVENT)
    for number in range(GOOD):
        session = f"title: Good {number}\nstart: 2024-05-06\nreport: Words of {number}.\n"
        site.write(f"data/sessions/quay/good-{number}.yaml", session)
    expected: Counter[tuple[str, str, int]] = Counter()
    for number in range(broken):
        name = list(SORTS)[number % len(SORTS)]
        make, subtype, line, suffix = SORTS[name]
        file = f"data/sessions/quay/z-broken-{number}{suffix}"
        make(site.root / file)
        expected[f"rapporteur.{subtype}", file, line] += 1
    return site, expected


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_exactly_the_good_ones_are_built(tmp_path: Path, tried: Tried) -> None:
    """Both sites are built in processes of their own, of which each takes as long as the other to start."""
    cpu = {}
    for broken in (0, BROKEN):
        site, expected = write_site(tmp_path / f"with-{broken}", broken=broken)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        built = site.run()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu[broken] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        assert built.code == 0
        pages = {path.relative_to(built.out).as_posix() for path in built.out.glob("sessions/**/*.html")}
        assert pages == {
            "sessions/index.html",
            *(f"sessions/quay/good-{number}.html" for number in range(GOOD)),
        }
        assert Counter(built.found) == expected
        for number in range(GOOD):
            page = (built.out / f"sessions/quay/good-{number}.html").read_text("utf-8")
            assert f"Words of {number}." in page
            assert "Broken" not in page
    ratio = cpu[BROKEN] / cpu[0]
    said = f"{cpu[BROKEN]:.1f} CPU seconds, {cpu[0]:.1f} for the good ones alone: {ratio:.2f} times"
    print(f"\n{GOOD} good sessions and {BROKEN} broken ones: {said}")  # noqa: T201
    tried("build", "sessions broken in every way among 1,000 good ones", BROKEN, note=said)


@pytest.mark.parametrize("name", SORTS)
def test_one_finding_for_each_sort(name: str, tmp_path: Path) -> None:
    make, subtype, line, suffix = SORTS[name]
    site = Site(tmp_path / "site", data=None, docs=None)
    site.write("data/events/quay.yaml", EVENT)
    site.write("data/sessions/quay/good-7.yaml", "title: Good\nstart: 2024-05-06\n")
    file = f"data/sessions/quay/z-broken{suffix}"
    make(site.root / file)
    built = site.build()
    assert built.found == [(f"rapporteur.{subtype}", file, line)], built.output
    assert (built.out / "sessions" / "quay" / "good-7.html").is_file()
