"""An explanation as JSON, ``stiscore.explanation/1``."""

from __future__ import annotations

from stiscore.analysis.explain import Branch, Leaf
from stiscore.analysis.explanation import Ahead, Explanation, GapPlace, Unranked
from stiscore.analysis.next_rank import Above, Step
from stiscore.analysis.peers import Peers
from stiscore.analysis.weight_way import Way
from stiscore.analysis.written import Written
from stiscore.dataset import Collected
from stiscore.report.jsonout import (
    Json,
    basis,
    both,
    called,
    drawn,
    dumps,
    ends,
    location,
    name,
    ranged,
    variants,
)
from stiscore.report.model import GapScore, Report


def as_json(told: Explanation, report: Report) -> str:
    """One unit's explanation: the same figures as the text, in full precision."""
    unit = report.units[0]
    held: Json = {
        "schema": "stiscore.explanation/1",
        **basis(report),
        "unit": called(unit),
        "score": unit.score,
        "rank": unit.rank,
        "ranked": unit.ranked,
        "unranked": _unranked(told.unranked),
        **ranged(unit, report.variation),
        "next_above": _ahead(told.ahead),
        **drawn(report.variation),
        "variants": variants(report.variation) if report.variation else None,
        "invented": report.provenance.invented,
        "node": told.node,
        "peers": _peers(told.peers),
        "nodes": [_part(part) for part in told.parts],
    }
    if told.gap is not None:
        held["gap"] = _gap(next(g for g in unit.gaps if g.id == told.gap.id), told.gap)
    return dumps(held)


def _unranked(told: Unranked | None) -> Json | None:
    """Why a unit has no rank; null where it has one."""
    if told is None:
        return None
    return {
        "coverage": told.coverage,
        "min_coverage": told.least,
        "areas_missing": told.missing,
        "max_areas_missing": told.most,
        "common": told.common,
        "screened": told.excluded,
    }


def _ahead(told: Ahead | None) -> Json | None:
    """Who is next above in the index, and in what share of the variants; null for the first."""
    if told is None or told.above is None:
        return None
    return {
        **_unit_above(told.above),
        "above_share": told.share,
        "level_share": told.level,
    }


def _above(told: Above | None) -> Json | None:
    return None if told is None else _unit_above(told)


def _unit_above(told: Above) -> Json:
    return {
        **called(told.unit),
        "rank": told.rank,
        "score": told.score,
        "difference": told.short,
        "level": told.level,
    }


def _peers(told: Peers | None) -> Json | None:
    if told is None:
        return None
    return {"id": told.id, "name": both(told.name), "n": len(told.rows)}


def _gap(held: GapScore, told: GapPlace) -> Json:
    return {
        "id": held.id,
        "severity": held.severity,
        "measured": held.measured,
        "of": held.of,
        "rank": held.rank,
        "rank_interval": ends(held.rank_range),
        "severity_interval": ends(held.severity_range),
        "written": _written(told.written),
        "next_above": _above(told.above),
        "peer_median": told.median,
    }


def _written(told: Written | None) -> Json | None:
    """A score written out: formulas with the figures put in, parts lifted to a floor."""
    if told is None:
        return None
    return {
        "lines": [{"what": line.what, "formula": line.formula} for line in told.lines],
        "lifted": [{"id": each.id, "score": each.score, "to": each.to} for each in told.lifted],
        "shapley": told.shapley,
    }


def _way(told: Way | None) -> Json | None:
    """How a weight came about; null for the index."""
    if told is None:
        return None
    return {
        "declared": told.declared,
        "declared_share": told.share,
        "table": told.table,
        "unit": told.unit,
        "method": told.method,
        "why": [*told.table_why, *([told.unit_why] if told.unit_why else [])],
        "parts": told.parts,
        "absent": told.absent,
        "missing": told.missing,
    }


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
        "rank_interval": ends(branch.span.ranks),
        "score_interval": ends(branch.span.scores),
        "next_above": _above(branch.above),
        "peer_median": branch.median,
        "weight": _way(branch.way),
        "share": branch.share,
        "effective_weight": branch.effective,
        "coverage": branch.coverage,
        "contribution": branch.points,
        "written": _written(branch.written),
        "missing": branch.missing,
        "absent": list(branch.absent),
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
        "lever": told.lever,
        "definition": told.definition.model_dump(mode="json"),
        "source": leaf.source.model_dump(mode="json") if leaf.source else None,
        "caveat": name(told.caveat) if told.caveat else None,
        "measured_in": told.measured_in,
        **_value(leaf),
        **_on_scale(leaf),
        "rank": leaf.rank,
        "next_above": _above(leaf.above),
        "next_rank": _step(leaf.step),
        "peer_median": leaf.median,
        "peer_median_raw": leaf.median_value,
        "weight": _way(leaf.way),
        "share": leaf.share,
        "effective_weight": leaf.effective,
        "contribution": leaf.points,
        "flags": [] if leaf.aside is None else ["tolerated"],
        "collected": _collected(leaf.collected),
    }


def _value(leaf: Leaf) -> Json:
    """A value with the cells behind it, and what was made of it before it met its scale."""
    return {
        "raw": leaf.value,
        "parts": [
            {
                "column": p.column,
                "value": p.value,
                "cell": location(p.location),
                "standard_error": ends(p.error),
            }
            for p in leaf.parts
        ],
        "period": leaf.period,
        "implausible": ends(leaf.implausible),
        "filled_by": leaf.filled_by,
        "treated": leaf.treated,
        "treatment": leaf.treatment.model_dump(mode="json") if leaf.treatment else None,
    }


def _on_scale(leaf: Leaf) -> Json:
    """From the value to the score: ends of the scale, what they rest on, the formula."""
    return {
        "curve": leaf.indicator.curve,
        "ends": ends(leaf.ends),
        "basis": _basis(leaf),
        "worse": None if leaf.worse is None else {"n": leaf.worse, "of": leaf.of},
        "formula": leaf.formula,
        "straight": leaf.straight,
        "normalised": leaf.score,
    }


def _basis(leaf: Leaf) -> Json | None:
    """What the goalposts rest on; null where the scale is taken from the table."""
    if leaf.posts is None:
        return None
    return {
        "basis": leaf.posts.basis,
        "source": leaf.posts.basis_source,
        "year": leaf.posts.basis_year,
    }


def _step(step: Step | None) -> Json | None:
    """What one rank more would take; null for a unit without a rank or a value."""
    if step is None:
        return None
    alone = step.alone
    return {
        "left_out": step.why_not,
        "level_at": step.value,
        "gain": step.gain,
        "alone": None
        if alone is None
        else {
            "reached": alone.lacking is None,
            "value": alone.value,
            "normalised": alone.score,
            "most": alone.most,
            "lacking": alone.lacking,
        },
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
