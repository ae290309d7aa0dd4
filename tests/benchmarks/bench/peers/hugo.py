"""Hugo: pages made from data by a content adapter; layouts of equal content, a bare page around them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.facts import World
from bench.peers.blocks import pages

NAME = "hugo"
_CONFIG = """\
baseURL = "/"
title = "Made-up forums"
uglyURLs = true
disableKinds = ["taxonomy", "term", "rss", "sitemap", "section", "404"]
"""
_ADAPTER = """\
{{ range site.Data.pages }}
{{ $.AddPage (dict "path" .path "title" .title "params" (dict "blocks" .blocks)) }}
{{ end }}
"""
_LAYOUTS = Path(__file__).parent / "hugo_layouts"


def _binary() -> str | None:
    return shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")


@dataclass(frozen=True)
class HugoSite:
    """A data file for each page, and one adapter and one layout for all."""

    parallel: bool = False
    """Hugo uses all cores as it likes."""

    def files(self, world: World) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""
        yield "hugo.toml", _CONFIG
        yield "content/_content.gotmpl", _ADAPTER
        for layout in _LAYOUTS.iterdir():
            yield f"layouts/{layout.name}", layout.read_text("utf-8")
        for path, content in pages(world):
            # Hugo keeps the name "index" for pages with files of their own.
            name = path.replace("/index", "/all")
            text = json.dumps({"path": name, **content}, ensure_ascii=False)
            yield f"data/pages/{name.replace('/', '--')}.json", text

    def command(self, source: Path, out: Path, *, jobs: int) -> list[str]:
        """Return the command that builds the site in *source* to *out*."""
        return [_binary() or "hugo", "--quiet", "--source", str(source), "--destination", str(out)]


def is_installed() -> bool:
    """Whether it can be built here."""
    return _binary() is not None


def make() -> HugoSite:
    """Return the site."""
    return HugoSite()
