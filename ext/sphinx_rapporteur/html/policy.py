"""A Content Security Policy that lets run and show what the pages bring along, and nothing else.

Themes have scripts and styles inside their pages, which a strict policy allows by their hashes alone. A
page's own policy is put into it while it is written; that of the whole site is made of all pages at the end.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinx_rapporteur.find import pagefind
from sphinx_rapporteur.pages.builders import SITES
from sphinx_rapporteur.pages.files import write_whole
from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_SITES = SITES | {"singlehtml"}
"""The builders of what is put on a server; not that of books, which are HTML too."""
HEADERS = "_headers"
"""The file in the output folder that hosts such as Netlify and Cloudflare Pages read."""
FIRST_LINE = "# Written by sphinx-rapporteur from the pages of this site.\n"
_NOTES = "rapporteur-policy.json"
"""The file beside the doctrees with what stands within each page, so that changed ones alone are read."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"<[a-z][^<>]*?\sstyle=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_IS_DATA = re.compile(r"\ssrc\s*=|\stype\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)
_TRANSLATIONS = re.compile(r"\s*Documentation\.addTranslations\((\{.*\})\);\s*", re.DOTALL)
_HEAD = re.compile(r"<head\b[^>]*>(?:\s*<meta charset[^>]*>)?", re.IGNORECASE)

_BASE: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "img-src": ("'self'", "data:"),
    "manifest-src": ("'self'",),
    "media-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
}
_HEADER_ALONE: Mapping[str, tuple[str, ...]] = {"frame-ancestors": ("'none'",)}
"""What browsers take from a header alone."""


@dataclass(frozen=True, slots=True)
class Inline:
    """The hashes of the scripts and styles that stand within pages."""

    scripts: frozenset[str] = field(default_factory=frozenset)
    styles: frozenset[str] = field(default_factory=frozenset)
    attributes: frozenset[str] = field(default_factory=frozenset)

    def __or__(self, other: Inline) -> Inline:
        return Inline(
            self.scripts | other.scripts, self.styles | other.styles, self.attributes | other.attributes
        )


def inline_of(page: str) -> Inline:
    """Return what stands within a page and needs a hash."""
    attributes = {html.unescape(one[1] or one[2] or "") for one in _ATTRIBUTE.finditer(page)}
    return Inline(
        frozenset(_hash(code) for given, code in _SCRIPT.findall(page) if not _IS_DATA.search(given)),
        frozenset(map(_hash, _STYLE.findall(page))),
        frozenset(map(_hash, attributes)),
    )


@lru_cache(maxsize=1024)
def _hash(text: str) -> str:
    # As a browser reads it: line endings are one character each.
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(normal.encode()).digest()).decode()}'"


def policy(inline: Inline, more: Mapping[str, str], *, is_header: bool) -> str:
    """Return the policy for what stands within a page, or within all; *more* are the owner's own sources."""
    base = {**_BASE, **(_HEADER_ALONE if is_header else {})}
    found = {name: list(sources) for name, sources in base.items()}
    found["script-src"] += sorted(inline.scripts)
    found["style-src"] += ["'unsafe-hashes'"] if inline.attributes else []
    found["style-src"] += sorted(inline.styles | inline.attributes)
    for name, sources in sorted(more.items()):
        found.setdefault(name, []).extend(sources.split())
    allowed = {name: [one for one in sources if one != "'none'"] for name, sources in found.items()}
    return "; ".join(f"{name} {' '.join(allowed[name] or sources)}" for name, sources in found.items())


def prepare(app: Sphinx) -> None:
    """Have what is written keep to a policy, and say it, as the settings want (``builder-inited``)."""
    settings = workspace_of(app.env).settings
    builder: Any = app.builder
    if settings.content_policy is None or builder.name not in _SITES:
        return
    copy = builder.copy_translation_js

    def copy_and_rewrite() -> None:
        copy()
        path = Path(app.outdir, "_static", "translations.js")
        if path.is_file():
            path.write_text(without_eval(path.read_text("utf-8")), "utf-8")

    builder.copy_translation_js = copy_and_rewrite
    if settings.content_policy in {"meta", "both"}:
        _put_into_pages(builder.templates, _sources(app))


def _sources(app: Sphinx) -> Mapping[str, str]:
    """Return what the policy allows besides: what the owner says, and what Pagefind needs."""
    given = workspace_of(app.env).settings.content_policy_sources
    if not pagefind.is_wanted(app):
        return given
    # It is WebAssembly.
    return {**given, "script-src": f"{given.get('script-src', '')} 'wasm-unsafe-eval'".strip()}


def without_eval(script: str) -> str:
    """Return Sphinx's script of translations such that it makes no function of a string."""
    found = _TRANSLATIONS.fullmatch(script)
    if found is None:
        return script
    catalog = json.loads(found[1])
    plural, locale = catalog["plural_expr"], catalog["locale"]
    # An untranslated plural is a list of empty texts, which the script would show.
    messages = {one: text for one, text in catalog["messages"].items() if text and all(text)}
    return (
        f"Object.assign(Documentation.TRANSLATIONS, {json.dumps(messages)});\n"
        # A number, since it chooses among forms in a list; Sphinx's own function may give true or false.
        f"Documentation.PLURAL_EXPR = (n) => Number({plural});\n"
        f"Documentation.LOCALE = {json.dumps(locale)};\n"
    )


# --- in each page


def _put_into_pages(templates: Any, more: Mapping[str, str]) -> None:
    render = templates.render

    def render_with_policy(name: str, context: dict[str, Any]) -> str:
        return with_policy(str(render(name, context)), more)

    templates.render = render_with_policy


def with_policy(page: str, more: Mapping[str, str]) -> str:
    """Return a page with its policy before all that it holds for; what is no whole page stays as it is."""
    # There is no double quote in it, and each single one would cost five characters more.
    content = html.escape(policy(inline_of(page), more, is_header=False), quote=False)
    meta = f'\n    <meta http-equiv="Content-Security-Policy" content="{content}">'
    return _HEAD.sub(lambda head: head[0] + meta, page, count=1)


# --- for the whole site


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write the policy of the whole site, if the settings say so (``build-finished``)."""
    if exception is not None or app.builder.name not in _SITES:
        return
    settings = workspace_of(app.env).settings
    path = Path(app.outdir, HEADERS)
    is_ours = not path.exists() or path.read_bytes().startswith(FIRST_LINE.encode())
    if not is_ours:
        if settings.content_policy in {"headers", "both"}:
            logger.info("%s is of the site's own: the policy was not put into it", path)
        return
    if settings.content_policy not in {"headers", "both"}:
        path.unlink(missing_ok=True)
        return
    found = Inline()
    for one in _inline_of_pages(app):
        found |= one
    line = policy(found, _sources(app), is_header=True)
    write_whole(path, f"{FIRST_LINE}/*\n  Content-Security-Policy: {line}\n".encode())


def _inline_of_pages(app: Sphinx) -> Iterator[Inline]:
    """Yield what stands within each page of the output; those that did not change are not read again."""
    notes = Path(app.doctreedir, _NOTES)
    known = _known(notes)
    now: dict[str, list[Any]] = {}
    for path in _pages(Path(app.outdir)):
        stat = path.stat()
        mark = [stat.st_mtime_ns, stat.st_size]
        before = known.get(str(path))
        if before is None or before[:2] != mark:
            inline = inline_of(path.read_text("utf-8", "replace"))
            before = [*mark, *map(sorted, (inline.scripts, inline.styles, inline.attributes))]
        now[str(path)] = before
        yield Inline(*map(frozenset, before[2:]))
    write_whole(notes, json.dumps(now, separators=(",", ":")).encode())


def _known(notes: Path) -> Mapping[str, Any]:
    try:
        return dict(json.loads(notes.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _pages(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*.html") if "_static" not in path.relative_to(folder).parts)
