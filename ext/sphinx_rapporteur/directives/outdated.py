"""Which pages an edit touches: those with a component that would show something else are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_rapporteur.directives.asking import asked_by, asking_on, forget_asked, keep_asked
from sphinx_rapporteur.directives.component import describe, sketch
from sphinx_rapporteur.directives.forum import check_given, text_digest
from sphinx_rapporteur.domain.objects import domain_of
from sphinx_rapporteur.pages.once import report_for
from sphinx_rapporteur.pages.workspace import page_place, workspace_of
from sphinx_rapporteur.records.failure import attempt

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages whose components would show something else now (``env-get-outdated``).

    Only those are described that got another answer to something they asked of the records.
    """
    domain = domain_of(env)
    records = workspace_of(env).digest
    if domain.data["digest"] == records:
        return []
    domain.data["digest"] = records
    pages = (domain.uses.keys() | domain.options.keys()) - added - changed - removed
    return [docname for docname in sorted(pages) if _is_outdated(env, docname)]


def _is_outdated(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page would show something else; one over which our own code fails is read to say so."""
    workspace = workspace_of(env)
    return attempt(
        lambda: not _is_answered_as_before(env, docname) and _differs(env, docname),
        report=report_for(workspace),
        place=lambda: page_place(workspace, docname),
        otherwise=True,
    )


def _is_answered_as_before(env: BuildEnvironment, docname: str) -> bool:
    asked = asked_by(env, docname)
    return asked is not None and workspace_of(env).answers.are_as(asked)


def _differs(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page would show something else; if not, what it asks today is kept."""
    forget_asked(env)
    if _means_another(env, docname) or _shows_another(env, docname):
        forget_asked(env)
        return True
    keep_asked(env, docname)
    return False


def _means_another(env: BuildEnvironment, docname: str) -> bool:
    """Whether an option on a page means something else, or is wrong in another way, than when it was read."""
    return any(
        repr(check_given(env, docname, name, given)) != before
        for name, given, before in domain_of(env).options.get(docname, ())
    )


def _shows_another(env: BuildEnvironment, docname: str) -> bool:
    uses = domain_of(env).uses.get(docname, ())
    return any(_digest_now(env, docname, name, options) != before for name, options, before in uses)


def _digest_now(env: BuildEnvironment, docname: str, name: str, options: dict[str, str]) -> str:
    if name == "report":
        return text_digest(asking_on(env, docname).as_catalog, options)
    return sketch(env, describe(env, docname, name, options, asked=set())).digest
