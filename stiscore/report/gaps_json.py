"""Gaps for programs: ``stiscore.gaps/1``, and a row a unit, gap and indicator; full precision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stiscore.framework.links import Barrier, GapLink, Issue, Measure
from stiscore.framework.model import Indicator
from stiscore.report import jsonout
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.gaps_fill import BLANKS, quantities, sheet_of
from stiscore.report.gaps_links import placed
from stiscore.report.gaps_model import Figure, GapsReport, Guide, Shortfall, UnitGaps
from stiscore.report.jsonout import Json, basis, both, dumps, ends, variants

HEAD = (
    "unit", "label", "rank", "gap", "severity", "severity_low", "severity_high", "gap_rank",
    "gap_rank_low", "gap_rank_high", "severity_peer_median", "measured", "of", "widest",
    "widest_share", "band", "relation", "indicator", "role", "value", "measured_in", "peer_median",
    "score", "points_lost", "cells", "flags", "sheet", "quantities", "measures", "issues",
    "barriers", "weakens", "first_action_en", "first_action_zh", *BLANKS,
)  # fmt: skip


def as_json(told: GapsReport) -> str:
    """Every unit shown with its gaps, and by gap what the framework links to it."""
    report, variation = told.report, told.report.variation
    return dumps(
        {
            "schema": "stiscore.gaps/1",
            **basis(report),
            **jsonout.drawn(variation),
            "variants": variants(variation) if variation else None,
            "coverage": report.coverage._asdict(),
            "group": report.group,
            "labels": report.labels,
            "origin_note": jsonout.name(report.origin_note),
            "measures_note": jsonout.name(told.headings.note) if told.headings.note else None,
            "ranked": told.ranked,
            "most_common": [guide.id for guide in told.most_common],
            "gaps": [_guide(guide) for guide in told.guides],
            "measures": _parts(told.headings.measures),
            "issues": _parts(told.headings.issues),
            "barriers": _barriers(told),
            "units": [_unit(unit) for unit in told.units],
            "findings": [jsonout.finding(each) for each in told.findings],
        }
    )


def as_csv(told: GapsReport) -> str:
    """A row a unit, gap and indicator; a gap with no indicator at all has one row."""
    return raw_grid([HEAD, *(row for unit in told.units for row in _rows(told, unit))])


def _guide(guide: Guide) -> Json:
    link = guide.link
    return {
        "id": guide.id,
        "name": jsonout.name(guide.name),
        "origin": guide.origin,
        "paper": guide.paper,
        "measured": guide.measured,
        "of": guide.of,
        "ranked_units": guide.units,
        "median": guide.median,
        "widest_of": list(guide.widest),
        "not_measured": [_absent(indicator) for indicator in guide.absent],
        "link": None if link is None else _link(link),
    }


def _absent(indicator: Indicator) -> Json:
    """An indicator without a column: where it is filled in, and what gives it."""
    return {
        "id": indicator.id,
        "name": jsonout.name(indicator.name),
        "role": indicator.role,
        "proxy_for": indicator.proxy_for,
        "sheet": sheet_of(indicator),
        "quantities": list(quantities(indicator)),
    }


def _link(link: GapLink) -> Json:
    return {
        "origin": link.origin,
        "measures": list(link.measures),
        "issues": list(link.issues),
        "barriers": list(link.barriers),
        "weakens": list(link.weakens),
        "untagged": {
            area: {"en": why, "zh": why} if isinstance(why, str) else why.model_dump()
            for area, why in link.untagged.items()
        },
        "first_action": jsonout.name(link.first_action),
    }


def _parts(held: Mapping[str, Measure] | Mapping[str, Issue]) -> Json:
    return {id_: _part(part) for id_, part in held.items()}


def _part(part: Measure | Issue | Barrier) -> Json:
    return {"name": jsonout.name(part.name), "origin": part.origin, "paper": part.paper}


def _barriers(told: GapsReport) -> Json:
    absent = told.headings.undiagnosed
    return {
        id_: {
            **_part(barrier),
            "diagnostic": barrier.diagnostic,
            "not_measured": _absent(absent[id_]) if id_ in absent else None,
        }
        for id_, barrier in told.headings.barriers.items()
    }


def _unit(told: UnitGaps) -> Json:
    unit, peers = told.unit, told.peers
    return {
        **jsonout.called(unit),
        "score": unit.score,
        "rank": unit.rank,
        "rank_interval": ends(unit.rank_range),
        "ranked": unit.ranked,
        "coverage": unit.coverage,
        "gap_index": unit.gap_index,
        "peers": {
            "id": peers.id,
            "name": both(peers.name),
            "units": None if told.compared is None else list(told.compared),
            "ranked": len(peers.rows),
            "source": None if peers.source is None else both(peers.source),
            "notes": [both(note) for note in peers.notes],
        },
        "widest": [gap.told.id for gap in told.widest],
        "gaps": [_gap(gap) for gap in told.gaps],
        "diagnostics": [_figure(figure) for figure in told.diagnostics.values()],
        "areas": {area.id: area.score for area in unit.groups if area.parent is not None},
    }


def _gap(gap: Shortfall) -> Json:
    told = gap.told
    return {
        "id": told.id,
        "severity": told.severity,
        "severity_interval": ends(told.severity_range),
        "rank": told.rank,
        "rank_interval": ends(told.rank_range),
        "peer_median": gap.median,
        "peers_measured": gap.having,
        "measured": told.measured,
        "of": told.of,
        "widest": gap.widest,
        "widest_share": gap.widest_share,
        "band": told.band,
        "indicators": [
            {**_figure(figure), "share": figure.share, "points_lost": figure.lost}
            for figure in gap.behind
        ],
        "related": [_figure(figure) for figure in gap.related],
        **dict.fromkeys(BLANKS),
    }


def _figure(figure: Figure) -> Json:
    told = figure.told
    return {
        "id": told.id,
        "role": told.role,
        "value": told.raw,
        "measured_in": told.measured_in,
        "peer_median": figure.median,
        "score": told.normalised,
        "rank": told.rank,
        "cells": jsonout.cells(told.cells),
        "period": told.period,
        "flags": list(told.flags),
    }


def _rows(told: GapsReport, unit: UnitGaps) -> Iterator[tuple[Cell, ...]]:
    sheet = told.report.provenance.sheet
    for gap in unit.gaps:
        guide = told.guide(gap.told.id)
        head, tail = _head(unit, gap), (*_linked(guide.link), *(None for _ in BLANKS))
        counted = [("behind", figure) for figure in gap.behind]
        rows = [
            _figures(relation, figure, sheet)
            for relation, figure in (*counted, *(("related", f) for f in gap.related))
        ]
        rows += [_missing(indicator) for indicator in guide.absent]
        for row in rows or [(None,) * 12]:
            yield (*head, *row, *tail)


def _head(unit: UnitGaps, gap: Shortfall) -> tuple[Cell, ...]:
    told = gap.told
    return (
        unit.unit.id,
        unit.unit.label,
        unit.unit.rank,
        told.id,
        told.severity,
        *(told.severity_range or (None, None)),
        told.rank,
        *(told.rank_range or (None, None)),
        gap.median,
        told.measured,
        told.of,
        str(gap.widest).lower(),
        gap.widest_share,
        told.band,
    )


def _figures(relation: str, figure: Figure, sheet: str | None) -> tuple[Cell, ...]:
    told = figure.told
    own = (relation, told.id, told.role, told.raw, told.measured_in, figure.median)
    cells = placed(told, sheet) or None
    return (*own, told.normalised, figure.lost, cells, ";".join(told.flags) or None, None, None)


def _missing(indicator: Indicator) -> tuple[Cell, ...]:
    """An indicator without a column: all that is known of it is where to fill it in."""
    own = ("not_measured", indicator.id, indicator.role, None, indicator.measured_in)
    parts = ";".join(quantities(indicator)) or None
    return (*own, None, None, None, None, None, sheet_of(indicator), parts)


def _linked(link: GapLink | None) -> tuple[Cell, ...]:
    if link is None:
        return (None,) * 6
    ids = (link.measures, link.issues, link.barriers, link.weakens)
    joined = (";".join(each) or None for each in ids)
    return (*joined, link.first_action.en, link.first_action.zh)
