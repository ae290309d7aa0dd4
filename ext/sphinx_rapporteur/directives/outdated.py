"""Which pages an edit touches: those with a component that would show something else are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_rapporteur.directives.component import describe
from sphinx_rapporteur.directives.forum import text_digest
from sphinx_rapporteur.directives.surroundings import silent
from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.workspace import workspace_of
from sphinx_rapporteur.render.parts import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages whose components would show something else now (``env-get-outdated``)."""
    domain = domain_of(env)
    records = workspace_of(env).catalog.digest
    if domain.data["digest"] == records:
        return []
    domain.data["digest"] = records
    known = added | changed | removed
    return [
        docname
        for docname, uses in domain.uses.items()
        if docname not in known
        and any(_digest_now(env, docname, name, options) != before for name, options, before in uses)
    ]


def _digest_now(env: BuildEnvironment, docname: str, name: str, options: dict[str, str]) -> str:
    if name == "report":
        return text_digest(workspace_of(env).catalog, options)
    return digest(describe(env, docname, name, options, report=silent))
