"""Characters that no output format can hold, and those that turn or hide what a reader sees."""

from __future__ import annotations

import re

# XML 1.0 forbids the controls and the last two, UTF-8 the lone surrogates.
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Overrides, embeddings and isolates turn the text around them; tag characters carry hidden text. Joiners,
# directional marks and the zero-width space stay: scripts need them.
_MARKS = re.compile(
    r"[\u202a-\u202e\u2066-\u2069\u2061-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    r"""Return the text with ``\n`` as its only line end, without what misleads or cannot be written."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _MARKS.sub("", _IMPOSSIBLE.sub("\ufffd", text))


def misleads(text: str) -> bool:
    """Whether ``clean`` would remove something."""
    return _MARKS.search(text) is not None
