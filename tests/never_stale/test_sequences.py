"""After any sequence of edits, an incremental build leaves what a clean one does, byte for byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from edits import EDITS, Edit
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from small_forum import Forum

SEQUENCES = "RAPPORTEUR_SEQUENCES"
"""The variable of the environment that says how many sequences the slow test makes."""
# Not json and pickle: Sphinx copies no source over one that is there, and lists on a page the scripts of
# those that were written before it.
BUILDERS = ("html", "dirhtml", "singlehtml", "text", "xml")
_SHOWN_LINES = 40


class MayDiffer(NamedTuple):
    """Files that may differ, and why."""

    pattern: str
    reason: str


MAY_DIFFER = (
    MayDiffer(".buildinfo.bak", "Sphinx's copy of its note of the settings before, where there were any"),
)
LEFT_BY_PAGES = (
    MayDiffer("{}.*", "Sphinx leaves in the output what became of a page by hand that is gone"),
    MayDiffer("{}/index.html", "the same, in a folder of its own"),
    MayDiffer("_sources/{}.md.txt", "its source"),
)
"""With the name of each page by hand that was removed."""
A_CHANGE = st.tuples(st.sampled_from(EDITS), st.integers(0, 20), st.integers(0, 5))


class Start:
    """The forum with which each sequence begins, built once in this process and copied."""

    def __init__(self) -> None:
        self._top = Path(tempfile.mkdtemp(prefix="sequences-"))
        self.root = self._top / "site"
        forum = Forum.make(self.root)
        # In this process, so that all that Sphinx loads is there when others start from it.
        forum.site.build("html", out="made/html", doctrees="made/doctrees")
        shutil.copytree(self.root, self._top / "shelf")

    def take(self) -> Forum:
        """Return the forum as it was after its first build, times of change included."""
        shutil.rmtree(self.root)
        # At the same place: Sphinx starts anew elsewhere.
        shutil.copytree(self._top / "shelf", self.root)
        return Forum.found_at(self.root)


@cache
def start() -> Start:
    return Start()


class Editing(RuleBasedStateMachine):
    """A person who edits a forum and builds it after each edit."""

    def __init__(self) -> None:
        super().__init__()
        self.forum = start().take()
        self.builder = "html"

    @rule(change=A_CHANGE, jobs=st.integers(1, 2))
    def edit(self, change: tuple[Edit, int, int], jobs: int) -> None:
        self.make([change], jobs)

    @rule(changes=st.lists(A_CHANGE, min_size=2, max_size=4), jobs=st.integers(1, 2))
    def edit_several_things(self, changes: list[tuple[Edit, int, int]], jobs: int) -> None:
        self.make(changes, jobs)

    @rule(change=A_CHANGE, builder=st.sampled_from(BUILDERS))
    def edit_and_switch_the_builder(self, change: tuple[Edit, int, int], builder: str) -> None:
        self.builder = builder
        self.make([change], 1)

    @rule(change=A_CHANGE, builder=st.sampled_from(BUILDERS))
    def build_for_another_in_between(self, change: tuple[Edit, int, int], builder: str) -> None:
        before, self.builder = self.builder, builder
        self.make([change], 1)
        self.builder = before
        self.make([], 1)

    def make(self, changes: Iterable[tuple[Edit, int, int]], jobs: int) -> None:
        for edit, which, what in changes:
            edit(self.forum, which, what)
        self.forum.write()
        one, other = self.built(jobs), self.built_anew()
        differing = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
        assert not differing, f"{self.builder}: {_described(one, other, differing)}"

    def built(self, jobs: int = 1) -> dict[str, bytes]:
        """Return the files of a build."""
        built = self.forum.site.build_apart(
            self.builder, out=f"made/{self.builder}", doctrees="made/doctrees", jobs=jobs
        )
        gone = self.forum.former_pages - self.forum.pages.keys()
        left = (one.pattern.format(name) for name in gone for one in LEFT_BY_PAGES)
        return built.files(except_for=(*left, *(one.pattern for one in MAY_DIFFER)))

    def built_anew(self) -> dict[str, bytes]:
        """Return the files of a build that starts with nothing, at the same place: some hold its name."""
        made, kept = self.forum.site.root / "made", self.forum.site.root / "kept"
        made.rename(kept)
        try:
            return self.built()
        finally:
            shutil.rmtree(made, ignore_errors=True)
            kept.rename(made)


def _described(one: dict[str, bytes], other: dict[str, bytes], paths: list[str]) -> str:
    lines = []
    for path in paths:
        if path in one and path in other:
            before, after = (side[path].decode("utf-8", "replace").splitlines() for side in (one, other))
            changes = [line[:300] for line in unified_diff(before, after, n=0, lineterm="")]
            lines += [f"{path}: {line}" for line in changes if not line.startswith(("@@", "---", "+++"))]
        else:
            lines.append(f"{path}: only in the {'incremental' if path in one else 'clean'} build")
    return "\n".join([", ".join(paths), *lines[:_SHOWN_LINES]])


def _run(count: int, **options: Any) -> None:
    chosen = settings(
        max_examples=count,
        stateful_step_count=3,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        **options,
    )
    run_state_machine_as_test(Editing, settings=chosen)


def test_sequences_of_edits() -> None:
    _run(4, derandomize=True, database=None)


@pytest.mark.slow
def test_many_sequences_of_edits() -> None:
    _run(int(os.environ.get(SEQUENCES, "100")))
