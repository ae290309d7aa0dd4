"""How a record's text is read, for a page or for a check: its place, references, pictures and findings."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, get_args

from docutils import nodes

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.failure import attempt
from sphinx_rapporteur.records.finding import Finding, Path, Place, Report
from sphinx_rapporteur.records.lookup import Trouble, find, is_withheld, why_nowhere
from sphinx_rapporteur.records.model import Part, Record
from sphinx_rapporteur.records.model.types import Markdown
from sphinx_rapporteur.records.origin import path_in_file
from sphinx_rapporteur.records.pictures import PictureError, find_picture
from sphinx_rapporteur.render.attributes import (
    CITE,
    CITED,
    UnknownAttributeError,
    parse_target,
    show,
    withheld_trouble,
)
from sphinx_rapporteur.render.labels import _
from sphinx_rapporteur.render.text import TextContext, UniqueIds, render_text
from sphinx_rapporteur.render.text.characters import clean
from sphinx_rapporteur.render.text.links import RefusedError
from sphinx_rapporteur.warnings import Subtype


@dataclass(frozen=True, slots=True)
class TextReference:
    """A reference in a text to an object that exists."""

    kind: str
    id: str
    attribute: str
    """Which attribute is shown; empty for the usual one."""
    title: str | None
    """The explicit title."""
    shown: str
    """What is shown as things stand now."""


MakeReference: TypeAlias = Callable[[TextReference], nodes.Node]
PictureUri: TypeAlias = Callable[[str], str]
"""Takes a picture's path in the data folder; returns its address, raises ``PictureError`` if it has none."""

_ON_PAGES = frozenset({"report", "summary", "description", "bio"})


def stands_on_page(path: Path) -> bool:
    """Whether a text belongs to its record's page, with headings and pictures; others stand in components."""
    return path[0] in _ON_PAGES


def text_context(
    catalog: Catalog,
    root: pathlib.Path | None,
    record: Record,
    path: Path,
    *,
    report: Report,
    reference: MakeReference,
    picture: PictureUri | None = None,
    ids: UniqueIds | None = None,
) -> TextContext:
    """Return the context of the text at *path*; without *picture* it may show none, and has no sections."""
    origin = catalog.origin(record)
    in_file = path_in_file(origin, path)
    event = record.full_id.partition("/")[0]

    def xref(role: str, target: str, title: str | None, line: int) -> nodes.Node | None:
        wanted = parse_target(target)
        kinds = CITED if role == CITE else (role,)
        named = ((kind, find(catalog, kind, wanted.target, event=event)) for kind in kinds)
        found = next(((kind, full_id) for kind, full_id in named if full_id is not None), None)
        if found is not None:
            attribute = CITE if role == CITE else wanted.attribute
            shown, attribute = show_or_say(*found, attribute, line)
            return reference(TextReference(*found, attribute, title, title or shown))
        if any(is_withheld(catalog, kind, wanted.target) for kind in kinds):
            say(withheld_trouble(kinds[0]), line, Subtype.WITHHELD)
            return nodes.inline("", _("withheld"))
        say(why_nowhere(catalog, kinds, wanted.target, event=event), line)
        return None

    def show_or_say(kind: str, found: str, attribute: str, line: int) -> tuple[str, str]:
        try:
            return show(catalog, kind, found, attribute, event=event), attribute
        except UnknownAttributeError as error:
            say(error.trouble, line, error.subtype)
            # Said once: the reference asks for what the kind usually shows.
            return catalog.display(kind, found), ""

    def say(trouble: Trouble, line: int, subtype: Subtype = Subtype.ROLE) -> None:
        report(
            Finding(
                subtype,
                Place(origin.file, line),
                trouble.message,
                path=in_file,
                found=trouble.found,
                expected=trouble.expected,
                suggestion=trouble.suggestion,
                others=trouble.others,
            )
        )

    def uri_of(name: str) -> str | None:
        if picture is None or root is None:
            raise RefusedError("pictures stand in reports, summaries, descriptions and biographies alone")
        try:
            return picture(name)
        except PictureError as error:
            raise RefusedError(str(error)) from error

    return TextContext(
        file=str(root / origin.file if root else origin.file),
        place=Place(origin.file, origin.text_line(path)),
        report=report,
        xref=xref,
        picture=uri_of,
        ids=ids or UniqueIds(),
        hosts=catalog.hosts,
        sections=picture is not None,
        path=in_file,
    )


def nodes_of(text: str, context: TextContext) -> list[nodes.Node]:
    """Return a text as nodes; where our own code fails over it, that is reported and it stands as typed."""
    return attempt(
        lambda: render_text(text, context),
        report=context.report,
        place=context.place,
        otherwise=[nodes.paragraph("", clean(text), translatable=False)],
    )


def check_texts(catalog: Catalog, root: pathlib.Path, *, report: Report) -> None:
    """Report what is wrong in the texts of all records, as a build does while it reads its pages."""

    def in_folder(name: str) -> str:
        return str(find_picture(root, name))

    for records in (
        catalog.events,
        catalog.sessions,
        catalog.people,
        catalog.organizations,
        catalog.indicators,
    ):
        for record in records.values():
            for path, text in texts_of(record):
                context = text_context(
                    catalog,
                    root,
                    record,
                    path,
                    report=report,
                    reference=lambda found: nodes.inline("", found.shown),
                    picture=in_folder if stands_on_page(path) else None,
                )
                nodes_of(text, context)


def texts_of(part: Part) -> Iterator[tuple[Path, str]]:
    """Yield the restricted-Markdown texts of a record, each with its path."""
    for name, is_text in _fields(type(part)).items():
        for path, value in _leaves(getattr(part, name), (name,)):
            if isinstance(value, Part):
                yield from (((*path, *inner), text) for inner, text in texts_of(value))
            elif is_text and isinstance(value, str):
                yield path, value


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value


@cache
def _fields(model: type[Part]) -> Mapping[str, bool]:
    """Return the fields that may hold texts: whether their own strings are such."""
    forms = {}
    for name, field in model.model_fields.items():
        inside = tuple(_inside(field.annotation))
        is_text = any(isinstance(form, Markdown) for form in (*field.metadata, *inside))
        if is_text or any(isinstance(form, type) and issubclass(form, Part) for form in inside):
            forms[name] = is_text
    return forms


def _inside(annotation: object) -> Iterator[object]:
    yield annotation
    # Of Annotated, get_args gives the type and its marks.
    for argument in get_args(annotation):
        yield from _inside(argument)
