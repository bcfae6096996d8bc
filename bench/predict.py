#!/usr/bin/env python3
"""Write predictions for a folder of a benchmark's layout.

    python bench/predict.py NAME DATA OUT

NAME is a module of bench/predictors. DATA need not be one that this repository knows; OUT is a JSONL file, for
`crosscheck` a folder of dossiers.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREDICTORS = ROOT / "bench" / "predictors"


def available() -> list[str]:
    """The names of all benchmarks that have a predictor."""
    return sorted(p.stem.replace("_", "-") for p in PREDICTORS.glob("[a-z]*.py"))


def predict(name: str, data: Path, out: Path) -> None:
    """Run one predictor. Raises SystemExit if there is none of that name or no data."""
    if name not in available():
        raise SystemExit(f"predict.py: no predictor {name!r}; there are {', '.join(available())}")
    if not data.is_dir():
        raise SystemExit(f"predict.py: {data} is not a folder")
    importlib.import_module(f"bench.predictors.{name.replace('-', '_')}").predict(data, out)


def at_home() -> None:
    """Make sure that the project's own packages are found: if this Python has them not, go on in that of .venv."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    python = ROOT / ".venv" / "bin" / "python"
    try:
        importlib.import_module("msgspec")
    except ImportError:
        if os.environ.get("RECOUPE_BENCH_PYTHON") or not python.exists():
            raise SystemExit("predict.py: Recoupe is not set up here; run `make setup` first") from None
        os.environ["RECOUPE_BENCH_PYTHON"] = str(python)
        os.execv(python, [str(python), *sys.argv])


def main() -> None:
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    at_home()
    begun = time.perf_counter()
    predict(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    print(f"{sys.argv[1]}: {time.perf_counter() - begun:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
