"""A small site of two events whose sessions, figures and short names resemble each other."""

# ruff: noqa: E501  (a case stands on one line)
from __future__ import annotations

from pathlib import Path

from sites import Site

CONF = """\
project = "Tide tables"
copyright = "2024, nobody"
extensions = ["sphinx_rapporteur"]
html_theme = "alabaster"
nitpicky = True
"""

EVENT = """\
name: {name}
short_name: {short}
theme: Water for everybody
start: {year}-05-06
end: {year}-05-08
timezone: UTC
city: Aarhus
country: DK
rooms: [{{id: hall, name: Great Hall}}]
"""

SHIPS = "tide-2024/opening/ships"
OPENING = "data/sessions/tide-2024/opening.yaml"
RECORDS = {
    "events/tide-2024.yaml": EVENT.format(name="Third Tide Forum", short="Tide 2024", year=2024),
    "events/tide-2025.yaml": EVENT.format(name="Fourth Tide Forum", short="Tide 2025", year=2025),
    "sessions/tide-2024/opening.yaml": """\
title: Who counts the ships?
number: PL1
type: plenary
room: hall
tags: [Ship traffic]
sdgs: ["14.1"]
start: 2024-05-06T10:00
end: 2024-05-06T11:30
people:
  - {person: ada-lind, role: chair, affiliations: [{organization: dock-board, title: Head of Counting}]}
  - {person: bo-carstensen, role: speaker}
  - {person: cy-witness, role: speaker, affiliations: [{name: Union, title: Docker}]}
summary: An hour on counting.
report: The forum heard that {forum:stat}`ships` had called.
report_by: [{person: bo-carstensen}]
statistics:
  - id: ships
    label: ships that called
    value: 4,321
    unit: ships
    qualifier: more than
    said_by: ada-lind
    period: "2023"
    source: {title: Register of calls}
    status: verified
    indicator: calls
  - {id: gulls, label: gulls seen, value: 12, said_by: bo-carstensen}
quotes:
  - {id: sea, text: The sea keeps no minutes, said_by: ada-lind}
outcomes:
  - {id: recount, kind: commitment, text: Count *again* next year.}
""",
    "sessions/tide-2024/nets.yaml": """\
title: Nets and knots
number: WS2
type: workshop
start: 2024-05-07T10:00
end: 2024-05-07T11:00
people:
  - {person: bo-carstensen, role: speaker, affiliations: [{name: Net Guild, title: Knotter}]}
report: A hall of one.
statistics:
  - {id: knots, label: knots tied, value: 70, unit: knots, said_by: bo-carstensen}
""",
    "sessions/tide-2025/opening.yaml": """\
title: The ships return
type: plenary
start: 2025-05-06T10:00
end: 2025-05-06T11:00
people:
  - {person: ada-lind, role: speaker, affiliations: [{organization: dock-board, title: Director}]}
report: Once more {forum:stat}`ships`.
statistics:
  - {id: ships, label: ships that called, value: "5,000", unit: ships, said_by: ada-lind, period: "2024", indicator: calls}
""",
    "people/ada-lind.yaml": "name: Ada Lind\nsort_name: Lind, Ada\ncountry: SE\nbio: Counts ships.\n",
    "people/bo-carstensen.yaml": "name: Bo Carstensen\nsort_name: Carstensen, Bo\n",
    "people/cy-witness.yaml": "name: Cy Witness\n",
    "organizations/dock-board.yaml": "name: Board of Docks\nshort_name: BoD\ncountry: DK\n",
    "indicators/calls.yaml": "name: Ships that called\nunit: ships\n",
}  # fmt: skip

OBJECTS = {
    "event": "tide-2024",
    "session": "tide-2024/opening",
    "person": "ada-lind",
    "org": "dock-board",
    "indicator": "calls",
    "stat": SHIPS,
    "quote": "tide-2024/opening/sea",
    "outcome": "tide-2024/opening/recount",
    "topic": "ship-traffic",
    "sdg": "14.1",
}
"""An object of each kind."""


def tide_site(root: Path, *, conf: str = CONF) -> Site:
    """Return a site with the records, and a front page alone."""
    site = Site(root, data=None, docs=None, conf=conf)
    for path, text in RECORDS.items():
        site.write(f"data/{path}", text)
    return site
