"""Fuzz one target in this process, guided by the code that its inputs reach; ``fuzz.py`` starts it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
with atheris.instrument_imports(
    include=["sphinx_rapporteur", "markdown_it", "yaml", "sphinx.util.inventory"]
):
    from seeds import seeds, words
    from targets import MEGABYTES, SECONDS_PER_INPUT, TARGETS

_LONGEST = 4_096
_HANGS_AFTER = 60
"""Seconds by the clock on the wall, which a busy machine stretches."""


def main() -> None:
    """Fuzz until the time is over or a case fails; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    corpus, found = options.corpus / options.target, HERE / "found" / options.target
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds(options.target):
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    dictionary = options.corpus / f"{options.target}.words"
    dictionary.write_text("".join(f"{_quoted(word)}\n" for word in words(options.target)), "ascii")
    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        f"-timeout={_HANGS_AFTER}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={_LONGEST}",
        f"-dict={dictionary}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
        str(corpus),
        str(found),
    ]
    atheris.Setup(arguments, _within_time(TARGETS[options.target]))
    atheris.Fuzz()


def _within_time(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def timed(data: bytes) -> None:
        start = time.process_time()
        target(data)
        assert time.process_time() - start < SECONDS_PER_INPUT

    return timed


def _quoted(word: str) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'


if __name__ == "__main__":
    main()
