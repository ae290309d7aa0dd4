"""A failure inside our own code while it handles one record: said once with its place, and that record alone.

Every function of ours that is called with a certain record in a healthy build is made to fail over it.
"""

from __future__ import annotations

import functools
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, FunctionType, ModuleType
from typing import Any

import pytest

from sites import CONF, Built, Site
from sphinx_rapporteur.cli.checked import check_folder
from sphinx_rapporteur.records.answers import FUNCTIONS
from sphinx_rapporteur.records.failure import HOW_TO_REPORT
from sphinx_rapporteur.records.model import Record
from sphinx_rapporteur.records.read.record import Draft
from sphinx_rapporteur.warnings import Subtype
from tried import Tried

PACKAGE = "sphinx_rapporteur"
FAILING = "functions of ours, each made to fail over a record"
TITLE = "A talk that our code fails over"
FILE = "data/sessions/quay/talk.yaml"
EVENT = """\
name: Quay Days
start: 2024-05-06
end: 2024-05-08
rooms: [{id: hall, name: Hall}]
"""
TALK = f"""\
# the record begins below
title: {TITLE}
start: 2024-05-06T10:00
end: 2024-05-06T11:00
room: hall
tags: [Ships]
sdgs: ['14.1']
people: [{{person: ada}}, {{name: Bo Dahl, role: chair}}]
summary: A summary.
report: Some *words*.
statistics: [{{id: boats, label: boats, value: 12, said_by: ada, indicator: calls}}]
quotes: [{{id: sea, text: The sea, said_by: ada}}]
outcomes: [{{id: again, kind: takeaway, text: Again.}}]
resources: [{{title: Slides, url: 'https://example.org'}}]
report_by: [{{person: ada}}]
"""
OTHER = """\
title: Another talk
start: 2024-05-07T10:00
end: 2024-05-07T11:00
room: hall
people: [{person: ada}]
report: Other words.
statistics: [{id: gulls, label: gulls, value: 7, said_by: ada}]
"""
FILES = {
    "data/events/quay.yaml": EVENT,
    FILE: TALK,
    "data/sessions/quay/other.yaml": OTHER,
    "data/people/ada.yaml": "name: Ada Berg\nbio: Counts.\n",
    "data/indicators/calls.yaml": "name: Calls\n",
    "docs/index.md": "# Home\n\n```{toctree}\n:glob:\n\n*/index\n```\n",
}
WIRING = ("sphinx_rapporteur.records.failure", "sphinx_rapporteur.records.model")
"""What catches failures, and the records themselves, without which no place could be said."""


def is_meant(value: object) -> bool:
    """Whether a value is the record, or the record that holds it."""
    return isinstance(value, Record) and getattr(value, "title", None) == TITLE


def healthy(root: Path) -> Site:
    site = Site(root, data=None, docs=None, conf=CONF)
    for path, text in FILES.items():
        site.write(path, text)
    return site


@functools.cache
def functions() -> tuple[FunctionType, ...]:
    """Return the functions of ours that are called with the record in a build, by their place in the code."""
    met: dict[Any, None] = {}

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or code in met or f"/{PACKAGE}/" not in code.co_filename:
            return
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if any(is_meant(frame.f_locals.get(name)) for name in names):
            met[code] = None

    with tempfile.TemporaryDirectory() as folder:
        site = healthy(Path(folder) / "site")
        sys.setprofile(watch)
        try:
            site.build()
        finally:
            sys.setprofile(None)
    by_code = {function.__code__: function for function in ours()}
    found = [by_code[code] for code in met if code in by_code]
    return tuple(sorted(found, key=lambda one: (one.__module__, one.__code__.co_firstlineno)))


def modules() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if name.partition(".")[0] == PACKAGE]


def ours() -> Iterator[FunctionType]:
    # A closure holds them, where nothing can be put in their place.
    held = {seen for _function, seen in FUNCTIONS.values()}
    for holder, name, value in places():
        is_wiring = value in held if isinstance(value, FunctionType) else False
        is_wiring |= isinstance(holder, type) and name in ("origin", "place")
        if isinstance(value, FunctionType) and not value.__module__.startswith(WIRING) and not is_wiring:
            yield value


def places() -> Iterator[tuple[Any, str, Any]]:
    """Yield all that has a name in our modules and classes, with what holds it."""
    for module in modules():
        for name, value in list(vars(module).items()):
            yield module, name, value
            if isinstance(value, type) and value.__module__ == module.__name__:
                yield from ((value, inner, held) for inner, held in list(vars(value).items()))


def make_fail(monkeypatch: pytest.MonkeyPatch, function: FunctionType) -> None:
    """Make a function fail over the record wherever it is called from."""

    @functools.wraps(function)
    def failing(*arguments: Any, **named: Any) -> Any:
        record = next(filter(is_meant, (*arguments, *named.values())), None)
        if record is not None:
            raise ZeroDivisionError("on purpose")
        return function(*arguments, **named)

    for holder, name, value in list(places()):
        if value is function:
            monkeypatch.setattr(holder, name, failing)
        elif isinstance(value, dict) and isinstance(holder, ModuleType):
            for key in [key for key, held in value.items() if held is function]:
                monkeypatch.setitem(value, key, failing)
        elif isinstance(value, tuple) and function in value and isinstance(holder, ModuleType):
            monkeypatch.setattr(holder, name, tuple(failing if one is function else one for one in value))


def check_built(built: Built, function: Callable[..., Any]) -> None:
    internal = [one for one in built.warnings if one.subtype == "rapporteur.internal"]
    assert internal, f"{function.__qualname__}: nothing was said\n{built.output}"
    assert {(one.file, one.line) for one in internal} == {(FILE, 2)}, built.output
    assert all("ZeroDivisionError: on purpose" in one.message for one in internal)
    assert all(HOW_TO_REPORT in one.message for one in internal)
    other = built.page("sessions/quay/other.html").text()
    for words in ("Another talk", "Ada Berg", "Other words.", "gulls"):
        assert words in other
    for index in ("sessions/index.html", "events/quay.html", "people/ada.html"):
        assert "Another talk" in built.page(index).text(), index
    assert "Ada Berg" in built.page("people/index.html").text()


def test_there_are_many_functions() -> None:
    assert len(functions()) > 50


def _try(root: Path, chosen: tuple[FunctionType, ...]) -> None:
    problems = []
    for number, function in enumerate(chosen):
        name = f"{function.__module__}.{function.__qualname__}"
        with pytest.MonkeyPatch.context() as monkeypatch:
            make_fail(monkeypatch, function)
            try:
                check_built(healthy(root / f"site-{number}").build(), function)
            except AssertionError as error:
                problems.append(f"{name}: {error}")
            except Exception as error:  # noqa: BLE001
                problems.append(f"{name} ends the build: {error}")
    assert not problems, "\n".join(problems)


def test_a_failure_costs_one_record(tmp_path: Path, tried: Tried) -> None:
    _try(tmp_path, functions()[::9])
    tried("build", FAILING, len(functions()[::9]))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(1, 9))
def test_a_failure_anywhere_costs_one_record(tmp_path: Path, part: int, tried: Tried) -> None:
    _try(tmp_path, functions()[part::9])
    tried("build", FAILING, len(functions()[part::9]))


def test_the_check_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle = Draft.settle
    monkeypatch.setattr(Draft, "settle", lambda draft: 1 / 0 if draft.stem == "talk" else settle(draft))
    site = healthy(tmp_path / "site")
    checked = check_folder(site.data, base=site.root)
    assert [str(one.place) for one in checked.findings if one.subtype is Subtype.INTERNAL] == [f"{FILE}:2"]
    assert checked.records == 4


@pytest.mark.parametrize("flags", [("-T",), ("-qT",), ("--show-traceback",), ()])
def test_a_traceback_is_shown_where_it_is_asked_for(tmp_path: Path, flags: tuple[str, ...]) -> None:
    site = healthy(tmp_path / "site")
    site.conf(
        CONF + "from sphinx_rapporteur.render.describe import COMPONENTS\n"
        "def fail(context, options):\n    raise ZeroDivisionError('on purpose')\n"
        "COMPONENTS['people'] = fail\n"
    )
    built = site.run("html", *flags)
    assert built.code == 0
    assert "ZeroDivisionError: on purpose" in built.output
    assert ("in fail\n" in built.output) is bool(flags)
