"""What a list of stories shows of each, and by what it can be filtered, kept beside its dossiers.

Stories that are here already have neither until they are summed up (`summed`), which opens their dossiers.
"""

from __future__ import annotations

_BOTH = [
    "ALTER TABLE stories ADD COLUMN day TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE stories ADD COLUMN updated INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE stories ADD COLUMN summed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE stories ADD COLUMN card {blob}",
    "UPDATE stories SET day = last WHERE last IS NOT NULL",
    "CREATE INDEX stories_by_day ON stories (state, day, contested, changed, size)",
    "CREATE INDEX stories_by_contest ON stories (state, contested, day, size)",
    "CREATE INDEX stories_unsummed ON stories (summed)",
    "CREATE TABLE story_facets (story TEXT NOT NULL REFERENCES stories (id), kind TEXT NOT NULL, value TEXT NOT NULL,"
    " shown TEXT NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (story, kind, value))",
    "CREATE INDEX story_facets_by_value ON story_facets (kind, value, story)",
]
STEPS = {
    "sqlite": [step.format(blob="BLOB") for step in _BOTH],
    "postgresql": [step.format(blob="BYTEA") for step in _BOTH],
}
