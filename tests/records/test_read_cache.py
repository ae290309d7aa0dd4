"""What is kept of read files: with it, all is as without, but faster."""

from __future__ import annotations

import os
import pathlib
import pickle
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sphinx_rapporteur.records as package
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.limits import Limits
from sphinx_rapporteur.records.model import Person
from sphinx_rapporteur.records.read import RecordCache, cache, forget, read_folder, stamp
from sphinx_rapporteur.records.read.file import FileContent, read_file
from sphinx_rapporteur.records.read.record import Draft
from sphinx_rapporteur.warnings import Subtype

ONE_TICK = 0.02
"""Seconds after which a file that is written again has another time."""
SESSION = """\
title: T
start: 2016-12-06T10:00+01:00
summary: |
  First
people: [{name: A}, {name: B, statsu: x}, {name: C, role: chair}]
statistics:
  - {id: s, label: L, value: "2/3", x-own: {a: b}}
  - {id: s, label: M, value: 46%}
x-own: 1
"""
CONTENTS = (
    "name: Ada",
    "name: Bob",
    "name: Ada\nid: b",
    "name: Ada\nid: b\nwithheld: true",
    "name: Ada\nwithheld: treu",
    "name: Ada\nwitheld: true",
    "- {id: a, name: A}\n- {id: b, name: B}\n- nothing\n- {id: a, name: C}\n- {id: c}\n- {id: d, name: D}",
    "name: Ada\nname: Bea\nborn: 1",
    "name: Ada\u202e",
    "name: [",
    "<<<<<<< ours\nname: A\n=======\nname: B\n>>>>>>> theirs\n",
    "name: " + "long " * 10,
    "id: B b\nname: A",
    "id: [a]\nname: A",
    "bio: x",
    "name: A\nbio:",
    "x-a: [a, b, c, d, e, f, g, h, i, j]\nname: x",
    "",
    "[]",
    b"name: \xff",
    b"\xef\xbb\xbfname: A",
    SESSION,
    SESSION + "event: e\nid: other",
    '{"name": "J", "bio": "x"}',
    '{"id": "b", "\\u0077ithheld": true, "name": "J"}',
    'name = "T"\n',
)
FILES = (
    "people/a.yaml", "people/b.yaml", "people/z/c.json", "people/d.toml", "people/stray.txt",
    "sessions/e/s.yaml", "sessions/s.yaml", "organizations/a.yaml", "persons/a.yaml", "a.yaml",
)  # fmt: skip
LIMITS = (Limits(), Limits(records=2), Limits(text_characters=20), Limits(nodes=8), Limits(file_bytes=40))


def outcome(
    root: pathlib.Path, limits: Limits, kept: RecordCache | None = None
) -> tuple[list[object], list[Finding]]:
    """Return all that a reading says, in the form in which it can be compared."""
    found: list[Finding] = []
    loaded = read_folder(root, limits=limits, report=found.append, cache=kept)
    records: list[object] = [
        (
            type(one.record),
            one.record,
            one.record.model_dump_json(),
            list(one.record.__dict__),
            one.record.model_fields_set,
            one.origin.file,
            one.origin.place(),
            one.origin.place(("name",)),
            one.origin.text_line(("summary",)),
            one.origin.lines,
        )
        for one in loaded
    ]
    return records, found


def as_bytes(content: str | bytes) -> bytes:
    """Return what is written to a file."""
    return content if isinstance(content, bytes) else content.encode()


class Folder:
    """A data folder with what is kept of it."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = root / "data"
        self.kept = root / "kept"
        self.root.mkdir()

    def write(self, file: str, content: str | bytes) -> pathlib.Path:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(content))
        return path

    def files(self) -> list[pathlib.Path]:
        return sorted(path for path in self.root.rglob("*") if path.is_file())

    def shards(self) -> list[pathlib.Path]:
        return sorted(self.kept.iterdir()) if self.kept.is_dir() else []

    def check(self, limits: Limits = LIMITS[0], *, is_published: bool = False) -> RecordCache:
        """Read with what is kept, which must be as without."""
        kept = RecordCache(self.kept, is_published=is_published)
        assert outcome(self.root, limits, kept) == outcome(self.root, limits)
        return kept


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> Folder:
    made = Folder(tmp_path)
    for file, content in zip(FILES, (CONTENTS[0], CONTENTS[2], *CONTENTS[-3:], SESSION), strict=False):
        made.write(file, content)
    return made


@pytest.fixture
def believing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe the times of files that were written only just now."""
    monkeypatch.setattr(stamp, "SETTLED", -(10**15))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files are parsed."""
    names: list[str] = []

    def noting(file: str, data: bytes, limits: Limits) -> object:
        names.append(file)
        return read_file(file, data, limits)

    monkeypatch.setattr(cache, "read_file", noting)
    return names


# --- any sequence of edits


def same_size(folder: Folder, path: pathlib.Path) -> None:
    """Write something else of the same size, and set the time back."""
    status = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + (b"z" if data[-1:] != b"z" else b"y"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def rename(folder: Folder, path: pathlib.Path, to: str) -> None:
    target = folder.root / to
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def damage(shard: pathlib.Path, place: float) -> None:
    data = bytearray(shard.read_bytes())
    data[int(place * (len(data) - 1))] ^= 0x55
    shard.write_bytes(data)


Edit = Callable[[Folder], object]


def on_a_file(edit: Callable[[Folder, pathlib.Path], object], number: int) -> Edit:
    return lambda folder: (
        edit(folder, folder.files()[number % len(folder.files())]) if folder.files() else None
    )


def on_a_shard(edit: Callable[[pathlib.Path], object], number: int) -> Edit:
    return lambda folder: edit(folder.shards()[number % len(folder.shards())]) if folder.shards() else None


NUMBERS = st.integers(0, 9)
WRITES: st.SearchStrategy[Edit] = st.builds(
    lambda file, content: lambda folder: folder.write(file, content),
    st.sampled_from(FILES), st.sampled_from(CONTENTS),
)  # fmt: skip
CHANGES: st.SearchStrategy[Edit] = st.builds(
    lambda content, number: on_a_file(lambda _folder, path: path.write_bytes(as_bytes(content)), number),
    st.sampled_from(CONTENTS), NUMBERS,
)  # fmt: skip
OFTEN_THE_SAME = st.sampled_from((*LIMITS[:1] * 4, *LIMITS[1:2] * 2, *LIMITS[2:]))
EDITS: st.SearchStrategy[Edit] = st.one_of(
    WRITES,
    CHANGES,
    CHANGES,
    st.builds(on_a_file, st.just(lambda _folder, path: path.touch()), NUMBERS),
    st.builds(on_a_file, st.just(lambda _folder, path: path.unlink()), NUMBERS),
    st.builds(on_a_file, st.just(same_size), NUMBERS),
    st.builds(
        lambda to, number: on_a_file(lambda folder, path: rename(folder, path, to), number),
        st.sampled_from(FILES), NUMBERS,
    ),
    st.builds(
        lambda place, number: on_a_shard(lambda shard: damage(shard, place), number),
        st.floats(0, 1), NUMBERS,
    ),
    st.builds(on_a_shard, st.just(lambda shard: shard.unlink()), NUMBERS),
    st.just(lambda folder: forget(folder.kept)),
)  # fmt: skip


@pytest.mark.parametrize("settled", [stamp.SETTLED, -(10**15)])
def test_after_any_edits_all_is_as_without(settled: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "SETTLED", settled)

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(WRITES, min_size=3, max_size=8),
        st.lists(st.tuples(st.lists(EDITS, max_size=3), OFTEN_THE_SAME), min_size=2, max_size=5),
        st.sampled_from([False, False, False, True]),
    )
    def check(first: list[Edit], rounds: list[tuple[list[Edit], Limits]], is_published: bool) -> None:  # noqa: FBT001
        with tempfile.TemporaryDirectory() as name:
            folder = Folder(pathlib.Path(name))
            for edits, limits in [(first, LIMITS[0]), *rounds]:
                if settled < 0:
                    time.sleep(ONE_TICK)
                for edit in edits:
                    edit(folder)
                folder.check(limits, is_published=is_published)

    check()


@pytest.mark.usefixtures("believing")
@pytest.mark.parametrize("file", ["people/a.yaml", "sessions/e/s.yaml", "people/a.json"])
def test_each_content_is_found_again_and_replaced_by_the_next(tmp_path: pathlib.Path, file: str) -> None:
    folder = Folder(tmp_path)
    folder.write("people/b.yaml", "name: Bob")
    for content in CONTENTS:
        time.sleep(ONE_TICK)
        folder.write(file, content)
        folder.check()
        folder.check()
        folder.check(Limits(records=2))


# --- what is parsed again


@pytest.mark.usefixtures("believing")
def test_what_is_as_it_was_is_not_parsed_again(folder: Folder, parsed: list[str]) -> None:
    folder.check()
    records = {path.relative_to(folder.root).as_posix() for path in folder.files() if path.suffix != ".txt"}
    assert set(parsed) == records
    parsed.clear()
    before = [(path.name, path.stat().st_mtime_ns) for path in folder.shards()]
    folder.check()
    assert parsed == []
    assert [(path.name, path.stat().st_mtime_ns) for path in folder.shards()] == before
    time.sleep(ONE_TICK)
    (folder.root / "people/a.yaml").touch()
    folder.check()
    assert parsed == []
    before = [(path.name, path.stat().st_mtime_ns) for path in folder.shards()]
    time.sleep(ONE_TICK)
    folder.write("people/a.yaml", "name: Bea")
    folder.check()
    assert parsed == ["people/a.yaml"]
    after = [(path.name, path.stat().st_mtime_ns) for path in folder.shards()]
    assert len(set(after) - set(before)) == 1


@pytest.mark.usefixtures("believing")
def test_files_that_look_the_same_are_not_opened(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.check()
    expected = outcome(folder.root, LIMITS[0])

    def refuse(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(cache, "read_bytes", refuse)
    assert outcome(folder.root, LIMITS[0], RecordCache(folder.kept)) == expected


@pytest.mark.usefixtures("believing")
def test_other_content_of_the_same_size_and_time_is_seen(folder: Folder, parsed: list[str]) -> None:
    folder.check()
    parsed.clear()
    time.sleep(ONE_TICK)
    path = folder.root / "people/a.yaml"
    before = path.stat()
    same_size(folder, path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    folder.check()
    assert parsed == ["people/a.yaml"]


def test_a_file_that_was_just_written_is_not_believed_by_its_times(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = (9, time.time_ns(), 1, 1)
    monkeypatch.setattr(cache, "stamp_of", lambda _status: same)
    folder.check()
    folder.write("people/a.yaml", "name: Eva")
    folder.check()


def test_a_failure_of_our_own_is_not_kept(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Draft, "settle", lambda _draft: 1 / 0)
        records, found = outcome(folder.root, LIMITS[0], RecordCache(folder.kept))
        assert records == []
        assert any(finding.subtype is Subtype.INTERNAL for finding in found)
    folder.check()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.usefixtures("believing")
def test_a_file_that_became_a_pipe_is_not_read(folder: Folder) -> None:
    folder.check()
    (folder.root / "people/a.yaml").unlink()
    os.mkfifo(folder.root / "people" / "a.yaml")
    folder.check()


def test_what_is_gone_is_forgotten(folder: Folder) -> None:
    folder.check()
    assert folder.shards()
    (folder.kept / f"left{cache._UNFINISHED}").touch()
    shutil.rmtree(folder.root)
    folder.root.mkdir()
    folder.check()
    assert folder.shards() == []


# --- what is not for us


def headed(body: bytes) -> bytes:
    head = cache._MAGIC + (cache._key(LIMITS[0]) or b"")
    return head + zlib.crc32(body).to_bytes(4, "big") + body


class Unfit:
    """Something that a pickle holds, and that fails when it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("no number",)


def with_another(**changes: object) -> Callable[[bytes], bytes]:
    """Return what replaces a part of each file that is kept."""

    def change(data: bytes) -> bytes:
        shard = pickle.loads(data[len(headed(b"")) :])
        return headed(pickle.dumps({file: kept._replace(**changes) for file, kept in shard.items()}))

    return change


def with_another_record(data: bytes) -> bytes:
    shard = pickle.loads(data[len(headed(b"")) :])
    changed = {}
    for file, kept in shard.items():
        items = tuple(item._replace(record="r", origin=None) for item in kept.content.items)
        changed[file] = kept._replace(content=kept.content._replace(items=items))
    return headed(pickle.dumps(changed))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _data: b"",
    "cut off in its head": lambda data: data[:30],
    "cut off": lambda data: data[:-20],
    "another letter": lambda data: data.replace(b"Ada", b"Eda"),
    "something else": lambda _data: b"GIF89a",
    "no pickle": lambda _data: headed(b"no pickle"),
    "a pickle that fails": lambda _data: headed(pickle.dumps({"people/a.yaml": Unfit()})),
    "a list": lambda _data: headed(pickle.dumps([1])),
    "other names": lambda _data: headed(pickle.dumps({1: 2})),
    "other things": lambda _data: headed(pickle.dumps({"people/a.yaml": 2})),
    "another stamp": with_another(stamp=7),
    "another digest": with_another(digest="x"),
    "other content": with_another(content=()),
    "other items": with_another(content=FileContent(("x",), withholds=False)),  # type: ignore[arg-type]
    "another record": with_another_record,
}


@pytest.mark.usefixtures("believing")
@pytest.mark.parametrize("how", DAMAGES)
def test_what_is_damaged_is_noticed_and_read_anew(tmp_path: pathlib.Path, how: str) -> None:
    folder = Folder(tmp_path)
    folder.write("people/a.yaml", "name: Ada")
    assert folder.check().trouble == ""
    (shard,) = folder.shards()
    whole = shard.read_bytes()
    shard.write_bytes(DAMAGES[how](whole))
    assert shard.read_bytes() != whole
    assert "damaged" in folder.check().trouble or how == "cut off in its head"
    assert shard.read_bytes() != DAMAGES[how](whole)
    assert folder.check().trouble == ""


OTHERS: dict[str, Callable[[pytest.MonkeyPatch], Limits]] = {
    "code": lambda patch: patch.setattr(cache, "_code_digest", lambda: b"other") or LIMITS[0],
    "Python": lambda patch: patch.setattr("sys.version", "4.0") or LIMITS[0],
    "time zones": lambda patch: patch.setattr(cache, "_zones", lambda: [("/zones", 1)]) or LIMITS[0],
    "limits": lambda _patch: replace(LIMITS[0], depth=19),
}


@pytest.mark.usefixtures("believing")
@pytest.mark.parametrize("what", OTHERS)
def test_other_circumstances_read_all_anew(
    folder: Folder, parsed: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    folder.check()
    first = list(parsed)
    parsed.clear()
    limits = OTHERS[what](monkeypatch)
    assert "another version" in folder.check(limits).trouble
    assert parsed == first
    assert folder.check(limits).trouble == ""


@pytest.mark.usefixtures("believing")
def test_how_many_records_there_may_be_is_no_matter_of_a_file(folder: Folder, parsed: list[str]) -> None:
    folder.check()
    parsed.clear()
    assert folder.check(Limits(records=2)).trouble == ""
    assert parsed == []


def test_the_digest_of_the_code_is_that_of_the_code(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = cache._code_digest.__wrapped__
    whole = pathlib.Path(str(package.__file__)).parent
    copy = shutil.copytree(whole, tmp_path / "records", ignore=shutil.ignore_patterns("__pycache__"))
    before = digest()
    monkeypatch.setattr(package, "__file__", str(copy / "__init__.py"))
    assert digest() == before
    base = copy / "model/base.py"
    base.write_bytes(base.read_bytes()[::-1])
    assert digest() != before
    monkeypatch.setattr(package, "__file__", str(tmp_path / "packed.zip" / "__init__.py"))
    assert digest() == b""


def test_without_the_code_nothing_is_kept(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.check()
    monkeypatch.setattr(cache, "_code_digest", lambda: b"")
    folder.write("people/a.yaml", "name: Eva")
    before = [path.read_bytes() for path in folder.shards()]
    assert folder.check().trouble == ""
    assert [path.read_bytes() for path in folder.shards()] == before


@pytest.mark.parametrize("in_the_way", ["kept", "kept/inside"])
def test_a_folder_that_cannot_be_written_is_no_error(folder: Folder, in_the_way: str) -> None:
    folder.kept = folder.kept / "inside" if in_the_way == "kept/inside" else folder.kept
    (folder.root.parent / "kept").write_text("a file")
    assert folder.check().trouble == ""


def test_a_folder_in_the_place_of_a_file_is_no_error(folder: Folder) -> None:
    folder.check()
    names = folder.shards()
    forget(folder.kept)
    for shard in names:
        (shard / "inside").mkdir(parents=True)
    assert folder.check().trouble == ""


# --- what is withheld


@pytest.mark.parametrize(
    ("content", "is_kept"),
    [
        ("name: Eva\nwithheld: false", True),
        ("name: Eva\nbio: |\n  What is withheld is withheld: a \\ b", True),
        ("name: Eva\nwithheld: true", False),
        ("name: Eva\nwithheld: name", False),
        ("name: Eva\nwithheld:", False),
        ("name: Eva\nwithheld: [x]", False),
        ("name: Eva\nwitheld: true", False),
        ('name: Eva\n"with\\x68eld": true', False),
        ("- {id: a, name: Eva}\n- {id: b, name: Ida, photo: {file: a.png, withheld: true}}", False),
        ("name: Eva\nwithheld: true\nborn: [", False),
        ("name: Eva\nphoto: {file: a.png, withheld: true}\nphoto: b.png", False),
        ("name: Eva\nwithheld: false\nwithheld: true", False),
        ('{"name": "Eva", "photo": {"file": "a.png", "\\u0077ithheld": "true"}}', False),
    ],
)
def test_nothing_is_kept_where_it_may_be_published_if_anything_is_withheld(
    tmp_path: pathlib.Path,
    content: str,
    is_kept: bool,  # noqa: FBT001
) -> None:
    folder = Folder(tmp_path)
    folder.write("people/a.yaml", "name: Ada")
    folder.check(is_published=True)
    assert len(folder.shards()) == 1
    folder.write("people/b.json" if content.startswith("{") else "people/b.yaml", content)
    for _ in range(2):
        folder.check(is_published=True)
        assert [bool(folder.shards()), len(folder.shards())] == ([True, 2] if is_kept else [False, 0])
    folder.check()
    assert len(folder.shards()) == 2


def test_places_are_unpacked_when_asked_for(folder: Folder) -> None:
    folder.check()
    loaded = read_folder(folder.root, report=lambda _finding: None, cache=RecordCache(folder.kept))
    person = next(one for one in loaded if isinstance(one.record, Person))
    assert isinstance(person.origin._lines, bytes)
    assert person.origin.place().line == 1
    assert isinstance(person.origin._lines, bytes)
    assert person.origin.place(("name",)).line == 1
    assert not isinstance(person.origin._lines, bytes)
