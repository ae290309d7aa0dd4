"""Where a Sphinx build's time goes, by phase: run as ``python -m bench.phases RESULT SOURCE OUT``.

Timers stand around the functions in which the phases happen. A phase's time is its own: what a phase
inside it takes is not counted twice. Timers cost next to nothing, unlike a profiler, which makes code of
many small calls look slower than it is; the profile is made by a second build.
"""

from __future__ import annotations

import cProfile
import gc
import importlib
import io
import json
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

OTHER = "all else"
COLLECTOR = "garbage collection"
TARGETS: dict[str, tuple[str, ...]] = {
    "reading records": (
        "sphinx_rapporteur.pages.build:read_folder",
        "sphinx_rapporteur.pages.build:build_catalog",
        "sphinx_rapporteur.pages.build:check_pictures",
    ),
    "planning": (
        "sphinx_rapporteur.pages.build:make_plan",
        "sphinx_rapporteur.pages.build:_render",
        "sphinx.project:Project.discover",
        "sphinx_rapporteur.pages.project:VirtualProject.discover",
    ),
    "finding what is outdated": (
        "sphinx.environment:BuildEnvironment.get_outdated_files",
        "sphinx_rapporteur.directives.outdated:outdated",
        "sphinx_rapporteur.domain.tracking:to_write_again",
        "sphinx_rapporteur.domain.tracking:note_mentions",
    ),
    "describing components": ("sphinx_rapporteur.directives.component:describe",),
    "emitting HTML of components": ("sphinx_rapporteur.directives.component:EmitComponents._html",),
    "reading pages": ("sphinx.builders:Builder.read_doc",),
    "transforms while reading": ("sphinx.transforms:SphinxTransformer.apply_transforms",),
    "resolving": ("sphinx.environment:BuildEnvironment.apply_post_transforms",),
    "writing: body": ("sphinx.builders.html:StandaloneHTMLBuilder.write_doc",),
    "writing: template": ("sphinx.builders.html:StandaloneHTMLBuilder.handle_page",),
    "writing: context and navigation": (
        "sphinx_rapporteur.html.navigation:bound_navigation",
        "sphinx_rapporteur.html.context:add_context",
        "sphinx.builders.html:StandaloneHTMLBuilder.get_doc_context",
        "furo:_html_page_context",
    ),
    "search index": (
        "sphinx.builders.html:StandaloneHTMLBuilder.index_page",
        "sphinx.builders.html:StandaloneHTMLBuilder.dump_search_index",
        "sphinx.builders.html:StandaloneHTMLBuilder.load_indexer",
    ),
    "pickling": (
        "sphinx.builders:Builder.write_doctree",
        "sphinx.environment:BuildEnvironment.get_doctree",
        "sphinx.application:Sphinx._load_existing_env",
        "sphinx.builders:pickle.dump",
    ),
    "inventory, attributes, assets": (
        "sphinx.builders.html:StandaloneHTMLBuilder.dump_inventory",
        "sphinx_rapporteur.html.publish:write_attributes",
        "sphinx.builders.html:StandaloneHTMLBuilder.copy_static_files",
    ),
}
"""The functions of each phase; one that a version of Sphinx or of ours does not have is passed over."""


class Timers:
    """Timers that stand inside each other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = [OTHER]
        self._since = self._collecting = time.process_time()

    def switch(self, phase: str | None) -> None:
        """Enter a phase, or leave the last with nothing."""
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now
        if phase is None:
            self._open.pop()
        else:
            self._open.append(phase)

    def around(self, function: Callable[..., Any], phase: str) -> Callable[..., Any]:
        """Return a function that is timed."""

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self.switch(phase)
            try:
                return function(*args, **kwargs)
            finally:
                self.switch(None)

        return timed

    def collector(self, when: str, _info: dict[str, int]) -> None:
        """Take the garbage collector's time out of the phase in which it runs (``gc.callbacks``)."""
        now = time.process_time()
        if when == "start":
            self._collecting = now
            return
        self.seconds[COLLECTOR] += now - self._collecting
        self._since += now - self._collecting


def _place(timers: Timers) -> list[str]:
    """Put timers around all functions; return the names of those that were not found."""
    missing = []
    for phase, names in TARGETS.items():
        for name in names:
            module, _, path = name.partition(":")
            *owners, last = path.split(".")
            try:
                owner: Any = importlib.import_module(module)
                for part in owners:
                    owner = getattr(owner, part)
                # Of a class, only what it defines itself.
                function = vars(owner)[last]
            except (ImportError, AttributeError, KeyError):
                missing.append(name)
                continue
            if isinstance(function, staticmethod):
                missing.append(name)
                continue
            setattr(owner, last, timers.around(function, phase))
    return missing


def _build(source: str, out: str) -> None:
    from sphinx.cmd.build import build_main  # noqa: PLC0415  (after the timers stand)

    code = build_main(["-q", "-E", "-a", "-b", "html", "-d", f"{out}-doctrees", source, out])
    if code:
        sys.exit(code)


def by_phase(source: str, out: str) -> dict[str, Any]:
    """Build once with timers; return seconds by phase."""
    timers = Timers()
    missing = _place(timers)
    gc.callbacks.append(timers.collector)
    _build(source, out)
    gc.callbacks.remove(timers.collector)
    timers.switch(OTHER)
    ranked = sorted(timers.seconds.items(), key=lambda item: -item[1])
    return {"phases": dict(ranked), "not found": missing}


def by_function(source: str, out: str, *, count: int = 45) -> dict[str, str]:
    """Build once under a profiler; return its reports by own and by cumulative time."""
    profile = cProfile.Profile(time.process_time)
    profile.runcall(_build, source, out)
    reports = {}
    for order in ("tottime", "cumulative"):
        text = io.StringIO()
        pstats.Stats(profile, stream=text).strip_dirs().sort_stats(order).print_stats(count)
        reports[order] = text.getvalue()
    profile.dump_stats(f"{out}.pstats")
    return reports


def main() -> None:
    """Write the result of one of the two builds as JSON."""
    kind, result, source, out = sys.argv[1:]
    found = by_phase(source, out) if kind == "phases" else by_function(source, out)
    Path(result).write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
