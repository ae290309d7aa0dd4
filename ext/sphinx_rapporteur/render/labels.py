"""The words that the site itself says, in the site's language."""

from __future__ import annotations

from sphinx.locale import get_translation

CATALOG = "sphinx_rapporteur"

_ = get_translation(CATALOG)
