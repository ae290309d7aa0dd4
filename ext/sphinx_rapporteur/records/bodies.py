"""Names of organisations with more or less around them, as in Internet Society Youth Observatory."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sphinx_rapporteur.records.names import SMALL_WORDS, fold, organization_words
from sphinx_rapporteur.records.spelling import Words, is_country

_KINDS = frozenset(
    {
        *("project", "initiative", "programme", "program"),
        *("inc", "incorporated", "corp", "corporation", "company", "ltd", "limited", "llc", "plc", "gmbh"),
    }
)
"""Words at the end of a name that it has or lacks without being another."""
_BODIES = frozenset(
    {
        *("agency", "alliance", "association", "commission", "committee", "council", "forum", "foundation"),
        *(
            "institute",
            "nations",
            "network",
            "organisation",
            "organization",
            "society",
            "union",
            "university",
        ),
    }
)
"""Words at whose end a body's name may end and that of a part of it begin."""
_FEWEST_LEFT = 2
"""How many words of a part's name tell it from others: not Secretariat alone."""


def shorter_names(name: str, known: Collection[Words]) -> Iterator[Words]:
    """Yield what is left of a name, as `organization_words`, without what may be left out.

    That is the kind of body at its end, and the body that it is a part of at its start: one of the *known*
    names, or words that end as a body's name does.
    """
    words = organization_words(name)
    if len(words) > 1 and words[-1] in _KINDS:
        yield words[:-1]
    # What follows a small word belongs to what is before it: Center for Internet and Society.
    starts = {
        organization_words(" ".join(written[:place])): organization_words(" ".join(written[place:]))
        for written in (fold(name).split(),)
        for place in range(1, len(written))
        if written[place] not in SMALL_WORDS
    }
    for start, rest in starts.items():
        is_body = start in known or (len(start) > 1 and start[-1] in _BODIES)
        if len(rest) >= _FEWEST_LEFT and is_body and not is_country(start):
            yield rest
