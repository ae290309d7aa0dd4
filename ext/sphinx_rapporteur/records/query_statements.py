"""Which figures, quotations and outcomes a component shows, and in what order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, get_args

from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.collation import sort_key
from sphinx_rapporteur.records.index import StatedFigure, StatedOutcome, StatedQuote
from sphinx_rapporteur.records.measures import year_of
from sphinx_rapporteur.records.query_parts import check_choice, cut, in_event, present_id
from sphinx_rapporteur.records.query_types import OutcomeKind, StatementQuery
from sphinx_rapporteur.records.questions import question

StatedT = TypeVar("StatedT", StatedFigure, StatedQuote, StatedOutcome)


@question
def find_figures(catalog: Catalog, query: StatementQuery) -> tuple[StatedFigure, ...]:
    """Return the figures that a query asks for; raise `QueryError`."""
    keys: Keys[StatedFigure] = {
        "value": lambda one: one.item.value.value,
        "label": lambda one: one.item.label,
        "year": year_of,
    }
    return _find(catalog, query, "stat", catalog.figures_in_order, keys)


@question
def find_quotes(catalog: Catalog, query: StatementQuery) -> tuple[StatedQuote, ...]:
    """Return the quotations that a query asks for; raise `QueryError`."""
    return _find(catalog, query, "quote", catalog.quotes_in_order, {"label": lambda one: one.item.text})


@question
def find_outcomes(catalog: Catalog, query: StatementQuery) -> tuple[StatedOutcome, ...]:
    """Return the outcomes that a query asks for; raise `QueryError`."""
    if query.kind is not None:
        check_choice("kind", query.kind, get_args(OutcomeKind))
    stated = catalog.outcomes_in_order
    keep = None if query.kind is None else {one.full_id for one in stated if one.item.kind == query.kind}
    return _find(catalog, query, "outcome", stated, {"label": lambda one: one.item.text}, keep=keep)


Keys: TypeAlias = dict[str, Callable[[StatedT], Any]]
"""What statements can be sorted by, besides the order of time."""


def _find(
    catalog: Catalog,
    query: StatementQuery,
    kind: str,
    stated: tuple[StatedT, ...],
    keys: Keys[StatedT],
    *,
    keep: set[str] | None = None,
) -> tuple[StatedT, ...]:
    check_choice("sort", query.sort, ("order", "time", *keys))
    groups = _statement_groups(catalog, query, kind, stated)
    members = [{one.full_id for one in group} for group in groups]
    ids = [present_id(catalog, kind, "ids", name) for name in query.ids]
    members += [{full_id for full_id in ids if full_id is not None}] if ids else []
    members += [keep] if keep is not None else []
    # The smallest group is looked through; all are in time order.
    start = min(groups, key=len, default=stated)
    found = [one for one in start if all(one.full_id in group for group in members)]
    if query.sort == "order" and ids:
        found.sort(key=lambda one: ids.index(one.full_id))
    elif query.sort in {"value", "year"}:
        found.sort(key=keys[query.sort])
    elif query.sort == "label":
        found.sort(key=lambda one: sort_key(keys["label"](one), catalog.locale))
    return cut(found, query)


def _statement_groups(
    catalog: Catalog, query: StatementQuery, kind: str, stated: tuple[StatedT, ...]
) -> list[tuple[StatedT, ...]]:
    """Return the statements that meet one condition each."""
    event = present_id(catalog, "event", "event", query.event)
    wanted = {
        "event": event,
        "session": present_id(catalog, "session", "session", in_event(catalog, event, query.session)),
        "person": present_id(catalog, "person", "person", query.person),
        "organization": present_id(catalog, "org", "organization", query.organization),
        "indicator": present_id(catalog, "indicator", "indicator", query.indicator)
        if kind == "stat"
        else None,
    }
    groups = [catalog.grouped(stated, by).get(value, ()) for by, value in wanted.items() if value is not None]
    topic = present_id(catalog, "topic", "tag", query.tag)
    if topic is not None:
        by_session = catalog.grouped(stated, "session")
        sessions = catalog.topics[topic].sessions
        groups.append(tuple(one for session in sessions for one in by_session.get(session.full_id, ())))
    return groups
