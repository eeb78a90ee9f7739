"""Why a unit has its score: from the index down to the cell, with the figures put in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.leaf import Leaf, Part, Told, leaf_of
from stiscore.analysis.next_rank import Above, above, step
from stiscore.analysis.peers import Peers
from stiscore.analysis.uncertainty.ranges import NodeRange, Ranges
from stiscore.analysis.weight_way import Way, way
from stiscore.analysis.written import Term, Written, written
from stiscore.framework.find import sourced
from stiscore.framework.model import Group
from stiscore.methods.aggregate import shares_present
from stiscore.methods.base import Array
from stiscore.methods.climb import Bough

__all__ = ["Branch", "Leaf", "Part", "explain", "find", "under_gap"]

Ends = tuple[float, float] | None


class Span(NamedTuple):
    """What method variants give a node: ranks and scores, from and to; None where there is none."""

    ranks: tuple[int, int] | None = None
    scores: Ends = None


class Branch(NamedTuple):
    """A group: how its children were joined, and what it adds to the index.

    ``written``: its score written out, None where it has none. ``missing`` of its children have no
    score for the unit, ``absent`` no column in the table; below ``least`` of its weight (0-1) a
    group has no score. ``span``: what variants make of it. ``above``: the next unit above in it.
    ``way``: how it came by its weight, None for the index. ``median``: of the peers' scores, where
    peers were asked for; ``few`` of them have one, None where all have.
    """

    group: Group
    method: str
    score: float | None
    rank: int | None
    share: float
    effective: float
    coverage: float
    points: float | None
    children: tuple[Branch | Leaf, ...]
    sourced: bool = True
    written: Written | None = None
    missing: int = 0
    absent: tuple[str, ...] = ()
    least: float = 0.0
    span: Span = Span()
    above: Above | None = None
    way: Way | None = None
    median: float | None = None
    few: int | None = None


class _Asked(NamedTuple):
    """What the whole tree is explained with."""

    evaluated: Evaluated
    row: int
    ranges: Ranges | None
    peers: Peers | None
    steps: bool


def explain(
    evaluated: Evaluated,
    row: int,
    *,
    ranges: Ranges | None = None,
    peers: Peers | None = None,
    steps: bool = True,
) -> Branch:
    """The whole tree of one row's score. Nodes without a column are left out.

    ``ranges``: of the same table. ``peers``: whose medians are wanted. ``steps``: whether to work
    out, at every indicator, what one rank more would take.
    """
    asked = _Asked(evaluated, row, ranges, peers, steps)
    return _branch(asked, evaluated.scores.fitted.tree.root, 1.0, 1.0, None)


def under_gap(branch: Branch, gap: str) -> tuple[Leaf, ...]:
    """The measured indicators whose primary tag is ``gap``, in framework order."""
    found: list[Leaf] = []
    for child in branch.children:
        if isinstance(child, Branch):
            found.extend(under_gap(child, gap))
        elif child.indicator.gaps is not None and child.indicator.gaps.primary == gap:
            found.append(child)
    return tuple(found)


def find(branch: Branch, node: str) -> Branch | Leaf | None:
    """The part of an explanation that is about ``node``; None when nothing is measured there."""
    if branch.group.id == node:
        return branch
    for child in branch.children:
        if isinstance(child, Leaf):
            if child.indicator.id == node:
                return child
        elif (held := find(child, node)) is not None:
            return held
    return None


def _branch(asked: _Asked, place: int, share: float, effective: float, of: Way | None) -> Branch:
    evaluated, row = asked.evaluated, asked.row
    scores = evaluated.scores
    fitted, tree = scores.fitted, scores.fitted.tree
    bough = next(b for b in fitted.boughs if b.group == place)
    parts = np.array([[scores.node(c)[row] for c in bough.children]])
    shares = _shares(bough, parts)
    column = place - tree.leaves
    values, ranks = scores.groups[:, column], evaluated.group_ranks[:, column]
    score = values[row]
    children = []
    for child, own in zip(bough.children, shares.tolist(), strict=True):
        below = way(scores, row, bough, child, own)
        make = _leaf if child < tree.leaves else _branch
        children.append(make(asked, child, own, effective * own, below))
    return Branch(
        group=next(g for g in fitted.framework.groups if g.id == tree.ids[place]),
        method=bough.joiner.id,
        score=None if np.isnan(score) else float(score),
        rank=int(ranks[row]) or None,
        share=share,
        effective=effective,
        coverage=float(scores.coverage[row, column]),
        points=None if np.isnan(score) else float(scores.points[row, place]),
        children=tuple(children),
        sourced=sourced(fitted.framework),
        written=None if np.isnan(score) else _written(bough, tree.ids, parts, shares, score),
        missing=int(np.isnan(parts).sum()),
        absent=tuple(tree.ids[c] for c in tree.children(place) if not fitted.measures(c)),
        least=0.0 if place == tree.root else fitted.framework.method.coverage.min_area_coverage,
        span=_span(asked, tree.ids[place]),
        above=above(evaluated, row, values, ranks),
        way=of,
        median=asked.peers.median(values) if asked.peers else None,
        few=asked.peers.few(values) if asked.peers else None,
    )


def _leaf(asked: _Asked, place: int, share: float, effective: float, of: Way) -> Leaf:
    evaluated, row, peers = asked.evaluated, asked.row, asked.peers
    scores = evaluated.scores
    values, raw = scores.normalised[:, place], scores.raw[:, place]
    over = above(evaluated, row, values, evaluated.leaf_ranks[:, place])
    told = Told(
        share=share,
        effective=effective,
        above=over,
        step=step(evaluated, row, place, over) if asked.steps else None,
        way=of,
        median=peers.median(values) if peers else None,
        median_value=peers.median(raw) if peers else None,
        few=peers.few(values) if peers else None,
    )
    return leaf_of(evaluated, row, place, told)


def _shares(bough: Bough, parts: Array) -> Array:
    """The weights of a group's children for one row (1, children), as (children,)."""
    own = shares_present(parts, bough.weights)[0]
    if bough.joiner.per_unit:
        told = bough.joiner.combine(parts, bough.weights, bough.standard)
        own = told.points[0] / told.score[0] if told.score[0] > 0 else np.zeros(own.size)
    shares: Array = np.nan_to_num(own)
    return shares


def _written(
    bough: Bough, ids: tuple[str, ...], parts: Array, shares: Array, score: float
) -> Written:
    points = bough.joiner.combine(parts, bough.weights, bough.standard).points[0]
    terms = [
        Term(ids[child], float(share), float(part), float(held))
        for child, share, part, held in zip(bough.children, shares, parts[0], points, strict=True)
        if not np.isnan(part)
    ]
    return written(bough.joiner, terms, float(score))


def _span(asked: _Asked, node: str) -> Span:
    held: NodeRange | None = asked.ranges.nodes.get(node) if asked.ranges else None
    if held is None:
        return Span()
    (low, high), scores = held.ranks[asked.row].tolist(), held.scores[asked.row].tolist()
    ends = None if np.isnan(scores).any() else (scores[0], scores[1])
    return Span((low, high) if low else None, ends)
