"""The hosts that records may link to, where a site limits them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sphinx_rapporteur.records.finding import Finding, Path, Report
from sphinx_rapporteur.records.model import Part
from sphinx_rapporteur.records.origin import Origin, path_in_file
from sphinx_rapporteur.records.read.explain import left_out
from sphinx_rapporteur.records.rewrite import Rewriter
from sphinx_rapporteur.records.shelf import Shelf
from sphinx_rapporteur.warnings import Subtype

URL = "url"
"""What every field for an address is called."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts that are allowed: ``example.org``, or ``*.example.org`` for that and all below it."""

    allowed: tuple[str, ...] | None = None
    """In lower case; ``None`` allows every host."""

    def allow(self, address: str) -> bool:
        """Whether an address of http or https may be linked to."""
        if self.allowed is None:
            return True
        host = _ascii((urlsplit(address).hostname or "").rstrip("."))
        return any(
            host == name or (name.startswith("*.") and (host == name[2:] or host.endswith(name[1:])))
            for name in map(_ascii, self.allowed)
        )

    def expected(self) -> str:
        """Return what a finding says about the hosts that are allowed."""
        return "an address at " + (" or ".join(self.allowed or ()) or "no other host")


ANY_HOST = Hosts()


def _ascii(host: str) -> str:
    """Return a host as the network knows it: ``xn--bcher-kva.example``."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def limit_hosts(shelf: Shelf, hosts: Hosts, *, report: Report) -> None:
    """Take the addresses at other hosts off all records, and what is nothing without one."""
    if hosts.allowed is None:
        return
    for record, origin in shelf.each():
        new, moved = Rewriter(lambda _kind, value, _path: value, _limiter(hosts, origin, report)).rewrite(
            record, origin
        )
        if new is not record:
            shelf.put(new, moved)


def _limiter(hosts: Hosts, origin: Origin, report: Report) -> Any:
    def limit(part: Part, path: Path) -> Part | None:
        address = getattr(part, URL, None)
        if address is None or hosts.allow(address):
            return part
        stays = not type(part).model_fields[URL].is_required() and (not path or _says_more(part))
        report(
            Finding(
                Subtype.HOST,
                origin.place((*path, URL)),
                f"this site does not link to that host; {left_out((*path, URL) if stays else path)}",
                path=path_in_file(origin, (*path, URL)),
                found=address,
                expected=hosts.expected(),
            )
        )
        return part.model_copy(update={URL: None}) if stays else None

    return limit


def _says_more(part: Part) -> bool:
    """Whether a part holds anything but its address."""
    return any(value for name, value in part if name not in {URL, "accessed", "date", "extra"})
