"""The dossier as data frames of pandas, which is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from recoupe.errors import SettingsError
from recoupe.records import Dossier
from recoupe.writing.exports.schemas import TABLES, Shape
from recoupe.writing.exports.tables import rows

_TYPES: dict[Shape, str] = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "truth": "boolean",
    "texts": "object",
    "spans": "object",
}
"""Types that hold what is missing as such, so that no whole number becomes a fraction."""


def to_pandas(dossier: Dossier, story: str = "dossier") -> dict[str, Any]:
    """A `pandas.DataFrame` for each table of `recoupe export`, by its name; places count code points, as there.

    `story` fills the column of that name. Raises SettingsError where pandas is not installed.
    """
    try:
        pandas: Any = import_module("pandas")
    except ImportError:
        raise SettingsError("data frames need pandas: pip install 'recoupe[pandas]'.") from None
    frames = {}
    for table, columns in TABLES.items():
        made = rows(table, [(story, dossier)])
        frames[table] = pandas.DataFrame(
            {c.name: pandas.Series([row[c.name] for row in made], dtype=_TYPES[c.shape]) for c in columns}
        )
    return frames
