"""The virtual project: gives Sphinx the planned pages as if they were files of the source folder.

Sphinx has no interface for pages without files (sphinx-doc/sphinx#1139). A page's text is written
into the doctree folder, never into the source folder, so a read-only checkout builds.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from sphinx.project import Project
from sphinx.util.osutil import ensuredir

from sphinx_rapporteur.pages.files import write_whole

STUB_FOLDER = "rapporteur"
STUB_SUFFIX = ".forum-page"
"""Of the text of a page, which has a parser of its own; pages are shown as if they were MyST files."""
_SHOWN_SUFFIX = ".md"


class VirtualProject(Project):
    """A project whose documents are the files of the source folder and the planned pages."""

    def __init__(self, srcdir: str | os.PathLike[str], source_suffix: Iterable[str], *, stubs: Path) -> None:
        super().__init__(srcdir, source_suffix)
        self._stubs = stubs
        self._virtual: frozenset[str] = frozenset()
        self._planned: Collection[str] = ()
        self._texts: Mapping[str, str] | None = None
        self.shadowed: tuple[str, ...] = ()

    def plan(self, docnames: Collection[str], texts: Mapping[str, str] | None = None) -> None:
        """Take over the planned pages, with the text of each unless all were written in an earlier build."""
        self._planned, self._texts = docnames, texts
        # Builders look for outdated files before those of the source folder are found anew.
        self._virtual = frozenset(set(docnames) - self._docname_to_path.keys())

    def has_stubs(self, docnames: Collection[str]) -> bool:
        """Whether all planned pages were written in an earlier build, but for those that files replace."""
        there = {self.path2doc(path) for path in self._stub_files()}
        missing = set(docnames) - there
        return there <= set(docnames) and all(map(self._is_file, missing))

    def _is_file(self, docname: str) -> bool:
        names = [name + suffix for name in (docname, f"{docname}/index") for suffix in self.source_suffix]
        return any(Path(self.srcdir, name).is_file() for name in names)

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Find the files of the source folder, and add the planned pages that none of them replaces."""
        super().discover(exclude_paths, include_paths)
        # In folders of HTML, `people/ada/index` and `people/ada` are one file.
        taken = self.docnames | {name.removesuffix("/index") for name in self.docnames}
        planned = frozenset(self._planned)
        self.shadowed = tuple(sorted(taken & planned))
        self._virtual = planned - taken
        self._write_stubs()
        self.docnames |= self._virtual
        return self.docnames

    def is_virtual(self, docname: str) -> bool:
        """Whether a document is a planned page and no file of the source folder."""
        return docname in self._virtual

    def doc2path(self, docname: str, absolute: bool) -> Path:  # type: ignore[override]  # noqa: FBT001
        """Return the stub of a planned page or, if relative, a path that looks like any page's."""
        if docname not in self._virtual:
            return super().doc2path(docname, absolute)
        return type(super().doc2path(docname, absolute))(
            self._stub(docname) if absolute else docname + _SHOWN_SUFFIX
        )

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the docname of a stub or of a file of the source folder."""
        path = Path(filename)
        if path.is_absolute() and path.is_relative_to(self._stubs):
            return path.relative_to(self._stubs).as_posix().removesuffix(STUB_SUFFIX)
        return super().path2doc(filename)

    def __getstate__(self) -> dict[str, object]:
        # The environment is pickled once per chunk of parallel work; the plan is made anew in each build.
        return self.__dict__ | {"_planned": (), "_texts": None}

    def _stub(self, docname: str) -> Path:
        return self._stubs / (docname + STUB_SUFFIX)

    def _stub_files(self) -> Iterator[Path]:
        for folder, _folders, names in os.walk(self._stubs):
            yield from (Path(folder, name) for name in names if name.endswith(STUB_SUFFIX))

    def _write_stubs(self) -> None:
        texts = self._texts or {}
        for docname in self._virtual if texts else ():
            path = self._stub(docname)
            data = texts[docname].encode("utf-8")
            if not path.exists() or path.read_bytes() != data:
                ensuredir(path.parent)
                write_whole(path, data)
        wanted = {self._stub(docname) for docname in self._virtual}
        for path in list(self._stub_files()):
            if path not in wanted:
                path.unlink()
