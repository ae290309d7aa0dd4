"""Files among the records whose names have another ending: which of them were meant to be read."""

from __future__ import annotations

import re

from sphinx_rapporteur.records.read.raw import Flaw, shorten
from sphinx_rapporteur.warnings import Subtype

_ABOUT = frozenset({"readme", "license", "licence", "copying", "changelog", "notice", "contributing"})
_OTHER = frozenset(["csv", "html", "ipynb", "js", "md", "pdf", "py", "rst", "sh", "svg", "tsv", "xml"])
"""Endings of files that are something else, whatever they hold."""
_FORMS = {
    ".json": re.compile(r'\s*[\[{]\s*(?:\{\s*)?"[a-z_]+"\s*:'),
    ".toml": re.compile(r"^(?:title|name|label|id)[ \t]*=", re.MULTILINE),
    ".yaml": re.compile(r"^(?:- |  )?(?:title|name|id)[ \t]*:(?:[ \t]|$)", re.MULTILINE),
}


def may_be_record(name: str) -> bool:
    """Whether a file with another ending may be a record, as far as its name tells."""
    stem, _dot, rest = name.casefold().partition(".")
    return stem not in _ABOUT and rest.rpartition(".")[2] not in _OTHER


def looks_like(text: str) -> str:
    """Return the ending of the format that the start of a file is in, or nothing if it is no record."""
    return next((suffix for suffix, form in _FORMS.items() if form.search(text)), "")


def misnamed(name: str, suffix: str) -> Flaw:
    """Return the flaw of a file that is a record, but not by its name."""
    return Flaw(
        1,
        "the file looks like a record, but its name has another ending; it is not read",
        Subtype.NOT_READ,
        found=shorten(name),
        expected="a name that ends in .yaml, .yml, .json or .toml",
        suggestion=f"rename it to {name.partition('.')[0]}{suffix}",
    )
