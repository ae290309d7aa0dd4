"""The builders of Sphinx whose output is a site: pages of HTML that lead to each other."""

from __future__ import annotations

SITES = frozenset({"html", "dirhtml"})
"""Those with a file for each page."""
