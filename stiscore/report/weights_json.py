"""Weights for programs: ``stiscore.weights/1`` and tidy rows, full precision, missing as null."""

from __future__ import annotations

from stiscore.analysis.weighted import Consistency, NodeWeight, OwnWeights
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.jsonout import Json, basis, both, dumps, finding
from stiscore.report.weights_model import WeightsReport
from stiscore.report.weights_text import notes

HEAD = (
    "unit", "node", "parent", "declared", "declared_effective", "weight", "effective_weight",
    "difference", "score", "share",
)  # fmt: skip


def as_json(told: WeightsReport) -> str:
    """Every node, the consistency of judgements, and the shares of each unit that has its own."""
    return dumps(
        {
            "schema": "stiscore.weights/1",
            **basis(told.report),
            "weight_methods": told.told.methods,
            "weights": [_node(node) for node in told.nodes],
            "consistency": [_consistency(each) for each in told.told.consistency],
            "own_weights": [_own(each) for each in told.told.own],
            "declare": dict(told.preset.weights),
            "notes": [both(note) for note in notes(told)],
            "findings": [finding(each) for each in told.findings],
        }
    )


def as_csv(told: WeightsReport) -> str:
    """Rows of nodes, then rows of each unit and child with its share of the unit's score."""
    nodes = [
        (None, n.node, n.parent, n.declared, n.declared_effective, n.local, n.effective,
         n.difference, None, None)
        for n in told.nodes
    ]  # fmt: skip
    units: list[tuple[Cell, ...]] = [
        (each.unit.id, child, own.group, *(None,) * 5, each.score, share)
        for own in told.told.own
        for each in own.units
        for child, share in zip(own.children, each.shares, strict=True)
    ]
    return raw_grid([HEAD, *nodes, *units])


def _node(node: NodeWeight) -> Json:
    return {
        "id": node.node,
        "parent": node.parent,
        "declared": node.declared,
        "declared_effective": node.declared_effective,
        "weight": node.local,
        "effective_weight": node.effective,
        "difference": node.difference,
    }


def _consistency(told: Consistency) -> Json:
    return {
        "group": told.group,
        "things": told.things,
        "lambda_max": told.lambda_max,
        "ratio": told.ratio,
    }


def _own(told: OwnWeights) -> Json:
    return {
        "group": told.group,
        "units": [
            {
                "id": each.unit.id,
                "label": each.unit.label,
                "period": each.period,
                "score": each.score,
                "shares": dict(zip(told.children, each.shares, strict=True)),
            }
            for each in told.units
        ],
    }
