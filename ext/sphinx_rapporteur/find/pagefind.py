"""The index of Pagefind, made of the records when all pages are written, and the page that asks it.

Sphinx's own index stays: where a browser cannot load Pagefind's, as from a folder on disk, the page asks it.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sphinx.util.display import progress_message

from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.find.entries import Entry, entries
from sphinx_rapporteur.pages.build import is_generated
from sphinx_rapporteur.pages.builders import SITES
from sphinx_rapporteur.pages.once import report_for
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

FOLDER = "rapporteur-search"
"""In the output: the index, which nothing else may be in."""
PAGEFIND = "pagefind"
MOST_ENTRIES = 12_000
"""How many entries an index holds.

Its table of them, some seven bytes for each, is loaded before the first results.
"""
_PARTS = "parts.json"
"""The file that says which indexes there are, and of which kinds of things."""
_NOT_USED = (
    "pagefind-*ui.*",
    "pagefind-highlight.js",
    "pagefind-worker.js",
    "*/pagefind*.js",
    "*/pagefind*.css",
    "*/wasm.*",
)
_PAGE = "search"
_MAIN = re.compile(r"<[a-z]+\b[^<>]*\srole=\"main\"[^<>]*>")
_FALLBACK = ("_static/language_data.js", "_static/searchtools.js", "searchindex.js")


def is_wanted(app: Sphinx) -> bool:
    """Whether this build makes an index for Pagefind."""
    workspace = workspace_of(app.env)
    wants = workspace.settings.search == PAGEFIND and workspace.root is not None
    return wants and app.builder.name in SITES and find_spec(PAGEFIND) is not None


def report_missing(app: Sphinx) -> None:
    """Say so if Pagefind is asked for and not installed (``builder-inited``)."""
    if workspace_of(app.env).settings.search == PAGEFIND and find_spec(PAGEFIND) is None:
        warn(
            Subtype.SETTING,
            'rapporteur_search in conf.py: Pagefind is not installed (pip install "pagefind[bin]"); '
            "Sphinx's own search is used",
        )


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index anew, or remove what an earlier build left (``build-finished``)."""
    folder = Path(app.outdir, FOLDER)
    if exception is not None:
        return
    shutil.rmtree(folder, ignore_errors=True)
    if not is_wanted(app):
        return
    language = (app.config.language or "en").partition("_")[0]
    with progress_message(_("writing the search index of Pagefind")), TemporaryDirectory() as sources:
        batches = _write_documents(app, Path(sources))
        try:
            # In a thread of its own: where this one has an event loop already, there may be no second.
            with ThreadPoolExecutor(1) as other:
                for number, batch in enumerate(batches):
                    writing = _write(folder / _subfolder(number), language, batch.folder)
                    other.submit(asyncio.run, writing).result()
            for number in range(1, len(batches)):
                _share_program(folder / _subfolder(number))
            for pattern in _NOT_USED:
                for ready_made in folder.glob(pattern):
                    ready_made.unlink()
            parts = [
                {"folder": _subfolder(number), "kinds": sorted(batch.kinds)}
                for number, batch in enumerate(batches)
            ]
            Path(folder, _PARTS).write_text(json.dumps(parts), "utf-8")
        except Exception as error:  # noqa: BLE001  (a program of others: whatever it is, the site is whole)
            shutil.rmtree(folder, ignore_errors=True)
            warn(Subtype.SETTING, f"Pagefind failed ({error}); Sphinx's own search is used", error=error)


@dataclass(slots=True)
class _Batch:
    """Documents that go into one index."""

    folder: Path
    kinds: set[str] = field(default_factory=set)
    count: int = 0


def _subfolder(number: int) -> str:
    """Return where an index is below the folder of all; the first, with the program, is in that itself."""
    return f"{number + 1}/" if number else ""


def _write_documents(app: Sphinx, sources: Path) -> list[_Batch]:
    """Write what Pagefind reads, in batches for an index each; figures, of which there are most, last."""
    batches: dict[tuple[bool, int], _Batch] = {}
    counts = {False: 0, True: 0}
    for kind, document in (*_records(app), *_pages(app)):
        is_figure = kind == "stat"
        place = (is_figure, counts[is_figure] // MOST_ENTRIES)
        if place not in batches:
            batches[place] = _Batch(sources / f"{place[1]}-{kind}")
            batches[place].folder.mkdir()
        batch = batches[place]
        (batch.folder / f"{batch.count}.html").write_text(document, "utf-8")
        batch.kinds.add(kind)
        batch.count += 1
        counts[is_figure] += 1
    if sum(counts.values()) <= MOST_ENTRIES:
        return [_Batch(sources, {kind for batch in batches.values() for kind in batch.kinds})]
    return [batches[place] for place in sorted(batches)]


async def _write(folder: Path, language: str, sources: Path) -> None:
    """Make the index of a folder of documents: with one message, since each takes a tenth of a second."""
    from pagefind.index import PagefindIndex  # noqa: PLC0415  (need not be installed)

    # One index for all languages: Pagefind searches that of the page's own language alone.
    config: Any = {
        "output_path": str(folder),
        "root_selector": "[role=main]",
        "exclude_selectors": [".headerlink", ".rp-hover-card"],
        "force_language": language,
    }
    async with PagefindIndex(config=config) as index:
        await index.add_directory(str(sources))


def _share_program(folder: Path) -> None:
    """Have a further index run the program of the first, so that browsers load it once."""
    path = folder / "pagefind-entry.json"
    said = json.loads(path.read_text("utf-8"))
    for language in said["languages"].values():
        # The file's name is made of it; behind the dots it is that of the folder above.
        language["wasm"] = f"/../../wasm.{language['wasm']}"
    path.write_text(json.dumps(said), "utf-8")


def _records(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield kind and document, in which Pagefind finds it, of the records that have a place on the site."""
    domain = domain_of(app.env)
    for entry in entries(domain.workspace.catalog, report=report_for(domain.workspace)):
        home = domain.home(entry.kind, entry.id)
        if home is not None:
            url = app.builder.get_target_uri(home[0]) + (f"#{home[1]}" if home[1] else "")
            yield entry.kind, _document(entry, url)


def _document(entry: Entry, url: str) -> str:
    meta = {"title": entry.title, "url": url, "kind": entry.kind, "lines": json.dumps(entry.lines)}
    filters = {"kind": [entry.kind], **entry.filters}
    said = (
        *(_said("meta", name, value) for name, value in meta.items()),
        *(_said("filter", name, value) for name, values in filters.items() for value in values),
    )
    return f'<!doctype html><main role="main"><p>{escape(entry.text)}</p>{"".join(said)}</main>'


def _said(what: str, name: str, value: str) -> str:
    """Return an element that tells Pagefind something; in an attribute of its own it may be any text."""
    return f'<i data-pagefind-{what}="{name}[data-value]" data-value="{escape(value)}"></i>'


def _pages(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield kind and HTML of the pages by hand, each with its address."""
    builder: Any = app.builder
    for docname in sorted(app.env.all_docs):
        output = Path(builder.get_outfilename(docname))
        if not is_generated(app.env, docname) and output.is_file():
            said = _said("meta", "url", builder.get_target_uri(docname)) + _said("filter", "kind", "page")
            before, main, after = _parted(output.read_text("utf-8"))
            yield "page", before + main + said + after


def _parted(html: str) -> tuple[str, str, str]:
    """Return a page up to the tag of its content, that tag, and the rest."""
    found = _MAIN.search(html)
    start, end = found.span() if found else (0, 0)
    return html[:start], html[start:end], html[end:]


def search_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """Replace the page that asks Sphinx's index (``html-page-context``)."""
    if pagename != _PAGE or doctree is not None or not is_wanted(app):
        return None
    pathto = context["pathto"]
    root = pathto("", 1)
    context["title"] = _("Search")
    context["body"] = _BODY.format(
        title=escape(_("Search")),
        words=escape(_("Words")),
        narrow=escape(_("Narrow down")),
        more=escape(_("More results")),
        no_script=escape(_("The search needs JavaScript. The lists lead to everything too.")),
        root=escape(root),
        index=escape(f"{root}{FOLDER}/"),
        fallback=escape(" ".join(pathto(name, 1) for name in _FALLBACK)),
        labels=escape(json.dumps(_labels(), ensure_ascii=False)),
    )
    return "page.html"


_BODY = """\
<section class="rp-find" id="rapporteur-search" data-root="{root}" data-index="{index}"
 data-fallback="{fallback}" data-labels="{labels}">
<h1>{title}</h1>
<form role="search" class="rp-find-form" hidden>
<label>{words} <input type="search" name="q" autocomplete="off"></label>
<button type="submit">{title}</button></form>
<noscript><p>{no_script}</p></noscript>
<p class="rp-find-count" role="status"></p>
<div class="rp-find-columns"><details class="rp-find-facets" hidden><summary>{narrow}</summary></details>
<div><ol class="rp-find-results"></ol>
<button type="button" class="rp-find-more" hidden>{more}</button></div></div>
<div id="search-results"></div>
</section>
"""


def _labels() -> dict[str, str]:
    """Return the words that the script says, by key."""
    return {
        "kind": _("Kind"),
        "session": _("Session"),
        "person": _("Person"),
        "org": _("Organisation"),
        "stat": _("Figure"),
        "page": _("Page"),
        "event": _("Event"),
        "day": _("Day"),
        "track": _("Track"),
        "type": _("Type"),
        "topic": _("Topic"),
        "sdg": _("Development goal"),
        "who": _("Person"),
        "organization": _("Organisation"),
        "figures": _("Has figures"),
        "yes": _("Yes"),
        "all": _("Show all {count}"),
        "clear": _("Clear all"),
        "found": _("{count} found"),
        "none": _("Nothing was found."),
        "searching": _("Searching…"),
    }
