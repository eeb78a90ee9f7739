"""One table's scores with the answers to every question asked of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stiscore.analysis.gaps import GapTable, gap_table
from stiscore.analysis.strengths import Profile, profiles
from stiscore.finding import Findings
from stiscore.methods.base import Array, Mask
from stiscore.scores import Ranks, Scores, rank


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """Scores, gaps, profiles and ranks. ``ranked``: (rows,), which rows take part in ranks.

    ``leaf_ranks``: (rows, leaves), ``group_ranks``: (rows, groups); 0 where there is no rank.
    """

    scores: Scores
    gaps: GapTable
    profiles: tuple[Profile, ...]
    findings: Findings
    ranked: Mask
    leaf_ranks: Ranks
    group_ranks: Ranks
    partial: bool


def examine(scores: Scores, findings: Findings, *, common: bool = False) -> Evaluated:
    """Ask everything of ``scores``; ``common`` ranks only rows with every measured area."""
    ranked = scores.ranked & scores.complete if common else scores.ranked

    def ranks(table: Array) -> Ranks:
        """Ranks of every column."""
        columns = [rank(column, scores.tie, among=ranked) for column in table.T]
        return np.column_stack(columns)

    return Evaluated(
        scores=scores,
        gaps=gap_table(scores, ranked),
        profiles=profiles(scores),
        findings=findings,
        ranked=ranked,
        leaf_ranks=ranks(scores.normalised),
        group_ranks=ranks(scores.groups),
        partial=scores.partial,
    )
