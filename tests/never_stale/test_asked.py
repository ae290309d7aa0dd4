"""A page whose questions are answered as before shows what it showed, and need not be described."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from edits import EDITS
from small_forum import Forum

from sphinx_rapporteur.directives import outdated

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from sphinx.environment import BuildEnvironment


def test_no_page_differs_whose_questions_are_answered_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum = Forum.make(tmp_path / "site")
    forum.site.build()
    is_answered, differs = outdated._is_answered_as_before, outdated._differs
    met: Counter[tuple[bool, bool]] = Counter()
    missed = []
    done = "nothing"

    def both(env: BuildEnvironment, docname: str) -> bool:
        found = is_answered(env, docname), differs(env, docname)
        met[found] += 1
        if found == (True, True):
            missed.append((docname, done))
        return found[0]

    monkeypatch.setattr(outdated, "_is_answered_as_before", both)
    for number, edit in enumerate(EDITS):
        done = f"{edit.__name__} {number}"
        edit(forum, number, number % 5)
        forum.write()
        forum.site.build()
    assert not missed
    # Both ways are gone, often.
    assert met[True, False] > 20 < met[False, True]
