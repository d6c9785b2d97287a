"""Fuzz one parser with atheris for some seconds: ``python -m tests.fuzz.run TARGET SECONDS [CORPUS_FOLDER]``.

Ends with status 0 where only the program's own errors came up; a crash, or an input that takes longer than 15 s, ends it
with another, and the input is printed and kept in the working folder.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["corpus.parse", "corpus.formats", "corpus.documents"]):
    from tests.fuzz.targets import SEEDS, TARGETS, try_one

_SLOWEST = 15  # seconds for one input


def main() -> None:
    """Fuzz until the time is over; starts from the made-up page of the target."""
    name, seconds = sys.argv[1], sys.argv[2]
    if name not in TARGETS:
        sys.exit(f"No target {name!r}; the targets are: {', '.join(TARGETS)}.")
    seed = SEEDS[name].encode()
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
