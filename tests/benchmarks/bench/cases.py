"""What is built: a site of some data, and the files that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.generate import generate
from bench.handwritten import HandwrittenSite
from bench.ours import OurSite
from bench.peers import installed_peers
from bench.pyvideo import Talks
from bench.results import BASE
from bench.site import SiteWriter

OURS = "sphinx-rapporteur"
Files = Callable[[], Iterator[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Case:
    """A site and its files, before and after one figure was changed."""

    data: str
    sessions: int
    site: str
    writer: SiteWriter
    files: Files
    changed_files: Files
    parallel: bool = True
    """Whether the builder can be given a number of processes."""


def generated_cases(
    sessions: int, *, seed: int, only: Collection[str] | None, with_peers: bool
) -> Iterator[Case]:
    """Yield the sites of a made-up series of forums, the hand-written one first."""
    world = generate(sessions, seed=seed)
    changed = world.with_one_figure_changed()
    writers: dict[str, SiteWriter] = {BASE: HandwrittenSite(), OURS: OurSite()}
    if with_peers:
        writers |= installed_peers()
    for name, writer in writers.items():
        if not only or name in only:
            yield Case(
                "generated",
                sessions,
                name,
                writer,
                lambda writer=writer: writer.files(world),  # type: ignore[misc]
                lambda writer=writer: writer.files(changed),  # type: ignore[misc]
                parallel=writer.parallel,
            )


def pyvideo_case(archive: Path) -> Case:
    """Return our site of the talks in a copy of github.com/pyvideo/data."""
    talks = Talks(archive)
    return Case("pyvideo", talks.count, OURS, OurSite(), talks.files, talks.changed_files)
