"""Record text with one kind of line end, without what misleads or what no output format can hold."""

from __future__ import annotations

import re

from sphinx_rapporteur.records.characters import visible

# XML 1.0 forbids the controls and the last two, UTF-8 the lone surrogates.
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return the text with ``\n`` as its only line end; what it cannot hold is seen to be missing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return visible(_IMPOSSIBLE.sub("\ufffd", text))[0]
