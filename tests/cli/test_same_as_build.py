"""A check and a build of one broken folder say the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from check_cases import everything

from sphinx_rapporteur.cli.checked import check_folder

CONF = """\
extensions = ["sphinx_rapporteur"]
rapporteur_data = "data"
exclude_patterns = ["data"]
"""
WARNING = re.compile(r"^(.+?):(\d+): WARNING: (.*) \[rapporteur\.([a-z-]+)\]$", re.MULTILINE)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_same_findings(tmp_path: Path, jobs: str) -> None:
    data = everything().write(tmp_path / "data")
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "--no-color",
        "-b",
        "dummy",
        "-j",
        jobs,
        str(tmp_path),
        str(tmp_path / "out"),
    ]
    done = subprocess.run(build, check=True, capture_output=True, text=True)
    # What is said elsewhere, such as on a page, is no finding about the data.
    of_data = [warning for warning in WARNING.findall(done.stderr) if Path(warning[0]).is_relative_to(data)]
    built = [
        (Path(file).relative_to(data).as_posix(), int(line), subtype, text)
        for file, line, text, subtype in of_data
    ]
    checked = [
        (finding.place.file, finding.place.line, finding.subtype.subtype, finding.text())
        for finding in check_folder(data, base=data).findings
    ]
    assert checked
    assert sorted(built) == sorted(checked)
    # Those in texts come once all pages are read, whichever pages that are.
    in_texts = [(file, line) for file, line, subtype, _text in built if subtype in {"role", "markup"}]
    assert in_texts == sorted(in_texts)
    assert in_texts == [(file, line) for file, line, *_more in built[-len(in_texts) :]]
    assert done.stderr.count("[rapporteur.") == len(built)
