"""Builds that are killed, that run side by side, or that find the files of another build damaged."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from edits import EDITS
from small_forum import Forum

from sites import Built
from sphinx_rapporteur.domain.objects import ForumDomain

KILLS = "RAPPORTEUR_KILLS"
"""The variable of the environment that says how often the slow test kills a build."""
_FORK = multiprocessing.get_context("fork")
NO_DOCTREES = (".buildinfo.bak",)


def unequal(one: Built, other: Built) -> list[str]:
    left, right = one.files(except_for=NO_DOCTREES), other.files(except_for=NO_DOCTREES)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def clean_build(forum: Forum, builder: str = "html") -> Built:
    shutil.rmtree(forum.site.root / "clean", ignore_errors=True)
    return forum.site.build_apart(builder, out=f"clean/{builder}", doctrees="clean/doctrees")


def made(forum: Forum, builder: str = "html", **options: Any) -> Built:
    return forum.site.build_apart(builder, out=f"made/{builder}", doctrees="made/doctrees", **options)


@pytest.fixture
def forum(tmp_path: Path) -> Forum:
    forum = Forum.make(tmp_path / "site")
    made(forum)
    return forum


def edit(forum: Forum) -> None:
    forum.records["sessions", "frogs"]["statistics"][0]["value"] = "41"
    forum.records["people", "ada"]["name"] = "Ada Lund"
    forum.pages["notes/plain"] = "# Not so plain\n\n{forum:person}`bo`\n"
    forum.write()


# --- killed at a given point

POINTS = {
    "before reading": "env-before-read-docs",
    "while reading": "source-read",
    "after reading a page": "doctree-read",
    "before the environment is saved": "env-updated",
    "when it is saved": "env-check-consistency",
    "before writing": "write-started",
    "while writing": "html-page-context",
    "at the end": "build-finished",
}


def _kill_at(event: str, after: int) -> Callable[[Any], None]:
    def prepare(app: Any) -> None:
        seen = iter(range(after, -1, -1))

        def die(*_args: object) -> None:
            if next(seen, 0) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        app.connect(event, die, priority=1)

    return prepare


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("then", ["as it is", "with the edit undone"])
def test_killed_at_any_point_and_run_again(forum: Forum, point: str, then: str) -> None:
    before = forum.records["sessions", "frogs"]["statistics"][0]["value"]
    edit(forum)
    with pytest.raises(EOFError):  # nothing comes back from it
        made(forum, prepare=_kill_at(POINTS[point], after=2 if "while" in point else 0))
    if then == "with the edit undone":
        forum.records["sessions", "frogs"]["statistics"][0]["value"] = before
        forum.write()
    assert unequal(made(forum), clean_build(forum)) == []


def test_an_interrupted_build_says_one_line(forum: Forum) -> None:
    edit(forum)
    with pytest.raises(EOFError):
        made(forum, prepare=_kill_at("html-page-context", after=1))
    assert made(forum).status.count("was interrupted") == 1
    assert "was interrupted" not in made(forum).status


# --- killed at random moments


@pytest.mark.slow
def test_killed_at_random_moments_and_run_again(forum: Forum) -> None:
    dice = random.Random(5)
    killed = 0
    for _round in range(int(os.environ.get(KILLS, "40"))):
        for _edit in range(dice.randint(1, 3)):
            dice.choice(EDITS)(forum, dice.randrange(21), dice.randrange(6))
        forum.write()
        jobs = dice.choice((1, 2))
        process = _FORK.Process(target=made, args=(forum,), kwargs={"jobs": jobs})
        alive, held = os.pipe()
        process.start()
        os.close(held)
        time.sleep(dice.uniform(0.02, 1.5))
        process.kill()
        process.join()
        # What parallel processes of the killed build are at, they end; the last closes the pipe.
        os.read(alive, 1)
        os.close(alive)
        killed += process.exitcode == -signal.SIGKILL
        gone = forum.former_pages - forum.pages.keys()
        ours, other = made(forum), clean_build(forum)
        assert [name for name in unequal(ours, other) if not name.startswith(tuple(_left(gone)))] == []
    assert killed


def _left(gone: set[str]) -> list[str]:
    """What Sphinx leaves of pages by hand that are gone."""
    return [f"{top}{name}." for name in gone for top in ("", "_sources/")]


# --- side by side


def test_two_builds_at_once_do_not_disturb_each_other(forum: Forum) -> None:
    edit(forum)
    processes = [
        _FORK.Process(
            target=forum.site.build,
            args=("html",),
            kwargs={"out": f"{name}/html", "doctrees": f"{name}/trees"},
        )
        for name in ("one", "two")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    expected = clean_build(forum)
    for name in ("one", "two"):
        built = Built(forum.site, forum.site.root / name / "html", "", "", 0)
        assert unequal(built, expected) == []


# --- damaged or of another version


def _files(forum: Forum) -> list[Path]:
    trees = forum.site.root / "made/doctrees"
    return sorted(path for path in trees.rglob("*") if path.is_file())


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "something else": lambda _data: b"nothing of the kind\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damaged_file_of_the_last_build_is_made_anew(forum: Forum, damage: str) -> None:
    kinds = {(path.suffix, path.parent.name if not path.suffix else ""): path for path in _files(forum)}
    assert (".pickle", "") in kinds
    assert (".doctree", "") in kinds
    whole = forum.site.root / "whole"
    shutil.copytree(forum.site.root / "made", whole)
    for path in kinds.values():
        shutil.rmtree(forum.site.root / "made")
        shutil.copytree(whole, forum.site.root / "made")
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
        edit(forum)
        assert unequal(made(forum), clean_build(forum)) == [], path.name


def test_all_of_the_last_build_damaged(forum: Forum) -> None:
    for path in _files(forum):
        path.write_bytes(path.read_bytes()[:10])
    assert unequal(made(forum), clean_build(forum)) == []


@pytest.mark.parametrize("name", ["environment.pickle", "sessions/pond/frogs.doctree"])
def test_damage_is_said_in_one_line(forum: Forum, name: str) -> None:
    (forum.site.root / "made/doctrees" / name).write_bytes(b"nothing of the kind\n")
    said = made(forum).status
    assert said.count("failed: ") + said.count("read again") == 1


def test_an_environment_of_another_version_is_made_anew(forum: Forum) -> None:
    edit(forum)
    version = ForumDomain.data_version
    ForumDomain.data_version = version + 1
    try:
        built = made(forum)
    finally:
        ForumDomain.data_version = version
    assert "failed: " in built.status
    assert len(built.read) == len(clean_build(forum).read)
