"""The rules of scoring once more, in plain Python and from the YAML alone: no stiscore, no numpy.

Written from the design pages, so that two independent readings of them must agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import yaml

Row = dict[str, float]


@dataclass
class Plain:
    """What one table comes to: by unit, area and gap."""

    weight_share: float = 0.0
    effective: dict[str, float] = field(default_factory=dict)
    normalised: dict[str, Row] = field(default_factory=dict)
    areas: dict[str, Row] = field(default_factory=dict)
    score: dict[str, float] = field(default_factory=dict)
    ranked: dict[str, bool] = field(default_factory=dict)
    coverage: dict[str, float] = field(default_factory=dict)
    severity: dict[str, Row] = field(default_factory=dict)
    gap_index: dict[str, float] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)


def indicators_of(framework: dict, level: str) -> list[tuple[dict, dict]]:
    """Pairs of (area, indicator) that are scored at a level."""
    return [
        (area, leaf)
        for area in framework["index"]["children"]
        for leaf in area["children"]
        if level in leaf["levels"] and leaf.get("role", "core") != "context"
    ]


def normalise(leaf: dict, level: str, value: float) -> float:
    low, high = leaf["levels"][level]["goalposts"]
    if leaf.get("curve", "linear") == "sqrt":
        low, high, value = (math.copysign(math.sqrt(abs(v)), v) for v in (low, high, value))
    share = (value - low) / (high - low)
    if leaf.get("direction", "benefit") == "cost":
        share = 1 - share
    return 100 * min(1.0, max(0.0, share))


def score_table(path: Path, level: str, table: dict[str, Row]) -> Plain:
    """Score ``table`` (unit -> indicator -> value) with the framework at ``path``."""
    framework = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = {column for row in table.values() for column in row}
    pool = indicators_of(framework, level)
    pool = [
        (a, i) for a, i in pool if not (i.get("role") == "proxy" and i.get("proxy_for") in columns)
    ]
    ids = {leaf["id"] for _, leaf in pool}
    used = [(area, leaf) for area, leaf in pool if leaf["id"] in columns]
    plain = Plain()
    area_weight = _area_weights(framework, pool, used, ids, plain)
    for unit, row in table.items():
        _score_unit(unit, row, level, used, area_weight, framework, plain)
    order = sorted((u for u in table if plain.ranked[u]), key=lambda u: -plain.score[u])
    for place, unit in enumerate(order, start=1):
        tied = place > 1 and abs(plain.score[order[place - 2]] - plain.score[unit]) <= 1e-7
        plain.ranks[unit] = plain.ranks[order[place - 2]] if tied else place
    return plain


def _area_weights(framework, pool, used, ids, plain) -> dict[str, float]:
    shares = {}
    for area in framework["index"]["children"]:
        there = sum(leaf.get("weight", 1.0) for a, leaf in used if a is area)
        whole = sum(
            leaf.get("weight", 1.0)
            for a, leaf in pool
            if a is area and leaf.get("proxy_for") not in ids
        )
        shares[area["id"]] = area.get("weight", 1.0) * (there / whole if whole else 0.0)
    declared = sum(area.get("weight", 1.0) for area in framework["index"]["children"])
    plain.weight_share = sum(shares.values()) / declared
    total = sum(shares.values())
    for area, leaf in used:
        inside = sum(other.get("weight", 1.0) for a, other in used if a is area)
        plain.effective[leaf["id"]] = shares[area["id"]] / total * leaf.get("weight", 1.0) / inside
    return {area: share / total for area, share in shares.items() if share > 0}


def _score_unit(unit, row, level, used, area_weight, framework, plain) -> None:
    scores = {
        leaf["id"]: normalise(leaf, level, row[leaf["id"]]) for _, leaf in used if leaf["id"] in row
    }
    plain.normalised[unit] = scores
    areas = {}
    for area in area_weight:
        inside = [leaf for a, leaf in used if a["id"] == area]
        held = [leaf for leaf in inside if leaf["id"] in scores]
        weight = sum(leaf.get("weight", 1.0) for leaf in held)
        if weight >= 0.5 * sum(leaf.get("weight", 1.0) for leaf in inside):
            areas[area] = (
                sum(leaf.get("weight", 1.0) * scores[leaf["id"]] for leaf in held) / weight
            )
    plain.areas[unit] = areas
    mass = sum(area_weight[a] for a in areas)
    plain.score[unit] = (
        sum(area_weight[a] * s for a, s in areas.items()) / mass if mass else math.nan
    )
    plain.coverage[unit] = sum(plain.effective[i] for i in scores)
    missing = len(area_weight) - len(areas)
    plain.ranked[unit] = plain.coverage[unit] >= 0.66 and missing <= 1 and bool(areas)
    severity = {}
    for gap in framework["gaps"]:
        tagged = [
            leaf
            for _, leaf in used
            if leaf["id"] in scores and (leaf.get("gaps") or {}).get("primary") == gap["id"]
        ]
        weight = sum(leaf.get("weight", 1.0) for leaf in tagged)
        if tagged:
            mean = sum(leaf.get("weight", 1.0) * scores[leaf["id"]] for leaf in tagged) / weight
            severity[gap["id"]] = 100 - mean
    plain.severity[unit] = severity
    weights = {gap["id"]: gap.get("weight", 1.0) for gap in framework["gaps"]}
    if severity:
        total = sum(weights[g] for g in severity)
        plain.gap_index[unit] = sum(weights[g] * s for g, s in severity.items()) / total
