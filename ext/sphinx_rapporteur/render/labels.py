"""The words that the site itself says, in its language; the command, without Sphinx, says them in English."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

CATALOG = "sphinx_rapporteur"


@cache
def _translation() -> Callable[[str], object]:
    from sphinx.locale import get_translation  # noqa: PLC0415  (see the module's first line)

    return get_translation(CATALOG)


def _(message: str) -> str:
    """Return a message in the language of the build."""
    return str(_translation()(message)) if "sphinx.application" in sys.modules else message
