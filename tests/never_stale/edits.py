"""Edits that a person makes to a forum, each a method that takes numbers by which it picks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from small_forum import LAYOUTS, OWN_PAGES, SETTINGS, Forum, Key, Record

WORDS = ("Toads", "An *odd* title", "Reeds & rushes", "Ada Lind", "Zoë")
FIGURES = ("41", "1,000", "12.5")
REPORTS = (
    "Nothing to see.",
    "{forum:stat}`pond/frogs/croaks` and {forum:org}`reeds`.",
    "{forum:person}`ada`, {forum:quote}`pond/frogs/wet`\n\n#### A part\n\n![Chart](pictures/chart.png)",
    "{forum:person}`nobody`",
)
PAGES = (
    "# Another\n\n{forum:indicator}`noise` {forum:outcome}`pond/newts/count`\n",
    "# Listed\n\n```{forum:sessions}\n:person: ada\n```\n",
    "---\norphan: true\n---\n# Other title\n\n{forum:event}`pond`, {doc}`/sessions/index`\n",
    "# Linking\n\n{doc}`/people/ada` [](project:/sessions/pond/frogs.md) {doc}`/old` {any}`people/bo`\n",
)
PAGE_NAMES = ("notes/uses", "notes/plain", "notes/new", "people/ada", "sessions/pond/frogs", "events/index")
"""Of pages by hand; some stand in place of generated ones."""
NEW: dict[str, Record] = {
    "events": {"name": "Lake Forum", "start": "2025-05-06", "end": "2025-05-06", "timezone": "UTC"},
    "sessions": {
        "title": "Snails",
        "event": "pond",
        "start": "2024-05-06T12:00",
        "end": "2024-05-06T13:00",
        "people": [{"person": "bo", "role": "speaker"}],
        "tags": ["Slime"],
    },
    "people": {"name": "Chi Nguyen"},
    "organizations": {"name": "Willows"},
    "indicators": {"name": "Depth"},
}
KINDS = tuple(NEW)
STARTS = ("2024-05-06T09:00", "2024-05-07T09:00", "2024-05-08T10:00")


def _one(items: list[Any] | tuple[Any, ...], pick: int) -> Any:
    return items[pick % len(items)]


def retitle(forum: Forum, which: int, what: int) -> None:
    """Give a record another title or name."""
    key = _one(forum.keys(), which)
    forum.records[key]["title" if key[0] == "sessions" else "name"] = _one(WORDS, what)


def change_person(forum: Forum, which: int, what: int) -> None:
    """Give a person another name."""
    for key in forum.keys("people")[which % 2 :][:1]:
        forum.records[key]["name"] = _one(WORDS, what)


def change_figure(forum: Forum, which: int, what: int) -> None:
    """Change a figure, or add one."""
    for key in _a_session(forum, which):
        figures = forum.records[key].setdefault("statistics", [{"id": "croaks", "label": "croaks"}])
        figures[0]["value"] = _one(FIGURES, what)


def move_figure(forum: Forum, which: int, what: int) -> None:
    """Take a figure to another session; its former id leads to it."""
    for key in _a_session(forum, which):
        event = forum.records[key].get("event", "pond")
        figures = forum.records[key].get("statistics", [])
        for to in _a_session(forum, what):
            if figures and to != key:
                figure = figures.pop()
                figure.setdefault("aliases", []).append(f"{event}/{key[1]}/{figure['id']}")
                figure["id"] = f"moved-{what}-{len(figure['aliases'])}"
                forum.records[to].setdefault("statistics", []).append(figure)


def change_affiliation(forum: Forum, which: int, what: int) -> None:
    """Change whom somebody stands for, or with which title."""
    for key in _a_session(forum, which):
        for part in forum.records[key].get("people", [])[:1]:
            part["affiliations"] = [{"organization": "reeds", "title": _one(WORDS, what)}]


def change_text(forum: Forum, which: int, what: int) -> None:
    """Write another report, biography or description."""
    key = _one(forum.keys(), which)
    name = {"sessions": "report", "people": "bio"}.get(key[0], "description")
    forum.records[key][name] = _one(REPORTS, what)


def move_in_time(forum: Forum, which: int, what: int) -> None:
    """Put a session at another time, so that its neighbours change."""
    for key in _a_session(forum, which):
        start = _one(STARTS, what)
        forum.records[key] |= {"start": start, "end": start.replace(":00", ":30")}


def add(forum: Forum, which: int, what: int) -> None:
    """Add a record, in a file of its own or to a list."""
    kind = _one(KINDS, which)
    key = kind, f"new-{what % 2}"
    if key not in forum.records:
        forum.records[key] = dict(NEW[kind])
        if what % 3 or kind == "sessions":
            forum.own_file.add(key)


def remove(forum: Forum, which: int, what: int) -> None:
    """Remove a record."""
    key = _one(forum.keys(), which)
    if len(forum.records) > 3:
        del forum.records[key]
        forum.own_file.discard(key)


def rename(forum: Forum, which: int, what: int) -> None:
    """Give a record another id; with an odd number its former one leads to it."""
    key = _one(forum.keys(), which)
    name = f"renamed-{what % 3}"
    if (key[0], name) not in forum.records:
        new = forum.rename(key, name)
        if what % 2:
            aliases = forum.records[new].setdefault("aliases", [])
            aliases += [key[1]] if key[1] not in aliases else []


def alias(forum: Forum, which: int, what: int) -> None:
    """Give a record a former id, or take it away."""
    record = forum.records[_one(forum.keys(), which)]
    if record.pop("aliases", None) is None:
        record["aliases"] = [f"former-{what % 2}"]


def withhold(forum: Forum, which: int, what: int) -> None:
    """Withhold a record, a figure or an appearance, or show it again."""
    record = forum.records[_one(forum.keys(), which)]
    parts = [part for name in ("statistics", "quotes", "people") for part in record.get(name, ())]
    part = _one([record, *parts], what)
    if part.pop("withheld", None) is None:
        part["withheld"] = True


def move(forum: Forum, which: int, what: int) -> None:
    """Move a record from its file to the list of its kind, or back."""
    key = _one(forum.keys(), which)
    forum.own_file ^= {key}


def reorder(forum: Forum, which: int, what: int) -> None:
    """Put a record last in its list, or the people of a session in another order."""
    key = _one(forum.keys(), which)
    forum.records[key].get("people", []).reverse()
    forum.records[key] = forum.records.pop(key)


def touch(forum: Forum, which: int, what: int) -> None:
    """Touch all files of the data folder."""
    forum.touch()


def edit_layout(forum: Forum, which: int, what: int) -> None:
    """Write a layout of the site's own, change it, or remove it."""
    name = _one(tuple(LAYOUTS), which)
    if what % 3 == 0 and name in forum.layouts:
        del forum.layouts[name]
    else:
        forum.layouts[name] = LAYOUTS[name] + f"\nNote {what % 3}.\n"


def change_setting(forum: Forum, which: int, what: int) -> None:
    """Change a setting in ``conf.py``."""
    name = _one(tuple(SETTINGS), which)
    forum.settings[name] = _one(SETTINGS[name], what)


def edit_page(forum: Forum, which: int, what: int) -> None:
    """Write a page by hand, or change it."""
    forum.pages[_one(PAGE_NAMES, which)] = _one(PAGES, what)


def remove_page(forum: Forum, which: int, what: int) -> None:
    """Remove a page by hand, if it is not the home page."""
    for name in sorted(forum.pages.keys() - {"index"})[which % 3 :][:1]:
        del forum.pages[name]
        forum.former_pages.add(name)


def restore_page(forum: Forum, which: int, what: int) -> None:
    """Bring a page by hand back to what it was at first."""
    name = _one(tuple(OWN_PAGES), which)
    forum.pages[name] = OWN_PAGES[name]


def swap_picture(forum: Forum, which: int, what: int) -> None:
    """Replace a picture, or remove it."""
    path = forum.site.data / "pictures" / _one(("ada/portrait.png", "chart.png"), which)
    if what % 3 == 0:
        path.unlink(missing_ok=True)
    else:
        source = ("logo.png", "bo/portrait.png")[what % 2]
        path.write_bytes((forum.site.data / "pictures" / source).read_bytes())


def _a_session(forum: Forum, which: int) -> list[Key]:
    sessions = forum.keys("sessions")
    return [_one(sessions, which)] if sessions else []


Edit = Callable[[Forum, int, int], None]
EDITS: tuple[Edit, ...] = (
    *(retitle, change_person, change_figure, move_figure, change_affiliation, change_text, move_in_time),
    *(add, remove, rename, alias, withhold, move, reorder, touch, edit_layout, change_setting),
    *(edit_page, remove_page, restore_page, swap_picture),
)
