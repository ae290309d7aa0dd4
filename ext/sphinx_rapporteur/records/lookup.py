"""Names as people write them: full ids, former ids, and short names that only one object has."""

from __future__ import annotations

from sphinx_rapporteur.records.catalog import Catalog

KIND_NAMES = {
    "event": "event",
    "session": "session",
    "person": "person",
    "org": "organisation",
    "stat": "figure",
    "quote": "quotation",
    "outcome": "outcome",
    "topic": "topic",
    "sdg": "Sustainable Development Goal",
    "indicator": "indicator",
}
"""The kinds of object and what a person calls them."""

_MOST_CANDIDATES = 5


def find(catalog: Catalog, kind: str, target: str, *, event: str | None = None) -> str | None:
    """Return the full id that *target* means, short names of *event* first; nothing if none or several."""
    full_id = catalog.resolve(kind, target)
    if full_id is not None:
        return full_id
    candidates = catalog.candidates(kind, target)
    near = [name for name in candidates if event and name.startswith(f"{event}/")]
    return next((names[0] for names in (near, candidates) if len(names) == 1), None)


def is_withheld(catalog: Catalog, kind: str, target: str) -> bool:
    """Whether *target*, in full or short, is the name of something that may not be shown."""
    ending = f"/{target}"
    return catalog.is_withheld(kind, target) or any(name.endswith(ending) for name in catalog.withheld[kind])


def explain(catalog: Catalog, kind: str, target: str) -> str:
    """Return the sentence that says why ``find`` found nothing and what was probably meant."""
    name = KIND_NAMES[kind]
    candidates = catalog.candidates(kind, target)
    if len(candidates) > 1:
        shown = ", ".join(candidates[:_MOST_CANDIDATES])
        return f"{target!r} is the short name of more than one {name}; write one of: {shown}"
    message = f"no {name} is called {target!r}"
    suggestion = catalog.suggest(kind, target)
    return f"{message}; did you mean {suggestion!r}?" if suggestion else message
