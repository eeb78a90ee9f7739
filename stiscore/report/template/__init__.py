"""The blank workbook of a framework: what ``stiscore template`` writes."""

from stiscore.report.template.book import blank_workbook
from stiscore.report.template.plan import Plan, chosen, unit_label

__all__ = ["Plan", "blank_workbook", "chosen", "unit_label"]
