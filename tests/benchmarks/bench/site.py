"""Sites in folders: files are written only when their text changes, as an editor would."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.facts import World

COMMON_CONF = """\
project = "Made-up forums"
author = "nobody"
copyright = "1999, nobody"
language = "en_GB"
html_theme = "furo"
"""


class SiteWriter(Protocol):
    """A way to make a site of facts."""

    @property
    def parallel(self) -> bool:
        """Whether the builder can be given a number of processes."""

    def files(self, world: World) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""

    def command(self, source: Path, out: Path, *, jobs: int) -> list[str]:
        """Return the command that builds the site in *source* to *out*."""


@dataclass(frozen=True)
class SphinxSite:
    """What sites that Sphinx builds have in common."""

    docs: str = "docs"
    """The folder of ``conf.py``."""
    parallel: bool = True

    def files(self, world: World) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""
        raise NotImplementedError

    def command(self, source: Path, out: Path, *, jobs: int) -> list[str]:
        """Return the command that builds the site in *source* to *out*."""
        return [
            sys.executable, "-m", "sphinx", "-q", "-b", "html", "-j", str(jobs),
            "-d", str(out.with_name(out.name + "-doctrees")), str(source / self.docs), str(out),
        ]  # fmt: skip


def write_files(folder: Path, files: Mapping[str, str]) -> int:
    """Write what differs from what is there; return how many files that were."""
    written = 0
    for name, text in files.items():
        path = folder / name
        data = text.encode()
        if path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written += 1
    return written
