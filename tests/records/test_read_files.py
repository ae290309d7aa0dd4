"""The reader on files of any sort, and on anything that stands in them."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_rapporteur.records.characters import visible
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.model import Person, Session
from sphinx_rapporteur.records.read import LoadedRecord, Origin, list_files, read_folder
from sphinx_rapporteur.records.read.record import Draft
from sphinx_rapporteur.records.read.toml_text import parse_toml
from sphinx_rapporteur.records.read.yaml_text import _PureComposer, parse_yaml
from sphinx_rapporteur.warnings import Subtype

SESSION = """\
title: T
summary: |
  First

  second
# a comment
people:
  - name: A
    role: >-
      speaker
  - name: B
    statsu: x
  - name: C
    note: "c"
"""


def write(root: pathlib.Path, name: str, text: str | bytes) -> pathlib.Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(
    root: pathlib.Path, *, limits: Limits | None = None
) -> tuple[tuple[LoadedRecord, ...], list[Finding]]:
    found: list[Finding] = []
    return read_folder(root, limits=limits or Limits(), report=found.append), found


def subtypes(found: list[Finding]) -> list[Subtype]:
    return [finding.subtype for finding in found]


def test_places_are_those_of_the_model_after_pruning(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "sessions/e/s.yaml", SESSION)
    (loaded,), found = read(tmp_path)
    assert subtypes(found) == [Subtype.UNKNOWN_KEY]
    assert isinstance(loaded.record, Session)
    assert [person.name for person in loaded.record.people] == ["A", "C"]
    origin = loaded.origin
    assert origin.place().line == 1
    assert (origin.place(("summary",)).line, origin.text_line(("summary",))) == (2, 3)
    assert (origin.place(("people", 0, "role")).line, origin.text_line(("people", 0, "role"))) == (9, 10)
    assert origin.place(("people", 1, "name")).line == 13
    assert origin.text_line(("people", 1, "note")) == 14
    assert origin.place(("people", 1, "country")).line == 13
    assert origin.place(("people", 7)).line == 7
    assert origin.place(("nowhere", 3, "at all")).file == "sessions/e/s.yaml"


@pytest.mark.parametrize("suffix", [".json", ".toml"])
def test_places_in_other_formats(tmp_path: pathlib.Path, suffix: str) -> None:
    json_text = (
        '{"title": "T",\n "people": [\n {"name": "A"},\n {"name": "B",\n  "affiliations": [{"title": "x"}]}]}'
    )
    toml_text = 'title = """\nT"""\n[[people]]\nname = "A"\n[[people]]\nname = "B"\n'
    toml_text += '[[people.affiliations]]\ntitle="x"'
    write(tmp_path, f"sessions/e/s{suffix}", json_text if suffix == ".json" else toml_text)
    (loaded,), found = read(tmp_path)
    assert not found
    places = [(), ("people", 1, "name"), ("people", 1, "affiliations", 0, "title")]
    assert [loaded.origin.place(path).line for path in places] == (
        [1, 4, 5] if suffix == ".json" else [1, 6, 8]
    )
    assert loaded.origin.text_line(("title",)) == (1 if suffix == ".json" else 2)


def test_own_keys_and_aliased_fields_have_places(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "organizations/o.yaml", "name: O\nx-own:\n  a: no\nkind: company\n")
    (loaded,), found = read(tmp_path)
    assert not found
    assert loaded.record.extra == {"x-own": {"a": "no"}}
    assert loaded.origin.place(("extra", "x-own", "a")).line == 3
    assert loaded.origin.place(("kind_of",)).line == 4


def test_other_files_are_skipped(tmp_path: pathlib.Path) -> None:
    for name in (
        "README.md",
        "people/a.jpg",
        ".hidden.yaml",
        ".git/x.yaml",
        "people/.a.yaml.swp",
        "pictures/a.png",
    ):
        write(tmp_path, name, "x")
    write(tmp_path, "people/bo.yaml", "name: Bo")
    records, findings = read(tmp_path)
    assert ([one.record.full_id for one in records], findings) == (["bo"], [])


def test_order(tmp_path: pathlib.Path) -> None:
    for name in ("people/b.yaml", "people/z/a.yml", "people/a-1.yaml", "events/z.json", "sessions/e/s.toml"):
        write(
            tmp_path,
            name,
            '{"name": "x", "start": "2016-01-01", "end": "2016-01-01"}' if "z.j" in name else "",
        )
    assert list_files(tmp_path) == tuple(sorted(list_files(tmp_path)))
    assert len(list_files(tmp_path)) == 5
    write(tmp_path, "people/b.yaml", "name: B")
    write(tmp_path, "people/z/a.yml", "name: A")
    assert [loaded.record.full_id for loaded in read(tmp_path)[0]] == ["z", "a", "b"]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("Speakers", "people"),
        ("panellists", "people"),
        ("organisations", "organizations"),
        ("companies", "organizations"),
        ("talks", "sessions"),
        ("reports", "sessions"),
        ("conferences", "events"),
        ("metrics", "indicators"),
        ("sesions", "sessions"),
        ("zzz", ""),
    ],
)
def test_an_unknown_folder_is_said_once(tmp_path: pathlib.Path, folder: str, kind: str) -> None:
    for name in ("b/c.yaml", "a.yaml", "d.json"):
        write(tmp_path, f"{folder}/{name}", "name: x")
    write(tmp_path, f"{folder}.yaml", "name: x")
    write(tmp_path, "people/a.yaml", "name: A")
    records, found = read(tmp_path)
    assert len(records) == 1
    assert subtypes(found) == [Subtype.UNKNOWN_KIND] * 2
    (finding,) = [one for one in found if one.found]
    assert str(finding.place) == f"{folder}/a.yaml:1"
    assert "its 3 files are not read" in finding.message
    assert finding.suggestion == (f"did you mean {kind}?" if kind else "")


def test_missing_folder(tmp_path: pathlib.Path) -> None:
    records, found = read(tmp_path / "none")
    assert records == ()
    assert subtypes(found) == [Subtype.UNREADABLE]
    assert list_files(tmp_path / "none") == ()


def test_a_duplicate_names_the_first(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "people/a.yaml", "name: First")
    write(tmp_path, "people/b.yaml", "name: Second\nid: a")
    (loaded,), (finding,) = read(tmp_path)
    assert isinstance(loaded.record, Person)
    assert loaded.record.name == "First"
    assert str(finding.place) == "people/b.yaml:2"
    assert [str(place) for place in finding.others] == ["people/a.yaml:1"]


@pytest.mark.parametrize(
    ("first", "second"), [("", "withheld: true"), ("withheld: treu", ""), ("withheld: true", "")]
)
def test_a_duplicate_never_uncovers(tmp_path: pathlib.Path, first: str, second: str) -> None:
    write(tmp_path, "people/a.yaml", f"name: A\n{first}")
    write(tmp_path, "people/b.yaml", f"id: a\nname: A\n{second}")
    records, found = read(tmp_path)
    assert Subtype.DUPLICATE_ID in subtypes(found)
    assert all(loaded.record.withheld for loaded in records)


def test_session_ids_are_unique_in_their_event(tmp_path: pathlib.Path) -> None:
    for name in ("sessions/a/s.yaml", "sessions/b/s.yaml"):
        write(tmp_path, name, "title: T")
    records, found = read(tmp_path)
    assert not found
    assert [loaded.record.full_id for loaded in records] == ["a/s", "b/s"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_block(tmp_path: pathlib.Path) -> None:
    (tmp_path / "people").mkdir()
    os.mkfifo(tmp_path / "people" / "a.yaml")
    assert subtypes(read(tmp_path)[1]) == [Subtype.UNREADABLE]


def test_links(tmp_path: pathlib.Path) -> None:
    outside = write(tmp_path, "outside/x.yaml", "name: Secret")
    root = tmp_path / "data"
    real = write(root, "people/real.yaml", "name: R")
    (root / "people" / "out.yaml").symlink_to(outside)
    (root / "people" / "nowhere.yaml").symlink_to(root / "none.yaml")
    (root / "people" / "loop").symlink_to(root)
    (root / "people" / "folder").symlink_to(outside.parent)
    (root / "people" / "same.yaml").symlink_to(real)
    (root / "people" / "a.jpg").symlink_to(outside)
    records, found = read(root)
    assert [loaded.record.full_id for loaded in records] == ["real", "same"]
    assert [finding.place.file for finding in found] == [
        "people/folder", "people/loop", "people/nowhere.yaml", "people/out.yaml",
    ]  # fmt: skip
    assert set(subtypes(found)) == {Subtype.UNREADABLE}


def test_no_permission(tmp_path: pathlib.Path) -> None:
    file = write(tmp_path, "people/a.yaml", "name: A")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read everything")
    assert subtypes(read(tmp_path)[1]) == [Subtype.UNREADABLE]


def test_a_byte_order_mark_and_other_encodings(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "people/a.yaml", b"\xef\xbb\xbfname: A")
    write(tmp_path, "people/b.json", b'\xef\xbb\xbf{"name": "B"}')
    write(tmp_path, "people/c.yaml", b"name: C\nbio: caf\xe9")
    write(tmp_path, "people/d.yaml", "name: D".encode("utf-16"))
    write(tmp_path, "people/e.yaml", b"name: E\nbio: a\x00b")
    records, found = read(tmp_path)
    assert [loaded.record.full_id for loaded in records] == ["a", "b"]
    assert [str(finding.place) for finding in found] == [
        "people/c.yaml:2",
        "people/d.yaml:1",
        "people/e.yaml:2",
    ]
    assert subtypes(found) == [Subtype.UNREADABLE, Subtype.UNREADABLE, Subtype.SYNTAX]


def test_a_lone_surrogate_is_removed(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "people/a.json", r'{"name": "A\ud800b"}')
    (loaded,), found = read(tmp_path)
    assert isinstance(loaded.record, Person)
    assert loaded.record.name == "Ab"
    assert subtypes(found) == [Subtype.CHARACTERS]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "text", "limits"),
    [
        ("deep.yaml", "[" * 100_000, Limits()),
        ("deep-blocks.yaml", "- " * 5_000, Limits()),
        ("deep.json", "[" * 100_000 + "]" * 100_000, Limits()),
        ("deep-21.json", '{"x-a": ' + "[" * 21 + "]" * 21 + "}", Limits()),
        ("deep.toml", "x-a = " + "[" * 100_000 + "]" * 100_000, Limits()),
        ("dotted.toml", ".".join(["a"] * 3_000) + " = 1", Limits()),
        ("bomb.yaml", BOMB, Limits()),
        ("large.yaml", "name: " + "x" * 200, Limits(file_bytes=100)),
        ("long.yaml", "name: " + "x" * 200, Limits(text_characters=100)),
        ("many.yaml", "x-a: [a, b, c, d, e]\nname: x", Limits(nodes=5)),
        ("many.json", '{"x-a": [1, 2, 3, 4, 5], "name": "x"}', Limits(nodes=5)),
        ("many.toml", "x-a = [1, 2, 3, 4, 5]", Limits(nodes=5)),
    ],
)
def test_limits(tmp_path: pathlib.Path, name: str, text: str, limits: Limits) -> None:
    write(tmp_path, f"people/{name}", text)
    records, found = read(tmp_path, limits=limits)
    assert records == ()
    assert subtypes(found) == [Subtype.LIMIT]


@pytest.mark.parametrize("in_one_file", [False, True])
def test_limit_of_records(tmp_path: pathlib.Path, *, in_one_file: bool) -> None:
    for name in "abcd":
        write(tmp_path, f"people/{name}.yaml", "name: x")
    if in_one_file:
        write(tmp_path, "people/a.yaml", "".join(f"- {{id: {name}, name: x}}\n" for name in "abcd"))
    records, found = read(tmp_path, limits=Limits(records=2))
    assert len(records) == 2
    assert subtypes(found) == [Subtype.LIMIT]


def test_numbers_that_are_too_long_for_python(tmp_path: pathlib.Path) -> None:
    nines = "9" * 5_000
    write(
        tmp_path,
        "events/a.json",
        f'{{"name": "A", "start": "2016-01-01", "end": "2016-01-01", "ordinal": {nines}}}',
    )
    write(tmp_path, "events/b.yaml", f"name: A\nstart: 2016-01-01\nend: 2016-01-01\nordinal: {nines}")
    write(tmp_path, "events/c.toml", f'name = "A"\nordinal = {nines}')
    records, found = read(tmp_path)
    assert len(records) == 2
    assert subtypes(found) == [Subtype.VALUE, Subtype.VALUE, Subtype.SYNTAX]


def test_our_own_failure_costs_one_record(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "people/a.yaml", "- {id: a, name: A}\n- {id: b, name: B}\n")
    write(tmp_path, "people/c.yaml", "name: C")
    settle = Draft.settle

    def fail(draft: Draft) -> object:
        if draft.value["id"] == "b":
            raise ZeroDivisionError
        return settle(draft)

    monkeypatch.setattr(Draft, "settle", fail)
    records, (finding,) = read(tmp_path)
    assert [loaded.record.full_id for loaded in records] == ["a", "c"]
    assert (finding.subtype, str(finding.place), finding.found) == (
        Subtype.INTERNAL, "people/a.yaml:2", "ZeroDivisionError",
    )  # fmt: skip


def test_both_composers_read_alike() -> None:
    data = (
        SESSION + "rest: [a, {b: ~}, 'c', !!str ]\nagain: &x [1]\nmore: *x\ncut: {a: 5,000, b: , c: 'x', d}\n"
    ).encode()
    assert parse_yaml(data, Limits()) == parse_yaml(data, Limits(), composer=_PureComposer)


TOML = r"""# comment [x]
title = 'a # no comment' # but this
"quoted key" = "q\"]"
a . b.'c d' = [ # here
  {x = 1, "y" = [ [2], # nested
    [] ]}, 'two',
  ]
empty = ""
text = '''
one
two '' quotes'''''
same = "three"
day = 1979-05-27 07:32:00Z
clock = 00:12:31
flag = true
hex = 0xFF
half = 0.50
[ d . "e" ]
f = {}
[[list]]
g = 1
[[ list ]]
g.h = 2
[list.i]
j = 3
[d]
k = inf
"""


def test_toml_of_all_sorts() -> None:
    document = parse_toml(TOML.encode(), Limits())
    origin = Origin("x", document.lines)
    assert isinstance(document.value, dict)
    assert document.value["list"] == [{"g": "1"}, {"g": {"h": "2"}, "i": {"j": "3"}}]
    assert [document.value[key] for key in ("day", "clock", "flag", "hex", "half")] == [
        "1979-05-27T07:32:00+00:00", "00:12:31", "true", "255", "0.50",
    ]  # fmt: skip
    paths = {
        ("title",): 2,
        ("quoted key",): 3,
        ("a", "b", "c d"): 4,
        ("a", "b", "c d", 0, "y"): 5,
        ("a", "b", "c d", 0, "y", 1): 6,
        ("a", "b", "c d", 1): 6,
        ("empty",): 8,
        ("text",): 9,
        ("same",): 12,
        ("half",): 17,
        ("d", "e", "f"): 19,
        ("list", 0, "g"): 21,
        ("list", 1, "g", "h"): 23,
        ("list", 1, "i", "j"): 25,
        ("d", "k"): 27,
    }
    assert {path: origin.place(path).line for path in paths} == paths
    assert origin.text_line(("text",)) == 10


PIECES = st.sampled_from(
    ["name: x\n", "- ", "&a ", "*a", "!!x ", "? ", "| \n", "  ", "{", "}", "[", "]", ":", '"', "\\u", "\n",
     "\ud800", "withheld: ", "true", "id = 1\n", "[[a]]\n", "'''", "statistics:\n", "value: 1/0", ",", "null",
     "\x00", "\u202e"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(PIECES, max_size=30).map(lambda p: "".join(p).encode("utf-8", "ignore")),
    ),
    st.sampled_from([".yaml", ".json", ".toml"]),
    st.sampled_from(["people", "sessions/e", "events"]),
)
def test_no_bytes_raise(data: bytes, suffix: str, folder: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        write(pathlib.Path(name), f"{folder}/a{suffix}", data)
        _, found = read(pathlib.Path(name))
    assert Subtype.INTERNAL not in subtypes(found), found


KEYS = sorted({*Session.model_fields, *Person.model_fields, "person", "value", "rows", "breakdown", "x-a"})
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["jo", "68,000", "true", "2016-01-01", "2016-01-01T10:00Z", "https://a.example", "BR"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(KEYS),
        inner, max_size=6),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(VALUES, st.sampled_from(["people", "sessions/e"]))
def test_no_value_raises(value: object, folder: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        write(pathlib.Path(name), f"{folder}/a.json", json.dumps(value))
        records, found = read(pathlib.Path(name))
    assert Subtype.INTERNAL not in subtypes(found), found
    assert records or found


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1).filter(
        lambda text: text.strip() and visible(text)[0] == text
    )
)
def test_text_stays_text(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        quoted = yaml.safe_dump(
            {"name": "x", "bio": text}, allow_unicode=True, default_style='"', width=10**6
        )
        write(root, "people/a.yaml", quoted)
        write(root, "people/b.json", json.dumps({"name": "x", "bio": text}))
        records, _ = read(root)
    assert [getattr(loaded.record, "bio", None) for loaded in records] == [text, text]
