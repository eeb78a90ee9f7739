"""JSON for programs: the scorecard and the findings, keys never translated, missing as null."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable

from stiscore.analysis.applied import Applied, Treatment
from stiscore.analysis.similar import SHARE, Similar
from stiscore.dataset import Identified
from stiscore.errors import Location
from stiscore.finding import Finding
from stiscore.framework.model import Name
from stiscore.report.model import (
    GapScore,
    GroupScore,
    IndicatorScore,
    PeerPlace,
    Report,
    UnitReport,
)
from stiscore.report.variation import Variation
from stiscore.words import Words
from stiscore.words.faults import tell

Json = dict[str, object]


def scorecard(report: Report) -> str:
    """The report as ``stiscore.scorecard/1``; ranges and tiers are null without variants."""
    coverage, told = report.coverage, report.variation
    return dumps(
        {
            "schema": "stiscore.scorecard/1",
            **basis(report),
            **drawn(told),
            "variants": variants(told) if told else None,
            "coverage": coverage._asdict(),
            "group": report.group,
            "labels": report.labels,
            "units": [_unit(unit, told) for unit in report.units],
            "references": [_unit(unit, None) for unit in report.references],
            "not_measured": {kind: list(ids) for kind, ids in report.not_measured.items()},
            "superseded": list(report.superseded),
            "applied": [change(done) for done in report.applied],
            "treatments": [_treatment(told) for told in report.treatments],
            "findings": [finding(f) for f in report.findings],
        }
    )


def basis(report: Report) -> Json:
    """What makes the figures of a file reproducible: version, framework, data, method, frame."""
    provenance = report.provenance
    return {
        "stiscore": provenance.version,
        "framework": {
            "id": provenance.framework,
            "version": provenance.framework_version,
            "sha256": provenance.framework_sha256,
        },
        "data": {
            "file": provenance.file,
            "sha256": provenance.data_sha256,
            "sheet": provenance.sheet,
            "level": provenance.level,
            "period": provenance.period,
            "invented": provenance.invented,
        },
        "method": provenance.method,
        "area_weights": {area.id: area.declared for area in report.areas},
        "frame": provenance.frame,
        "common": provenance.common,
    }


def findings(found: Iterable[Finding]) -> str:
    """Findings alone, as ``stiscore.findings/1``: every single one, never joined."""
    return dumps({"schema": "stiscore.findings/1", "findings": [finding(f) for f in found]})


def finding(told: Finding) -> Json:
    """One finding with its place, its figures and its sentence in both languages.

    ``column``: the indicator or header it is about; ``group``: what text joins it under.
    """
    en, zh = tell(told, "en"), tell(told, "zh")
    return {
        "code": told.code,
        "severity": str(told.severity),
        "location": location(told.location) if told.location else None,
        "unit": told.unit,
        "column": plain(told.fields.get("column", told.fields.get("indicator"))),
        "group": told.group,
        "fields": {key: plain(value) for key, value in told.fields.items()},
        "message": {"en": en.what, "zh": zh.what},
        "help": {"en": en.remedy, "zh": zh.remedy},
    }


def location(place: Location) -> Json:
    """A place in a file, without the parts that do not apply."""
    parts = {
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "column": place.column,
    }
    return {key: value for key, value in parts.items() if value is not None}


def plain(value: object) -> object:
    """A field as JSON has it, null where it is not a number; words in English; the rest as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Words):
        return value.en
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def dumps(told: object) -> str:
    """Stable JSON text: two spaces, LF at the end, no NaN, Chinese as it is."""
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def name(told: Name) -> Json:
    """A name in the two languages."""
    return {"en": told.en, "zh": told.zh}


def both(told: Words) -> Json:
    """A sentence in the two languages."""
    return {"en": told.say("en"), "zh": told.say("zh")}


def called(unit: Identified) -> Json:
    """A unit by its id, its label in the file and its names."""
    return {
        "id": unit.id,
        "label": unit.label,
        "name": {"en": unit.name_en, "zh": unit.name_zh},
    }


def cells(places: Iterable[Location]) -> list[Json]:
    """Where a figure stands, without the file, which ``data`` names."""
    return [{k: v for k, v in location(c).items() if k != "file"} for c in places]


def drawn(told: Variation | None) -> Json:
    """How the variants behind the ranges were drawn; none without variants."""
    return {"seed": told.seed if told else None, "draws": told.draws if told else 0}


def change(told: Applied) -> Json:
    """One thing done to one value, in full precision."""
    return {
        "stage": told.stage,
        "method": told.method,
        "what": told.what,
        "unit": told.unit.id,
        "node": told.node,
        "location": location(told.location) if told.location else None,
        "before": told.before,
        "after": told.after,
    }


def _treatment(told: Treatment) -> Json:
    """An indicator that was treated, with the steps and the shape after each."""
    steps = told.treated.model_dump(mode="json")
    return {"indicator": told.indicator, "method": told.method, **steps}


def variants(told: Variation) -> Json:
    """What ranges rest on: how many variants, what was varied, what could not be."""
    return {
        "asked": told.asked,
        "share": told.share,
        "kept": told.kept,
        "on_scale": told.on_scale,
        "factors": [dict(factor) for factor in told.declared],
        "impossible": [{"settings": list(i.ids), "why": i.why.en} for i in told.impossible],
        "failed": [
            {"settings": list(f.ids), "draws": f.draws, "why": f.why.en} for f in told.failed
        ],
    }


def _unit(unit: UnitReport, told: Variation | None) -> Json:
    return {
        **called(unit),
        "peer_groups": list(unit.peer_groups),
        "rank_in_group": dict(unit.rank_in_group),
        "period": unit.period,
        "score": unit.score,
        "rank": unit.rank,
        **ranged(unit, told),
        "coverage": unit.coverage,
        "ranked": unit.ranked,
        "adjusted": unit.adjusted,
        "gap_index": unit.gap_index,
        "band": unit.band,
        "strengths": list(unit.strengths),
        "weaknesses": list(unit.weaknesses),
        "judged": unit.judged,
        "peers": _peers(unit.peers),
        "similar": _similar(unit.similar),
        "groups": [_group(g) for g in unit.groups if g.parent is not None],
        "gaps": [_gap(g) for g in unit.gaps],
        "indicators": [_indicator(i) for i in unit.indicators],
    }


def ranged(unit: UnitReport, told: Variation | None) -> Json:
    """A unit's tier and ranges; null without variants."""
    based = told is not None and unit.rank_range is not None
    return {
        "tier": unit.tier,
        "rank_interval": ends(unit.rank_range),
        "rank_interval_basis": told.basis if told and based else None,
        "nominal_outside": unit.outside,
        "score_interval": ends(unit.score_range),
    }


def ends(span: tuple[float, float] | None) -> list[float] | None:
    """Both ends of a range; null where there is none."""
    return None if span is None else list(span)


def _peers(told: PeerPlace | None) -> Json | None:
    """A unit's peers; null where nobody asked."""
    if told is None:
        return None
    return {
        "id": told.id,
        "name": both(told.name),
        "units": [unit.id for unit in told.units],
        "rank": told.rank,
        "median": told.median,
        "gap_index_median": told.gap_index,
    }


def _similar(told: Similar | None) -> Json | None:
    """The range of units of similar income and size, or its reason; null where no card was made."""
    if told is None:
        return None
    return {
        "low": told.low,
        "high": told.high,
        "share": SHARE,
        "where": told.where,
        "others": told.others,
        "columns": list(told.columns),
        "reason": told.reason,
        "why": None if told.why is None else both(told.why),
    }


def _group(group: GroupScore) -> Json:
    return {
        "id": group.id,
        "parent": group.parent,
        "score": group.score,
        "rank": group.rank,
        "rank_interval": ends(group.rank_range),
        "score_interval": ends(group.score_range),
        "weight": group.weight,
        "effective_weight": group.effective,
        "contribution": group.points,
        "coverage": group.coverage,
        "flags": list(group.flags),
        "peer_median": group.peer_median,
    }


def _gap(gap: GapScore) -> Json:
    return {
        "id": gap.id,
        "severity": gap.severity,
        "rank": gap.rank,
        "rank_interval": ends(gap.rank_range),
        "severity_interval": ends(gap.severity_range),
        "band": gap.band,
        "measured": f"{gap.measured} of {gap.of}",
        "indicators": list(gap.indicators),
        "peer_median": gap.peer_median,
    }


def _indicator(indicator: IndicatorScore) -> Json:
    return {
        "id": indicator.id,
        "group": indicator.group,
        "role": indicator.role,
        "raw": indicator.raw,
        "treated": indicator.treated,
        "normalised": indicator.normalised,
        "rank": indicator.rank,
        "weight": indicator.weight,
        "effective_weight": indicator.effective,
        "contribution": indicator.points,
        "cells": cells(indicator.cells),
        "period": indicator.period,
        "flags": list(indicator.flags),
    }
