"""The cases of this folder: data folders with what is wrong in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_CASES = Path(__file__).with_name("cases.txt")


@dataclass(frozen=True)
class Case:
    title: str
    files: dict[str, str]
    findings: tuple[str, ...]
    """``file:line severity subtype words``; the line may be ``*``."""

    def write(self, folder: Path) -> Path:
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder


def load_cases() -> list[Case]:
    cases = []
    for block in re.split(r"^=== ", _CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, *parts = re.split(r"\n--- ", block)
        pairs = [part.partition("\n")[::2] for part in parts]
        files = {name: text + "\n" for name, text in pairs if name != "findings"}
        findings = dict(pairs)["findings"].strip().splitlines()
        cases.append(Case(title.strip(), files, tuple(findings)))
    return cases


def everything() -> Case:
    """Return all cases as one folder."""
    files: dict[str, str] = {}
    for one in load_cases():
        assert not files.keys() & one.files.keys(), f"{one.title} has a file of another case"
        files |= one.files
    return Case("everything", files, ())
