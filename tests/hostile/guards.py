"""The guards that keep the promises: how each is taken away, and a small attack that then succeeds."""

# ruff: noqa: ARG005  (the guards are inside; what stands in for them takes what they take)

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from markdown_it import MarkdownIt
from sphinx.project import Project

from hostile.attacks import (
    EVENT,
    LIMITS,
    SMALL,
    _outside,
    alias_loop,
    at_once,
    backslash_before_a_host,
    card,
    damaged_beside_the_output,
    deep_folders,
    digits,
    disagreeing,
    drawn,
    duplicate,
    edit_link,
    entity,
    failing,
    hidden,
    host_in_another_form,
    host_of_a_field,
    host_of_a_text,
    in_html,
    inert,
    kept_beside_the_output,
    large,
    linked_out,
    long_integer,
    many_records,
    nearly_equal,
    no_image,
    no_picture,
    noted,
    noted_beside_the_output,
    piped,
    png,
    refuses,
    rel_of_a_field,
    rel_of_a_text,
    remote_address,
    remote_host,
    remote_size,
    remote_values,
    replaced,
    reported,
    says,
    shadowed,
    spaces_in_a_row,
    strange_picture,
    taken,
    title,
    unpacks_to_much,
    untranslated,
    withheld,
    withheld_in_a_text,
    withheld_key,
    withheld_twice,
    writes,
)
from sphinx_rapporteur.domain import hover, remote
from sphinx_rapporteur.formats import inventory
from sphinx_rapporteur.html import edit
from sphinx_rapporteur.pages import former, layout, state
from sphinx_rapporteur.pages.project import VirtualProject
from sphinx_rapporteur.records import (
    address,
    characters,
    conflicts,
    failure,
    figure,
    hosts,
    link,
    pictures,
    withhold,
)
from sphinx_rapporteur.records import alike as likeness
from sphinx_rapporteur.records import catalog as catalogs
from sphinx_rapporteur.records.checks import lookalikes, scripts, times
from sphinx_rapporteur.records.model import types
from sphinx_rapporteur.records.read import (
    cache,
    files,
    json_text,
    raw,
    record,
    schema,
    toml_text,
)
from sphinx_rapporteur.records.read import yaml_text as yamls
from sphinx_rapporteur.records.read.folder import FolderReader
from sphinx_rapporteur.render import escape, thumbnails, to_html
from sphinx_rapporteur.render import parts as p
from sphinx_rapporteur.render.text import blocks, context, inline, links, syntax

NEVER = re.compile(r"(?!)")
ANYTHING = re.compile(".*", re.DOTALL)
ENDLESS = 10**12
Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Guard:
    """One guard."""

    promise: str
    remove: Callable[[Patch], None]
    attack: Callable[[Path], None]
    """Passes as long as the guard is there."""
    breaks: type[BaseException] = AssertionError


# --- how guards are taken away


def neuter(function: Any, instead: Any) -> Callable[[Patch], None]:
    """Have a function do something else, whoever has imported it already."""
    code = getattr(function, "__wrapped__", function)
    assert isinstance(code, FunctionType)
    return lambda patch: patch.setattr(code, "__code__", instead.__code__)


def put(holder: Any, name: str, value: Any) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(holder, name, value)


def loosened(name: str) -> Callable[[Patch], None]:
    """Raise one of the limits of the reader out of sight."""
    return lambda patch: patch.setattr(LIMITS, "now", replace(SMALL, **{name: ENDLESS}))


def with_html(patch: Patch) -> None:
    """Let HTML through to the page, as MyST does."""
    patch.setattr(syntax, "_parser", lambda: MarkdownIt("commonmark"))

    def as_html(renderer: Any, token: Any) -> None:
        renderer._parent += nodes.raw("", token.content, format="html")

    patch.setattr(inline.InlineRenderer, "_on_unknown", as_html)


def without_patterns(patch: Patch) -> None:
    patch.setattr(syntax, "_PATTERNS", ())
    patch.setattr(syntax, "_parser", syntax._parser.__wrapped__)


def of_both(name: str, value: object) -> Callable[[Patch], None]:
    """Replace what says which ids are none, where it is looked at."""

    def remove(patch: Patch) -> None:
        for holder in (types, record):
            patch.setattr(holder, name, value)

    return remove


def without_users(patch: Patch) -> None:
    patch.setattr(address, "_USER", "\0")
    patch.setattr(address, "_HOST", ANYTHING)


def with_backslashes(patch: Patch) -> None:
    without_users(patch)
    patch.setattr(address, "_BACKSLASH", "\0")


def over_pages(patch: Patch) -> None:
    """Let planned pages stand in for those that are written by hand."""

    def discover(self: Any, *paths: Any) -> set[str]:
        Project.discover(self, *paths)
        self._virtual = frozenset(self._planned)
        self._write_stubs()
        self.docnames |= self._virtual
        return set(self.docnames)

    patch.setattr(VirtualProject, "discover", discover)


def any_alias(shelf: Any, kind: str, _report: Any) -> dict[str, str]:
    """Return the former ids, whoever has them now."""
    records = shelf.records[kind].items()
    return {alias: full_id for full_id, record in records for alias in record.aliases}


def over_every_page(plan: Any, catalog: Any, settings: Any, *, is_page: Any) -> dict[str, str]:
    """Return the former pages, whatever is there now."""
    return former._of_records(plan, catalog, settings)


class _Forgetful(set[int]):
    def add(self, _key: int) -> None:
        """Keep nothing."""


def with_loops(patch: Patch) -> None:
    """Have the builder forget what it is inside of, and count no aliases."""
    start = yamls._Builder.__init__

    def forget(self: Any, limits: Any, **named: Any) -> None:
        start(self, limits, **named)
        self._open = _Forgetful()

    patch.setattr(yamls._Builder, "__init__", forget)
    patch.setattr(LIMITS, "now", replace(SMALL, aliases=ENDLESS))


def strict_toml() -> SimpleNamespace:
    """Return a reader of TOML whose errors of other kinds are not ours to catch."""

    def loads(text: str, **named: Any) -> Any:
        try:
            return tomllib.loads(text, **named)
        except tomllib.TOMLDecodeError:
            raise
        except ValueError as error:
            raise ArithmeticError from error

    return SimpleNamespace(loads=loads, TOMLDecodeError=tomllib.TOMLDecodeError)


GUARDS: dict[str, Guard] = {
    # --- no script, no style
    "texts: the allowed rules and tokens": Guard("run", with_html, inert("a <img src=x onerror=alert(1)> b")),
    "texts: what may not be used is said": Guard("run", without_patterns, reported("a <b>c</b>", "HTML")),
    "components: text is escaped": Guard(
        "run", neuter(escape.escape, lambda text: text), in_html(p.Para(("<b>",)))
    ),
    "components: attributes are escaped": Guard(
        "run",
        neuter(escape.escape, lambda text: text),
        in_html(p.Items(((p.Para((p.Time("x", '"><b>'),)),),), ordered=False)),
    ),
    "components: characters of our own gaps": Guard(
        "run", put(escape, "_CONTROL", NEVER), in_html(p.Para(("\x01stat\x02a/b\x03click\x04",)))
    ),
    "charts: text is escaped": Guard("run", neuter(escape.escape, lambda text: text), drawn),
    "hover cards: text is escaped": Guard("run", put(hover, "escape", str), card),
    "edit links: the name of a file is a path": Guard(
        "run", put(edit, "quote", lambda text, **_named: text), edit_link
    ),
    "titles: punctuation is escaped": Guard("run", put(layout, "_finalize", str), title),
    "colours": Guard(
        "run",
        neuter(types._check_colour, lambda text: text),
        says("value", EVENT + "tracks: [{id: t, name: T, color: 'url(x)'}]\n", line=5, file="events/f.yaml"),
    ),
    "pictures: content": Guard(
        "run",
        put(pictures, "_check_content", lambda _file: None),
        no_picture("a.png", writes(b"<svg xmlns='x'/>")),
    ),
    "pictures: SVG": Guard(
        "run",
        put(pictures, "_SIGNATURES", {b"<svg": {".svg"}}),
        no_picture("a.svg", writes(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")),
    ),
    # --- no file from outside
    "records: links out": Guard("files", put(files, "_inside", lambda _path, _root: True), linked_out),
    "pictures: links and paths out": Guard(
        "files",
        put(Path, "is_relative_to", lambda _path, _other: True),
        no_picture("a.png", lambda path: path.symlink_to(_outside(path))),
    ),
    "pictures: their names": Guard(
        "files",
        neuter(types._check_photo, lambda text: text),
        says("value", "name: Bo\nphoto: {file: ../a.png}\n", line=2),
    ),
    "what changed: links out": Guard(
        "files", put(state, "_is_not_followed", lambda _link, _inside: False), noted
    ),
    "small portraits: forms of picture": Guard("files", put(thumbnails, "_FORMATS", None), strange_picture),
    # --- no request
    "links: schemes": Guard(
        "requests",
        put(links, "_check_address", lambda target, _scheme: links.Target(target, external=True)),
        inert("[x](javascript:alert(1)) <data:text/html,x>"),
    ),
    "links: hosts without a scheme": Guard(
        "requests",
        put(links, "_check_path", lambda _target: None),
        refuses(links.check_target, "//evil.example"),
    ),
    "links: characters": Guard(
        "requests",
        put(links, "_refuse_characters", lambda _target: None),
        refuses(links.check_target, "/\\evil.example"),
    ),
    "links: what a host is": Guard(
        "requests", put(address, "_HOST", ANYTHING), refuses(links.check_target, "https://a<b>.example/")
    ),
    "links: users before a host": Guard(
        "requests", without_users, refuses(links.check_target, "https://igf@evil.example/")
    ),
    "links: users before a host, of a field": Guard(
        "requests", without_users, refuses(address.web_address, "https://igf@evil.example/")
    ),
    "links: backslashes, which browsers take for slashes": Guard(
        "requests", with_backslashes, backslash_before_a_host
    ),
    "links: other forms of a host": Guard(
        "requests", neuter(address.web_address, lambda text: text), host_in_another_form
    ),
    "links: what mailto takes": Guard(
        "requests", put(links, "_MAILTO", ANYTHING), refuses(links.check_target, "mailto:a@b.c?cc=d@e.f")
    ),
    "links: hosts, of a text": Guard(
        "requests", put(hosts.Hosts, "allow", lambda _self, _address: True), host_of_a_text
    ),
    "links: hosts, of a field": Guard(
        "requests", put(catalogs, "limit_hosts", lambda *_a, **_n: None), host_of_a_field
    ),
    "links: rel, of a text": Guard("requests", put(inline, "REL", ""), rel_of_a_text),
    "links: rel, of a field": Guard("requests", put(to_html, "REL", ""), rel_of_a_field),
    "links: addresses of fields": Guard(
        "requests",
        neuter(address.web_address, lambda text: text),
        says("value", "name: Bo\nlinks: [{label: x, url: 'javascript:alert(1)'}]\n", line=2),
    ),
    "pictures: of other hosts": Guard(
        "requests",
        put(inline.InlineRenderer, "_picture", lambda _self, target: target),
        no_image,
    ),
    "other projects: addresses": Guard(
        "requests", put(remote, "_is_inside", lambda _a, _b: True), remote_address
    ),
    "other projects: hosts below a root": Guard("requests", put(remote, "_HOST", NEVER), remote_host),
    # --- no code
    "YAML: tags": Guard(
        "code",
        put(yamls._Builder, "_tagged", lambda _self, node: (node.value, 1)),
        says("syntax", "name: !!python/name:os.system ''\n"),
    ),
    "texts: directives": Guard(
        "code",
        put(blocks, "directive_as_typed", lambda _token: ""),
        reported("```{include} x\n```\n", "directive"),
    ),
    "texts: not translated by others": Guard(
        "code", put(blocks._BlockRenderer, "_locate", lambda *_a: None), untranslated
    ),
    # --- addresses
    "ids: their form": Guard(
        "addresses",
        of_both("ID_PATTERN", ANYTHING),
        says("bad-id", "id: ADA/../x\nname: Bo\n"),
    ),
    "ids: those of indexes": Guard(
        "addresses",
        of_both("RESERVED_IDS", frozenset()),
        says("bad-id", "id: by-country\nname: Bo\n"),
    ),
    "ids: former ones of indexes": Guard(
        "addresses",
        put(types, "RESERVED_IDS", frozenset()),
        says("bad-id", "name: Bo\naliases: [a/index]\n", line=2),
    ),
    "former ids: of records that are there": Guard("addresses", put(link, "_former_ids", any_alias), taken),
    "former ids: of pages that are there": Guard(
        "addresses",
        put(former, "former_pages", over_every_page),
        replaced,
    ),
    "pages: those written by hand": Guard("addresses", over_pages, shadowed),
    "ids: two of one": Guard("addresses", put(FolderReader, "_duplicate", lambda *_a, **_n: None), duplicate),
    "names: characters that hide": Guard(
        "addresses", neuter(characters.visible, lambda text: (text, [])), hidden("B\u200bo\u202e")
    ),
    "texts: characters that hide, as entities": Guard(
        "addresses", neuter(characters.hides, lambda _text: False), entity
    ),
    "names: two scripts": Guard(
        "addresses",
        neuter(scripts.check_scripts, lambda catalog, report: None),
        says("characters", "name: \u0410da Berg\n"),
    ),
    "names: look-alikes": Guard(
        "addresses",
        neuter(lookalikes.check_look_alikes, lambda catalog, report: None),
        says("look-alike", "- {id: a, name: Ada Berg}\n- {id: b, name: \u0410d\u0430 Berg}\n", line=2),
    ),
    "other projects: values": Guard("addresses", put(remote, "clean", str), remote_values),
    "other projects: length of values": Guard("addresses", put(remote, "_MAX_VALUE", ENDLESS), remote_values),
    # --- the build
    "other projects: size": Guard("build", put(remote, "_MAX_BYTES", ENDLESS), remote_size),
    "inventories: what they unpack to": Guard(
        "build", put(inventory, "_MAX_UNPACKED", 0), unpacks_to_much, pytest.fail.Exception
    ),
    "inventories: spaces in a row": Guard(
        "build", put(inventory, "re", SimpleNamespace(sub=lambda _p, _r, lines: lines)), spaces_in_a_row
    ),
    "limits: size of a file": Guard(
        "build", loosened("file_bytes"), says("limit", "name: A\nx-a: " + "a " * 1_000_000)
    ),
    "limits: depth, YAML": Guard(
        "build", loosened("depth"), says("limit", "name: A\nx-a: " + "[" * 30 + "]" * 30, line=2)
    ),
    "limits: depth, JSON": Guard(
        "build",
        loosened("depth"),
        says("limit", '{"name": "A",\n"x-a": ' + "[" * 30 + "]" * 30 + "}", line=2, file="people/bo.json"),
    ),
    "limits: depth, TOML": Guard(
        "build",
        loosened("depth"),
        says("limit", "name = 'A'\nx-a = " + "[" * 30 + "]" * 30, file="people/bo.toml"),
    ),
    "limits: aliases": Guard(
        "build",
        loosened("aliases"),
        says("limit", "x-a: &a 1\nx-b: [" + "*a, " * 200 + "]\nname: A\n", line=2),
    ),
    "limits: values": Guard(
        "build", loosened("nodes"), says("limit", "name: A\nx-a: [" + "1, " * 200_001 + "]\n", line=2)
    ),
    "limits: length of a text": Guard(
        "build", loosened("text_characters"), says("limit", "name: A\nbio: " + "x" * 200_001, line=2)
    ),
    "limits: records": Guard("build", loosened("records"), many_records),
    "YAML: composing by recursion": Guard(
        "build",
        put(yamls, "_compose", lambda composer, _limits: composer.get_single_node()),
        says("limit", "name: A\nx-a: " + "[" * 3_000 + "]" * 3_000, line=2),
    ),
    "YAML: aliases inside what they repeat": Guard("build", with_loops, alias_loop),
    "YAML: directives": Guard(
        "build",
        put(yamls, "_MOST_DIRECTIVES", ENDLESS),
        says("limit", "".join(f"%TAG !a{n}! x\n" for n in range(200)) + "---\nname: A\n"),
    ),
    "YAML: keys that are there twice": Guard(
        "build",
        neuter(raw.duplicate_key, lambda key, line, other, first: first),
        says("duplicate-key", "name: A\nname: B\n", line=2),
    ),
    "JSON: keys that are there twice": Guard(
        "build",
        neuter(raw.duplicate_key, lambda key, line, other, first: first),
        says("duplicate-key", '{"name": "A",\n"name": "B"}', line=2, file="people/bo.json"),
    ),
    "JSON: digits": Guard(
        "build",
        put(
            json_text,
            "json",
            SimpleNamespace(
                loads=lambda text, **_named: json.loads(text), JSONDecodeError=json.JSONDecodeError
            ),
        ),
        digits,
    ),
    "JSON: numbers that are none": Guard(
        "build",
        put(json_text, "_NO_NUMBERS", frozenset()),
        says("syntax", '{"name":\nNaN}', line=2, file="people/bo.json"),
    ),
    "TOML: digits": Guard("build", put(toml_text, "tomllib", strict_toml()), long_integer),
    "TOML: steps of a key": Guard(
        "build",
        put(toml_text, "_check_keys", lambda _text, _limits: None),
        says("limit", "name = 'A'\n" + "a." * 100 + "a = 1\n", line=2, file="people/bo.toml"),
    ),
    "figures: length": Guard(
        "build", put(figure, "_LONGEST", ENDLESS), refuses(figure.parse_figure, "1" + " " * 200)
    ),
    "figures: digits": Guard(
        "build", put(figure, "_MOST_DIGITS", ENDLESS), refuses(figure.parse_figure, "9" * 60)
    ),
    "dates: years": Guard(
        "build",
        neuter(types._of_our_time, lambda moment: moment),
        says("value", "title: T\nstart: 0001-01-01T00:00+14:00\n", line=2, file="sessions/e/a.yaml"),
    ),
    "files: pipes": Guard("build", put(files, "stat", SimpleNamespace(S_ISREG=lambda _mode: True)), piped),
    "files: bytes that are no text": Guard(
        "build",
        neuter(files.decode, lambda data: data.decode("utf-8", "ignore")),
        says("unreadable", b"name: A\nbio: \xe9\n", line=2),
    ),
    "folders: depth": Guard("build", put(files, "_DEEPEST", ENDLESS), deep_folders),
    "pictures: pixels": Guard(
        "build", put(pictures, "MAX_PIXELS", ENDLESS), no_picture("a.png", writes(png(100_001, 1_000)))
    ),
    "pictures: size": Guard(
        "build",
        put(pictures, "MAX_BYTES", ENDLESS),
        no_picture("a.png", large),
    ),
    "texts: length": Guard(
        "build", put(syntax, "MAX_LENGTH", ENDLESS), reported("word " * 40_001, "longer than")
    ),
    "texts: depth": Guard(
        "build", put(syntax, "MAX_DEPTH", ENDLESS), reported("> " * 30 + "x", "nested too deep")
    ),
    "texts: depth of emphasis": Guard(
        "build",
        put(inline, "_MAX_NESTING", ENDLESS),
        reported("*a **b " * 30 + "c" + "** d*" * 30, "nested too deep"),
    ),
    "texts: columns": Guard(
        "build",
        put(syntax, "MAX_COLUMNS", ENDLESS),
        reported("|a" * 80 + "|\n" + "|-" * 80 + "|\n", "too large"),
    ),
    "texts: rows": Guard(
        "build", put(syntax, "MAX_ROWS", ENDLESS), reported("|a|\n|-|\n" + "|b|\n" * 2_100, "too long")
    ),
    "texts: cells": Guard(
        "build",
        put(syntax, "MAX_CELLS", ENDLESS),
        reported("|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "|\n" * 500, "too long"),
    ),
    "texts: definitions": Guard(
        "build",
        put(syntax, "MAX_DEFINITIONS", ENDLESS),
        reported("".join(f"[a{n}]: /b\n" for n in range(510)), "definitions"),
    ),
    "texts: asterisks": Guard(
        "build", put(syntax, "MAX_EMPHASES", ENDLESS), reported("*a " * 2_100, "too many")
    ),
    "texts: findings": Guard(
        "build", put(context, "MAX_FINDINGS", ENDLESS), reported("<b> " * 60, "more of the same")
    ),
    "times: sessions at once": Guard("build", put(times, "_MOST_AT_ONCE", ENDLESS), at_once),
    "figures: what disagrees": Guard("build", put(conflicts, "_MOST_COMPARED", ENDLESS), disagreeing),
    "names: nearly equal": Guard("build", put(likeness, "_MOST_LIKE_ONE", ENDLESS), nearly_equal),
    "our own failures": Guard(
        "build", neuter(failure._caught, lambda work: (work(), None)), failing, ZeroDivisionError
    ),
    # --- what is withheld
    "withheld: all of it": Guard(
        "withheld", put(catalogs, "withhold", lambda *_a, **_n: None), withheld("true")
    ),
    "withheld: references": Guard(
        "withheld", put(withhold._Rules, "_reference", lambda _s, _k, value, _p: value), withheld("true")
    ),
    "withheld: people in a session": Guard(
        "withheld", put(withhold._Rules, "_somebody", lambda _s, part: part), withheld("name")
    ),
    "withheld: people by name": Guard(
        "withheld", put(withhold._Rules, "_stays", lambda _s, _part: None), withheld("true")
    ),
    "withheld: who stated it": Guard(
        "withheld", put(withhold._Rules, "_statement", lambda _s, part, _p: part), withheld("name")
    ),
    "withheld: organisations": Guard(
        "withheld", put(withhold._Rules, "_body", lambda _s, part: part), withheld("true")
    ),
    "withheld: parts": Guard(
        "withheld", put(withhold._Rules, "_part", lambda _s, part, _p: part), withheld("true")
    ),
    "withheld: former names": Guard(
        "withheld", put(withhold, "_withhold_aliases", lambda _shelf: None), withheld("true")
    ),
    "withheld: names in texts": Guard(
        "withheld", put(withhold, "_report_texts", lambda *_a: None), withheld_in_a_text
    ),
    "withheld: a key that is misspelt": Guard(
        "withheld", neuter(schema.hides, lambda path: False), withheld_key
    ),
    "withheld: one of two records": Guard(
        "withheld", put(FolderReader, "_duplicate", lambda *_a, **_n: None), withheld_twice
    ),
    "withheld: what is kept of files": Guard(
        "withheld", put(cache.RecordCache, "withholds", False), kept_beside_the_output
    ),
    "withheld: what is noted of a build": Guard(
        "withheld", neuter(state.forget_state, lambda folder: None), noted_beside_the_output
    ),
    "what is kept of files: damage": Guard(
        "build", put(cache, "_sum", lambda _body: bytes(4)), damaged_beside_the_output
    ),
}
"""Each guard by what it guards."""
