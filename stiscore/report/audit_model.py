"""An audit with what its renderers need around it: the report of the scores it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stiscore.analysis.audit import Audit
from stiscore.analysis.audit.table import AuditTable
from stiscore.finding import Findings
from stiscore.report.model import Report
from stiscore.report.printed import Printed


@dataclass(frozen=True, slots=True, eq=False)
class CoherenceAudit(Printed):
    """The audit of one scored table. Frozen; text is made on demand."""

    renderers: ClassVar[str] = "audit"
    report: Report
    audit: Audit

    @property
    def tables(self) -> tuple[AuditTable, ...]:
        """All tables, in the order in which they are read."""
        return self.audit.tables

    def table(self, id_: str) -> AuditTable:
        """One table, figures in full precision; KeyError for an id there is not."""
        return self.audit.table(id_)

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data and the scores."""
        return self.report.findings
