"""An explanation as JSON, ``stiscore.explanation/1``."""

from __future__ import annotations

from collections.abc import Sequence

from stiscore.analysis.explain import Branch, Leaf
from stiscore.dataset import Collected
from stiscore.report.jsonout import Json, basis, dumps, location, name, ranged, variants
from stiscore.report.model import Report


def as_json(parts: Sequence[Branch | Leaf], report: Report, gap: str | None) -> str:
    """One unit's explanation: the same figures as the text, in full precision."""
    unit = report.units[0]
    told: Json = {
        "schema": "stiscore.explanation/1",
        **basis(report),
        "unit": {
            "id": unit.id,
            "label": unit.label,
            "name": {"en": unit.name_en, "zh": unit.name_zh},
        },
        "score": unit.score,
        "rank": unit.rank,
        "ranked": unit.ranked,
        **ranged(unit, report.variation),
        "seed": report.variation.seed if report.variation else None,
        "draws": report.variation.draws if report.variation else 0,
        "variants": variants(report.variation) if report.variation else None,
        "invented": report.provenance.invented,
        "nodes": [_part(part) for part in parts],
    }
    held = next((g for g in unit.gaps if g.id == gap), None)
    if held is not None:
        told["gap"] = {
            "id": held.id,
            "severity": held.severity,
            "measured": held.measured,
            "of": held.of,
        }
    return dumps(told)


def _part(part: Branch | Leaf) -> Json:
    return _leaf(part) if isinstance(part, Leaf) else _branch(part)


def _branch(branch: Branch) -> Json:
    return {
        "id": branch.group.id,
        "kind": "group",
        "name": name(branch.group.name),
        "origin": branch.group.origin,
        "method": branch.method,
        "score": branch.score,
        "rank": branch.rank,
        "share": branch.share,
        "effective_weight": branch.effective,
        "coverage": branch.coverage,
        "contribution": branch.points,
        "children": [_part(child) for child in branch.children],
    }


def _leaf(leaf: Leaf) -> Json:
    told = leaf.indicator
    return {
        "id": told.id,
        "kind": "indicator",
        "name": name(told.name),
        "origin": told.origin,
        "role": told.role,
        "measured_in": told.measured_in,
        "raw": leaf.value,
        "parts": [
            {"column": p.column, "value": p.value, "cell": location(p.location)} for p in leaf.parts
        ],
        "filled_by": leaf.filled_by,
        "treated": leaf.treated,
        "treatment": leaf.treatment.model_dump(mode="json") if leaf.treatment else None,
        "curve": leaf.indicator.curve,
        "ends": None if leaf.ends is None else list(leaf.ends),
        "worse": None if leaf.worse is None else {"n": leaf.worse, "of": leaf.of},
        "formula": leaf.formula,
        "straight": leaf.straight,
        "normalised": leaf.score,
        "rank": leaf.rank,
        "share": leaf.share,
        "effective_weight": leaf.effective,
        "contribution": leaf.points,
        "flags": [] if leaf.aside is None else ["tolerated"],
        "collected": _collected(leaf.collected),
    }


def _collected(share: Collected | None) -> Json | None:
    """What a counted share rests on: cases, Wilson's interval, Cohen's kappa, ranges of cells."""
    if share is None:
        return None
    interval = {"method": "wilson", "level": 0.95, "low": share.low, "high": share.high}
    return {
        "sheet": share.sheet,
        "share": share.share,
        "hits": share.hits,
        "n": share.cases,
        "interval": None if share.low is None else interval,
        "kappa": share.kappa,
        "coded_twice": share.twice,
        "kappa_by_question": dict(share.kappas),
        "cells": [location(place) for place in share.cells],
    }
