"""Searches that are kept, and when each source gave something."""

from __future__ import annotations

_BOTH = [
    "CREATE TABLE searches (id TEXT PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL, body {blob} NOT NULL)",
    "CREATE INDEX versions_by_time ON versions (seen, source)",
]
_TYPES = {"sqlite": "BLOB", "postgresql": "BYTEA"}
STEPS = {dialect: [step.format(blob=blob) for step in _BOTH] for dialect, blob in _TYPES.items()}
