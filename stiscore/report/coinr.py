"""A framework, and the data scored with it, as the two tables COINr starts from.

``iMeta``: one row an indicator, an aggregate, a denominator or a grouping. ``iData``: one row a
unit. Weights are those the scores were made with, so that COINr's arithmetic mean of the same
normalised data is ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from stiscore.derived import AS_READ
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Framework, Group, Indicator
from stiscore.methods.denominate import ByColumn
from stiscore.report.csvout import Cell, raw_grid
from stiscore.words.faults import found

if TYPE_CHECKING:
    from stiscore.scores import Scores

HEAD = (
    "Level", "iCode", "iName", "Direction", "Weight", "Unit", "Target", "Denominator", "Parent",
    "Type",
)  # fmt: skip
POSTS = ("goalpost_lower", "goalpost_upper", "goalpost_scale", "goalpost_trunc2posts")
Row = dict[str, Cell]


class ForCoinr(NamedTuple):
    """The texts of the two files, how much they hold, and what COINr gets otherwise (notes)."""

    imeta: str
    idata: str | None
    indicators: int
    groups: int
    notes: Findings


class _Part(NamedTuple):
    """A node as COINr wants it: its row of levels, and the aggregates put above it."""

    node: Group | Indicator
    level: int
    parent: Group | None
    weight: float


def for_coinr(framework: Framework, level: str, scores: Scores | None = None) -> ForCoinr:
    """The tables of the scored indicators at ``level``; ``iData`` only where there are ``scores``.

    Without scores all indicators are written with their declared weights; with them those that have
    a column, with the weights fitted. Figures are as read or as derived, before any treatment, with
    all their digits; missing ones are empty. An indicator that a quantity divides is written as
    read, with its Denominator, so that ``Denominate()`` does the same. Names are English. A parent
    more than one step up gets aggregates of one child between (F176).
    """
    parts = list(_parts(framework, level, scores))
    told = {p.node.id for p in parts}
    absent = [i for i in framework.scored_at(level) if i.id not in told]
    notes: list[Finding] = [found("F177", group="F177", id=i.id) for i in absent]
    leaves = [p.node for p in parts if isinstance(p.node, Indicator)]
    notes += [found("F178", group="F178", id=i.id) for i in leaves if i.curve == "sqrt"]
    below = {i.id: d for i in leaves if (d := _denominator(framework, i, scores))}
    rows = [*_nodes(framework, level, parts, below, notes)]
    rows.sort(key=lambda row: int(row["Level"] or 0))
    groupings = _groupings(framework, scores)
    rows += [_beside(q.id, q.name.en, "Denominator", q.measured_in)
             for q in framework.quantities if q.id in below.values()]  # fmt: skip
    rows += [_beside(g, name, "Group") for g, name in groupings]
    data = None if scores is None else _idata(scores, [g for g, _ in groupings], below, leaves)
    groups = sum(row["Type"] == "Aggregate" for row in rows)
    return ForCoinr(_imeta(rows), data, len(leaves), groups, Findings(notes))


def _parts(framework: Framework, level: str, scores: Scores | None) -> Iterator[_Part]:
    """Every node that is written, children before parents."""
    weights = _weights(framework, level, scores)
    above = {c.id: g for g in framework.groups for c in g.children}
    heights: dict[str, int] = {}
    for node in framework.nodes:
        if isinstance(node, Group):
            below = [heights[c.id] for c in node.children if c.id in heights]
            if not below:
                continue
            heights[node.id] = 1 + max(below)
        elif node.id in weights:
            heights[node.id] = 1
        else:
            continue
        yield _Part(node, heights[node.id], above.get(node.id), weights.get(node.id, node.weight))


def _weights(framework: Framework, level: str, scores: Scores | None) -> dict[str, float]:
    """The weight of every node that has one."""
    if scores is None:
        leaves = {i.id: i.weight for i in framework.scored_at(level)}
        return {**{g.id: g.weight for g in framework.groups}, **leaves}
    fitted = scores.fitted
    local = zip(fitted.tree.ids, fitted.weights.local, strict=True)
    return {node: weight for node, weight in local if weight > 0}


def _nodes(
    framework: Framework,
    level: str,
    parts: Sequence[_Part],
    below: dict[str, str],
    notes: list[Finding],
) -> Iterator[Row]:
    heights = {p.node.id: p.level for p in parts}
    taken = {node.id for node in framework.nodes}
    for part in parts:
        own = _row(part.node, level, part.level)
        own["Denominator"] = below.get(part.node.id)
        steps = heights[part.parent.id] - part.level if part.parent else 1
        bridges = [_free(f"{part.node.id}_L{part.level + n}", taken) for n in range(1, steps)]
        if bridges:
            notes.append(found("F176", group="F176", id=part.node.id, steps=steps))
        chain = [part.node.id, *bridges]
        last = part.parent.id if part.parent else None
        for place, (code, parent) in enumerate(zip(chain, [*bridges, last], strict=True)):
            weight = part.weight if code == chain[-1] else 1.0
            row = own if place == 0 else _row(part.node, level, 0, bridge=True)
            named: Row = {"Level": part.level + place, "iCode": code, "Parent": parent}
            yield {**row, **named, "Weight": weight}


def _row(node: Group | Indicator, level: str, height: int, *, bridge: bool = False) -> Row:
    row: Row = {"Level": height, "iCode": node.id, "iName": node.name.en, "Direction": 1}
    if not isinstance(node, Indicator) or bridge:
        return {**row, "Type": "Aggregate"}
    scale = node.levels[level]
    row |= {"Direction": 1 if node.direction == "benefit" else -1, "Type": "Indicator"}
    row |= {"Unit": node.measured_in, "Target": scale.target}
    if scale.goalposts is not None:
        # Scores run to 100 and are cut off at the posts, as ours are.
        row |= dict(zip(POSTS, (*scale.goalposts, 100, "TRUE"), strict=True))
    return row


def _free(code: str, taken: set[str]) -> str:
    while code in taken:
        code += "_"
    taken.add(code)
    return code


def _beside(code: str, name: str, kind: str, unit: str | None = None) -> Row:
    return {"iCode": code, "iName": name, "Type": kind, "Unit": unit}


def _imeta(rows: Iterable[Row]) -> str:
    held = list(rows)
    posts = POSTS if any(POSTS[0] in row for row in held) else ()
    head = (*HEAD, *posts)
    return raw_grid([head, *(tuple(row.get(name) for name in head) for row in held)])


def _denominator(framework: Framework, indicator: Indicator, scores: Scores | None) -> str | None:
    """The quantity that divides an indicator and nothing else: no factor, and it has a column."""
    rule: Any = framework.method.of("denominate", indicator.id)
    if not isinstance(rule, ByColumn) or rule.factor != 1.0:
        return None
    known = {q.id for q in framework.quantities}
    if scores is not None:
        held = set(scores.data.ids)
        known &= held if f"{indicator.id}{AS_READ}" in held else set()
    return rule.denominator if rule.denominator in known else None


def _groupings(framework: Framework, scores: Scores | None) -> list[tuple[str, str]]:
    held = None if scores is None else scores.data.groupings
    return [(g.id, g.name.en) for g in framework.groupings if held is None or g.id in held]


def _idata(
    scores: Scores, groupings: Sequence[str], below: dict[str, str], leaves: Sequence[Indicator]
) -> str:
    data = scores.data
    timed = any(period is not None for period in data.periods)
    divided = list(dict.fromkeys(below.values()))
    columns = [f"{i.id}{AS_READ}" if i.id in below else i.id for i in leaves]
    places = [data.ids.index(column) for column in (*divided, *columns)]
    head = ("uCode", "uName", *(["Time"] if timed else []), *groupings, *divided)
    rows: list[tuple[Cell, ...]] = [(*head, *(i.id for i in leaves))]
    for row, unit in enumerate(data.units):
        time = [data.periods[row]] if timed else []
        labels = [data.groupings[g][row] for g in groupings]
        figures = [float(data.values[row, place]) for place in places]
        known = (None if math.isnan(figure) else figure for figure in figures)
        rows.append((unit.id, unit.label, *time, *labels, *known))
    return raw_grid(rows)
