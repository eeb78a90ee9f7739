"""An audit for programs: ``stiscore.audit/1``, figures in full precision, missing as null."""

from __future__ import annotations

from stiscore.analysis.audit.table import AuditTable, Cell
from stiscore.report.audit_model import CoherenceAudit
from stiscore.report.jsonout import Json, basis, both, dumps, finding, plain
from stiscore.words import Words


def as_json(told: CoherenceAudit) -> str:
    """Every table by the ids of its columns; titles, notes and verdicts in both languages."""
    return dumps(
        {
            "schema": "stiscore.audit/1",
            **basis(told.report),
            "coverage": told.report.coverage._asdict(),
            "correlation": told.audit.kind,
            "against": told.audit.against,
            "tables": [_table(table) for table in told.tables],
            "findings": [finding(each) for each in told.findings],
        }
    )


def _table(table: AuditTable) -> Json:
    return {
        "id": table.id,
        "title": both(table.title),
        "skipped": table.skipped,
        "columns": [{"id": h.id, "name": both(h.name), "kind": h.kind} for h in table.heads],
        "rows": [
            {head.id: _cell(cell) for head, cell in zip(table.heads, row, strict=True)}
            for row in table.rows
        ],
        "notes": [both(note) for note in table.notes],
        "verdict": both(table.verdict),
    }


def _cell(cell: Cell) -> object:
    return both(cell) if isinstance(cell, Words) else plain(cell)
