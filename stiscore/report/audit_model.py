"""An audit with what its renderers need around it: the report of the scores it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stiscore.analysis.audit import Audit
from stiscore.analysis.audit.table import AuditTable
from stiscore.finding import Findings
from stiscore.report.model import Report

if TYPE_CHECKING:
    from stiscore.words import Lang


@dataclass(frozen=True, slots=True, eq=False)
class CoherenceAudit:
    """The audit of one scored table. Frozen; text is made on demand."""

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

    def to_text(self, lang: Lang = "en", width: int = 80) -> str:
        """What the command line prints, at most ``width`` columns wide."""
        from stiscore.report import audit_text
        from stiscore.report.screen import Screen

        return audit_text.text(self, Screen(lang, width))

    def to_markdown(self, lang: Lang = "en") -> str:
        """The same as markdown."""
        from stiscore.report import audit_text

        return audit_text.markdown(self, lang)

    def to_json(self) -> str:
        """Every table in full precision as ``stiscore.audit/1``."""
        from stiscore.report import audit_json

        return audit_json.as_json(self)
