"""Predictions for `names`: is it one person or organisation?"""

from __future__ import annotations

import json
from pathlib import Path


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "score"}` for each pair in `data/pairs.jsonl` to `out`."""
    from recoupe.comparing.names import name_similarity

    with (data / "pairs.jsonl").open(encoding="utf-8") as pairs, out.open("w", encoding="utf-8") as scores:
        for line in pairs:
            row = json.loads(line)
            score = round(name_similarity(row["name1"], row["name2"]), 4)
            scores.write(json.dumps({"id": row["id"], "score": score}) + "\n")
