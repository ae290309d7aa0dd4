"""Addresses are promises: what was published last, held against the records of today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from rapidfuzz import fuzz

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.failure import NOWHERE
from sphinx_rapporteur.records.finding import Finding, Place
from sphinx_rapporteur.records.likeness import PublishedObject
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.records.model import Organization, Person, Record
from sphinx_rapporteur.records.names import fold
from sphinx_rapporteur.records.naming import alias_of, nearest
from sphinx_rapporteur.records.resolve import KIND_OF
from sphinx_rapporteur.records.successors import (
    WITH_PAGE,
    Successor,
    Successors,
    is_spelling,
    names_of,
    objects_of,
    written_name,
)
from sphinx_rapporteur.warnings import Subtype

__all__ = ["ON_INDEX", "WITH_PAGE", "PublishedObject", "check_published", "is_known", "page_of"]

STATEMENTS = ("stat", "quote", "outcome")
ON_INDEX = ("topic", "sdg")
_SET_BACK = "set the `rapporteur_url_…` setting back to the path that was published"
_EXPECTED = "every published name to resolve"
_MOST_NAMED = 3
_OTHER = 45.0
"""Names less alike than this are those of two things."""
_OTHER_LABEL, _OTHER_UNIT = 60.0, 50.0
"""The same of labels and units of figures."""


def check_published(
    catalog: Catalog,
    published: Iterable[PublishedObject],
    *,
    whole: Catalog | None = None,
    prefixes: Mapping[str, str],
    redirects: AbstractSet[str] = frozenset(),
    attributes: Callable[[str, str], Mapping[str, str]] = lambda _kind, _name: {},
    conf: Place = NOWHERE,
) -> Iterator[Finding]:
    """Yield a finding for each published name or address that is gone and each that means something else.

    *whole* is the catalog as it would be if nothing were withheld, which explains what is gone of tags and
    goals. *prefixes* are the paths under which the pages of each kind of record are (``rapporteur_url_…``),
    and *conf* is where they are set. *attributes* returns what is published of an object of today beside the
    inventory, from its kind and full id. *redirects* are the addresses from which the settings lead on.
    """
    objects = [item for item in published if item.kind in KIND_NAMES]
    gone = {
        (item.kind, item.name)
        for item in objects
        if not is_known(catalog, item.kind, item.name, whole=whole)
        and not (item.kind in ON_INDEX and not redirects.isdisjoint(_addresses(catalog, item)))
    }
    successors = Successors(catalog, {(item.kind, item.name): item for item in objects}, gone, attributes)
    yield from _moved_indexes(objects, prefixes, conf)
    yield from _moved_kinds(objects, gone, prefixes, conf)
    for item in objects:
        if (item.kind, item.name) in gone:
            if not _owner_is_gone(item, gone):
                yield _vanished(successors, item)
            continue
        if item.kind in WITH_PAGE:
            if _prefix_of(item) in {None, prefixes[item.kind]}:
                yield from _moved(catalog, item, prefixes)
            yield from _changed_meaning(successors, item)
        elif item.kind == "stat":
            yield from _changed_measure(successors, item)


def is_known(catalog: Catalog, kind: str, name: str, *, whole: Catalog | None = None) -> bool:
    """Return whether a name still resolves, or was taken off on purpose."""
    return (
        catalog.resolve(kind, name) is not None
        or catalog.is_withheld(kind, name)
        or (kind in ON_INDEX and whole is not None and whole.resolve(kind, name) is not None)
    )


def _owner_is_gone(item: PublishedObject, gone: set[tuple[str, str]]) -> bool:
    """Whether what an object stands in is gone too, so that one finding is enough."""
    owner = item.name.rpartition("/")[0]
    event = item.name.partition("/")[0]
    return bool(owner) and not gone.isdisjoint({("session", owner), ("event", owner), ("event", event)})


def _vanished(successors: Successors, item: PublishedObject) -> Finding:
    what = KIND_NAMES[item.kind]
    message = f"the {what} {item.name!r} was published and is gone, and no alias leads to what it became"
    found = successors.find(item)
    others: tuple[Place, ...] = ()
    if found:
        place, *more = (successors.catalog.place(one.record, one.path) for one in found[:_MOST_NAMED])
        hint, others = _advice(item, found), tuple(more)
    elif item.kind in ON_INDEX:
        place, hint = _tag_again(successors, item)
    else:
        place, hint = _restore(successors.catalog, item)
    return Finding(
        Subtype.PUBLISHED,
        place,
        message,
        found=item.display,
        expected=_EXPECTED,
        suggestion=hint,
        others=others,
    )


def _advice(item: PublishedObject, found: Sequence[Successor]) -> str:
    """What to add to the record that something became, so that nothing more is said."""
    if len(found) > 1:
        shown = found[:_MOST_NAMED]
        each = " or ".join(f"{one.full_id!r} ({_to_add(item, one)} to it)" for one in shown)
        more = f", or {len(found) - len(shown):,} more" if len(found) > len(shown) else ""
        return f"several new ones are as much like it; it became {each}{more}"
    (successor,) = found
    add = _to_add(item, successor)
    if successor.is_probable:
        return f"it probably became {successor.full_id!r}: {add} to it"
    return f"{successor.full_id!r} is the only new one; if it became that, {add} to it"


def _to_add(item: PublishedObject, successor: Successor) -> str:
    former = item.name.rpartition("/")[2]
    full_id, record = successor.full_id, successor.record
    if item.kind in {"session", *STATEMENTS} and item.name.rpartition("/")[0] != full_id.rpartition("/")[0]:
        former = item.name
    add = f"add `aliases: [{former}]`"
    names = _NAMES.get(item.kind)
    if names is not None and not _same(record, item.display, names_of(record)):
        add += f" and `{names}: [{quoted(item.display)}]`"
    return add


_NAMES = {"person": "also_known_as", "org": "also_known_as", "session": "alt_titles"}
"""The field for other names, by kind of record."""


def quoted(text: str) -> str:
    """Return a text as it can stand in a list in YAML."""
    is_plain = all(c.isalpha() or c in " -." for c in text) and text[:1].isalpha()
    return text if is_plain else "'" + text.replace("'", "''") + "'"


def _tag_again(successors: Successors, item: PublishedObject) -> tuple[Place, str]:
    """Return where to say what a tag or goal that is gone became, and how."""
    catalog = successors.catalog
    (address,) = _addresses(catalog, item)
    to = address.partition("#")[0] if "#" in address else "index"
    redirect = f'`"{address}": "{to}"` to `rapporteur_redirects` in conf.py'
    if item.kind != "topic":
        return NOWHERE, f"give a session this goal again or, if none deals with it any more, add {redirect}"
    new = [name for name in catalog.names(item.kind) if (item.kind, name) not in successors.published]
    near = nearest(item.name, new)
    gone = [name for kind, name in successors.gone if kind == item.kind]
    became = near or (new[0] if len(new) == len(gone) == 1 else None)
    if became is None:
        return NOWHERE, f"give a session this tag again or, if no other took its place, add {redirect}"
    event = catalog.event_of(catalog.topics[became].sessions[0])
    tag = f"{{name: {quoted(catalog.topics[became].label)}, aliases: [{item.name}]}}"
    add = f"add `{tag}` to the `tags` of the event" if event.tags else f"add `tags: [{tag}]` to the event"
    if near is not None:
        return catalog.place(event, ("tags",)), f"it probably became {became!r}: {add}"
    hint = f"{became!r} is the only new one; if it became that, {add}"
    return catalog.place(event, ("tags",)), hint


def _restore(catalog: Catalog, item: PublishedObject) -> tuple[Place, str]:
    """Return where something can come back, and what to do, if nothing is like it."""
    owner, _, own = item.name.rpartition("/")
    file = f"{KIND_OF[item.kind]}/{item.name}.yaml"
    if item.kind in STATEMENTS:
        now = catalog.resolve("session" if "/" in owner else "event", owner) or owner
        hint = f"restore {own!r} here, or add `aliases: [{item.name}]` to what took its place"
        return catalog.place_of(item.kind, f"{now}/{own}"), hint
    # Each is a record of its own, in whichever file.
    hint = f"restore the record, such as {file}, or add {item.name!r} to the `aliases` of what took its place"
    written = written_name(catalog, item.kind, item.display)
    if written is not None:
        return written, f"the name stands here without a record: {hint}"
    return catalog.place_of(item.kind, item.name), hint


def _addresses(catalog: Catalog, item: PublishedObject) -> tuple[str, ...]:
    """Return what ``rapporteur_redirects`` may lead on from for a tag or a goal that is gone.

    That is its anchor or, where no tag or goal is left at all, the page.
    """
    page, (_path, _sign, anchor) = page_of(item), item.uri.partition("#")
    page = page if "/" in page else f"{page}/index"
    return (f"{page}#{anchor}",) if catalog.names(item.kind) else (page,)


def _moved_indexes(
    objects: Iterable[PublishedObject], prefixes: Mapping[str, str], conf: Place
) -> Iterator[Finding]:
    """The index of topics, or of goals, on which all of them are, keeps its address."""
    addresses = {(item.kind, page_of(item)) for item in objects if item.kind in ON_INDEX}
    for kind, address in sorted(addresses):
        if kind in prefixes and address != prefixes[kind]:
            yield Finding(
                Subtype.PUBLISHED,
                conf,
                f"the page with every {KIND_NAMES[kind]} was published at another address",
                found=address,
                expected=prefixes[kind],
                suggestion=_SET_BACK,
            )


def _prefix_of(item: PublishedObject) -> str | None:
    """Return the path under which an object's page was, if its name is the rest of the address."""
    page = page_of(item)
    return page.removesuffix(f"/{item.name}") if page.endswith(f"/{item.name}") else None


def _moved_kinds(
    objects: Iterable[PublishedObject],
    gone: set[tuple[str, str]],
    prefixes: Mapping[str, str],
    conf: Place,
) -> Iterator[Finding]:
    """One finding for all pages of a kind that were under another path."""
    moved: dict[tuple[str, str], list[str]] = {}
    for item in objects:
        before = _prefix_of(item) if item.kind in WITH_PAGE else None
        if before is not None and before != prefixes[item.kind] and (item.kind, item.name) not in gone:
            moved.setdefault((item.kind, before), []).append(item.name)
    for (kind, before), names in sorted(moved.items()):
        count = f"{len(names):,} {KIND_NAMES[kind]} page{'s' if len(names) > 1 else ''}"
        verb = "were" if len(names) > 1 else "was"
        yield Finding(
            Subtype.PUBLISHED,
            conf,
            f"{count} {verb} published at another address, such as that of {names[0]!r}",
            found=f"{before}/{names[0]}",
            expected=f"{prefixes[kind]}/{names[0]}",
            suggestion=_SET_BACK,
        )


def page_of(item: PublishedObject) -> str:
    """Return the address of an object's page, without what builders end it with."""
    address = item.uri.partition("#")[0]
    for ending in ("index.html", ".html", "/"):
        address = address.removesuffix(ending)
    return address.strip("/")


def _moved(catalog: Catalog, item: PublishedObject, prefixes: Mapping[str, str]) -> Iterator[Finding]:
    """A name that resolves keeps its address or gets a redirect there, unless the path was changed."""
    expected = f"{prefixes[item.kind]}/{item.name}"
    page = page_of(item)
    if page == expected:
        return
    current = catalog.resolve(item.kind, item.name)
    steps = page.split("/")
    if any(catalog.resolve(item.kind, "/".join(steps[first:])) == current for first in range(len(steps))):
        # A former name was published with the page of what it became, which is said itself if it moved.
        return
    record = objects_of(catalog, item.kind)[current].record if current else None
    if record is None:
        return
    yield Finding(
        Subtype.PUBLISHED,
        catalog.place(record),
        f"the page of the {KIND_NAMES[item.kind]} {item.name!r} was published at another address",
        found=item.uri,
        expected=f"{expected}.html or {expected}/",
        suggestion=_SET_BACK,
    )


def _changed_meaning(successors: Successors, item: PublishedObject) -> Iterator[Finding]:
    catalog = successors.catalog
    current = catalog.resolve(item.kind, item.name)
    found = objects_of(catalog, item.kind).get(current or "")
    if found is None:
        return
    record = found.record
    names = names_of(record)
    if _same(record, item.display, names):
        return
    if current == item.name:
        message = f"the id {item.name!r} was published for something else; an id is never given to another"
        hint = "give the new record an id of its own, and leave the old one as it was"
        place = catalog.place(record)
    else:
        if item.kind not in _NAMES:
            # Nothing in the record can say that it is the same under another name.
            return
        message = f"the former id {item.name!r} was published for something else than what it leads to now"
        place, hint = _alias_place(successors, item, record)
    field = _NAMES.get(item.kind)
    if field is not None:
        hint += f"; if it is the same, add `{field}: [{quoted(item.display)}]`"
    yield Finding(Subtype.MEANING, place, message, found=names[0], expected=item.display, suggestion=hint)


def _changed_measure(successors: Successors, item: PublishedObject) -> Iterator[Finding]:
    """A figure of which the value changes is the same; one that counts something else is not."""
    catalog = successors.catalog
    current = catalog.resolve(item.kind, item.name)
    found = objects_of(catalog, item.kind).get(current or "")
    now = successors.attributes(item.kind, current) if current else {}
    before = item.attributes
    label, other = before.get("label", ""), now.get("label", "")
    is_same_indicator = "indicator" in before and before["indicator"] == now.get("indicator")
    if found is None or not label or not other or is_same_indicator:
        return
    if _is_reworded(before, now) and not _has_label_of_another(successors, item, other):
        return
    what = "id" if current == item.name else "former id"
    hint = "give the new figure an id of its own"
    if current != item.name:
        hint = f"take {item.name.rpartition('/')[2]!r} off the `aliases` of this figure"
    yield Finding(
        Subtype.MEANING,
        catalog.place(found.record, found.path),
        f"the {what} {item.name!r} was published for a figure of something else",
        found=_measure(now),
        expected=_measure(before),
        suggestion=f"{hint}; if it counts the same in other words, it is not said again once it is published",
    )


def _is_reworded(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a figure may count what it counted, by its label and by units that are words."""
    units = [one.get("unit", "").casefold() for one in (before, now)]
    are_words = all(unit.replace(" ", "").isalpha() for unit in units)
    if are_words and max(fuzz.token_set_ratio(*units), fuzz.ratio(*units)) < _OTHER_UNIT:
        return False
    return fuzz.token_set_ratio(before["label"].casefold(), now["label"].casefold()) >= _OTHER_LABEL


def _has_label_of_another(successors: Successors, item: PublishedObject, label: str) -> bool:
    """Whether a figure has the label with which another of its record was published: they were swapped."""
    owner = item.name.rpartition("/")[0]
    return item.attributes.get("label") != label and any(
        other.kind == item.kind
        and other.name != item.name
        and other.name.rpartition("/")[0] == owner
        and other.attributes.get("label") == label
        for other in successors.published.values()
    )


def _measure(attributes: Mapping[str, str]) -> str:
    unit = attributes.get("unit")
    return f"{attributes['label']} (in {unit})" if unit else attributes["label"]


def _alias_place(successors: Successors, item: PublishedObject, record: Record) -> tuple[Place, str]:
    """Return where a former id stands in a record, and whose it probably should be."""
    catalog = successors.catalog
    path = next(
        (
            ("aliases", index)
            for index, alias in enumerate(record.aliases)
            if alias_of(record, alias) == item.name
        ),
        (),
    )
    hint = "take it off these `aliases`"
    others = [one for one in successors.find(item) if one.is_probable and one.record is not record]
    if len(others) == 1:
        (other,) = others
        hint += f" and add it to those of {other.full_id!r} ({catalog.place(other.record)})"
    return catalog.place(record, path), hint


def _same(record: Record, published: str, names: list[str]) -> bool:
    """Whether a record may be what was published under its id, going by its names.

    People and organisations are held to what counts as another spelling of one name; titles of
    sessions and names of events may be worded anew.
    """
    if any(fold(name) == fold(published) for name in names):
        return True
    match record:
        case Person():
            return is_spelling("person", published, names)
        case Organization():
            return is_spelling("org", published, names)
    likeness = max(fuzz.token_set_ratio(published.casefold(), name.casefold()) for name in names)
    return likeness >= _OTHER
