"""The site of sphinx-rapporteur: the guide, and the proceedings of a real forum made from data/."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sphinx_rapporteur import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sphinx-rapporteur"
author = "The sphinx-rapporteur developers"
copyright = "2026, the sphinx-rapporteur developers"
version = release = __version__
language = "en_GB"

extensions = ["sphinx_rapporteur", "reference", "security"]
# The snippets are small projects of their own, shown in the guide.
exclude_patterns = ["guide/snippets"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

rapporteur_search = "pagefind"

html_theme = "furo"
html_title = "sphinx-rapporteur"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_logo = "_static/logo.svg"
html_favicon = "_static/favicon.svg"
rapporteur_content_policy = "both"
# Where the site is published, for canonical addresses: left to the machine that publishes it.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL") or os.environ.get("SITE_URL", "")
if html_baseurl:
    # Redirects, and pages that have no place in a search engine.
    extensions += ["sphinx_sitemap"]
    sitemap_url_scheme = "{link}"
    sitemap_excludes = ["search.html", "genindex.html"]
