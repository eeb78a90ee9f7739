"""Which areas say something that the index does not: units that stand elsewhere in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stiscore.analysis.audit.heads import count, measured_parts, number, percent, text
from stiscore.analysis.audit.table import LEAST_UNITS, AuditTable, Cell, figure, listed, node_name
from stiscore.analysis.evaluated import Evaluated
from stiscore.methods.correlation import spearman
from stiscore.scores import rank
from stiscore.words import Words
from stiscore.words.audit import NOTES, TITLES, VERDICTS

# Places between a unit's rank in an area and in the index that make the area news.
PLACES = 10
# Of so many units a difference of ten places is a small one.
_LONG_LIST = 60
_THIRD = 1 / 3
_HEADS = (
    *text("node"),
    *count("ranked", "apart"),
    *percent("apart_share"),
    *number("ranks_alike"),
)


def information(evaluated: Evaluated) -> AuditTable:
    """A row for every measured area: units whose rank in it is ten or more from their index rank.

    Ranks are among the ranked units that have both scores; not computed under ``LEAST_UNITS``.
    ``apart_share``: of those units, 0-1; ``ranks_alike``: Spearman's correlation.
    """
    scores = evaluated.scores
    areas = measured_parts(scores, scores.fitted.tree.root)
    # A lone area is the index itself.
    rows = tuple(_row(evaluated, area) for area in (areas if len(areas) > 1 else ()))
    ranked = int(evaluated.ranked.sum())
    short = (NOTES["few_ranked"].filled(n=ranked, places=PLACES),) if ranked < _LONG_LIST else ()
    return AuditTable(
        id="information",
        title=TITLES["information"],
        heads=_HEADS,
        rows=rows,
        notes=(NOTES["information"].filled(places=PLACES, n=ranked), *short),
        verdict=_verdict(rows),
        skipped=not rows,
    )


def _row(evaluated: Evaluated, area: int) -> tuple[Cell, ...]:
    scores = evaluated.scores
    score = scores.node(area)
    among = evaluated.ranked & ~np.isnan(score)
    name, n = node_name(scores, area), int(among.sum())
    if n < LEAST_UNITS:
        return name, n, None, None, None
    here, there = (rank(s, scores.tie, among=among)[among] for s in (score, scores.index))
    apart = int((np.abs(here - there) >= PLACES).sum())
    alike = spearman(score[among][:, None], scores.index[among][:, None]).r.item()
    return name, n, apart, apart / n, figure(alike)


def _verdict(rows: Sequence[tuple[Cell, ...]]) -> Words:
    shares = [(row[0], row[3]) for row in rows if isinstance(row[3], float)]
    if not shares:
        return VERDICTS["skipped"]
    telling = [name for name, share in shares if share >= _THIRD and isinstance(name, Words)]
    key = "information" if telling else "information_none"
    return VERDICTS[key].filled(names=listed(telling), places=PLACES)
