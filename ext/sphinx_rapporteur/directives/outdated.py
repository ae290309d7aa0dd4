"""Which pages an edit touches: those with a component that would show something else are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_rapporteur.directives.component import describe, sketch
from sphinx_rapporteur.directives.forum import check_given, text_digest
from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.workspace import workspace_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages whose components would show something else now (``env-get-outdated``)."""
    domain = domain_of(env)
    records = workspace_of(env).digest
    if domain.data["digest"] == records:
        return []
    domain.data["digest"] = records
    pages = (domain.uses.keys() | domain.options.keys()) - added - changed - removed
    return sorted(
        docname for docname in pages if _means_another(env, docname) or _shows_another(env, docname)
    )


def _means_another(env: BuildEnvironment, docname: str) -> bool:
    """Whether an option on a page means something else, or is wrong in another way, than when it was read."""
    workspace = workspace_of(env)
    return any(
        repr(check_given(workspace, docname, name, given)) != before
        for name, given, before in domain_of(env).options.get(docname, ())
    )


def _shows_another(env: BuildEnvironment, docname: str) -> bool:
    uses = domain_of(env).uses.get(docname, ())
    return any(_digest_now(env, docname, name, options) != before for name, options, before in uses)


def _digest_now(env: BuildEnvironment, docname: str, name: str, options: dict[str, str]) -> str:
    if name == "report":
        return text_digest(workspace_of(env).catalog, options)
    return sketch(env, describe(env, docname, name, options, asked=set())).digest
