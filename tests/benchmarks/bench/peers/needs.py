"""sphinx-needs: each record is a need on a page of its own, with its facts as the need's content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution

from jinja2 import Environment

from bench.facts import World
from bench.peers.blocks import pages
from bench.peers.datatemplates import INDEX, MACROS
from bench.site import COMMON_CONF, SphinxSite

NAME = "sphinx-needs"
_KINDS = {"events": "event", "sessions": "session", "people": "person", "organizations": "organization"}
_CONF = f"""\
{COMMON_CONF}extensions = ["myst_parser", "sphinx_design", "sphinx_needs"]
myst_enable_extensions = ["colon_fence"]
needs_types = [
    {{"directive": kind, "title": kind, "prefix": kind.upper() + "_", "color": "#ffffff", "style": "node"}}
    for kind in {tuple(_KINDS.values())!r}
]
needs_id_regex = "^[A-Z0-9_]+"
needs_build_json = False
"""
# A need can hold no headings.
_TEMPLATE = (
    MACROS
    + """\
{% for b in blocks %}

{% if b.kind == "heading" %}**{{ b.text }}**{% else %}{{ block(b) }}{% endif %}

{% endfor %}
"""
)


@dataclass(frozen=True)
class NeedsSite(SphinxSite):
    """A page with a need for each record."""

    def files(self, world: World) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""
        template = Environment(autoescape=False).from_string(_TEMPLATE)  # it makes Markdown
        yield "docs/conf.py", _CONF
        yield "docs/index.md", INDEX
        for path, content in pages(world):
            body = template.render(blocks=content["blocks"])
            title = content["title"]
            if not path.endswith("/index"):
                name = path.upper().replace("/", "_").replace("-", "_")
                kind = _KINDS[path.partition("/")[0]]
                body = f"``````{{{kind}}} {title}\n:id: {name}\n\n{body}\n``````\n"
            yield f"docs/{path}.md", f"---\norphan: true\n---\n# {title}\n\n{body}"


def is_installed() -> bool:
    """Whether it can be built here."""
    try:
        distribution("sphinx-needs")
    except PackageNotFoundError:
        return False
    return True


def make() -> NeedsSite:
    """Return the site."""
    return NeedsSite()
