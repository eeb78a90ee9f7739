"""A target for programs: ``stiscore.target/1`` and a row a lever; full precision."""

from __future__ import annotations

from stiscore.analysis.targets.aim import Aim, Alone, Change
from stiscore.analysis.targets.goal import State
from stiscore.analysis.targets.levers import Aside, Lever
from stiscore.report import jsonout
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.jsonout import Json, basis, dumps
from stiscore.report.phrases import spots
from stiscore.report.target_model import TargetReport
from stiscore.words.target import TARGET, WHY

HEAD = (
    "id", "name_en", "name_zh", "measured_in", "from", "to", "score_from", "score_to", "moved",
    "points", "share", "held_by", "room", "most", "bound", "pace", "pace_unit", "pace_from",
    "pace_to", "alone_reached", "alone_to", "alone_score", "alone_rank", "alone_severity", "cells",
)  # fmt: skip


def as_json(told: TargetReport) -> str:
    """The goal, whether it is reached, what moves, each lever alone, what is left out."""
    aim = told.aim
    return dumps(
        {
            "schema": "stiscore.target/1",
            **basis(told.report),
            **jsonout.drawn(told.report.variation),
            "coverage": told.report.coverage._asdict(),
            "note": jsonout.both(TARGET["arithmetic"]),
            "unit": jsonout.called(told.unit),
            "goal": _goal(told),
            "reached": told.reached,
            "before": _state(aim.before),
            "after": _state(aim.after),
            "present_interval": jsonout.ends(told.present_range),
            "within_present_interval": told.in_range,
            "years": aim.terms.years,
            "effort": _effort(aim),
            "changes": [_change(change) for change in aim.changes],
            "alone": [_alone(each) for each in aim.alone],
            "levers": [_lever(lever) for lever in aim.levers],
            "not_considered": [_aside(aside) for aside in aim.asides],
            "findings": [jsonout.finding(each) for each in told.findings],
        }
    )


def as_csv(told: TargetReport) -> str:
    """A row a lever; what does not move has no figures of a move."""
    moved = {change.lever.indicator.id: change for change in told.aim.changes}
    rows = (_row(each, moved.get(each.lever.indicator.id)) for each in told.aim.alone)
    return raw_grid([HEAD, *rows])


def _row(each: Alone, change: Change | None) -> tuple[Cell, ...]:
    lever = each.lever
    told, pace = lever.indicator, lever.pace
    return (
        told.id,
        told.name.en,
        told.name.zh,
        told.measured_in,
        lever.value,
        change and change.to,
        lever.score,
        change and change.score,
        change and change.moved,
        change and change.points,
        change and change.share,
        change and change.limit,
        lever.room,
        lever.value if lever.room == 0 else lever.value_at(lever.top),
        lever.limit,
        pace.points,
        None if pace.unit is None else pace.unit.id,
        pace.first,
        pace.last,
        str(each.reached).lower(),
        each.to,
        each.at.score,
        each.at.rank,
        each.at.severity,
        spots(lever.cells) or "-",
    )


def _goal(told: TargetReport) -> Json:
    goal = told.goal
    return {
        "kind": goal.kind,
        "wanted": goal.wanted,
        "gap": goal.gap,
        "need": told.aim.sought.need,
        "rival": None if told.rival is None else told.rival.id,
    }


def _effort(aim: Aim) -> Json:
    return {"kind": "spread" if aim.terms.costs is None else "cost", "total": aim.effort}


def _state(state: State) -> Json:
    return state._asdict()


def _change(change: Change) -> Json:
    return {
        "id": change.lever.indicator.id,
        "from": change.lever.value,
        "to": change.to,
        "points": change.points,
        "measured_in": change.lever.indicator.measured_in,
        "score_from": change.lever.score,
        "score_to": change.score,
        "moved": change.moved,
        "share": change.share,
        "bound": change.limit,
        "cells": jsonout.cells(change.lever.cells),
    }


def _alone(each: Alone) -> Json:
    return {
        "id": each.lever.indicator.id,
        "reached": each.reached,
        "to": each.to,
        "after": _state(each.at),
    }


def _lever(lever: Lever) -> Json:
    pace = lever.pace
    return {
        "id": lever.indicator.id,
        "name": jsonout.name(lever.indicator.name),
        "measured_in": lever.indicator.measured_in,
        "value": lever.value,
        "score": lever.score,
        "room": lever.room,
        "bound": lever.limit,
        "limits": dict(lever.limits),
        "pace": {
            "points": pace.points,
            "observed": pace.unit is not None,
            "unit": None if pace.unit is None else pace.unit.id,
            "from": pace.first,
            "to": pace.last,
        },
        "cells": jsonout.cells(lever.cells),
    }


def _aside(aside: Aside) -> Json:
    return {
        "id": aside.indicator.id,
        "name": jsonout.name(aside.indicator.name),
        "code": aside.why,
        "why": jsonout.both(WHY[aside.why]),
    }
