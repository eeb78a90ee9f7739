"""Which values are there: by unit, by indicator, by area, and whom missing ones may favour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stiscore.analysis.audit.heads import count, percent, text
from stiscore.analysis.audit.missingness import missingness
from stiscore.analysis.audit.table import (
    AuditTable,
    Cell,
    area_of,
    listed,
    named,
    node_name,
    row_name,
)
from stiscore.analysis.evaluated import Evaluated
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit_tables import NOTES, TITLES, VERDICTS


def availability(evaluated: Evaluated) -> tuple[AuditTable, ...]:
    """Four tables: ``availability-units``, ``-indicators``, ``-areas`` and ``missingness``.

    Values count as read or derived, before any is filled. Only indicators that the table measures
    count for units; areas that it does not measure are listed with nothing in them.
    """
    scores = evaluated.scores
    return by_unit(evaluated), by_indicator(scores), by_area(scores), missingness(scores)


def by_unit(evaluated: Evaluated) -> AuditTable:
    """Values there and missing in every row, those that lack most weight first."""
    scores = evaluated.scores
    of = len(scores.measured)
    there = (~np.isnan(scores.raw[:, list(scores.measured)])).sum(axis=1)
    order = np.lexsort((there, scores.coverage[:, -1])).tolist()
    filled, absent = scores.imputed.sum(axis=1), scores.absent_areas.sum(axis=1)
    rows = [
        (row_name(scores.data, row), int(there[row]), of - int(there[row]), int(filled[row]),
         int(there[row]) / max(of, 1), float(scores.coverage[row, -1]), int(absent[row]))
        for row in order
    ]  # fmt: skip
    thin = [row for row in order if not evaluated.ranked[row]]
    return AuditTable(
        id="availability-units",
        title=TITLES["availability-units"],
        heads=(
            *text("unit"),
            *count("present", "missing", "imputed"),
            *percent("share", "weight"),
            *count("areas_missing"),
        ),
        rows=tuple(rows),
        notes=_screened(int(scores.excluded.sum())),
        verdict=_of_units(scores, thin, int((there < of).sum())),
    )


def _screened(n: int) -> tuple[Words, ...]:
    return (NOTES["excluded"].filled(n=n),) if n else ()


def _of_units(scores: Scores, thin: Sequence[int], lacking: int) -> Words:
    of = len(scores.data.units)
    if thin:
        names = listed([row_name(scores.data, row) for row in thin])
        return VERDICTS["units_thin"].filled(n=len(thin), of=of, names=names)
    if lacking:
        return VERDICTS["units_enough"].filled(n=lacking, of=of)
    return VERDICTS["units_whole"]


def by_indicator(scores: Scores) -> AuditTable:
    """Values of every measured indicator, in framework order."""
    limit = scores.fitted.framework.method.coverage.min_column_coverage
    units, areas = len(scores.data.units), area_of(scores)
    rows: list[tuple[Cell, ...]] = []
    thin: list[Words] = []
    for place in scores.measured:
        there = int((~np.isnan(scores.raw[:, place])).sum())
        name, filled = named(scores.fitted.leaves[place]), int(scores.imputed[:, place].sum())
        rows.append((name, areas[place], there, units - there, filled, there / units))
        if there < limit * units:
            thin.append(name)
    least = min((there / units for _, _, there, *_ in rows if isinstance(there, int)), default=0.0)
    told = {"n": len(thin), "of": len(rows), "names": listed(thin), "limit": limit, "least": least}
    key = "indicators_thin" if thin else "indicators_enough" if limit else "indicators_any"
    return AuditTable(
        id="availability-indicators",
        title=TITLES["availability-indicators"],
        heads=(
            *text("indicator", "area"),
            *count("present", "missing", "imputed"),
            *percent("share"),
        ),
        rows=tuple(rows),
        notes=(NOTES["column_coverage"].filled(limit=limit),) if limit else (),
        verdict=VERDICTS[key].filled(**told),
    )


def by_area(scores: Scores) -> AuditTable:
    """Indicators, values and scores of every area of the framework at this level.

    ``of_indicators`` leaves out stand-ins that have no value themselves.
    """
    rows = tuple(_area(scores, area) for area in scores.fitted.areas)
    absent = [name for name, measured, *_ in rows if measured == 0 and isinstance(name, Words)]
    whole = VERDICTS["areas_whole"].filled(of=len(rows), share=scores.weight_share)
    lacking = VERDICTS["areas_absent"].filled(n=len(absent), of=len(rows), names=listed(absent))
    return AuditTable(
        id="availability-areas",
        title=TITLES["availability-areas"],
        heads=(
            *text("area"),
            *count("measured", "of_indicators"),
            *percent("weight", "share"),
            *count("units_scored"),
        ),
        rows=rows,
        notes=(),
        verdict=lacking if absent else whole,
    )


def _area(scores: Scores, area: int) -> tuple[Cell, ...]:
    tree = scores.fitted.tree
    leaves = tree.leaves_under(area)
    places = [i for i in leaves if i in scores.measured]
    held = ~np.isnan(scores.raw[:, places])
    return (
        node_name(scores, area),
        len(places),
        len([i for i in leaves if i not in tree.standins or i in places]),
        scores.fitted.weights.measured[area],
        float(held.mean()) if places else None,
        int((~np.isnan(scores.node(area))).sum()),
    )
