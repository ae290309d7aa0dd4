"""Where fuzzing starts: the data and the cases of the other tests, and the words of each format."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image

from sphinx_rapporteur.records.model import KINDS
from sphinx_rapporteur.records.read.schema import keys_of

TESTS = Path(__file__).parent.parent
_DATA = TESTS / "build" / "data"
_CASES = TESTS / "records" / "cases" / "records.txt"
_TEXTS = TESTS / "render" / "cases"
_INVENTORY = TESTS / "published" / "objects.inv"
_FIGURES = (
    "68,000",
    "68 000",
    "1,234.5",
    "-3",
    "3.9 billion",
    "2/3",
    "1 in 3",
    "9 out of 10",
    "46%",
    "46 per cent",
    "25-30",
    "1.5 million to 2 million",
)
_MOMENTS = (
    *(
        "2016-12-06",
        "2016-12-06T13:00",
        "2016-12-06 13:00:01+01:00",
        "0001-01-01T00:00+14:00",
        "+01:00",
        "00:12:31",
    ),
    *(
        "999:59",
        "yes",
        "12",
        "America/Mexico_City",
        "CH",
        "16.2",
        "0000-0002-1825-0097",
        "https://ror.org/02mhbdp94",
    ),
    *(
        "pt-BR",
        "#0a0b0c",
        "https://[::1]:80/?a#b",
        "mailto:a@b.c",
        "pictures/a.png",
        "../a.png",
        "igf-2016/ws27",
    ),
)
_NAMES = ("bo\nbob\nada", "Ada\nada", "a\u0308\na/b/c", "index\nindex")
_TYPED = {"figure": _FIGURES, "moment": _MOMENTS, "names": _NAMES}
_FIGURE_WORDS = (
    *("thousand", "million", "billion", "trillion", " per cent", " in ", " out of ", " to ", "%", "/", ","),
    *("\u00a0", "\u2212", "\u2013", ",000", "10-20"),
)
_MARKUP = (
    *("**", "__", "```", "~~~", "](", "![", "[a]: ", "> ", "- ", "1. ", "# ", "---\n", "===\n", "    "),
    *("| a | b |\n", "|-|-|\n", "{forum:person}`susie`", "{sub}`", "<b>", "<!--", "&#x202e;", "https://a.b"),
    *("javascript:", "mailto:a@b.c", "known.md", "picture.png", "```{note}\n", ":::{", "[^1]", "{{", "}}"),
)


def seeds(target: str) -> Iterator[bytes]:
    """Yield inputs that a target is meant for."""
    match target:
        case "yaml":
            yield from (b"\0" + path.read_bytes() for path in _DATA.rglob("*.yaml"))
            yield from (bytes([number % 5]) + text for number, text in enumerate(_cases()))
        case "json":
            loaded = (yaml.load(path.read_bytes(), yaml.BaseLoader) for path in _DATA.rglob("*.yaml"))
            yield from (b"\0" + json.dumps(one).encode() for one in loaded)
        case "toml":
            yield from (b"\0" + path.read_bytes() for path in _DATA.rglob("*.toml"))
        case "figure" | "moment" | "names":
            yield from (typed.encode() for typed in _TYPED[target])
        case "text":
            hostile = yaml.safe_load((_TEXTS / "text-hostile.yaml").read_text("utf-8"))
            groups = (group["texts"] if isinstance(group, dict) else group for group in hostile.values())
            yield from (text.encode("utf-8", "replace") for group in groups for text in group)
            yield from re.split(rb"\n\.\n", (_TEXTS / "text.txt").read_bytes())[1::3]
        case "inventory":
            data = _INVENTORY.read_bytes()
            head, _, body = data.partition(b"zlib.\n")
            lines = zlib.decompress(body).splitlines(keepends=True)[:20]
            yield head + b"zlib.\n" + zlib.compress(b"".join(lines))
            yield b"".join(lines)
            yield b"ada forum:person 1 //evil.example/ -\nbo forum:person 1 ../a.html#$ B\n"
            yield b"x std:doc -1 /x.html X\n"
        case "picture":
            for number, form in enumerate(("PNG", "JPEG", "GIF", "WEBP")):
                made = BytesIO()
                Image.new("RGB", (9, 7), "red").save(made, form)
                yield bytes([number]) + made.getvalue()
        case "attributes":
            objects = {kind: {"a/b": {"full": "x", "label": "y"}} for kind in ("stat", "person")}
            yield json.dumps({"version": 1, "objects": objects}).encode()


def words(target: str) -> list[str]:
    """Return the words that inputs of a target are made of."""
    match target:
        case "yaml" | "json" | "toml":
            keys = {key for kind in KINDS.values() for key in _keys(kind, set())}
            return sorted({*keys, "withheld", "true", "null", "&a", "*a", "<<", "!!str", '"""', "\\u0000"})
        case "text":
            return list(_MARKUP)
        case "figure":
            return list(_FIGURE_WORDS)
    return ["forum:stat", "std:label", "zlib", " 1 ", "$", '"objects"', '"version"', '"stat"', "person"]


def _keys(part: type, met: set[type]) -> Iterator[str]:
    if part in met:
        return
    met.add(part)
    for name, key in keys_of(part).items():
        yield name
        if key.part is not None:
            yield from _keys(key.part, met)


def _cases() -> Iterator[bytes]:
    for block in re.split(r"^=== ", _CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        yield block.partition("\n---\n")[0].split("\n", 2)[-1].encode()
