"""The command ``check``: findings, formats, options, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from check_cases import Case, everything, load_cases

from sphinx_rapporteur import __version__
from sphinx_rapporteur.cli import checked as checked_module
from sphinx_rapporteur.cli import main
from sphinx_rapporteur.warnings import Subtype

DATA = Path(__file__).parents[2] / "data"
LINE = re.compile(
    r"(?P<file>[^:]+):(?P<line>\d+): (?P<severity>error|warning): "
    r"(?P<text>.*) \[rapporteur\.(?P<subtype>[a-z-]+)\]"
)

OUTSIDE = {
    "events/short.yaml": "name: Short\nstart: 2018-01-01\nend: 2018-01-02\ntimezone: UTC\n",
    "sessions/short/late.yaml": "title: Late\nstart: 2018-03-01\n",
}
"""A folder with one warning."""
PLAIN = {"people/ann.yaml": "name: Ann\n"}
UNKNOWN = {"people/ann.yaml": "name: Ann\ncontry: GB\n"}
"""A folder with one error."""


def make(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the outcome the same on a workflow's machine."""
    for name in ("GITHUB_WORKSPACE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder ``data`` in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    return Path("data")


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.title)
def test_findings(case: Case, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case.write(data)
    code = main(["check", "data", "--quiet"])
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    found = [match for line in lines if (match := LINE.fullmatch(line))]
    assert len(found) == len(lines) == len(case.findings), lines
    for expected, match in zip(case.findings, found, strict=True):
        place, severity, subtype, words = expected.split(" ", 3)
        file, line = place.rsplit(":", 1)
        assert match["file"] == f"data/{file}"
        assert line in {"*", match["line"]}, expected
        assert (match["severity"], match["subtype"]) == (severity, subtype), expected
        assert words in match["text"]
    assert code == any(" error " in finding for finding in case.findings)


def test_text_is_grouped_by_file_and_summed_up(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(data, OUTSIDE | UNKNOWN | {"people/bert.yaml": "nam: Bert\nname: Bert\nsex: m\n"})
    main(["check", "data"])
    lines = capsys.readouterr().out.splitlines()
    places = [line.split(": ")[0] for line in lines]
    assert places == [
        "data/people/ann.yaml:2",
        "",
        "data/people/bert.yaml:1",
        "data/people/bert.yaml:3",
        "",
        "data/sessions/short/late.yaml:2",
        "",
        "4 files, 4 records",
    ]
    assert lines[-1] == "4 files, 4 records: 3 errors, 1 warning"


def test_places_of_others_can_be_opened_too(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(data, OUTSIDE)
    main(["check", "data"])
    assert "[see also data/events/short.yaml:2]" in capsys.readouterr().out


def test_github_annotations(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(data, {"people/a,b%.yaml": "id: ann\nname: Ann\n'bio%': x\n"})
    assert main(["check", "data", "--format", "github", "--quiet"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    head = "::error file=data/people/a%2Cb%25.yaml,line=3,title=rapporteur.unknown-key::"
    assert line.startswith(head)
    assert "'bio%25'" in line.removeprefix(head)


def test_github_escapes_line_ends_and_colons(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    name = "people/x: y\r\n\x1b[31m\u202e.yaml"
    make(data, {name: "id: ann\nname: Ann\nbad: x\n"})
    main(["check", "data", "--format", "github", "--quiet"])
    out = capsys.readouterr().out
    assert out.startswith("::error file=data/people/x%3A y%0D%0A\\x1b[31m\\u202e.yaml,line=3,")
    assert out.count("\n") == 1


def test_github_paths_start_from_the_checkout(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(data, UNKNOWN)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(Path.cwd()))
    monkeypatch.chdir(data)
    main(["check", ".", "--format", "github"])
    assert "file=data/people/ann.yaml," in capsys.readouterr().out
    main(["check", "."])
    assert capsys.readouterr().out.startswith("people/ann.yaml:2:")


def test_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(data, OUTSIDE | UNKNOWN)
    main(["check", "data", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["version", "summary", "findings", "notes"]
    assert found["version"] == 1
    assert found["summary"] == {"files": 3, "records": 3, "errors": 1, "warnings": 1}
    unknown, outside = found["findings"]
    keys = "subtype severity file line path message found expected suggestion others"
    assert list(unknown) == list(outside) == keys.split()
    assert (unknown["subtype"], unknown["severity"]) == ("unknown-key", "error")
    assert (unknown["file"], unknown["line"], unknown["path"]) == ("data/people/ann.yaml", 2, "contry")
    assert "country" in unknown["suggestion"]
    assert unknown["others"] == []
    assert outside["others"] == [{"file": "data/events/short.yaml", "line": 2}]


def test_json_of_references_in_texts(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "bio: '{forum:person}`bert` {forum:person}`ann:nam` {forum:person}`annn` {forum:person}`cy`'"
    make(
        data,
        {
            "people/ann.yaml": f"name: Ann\n{text}\n",
            "people/cy.yaml": "",
            "organizations/bert.yaml": "name: B\n",
        },
    )
    main(["check", "data", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    keys = ("message", "found", "expected", "suggestion")
    assert [tuple(one[key] for key in keys) for one in found if one["subtype"] == "role"] == [
        ("there is no such person", "bert", "the id of a person", "there is an organisation of this name"),
        ("the person ann has no such attribute", "nam", "one of name, short", "did you mean name?"),
        ("there is no such person", "annn", "the id of a person", "did you mean ann?"),
        (
            "the person is left out because of another finding: this is no record: an empty file",
            "cy",
            "",
            "mend that finding first",
        ),
    ]


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        ({}, [], 1),
        ({"notes.txt": "x", "docs/a.md": "x"}, [], 1),
        (PLAIN, [], 0),
        (OUTSIDE, [], 0),
        (OUTSIDE, ["--strict"], 1),
        (OUTSIDE, ["--strict", "--ignore", "outside-event"], 0),
        (OUTSIDE, ["--strict", "--ignore", "rapporteur.outside-event"], 0),
        (OUTSIDE, ["--strict", "--ignore", "room-overlap"], 1),
        (UNKNOWN, [], 1),
        (UNKNOWN, ["--quiet"], 1),
        (UNKNOWN, ["--ignore", "room-overlap", "--ignore", "unknown-key"], 0),
    ],
)
def test_exit_codes(data: Path, files: dict[str, str], options: list[str], code: int) -> None:
    make(data, files)
    for form in ("text", "github", "json"):
        assert main(["check", "data", "--format", form, *options]) == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["chek"], "chek"),
        (["check"], "DATA"),
        (["check", "nowhere"], "'nowhere' does not exist"),
        (["check", __file__], "is not a folder"),
        (["check", "data", "--frobnicate"], "--frobnicate"),
        (["check", "data", "--format", "xml"], "xml"),
        (["check", "data", "--ignore", "rom-overlap"], Subtype.ROOM_OVERLAP.subtype),
    ],
)
def test_wrong_usage(
    data: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert data.is_dir()
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


def test_quiet_says_nothing_if_nothing_is_wrong(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(data, {"people/ann.yaml": "name: Ann\n"})
    main(["check", "data", "--quiet"])
    assert capsys.readouterr().out == ""
    main(["check", "data"])
    assert capsys.readouterr().out == "1 file, 1 record: nothing is wrong\n"


def test_several_folders(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(data, UNKNOWN)
    make(Path("more"), UNKNOWN)
    main(["check", "more", "data", "./data"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "data/people/ann.yaml:2",
        "",
        "more/people/ann.yaml:2",
        "",
        "2 files, 2 records",
    ]


@pytest.mark.parametrize(
    ("terminal", "variables", "coloured"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colour(
    data: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,  # noqa: FBT001
    variables: dict[str, str],
    coloured: bool,  # noqa: FBT001
) -> None:
    make(data, UNKNOWN)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    main(["check", "data"])
    assert ("\033[" in capsys.readouterr().out) is coloured


def test_nothing_in_a_name_or_value_reaches_the_terminal(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(data, {"people/\x1b[31mred.yaml": 'id: ann\nname: Ann\n"\\e]0;title\\a": x\n'})
    assert main(["check", "data"]) == 1
    out = capsys.readouterr().out
    assert "\\x1b[31mred.yaml:3: error" in out
    assert not {"\x1b", "\a"} & set(out)


def test_a_failure_of_ours_is_a_finding(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("one\ntwo")

    make(data, UNKNOWN)
    monkeypatch.setattr(checked_module, "check_texts", fail)
    assert main(["check", "data"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("data:1: error: this is a bug")
    assert "RuntimeError: one\\ntwo" in lines[0]
    assert lines[2].startswith("data/people/ann.yaml:2:")


def test_the_real_data_has_no_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(DATA), "--strict", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    code = "import sys; from sphinx_rapporteur.cli import main; sys.exit(main())"
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", code, *arguments], check=False, capture_output=True, text=True, **options
    )


def test_sphinx_is_not_imported(data: Path) -> None:
    everything().write(data)
    code = (
        "import sys; from sphinx_rapporteur.cli import main; main();"
        "print([name for name in sys.modules if name.partition('.')[0] in {'sphinx', 'myst_parser'}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "data"], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_installed_command() -> None:
    command = Path(sys.executable).with_name("sphinx-rapporteur")
    done = subprocess.run([command, "--version"], check=True, capture_output=True, text=True)
    assert done.stdout == f"sphinx-rapporteur {__version__}\n"


def test_a_closed_pipe_is_no_failure(data: Path) -> None:
    make(data, {f"people/p{number}.yaml": f"name: P{number}\nbad: x\n" for number in range(2000)})
    code = "import sys; from sphinx_rapporteur.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "check", "data"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait() == 1
    assert errors == b""


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_output_that_cannot_be_encoded(data: Path, form: str) -> None:
    make(data, {"people/ann.yaml": "name: Ann\ncontry: GB\nß: 1\n"})
    make(data, {os.fsdecode(b"people/\xff.yaml"): "name: Bert\n"})
    done = run("check", "data", "--format", form, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (1, "")
    if form == "json":
        found = json.loads(done.stdout)["findings"]
        assert [finding["path"] for finding in found[-2:]] == ["contry", "ß"]
