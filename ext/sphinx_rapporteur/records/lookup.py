"""Names as people write them: full ids, former ids, and short names that only one object has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.finding import Finding, Place
from sphinx_rapporteur.records.losses import MEND_FIRST, cause_text
from sphinx_rapporteur.records.missing import of_this_name
from sphinx_rapporteur.records.naming import nearest, with_article
from sphinx_rapporteur.records.questions import question
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
_WITH_OWN_NAMES = ("event", "person", "org", "indicator")
_EXPECTED = {"topic": "a tag of a session", "sdg": "a goal or target that a session deals with"}
"""Of what has no id."""


@question
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


@question
def is_withheld(catalog: Catalog, kind: str, target: str) -> bool:
    """Whether *target*, in full or short, is the name of something that may not be shown."""
    ending = f"/{target}"
    return catalog.is_withheld(kind, target) or any(name.endswith(ending) for name in catalog.withheld[kind])


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a reference shows nothing, in the parts of a finding and as the sentence of a page's warning."""

    sentence: str
    """With the name and, where one is near, what was probably meant."""
    message: str
    found: str = ""
    expected: str = ""
    suggestion: str = ""
    others: tuple[Place, ...] = ()
    """Where it is to be mended, if that is known."""

    def within(self, root: Path | None) -> Trouble:
        """Return this with its places in full, so that they can be opened from outside of the data folder."""
        others = tuple(Place(f"{root}/{place.file}", place.line) for place in self.others)
        return replace(self, others=others) if root else self

    def __str__(self) -> str:
        places = f" [see also {', '.join(map(str, self.others))}]" if self.others else ""
        return f"{self.sentence}{places}"


def why_nowhere(catalog: Catalog, kinds: Sequence[str], target: str, *, event: str | None = None) -> Trouble:
    """Return why ``find`` found nothing of some kinds, and what was probably meant, first in *event*."""
    for kind in kinds:
        cause = _why_left_out(catalog, kind, target)
        if cause is not None:
            name, why = KIND_NAMES[kind], f"is left out because of another finding: {cause_text(cause)}"
            return Trouble(
                f"the {name} {target!r} {why}",
                f"the {name} {why}",
                found=target,
                suggestion=MEND_FIRST,
                others=(cause.place,),
            )
    return _not_found(catalog, kinds[0], target, event)


def _why_left_out(catalog: Catalog, kind: str, target: str) -> Finding | None:
    losses, plural = catalog.losses, KIND_OF[kind]
    # Nobody's id has a slash: what ends like it is an appearance.
    is_inside = kind == "session" or kind in _IN_SESSIONS
    return losses.cause(plural, target) or (losses.cause_of_short(plural, target) if is_inside else None)


def _not_found(catalog: Catalog, kind: str, target: str, event: str | None) -> Trouble:
    name = KIND_NAMES[kind]
    candidates = catalog.candidates(kind, target)
    if len(candidates) > 1:
        shown = ", ".join(candidates[:_MOST_CANDIDATES])
        several = f"the short name of more than one {name}"
        sentence = f"{target!r} is {several}; write one of: {shown}"
        return Trouble(sentence, several, target, f"one of: {shown}", "write the full id")
    owner = target.rpartition("/")[0]
    here = [full_id for full_id in catalog.names(kind) if event and full_id.startswith(f"{event}/")]
    since, near = "", nearest(target, here) or catalog.suggest(kind, target)
    if kind in _IN_SESSIONS and "/" in owner and not catalog.resolve("session", owner):
        since, near = f", since there is no session {owner!r}", _in_near_session(catalog, kind, target)
    others = [KIND_OF[other] for other in _WITH_OWN_NAMES if catalog.resolve(other, target)]
    hint = f"did you mean {near!r}?" if near else of_this_name(others)
    sentence = f"no {name} is called {target!r}{since}"
    return Trouble(
        f"{sentence}; {hint}" if hint else sentence,
        f"there is no such {name}{since}",
        found=target,
        expected=_EXPECTED.get(kind) or f"the id of {with_article(name)}",
        suggestion=f"did you mean {near}?" if near else hint,
    )


def _in_near_session(catalog: Catalog, kind: str, target: str) -> str | None:
    """Return the full id of what was probably meant in the session whose id is near; else that id, if any."""
    owner, _slash, own = target.rpartition("/")
    session = catalog.suggest("session", owner)
    in_session = catalog.suggest(kind, f"{session}/{own}") if session else None
    return in_session if in_session and in_session.startswith(f"{session}/") else session
