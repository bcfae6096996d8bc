"""Exports: dossiers as tables, as linked data and as entities for other programs (docs/reference/exports.md)."""

from __future__ import annotations

from recoupe.writing.exports.files import arrow_schema, save_table, table_form, table_parts, table_text
from recoupe.writing.exports.ftm import entities, entities_text, entity_line
from recoupe.writing.exports.linked import jsonld_parts, linked_nodes, to_jsonld
from recoupe.writing.exports.schemas import TABLES, Column
from recoupe.writing.exports.tables import check, rows

__all__ = [
    "TABLES", "Column", "arrow_schema", "check", "entities", "entities_text", "entity_line", "jsonld_parts",
    "linked_nodes", "rows", "save_table", "table_form", "table_parts", "table_text", "to_jsonld",
]  # fmt: skip
