"""What was stated in a session or about an event: figures, quotations, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sphinx_rapporteur.records.model.base import Attribution, Part, Source
from sphinx_rapporteur.records.model.types import (
    Clock,
    FigureValue,
    Flag,
    FullId,
    Id,
    IndicatorId,
    Language,
    OutcomeRef,
    Plain,
    StatisticRef,
    Text,
)
from sphinx_rapporteur.records.names import NAME_LEFT_OUT

Qualifier = Literal["exactly", "about", "more than", "at least", "less than", "at most", "nearly"]
PERCENT = "%"
SPEAKER_LEFT_OUT = Attribution(name=NAME_LEFT_OUT)


class BreakdownRow(Part):
    """One part of a figure."""

    label: Plain = Field(description="Which part.")
    value: FigureValue = Field(description="How many, or how much.")


class Breakdown(Part):
    """The parts of a figure."""

    whole: ClassVar[bool] = True

    by: Plain = Field(description="What the parts are: region, type of session.")
    rows: tuple[BreakdownRow, ...] = Field(min_length=1, description="The parts, in order.")
    exhaustive: Flag = Field(default=False, description="Whether these are all parts, so that they add up.")


class Statistic(Part):
    """A figure that somebody stated."""

    whole: ClassVar[bool] = True

    id: Id = Field(description="Its name below the session: `igf-2016/ws27/pages-removed`.")
    aliases: tuple[FullId, ...] = Field(
        default=(),
        description="Former ids: below the session or, if it was in another one, in full "
        "(`igf-2016/ws27/pages-removed`). Addresses and references keep working.",
    )
    label: Plain = Field(description="What is counted, as a noun phrase.")
    value: FigureValue = Field(description="`68,000`, `3.9 billion`, `2/3`, `1 in 3`, `46%`, `25-30`.")
    low: FigureValue | None = Field(default=None, description="The lower end of a range.")
    high: FigureValue | None = Field(default=None, description="The upper end of a range.")
    qualifier: Qualifier | None = Field(
        default=None, description="How exact the figure is, in the speaker's words."
    )
    unit: Plain | None = Field(default=None, description="`web pages`, `%`, `USD`.")
    of: Plain | None = Field(
        default=None, description="What a share is a share of: text, or the id of another figure."
    )
    said_by: Attribution | None = Field(default=None, description="Whose figure it is.")
    period: Plain | None = Field(default=None, description="The time that the figure speaks of.")
    as_of: Plain | None = Field(default=None, description="The day that the figure speaks of.")
    region: Plain | None = Field(default=None, description="The place that the figure speaks of.")
    source: Source | None = Field(default=None, description="Where it was said or published.")
    at: Clock | None = Field(default=None, description="Where in the recording.")
    breakdown: Breakdown | None = Field(default=None, description="Its parts.")
    indicator: IndicatorId | None = Field(default=None, description="The measure, across sessions and years.")
    status: Literal["as-reported", "verified", "disputed", "corrected", "suspect"] = Field(
        default="as-reported", description="What is known of its truth."
    )
    conflicts_with: tuple[StatisticRef, ...] = Field(default=(), description="Figures that say otherwise.")
    as_printed: Plain | None = Field(default=None, description="How the source writes it, if otherwise.")
    note: Text | None = Field(default=None, description="What a reader has to know.")

    @model_validator(mode="before")
    @classmethod
    def _value_from_range(cls, data: object) -> object:
        """Take ``low`` and ``high`` for the ``value`` of a range."""
        if isinstance(data, dict) and "value" not in data and "low" in data and "high" in data:
            return data | {"value": f"{data['low']} - {data['high']}"}
        return data

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("both low and high, or neither")
        if self.low is not None and self.high is not None and self.low.low > self.high.high:
            raise ValueError("a low end that is not above the high end")
        return self

    @property
    def stand_ins(self) -> Mapping[str, Any]:
        """A figure is one without its speaker, as long as it is said that there was one."""
        return {"said_by": SPEAKER_LEFT_OUT, "indicator": None}

    @property
    def is_share(self) -> bool:
        """Whether the figure is a share in per cent."""
        return self.unit == PERCENT or self.value.percent


class Quote(Part):
    """Words that somebody said."""

    id: Id = Field(description="Its name below the session.")
    aliases: tuple[FullId, ...] = Field(
        default=(),
        description="Former ids: below the session or, if it was in another one, in full "
        "(`igf-2016/ws27/pages-removed`). Addresses and references keep working.",
    )
    text: Plain = Field(description="The words, without quotation marks.")
    language: Language | None = Field(default=None, description="The language of the words.")
    translation: Plain | None = Field(default=None, description="The words in the site's language.")
    said_by: Attribution | None = Field(default=None, description="Whose words they are.")
    at: Clock | None = Field(default=None, description="Where in the recording.")
    source: Source | None = Field(default=None, description="Where they are printed.")


class Outcome(Part):
    """What came of a session."""

    id: Id = Field(description="Its name below the session.")
    aliases: tuple[FullId, ...] = Field(
        default=(),
        description="Former ids: below the session or, if it was in another one, in full "
        "(`igf-2016/ws27/pages-removed`). Addresses and references keep working.",
    )
    kind: Literal["takeaway", "call to action", "commitment", "next step"] = Field(
        description="What sort of outcome."
    )
    text: Text = Field(description="The outcome.")
    by: Attribution | None = Field(default=None, description="Who is to act, or who committed.")
    due: Plain | None = Field(default=None, description="By when.")
    follows: tuple[OutcomeRef, ...] = Field(default=(), description="Earlier outcomes that it follows on.")
    status: Plain | None = Field(default=None, description="What became of it.")

    @property
    def stand_ins(self) -> Mapping[str, Any]:
        """An outcome is one without the name of who is to act."""
        return {"by": SPEAKER_LEFT_OUT}
