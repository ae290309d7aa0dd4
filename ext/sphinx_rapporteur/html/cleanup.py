"""Pages of records that are gone: Sphinx leaves their files in the output, with a withheld name in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import ENV_PICKLE_FILENAME

from sphinx_rapporteur.directives.component import picture_file
from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.build import is_generated
from sphinx_rapporteur.pages.files import write_whole
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.render.thumbnails import thumbnail_names

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

MANIFEST = ".rapporteur-pages"
"""The file in the output folder that lists the generated pages, one docname a line."""
PICTURES = ".rapporteur-pictures"
"""The file in the output folder that lists the pictures of the data folder, one name a line."""
STAMP = ".rapporteur-digest"
"""The file in the output folder that says of which records the output is."""
MANIFESTS = (MANIFEST, PICTURES, STAMP)


def remove_before_writing(app: Sphinx, builder: Builder) -> None:
    """Delete what is no more before builders such as epub list their folder (``write-started``)."""
    remove_stale_pages(app, None)
    if hasattr(builder, "globalcontext_filename") and Path(app.outdir) != Path(app.doctreedir):
        # Of the last build: sphinxcontrib-serializinghtml copies it, but over no file that is there.
        Path(app.outdir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def remove_stale_pages(app: Sphinx, exception: Exception | None) -> None:
    """Delete the output of generated pages that are no more (``build-finished``)."""
    if exception is not None or not app.env.all_docs:
        return
    workspace = workspace_of(app.env)
    manifest = Path(app.outdir, MANIFEST)
    now = {docname for docname in workspace.plan.pages if is_generated(app.env, docname)}
    if hasattr(app.builder, "get_outfilename"):
        now |= workspace.former_pages.keys()
    before = set(manifest.read_text("utf-8").splitlines()) if manifest.is_file() else set()
    for docname in before - now - app.env.found_docs:
        _remove(app, docname)
    _write(manifest, now)
    if hasattr(app.builder, "images"):
        # Builders without a folder for them, such as that of LaTeX, put them beside their files.
        _remove_pictures(app, Path(app.outdir, getattr(app.builder, "imagedir", "")))


def _remove_pictures(app: Sphinx, folder: Path) -> None:
    """Delete the pictures of the data folder that no page shows any more."""
    env = app.env
    root = workspace_of(env).root
    shown = {path for paths in domain_of(env).data["pictures"].values() for path in paths}
    if root is not None:
        shown |= {path for path in env.images if Path(env.srcdir, path).resolve().is_relative_to(root)}
    now = {picture_file(env, path) for path in shown}
    now |= {name for path in shown for name in thumbnail_names(Path(env.srcdir, path).resolve())}
    others = {name for path, (_docnames, name) in env.images.items() if path not in shown}
    manifest = Path(app.outdir, PICTURES)
    before = set(manifest.read_text("utf-8").splitlines()) if manifest.is_file() else set()
    for name in before - now - others:
        (folder / name).unlink(missing_ok=True)
    if folder.is_dir() and folder != Path(app.outdir) and not any(folder.iterdir()):
        folder.rmdir()
    _write(manifest, now)


def _write(manifest: Path, names: set[str]) -> None:
    """List *names* in a file; without any there is none, as in a first build."""
    if names:
        write_whole(manifest, "".join(f"{name}\n" for name in sorted(names)).encode("utf-8"))
    else:
        manifest.unlink(missing_ok=True)


def _remove(app: Sphinx, docname: str) -> None:
    builder: Any = app.builder
    if hasattr(builder, "get_outfilename"):
        output = Path(builder.get_outfilename(docname))
    else:
        output = Path(app.outdir, docname + getattr(builder, "out_suffix", ""))
    # Often inside the output folder, and it holds all that the page held.
    Path(app.doctreedir, docname + ".doctree").unlink(missing_ok=True)
    if output.is_file() and output.is_relative_to(Path(app.outdir)):
        output.unlink()
        if not any(output.parent.iterdir()):
            output.parent.rmdir()
