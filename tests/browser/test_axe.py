"""What axe-core has to say about every kind of page: WCAG 2.2 AA and its best practice."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from browser.test_pages import PAGES
from browser.visits import LOOKS, Look, Open

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
OF_THE_THEME = {
    "landmark-unique": ".sidebar-drawer",
    "region": ".visually-hidden",
    "target-size": ".toc-tree a",
}
"""What Furo is known to fail, by rule, and where; anything else is ours."""
SETTLED = {
    # A check of our own looks at the contrast of each part of ours, on gradients and overlaps too.
    "color-contrast",
    # The rooms of a schedule are hidden on a phone, where each session names its own.
    "th-has-data-cells",
}
RUN = """async ([options, ofTheTheme]) => {
    const results = await axe.run(options);
    const isOurs = (rule, target) =>
        !(rule in ofTheTheme && document.querySelector(target)?.matches(ofTheTheme[rule]));
    const found = (rules) => rules.flatMap(({ id, nodes }) =>
        nodes.filter(({ target }) => isOurs(id, target.at(-1))).map(({ html }) => [id, html]));
    return { violations: found(results.violations), incomplete: found(results.incomplete) };
}"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_of_ours(open_page: Open, path: str, look: Look) -> None:
    page = open_page(path, look).page
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, [OPTIONS, OF_THE_THEME])
    assert found["violations"] == []
    assert [item for item in found["incomplete"] if item[0] not in SETTLED] == []
