"""Charts as SVG inside a page: no script and no style of their own, in the colours of the theme.

There is no ``viewBox``: widths are in per cent of the chart's box, heights and letters in pixels, so that a
chart fits a phone with its words as large as those around it.
"""

from __future__ import annotations

from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.escape import escape

_ROW, _BASELINE, _TOP, _HEIGHT = 38, 14, 20, 10
"""Of each bar in pixels: how far to the next, where its words stand, where it begins, how high it is."""
_LONGEST, _SHORTEST = 55, 16
"""How many characters a label and its value have room for on a phone, and what is left to the label."""


def chart_svg(chart: p.Chart) -> str:
    """Return a bar chart: each label and value above its bar."""
    bars = "".join(_bar(bar, number * _ROW) for number, bar in enumerate(chart.bars))
    return (
        f'<svg class="rp-chart" role="img" width="100%" height="{len(chart.bars) * _ROW}">'
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.summary)}</desc>{bars}</svg>"
    )


def _bar(bar: p.Bar, top: int) -> str:
    css = f' class="rp-{bar.role}"' if bar.role else ""
    start = f' x="{_per_cent(bar.start)}"' if bar.start else ""
    return (
        f'<text y="{top + _BASELINE}">{escape(_cut(bar.label, _LONGEST - len(bar.shown)))}</text>'
        f'<text x="100%" y="{top + _BASELINE}">{escape(bar.shown)}</text>'
        f'<rect{css}{start} y="{top + _TOP}" width="{_per_cent(bar.length)}" height="{_HEIGHT}"/>'
    )


def _per_cent(thousandths: int) -> str:
    return f"{thousandths / 10:g}%"


def _cut(label: str, room: int) -> str:
    room = max(room, _SHORTEST)
    return label if len(label) <= room else f"{label[: room - 1].rstrip()}…"
