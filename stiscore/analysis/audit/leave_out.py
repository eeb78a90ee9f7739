"""What the ranks hang on: the index once more with each node left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stiscore.analysis.audit.heads import count, measured_parts, number, text
from stiscore.analysis.audit.table import AuditTable, Cell, listed, node_name, row_name
from stiscore.analysis.evaluated import Evaluated
from stiscore.methods.base import Array
from stiscore.methods.climb import Bough, climb
from stiscore.methods.tree import Tree
from stiscore.methods.weight import Weights
from stiscore.scores import Ranks, Scores, rank
from stiscore.words import Words
from stiscore.words.audit import NOTES, TITLES, VERDICTS


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """The index without one node: its ``place``, and ``index`` (rows,), NaN where there is none."""

    place: int
    index: Array


def without(scores: Scores, place: int) -> Array:
    """The index of every row when a node's weight is 0 and its siblings take its place, (rows,).

    Scales, treatment and filled values stay as they are. All missing when nothing else is measured.
    Where units are compared by a score that changes, it is with what this table's units then have.
    """
    fitted = scores.fitted
    tree = fitted.tree
    local = _bare(tree, fitted.weights.local, place)
    if not local[tree.root]:
        return np.full(scores.normalised.shape[0], np.nan)
    weights = Weights(tuple(local), tuple(_down(tree, local)), fitted.weights.measured)
    kept: list[Bough] = []
    above = _above(tree, place)
    for bough in fitted.boughs:
        if local[bough.group] > 0:
            pruned = _pruned(bough, local)
            if pruned.standard is not None and above & {*pruned.children}:
                below = np.column_stack([scores.normalised, _groups(scores, weights, kept)])
                standard = below[~scores.excluded][:, pruned.children]
                pruned = pruned._replace(standard=np.ascontiguousarray(standard))
            kept.append(pruned)
    return _groups(scores, weights, kept)[:, -1]


def _groups(scores: Scores, weights: Weights, boughs: Sequence[Bough]) -> Array:
    """Scores of the groups at work, missing for the rest, (rows, groups)."""
    told = climb(
        scores.fitted.tree,
        weights,
        boughs,
        scores.normalised,
        ~np.isnan(scores.normalised),
        min_coverage=scores.fitted.framework.method.coverage.min_area_coverage,
    )
    return told.groups


def _bare(tree: Tree, local: Sequence[float], place: int) -> list[float]:
    """Weights without a node, without what lies under it, and without groups it leaves empty."""
    left = list(local)
    left[place] = 0.0
    for group in reversed(tree.groups):
        if not left[group]:
            for child in tree.children(group):
                left[child] = 0.0
    for group in tree.groups:
        children = tree.children(group)
        whole = sum(left[c] for c in children)
        left[group] = left[group] if whole else 0.0
        for child in children:
            left[child] = left[child] / whole if whole else 0.0
    return left


def _down(tree: Tree, local: Sequence[float]) -> list[float]:
    effective = list(local)
    for node in reversed(range(tree.root)):
        effective[node] = local[node] * effective[tree.parent[node]]
    return effective


def _pruned(bough: Bough, local: Sequence[float]) -> Bough:
    """A group at work with the children it still has."""
    at = [i for i, child in enumerate(bough.children) if local[child] > 0]
    children = tuple(bough.children[i] for i in at)
    standard = None if bough.standard is None else np.ascontiguousarray(bough.standard[:, at])
    weights = tuple(local[child] for child in children)
    return bough._replace(children=children, weights=weights, standard=standard)


def _above(tree: Tree, place: int) -> set[int]:
    """The groups a node is a part of."""
    told: set[int] = set()
    while place != tree.root:
        place = tree.parent[place]
        told.add(place)
    return told


def each_without(scores: Scores) -> tuple[LeftOut, ...]:
    """The index without each measured node but the index itself, leaves first."""
    tree = scores.fitted.tree
    nodes = sorted(p for group in tree.groups for p in measured_parts(scores, group))
    return tuple(LeftOut(place, without(scores, place)) for place in nodes)


def leave_out(evaluated: Evaluated) -> AuditTable:
    """A row for every measured node: how far ranks shift without it, most on average first.

    Shifts are of the ranked units, among themselves: absolute differences of ranks. A node without
    which nothing is left is told in a note.
    """
    scores, ranked = evaluated.scores, evaluated.ranked
    nominal = rank(scores.index, scores.tie, among=ranked)
    done = each_without(scores)
    able = [one for one in done if ranked.any() and not np.isnan(one.index[ranked]).all()]
    only = [node_name(scores, one.place) for one in done if np.isnan(one.index).all()]
    shifts = {one.place: _shifts(evaluated, nominal, one) for one in able}
    order = sorted(shifts, key=lambda place: (-shifts[place][1].mean(), place))
    rows = tuple(_row(scores, place, *shifts[place]) for place in order)
    told = (NOTES["only_part"].filled(names=listed(only)),) if only else ()
    return AuditTable(
        id="leave-out",
        title=TITLES["leave-out"],
        heads=(
            *text("node"),
            *count("n"),
            *number("mean_shift"),
            *count("most_shift"),
            *text("unit"),
        ),
        rows=rows,
        notes=(NOTES["leave_out"].filled(n=int(ranked.sum())), *told),
        verdict=_verdict(rows),
        skipped=not rows,
    )


def _shifts(evaluated: Evaluated, nominal: Ranks, one: LeftOut) -> tuple[Ranks, Ranks]:
    """The rows still ranked without the node, and how far each is from its rank with it."""
    among = evaluated.ranked & ~np.isnan(one.index)
    rows = np.flatnonzero(among)
    scores = evaluated.scores
    # Against the same units: one that loses its score must not move all below it.
    before = nominal if len(rows) == evaluated.ranked.sum() else None
    if before is None:
        before = rank(scores.index, scores.tie, among=among)
    after = rank(one.index, scores.tie, among=among)
    return rows, np.abs(after - before)[rows]


def _row(scores: Scores, place: int, rows: Ranks, shifts: Ranks) -> tuple[Cell, ...]:
    most = int(shifts.max())
    unit = row_name(scores.data, int(rows[shifts.argmax()])) if most else None
    return node_name(scores, place), len(rows), float(shifts.mean()), most, unit


def _verdict(rows: Sequence[tuple[Cell, ...]]) -> Words:
    if not rows:
        return VERDICTS["skipped"]
    name, _, mean, most, unit = rows[0]
    if not most:
        return VERDICTS["leave_out_none"]
    return VERDICTS["leave_out"].filled(name=name, mean=mean, most=most, unit=unit)
