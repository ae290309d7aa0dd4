"""What is left to do when all pages are written: nothing, if none was and the output is of these records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder
from sphinx.util import logging

from sphinx_rapporteur.find import pagefind
from sphinx_rapporteur.html import cleanup, labels, publish
from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

logger = logging.getLogger(__name__)


def note_written(app: Sphinx, _doctree: nodes.document, _docname: str) -> None:
    """Remember that this build writes pages (``doctree-resolved``)."""
    workspace_of(app.env).is_touched = True


def spare(app: Sphinx) -> None:
    """Have Sphinx leave indices, search and inventory as they are if no page is written (``builder-inited``).

    It loads the search index and writes all three anew in every build, which for ten thousand pages takes
    longer than all else of a build that has nothing to do.
    """
    if not isinstance(app.builder, StandaloneHTMLBuilder) or workspace_of(app.env).root is None:
        return
    builder: Any = app.builder
    load_indexer, end = builder.load_indexer, builder.finish

    def load_indexer_if_needed(docnames: Iterable[str]) -> None:
        if docnames or not _is_as_it_was(app):
            load_indexer(docnames)
        else:
            builder.finish = lambda: logger.info("indices, search index and inventory are as they were")

    def end_and_note() -> None:
        workspace_of(app.env).is_ended = True
        end()

    builder.load_indexer, builder.finish = load_indexer_if_needed, end_and_note


def _is_as_it_was(app: Sphinx) -> bool:
    """Whether no page was read or written, and the output is of these records."""
    workspace = workspace_of(app.env)
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return False
    names = ["searchindex.js", INVENTORY_FILENAME]
    if pagefind.is_wanted(app):
        names.append(f"{pagefind.FOLDER}/pagefind.js")
    there = all(Path(app.outdir, name).is_file() for name in names)
    return there and not workspace.is_touched and _text(Path(app.outdir, cleanup.STAMP)) == workspace.digest


def before_writing(app: Sphinx, builder: Builder) -> None:
    """Remove what may not be there while pages are written (``write-started``)."""
    if not _is_as_it_was(app):
        cleanup.remove_before_writing(app, builder)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Remove what is no more, and write what stands beside the pages (``build-finished``)."""
    workspace = workspace_of(app.env)
    stamp = Path(app.outdir, cleanup.STAMP)
    # Older versions of Sphinx do not come to their own end where nothing is out of date.
    if exception is None and not workspace.is_ended and _is_as_it_was(app):
        return
    handlers: tuple[Any, ...] = (
        cleanup.remove_stale_pages,
        publish.write_attributes,
        labels.add_entries,
        pagefind.write_index,
    )
    for handler in handlers:
        handler(app, exception)
    if exception is None and workspace.plan.pages:
        stamp.write_text(workspace.digest, "utf-8")
    else:
        stamp.unlink(missing_ok=True)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
