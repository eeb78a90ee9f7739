"""What-if for programs: ``stiscore.whatif/1`` and tidy rows; full precision, missing as null."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.compare import GAP_INDEX
from stiscore.analysis.outcome import Outcome, Shift, Standing, State
from stiscore.analysis.supposed import Figure
from stiscore.report import jsonout
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.jsonout import Json, basis, dumps
from stiscore.report.whatif_model import WhatIfReport

HEAD = (
    "scenario", "unit", "label", "node", "kind", "change", "before", "after", "factor",
    "score_before", "score_after", "rank_before", "rank_after", "points_before", "points_after",
)  # fmt: skip


def as_json(told: WhatIfReport) -> str:
    """Each scenario with what changes; ``before`` and ``after`` alone where there is only one."""
    only, one = told.outcomes[0], len(told.outcomes) == 1
    return dumps(
        {
            "schema": "stiscore.whatif/1",
            **basis(told.report),
            **jsonout.drawn(told.report.variation),
            "coverage": told.report.coverage._asdict(),
            "scale_from_sample": told.learned,
            "before": _standing(only.before) if one else None,
            "after": _standing(only.after) if one else None,
            "scenarios": [_scenario(told, each) for each in told.outcomes],
            "findings": [jsonout.finding(each) for each in told.findings],
        }
    )


def as_csv(told: WhatIfReport) -> str:
    """A row a scenario and changed figure, group, gap or indicator; the index stands first."""
    rows = (row for each in told.outcomes for row in _rows(told, each))
    return raw_grid([HEAD, *rows])


def _scenario(told: WhatIfReport, outcome: Outcome) -> Json:
    unit = told.unit(outcome.row)
    return {
        "scenario": outcome.scenario,
        "unit": unit.id,
        "label": unit.label,
        "name": {"en": unit.name_en, "zh": unit.name_zh},
        "before": _standing(outcome.before),
        "after": _standing(outcome.after),
        "ranked_units": {"before": outcome.ranked[0], "after": outcome.ranked[1]},
        "rank_interval": jsonout.ends(told.ranges.get(outcome.row)),
        "inside_range": told.inside(outcome),
        "changes_nothing": outcome.idle,
        "figures": [_figure(each) for each in outcome.figures],
        "groups": [_shift(s) for s in outcome.shifts if s.kind == "group"],
        "indicators": [_shift(s) for s in outcome.shifts if s.kind == "indicator"],
        "gaps": [_shift(s) for s in outcome.shifts if s.kind == "gap" and s.id != GAP_INDEX],
        "overtakes": [told.ids[row] for row in outcome.overtaken],
        "overtaken_by": [told.ids[row] for row in outcome.overtaking],
        "level_with": [told.ids[row] for row in outcome.joined],
        "notes": [
            {"note": noted.remark, "indicator": noted.indicator, "end": noted.end, "at": noted.at}
            for noted in outcome.notes
        ],
    }


def _standing(told: Standing) -> Json:
    return {
        "score": told.score,
        "rank": told.rank,
        "gap_index": told.gap_index,
        "coverage": told.coverage,
    }


def _figure(told: Figure) -> Json:
    return {
        "id": told.id,
        "kind": "quantity" if told.quantity else "indicator",
        "measured_in": told.measured_in,
        "change": told.asked.text if told.asked else None,
        "from": told.before,
        "to": told.after,
        "factor": told.factor,
        "cells": jsonout.cells(told.cells),
    }


def _shift(told: Shift) -> Json:
    return {"id": told.id, "before": _state(told.before), "after": _state(told.after)}


def _state(told: State) -> Json:
    return {"score": told.score, "rank": told.rank, "points": told.points}


def _rows(told: WhatIfReport, outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    unit = told.unit(outcome.row)
    own = (outcome.scenario, unit.id, unit.label)
    scored = {s.id for s in outcome.shifts if s.kind == "indicator"}
    by_id = {f.id: f for f in outcome.figures}
    for figure in (f for f in outcome.figures if f.id not in scored):
        kind = "quantity" if figure.quantity else "indicator"
        yield (*own, figure.id, kind, *_value(figure), *(None,) * 6)
    for shift in outcome.shifts:
        value = _value(by_id[shift.id]) if shift.id in by_id else (None,) * 4
        before, after = shift.before, shift.after
        yield (
            *own,
            shift.id,
            shift.kind,
            *value,
            before.score,
            after.score,
            before.rank,
            after.rank,
            before.points,
            after.points,
        )


def _value(told: Figure) -> tuple[Cell, ...]:
    return (told.asked.text if told.asked else None, told.before, told.after, told.factor)
