"""Groups under headings, with a line to jump by: letters, days, roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from sphinx_rapporteur.records.collation import initial
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.describe.common import join, para

T = TypeVar("T")


def sections(
    groups: Sequence[tuple[str, tuple[p.Block, ...]]], *, prefix: str, level: int = 2
) -> tuple[p.Block, ...]:
    """Return each group under its heading, after a line that jumps to them."""
    anchors = [f"{prefix}-{_slug(title)}" for title, _blocks in groups]
    jumps = join(
        ((p.Jump((title,), anchor),) for (title, _blocks), anchor in zip(groups, anchors, strict=True)), " "
    )
    body = tuple(
        p.Section((title,), blocks, p.Anchor(anchor), level)
        for (title, blocks), anchor in zip(groups, anchors, strict=True)
    )
    return (para(*jumps, role="jumps"), *body) if len(groups) > 1 else body


def by_letter(
    items: Sequence[T], name: Callable[[T], str], locale: str, show: Callable[[list[T]], p.Block]
) -> tuple[p.Block, ...]:
    """Return *items*, which are in order already, under the first letters of their names."""
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(initial(name(item), locale), []).append(item)
    return sections([(letter, (show(group),)) for letter, group in groups.items()], prefix="letter")


def _slug(title: str) -> str:
    slug = re.sub(r"[\W_]+", "-", title.casefold()).strip("-")
    return slug or "other"
