"""Fuzz one target, guided by the code that its inputs reach.

``python tests/fuzz/fuzz.py text --seconds 600`` needs the extra ``fuzz``. What was tried is kept in
``corpus/``, for the next run; a case that fails is written to ``found/``, which the tests try again for ever.
"""

from __future__ import annotations

import argparse
import sys
import time
from hashlib import sha256
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
with atheris.instrument_imports(include=["sphinx_rapporteur", "markdown_it", "yaml"]):
    from seeds import seeds, words
    from targets import MEGABYTES, SECONDS_PER_INPUT, TARGETS

_LONGEST = 4_096


def main() -> None:
    """Fuzz until the time is over or a case fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600, help="how long (default: %(default)s)")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus", help="where inputs are kept")
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
        f"-timeout={SECONDS_PER_INPUT}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={_LONGEST}",
        f"-dict={dictionary}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
        str(corpus),
        str(found),
    ]
    print(f"{options.target}: {options.seconds} s from {time.strftime('%F %T')}", flush=True)  # noqa: T201
    atheris.Setup(arguments, TARGETS[options.target])
    atheris.Fuzz()


def _quoted(word: str) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'


if __name__ == "__main__":
    main()
