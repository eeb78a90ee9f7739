"""The coherence audit: does the index say what its parts say, one table a question."""

from __future__ import annotations

from typing import NamedTuple

from stiscore.analysis.audit.against import OtherIndex
from stiscore.analysis.audit.against import against as against_other
from stiscore.analysis.audit.availability import availability
from stiscore.analysis.audit.components import components
from stiscore.analysis.audit.correlations import correlations
from stiscore.analysis.audit.distributions import distributions
from stiscore.analysis.audit.evidence import evidence
from stiscore.analysis.audit.importance import importance
from stiscore.analysis.audit.information import information
from stiscore.analysis.audit.leave_out import leave_out
from stiscore.analysis.audit.reliability import reliability
from stiscore.analysis.audit.size import size
from stiscore.analysis.audit.table import AuditTable
from stiscore.analysis.audit.weights import weights
from stiscore.analysis.evaluated import Evaluated
from stiscore.methods.correlation import Kind


class Audit(NamedTuple):
    """All tables in the order in which they are read; ``kind`` of correlation, the other index."""

    tables: tuple[AuditTable, ...]
    kind: Kind
    against: str | None

    def table(self, id_: str) -> AuditTable:
        """One table; KeyError for an id there is not."""
        return {table.id: table for table in self.tables}[id_]


def audit(
    evaluated: Evaluated, *, kind: Kind = "pearson", other: OtherIndex | None = None
) -> Audit:
    """Every table of the audit of a scored table.

    ``kind`` is that of correlations between indicators, areas and context. ``other``: another index
    to compare with; without it there is no such table.
    """
    scores = evaluated.scores
    tables = (
        *availability(evaluated),
        distributions(scores),
        *correlations(scores, kind),
        *reliability(scores),
        *components(scores),
        weights(evaluated),
        importance(scores),
        information(evaluated),
        leave_out(evaluated),
        size(scores, kind),
        *((against_other(evaluated, other),) if other is not None else ()),
        evidence(scores),
    )
    return Audit(tables, kind, other.file if other is not None else None)
