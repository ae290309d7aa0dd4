"""Objects of other projects: what their inventories and the file beside them say, and who shows it here.

Nothing remote is trusted: values are text, cut to a length, and what is not as it should be in a file
is as good as not there, and is said once. Without the file references show the inventory's display name.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from sphinx.util import logging, requests

from sphinx_rapporteur.domain.roles import BY_NAME_ALONE
from sphinx_rapporteur.formats.inventory import entry_of
from sphinx_rapporteur.pages.files import write_whole
from sphinx_rapporteur.pages.report import warn
from sphinx_rapporteur.records.finding import printable
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.render.text.characters import clean
from sphinx_rapporteur.warnings import Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

FILENAME = "rapporteur.json"
"""Beside ``objects.inv``."""
FORMAT_VERSION = 1
_CACHE_FOLDER = "rapporteur-remote"
_MAX_BYTES = 50_000_000
_MAX_VALUE = 1_000
_MAX_SHOWN = 100
_HOST = re.compile(r"//")
_BEHIND_PATH = re.compile(r"[?#].*", re.DOTALL)
_SCHEME_OR_HOST = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]*:")

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RemoteObject:
    """An object of another project, as its inventory lists it."""

    kind: str
    name: str
    uri: str
    display: str
    attributes: Attributes

    def digest(self) -> str:
        """Return a digest of all that a reference to it can show."""
        shown = (self.kind, self.uri, self.display, sorted(self.attributes.items()))
        return sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass
class Remotes:
    """The other projects that have objects of the domain, by their name in ``intersphinx_mapping``."""

    inventories: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, Mapping[str, Attributes]]] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    """The pages that are read again since what they link to changed."""
    _by_uri: dict[str, RemoteObject] | None = None

    def find(self, project: str | None, kinds: tuple[str, ...], target: str) -> RemoteObject | None:
        """Return the object of that name in one project or, without one, in any."""
        names = [project] if project is not None else list(self.inventories)
        for name in names:
            for kind in kinds:
                item = self.inventories.get(name, {}).get(f"forum:{kind}", {}).get(target)
                if item is not None:
                    return self._object(name, kind, target, item)
        return None

    def names(self, project: str | None, kinds: tuple[str, ...]) -> list[str]:
        """Return the names of all objects of some kinds in one project or, without one, in all."""
        projects = [project] if project is not None else list(self.inventories)
        inventories = [self.inventories.get(name, {}) for name in projects]
        return [name for items in inventories for kind in kinds for name in items.get(f"forum:{kind}", {})]

    def by_uri(self, uri: str) -> RemoteObject | None:
        """Return the object at an address."""
        if self._by_uri is None:
            self._by_uri = {found.uri: found for found in self._all()}
        return self._by_uri.get(uri)

    def _all(self) -> Iterator[RemoteObject]:
        for project, inventory in self.inventories.items():
            for kind in KIND_NAMES:
                for name, item in inventory.get(f"forum:{kind}", {}).items():
                    yield self._object(project, kind, name, item)

    def _object(self, project: str, kind: str, name: str, item: Any) -> RemoteObject:
        uri, display = entry_of(item)
        display = _line(name if display == "-" else display)
        attributes = self.attributes.get(project, {}).get(kind, {}).get(name, {})
        return RemoteObject(kind, name, uri, display, attributes)


_REMOTES: WeakKeyDictionary[BuildEnvironment, Remotes] = WeakKeyDictionary()


def remotes_of(env: BuildEnvironment) -> Remotes:
    """Return the other projects of a build."""
    return _REMOTES.setdefault(env, Remotes())


def load_remotes(app: Sphinx) -> None:
    """Read what other projects publish, after intersphinx read their inventories (``builder-inited``)."""
    _REMOTES[app.env] = _read_remotes(app)


def _read_remotes(app: Sphinx) -> Remotes:
    """The projects of ``intersphinx_mapping`` that have objects of the domain."""
    named: Mapping[str, Any] = getattr(app.env, "intersphinx_named_inventory", {})
    inventories = {
        name: inventory
        for name, inventory in named.items()
        if any(key.startswith("forum:") for key in inventory)
    }
    _keep_inside(app, named)
    attributes = {}
    for name, (uri, locations) in app.config.intersphinx_mapping.values() if inventories else ():
        if name in inventories:
            attributes[name], wrong = _checked(_read(app, name, uri, locations))
            if wrong:
                warn(
                    Subtype.REMOTE_FILE,
                    f"{FILENAME} of {name} ({uri}) is not as it should be: {wrong}; "
                    "where it says nothing, references show what the inventory says",
                )
    return Remotes(inventories, attributes)


def _keep_inside(app: Sphinx, named: Mapping[str, Any]) -> None:
    """Take entries off inventories whose address leaves the site that was named in ``conf.py``."""
    main: Mapping[str, Any] = getattr(app.env, "intersphinx_inventory", {})
    for name, (base, _locations) in app.config.intersphinx_mapping.values() if named else ():
        if name not in named:
            continue
        strays = [
            (kind, item, entry_of(found)[0])
            for kind, objects in named[name].items()
            for item, found in objects.items()
            if not _is_inside(entry_of(found)[0], base)
        ]
        for kind, item, address in strays:
            del named[name][kind][item]
            if kind in main and item in main[kind] and entry_of(main[kind][item])[0] == address:
                del main[kind][item]
        if strays:
            kind, item, address = strays[0]
            more = f" and {len(strays) - 1} more" if len(strays) > 1 else ""
            warn(
                Subtype.REMOTE,
                f"the inventory of {name} leads out of {base}: {printable(item)} ({kind}) to "
                f"{printable(address)}{more}; left out",
            )


def _is_inside(address: str, base: str) -> bool:
    """Whether an address is below that of a project; both may be relative."""
    below = address.removeprefix(base.rstrip("/") + "/" if base else "")
    is_below = not base or below != address or address == base
    return (
        is_below
        # Below the root of a host lies what names a host of its own.
        and (not _HOST.match(address) or _HOST.match(base) is not None)
        and "\\" not in address
        and ".." not in unquote(_BEHIND_PATH.sub("", below)).split("/")
        and (bool(base) or not _SCHEME_OR_HOST.match(address))
    )


def _read(app: Sphinx, name: str, uri: str, locations: tuple[str | None, ...]) -> bytes:
    """Return the file beside the inventory; asked for again only when the inventory was."""
    cache = Path(app.doctreedir, _CACHE_FOLDER, sha256(name.encode()).hexdigest()[:16] + ".json")
    entry = getattr(app.env, "intersphinx_cache", {}).get(uri)
    fetched = repr(entry[1]) if entry else ""
    times = app.env.domaindata["forum"]["remote_times"]
    if fetched and times.get(name) == fetched and cache.is_file():
        return cache.read_bytes()
    data = b""
    for location in locations:
        inventory = location if location is not None else posixpath.join(uri, "objects.inv")
        beside = posixpath.join(posixpath.dirname(inventory), FILENAME)
        data = _download(app, beside) if "://" in beside else _read_file(Path(app.srcdir, beside))
        if data:
            break
    cache.parent.mkdir(parents=True, exist_ok=True)
    write_whole(cache, data)
    times[name] = fetched
    return data


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= _MAX_BYTES else b""
    except OSError:
        return b""


def _download(app: Sphinx, url: str) -> bytes:
    config = app.config
    try:
        with requests.get(
            url,
            timeout=config.intersphinx_timeout or 30,
            stream=True,
            _user_agent=config.user_agent,
            _tls_info=(config.tls_verify, config.tls_cacerts),
        ) as response:
            response.raise_for_status()
            data: bytes = response.raw.read(_MAX_BYTES + 1, decode_content=True)
    except Exception as error:  # noqa: BLE001  (whatever a network does, the display names are there)
        logger.info("forum: %s is not there (%s); display names are shown", url, type(error).__name__)
        return b""
    return data if len(data) <= _MAX_BYTES else b""


def _checked(data: bytes) -> tuple[dict[str, dict[str, Attributes]], str]:
    """Return what is of the right shape in the file: kinds, names and short texts; and what is wrong."""
    try:
        content = json.loads(data) if data else {"version": FORMAT_VERSION, "objects": {}}
    except (ValueError, RecursionError):
        return {}, "it is not JSON"
    if not isinstance(content, dict):
        return {}, f"it holds {_what(content)}, and no object with `version` and `objects`"
    if content.get("version") != FORMAT_VERSION:
        found = printable(repr(content["version"])[:_MAX_SHOWN]) if "version" in content else "none"
        return {}, f"its version is {found}; this release reads version {FORMAT_VERSION}"
    objects = content.get("objects")
    if not isinstance(objects, dict):
        return {}, f"`objects` is {_what(objects)}, and no object by kind"
    checked: dict[str, dict[str, Attributes]] = {}
    wrong = ""
    # Of kinds that a later release may add nothing is said.
    for kind, shelf in ((kind, objects[kind]) for kind in KIND_NAMES if kind in objects):
        items = shelf.items() if isinstance(shelf, dict) else ()
        checked[kind] = {name: _texts(item) for name, item in items if isinstance(item, dict)}
        if not isinstance(shelf, dict):
            wrong = wrong or f"`{kind}` is {_what(shelf)}, and no object by name"
        for name, item in items:
            if not isinstance(item, dict):
                wrong = wrong or f"{kind} {printable(name[:_MAX_SHOWN])!r} is {_what(item)}, and no object"
            elif not all(isinstance(value, str) for value in item.values()):
                wrong = wrong or f"{kind} {printable(name[:_MAX_SHOWN])!r} has an attribute that is no text"
    return checked, wrong


def _what(value: object) -> str:
    """Return what JSON calls a value."""
    if value is None:
        return "nothing"
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "a number")


def _texts(item: dict[str, Any]) -> Attributes:
    return {key: _line(value) for key, value in item.items() if isinstance(value, str)}


def _line(text: str) -> str:
    return " ".join(clean(text[:_MAX_VALUE]).split())


def remote_kinds(env: BuildEnvironment, role: str) -> tuple[str, ...]:
    """Return the kinds of object that a role can mean; ``any`` and Markdown's links mean all."""
    if role in BY_NAME_ALONE:
        return tuple(KIND_NAMES)
    return tuple(env.get_domain("forum").objtypes_for_role(role) or ())
