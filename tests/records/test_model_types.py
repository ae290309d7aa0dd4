"""The scalar types and the parts that need one of several keys."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sphinx_rapporteur.records.model import Byline, Organizer, Part, Presence, Statistic
from sphinx_rapporteur.records.model import types as t
from sphinx_rapporteur.records.sdg import GOALS, TARGETS


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (t.Id, ["a", "ws27", "a-b-1"], ["", "A", "a--b", "-a", "a_b", "a\n", "\u0663"]),
        (t.Moment, ["2016-12-06", "2016-12-06T13:00", "2016-12-06 13:00+01:00"],
         ["2016-13-01", "6.12.2016", "2016-12-06T25:00"]),
        (t.Clock, ["00:12:31", "12:31", "100:00:00"], ["90", "12:75", "1:2", "\u0661\u0662:30"]),
        (t.Sdg, ["5", "16.2", "16.10", "17", "3.d", "17.19"],
         ["0", "18", "05", "5.0", "\u0665", "16.22", "16.11", "16.c", "17.a", "16.1.1", "16.02", "3.D"]),
        (t.Count, ["0", "68"], ["-1", "1.5", "\u0665"]),
        (t.Url, ["https://a.example/x", "http://a.example:80", "https://[::1]/x?y#@z", "https://b\u00fccher.example/\u00fc"],
         ["ftp://a", "javascript:x", "https://a:x", "https://", "https://a b", "https://a@b", "https://a\\@b",
          "https:/a", "https://a\u200bb", "https://a%2f.b", "https://a;b", "https://a:99999", "https://\ud800"]),
        (t.PhotoPath, ["a/b.jpg"], ["", "/a", "../a", "a\\b", "file:a"]),
        (t.Orcid, ["0000-0002-1825-0097"], ["0000-0002-1825-0098", "0000"]),
        (t.Country, ["BR", "NO"], ["br", "UK", "Brazil"]),
    ],
)  # fmt: skip
def test_scalars(kind: Any, good: list[str], bad: list[str]) -> None:
    adapter = TypeAdapter(kind)
    for text in good:
        adapter.validate_python(text)
    for text in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(text)


def test_the_goals_have_169_targets() -> None:
    assert sum(map(len, TARGETS.values())) == 169
    assert TARGETS.keys() == GOALS.keys()
    sdg: TypeAdapter[str] = TypeAdapter(t.Sdg)
    for target in (target for targets in TARGETS.values() for target in targets):
        assert sdg.validate_python(target) == target


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16.22", "a target of goal 16: 16.1 to 16.10, 16.a or 16.b"),
        ("14.d", "a target of goal 14: 14.1 to 14.7, 14.a, 14.b or 14.c"),
        ("17.a", "a target of goal 17: 17.1 to 17.19"),
        ("18.1", "a Sustainable Development Goal from 1 to 17, or a target such as 16.2"),
    ],
)
def test_a_target_that_is_not_says_which_there_are(text: str, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(t.Sdg).validate_python(text)
    assert str(caught.value.errors()[0]["ctx"]["error"]) == expected


@pytest.mark.parametrize("part", [Byline, Organizer, Presence])
def test_a_part_names_somebody(part: type[Part]) -> None:
    with pytest.raises(ValidationError):
        part.model_validate({})
    part.model_validate({"name": "x"})


def test_extra_is_no_key_of_the_format() -> None:
    values = {"id": "a", "label": "x", "value": "5"}
    assert Statistic.model_validate(values | {"x-own": "1"}).extra == {"x-own": "1"}
    with pytest.raises(ValidationError):
        Statistic.model_validate(values | {"extra": {}})
