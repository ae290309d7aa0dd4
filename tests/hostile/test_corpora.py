"""Public lists of hostile text through every text field's renderer, every plain field and the reader."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile.corpora import LISTS, payloads, yaml_cases
from poison import load, poisoned
from sites import CONF, DATA, Built, Site, forum_entries
from sphinx_rapporteur.records.catalog import build_catalog
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.model import KINDS
from sphinx_rapporteur.records.read import read_folder
from sphinx_rapporteur.render.text import plain_text, render_inline
from sphinx_rapporteur.warnings import Subtype
from text_tools import INLINES, check_html, check_nodes, make_context, render, write_html

if TYPE_CHECKING:
    from tried import Tried

SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in LISTS[1:]]
_AT_ONCE = 150
"""Payloads in each field of one site."""
_TAG = re.compile(r'<(/?[A-Za-z][^\s>/]*)((?:\s+[^\s=>"/]+(?:\s*=\s*"[^"]*")?)*)\s*/?>|<')
_ATTRIBUTE = re.compile(r'([^\s="]+)(?:\s*=\s*"[^"]*")?')


@pytest.mark.parametrize("name", [*LISTS[:2], *LISTS[3:], pytest.param(LISTS[2], marks=pytest.mark.slow)])
def test_record_texts(name: str, tried: Tried) -> None:
    texts = payloads(name)
    for text in texts:
        section, _findings = render(text)
        check_nodes(section.children[1:])
        check_html(write_html(section))
        check_nodes(render_inline(text, make_context([])), INLINES)
        assert "\n" not in plain_text(text)
    tried("run", f"{name}, in a record text", len(texts))


@pytest.mark.parametrize("name", [LISTS[0], *SLOW])
def test_plain_fields(name: str, tmp_path: Path, tried: Tried) -> None:
    """Each field holds many payloads at once: its page has the tags and attributes of a harmless one."""
    texts = payloads(name)
    harmless = poisoned_site(tmp_path / "harmless", " and some words")
    wanted = outlines(harmless)
    assert len(wanted) > 20
    for number in range(0, len(texts), _AT_ONCE):
        built = poisoned_site(tmp_path / "site", " " + " ".join(texts[number : number + _AT_ONCE]))
        assert outlines(built) == wanted
        assert len(forum_entries(built)) == len(forum_entries(harmless))
        shutil.rmtree(built.site.root)
    tried("run", f"{name}, in every plain field", len(texts))
    tried("addresses", f"{name}, in every plain field", len(texts))


def outlines(built: Built) -> dict[str, Counter[tuple[str, ...]]]:
    """Return the tags of each page, with the names of their attributes and how often each is there.

    A page is read by what may stand between two brackets, not parsed: megabytes of text are in it. A
    bracket that is no whole tag is a tag of its own here, which no harmless page has.
    """
    found = {}
    for path in sorted(built.out.rglob("*.html")):
        page = path.read_text("utf-8")
        tags = Counter(
            (match[1] or match[0][:20], *_ATTRIBUTE.findall(match[2] or "")) for match in _TAG.finditer(page)
        )
        found[path.relative_to(built.out).as_posix()] = tags
    return found


def poisoned_site(root: Path, suffix: str) -> Built:
    site = Site(root, data=None, docs=None, conf=CONF)
    for path in DATA.rglob("*.*"):
        relative = path.relative_to(DATA)
        if path.suffix == ".png":
            site.write(f"data/{relative}", "").write_bytes(path.read_bytes())
            continue
        value, model = load(path), KINDS[relative.parts[0]]
        items = value if isinstance(value, list) else [value]
        made = [poisoned(model, item, suffix) for item in items]
        site.write(
            f"data/{relative.with_suffix('.json')}", json.dumps(made if isinstance(value, list) else made[0])
        )
    return site.build(rapporteur_limits={"text_characters": 1_000_000, "file_bytes": 50_000_000})


def test_the_yaml_test_suite(tmp_path: Path, tried: Tried) -> None:
    cases = yaml_cases()
    for name, text in cases.items():
        for kind in ("people", "sessions/e"):
            path = tmp_path / name / kind / "a.yaml"
            path.parent.mkdir(parents=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        found: list[Finding] = []
        build_catalog(read_folder(tmp_path / name, report=found.append), report=found.append)
        assert found, name
        assert Subtype.INTERNAL not in {one.subtype for one in found}, (name, found)
        assert all(one.place.line >= 1 and one.text().isprintable() for one in found)
    tried("build", "YAML test suite, as a record file", len(cases))
