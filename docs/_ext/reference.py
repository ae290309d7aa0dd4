"""Directives that make the reference pages from the software itself, so that they cannot go stale."""

from __future__ import annotations

from argparse import Action, ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib import import_module
from inspect import getclosurevars
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from mistakes import Example as ExampleMistake
from mistakes import MistakeError, Mistakes, mistakes_of
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from sphinx.errors import ExtensionError
from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from tables import Cell, cell, code, inline, link, section, table
from words import words_of

from sphinx_rapporteur.cli import check
from sphinx_rapporteur.config import PREFIX, Settings
from sphinx_rapporteur.directives.forum import DIRECTIVES
from sphinx_rapporteur.directives.options import Check
from sphinx_rapporteur.records import model
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.lookup import KIND_NAMES
from sphinx_rapporteur.records.profiles import PROFILES
from sphinx_rapporteur.render.attributes import HELP
from sphinx_rapporteur.warnings import WARNING_TYPE, Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_SUPPLIED = {(model.Record, "id"), (model.Session, "event"), (model.Statistic, "value")}
"""Fields that the type requires and a person may leave out: the file's path or other keys supply them."""


def _label(part: type[BaseModel]) -> str:
    return f"fields-{part.__name__.lower()}"


def _is_supplied(part: type[BaseModel], name: str) -> bool:
    return any(issubclass(part, owner) and name == field for owner, field in _SUPPLIED)


def _fields(part: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the keys of a part as they are written; the site's own keys are explained elsewhere."""
    for name, field in part.model_fields.items():
        if not field.exclude:
            yield field.alias or name, field


class Reference(SphinxDirective):
    """A part of the reference: its page is made again when what it is made from has changed."""

    made_from: ClassVar[tuple[str, ...]]
    """Modules of the package."""

    def run(self) -> list[nodes.Node]:
        """Return the nodes, after noting the source files."""
        for source in self.made_from:
            self.env.note_dependency(str(import_module(f"sphinx_rapporteur.{source}").__file__))
        return self.make()

    def make(self) -> list[nodes.Node]:
        """Return the nodes."""
        raise NotImplementedError


class ReferenceFields(Reference):
    """A section for every record type and every part of one, with a table of its keys."""

    made_from = (
        "records.model.actors",
        "records.model.base",
        "records.model.event",
        "records.model.session",
        "records.model.statements",
    )

    def make(self) -> list[nodes.Node]:
        """Return the sections: the records as the data folder has them, then their parts by name."""
        records = list(model.KINDS.values())
        parts = [part for part in self._below(records) if part not in records]
        ordered = [*records, *sorted(parts, key=lambda part: part.__name__)]
        return [self._section(part) for part in ordered]

    @staticmethod
    def _below(roots: Iterable[type[BaseModel]]) -> list[type[BaseModel]]:
        found: dict[type[BaseModel], None] = {}
        waiting = list(roots)
        while waiting:
            part = waiting.pop()
            if part not in found:
                found[part] = None
                waiting += [
                    word for _, field in _fields(part) for word in words_of(field) if isinstance(word, type)
                ]
        return list(found)

    def _section(self, part: type[BaseModel]) -> nodes.section:
        node = section(self, [nodes.Text(part.__name__)], _label(part))
        node += nodes.paragraph("", "", *inline((part.__doc__ or "").partition("\n\n")[0]))
        rows = [
            [cell(code(name)), cell(inline(field.description or ""), self._takes(part, name, field))]
            for name, field in _fields(part)
        ]
        node += table(("Key", "Meaning, and what it takes"), (30, 70), rows)
        return node

    @staticmethod
    def _takes(part: type[BaseModel], name: str, field: FieldInfo) -> list[nodes.Node]:
        out: list[nodes.Node] = []
        for word in words_of(field):
            if isinstance(word, str):
                out += inline(word)
            else:
                out += link(_label(word), [nodes.Text(word.__name__.lower())])
        if field.is_required() and not _is_supplied(part, name):
            out += [nodes.Text("; "), nodes.strong("", "required")]
        elif field.default not in (None, (), False) and not field.is_required():
            out += inline(f"; `{field.default}` unless given")
        return out


class ReferenceSettings(Reference):
    """A table of the settings of ``conf.py``; each can be referred to with ``{confval}``."""

    made_from = ("config",)

    def make(self) -> list[nodes.Node]:
        """Return the table."""
        return [table(("Setting", "Meaning"), (40, 60), map(self._row, fields(Settings)))]

    def _row(self, item: Any) -> list[Cell]:
        name = PREFIX + item.name
        target = nodes.literal("", name, ids=[f"confval-{name}"])
        std: Any = self.env.get_domain("std")
        std.note_object("confval", name, target["ids"][0], location=self.get_location())
        default = [nodes.Text("default: "), *code(repr(Settings.default_of(item)))]
        return [cell([target]), cell(inline(item.metadata["help"]), default)]


class ReferenceLimits(Reference):
    """A table of the reader's limits."""

    made_from = ("records.limits",)

    def make(self) -> list[nodes.Node]:
        """Return the table, with the meanings that the source gives."""
        meanings = ModuleAnalyzer.for_module(Limits.__module__).find_attr_docs()
        rows = [
            [
                cell(code(item.name)),
                cell(inline(meanings["Limits", item.name][0])),
                cell([nodes.Text(f"{item.default:,}")]),
            ]
            for item in fields(Limits)
        ]
        return [table(("Name", "Limits", "Default"), (35, 45, 20), rows)]


class ReferenceProfiles(Reference):
    """A table of the report profiles."""

    made_from = ("records.profiles",)

    def make(self) -> list[nodes.Node]:
        """Return the table: the ids that a report uses as keys, with their headings."""
        rows = []
        for name, sections in PROFILES.items():
            shown: list[nodes.Node] = [nodes.Text("no sections of its own")]
            if sections:
                pieces = [[*code(key), nodes.Text(f" {title}")] for key, title in sections.items()]
                shown = [node for piece in pieces for node in (nodes.Text("; "), *piece)][1:]
            rows.append([cell(code(name)), cell(shown)])
        return [table(("Profile", "Sections"), (25, 75), rows)]


class ReferenceWarnings(Reference):
    """A section for every subtype of warning, with an example that is tried where data is at fault."""

    option_spec: ClassVar[Any] = {"errors": directives.flag, "warnings": directives.flag}

    made_from = ("warnings",)

    def make(self) -> list[nodes.Node]:
        """Return the sections of the errors, or of those that are warnings alone."""
        examples: Mistakes = mistakes_of(self.env)
        self.env.note_dependency(str(examples.file))
        chosen = [subtype for subtype in Subtype if subtype.is_error == ("errors" in self.options)]
        return [self._section(subtype, examples) for subtype in chosen]

    def _section(self, subtype: Subtype, examples: Mistakes) -> nodes.section:
        name = subtype.subtype
        node = section(self, code(f"{WARNING_TYPE}.{name}"), f"warning-{name}")
        node += nodes.paragraph("", "", *inline(subtype.meaning))
        try:
            example = examples.of(subtype)
        except MistakeError as error:
            logger.warning("%s", error, location=self.get_location())
            example = ExampleMistake("", "")
        if example.text:
            node += nodes.literal_block(example.text, example.text, language="text", classes=["message"])
        if example.note:
            node += nodes.paragraph("", "", *inline(example.note))
        return node


class ReferenceDirectives(Reference):
    """A table of all directives, each linked to its section: a directive without one is a warning."""

    made_from = ("directives.forum",)

    def make(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [
            [cell(link(f"directive-{name}", code(f"forum:{name}"))), cell(inline(directive.meaning))]
            for name, directive in DIRECTIVES.items()
        ]
        return [table(("Directive", "Shows"), (35, 65), rows)]


class ReferenceDirective(Reference):
    """The meaning and the options of one directive."""

    required_arguments = 1

    made_from = ("directives.forum", "directives.options")

    def make(self) -> list[nodes.Node]:
        """Return a paragraph and a table."""
        directive = DIRECTIVES.get(self.arguments[0])
        if directive is None:
            raise self.error(f"there is no directive {self.arguments[0]!r}")
        out: list[nodes.Node] = [nodes.paragraph("", "", *inline(directive.meaning))]
        rows = [
            [cell(code(name)), cell(inline(option.help), self._takes(name, option.check, directive.required))]
            for name, option in directive.allowed.items()
        ]
        if rows:
            out.append(table(("Option", "Meaning, and what it takes"), (30, 70), rows))
        else:
            out.append(nodes.paragraph("", "It has no options."))
        return out

    @staticmethod
    def _takes(name: str, check: Check, required: tuple[str, ...]) -> list[nodes.Node]:
        out = inline(_takes(check))
        if name in required:
            out += [nodes.Text("; "), nodes.strong("", "required")]
        return out


_SIMPLE = {
    "whole_number": "whole number",
    "date": "date",
    "flag": "nothing",
    "text": "text",
}
_ARTICLES = {"event": "an", "org": "an", "outcome": "an", "indicator": "an"}


def _takes(check: Check) -> str:
    """Return in plain words what a check of an option lets pass; what it was made with tells."""
    made_with = getclosurevars(check).nonlocals
    if "allowed" in made_with:
        several = "several_of" in check.__qualname__
        return ("some of " if several else "") + " · ".join(f"`{word}`" for word in made_with["allowed"])
    if "kind" in made_with:
        kind = made_with["kind"]
        return f"{_ARTICLES.get(kind, 'a')} {KIND_NAMES[kind]}"
    if "check_one" in made_with:
        return f"several, each {_takes(made_with['check_one'])}"
    if "values" in made_with:
        return f"one of the {made_with['values'].__name__.replace('_', ' ')} in the data"
    words = _SIMPLE.get(check.__name__)
    if words is None:
        raise ExtensionError(f"the reference has no words for what {check.__qualname__} checks")
    return words


class ReferenceRoles(Reference):
    """A table of the roles."""

    made_from = ("records.lookup",)

    def make(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [
            [cell(code(f"forum:{kind}")), cell([nodes.Text(f"{_ARTICLES.get(kind, 'a')} {name}")])]
            for kind, name in KIND_NAMES.items()
        ]
        return [table(("Role", "Refers to"), (35, 65), rows)]


class ReferenceAttributes(Reference):
    """A table of what a role can show instead of the usual, by role."""

    made_from = ("render.attributes",)

    def make(self) -> list[nodes.Node]:
        """Return the table; a role stands at its first attribute."""
        rows = []
        for kind, meanings in HELP.items():
            role = code(f"forum:{kind}")
            for name, meaning in meanings.items():
                rows.append([cell(role), cell(code(name)), cell(inline(meaning))])
                role = []
        return [table(("Role", "Attribute", "Shows"), (25, 20, 55), rows)]


class ReferenceCheck(Reference):
    """A table of the options of ``sphinx-rapporteur check``."""

    made_from = ("cli.check",)

    def make(self) -> list[nodes.Node]:
        """Return the table."""
        parser = ArgumentParser(add_help=False)
        check.add_arguments(parser)
        rows = [
            [cell(code(self._written(action))), cell(inline(action.help or ""))]
            for action in parser._actions  # noqa: SLF001  (argparse has no other list of them)
        ]
        return [table(("Argument", "Meaning"), (35, 65), rows)]

    @staticmethod
    def _written(action: Action) -> str:
        name = action.option_strings[0] if action.option_strings else str(action.metavar)
        if not action.option_strings or action.nargs == 0:
            return name
        value = action.metavar or "|".join(map(str, action.choices or ()))
        return f"{name} {value}"


class Example(SphinxDirective):
    """Markup as it is typed, and under it what it becomes here."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the source, then its result."""
        text = "\n".join(self.content)
        source = nodes.literal_block(text, text, language="markdown")
        result = nodes.container("", classes=["example-result"])
        self.state.nested_parse(self.content, self.content_offset, result)
        return [source, result]


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives."""
    for name, directive in {
        "reference-fields": ReferenceFields,
        "reference-settings": ReferenceSettings,
        "reference-limits": ReferenceLimits,
        "reference-profiles": ReferenceProfiles,
        "reference-warnings": ReferenceWarnings,
        "reference-directives": ReferenceDirectives,
        "reference-directive": ReferenceDirective,
        "reference-roles": ReferenceRoles,
        "reference-attributes": ReferenceAttributes,
        "reference-check": ReferenceCheck,
        "example": Example,
    }.items():
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
