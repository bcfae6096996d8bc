"""Corrections, and the articles that each speaks of."""

from __future__ import annotations

_BOTH = [
    "CREATE TABLE corrections (id TEXT PRIMARY KEY, kind TEXT NOT NULL, made TEXT NOT NULL, at TEXT NOT NULL,"
    " body {blob} NOT NULL)",
    "CREATE INDEX corrections_by_kind ON corrections (kind)",
    "CREATE INDEX corrections_by_time ON corrections (made)",
    "CREATE TABLE corrected (address TEXT NOT NULL, correction TEXT NOT NULL REFERENCES corrections (id),"
    " PRIMARY KEY (address, correction))",
    "CREATE INDEX corrected_by_correction ON corrected (correction)",
]
STEPS = {
    dialect: [step.format(blob=blob) for step in _BOTH]
    for dialect, blob in (("sqlite", "BLOB"), ("postgresql", "BYTEA"))
}
