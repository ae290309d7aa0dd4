"""The settings of ``conf.py``: a dataclass whose fields carry help, default, check and rebuild kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from difflib import get_close_matches
from typing import Any, Literal, Self

PREFIX = "rapporteur_"
_HOST = re.compile(r"(?:\*\.)?[\w-]+(?:\.[\w-]+)*")
_EDIT_URL = re.compile(r"https?://[\w.-]+(?::\d+)?/(?:[^\s{}\"'<>\\\x00-\x1f\x7f]|\{file\}|\{line\})*")
_DOCNAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_ANCHOR = re.compile(r"[\w.-]+")
_POLICIES = (None, "meta", "headers", "both")
Rebuild = Literal["", "env", "html"]


class SettingError(ValueError):
    """A setting has a value that is not allowed; the text says what is expected."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise SettingError("text")
    return value


def _optional_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingError("True or False")
    return value


def _prefix(value: object) -> str:
    text = _text(value).strip("/")
    if not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*", text) or ".." in text.split("/"):
        raise SettingError("a path of one or more names, such as people or proceedings/people")
    return text


def _is_address(text: str) -> bool:
    docname, sign, anchor = text.partition("#")
    is_anchor = not sign or _ANCHOR.fullmatch(anchor) is not None
    return bool(_DOCNAME.fullmatch(docname)) and ".." not in docname.split("/") and is_anchor


def _redirects(value: object) -> Mapping[str, str]:
    is_right = isinstance(value, Mapping) and all(
        all(isinstance(name, str) and _is_address(name) for name in pair)
        # A page leads on to a page, what is at an anchor of one anywhere.
        and ("#" in pair[0] or "#" not in pair[1])
        for pair in value.items()
    )
    if not isinstance(value, Mapping) or not is_right:
        raise SettingError('a dictionary of document names, such as {"people/letter/x": "people/index"}')
    return dict(sorted(value.items()))


def _limits(value: object) -> Mapping[str, int]:
    if not isinstance(value, Mapping) or not all(isinstance(n, int) and n > 0 for n in value.values()):
        raise SettingError("a dictionary of names and positive whole numbers")
    return dict(value)


def _hosts(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = tuple(value) if isinstance(value, list | tuple | set | frozenset) else ("",)
    if not all(isinstance(name, str) and _HOST.fullmatch(name) for name in names):
        raise SettingError('None, or a list of hosts such as "example.org" and "*.example.org"')
    return tuple(sorted(name.lower() for name in names))


def _edit_url(value: object) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else ""
    if not _EDIT_URL.fullmatch(text) or "{file}" not in text:
        raise SettingError(
            "None, or an address that starts with https:// or http:// and a host and has {file} after it"
        )
    return text


def _fonts(value: object) -> tuple[str, ...]:
    files = (value,) if isinstance(value, str) else value
    if not isinstance(files, list | tuple) or not all(isinstance(one, str) and one for one in files):
        raise SettingError("the path of a font file, or a list of some")
    return tuple(files)


def _content_policy(value: object) -> str | None:
    if value not in _POLICIES:
        raise SettingError('None, "meta", "headers" or "both"')
    return None if value is None else str(value)


def _policy_sources(value: object) -> Mapping[str, str]:
    """Check more sources of a policy: neither may end its directive, nor the header that it stands in."""
    if not isinstance(value, Mapping) or not all(
        isinstance(name, str)
        and isinstance(sources, str)
        and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name)
        and re.fullmatch(r"[\x20\x21\x23-\x2b\x2d-\x3a\x3c-\x7e]+", sources)
        for name, sources in value.items()
    ):
        raise SettingError('a dictionary such as {"img-src": "https://example.org"}')
    return dict(value)


def _search(value: object) -> str:
    if value not in ("sphinx", "pagefind"):
        raise SettingError('"sphinx" or "pagefind"')
    return str(value)


def _setting(default: Any, text: str, *, check: Callable[[object], Any], rebuild: Rebuild = "env") -> Any:
    metadata = {"help": text, "check": check, "rebuild": rebuild}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)


_NEAR = 0.85


def setting_names() -> tuple[str, ...]:
    """Return the names of all settings as ``conf.py`` has them."""
    return tuple(PREFIX + item.name for item in fields(Settings))


def nearest_setting(name: str) -> str | None:
    """Return the setting that an unknown name may stand for; nothing if it is none of ours.

    Empty if it is called like ours, but none is near.
    """
    near = get_close_matches(name, setting_names(), n=1, cutoff=_NEAR)
    return near[0] if near else "" if name.startswith(PREFIX) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The checked settings of a project; in ``conf.py`` each name starts with ``rapporteur_``."""

    data: str | None = _setting(
        "../data",
        "The data folder, relative to the folder of `conf.py`. "
        "`None` loads the extension without data, for a project that only refers to others.",
        check=_optional_text,
    )
    url_events: str = _setting("events", "Under which path the pages of events are.", check=_prefix)
    url_sessions: str = _setting("sessions", "Under which path the pages of sessions are.", check=_prefix)
    url_people: str = _setting("people", "Under which path the pages of people are.", check=_prefix)
    url_organizations: str = _setting(
        "organizations", "Under which path the pages of organisations are.", check=_prefix
    )
    url_indicators: str = _setting(
        "indicators", "Under which path the pages of indicators are.", check=_prefix
    )
    url_statistics: str = _setting("statistics", "Under which path the index of figures is.", check=_prefix)
    url_topics: str = _setting("topics", "Under which path the index of tags is.", check=_prefix)
    url_sdgs: str = _setting(
        "sdgs", "Under which path the index of Sustainable Development Goals is.", check=_prefix
    )
    redirects: Mapping[str, str] = _setting(
        {},
        "Pages that were published and are no more, each with the page that took its place, "
        'as document names: `{"people/letter/x": "people/index"}`. '
        "The pages of renamed records need none: they have `aliases`. With `#`, "
        'one anchor of a page leads on, such as that of a tag: `{"topics/index#topic-fax": "topics/index"}`.',
        check=_redirects,
    )
    inventory_labels: bool = _setting(
        True,
        "Whether the inventory lists every object as a label too, so that `:any:` finds it from a project "
        "without this extension. MyST’s `<inv:#name>` without a type then finds two and says so.",
        check=_flag,
        rebuild="html",
    )
    link_hosts: tuple[str, ...] | None = _setting(
        None,
        'The hosts that records may link to, such as `["example.org", "*.example.net"]`; '
        "the second allows all below it too. `None` allows every host. "
        "Links made of an ORCID iD or a ROR id are not limited.",
        check=_hosts,
    )
    edit_url: str | None = _setting(
        None,
        "Where the record of a page can be edited: an address in which `{file}` stands for its file, "
        "relative to the data folder, and `{line}` for the line on which it begins. "
        "`None` puts no such link on the pages of records.",
        check=_edit_url,
        rebuild="html",
    )
    content_policy: str | None = _setting(
        None,
        "Where the site's [Content Security Policy](#content-security-policy) is put: "
        '`"meta"` into each page, `"headers"` into a file `_headers` beside them, `"both"`; `None` nowhere.',
        check=_content_policy,
        rebuild="html",
    )
    content_policy_sources: Mapping[str, str] = _setting(
        {},
        'What the policy allows besides, by directive: `{"img-src": "https://example.org"}`.',
        check=_policy_sources,
        rebuild="html",
    )
    search: str = _setting(
        "sphinx",
        'Which search the site has: `"sphinx"` for Sphinx’s own, or `"pagefind"`, which finds people, '
        "sessions and figures by themselves and narrows them down by event, day, topic and more. "
        'It needs `pip install "pagefind[bin]"`.',
        check=_search,
        rebuild="html",
    )
    share_fonts: tuple[str, ...] = _setting(
        (),
        "The font files, relative to the folder of `conf.py`, with which each session and person gets a "
        "[picture to share](#pictures-to-share); without any there are none.",
        check=_fonts,
        rebuild="html",
    )
    limits: Mapping[str, int] = _setting(
        {}, "Limits of the reader that differ from the default ones, by name.", check=_limits
    )

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the path under which the pages of each kind of record are."""
        return {
            "event": self.url_events,
            "session": self.url_sessions,
            "person": self.url_people,
            "org": self.url_organizations,
            "indicator": self.url_indicators,
        }

    @classmethod
    def from_config(cls, get: Callable[[str], object], *, report: Callable[[str, object, str], None]) -> Self:
        """Return checked settings; report name, value and what is expected where the default stands in."""
        values = {}
        for item in fields(cls):
            value = get(PREFIX + item.name)
            try:
                values[item.name] = item.metadata["check"](value)
            except SettingError as error:
                report(PREFIX + item.name, value, str(error))
        return cls(**values)

    @staticmethod
    def default_of(item: Any) -> Any:
        """Return the default of one of this class's dataclass fields."""
        return item.default if item.default is not MISSING else item.default_factory()
