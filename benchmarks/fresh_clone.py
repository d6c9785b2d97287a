"""From a fresh clone to the first answer, in seconds: ``python benchmarks/fresh_clone.py`` in the repository.

Clones the repository's HEAD into an empty folder, runs the very line of the README there (on a free port, with a home of its own),
and asks the printed address until it answers a search.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
PATIENCE = 1200
"""Seconds after which the start counts as failed."""


def main() -> None:
    """Clone, run the line, ask; print the seconds of each."""
    line = _readme_line()
    with tempfile.TemporaryDirectory() as scratch:
        clone = Path(scratch) / "dean06"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        started = time.perf_counter()
        environment = {**os.environ, "DEAN06_HOME": str(Path(scratch) / "home"), "DEAN06_PORT": "0"}
        log = Path(scratch) / "log"
        with log.open("w", encoding="utf-8") as output:
            server = subprocess.Popen(
                ["sh", "-c", line], cwd=clone, env=environment, stdout=output, stderr=output, start_new_session=True
            )
            try:
                address = _address(server, log)
                print(f"serving after {time.perf_counter() - started:.0f} s")
                with urllib.request.urlopen(f"{address}?q=06%2Fqd-ttg", timeout=60) as answer:
                    found = len(re.findall(r"<h3>", answer.read().decode()))
                print(f"first answer after {time.perf_counter() - started:.0f} s: {found} hits for 06/qd-ttg")
            finally:
                os.killpg(server.pid, signal.SIGINT)
                server.wait()


def _readme_line() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return next(line for line in readme.splitlines() if line.endswith("dean06 up"))


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        match = ADDRESS.search(log.read_text(encoding="utf-8"))
        if match:
            return match[0]
        time.sleep(0.5)
    raise SystemExit(f"the server did not come up:\n{log.read_text(encoding='utf-8')}")


if __name__ == "__main__":
    main()
