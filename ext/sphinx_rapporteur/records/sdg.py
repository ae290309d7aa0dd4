"""The Sustainable Development Goals: short titles and colours as the United Nations publish them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Goal:
    """A Sustainable Development Goal."""

    number: int
    title: str
    color: str
    """``#rrggbb``, from the guidelines for the goals' logos."""


GOALS: Mapping[int, Goal] = MappingProxyType(
    {
        number: Goal(number, title, color)
        for number, (title, color) in enumerate(
            (
                ("No Poverty", "#e5243b"),
                ("Zero Hunger", "#dda63a"),
                ("Good Health and Well-being", "#4c9f38"),
                ("Quality Education", "#c5192d"),
                ("Gender Equality", "#ff3a21"),
                ("Clean Water and Sanitation", "#26bde2"),
                ("Affordable and Clean Energy", "#fcc30b"),
                ("Decent Work and Economic Growth", "#a21942"),
                ("Industry, Innovation and Infrastructure", "#fd6925"),
                ("Reduced Inequalities", "#dd1367"),
                ("Sustainable Cities and Communities", "#fd9d24"),
                ("Responsible Consumption and Production", "#bf8b2e"),
                ("Climate Action", "#3f7e44"),
                ("Life Below Water", "#0a97d9"),
                ("Life on Land", "#56c02b"),
                ("Peace, Justice and Strong Institutions", "#00689d"),
                ("Partnerships for the Goals", "#19486a"),
            ),
            start=1,
        )
    }
)
"""The goals by number."""


_TARGETS = (
    *((5, "ab"), (5, "abc"), (9, "abcd"), (7, "abc"), (6, "abc"), (6, "ab"), (3, "ab"), (10, "ab")),
    *((5, "abc"), (7, "abc"), (7, "abc"), (8, "abc"), (3, "ab"), (7, "abc"), (9, "abc"), (10, "ab")),
    (19, ""),
)
"""By goal from 1 on: how many numbered targets it has, and the letters of the others."""

TARGETS: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        goal: (*(f"{goal}.{number}" for number in range(1, last + 1)), *(f"{goal}.{one}" for one in letters))
        for goal, (last, letters) in enumerate(_TARGETS, start=1)
    }
)
"""The targets of each goal, as the United Nations number them."""


def targets_text(goal: int) -> str:
    """Return which targets a goal has: ``16.1 to 16.10, 16.a or 16.b``."""
    last, letters = _TARGETS[goal - 1]
    parts = [f"{goal}.1 to {goal}.{last}", *(f"{goal}.{letter}" for letter in letters)]
    return " or ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def goal_of(sdg: str) -> Goal:
    """Return the goal of a goal or target: 16 for ``16`` and for ``16.2``."""
    return GOALS[int(sdg.partition(".")[0])]


@cache
def _titles() -> Mapping[str, str]:
    lines = (files(__package__) / "sdg_targets.tsv").read_text("utf-8").splitlines()
    return MappingProxyType(dict(line.split("\t", 1) for line in lines))


def title_of(sdg: str) -> str:
    """Return the title of a goal or, for a target, its words in General Assembly resolution 71/313."""
    return _titles()[sdg] if "." in sdg else goal_of(sdg).title
