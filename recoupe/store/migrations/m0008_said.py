"""When something was last said of an address, so that what is remembered does not grow for ever."""

from __future__ import annotations

_BOTH = [
    "ALTER TABLE remembered ADD COLUMN said TEXT",
    "UPDATE remembered SET said = {now}",
    "CREATE INDEX remembered_by_time ON remembered (said)",
    "CREATE INDEX versions_by_lang ON versions (lang)",
]
_NOW = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')",
    "postgresql": "to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+00:00'",
}
STEPS = {dialect: [step.format(now=now) for step in _BOTH] for dialect, now in _NOW.items()}
