#!/usr/bin/env python3
"""Time what a user waits for: the command from a cold start, in a process of its own.

    python bench/timing.py [RUNS]

Of several runs the quickest counts: the others tell how busy the machine was. Memory is the largest of all.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "examples" / "tunnel-fire"
PAIR = [str(STORY / "a.txt"), str(STORY / "d.txt")]


def once(arguments: list[str]) -> tuple[float, float]:
    """Run `recoupe` once; seconds of wall time and the largest resident memory in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "recoupe", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"timing.py: recoupe {' '.join(arguments)} ended with {process.returncode}")
    return seconds, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def measure(runs: int = 5) -> dict[str, float]:
    """The figures, by name: seconds and MB. Bytecode is up to date, as after an installation."""
    compileall.compile_dir(ROOT / "recoupe", quiet=1)
    compare = [once(["compare", *PAIR]) for _ in range(runs)]
    overview = [once(["--help"]) for _ in range(runs)]
    return {
        "compare two reports (s)": min(s for s, _ in compare),
        "compare two reports (MB)": max(m for _, m in compare),
        "--help (s)": min(s for s, _ in overview),
    }


def main() -> None:
    for name, value in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5).items():
        print(f"{name:28} {value:8.2f}")


if __name__ == "__main__":
    main()
