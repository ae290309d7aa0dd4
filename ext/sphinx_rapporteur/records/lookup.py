"""Names as people write them: full ids, former ids, and short names that only one object has."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.finding import Finding, Place
from sphinx_rapporteur.records.losses import cause_text
from sphinx_rapporteur.records.resolve import KIND_OF

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
_IN_SESSIONS = frozenset({"stat", "quote", "outcome"})


def find(catalog: Catalog, kind: str, target: str, *, event: str | None = None) -> str | None:
    """Return the full id that *target* means, short names of *event* first; nothing if none or several."""
    full_id = catalog.resolve(kind, target)
    if full_id is not None:
        return full_id
    candidates = catalog.candidates(kind, target)
    near = [name for name in candidates if event and name.startswith(f"{event}/")]
    found = next((names[0] for names in (near, candidates) if len(names) == 1), None)
    if found is None and not candidates and kind in _IN_SESSIONS:
        # The short name of its session may be a former one.
        owner, _, own = target.rpartition("/")
        session = find(catalog, "session", owner, event=event) if owner else None
        found = catalog.resolve(kind, f"{session}/{own}") if session else None
    return found


def is_withheld(catalog: Catalog, kind: str, target: str) -> bool:
    """Whether *target*, in full or short, is the name of something that may not be shown."""
    ending = f"/{target}"
    return catalog.is_withheld(kind, target) or any(name.endswith(ending) for name in catalog.withheld[kind])


def explain(catalog: Catalog, kinds: Sequence[str], target: str) -> str:
    """Return the sentence that says why ``find`` found nothing of some kinds and what was probably meant."""
    message, places = why_nowhere(catalog, kinds, target)
    return f"{message} [see also {', '.join(map(str, places))}]" if places else message


def why_nowhere(catalog: Catalog, kinds: Sequence[str], target: str) -> tuple[str, tuple[Place, ...]]:
    """Return why nothing of some kinds was found, and the places where that is to be mended, if known."""
    for kind in kinds:
        cause = _why_left_out(catalog, kind, target)
        if cause is not None:
            what = f"the {KIND_NAMES[kind]} {target!r} is left out because of another finding"
            return f"{what}: {cause_text(cause)}", (cause.place,)
    return _not_found(catalog, kinds[0], target), ()


def _why_left_out(catalog: Catalog, kind: str, target: str) -> Finding | None:
    losses, plural = catalog.losses, KIND_OF[kind]
    # Nobody's id has a slash: what ends like it is an appearance.
    is_inside = kind == "session" or kind in _IN_SESSIONS
    return losses.cause(plural, target) or (losses.cause_of_short(plural, target) if is_inside else None)


def _not_found(catalog: Catalog, kind: str, target: str) -> str:
    name = KIND_NAMES[kind]
    candidates = catalog.candidates(kind, target)
    if len(candidates) > 1:
        shown = ", ".join(candidates[:_MOST_CANDIDATES])
        return f"{target!r} is the short name of more than one {name}; write one of: {shown}"
    message = f"no {name} is called {target!r}"
    owner = target.rpartition("/")[0]
    if kind in _IN_SESSIONS and "/" in owner and not catalog.resolve("session", owner):
        message += f", since there is no session {owner!r}"
        kind, target = "session", owner
    suggestion = catalog.suggest(kind, target)
    return f"{message}; did you mean {suggestion!r}?" if suggestion else message
