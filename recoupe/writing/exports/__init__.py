"""Exports: dossiers as tables for other programs (docs/reference/exports.md)."""

from __future__ import annotations

from recoupe.writing.exports.files import arrow_schema, save_table, table_form, table_text
from recoupe.writing.exports.linked import to_jsonld
from recoupe.writing.exports.schemas import TABLES, Column
from recoupe.writing.exports.tables import check, rows

__all__ = ["TABLES", "Column", "arrow_schema", "check", "rows", "save_table", "table_form", "table_text", "to_jsonld"]
