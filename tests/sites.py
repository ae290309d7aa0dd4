"""Small sites for tests: a copy of sources and data in a folder of its own, built by Sphinx."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from traceback import format_exception
from typing import Any, NamedTuple

import html5lib
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

HERE = Path(__file__).parent / "build"
DATA = HERE / "data"
DOCS = HERE / "docs"
REAL_DATA = HERE.parent.parent / "data"

CONF = """\
project = "Harbour papers"
copyright = "2024, nobody"
extensions = ["sphinx_rapporteur"]
html_theme = "alabaster"
nitpicky = True
"""

_FORK = multiprocessing.get_context("fork")
HOVER_CARD = "rp-hover-card"
BLOCKS = frozenset(
    {
        *("article", "section", "div", "p", "blockquote", "figure", "figcaption"),
        *("dt", "dd", "li", "h1", "h2", "h3", "h4", "caption", "tr", "th", "td"),
    }
)
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_FINDING = re.compile(
    r"^(?:(?P<place>[^\n]*?)(?::(?P<line>\d+))?: )?(?:WARNING|ERROR): (?P<message>.*) \[(?P<type>[\w.-]+)\]$"
)


class Warned(NamedTuple):
    """One warning of a build: what kind, where, and what it says."""

    subtype: str
    file: str
    """Relative to the folder of the site."""
    line: int
    message: str

    @property
    def at(self) -> tuple[str, str, int]:
        """What a test compares: subtype, file and line."""
        return self.subtype, self.file, self.line


@dataclass
class Built:
    """What a build left behind."""

    site: Site
    out: Path
    status: str
    output: str
    """The warnings as Sphinx printed them."""
    code: int
    read: frozenset[str] = frozenset()
    """The documents that were read; known of builds in this process only."""
    written: frozenset[str] = frozenset()

    @cached_property
    def warnings(self) -> list[Warned]:
        """Return the warnings in the order of printing; a line that is none fails the test."""
        found = []
        for line in filter(None, self.output.splitlines()):
            match = _FINDING.match(line)
            assert match, f"not a warning with a type: {line!r}\n{self.output}"
            place = (match["place"] or "").removeprefix(str(self.site.root)).lstrip("/")
            found.append(Warned(match["type"], place, int(match["line"] or 0), match["message"]))
        return found

    @property
    def found(self) -> list[tuple[str, str, int]]:
        """Return subtype, file and line of each warning, sorted."""
        return sorted(warning.at for warning in self.warnings)

    def page(self, name: str) -> Page:
        """Return a page of the output, parsed."""
        return Page((self.out / name).read_text(encoding="utf-8"))

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Return all pages of the output by their path."""
        return {
            path.relative_to(self.out).as_posix(): self.page(str(path)) for path in self.out.rglob("*.html")
        }

    def files(self, *, except_for: tuple[str, ...] = ()) -> dict[str, bytes]:
        """Return the content of all files of the output by path, without those that match a pattern."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and not any(path.relative_to(self.out).match(pattern) for pattern in except_for)
        }


class Page:
    """A page of HTML as a tree."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.tree: Any = html5lib.parse(html, namespaceHTMLElements=False)

    def main(self) -> Any:
        """Return the element of the page's own content."""
        return next(node for node in self.tree.iter() if node.get("role") == "main")

    def text(self, node: Any = None) -> str:
        """Return the words of an element, or of the page's content, with single spaces."""
        return " ".join("".join(_words(self.main() if node is None else node)).split())

    def heading(self) -> str:
        """Return the words of the page's title; there has to be exactly one."""
        (found,) = (node for node in self.main().iter() if node.tag == "h1")
        return self.text(found)

    def by_id(self, name: str) -> Any:
        """Return the element with an id; there has to be exactly one."""
        found = [node for node in self.tree.iter() if node.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements with the id {name!r}"
        return found[0]

    @cached_property
    def ids(self) -> list[str]:
        """Return all ids in document order."""
        return [node.get("id") for node in self.tree.iter() if node.get("id")]

    def links(self, node: Any = None) -> list[str]:
        """Return the addresses that links of an element, or of the page's content, lead to."""
        return [a.get("href") for a in (self.main() if node is None else node).iter("a") if a.get("href")]


def _words(node: Any) -> Iterator[str]:
    """Yield the words of an element, those of hover cards left out, which repeat what is elsewhere."""
    if HOVER_CARD not in (node.get("class") or "").split():
        yield node.text or ""
        for child in node:
            yield from _words(child)
            if child.tag in BLOCKS:
                yield " "
            yield child.tail or ""


class Site:
    """A site in a folder of its own: ``docs/`` with a ``conf.py``, and ``data/``."""

    def __init__(
        self, root: Path, *, data: Path | None = DATA, docs: Path | None = DOCS, conf: str = CONF
    ) -> None:
        self.root = root
        self.docs = root / "docs"
        self.data = root / "data"
        if docs is None:
            self.write("docs/index.md", "# Home\n")
        else:
            shutil.copytree(docs, self.docs)
        if data is not None:
            shutil.copytree(data, self.data)
        self.conf(conf)

    def write(self, path: str, text: str) -> Path:
        """Write a file of the site, relative to its folder."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file exactly once."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def conf(self, text: str) -> None:
        """Replace ``conf.py``."""
        self.write("docs/conf.py", text)

    def build(
        self,
        builder: str = "html",
        *,
        out: str | None = None,
        doctrees: str | None = None,
        fresh: bool = False,
        jobs: int = 1,
        strict: bool = False,
        prepare: Callable[[Sphinx], object] = lambda _app: None,
        **overrides: Any,
    ) -> Built:
        """Build in this process; errors of the build itself pass through."""
        status, warning = StringIO(), StringIO()
        folder = self.root / (out or f"out-{builder}")
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                self.docs,
                self.docs,
                folder,
                self.root / doctrees if doctrees else folder.parent / f"{folder.name}.doctrees",
                builder,
                overrides,
                status,
                warning,
                freshenv=fresh,
                warningiserror=strict,
                parallel=jobs,
            )
            read: set[str] = set()
            written: set[str] = set()
            app.connect("source-read", lambda _app, docname, _source: read.add(docname))
            app.connect("doctree-resolved", lambda _app, _doctree, docname: written.add(docname))
            prepare(app)
            app.build()
        return Built(
            self,
            folder,
            _ESCAPES.sub("", status.getvalue()),
            _ESCAPES.sub("", warning.getvalue()),
            int(app.statuscode),
            frozenset(read),
            frozenset(written),
        )

    def build_apart(self, builder: str = "html", **options: Any) -> Built:
        """Build in a process that starts from this one, so that nothing is remembered after it."""
        receive, send = _FORK.Pipe(duplex=False)

        def work() -> None:
            try:
                send.send(self.build(builder, **options))
            except BaseException as error:  # noqa: BLE001  (handed on)
                send.send(RuntimeError("".join(format_exception(error))))

        process = _FORK.Process(target=work)
        process.start()
        send.close()
        result = receive.recv()
        process.join()
        if isinstance(result, Exception):
            raise result
        assert isinstance(result, Built)
        return result

    def run(self, builder: str = "html", *options: str, out: str | None = None) -> Built:
        """Build in a process of its own, as a person does."""
        folder = self.root / (out or f"out-{builder}")
        command = [sys.executable, "-m", "sphinx", "-N", "-b", builder, *options]
        doctrees = ["-d", str(folder.parent / f"{folder.name}.doctrees")]
        done = subprocess.run(
            [*command, *doctrees, str(self.docs), str(folder)], capture_output=True, text=True, check=False
        )
        return Built(self, folder, done.stdout, done.stderr, done.returncode)

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        """Return content and time of change of every source and data file."""
        files = (path for top in (self.docs, self.data) for path in top.rglob("*") if path.is_file())
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


class Entry(NamedTuple):
    """One line of an inventory."""

    name: str
    type: str
    priority: int
    uri: str
    display: str


def inventory(file: Path) -> list[Entry]:
    """Read an ``objects.inv`` as its format is described, without Sphinx."""
    head, lines = file.read_bytes().split(b"zlib.\n", 1)
    assert head.startswith(b"# Sphinx inventory version 2\n")
    entries = []
    for line in zlib.decompress(lines).decode().splitlines():
        match = re.fullmatch(r"(.+?)\s+(\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)", line)
        assert match, line
        name, kind, priority, uri, display = match.groups()
        display = name if display == "-" else display
        entries.append(Entry(name, kind, int(priority), uri.replace("$", name), display))
    return entries


def forum_entries(built: Built) -> dict[tuple[str, str], Entry]:
    """Return the objects of our domain in a build's inventory, by kind and name; none may be there twice."""
    entries = [entry for entry in inventory(built.out / "objects.inv") if entry.type.startswith("forum:")]
    by_key = {(entry.type.removeprefix("forum:"), entry.name): entry for entry in entries}
    assert len(by_key) == len(entries)
    return by_key
