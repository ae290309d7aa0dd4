"""The link to the line of the data file on which a record begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import sphinx

from sites import CONF, Site
from sphinx_rapporteur.config import Settings

if TYPE_CHECKING:
    from sites import Built

TEMPLATE = "https://git.example/forum/edit/{file}?a=b&c#L{line}"
SET = CONF + f'rapporteur_edit_url = "{TEMPLATE}"\n'
REFUSED = [
    *("", "{file}", "/edit/{file}", "//git.example/{file}", "edit/{file}", "https://git.example/no-file"),
    *("javascript:alert(1)//{file}", "data:text/html,{file}", "vbscript:{file}", "file:///{file}"),
    *("https://{file}", "https://{file}/", "https:/{file}", "https:\\\\git.example\\{file}"),
    *(" https://git.example/{file}", "https://git.example/{file}\n", 'https://git.example/"{file}'),
    *(
        "https://git.example/{file}{colour}",
        "https://git.example/{file}{file.__class__}",
        "https://a/{{file}}",
    ),
    *(b"https://git.example/{file}", 7, ["https://git.example/{file}"]),
]
ALLOWED = [
    None,
    TEMPLATE,
    "http://localhost:3000/{file}",
    "https://git.example/forum/-/edit/main/data/{file}#L{line}",
]


def _settings(value: object) -> tuple[Settings, list[str]]:
    reported: list[str] = []
    found = Settings.from_config(
        lambda name: value if name == "rapporteur_edit_url" else _default(name),
        report=lambda name, _value, _expected: reported.append(name),
    )
    return found, reported


def _default(name: str) -> object:
    return getattr(Settings(), name.removeprefix("rapporteur_"))


@pytest.mark.parametrize("value", REFUSED, ids=repr)
def test_an_address_that_is_none_of_the_web_is_refused(value: object) -> None:
    settings, reported = _settings(value)
    assert settings.edit_url is None
    assert reported == ["rapporteur_edit_url"]


@pytest.mark.parametrize("value", ALLOWED)
def test_an_address_of_the_web_is_taken(value: object) -> None:
    settings, reported = _settings(value)
    assert settings.edit_url == value
    assert reported == []


def _edit_links(built: Built, name: str) -> list[str]:
    page = built.page(name)
    return [
        link for node in page.main().iter("p") if node.get("class") == "rp-edit" for link in page.links(node)
    ]


@pytest.fixture
def edited(make_site: Callable[..., Site]) -> Site:
    site = make_site(conf=SET)
    (site.data / "people/others.yaml").rename(site.data / 'people/a "b" <i> & #é.yaml')
    return site


def test_each_record_leads_to_its_line_and_no_index_does(edited: Site) -> None:
    built = edited.build()
    start = "https://git.example/forum/edit/"
    assert _edit_links(built, "sessions/harbour-2024/opening.html") == [
        start + "sessions/harbour-2024/opening.yaml?a=b&c#L1"
    ]
    file = edited.data / 'people/a "b" <i> & #é.yaml'
    lines = file.read_text("utf-8").splitlines()
    (link,) = _edit_links(built, "people/dara-oyelarin.html")
    path, _hash, line = link.rpartition("#L")
    assert path == start + "people/a%20%22b%22%20%3Ci%3E%20%26%20%23%C3%A9.yaml?a=b&c"
    assert lines[int(line) - 1] == "- id: dara-oyelarin"
    assert _edit_links(built, "people/index.html") == []


def test_a_record_that_moved_down_its_file_is_led_to_anew(edited: Site) -> None:
    edited.build()
    page = "sessions/harbour-2024/opening.html"
    path = edited.data / "sessions/harbour-2024/opening.yaml"
    path.write_text("# Checked.\n\n" + path.read_text("utf-8"), "utf-8")
    incremental, clean = edited.build(), edited.build(out="clean", fresh=True)
    assert _edit_links(incremental, page)[0].endswith("#L3")
    assert _edit_links(incremental, page) == _edit_links(clean, page)
    # Before 9.0, Sphinx writes the root page whenever it writes any.
    root = {"index"} if sphinx.version_info < (9, 0) else set()
    assert incremental.written == {page.removesuffix(".html")} | root


def test_without_the_setting_there_is_no_link(harbour: Site) -> None:
    assert "rp-edit" not in harbour.build(out="out-plain").page("sessions/harbour-2024/opening.html").html
