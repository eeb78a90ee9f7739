"""A diff for programs: ``stiscore.diff/1`` and a row a unit; full precision."""

from __future__ import annotations

from collections.abc import Mapping

from stiscore.analysis.change.coalitions import FACTORS
from stiscore.analysis.change.movers import Mover, Standing
from stiscore.report import jsonout
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.diff_model import MOVERS, DiffReport, UnitChange
from stiscore.report.jsonout import Json, basis, dumps
from stiscore.report.model import Report, UnitReport

# After these the parts of both changes, one column a factor, then the indicators that moved it.
HEAD = (
    "id", "label", "old_score", "new_score", "change", "old_rank", "new_rank", "rank_change",
    "distinguishable", "old_rank_low", "old_rank_high", "new_rank_low", "new_rank_high",
    *FACTORS, *(f"rank_{factor}" for factor in FACTORS),
    *(f"{key}_{n}" for n in range(1, MOVERS + 1) for key in ("mover", "points")),
)  # fmt: skip


def as_json(told: DiffReport) -> str:
    """Both sides, what differs, every unit's change with its parts and what moved it."""
    only = told.only
    return dumps(
        {
            "schema": "stiscore.diff/1",
            **basis(told.new),
            "old": _side(told.labels[0], told.old),
            "new": _side(told.labels[1], told.new),
            **jsonout.drawn(told.new.variation),
            "factors": list(told.parted.factors),
            "evaluations": told.parted.evaluations,
            "not_computed": [
                {"factors": list(r.factors), "why": jsonout.both(r.why)}
                for r in told.parted.refused
            ],
            "no_rank_change": list(told.no_ranks),
            "units": [_unit(unit) for unit in told.units],
            "only_old": [unit.id for unit in only[0]],
            "only_new": [unit.id for unit in only[1]],
            "findings": [jsonout.finding(each) for each in told.findings],
        }
    )


def as_csv(told: DiffReport) -> str:
    """A row a unit on both sides."""
    return raw_grid([HEAD, *(_row(unit) for unit in told.units)])


def _side(label: str, report: Report) -> Json:
    return {
        "label": label,
        **basis(report),
        "coverage": report.coverage._asdict(),
        "ranked": report.ranked,
        "units": report.of,
    }


def _unit(told: UnitChange) -> Json:
    return {
        **jsonout.called(told.new),
        "old": _place(told.old),
        "new": _place(told.new),
        "change": told.change,
        "decomposition": _parts(told.parts),
        "rank_change": told.rank_change,
        "rank_decomposition": _parts(told.rank_parts),
        "distinguishable": told.apart,
        "movers": [_mover(mover) for mover in told.movers],
    }


def _place(unit: UnitReport) -> Json:
    return {
        "score": unit.score,
        "rank": unit.rank,
        "ranked": unit.ranked,
        "rank_interval": jsonout.ends(unit.rank_range),
        "score_interval": jsonout.ends(unit.score_range),
        "coverage": unit.coverage,
    }


def _parts(parts: Mapping[str, float] | None) -> Json | None:
    return None if parts is None else dict(parts)


def _mover(mover: Mover) -> Json:
    return {
        "indicator": mover.indicator,
        "points": mover.points,
        "old": _standing(mover.old),
        "new": _standing(mover.new),
    }


def _standing(side: Standing) -> Json:
    return {
        "value": side.value,
        "score": side.score,
        "points": side.points,
        "cells": [jsonout.location(cell) for cell in side.cells],
    }


def _row(told: UnitChange) -> tuple[Cell, ...]:
    old, new = told.old, told.new
    movers: list[Cell] = [cell for m in told.movers for cell in (m.indicator, m.points)]
    return (
        new.id,
        new.label,
        old.score,
        new.score,
        told.change,
        old.rank,
        new.rank,
        told.rank_change,
        None if told.apart is None else str(told.apart).lower(),
        *(old.rank_range or (None, None)),
        *(new.rank_range or (None, None)),
        *((told.parts or {}).get(factor) for factor in FACTORS),
        *((told.rank_parts or {}).get(factor) for factor in FACTORS),
        *(movers + [None] * (2 * MOVERS - len(movers))),
    )
