"""What a build says of itself: how far it is with the data, and at the end how much there was."""

from __future__ import annotations

import logging as standard_logging
import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from sphinx.util import logging
from sphinx.util.display import status_iterator

from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.warnings import WARNING_TYPE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

T = TypeVar("T")
Watch = Callable[[Collection[T]], Iterator[T]]

logger = logging.getLogger(__name__)

_STEPS = 100
"""How often the display changes at most: each time costs as much as reading a small file."""
_COUNTED = "rapporteur_counted"
_FIRST, _LAST = 0, 999


@dataclass
class Summary:
    """What was counted and timed in one build."""

    findings: int = 0
    read: int = 0
    written: set[str] = field(default_factory=set)
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds by the name of the stage, in order."""
    _stage: str = ""
    _since: float = 0

    def begin(self, stage: str) -> None:
        """End the stage that lasts, and begin another; none if it is empty."""
        now = time.perf_counter()
        if self._stage:
            self.stages[self._stage] = self.stages.get(self._stage, 0) + now - self._since
        self._stage, self._since = stage, now


_SUMMARIES: WeakKeyDictionary[Sphinx, Summary] = WeakKeyDictionary()


class _Counter(standard_logging.Handler):
    """Counts our warnings that are shown, also those of parallel processes, each once."""

    def __init__(self, app: Sphinx, summary: Summary) -> None:
        super().__init__(standard_logging.WARNING)
        self._app, self._summary = app, summary

    def emit(self, record: Any) -> None:
        """Count a warning; Sphinx holds some back and hands them over again."""
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if kind != WARNING_TYPE or getattr(record, _COUNTED, None) == os.getpid():
            return
        setattr(record, _COUNTED, os.getpid())
        if not logging.is_suppressed_warning(kind, subtype, self._app.config.suppress_warnings):
            self._summary.findings += 1


def watch(app: Sphinx, what: str) -> Watch[Any]:
    """Return a function that yields the items given to it and shows Sphinx's progress display."""

    def show(items: Collection[T]) -> Iterator[T]:
        todo = list(items)
        size = max(1, -(-len(todo) // _STEPS))
        parts = [todo[start : start + size] for start in range(0, len(todo), size)]
        shown = status_iterator(parts, what, "darkgreen", len(parts), app.verbosity, _name)
        for part in shown if parts else ():
            yield from part

    return show


def _name(part: list[Any]) -> str:
    first = part[0]
    return str(getattr(first, "file", first))


def setup(app: Sphinx) -> None:
    """Count and time what happens in a build."""
    app.connect("builder-inited", _begin, priority=_FIRST)
    app.connect("builder-inited", lambda _app: _SUMMARIES[_app].begin(""), priority=_LAST)
    app.connect("env-before-read-docs", _begin_reading, priority=_FIRST)
    app.connect("env-updated", lambda _app, _env: _SUMMARIES[_app].begin("comparing"), priority=_FIRST)
    app.connect("env-check-consistency", lambda _app, _env: _SUMMARIES[_app].begin(""), priority=_LAST)
    app.connect("write-started", lambda _app, _builder: _SUMMARIES[_app].begin("writing"), priority=_FIRST)
    app.connect("doctree-resolved", lambda _app, _tree, docname: _SUMMARIES[_app].written.add(docname))
    app.connect("build-finished", _say, priority=_LAST)


def _begin(app: Sphinx) -> None:
    summary = _SUMMARIES[app] = Summary()
    standard_logging.getLogger(logging.NAMESPACE).addHandler(_Counter(app, summary))
    summary.begin("data")


def _begin_reading(app: Sphinx, _env: object, docnames: list[str]) -> None:
    _SUMMARIES[app].read = len(docnames)
    _SUMMARIES[app].begin("reading pages")


def _say(app: Sphinx, exception: Exception | None) -> None:
    """Say what was counted and timed in one line (``build-finished``)."""
    summary = _SUMMARIES[app]
    summary.begin("")
    workspace = workspace_of(app.env)
    if exception is not None or workspace.root is None:
        return
    times = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in summary.stages.items())
    logger.info(
        "forum: %s; %s (%d read, %d written); %s; %s",
        _number(len(workspace.plan.homes), "record"),
        _number(len(app.env.all_docs), "page"),
        summary.read,
        len(summary.written),
        _number(summary.findings, "finding"),
        times,
    )


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
