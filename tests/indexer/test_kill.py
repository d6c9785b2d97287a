"""Killed at any moment, the builder leaves the old index or the new one, whole. All files are made up."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from indexer.generations import Generations

SEED = 20220106  # each home draws its moments from a generator of its own, seeded with this and its number
HOMES = 8  # side by side, because a builder mostly waits for the disk
KILLS = 25  # in each home
LONGEST_LIFE = 0.2  # seconds from the beginning of the first build; several builds

BUILDER = """
import sys
from pathlib import Path
from indexer.generations import Generations
generations, first = Generations(Path(sys.argv[1])), int(sys.argv[2])
print("begins", flush=True)
for revision in range(first, first + 1_000_000):
    with generations.building(str(revision), {"revision": revision}) as folder:
        for number in range(3):
            (folder / f"part{number}").write_bytes(f"{revision:08d}".encode() * 2_000)
"""


def test_two_hundred_kills_at_random_moments_never_leave_a_mixture(tmp_path: Path) -> None:
    homes = [tmp_path / str(number) for number in range(HOMES)]
    with ThreadPoolExecutor(HOMES) as pool:
        caught = sum(pool.map(_kill_again_and_again, homes, range(HOMES)))
    assert caught > HOMES * KILLS // 10, f"seed {SEED}: only {caught} kills met a build half done; they show nothing"


def _kill_again_and_again(home: Path, number: int) -> int:
    """The number of kills that left something half done beside the live generation."""
    moments = random.Random(SEED + number)
    generations, caught = Generations(home), 0
    with generations.building("0", {}):
        pass
    for kill in range(KILLS):
        before = int(generations.current().revision)
        _build_until_killed(home, before + 1, moments.uniform(0, LONGEST_LIFE))
        live = generations.current()
        where = f"seed {SEED}, home {number}, kill {kill}"
        assert generations.verify(live) == [], where
        assert int(live.revision) >= before, where
        assert {(live.path / file).read_bytes() for file in live.files} == _contents(live.revision), where
        caught += any(path != live.path for path in (home / "generations").iterdir())
    return caught


def _contents(revision: str) -> set[bytes]:
    return {f"{int(revision):08d}".encode() * 2_000} if int(revision) else set()


def _build_until_killed(home: Path, first: int, life: float) -> None:
    with subprocess.Popen([sys.executable, "-c", BUILDER, str(home), str(first)], stdout=subprocess.PIPE) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == b"begins\n"
        time.sleep(life)
        builder.send_signal(signal.SIGKILL)
