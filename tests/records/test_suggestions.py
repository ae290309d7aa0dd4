"""What is suggested for a name that leads nowhere: the nearest id, whatever its capitals."""

from __future__ import annotations

import pytest

from sphinx_rapporteur.records.naming import nearest

KNOWN = ("igf-2016/ws27", "igf-2016/ws28", "igf-2016/opening", "ada-lind")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("WS27", "igf-2016/ws27"),
        ("ws72", "igf-2016/ws27"),
        ("Ada-Lind", "ada-lind"),
        ("openning", "igf-2016/opening"),
        ("ws29", None),
        ("ws2", None),
        ("closing", None),
    ],
)
def test_the_nearest_id_is_suggested(name: str, near: str | None) -> None:
    assert nearest(name, KNOWN) == near
