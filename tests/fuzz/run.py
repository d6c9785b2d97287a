"""Fuzz parsers with atheris, each for some seconds: ``python -m tests.fuzz.run TARGET[,TARGET …] SECONDS [CORPUS_FOLDER]``.

Ends with status 0 where only the program's own errors came up; a crash, or an input that takes longer than 15 s, ends it
with another, and the input is printed and kept in the working folder.
"""

from __future__ import annotations

import os
import sys

import atheris

with atheris.instrument_imports(include=["corpus.parse", "corpus.formats", "corpus.documents", "corpus.codification"]):
    from tests.fuzz.targets import SEEDS, TARGETS, try_one

_SLOWEST = 15  # seconds for one input


def main() -> None:
    """Fuzz one target after the other, each in a process of its own: libFuzzer ends the one that it runs in."""
    names, seconds = sys.argv[1].split(","), sys.argv[2]
    if unknown := [name for name in names if name not in TARGETS]:
        sys.exit(f"No target {', '.join(unknown)}; the targets are: {', '.join(TARGETS)}.")
    for name in names:
        child = os.fork()
        if not child:
            _fuzz(name, seconds)
        if os.waitpid(child, 0)[1]:
            sys.exit(f"The parser {name} failed.")


def _fuzz(name: str, seconds: str) -> None:
    seed = SEEDS[name]
    try_one(name, seed)

    def one_input(data: bytes) -> None:
        try_one(name, data)

    def mutated(data: bytes, largest: int, number: int) -> bytes:
        """Start from the seed where libFuzzer starts from nothing."""
        return bytes(atheris.Mutate(data if len(data) > 2 else seed[:largest], largest)) if number else data

    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={_SLOWEST}",
        "-max_len=20000",
        "-rss_limit_mb=3000",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[3:]], one_input, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
