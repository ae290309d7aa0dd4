"""Addresses of the web: taken only in a form in which we and every browser see the same host."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?"
)
_BACKSLASH, _USER = "\\", "@"
NO_ADDRESS = "an address that starts with https:// or http://"


def hidden_in(text: str) -> bool:
    """Whether text has what browsers drop from addresses or nobody sees: spaces, controls, marks."""
    return any(char.isspace() or unicodedata.category(char)[0] in "CZ" for char in text)


def with_host(text: str) -> tuple[str, SplitResult]:
    """Return the host of an address as the network knows it, with its port, and the parts of the address.

    Raises ``ValueError``, which says what was expected.
    """
    if _BACKSLASH in text:
        # Browsers take it for a slash: https://evil.example\@good.example/ leads to evil.example.
        raise ValueError("an address without a backslash")
    if hidden_in(text):
        raise ValueError("an address without spaces or invisible characters")
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises if it is no number
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except ValueError:
        raise ValueError(NO_ADDRESS) from None
    if _USER in host:
        # https://bank.example@evil.example/ leads to evil.example.
        raise ValueError("an address without a user name")
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        raise ValueError(NO_ADDRESS)
    return host, parts


def web_address(text: str) -> str:
    """Return an address with its host as the network knows it; raise ``ValueError`` for what is none."""
    host, parts = with_host(text)
    return f"{parts.scheme}://{host}{after_host(text, parts)}"


def after_host(text: str, parts: SplitResult) -> str:
    """Return what follows the host of an address, as it was typed."""
    return text.split("://", 1)[1][len(parts.netloc) :]
