"""A plan of many runs: files by frameworks by methods by outputs."""

from stiscore.batch.run import run_plan
from stiscore.report.batch_model import BatchReport

__all__ = ["BatchReport", "run_plan"]
