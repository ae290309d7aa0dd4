"""Session reports as data: speaker cards, statistics tables and citable figures for Sphinx."""

from __future__ import annotations

__version__ = "0.1.0"
