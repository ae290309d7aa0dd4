"""Where a link or a picture of a record text may lead: decided by what is allowed, never by what is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from sphinx_rapporteur.records.address import after_host, hidden_in, with_host

_MAX_LENGTH = 2_000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAILTO = re.compile(
    r"mailto:[A-Za-z0-9.!#$&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,9}"
    r"(?:\?subject=(?:[A-Za-z0-9._~+!,:-]|%(?!0[ad])[0-9a-f]{2})*)?",
    re.IGNORECASE,
)
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


class RefusedError(ValueError):
    """A target that is not followed; the text says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target that passed: an address elsewhere, or a path for the site to look up."""

    uri: str
    external: bool


def check_target(target: str) -> Target:
    """Return an accepted target; raise ``RefusedError`` for every other."""
    if not target:
        raise RefusedError("the link has no target")
    if len(target) > _MAX_LENGTH:
        raise RefusedError(f"the target has more than {_MAX_LENGTH} characters")
    _refuse_characters(target)
    match = _SCHEME.match(target)
    if match:
        return _check_address(target, match[0].lower())
    _check_path(target)
    return Target(target, external=False)


def _refuse_characters(target: str) -> None:
    if "\\" in target:
        raise RefusedError("the target has a backslash")
    # Browsers drop tabs and line ends inside a scheme; direction marks make an address read as another.
    if hidden_in(target):
        raise RefusedError("the target has spaces, control or invisible characters")


def _check_address(target: str, scheme: str) -> Target:
    if scheme == "mailto:":
        if not _MAILTO.fullmatch(target):
            raise RefusedError("the target is not mailto: with one address and at most a subject")
        return Target("mailto:" + target[7:], external=True)
    if scheme not in {"http:", "https:"}:
        raise RefusedError(f"links to {scheme} are not allowed")
    return Target(_normalise(target), external=True)


def _normalise(target: str) -> str:
    try:
        host, parts = with_host(target)
    except ValueError as error:
        raise RefusedError(f"the target is not {error}") from None
    return f"{parts.scheme}://{host}{quote(after_host(target, parts), safe=_SAFE)}"


def _check_path(target: str) -> None:
    """Refuse what would become an address for anybody who decodes it once more."""
    for form in _decodings(target):
        if form.startswith("//"):
            raise RefusedError("the target names a host without https:")
        if form != target:
            _refuse_characters(form.replace(" ", ""))
        if ":" in form.partition("#")[0]:
            raise RefusedError("the target is neither an address nor a page of this site")


def _decodings(target: str) -> list[str]:
    forms = [target]
    while len(forms) < 5 and (decoded := unquote(forms[-1])) != forms[-1]:  # noqa: PLR2004
        forms.append(decoded)
    return forms
