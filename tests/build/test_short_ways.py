"""Short ways past what Sphinx does for each page: the same comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from docutils.utils import smartquotes
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.builders import html as sphinx_html
from sphinx.environment.adapters import toctree
from sphinx.transforms import i18n

from sphinx_rapporteur.pages import speed_text

TOKENS = st.lists(
    st.tuples(st.sampled_from(["plain", "literal", "tag"]), st.text("aé 1.-\"'`\\&;…quot\n", max_size=8)),
    max_size=4,
)
MODULE: Any = i18n
ACTIONS = ("qDe", "1", "2", "3", "-1", "qBwi", "")


class NoApp:
    """What the short ways ask of the application."""

    env = object()

    def connect(self, *_args: object) -> None:
        """Nothing happens in this build."""


@pytest.fixture(scope="module", autouse=True)
def short_ways() -> Iterator[None]:
    names = ((smartquotes, "educate_tokens"), (i18n, "init_locale"), (toctree, "document_toc"))
    kept = [(module, name, getattr(module, name)) for module, name in (*names, (sphinx_html, "document_toc"))]
    speed_text.spare(cast("Any", NoApp()))
    yield
    for module, name, value in kept:
        setattr(module, name, value)


@settings(max_examples=300)
@given(TOKENS, st.sampled_from(ACTIONS))
def test_text_is_educated_as_before(tokens: list[tuple[str, str]], action: str) -> None:
    short: Any = smartquotes.educate_tokens
    assert list(short(tokens, action, "en")) == list(short.__wrapped__(tokens, action, "en"))


def test_where_there_is_no_catalog_the_disk_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    none = (object(), False)

    def init(_folders: object, _language: str, name: str) -> Any:
        asked.append(name)
        return none

    monkeypatch.setattr(MODULE.init_locale, "__wrapped__", init)
    speed_text._remember_no_catalog()
    short = MODULE.init_locale
    assert [short(iter(["/locale"]), "de", name) for name in ("people", "people", "events")] == [none] * 3
    assert asked == ["people", "events"]


def test_a_catalog_is_asked_for_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    found = iter([("first", True), ("second", True)])
    monkeypatch.setattr(MODULE.init_locale, "__wrapped__", lambda *_args: next(found))
    speed_text._remember_no_catalog()
    short = MODULE.init_locale
    assert [short(["/locale"], "de", "people") for _ in range(2)] == [("first", True), ("second", True)]
