"""Articles that wait to be put into a story are marked, so that a run that was stopped leaves none behind."""

from __future__ import annotations

_BOTH = [
    "ALTER TABLE articles ADD COLUMN loose INTEGER NOT NULL DEFAULT 1",
    "UPDATE articles SET loose = 0 WHERE story IS NOT NULL",
    "CREATE INDEX articles_loose ON articles (loose)",
]
STEPS = {"sqlite": _BOTH, "postgresql": _BOTH}
