"""Other ways to make the same site, each measured only where it is installed."""

from __future__ import annotations

from bench.peers import datatemplates, hugo, needs
from bench.site import SiteWriter


def installed_peers() -> dict[str, SiteWriter]:
    """Return the peers that can be built here, by name."""
    writers: dict[str, SiteWriter] = {}
    for module in (datatemplates, needs, hugo):
        if module.is_installed():
            writers[module.NAME] = module.make()
    return writers
