"""Which targets pass, and what becomes of them."""

from __future__ import annotations

import pytest

from sphinx_rapporteur.render.text.links import RefusedError, check_target


@pytest.mark.parametrize(
    ("target", "uri"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.org/A", "https://Example.org/A"),
        ("http://example.org:8080/a/b?c=d&e=%20#f", "http://example.org:8080/a/b?c=d&e=%20#f"),
        ("https://example.org?q=a:b@c", "https://example.org?q=a:b@c"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ('https://example.org/é"<>`{|}^', "https://example.org/%C3%A9%22%3C%3E%60%7B%7C%7D%5E"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("mailto:a.b+c@example.org", "mailto:a.b+c@example.org"),
        ("MailTo:a@example.org?subject=Hi%20there", "mailto:a@example.org?subject=Hi%20there"),
    ],
)
def test_addresses_elsewhere(target: str, uri: str) -> None:
    checked = check_target(target)
    assert checked.external
    assert checked.uri == uri


@pytest.mark.parametrize("target", ["a.md", "../a/b.md#c", "#top", "/a/b", "a%20b.md", "a.md?x=1", "#a:b"])
def test_paths_are_for_the_site_to_look_up(target: str) -> None:
    checked = check_target(target)
    assert not checked.external
    assert checked.uri == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data://example.org/x",
        "https:",
        "https://",
        "https://a b.org",
        "https://a@b.org",
        "https://a.org:b",
        "https://[::1",
        "https://.org",
        "https://a.org/\u202e",
        "https://" + "a." * 2000,
        "https://é" + "a" * 300 + ".org",
        "//a.org",
        "/\\a.org",
        "%2f%2fa.org",
        "%252f%252fa.org",
        "a%0ab",
        "a%5cb",
        "a:b",
        "1a:b",
        "javascript%3aalert(1)",
        "mailto:",
        "mailto:a@b@c",
        "mailto:a@b.org?body=x",
        "mailto:a@b.org?subject=%0Ab",
    ],
)
def test_refused(target: str) -> None:
    with pytest.raises(RefusedError):
        check_target(target)
