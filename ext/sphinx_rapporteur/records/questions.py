"""Questions to the catalog: what a description asked, so that an edit touches what it answers otherwise.

A description is given an `Asking` in place of the catalog. That answers as the catalog does, and notes each
question with a digest of the answer. After an edit the same questions are put to the catalog of today; what
all of them answer as before need not be described again. Whatever is asked in a way that is not known here
is noted as `UNKNOWN`, which is answered otherwise every time.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sphinx_rapporteur.records.answers import (
    FUNCTIONS,
    UNKNOWN,
    Answered,
    Answers,
    Named,
    Question,
    digest_of,
    failure,
)
from sphinx_rapporteur.records.catalog import Catalog
from sphinx_rapporteur.records.failure import Key
from sphinx_rapporteur.records.index import Owner, Topic
from sphinx_rapporteur.records.model import Record, Session

ResultT = TypeVar("ResultT")
P = ParamSpec("P")

_SHELVES = frozenset(
    {"events", "sessions", "people", "organizations", "indicators", "figures", "quotes", "outcomes"}
    | {"topics", "sdgs", "withheld"}
)
_WHOLES = frozenset(
    {"owners", "sessions_in_order", "events_in_order"}
    | {"figures_in_order", "quotes_in_order", "outcomes_in_order"}
)
_METHODS = frozenset(
    {"resolve", "is_withheld", "candidates", "names", "suggest", "display"}
    | {"sessions_of", "days_of", "position", "neighbours"}
    | {"appearances_of", "reports_by", "people_of_event", "appearances_for", "affiliated_with"}
    | {"sessions_of_organization", "events_of_organization", "children_of"}
    | {"figures_by_person", "figures_by_organization", "figures_of_indicator", "quotes_by_person"}
    | {"conflicts_of", "disputes", "sessions_of_sdg"}
)
_OF_SESSION = frozenset({"time", "day_of", "other_times", "event_of"})
"""What follows from a session and its event."""
_OPEN = frozenset({"origin", "origins", "place", "place_of", "place_if_known", "record_digest"})
"""Where records come from, which no page shows, and what follows from a record alone."""


def _as_argument(value: Any) -> Any:
    """Return an argument as it can be kept; raise ``TypeError`` for one that cannot."""
    if isinstance(value, Record):
        return Named(value.kind, value.full_id)
    if isinstance(value, tuple | list):
        return tuple(map(_as_argument, value))
    hash(value)
    return value


class Asking:
    """A catalog that notes what it is asked. It stands where a `Catalog` is expected (`as_catalog`)."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._asked: dict[Question, bytes] = {}
        self.locale = answers.catalog.locale
        self.hosts = answers.catalog.hosts
        for name in ("locale", "hosts"):
            self.note(("whole", name, ()), getattr(self, name))

    def __getattr__(self, name: str) -> Any:
        """Return what the catalog has under a name, in the form that notes what is asked of it."""
        found = getattr(self.answers.catalog, name)
        if name in _METHODS:
            found = self._noting("method", name, found)
        elif name in _OF_SESSION:
            found = self._noting_session(found)
        elif name in _SHELVES:
            found = _Shelf(self, name, found)
        elif name in _WHOLES:
            self.note(("whole", name, ()), found)
        elif name not in _OPEN:
            self.doubt()
        setattr(self, name, found)
        return found

    @property
    def asked(self) -> Answered:
        """What was asked so far."""
        return tuple(self._asked), digest_of(self._asked.values())

    @property
    def as_catalog(self) -> Catalog:
        """The same, where a catalog is expected."""
        return cast("Catalog", self)

    def without(self, keys: frozenset[Key]) -> Catalog:
        """Return the same, or a catalog without the records over which our own code failed."""
        if not keys:
            return self.as_catalog
        self.doubt()
        return self.answers.catalog.without(keys)

    def shelf(self, kind: str) -> Mapping[str, Record]:
        """Return the records of a kind."""
        return Catalog.shelf(self.as_catalog, kind)

    def name_of(self, who: Any) -> str:
        """Return the name that is shown for an entry."""
        return Catalog.name_of(self.as_catalog, who)

    def doubt(self) -> None:
        """Note that something is asked that cannot be asked again."""
        self._asked[UNKNOWN] = b""

    def note(self, question: Question, answer: object) -> None:
        """Note a question with its answer."""
        if question not in self._asked:
            self._asked[question] = self.answers.note(question, answer)

    def other(self, name: str, function: Callable[P, ResultT]) -> Callable[P, ResultT]:
        """Return *function*, one of the others that answer, so that what it is asked is noted."""

        def ask(*given: P.args, **_named: P.kwargs) -> ResultT:
            answer = function(*given)  # type: ignore[call-arg]
            self.note(("other", name, given), answer)
            return answer

        return ask

    def topics_of(self, session: Session) -> tuple[Topic, ...]:
        """Return the topics of a session."""
        return _topics_of(self.as_catalog, session)

    def _noting_session(self, function: Callable[[Owner], ResultT]) -> Callable[[Owner], ResultT]:
        def ask(owner: Owner) -> ResultT:
            if isinstance(owner, Session):
                self.note(("item", "sessions", owner.full_id), owner)
                self.note(("item", "events", owner.event), self.answers.catalog.events[owner.event])
            return function(owner)

        return ask

    def _noting(self, how: str, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any, **named: Any) -> Any:
            return self.ask(how, name, function, given, named)

        return ask

    def ask(
        self,
        how: str,
        name: str,
        function: Callable[..., Any],
        given: tuple[Any, ...],
        named: Mapping[str, Any],
        seen: Callable[..., object] | None = None,
    ) -> Any:
        """Return what *function* answers, and note the question."""
        try:
            question = how, name, (_as_argument(given), _as_argument(tuple(sorted(named.items()))))
            hash(question)
        except TypeError:
            self.doubt()
            return function(*given, **named)
        try:
            answer = function(*given, **named)
        except (LookupError, ValueError) as error:
            self.note(question, failure(error))
            raise
        if question not in self._asked:
            self.note(question, seen(answer, *given, **named) if seen else answer)
        return answer


class _Shelf(Mapping[Any, Any]):
    """One of the catalog's mappings: a page that looks up one thing depends on that alone."""

    def __init__(self, asking: Asking, name: str, found: Mapping[Any, Any]) -> None:
        self._asking, self._name, self._found = asking, name, found

    def _whole(self) -> Mapping[Any, Any]:
        self._asking.note(("whole", self._name, ()), self._found)
        return self._found

    def __getitem__(self, key: Any) -> Any:
        self._asking.note(("item", self._name, key), self._found.get(key))
        return self._found[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def items(self) -> ItemsView[Any, Any]:
        return self._whole().items()

    def values(self) -> ValuesView[Any]:
        return self._whole().values()


# --- functions that ask much of the catalog, and are one question


def _as_it_is(answer: object, *_given: object, **_named: object) -> object:
    return answer


def question(
    function: Callable[Concatenate[Catalog, P], ResultT], *, seen: Callable[..., object] = _as_it_is
) -> Callable[Concatenate[Catalog, P], ResultT]:
    """Make a function of the catalog one question, which is answered as before if it returns the same.

    *seen* gives what of the answer is looked at, from the answer and the arguments.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    FUNCTIONS[name] = function, seen

    @wraps(function)
    def ask(catalog: Catalog, /, *given: P.args, **named: P.kwargs) -> ResultT:
        if not isinstance(catalog, Asking):
            return function(catalog, *given, **named)
        whole = catalog.answers.catalog

        def answer(*given: Any, **named: Any) -> ResultT:
            return function(whole, *given, **named)

        return cast("ResultT", catalog.ask("function", name, answer, given, named, seen))

    return ask


def _called(topics: tuple[Topic, ...], _session: Session) -> object:
    return tuple((topic.slug, topic.label) for topic in topics)


@partial(question, seen=_called)
def _topics_of(catalog: Catalog, session: Session) -> tuple[Topic, ...]:
    """Return the topics of a session, of which no page looks at more than what they are called."""
    return catalog.topics_of(session)
