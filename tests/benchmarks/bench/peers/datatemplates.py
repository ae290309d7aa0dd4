"""sphinxcontrib-datatemplates: a page of one directive for each record, which fills a template."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution

from bench.facts import World
from bench.peers.blocks import pages
from bench.site import COMMON_CONF, SphinxSite

NAME = "datatemplates"
_CONF = f"""\
{COMMON_CONF}extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.datatemplates"]
myst_enable_extensions = ["colon_fence"]
templates_path = ["templates"]
"""
MACROS = """\
{%- macro spans(found) -%}
{%- for span in found -%}
{%- if span.page -%}[{{ span.text }}](/{{ span.page }}.md){%- else -%}{{ span.text }}{%- endif -%}
{%- endfor -%}
{%- endmacro -%}
{%- macro block(b) -%}
{% if b.kind == "facts" %}
{% for fact in b.facts %}
- **{{ fact.label }}:** {{ spans([fact.value]) }}
{% endfor %}
{% elif b.kind == "text" %}
{% for paragraph in b.paragraphs %}
{{ paragraph }}

{% endfor %}
{% elif b.kind == "list" %}
{% for item in b["items"] %}
- {{ spans(item) }}
{% endfor %}
{% elif b.kind == "table" %}
| {{ b.head | join(" | ") }} |
|{% for _ in b.head %}---|{% endfor %}

{% for row in b.rows %}
|{% for cell in row %} {{ spans(cell) }} |{% endfor %}

{% endfor %}
{% elif b.kind == "quotes" %}
{% for quote in b.quotes %}
> {{ quote.text }}
>
> {{ spans(quote.by) }}

{% endfor %}
{% elif b.kind == "cards" %}
::::{grid} 1 2 2 3
:gutter: 3

{% for card in b.cards %}
:::{grid-item-card} {{ card.title.text }}
:link: /{{ card.title.page }}
:link-type: doc

{% for line in card.lines %}
{{ spans(line) }}

{% endfor %}
:::

{% endfor %}
::::
{% endif %}
{%- endmacro -%}
"""
_TEMPLATE = (
    MACROS
    + """\
{% for b in data.blocks %}

{% if b.kind == "heading" %}{{ "#" * b.level }} {{ b.text }}{% else %}{{ block(b) }}{% endif %}

{% endfor %}
"""
)
INDEX = (
    "# Made-up forums\n\n{doc}`events/index`, {doc}`sessions/index`, {doc}`people/index`, "
    "{doc}`organizations/index`.\n"
)


@dataclass(frozen=True)
class DatatemplatesSite(SphinxSite):
    """A data file and a page for each record."""

    def files(self, world: World) -> Iterator[tuple[str, str]]:
        """Yield path and text of each source file."""
        yield "docs/conf.py", _CONF
        yield "docs/index.md", INDEX
        yield "docs/templates/page.md", _TEMPLATE
        for path, content in pages(world):
            yield f"docs/data/{path}.json", json.dumps(content, ensure_ascii=False)
            directive = f"```{{datatemplate:json}} /data/{path}.json\n:template: page.md\n```\n"
            yield f"docs/{path}.md", f"---\norphan: true\n---\n# {content['title']}\n\n{directive}"


def is_installed() -> bool:
    """Whether it can be built here."""
    try:
        distribution("sphinxcontrib-datatemplates")
    except PackageNotFoundError:
        return False
    return True


def make() -> DatatemplatesSite:
    """Return the site."""
    return DatatemplatesSite()
