"""Guards that only a whole build shows: with each nothing gets out, without it the same site fails."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages import pofile
from PIL import Image, ImageFont
from sphinx.builders import gettext
from sphinx.util import texescape

from sites import CONF, Built, Site, inventory
from sphinx_rapporteur.domain import hide_withheld, objects
from sphinx_rapporteur.html import cleanup, context, search, social
from sphinx_rapporteur.pages import build, layout, state
from sphinx_rapporteur.records.read import RecordCache
from tried import Tried

SECRET = "quixotar"
ACTIVE = '"><img src=x onerror=alert(1)>'
FILES = {
    "docs/index.md": "# Home\n\n{any}`quixotar`\n\n```{toctree}\n:glob:\n\n*/index\n```\n",
    "data/events/e.yaml": "name: E\nstart: 2024-05-06\nend: 2024-05-08\ntimezone: UTC\n",
    "data/people/ada.yaml": f"name: 'Ada {ACTIVE}'\nbio: |\n  # A <img src=x onerror=alert(1)>\n\n  Words.\n",
    "data/sessions/e/a.yaml": (
        f"title: 'T {ACTIVE}'\nstart: 2024-05-06\npeople: [{{person: ada}}, {{person: quixotar}}]\n"
        'quotes: [{id: q, said_by: ada, text: "One\\neve forum:person 1 people/eve.html Eve"}]\n'
    ),
}


def site_of(folder: Path, *, withheld: bool = False) -> Site:
    site = Site(folder, data=None, docs=None, conf=CONF)
    for path, text in FILES.items():
        site.write(path, text)
    photo = site.write(f"data/{SECRET}.png", "")
    Image.new("RGB", (80, 80), "red").save(photo)
    site.write(f"data/people/{SECRET}.yaml", f"name: {SECRET} x\nphoto: {{file: {SECRET}.png}}\n")
    if withheld:
        site.build(doctrees="out-html/.doctrees")
        site.write(
            f"data/people/{SECRET}.yaml", f"name: {SECRET} x\nphoto: {{file: {SECRET}.png}}\nwithheld: true\n"
        )
    return site


def is_inert(folder: Path) -> None:
    """No page has an element of the data's own, and the inventory and the index hold what they should."""
    built = site_of(folder).build()
    for name, page in built.pages.items():
        for element in page.tree.iter():
            assert element.get("onerror") is None, name
    assert "eve" not in {entry.name for entry in inventory(built.out / "objects.inv")}
    index = (built.out / "searchindex.js").read_text("utf-8")
    titles = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["alltitles"]
    assert not [title for title in titles if "<" in title]


def is_gone(folder: Path) -> None:
    """Somebody who was shown by the last build is nowhere in the output of this one, nor in what is kept."""
    built = site_of(folder, withheld=True).build(doctrees="out-html/.doctrees")
    left = [name for name, data in files_of(built) if SECRET in name or SECRET.encode() in data.lower()]
    assert left == []


def files_of(built: Built) -> Iterator[tuple[str, bytes]]:
    """Yield what is published, and what we keep in the folder of doctrees, which may be published too.

    The hand-written page names the id, as do its doctree and its source.
    """
    yield from built.files(except_for=("index.doctree", "*.pickle", "index.md.txt")).items()
    for path in (built.out / ".doctrees").glob("rapporteur*.pickle"):
        yield path.name, path.read_bytes()


def is_plain_in_a_book(folder: Path) -> None:
    """No text of the data is a command of TeX, which reads files."""
    site = site_of(folder)
    site.write("data/people/cy.yaml", "name: Cy \\input{secret.txt} $x$\nbio: \\input{secret.txt} **x**\n")
    book = site.build("latex")
    (file,) = book.out.glob("harbour*.tex")
    text = file.read_text("utf-8")
    assert "secret.txt" in text
    assert "\\input{secret" not in text


def is_one_message(folder: Path) -> None:
    """No title ends its message in a catalog of translations and begins another."""
    site = site_of(folder)
    site.write("data/people/cy.yaml", "name: Cy \\nforged\n")
    pots = site.build("gettext").out.glob("*.pot")
    messages = [message.id for file in pots for message in pofile.read_po(io.BytesIO(file.read_bytes()))]
    assert "Cy \\nforged" in messages


class Unescaped(gettext.GettextRenderer):
    """Writes messages as they are."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.env.filters["e"] = self.env.filters["escape"] = str


def no_share_is_left(folder: Path) -> None:
    """The pictures of somebody who was shown and of their session are gone."""
    font = folder / "font.ttf"
    folder.mkdir()
    built_in = ImageFont.load_default(20)
    assert isinstance(built_in, ImageFont.FreeTypeFont)
    font.write_bytes(built_in.font_bytes)
    site = site_of(folder / "site")
    site.conf(
        f'{CONF}html_baseurl = "https://a.example/"\nrapporteur_share_fonts = [{str(font)!r}]\n',
    )
    before = {path.name for path in site.build().out.rglob("share-*.png")}
    site.write(f"data/people/{SECRET}.yaml", f"name: {SECRET} x\nwithheld: true\n")
    after = {path.name for path in site.build().out.rglob("share-*.png")}
    assert len(before - after) == 2


def put(holder: Any, name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(holder, name, value)


def as_if_private(folder: Path, left: state.State, *, is_published: bool) -> None:
    """Leave a state as if the folder of doctrees were never published."""
    assert is_published
    state.save_state(folder, left)


def as_typed(text: str, *_engine: object, **_named: object) -> str:
    return text


def nothing(*_arguments: Any, **_named: Any) -> None:
    return None


class Kept(RecordCache):
    """Keeps records as if their folder were never published."""

    def __init__(self, folder: Path, *, is_published: bool = False) -> None:
        super().__init__(folder)
        assert is_published


GUARDS: dict[str, tuple[str, Callable[[Path], None], Callable[[pytest.MonkeyPatch], None]]] = {
    "neighbours and descriptions are escaped": ("run", is_inert, put(context, "escape", str)),
    "titles are escaped": ("run", is_inert, put(layout, "_finalize", str)),
    "the inventory has lines": (
        "addresses",
        is_inert,
        put(
            objects.ForumDomain,
            "_entry",
            lambda domain, kind, name, page, anchor: (
                name,
                domain.display(kind, name),
                kind,
                page,
                anchor,
                1,
            ),
        ),
    ),
    "headings in the search index are text": (
        "run",
        is_inert,
        put(search, "keep_titles_text", lambda _app: iter(())),
    ),
    "books: text is escaped": ("code", is_plain_in_a_book, put(texescape, "escape", as_typed)),
    "translations: a title is one message": (
        "addresses",
        is_one_message,
        put(gettext, "GettextRenderer", Unescaped),
    ),
    "pictures to share": ("withheld", no_share_is_left, put(social, "remove_stale", nothing)),
    "words of the search index": ("withheld", is_gone, put(search, "forget_words", nothing)),
    "pages that are no more": ("withheld", is_gone, put(cleanup, "remove_stale_pages", nothing)),
    "pictures that are no more": ("withheld", is_gone, put(cleanup, "_remove_pictures", nothing)),
    "references by any": ("withheld", is_gone, put(hide_withheld.HideWithheld, "run", nothing)),
    "what is kept of files": ("withheld", is_gone, put(build, "RecordCache", Kept)),
    "what is noted of a build": ("withheld", is_gone, put(build, "save_state", as_if_private)),
}
"""The promise, an attack, and how the guard is taken away."""


@pytest.mark.slow
@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_is_missed_when_it_is_gone(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    monkeypatch.setattr(search, "_TITLES_ARE_HTML", True)
    promise, attack, remove = GUARDS[name]
    attack(tmp_path / "with")
    remove(monkeypatch)
    with pytest.raises(AssertionError):
        attack(tmp_path / "without")
    tried(promise, "guards of whole builds, each taken away once", 1)
