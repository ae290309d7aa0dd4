"""Findings that many pages come upon: each is said once in a build, in the order of files and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_rapporteur.pages.report import reporter
from sphinx_rapporteur.pages.workspace import Workspace, workspace_of
from sphinx_rapporteur.records.finding import Finding, Report, in_order

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FINDINGS = "findings"
"""The domain's table of what was found in record texts, by the docname of the page that was read."""


def silent(_finding: Finding) -> None:
    """Report nothing: what is wrong in a text was said when its page was read."""


def report_for(workspace: Workspace) -> Report:
    """Return where the findings in record texts go: each is said once, on however many pages the text is."""
    if workspace.root is None:
        return silent
    report = reporter(workspace.root)

    def report_once(finding: Finding) -> None:
        if finding not in workspace.said:
            workspace.said.add(finding)
            report(finding)

    return report_once


def report_when_read(env: BuildEnvironment) -> Report:
    """Return where findings go while a page is read: they are said once all pages are, in one order."""
    report, found = report_for(workspace_of(env)), env.domaindata["forum"][FINDINGS]

    def note(finding: Finding) -> None:
        if finding.error is None:
            found.setdefault(env.docname, []).append(finding)
        else:
            # What our own code raised need not survive the way from one process to another.
            report(finding)

    return note


def say_what_was_read(app: Sphinx, *_arguments: Any) -> None:
    """Report what was found while pages were read."""
    found = app.env.domaindata["forum"][FINDINGS]
    report = report_for(workspace_of(app.env))
    for finding in in_order(one for findings in found.values() for one in findings):
        report(finding)
    found.clear()


def setup(app: Sphinx) -> None:
    """Connect the reporting to the end of reading, and to that of a build that failed before."""
    app.connect("env-updated", say_what_was_read)
    app.connect("build-finished", say_what_was_read)
