"""Whether missing values favour the rich or the large: their share against income and size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stiscore.analysis.audit.heads import count, number, text
from stiscore.analysis.audit.table import LEAST_UNITS, AuditTable, Cell, figure, listed
from stiscore.analysis.contexts import Context, contexts
from stiscore.methods.base import Array
from stiscore.methods.correlation import pearson, told_apart
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit_tables import NAMES, NOTES, TITLES, VERDICTS


def missingness(scores: Scores) -> AuditTable:
    """The share of missing values of every row against the logarithm of its income and size.

    Pearson; over the rows with a positive figure, not computed for fewer than ``LEAST_UNITS``. A
    table without such columns is told so, and skipped where it has neither.
    """
    places = list(scores.measured)
    missing = np.isnan(scores.raw[:, places]).sum(axis=1) / max(len(places), 1)
    known, unknown = contexts(scores.data)
    rows = tuple(_row(each, missing) for each in known)
    notes = [
        NOTES["no_context"].filled(variable=NAMES[variable], columns=", ".join(columns))
        for variable, columns in unknown
    ]
    if rows:
        notes.append(NOTES["share_missing"].filled(indicators=len(places)))
        notes.append(NOTES["few"].filled(least=LEAST_UNITS))
    return AuditTable(
        id="missingness",
        title=TITLES["missingness"],
        heads=(*text("variable", "columns"), *count("n"), *number("r", "least")),
        rows=rows,
        notes=tuple(notes),
        verdict=_verdict(rows, some=bool(missing.any())),
        skipped=not rows,
    )


def _row(context: Context, missing: Array) -> tuple[Cell, ...]:
    told = pearson(missing[:, None], np.log(context.values)[:, None])
    n = told.n.item()
    r = figure(told.r.item()) if n >= LEAST_UNITS else None
    return NAMES[context.variable], context.columns, n, r, figure(told_apart(n))


def _verdict(rows: Sequence[Sequence[Cell]], *, some: bool) -> Words:
    if not some:
        return VERDICTS["missing_none"]
    compared: list[Words] = []
    related: list[Words] = []
    for name, _, _, r, least in rows:
        if isinstance(name, Words) and isinstance(r, float) and isinstance(least, float):
            (related if abs(r) >= least else compared).append(name)
    if not related and not compared:
        return VERDICTS["missing_unknown"]
    key = "missing_related" if related else "missing_unrelated"
    return VERDICTS[key].filled(names=listed(related or compared))
