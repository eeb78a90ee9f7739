"""Robustness for programs: ``stiscore.robustness/1`` and a row a unit; full precision."""

from __future__ import annotations

from itertools import compress
from math import isnan

from stiscore.analysis.uncertainty.robustness import Closeness, Dominance, RankShift, Robustness
from stiscore.analysis.uncertainty.sensitivity import Sensitivity
from stiscore.report import jsonout
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.jsonout import Json, basis, both, dumps, variants
from stiscore.report.robustness_choices import in_words
from stiscore.report.robustness_model import TOPS, RobustnessReport, UnitRanks

# After these, one column a rank: the share of variants at it, ``rank_1`` first.
HEAD = (
    "id", "label", "rank", "score", "median", "rank_low", "rank_high", "score_low", "score_high",
    *(f"top_{n}" for n in TOPS), "tier", "outside",
)  # fmt: skip


def as_json(told: RobustnessReport) -> str:
    """Units with the share of every rank, each choice alone, Sobol' indices, who is above whom."""
    held, variation = told.robustness, told.report.variation
    return dumps(
        {
            "schema": "stiscore.robustness/1",
            **basis(told.report),
            **jsonout.drawn(variation),
            "interrupted": held.interrupted if held else False,
            "variants": variants(variation) if variation else None,
            "factors": {id_: both(words) for id_, words in told.factors.items()},
            "coverage": told.report.coverage._asdict(),
            "units": [_unit(unit) for unit in told.units],
            **_answers(told, held),
            "findings": [jsonout.finding(each) for each in told.findings],
        }
    )


def _answers(told: RobustnessReport, held: Robustness | None) -> Json:
    """What is asked beside ranks; null throughout with fewer than two ranked units."""
    if held is None:
        return dict.fromkeys(
            ("shifts", "sobol", "no_sobol", "dominance", "closeness", "no_closeness", "error",
             "tolerance")
        )  # fmt: skip
    ids = {row: unit.id for row, unit in told.by_row.items()}
    return {
        "shifts": [_shift(told, shift, ids) for shift in held.shifts],
        "sobol": None if held.sobol is None else _sobol(held.sobol, ids),
        "no_sobol": held.no_sobol,
        "dominance": _dominance(held.dominance, ids),
        "closeness": [_closeness(pair, ids) for pair in held.closeness],
        "no_closeness": held.no_closeness,
        "error": _number(held.error),
        "tolerance": held.tolerance,
    }


def as_csv(told: RobustnessReport) -> str:
    """A row a unit; shares are of the variants in which it has a score, 0-1."""
    ranked = told.report.ranked if told.robustness else 0
    head = (*HEAD, *(f"rank_{n}" for n in range(1, ranked + 1)))
    return raw_grid([head, *(_row(unit, ranked) for unit in told.units)])


def _row(told: UnitRanks, ranked: int) -> tuple[Cell, ...]:
    unit = told.unit
    return (
        unit.id,
        unit.label,
        unit.rank,
        unit.score,
        told.median,
        *(unit.rank_range or (None, None)),
        *(unit.score_range or (None, None)),
        *(told.top(n) for n in TOPS),
        unit.tier,
        None if unit.outside is None else str(unit.outside).lower(),
        *(told.shares or (None,) * ranked),
    )


def _unit(told: UnitRanks) -> Json:
    unit = told.unit
    return {
        **jsonout.called(unit),
        "score": unit.score,
        "rank": unit.rank,
        "ranked": unit.ranked,
        "rank_shares": None if told.shares is None else list(told.shares),
        "median": told.median,
        "rank_interval": jsonout.ends(unit.rank_range),
        "score_interval": jsonout.ends(unit.score_range),
        "top": {str(n): told.top(n) for n in TOPS},
        "tier": unit.tier,
        "nominal_outside": unit.outside,
        "scored": told.scored,
    }


def _shift(told: RobustnessReport, shift: RankShift, ids: dict[int, str]) -> Json:
    return {
        "factor": shift.factor,
        "kind": shift.kind,
        "choice": shift.label,
        "name": both(in_words(told, shift)),
        "mean": shift.mean,
        "largest": shift.largest,
        "unit": None if shift.row is None else ids[shift.row],
        "over_5": shift.over,
        "ranked": shift.ranked,
        "why": None if shift.why is None else jsonout.finding(shift.why),
    }


def _sobol(told: Sensitivity, ids: dict[int, str]) -> Json:
    """Output by output: the mean rank shift, then the rank of every unit."""
    outputs: list[str | None] = [None, *(ids[row] for row in told.rows)]
    return {
        "sample": told.sample,
        "used": told.indices.used,
        "runs": told.runs,
        "bootstraps": told.bootstraps,
        "share": told.share,
        "factors": list(told.factors),
        "outputs": [
            {
                "output": "mean_rank_shift" if unit is None else "rank",
                "unit": unit,
                "variance": float(told.indices.variance[number]),
                "matters_most": told.leaders[number],
                **_indices(told, number),
            }
            for number, unit in enumerate(outputs)
        ],
    }


def _indices(told: Sensitivity, output: int) -> Json:
    """Indices of one output, one a factor, each with the ends of its interval."""
    held = told.indices
    parts = {
        "first": held.first,
        "first_low": held.first_low,
        "first_high": held.first_high,
        "total": held.total,
        "total_low": held.total_low,
        "total_high": held.total_high,
    }
    return {key: [_number(v) for v in part[:, output].tolist()] for key, part in parts.items()}


def _dominance(told: Dominance, ids: dict[int, str]) -> list[Json]:
    """Each ranked unit with those that it is above whatever the area weights."""
    names = [ids[row] for row in told.rows]
    return [
        {"id": name, "compared": compared, "above": [*compress(names, over)]}
        for name, compared, over in zip(
            names, told.compared.tolist(), told.over.tolist(), strict=True
        )
    ]


def _closeness(told: Closeness, ids: dict[int, str]) -> Json:
    return {
        "above": ids[told.above],
        "below": ids[told.below],
        "moved": told.moved,
        "dominated": told.dominated,
        "weights": {
            area: {"before": before, "after": after}
            for area, (before, after) in told.weights.items()
        },
    }


def _number(value: float) -> float | None:
    return None if isnan(value) else value
