"""Scores and what was asked of them, put together as a Report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from stiscore.analysis.applied import applied, treatments
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.gaps import GapTable
from stiscore.analysis.peers import Peers
from stiscore.analysis.similar import similar
from stiscore.analysis.uncertainty.ranges import Ranges
from stiscore.dataset import Unit
from stiscore.derived import AS_READ
from stiscore.finding import Findings
from stiscore.framework.method import STAGES
from stiscore.framework.model import Framework, Indicator, LevelInfo, Name, PeerGroup
from stiscore.report.beside import among_peers
from stiscore.report.model import (
    Column,
    Coverage,
    GapSummary,
    Provenance,
    Report,
    UnitReport,
)
from stiscore.report.peers import group_findings, group_notes, standings
from stiscore.report.unit import unit_report
from stiscore.report.variation import variation
from stiscore.scores import Fitted, Scores, number, quantile
from stiscore.units.registry import entries
from stiscore.version import __version__
from stiscore.words.report import LABELS
from stiscore.words.units import UNITS


def build_report(
    evaluated: Evaluated,
    *,
    units: frozenset[str] | None = None,
    frame: str | None = None,
    common: bool = False,
    indicators: bool = True,
    group: PeerGroup | None = None,
    references: tuple[UnitReport, ...] = (),
    ranges: Ranges | None = None,
    unranged: str = "off",
    peers: Mapping[str, Peers] | None = None,
    alone: bool = False,
) -> Report:
    """The Report of an evaluated table, with all units or only those whose ids are in ``units``.

    Without ``indicators`` each unit stops at its areas and gaps: a ranked table shows no more.
    ``group`` is the peer group that is shown alone: ranks within it stand beside the others.
    ``references`` are totals of the file, shown after the units. ``ranges``: what variants make of
    ranks and scores; without them ``unranged`` is the key of the reason why. ``peers``: by unit
    id, those of units that have any. ``alone``: each unit is looked at by itself, beside units of
    similar income and size.
    """
    scores = evaluated.scores
    fitted, framework = scores.fitted, scores.fitted.framework
    level = framework.levels[fitted.level]
    names = _names(framework, fitted.level)
    told = _Told(ranges, indicators=indicators, alone=alone)
    return Report(
        title=framework.title,
        level=level.name,
        levels=tuple(known.name for known in framework.levels.values()),
        unit_word=level.units,
        level_note=_level_note(level, scores.data.units),
        origin_note=framework.origin_note,
        basis=framework.basis,
        provenance=_provenance(scores, frame, common=common),
        coverage=_coverage(scores),
        areas=_areas(fitted),
        gaps=_gap_columns(fitted, evaluated.gaps),
        units=_units(evaluated, units, peers or {}, told),
        ranked=int(evaluated.ranked.sum()),
        of=len(scores.data.units),
        largest_gaps=_largest_gaps(evaluated),
        not_measured=_not_measured(fitted, evaluated.gaps),
        superseded=fitted.superseded,
        proxy_areas=_proxy_areas(fitted),
        caveats=tuple((i.name, i.caveat) for i in _measured(fitted) if i.caveat is not None),
        band_words=_band_words(framework),
        band_note=framework.bands.level_notes.get(fitted.level),
        names=names,
        findings=Findings((*evaluated.findings, *group_findings(evaluated, group))),
        group=group.id if group else None,
        notes=group_notes(evaluated, group),
        references=references,
        applied=applied(scores),
        treatments=treatments(scores),
        variation=variation(ranges, framework, names) if ranges else None,
        unranged=unranged,
    )


class _Told(NamedTuple):
    """What is told of each unit; see ``build_report``."""

    ranges: Ranges | None
    indicators: bool
    alone: bool


def _units(
    evaluated: Evaluated, wanted: frozenset[str] | None, peers: Mapping[str, Peers], told: _Told
) -> tuple[UnitReport, ...]:
    """The reports of the wanted units in order, beside their peers and units like them."""
    ids = [unit.id for unit in evaluated.scores.data.units]
    places, reports = standings(evaluated), []
    for row in sorted(range(len(ids)), key=lambda r: _place(evaluated, r)):
        if wanted is not None and ids[row] not in wanted:
            continue
        unit = unit_report(evaluated, row, places, indicators=told.indicators, ranges=told.ranges)
        if (beside := peers.get(ids[row])) is not None:
            unit = among_peers(unit, evaluated, row, beside)
        reports.append(unit._replace(similar=similar(evaluated, row)) if told.alone else unit)
    return tuple(reports)


def _band_words(framework: Framework) -> dict[str, Name]:
    bands = (*framework.bands.scores, *framework.bands.severities)
    return {band.id: Name(en=band.en, zh=band.zh) for band in bands}


def _level_note(level: LevelInfo, units: Sequence[Unit]) -> Name | None:
    """The note of the level, unless the table has the rows that the note says it lacks."""
    beside = {e.id for e in entries("province", beside=True)} - {e.id for e in entries("province")}
    if level.note is None or level.registry != "province" or not beside & {u.id for u in units}:
        return level.note
    return Name(en=UNITS["beside"].en, zh=UNITS["beside"].zh)


def _place(evaluated: Evaluated, row: int) -> tuple[bool, float, int]:
    ranked = bool(evaluated.ranked[row])
    score = number(evaluated.scores.index[row])
    return (not ranked, -(score if score is not None else -1.0), row)


def _measured(fitted: Fitted) -> list[Indicator]:
    return [leaf for i, leaf in enumerate(fitted.leaves) if fitted.measures(i)]


def _provenance(scores: Scores, frame: str | None, *, common: bool) -> Provenance:
    fitted, source = scores.fitted, scores.data.source
    framework = fitted.framework
    periods = sorted({p for p in scores.data.periods if p is not None})
    method = framework.method
    told: dict[str, Any] = {s: getattr(method, s).model_dump(mode="json") for s in STAGES}
    for steps in ("weight_levels", "aggregate_levels"):
        told[steps] = {k: v.model_dump(mode="json") for k, v in getattr(method, steps).items()}
    told["by_indicator"] = {
        k: v.model_dump(mode="json", exclude_none=True) for k, v in method.by_indicator.items()
    }
    told["gap_penalty"] = method.gap_penalty
    return Provenance(
        version=__version__,
        framework=framework.id,
        framework_version=framework.version,
        framework_sha256=framework.digest,
        file=source.file,
        data_sha256=source.sha256,
        sheet=source.sheet,
        level=fitted.level,
        period=", ".join(periods) or None,
        method=told,
        invented=source.invented,
        frame=frame,
        common=common,
    )


def _coverage(scores: Scores) -> Coverage:
    tree, areas = scores.fitted.tree, scores.fitted.areas
    measured = set(scores.measured)
    return Coverage(
        indicators=len(measured),
        of_indicators=tree.leaves,
        areas=sum(1 for area in areas if measured & {*tree.leaves_under(area)}),
        of_areas=len(areas),
        weight_share=scores.weight_share,
        partial=scores.partial,
    )


def _areas(fitted: Fitted) -> tuple[Column, ...]:
    by_id = {node.id: node for node in fitted.framework.nodes}
    tree, weights, stand_ins = fitted.tree, fitted.weights, _proxy_areas(fitted)
    columns = []
    for place in (area for area in fitted.areas if area >= tree.leaves):
        node = by_id[tree.ids[place]]
        proxies = stand_ins.get(node.id)
        leaves = tree.leaves_under(place)
        columns.append(
            Column(
                node.id,
                _under_proxies([by_id[p].name for p in proxies]) if proxies else node.name,
                measured=sum(1 for leaf in leaves if fitted.measures(leaf)),
                of=len(leaves),
                weight=weights.local[place],
                declared=node.weight,
                weight_share=weights.measured[place],
                origin=node.origin,
            )
        )
    return tuple(columns)


def _under_proxies(names: Sequence[Name]) -> Name:
    """The name an area goes by when proxies alone stand for it: theirs (lenses.md, "role")."""
    en, zh = (" + ".join(parts) for parts in ((n.en for n in names), (n.zh for n in names)))
    short_en = ", ".join(n.short_en or n.en for n in names)
    short_zh = "、".join(n.short_zh or n.zh for n in names)
    head = LABELS["proxy_head"]
    return Name(
        en=en,
        zh=zh,
        short_en=head.en.format(names=short_en),
        short_zh=head.zh.format(names=short_zh),
    )


def _gap_columns(fitted: Fitted, gaps: GapTable) -> tuple[Column, ...]:
    return tuple(
        Column(
            gap.id,
            gap.level_names.get(fitted.level, gap.name),
            measured=len(gaps.leaves[g]),
            of=gaps.tagged[g],
            weight=gap.weight,
            declared=gap.weight,
            weight_share=len(gaps.leaves[g]) / gaps.tagged[g] if gaps.tagged[g] else 0.0,
            origin=gap.origin,
        )
        for g, gap in enumerate(fitted.framework.gaps)
    )


def _largest_gaps(evaluated: Evaluated) -> tuple[GapSummary, ...]:
    fitted, table = evaluated.scores.fitted, evaluated.gaps
    framework = fitted.framework
    headings = {m.id: m.name for m in framework.measures}
    told = []
    for g, gap in enumerate(framework.gaps):
        column = np.where(evaluated.ranked, table.severity[:, g], np.nan)
        if np.isnan(column).all():
            continue
        worst = int(np.nanargmax(column))
        link = framework.gap_map.get(gap.id)
        told.append(
            GapSummary(
                id=gap.id,
                name=gap.level_names.get(fitted.level, gap.name),
                median=quantile(column[~np.isnan(column)], 0.5),
                widest=evaluated.scores.data.units[worst],
                widest_severity=float(column[worst]),
                measures=tuple(headings[m] for m in link.measures) if link else (),
            )
        )
    return tuple(sorted(told, key=lambda t: -t.median))


def _not_measured(fitted: Fitted, gaps: GapTable) -> dict[str, tuple[str, ...]]:
    tree = fitted.tree
    absent = [not fitted.measures(place) for place in range(len(tree.ids))]
    return {
        "groups": tuple(tree.ids[g] for g in tree.groups if absent[g]),
        "gaps": tuple(gap for gap, leaves in zip(gaps.ids, gaps.leaves, strict=True) if not leaves),
        "indicators": tuple(tree.ids[i] for i in range(tree.leaves) if absent[i]),
    }


def _proxy_areas(fitted: Fitted) -> dict[str, tuple[str, ...]]:
    """Areas that rest on proxies alone, with the proxies that stand in."""
    told = {}
    for area in fitted.areas:
        leaves = [i for i in fitted.tree.leaves_under(area) if fitted.measures(i)]
        if leaves and all(fitted.leaves[i].role == "proxy" for i in leaves):
            told[fitted.tree.ids[area]] = tuple(fitted.tree.ids[i] for i in leaves)
    return told


def _names(framework: Framework, level: str) -> dict[str, Name]:
    names = {node.id: node.name for node in framework.nodes}
    names.update({q.id: q.name for q in framework.quantities})
    names.update({f"{i.id}{AS_READ}": i.name for i in framework.indicators})
    names.update({m.id: m.name for m in framework.measures})
    names.update({gap.id: gap.level_names.get(level, gap.name) for gap in framework.gaps})
    return names
