"""The Content Security Policy of a site: what it allows, the same however the site was built."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
import sphinx

from sites import CONF
from sphinx_rapporteur.html.policy import FIRST_LINE, inline_of, policy, with_policy, without_eval

if TYPE_CHECKING:
    from collections.abc import Callable

    from sites import Built, Site

BOTH = CONF + 'rapporteur_content_policy = "both"\n'
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


PAGES: dict[str, tuple[str, set[str], set[str], set[str]]] = {
    "a script": ("<script>let a = 1</script>", {"let a = 1"}, set(), set()),
    "a script of a type": ('<script type="module">import "x"</script>', {'import "x"'}, set(), set()),
    "a file": ('<script src="a.js"></script>', set(), set(), set()),
    "data": ('<script type="application/ld+json">{"a": 1}</script>', set(), set(), set()),
    "a style": ("<style>\n  a { b: c }\n</style>", set(), {"\n  a { b: c }\n"}, set()),
    "lines as a browser reads them": ("<script>a\r\nb\rc</script>", {"a\nb\nc"}, set(), set()),
    "an attribute": ("<p class=x style=\"a: 'b' &amp; c\">", set(), set(), {"a: 'b' & c"}),
    "an attribute in single quotes": ("<p style='a: b'>", set(), set(), {"a: b"}),
    "words about one": ('<p>Write style=&quot;a&quot; or style="b" here', set(), set(), set()),
    "another attribute": ('<p data-style="a" title="style=b">', set(), set(), set()),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_stands_within_a_page(name: str) -> None:
    page, scripts, styles, attributes = PAGES[name]
    found = inline_of(page)
    assert found.scripts == set(map(sha, scripts))
    assert found.styles == set(map(sha, styles))
    assert found.attributes == set(map(sha, attributes))


def test_nothing_is_allowed_that_is_not_there() -> None:
    said = policy(inline_of("<p>"), {}, is_header=True)
    assert "script-src 'self'; style-src 'self'; frame-ancestors 'none'" in said
    assert said.startswith("default-src 'none'; ")
    assert not re.search(r"unsafe|sha256|\*|https?:", said)
    # Browsers complain of it within a page.
    assert "frame-ancestors" not in policy(inline_of("<p>"), {}, is_header=False)


def test_sources_of_the_owner_are_added() -> None:
    more = {"img-src": "https://a.example https://b.example", "frame-src": "https://c.example"}
    said = policy(inline_of("<p>"), more | {"default-src": "'self'"}, is_header=False)
    assert "img-src 'self' data: https://a.example https://b.example;" in said
    assert said.endswith("; frame-src https://c.example")
    assert said.startswith("default-src 'self'; ")


def test_the_policy_stands_before_all_that_it_holds_for() -> None:
    page = '<!doctype html><html><head>\n  <meta charset="utf-8"><script>1</script></head></html>'
    found = with_policy(page, {})
    assert found.index("charset") < found.index("Content-Security-Policy") < found.index("<script>")
    assert with_policy("no page", {}) == "no page"


def test_translations_are_no_text_to_be_run(make_site: Callable[..., Site]) -> None:
    site = make_site("policy-sv", conf=BOTH + 'language = "sv"\n')
    script = site.build().out / "_static/translations.js"
    found = script.read_text("utf-8")
    assert "addTranslations" not in found
    assert 'Documentation.PLURAL_EXPR = (n) => Number((n != 1));\nDocumentation.LOCALE = "sv";' in found
    assert '"search": "s\\u00f6k"' in found
    assert '""' not in found
    assert without_eval("something else") == "something else"
    # Again, and with another setting.
    site.build(fresh=True)
    assert script.read_text("utf-8") == found
    site.conf(CONF + 'language = "sv"\n')
    site.build()
    assert "addTranslations" in script.read_text("utf-8")


def policies(built: Built) -> dict[str, str]:
    """Return the policy in each page."""
    pages = {path: META.findall(page.html) for path, page in built.pages.items() if "_static" not in path}
    assert all(len(found) == 1 for found in pages.values()), pages
    return {path: unescape(found[0]) for path, found in pages.items()}


def test_a_site_built_in_steps_has_the_policy_of_one_built_at_once(make_site: Callable[..., Site]) -> None:
    site = make_site("policy", conf=BOTH)
    site.write("docs/styled.md", "# Styled\n\n<p style='color: red'>x</p>\n\n<script>let gone = 1</script>\n")
    first = site.build()
    headers = (first.out / "_headers").read_text("utf-8")
    assert sha("let gone = 1") in headers
    assert sha("color: red") in policies(first)["styled.html"]
    assert sha("color: red") not in policies(first)["index.html"]

    site.write("docs/styled.md", "# Styled\n\n<p style='color: blue'>x</p>\n")
    second = site.build()
    headers = (second.out / "_headers").read_text("utf-8")
    # Before 9.0, Sphinx writes the root page whenever it writes any.
    root = {"index"} if sphinx.version_info < (9, 0) else set()
    assert second.written == {"styled"} | root
    assert sha("let gone = 1") not in headers
    assert sha("color: blue") in headers
    clean = site.build(out="clean", jobs=2)
    assert (clean.out / "_headers").read_text("utf-8") == headers
    assert policies(clean) == policies(second)


def test_without_the_setting_there_is_none_any_more(make_site: Callable[..., Site]) -> None:
    site = make_site("policy-off", conf=BOTH)
    built = site.build()
    assert (built.out / "_headers").read_text("utf-8").startswith(FIRST_LINE)
    site.conf(CONF)
    built = site.build()
    assert not (built.out / "_headers").exists()
    assert not any(META.search(page.html) for page in built.pages.values())


@pytest.mark.parametrize("builder", ["epub", "json", "text"])
def test_what_is_no_site_has_none(make_site: Callable[..., Site], builder: str) -> None:
    site = make_site(f"policy-{builder}", data=None, docs=None, conf=BOTH)
    built = site.build(builder)
    assert built.code == 0
    assert not (built.out / "_headers").exists()
    files = [path for path in built.out.rglob("*") if path.is_file() and path.suffix != ".epub"]
    assert not any(b"Content-Security-Policy" in path.read_bytes() for path in files)


def test_headers_of_the_owner_stay(make_site: Callable[..., Site]) -> None:
    site = make_site("policy-own", conf=BOTH + 'html_extra_path = ["extra"]\n')
    site.write("docs/extra/_headers", "/*\n  X-Own: 1\n")
    built = site.build()
    assert (built.out / "_headers").read_text("utf-8") == "/*\n  X-Own: 1\n"
    assert "is of the site's own" in built.status
    assert built.output == ""


@pytest.mark.parametrize(
    "setting",
    [
        'rapporteur_content_policy = "all"',
        'rapporteur_content_policy_sources = {"img-src": "https://a.example; script-src *"}',
        'rapporteur_content_policy_sources = {"img-src": "https://a.example\\n  X-Other: 1"}',
        'rapporteur_content_policy_sources = {"img-src *": "https://a.example"}',
        'rapporteur_content_policy_sources = ["https://a.example"]',
    ],
)
def test_what_would_break_the_policy_is_refused(make_site: Callable[..., Site], setting: str) -> None:
    site = make_site("policy-wrong", data=None, docs=None, conf=CONF + setting + "\n")
    built = site.build("dummy")
    assert [warning.subtype for warning in built.warnings if "policy" in warning.message] == [
        "rapporteur.setting"
    ]
