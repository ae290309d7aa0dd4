"""Findings that many pages come upon: each is said once in a build."""

from __future__ import annotations

from sphinx_rapporteur.pages.report import reporter
from sphinx_rapporteur.pages.workspace import Workspace
from sphinx_rapporteur.records.finding import Finding, Report


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
