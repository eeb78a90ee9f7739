"""A comparison for programs: ``stiscore.compare/1`` as JSON, and tidy rows as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.scales import Scale
from stiscore.report.compare_model import Above, ComparisonReport, Figure, Line, Place, Side, Table
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.jsonout import (
    Json,
    basis,
    called,
    cells,
    change,
    drawn,
    dumps,
    ends,
    finding,
    name,
    variants,
)

HEAD = (
    "unit",
    "label",
    "period",
    "file",
    "node",
    "kind",
    "raw",
    "score",
    "rank",
    "rank_in_group",
    "difference",
    "change",
    "flags",
    "rank_low",
    "rank_high",
)


def as_json(told: ComparisonReport) -> str:
    """The comparison in full precision; missing is null, keys are never translated.

    ``data`` numbers the tables; units and nodes name theirs by that number.
    """
    head = basis(told.report)
    del head["data"]
    varied = told.report.variation
    return dumps(
        {
            "schema": "stiscore.compare/1",
            **head,
            "level": told.report.provenance.level,
            "data": [_data(table) for table in told.tables],
            "scale": scale(told.scale),
            "left_out": {column: list(tables) for column, tables in told.left_out.items()},
            "group": _group(told),
            **drawn(varied),
            "variants": variants(varied) if varied else None,
            "above": [
                _above(pair, number, told)
                for number, table in enumerate(told.tables)
                for pair in table.above
            ],
            "units": [_unit(told, place, side) for place, side in enumerate(told.sides)],
            "nodes": [
                _node(line, number, told)
                for number, table in enumerate(told.tables)
                for line in table.lines
            ],
            "not_measured": {kind: list(ids) for kind, ids in told.report.not_measured.items()},
            "findings": [finding(f) for f in told.findings],
        }
    )


def _data(table: Table) -> Json:
    provenance = table.report.provenance
    return {
        "label": table.label,
        "file": provenance.file,
        "sha256": provenance.data_sha256,
        "sheet": provenance.sheet,
        "period": provenance.period,
        "invented": provenance.invented,
        "ranked": table.ranked,
        "units": table.of,
        "coverage": table.report.coverage._asdict(),
        "applied": [change(done) for done in table.report.applied],
    }


def scale(told: Scale) -> Json:
    """Where the scale comes from."""
    return {"of": told.name, "rows": told.rows, "learned": list(told.learned)}


def _group(told: ComparisonReport) -> Json | None:
    if told.group is None or told.group_name is None:
        return None
    return {"id": told.group, "name": name(told.group_name), "peers": told.peers}


def _unit(told: ComparisonReport, place: int, side: Side) -> Json:
    return {
        **called(side),
        "peer_groups": list(side.groups),
        "tables": [_place(number, t.places[place]) for number, t in enumerate(told.tables)],
    }


def _above(pair: Above, number: int, told: ComparisonReport) -> Json:
    return {
        "data": number,
        "unit": told.sides[pair.one].id,
        "other": told.sides[pair.other].id,
        "share": pair.share,
        "level": pair.level,
        "draws": pair.draws,
    }


def _place(number: int, place: Place | None) -> Json:
    """A unit in one table; every figure null where it is not in it."""
    return {
        "data": number,
        "period": place and place.period,
        "score": place and place.score,
        "rank": place and place.rank,
        "rank_interval": ends(place and place.rank_range),
        "score_interval": ends(place and place.score_range),
        "tier": place and place.tier,
        "nominal_outside": place and place.outside,
        "ranked": place is not None and place.ranked,
        "coverage": place and place.coverage,
        "gap_index": place and place.gap_index,
        "rank_in_group": {g.id: {"rank": g.rank, "of": g.of} for g in place.groups}
        if place
        else {},
        "change": place and place.change,
        "rank_change": place and place.rank_change,
        "same_indicators": place and place.same_cells,
    }


def _node(line: Line, number: int, told: ComparisonReport) -> Json:
    ids = [side.id for side in told.sides]
    pairs = zip(ids, line.figures, strict=True)
    return {
        "id": line.id,
        "kind": line.kind,
        "name": name(line.name),
        "data": number,
        "area": line.area,
        "role": line.role,
        "measured_in": line.measured_in,
        "values": {unit: _figure(figure) for unit, figure in pairs},
        "leader": None if line.leader is None else ids[line.leader],
        "tied": [ids[i] for i in line.leaders] if line.leader is None else [],
        "spread": line.spread,
        "peers": line.peers._asdict() if line.peers else None,
    }


def _figure(figure: Figure | None) -> Json | None:
    if figure is None:
        return None
    told = figure._asdict()
    told["contribution"] = told.pop("points")
    told["rank_interval"] = ends(told.pop("rank_range"))
    told["cells"] = cells(figure.cells)
    return {**told, "flags": list(figure.flags)}


def as_csv(told: ComparisonReport) -> str:
    """One row a table, unit and node; of a gap the score is its severity."""
    rows = (
        row
        for table in told.tables
        for place, side in enumerate(told.sides)
        for row in _rows(table, place, side)
    )
    return raw_grid([HEAD, *rows])


def _rows(table: Table, place: int, side: Side) -> Iterator[tuple[Cell, ...]]:
    provenance, held = table.report.provenance, table.places[place]
    if held is None:
        return
    mark = ["invented"] if provenance.invented else []
    for line in table.lines:
        figure = line.figures[place] or Figure()
        unranked = ["unranked"] if line.kind == "index" and not held.ranked else []
        yield (
            side.id,
            side.label,
            held.period,
            provenance.file,
            line.id,
            line.kind,
            figure.raw,
            figure.score,
            figure.rank,
            figure.rank_in_group,
            figure.difference,
            figure.change,
            ";".join([*figure.flags, *unranked, *mark]),
            *(figure.rank_range or (None, None)),
        )
