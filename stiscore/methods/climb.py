"""From the leaves to the root: weights are learned, children joined, points handed down.

Everything here is row-wise once the weights are there, so a part of a table gives the bits of the
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from stiscore.methods.aggregate import Combined, NonPositive, shares_present
from stiscore.methods.base import Array, Mask, Unfit
from stiscore.methods.tree import Tree
from stiscore.methods.weight import Siblings, Weights

# A share that misses its threshold by rounding alone has reached it.
_ROUNDING = 1e-12
# Rows that climb together: enough to be quick, few enough to stay in the cache.
_BLOCK = 4096


class Joiner(Protocol):
    """What turns children into their parent's score: an aggregation, or weights of each unit.

    ``compares``: whether a unit's score depends on the reference units' scores; ``per_unit``:
    whether each unit has weights of its own; ``own_ends``: those of the scale it scores on whatever
    it is given.
    """

    @property
    def id(self) -> str:
        """See methods.base."""

    @property
    def per_unit(self) -> bool:
        """See methods.weight."""

    @property
    def compares(self) -> bool:
        """See methods.aggregate."""

    @property
    def own_ends(self) -> tuple[float, float] | None:
        """See methods.combined."""

    def combine(
        self,
        parts: Array,
        weights: Sequence[float],
        reference: Array | None = None,
        *,
        points: bool = True,
    ) -> Combined:
        """See methods.aggregate."""


class Weigher(Protocol):
    """What gives the children of one group their weights."""

    @property
    def id(self) -> str:
        """See methods.base."""

    @property
    def uses_data(self) -> bool:
        """See methods.weight."""

    def weigh(self, siblings: Siblings) -> tuple[float, ...]:
        """See methods.weight."""


class Bough(NamedTuple):
    """A group at work: its measured children, their weights, how they are joined.

    ``standard``: the reference units' scores of the children (units, children), where a row is
    compared with them.
    """

    group: int
    children: tuple[int, ...]
    weights: tuple[float, ...]
    joiner: Joiner
    standard: Array | None = None


class Climbed(NamedTuple):
    """Scores and coverage of groups, (rows, groups); where a floor served, (rows, nodes)."""

    groups: Array
    coverage: Array
    floored: Mask


class Unjoined(ArithmeticError):
    """A mean met a score it cannot take: the row, the child's and the parent's place, the score."""

    def __init__(self, row: int, child: int, group: int, score: float) -> None:
        super().__init__(f"score {score} of node {child} in row {row} cannot enter node {group}")
        self.row, self.child, self.group, self.score = row, child, group, score


def measured_shares(tree: Tree, present: Collection[int]) -> tuple[float, ...]:
    """Share of each node's framework weight that has a column, 0-1.

    ``m = sum(w m) / sum(w)`` over the children, 1 or 0 for a leaf with or without a column. A proxy
    counts above the line only: the indicator it stands in for stands below it already.

    >>> tree = Tree(("a", "b", "index"), (2, 2, -1), (1.0, 3.0, 1.0), leaves=2)
    >>> measured_shares(tree, {1})
    (0.0, 1.0, 0.75)
    """
    measured = [float(i in present) for i in range(len(tree.ids))]
    for group in tree.groups:
        children = tree.children(group)
        held = sum(tree.weight[c] * measured[c] for c in children)
        own = [c for c in children if c not in tree.standins] or list(children)
        measured[group] = min(1.0, held / sum(tree.weight[c] for c in own))
    return tuple(measured)


def siblings_of(tree: Tree, group: int, measured: Sequence[float], nodes: Array) -> Siblings:
    """The measured children of a group, with the scores the reference units have in them."""
    children = [c for c in tree.children(group) if measured[c] > 0]
    return Siblings(
        ids=tuple(tree.ids[c] for c in children),
        declared=tuple(tree.weight[c] for c in children),
        measured=tuple(measured[c] for c in children),
        counts=tuple(sum(measured[i] > 0 for i in tree.leaves_under(c)) for c in children),
        parts=np.ascontiguousarray(nodes[:, children]),
    )


def weigh(
    tree: Tree,
    present: Collection[int],
    normalised: Array,
    weigher: Callable[[int], Weigher],
    joiner: Callable[[int], Joiner],
    *,
    min_coverage: float,
) -> tuple[Weights, dict[int, Array]]:
    """Weights of every node, learned group by group from the leaves up.

    ``normalised``: the reference units' scores, (units, leaves). ``weigher`` and ``joiner`` give
    the methods of a group. A group's score must be there before its parent can be weighed by it.
    Beside the weights: by group that compares units, what they are to be compared with.
    """
    standards: dict[int, Array] = {}
    measured = measured_shares(tree, present)
    local = [0.0] * len(tree.ids)
    nodes = np.full((normalised.shape[0], len(tree.ids)), np.nan)
    nodes[:, : tree.leaves] = normalised
    held = ~np.isnan(normalised)
    # Declared weights ask nothing of scores, so there is nothing to join.
    joined = any(weigher(g).uses_data or joiner(g).compares for g in tree.groups)
    for group in tree.groups:
        siblings = siblings_of(tree, group, measured, nodes)
        if not siblings.ids:
            continue
        children = tuple(c for c in tree.children(group) if measured[c] > 0)
        weights = _asked(weigher(group), siblings)
        for child, weight in zip(children, weights, strict=True):
            local[child] = weight
        bough = Bough(group, children, weights, joiner(group), siblings.parts)
        if bough.joiner.compares:
            standards[group] = siblings.parts
        if not joined:
            continue
        nodes[:, group] = _combined(bough, nodes, points=False).score
        if group != tree.root:
            inside = _share(_down(tree, group, local)[: tree.leaves], held)
            nodes[inside < min_coverage - _ROUNDING, group] = np.nan
    local[tree.root] = 1.0
    return Weights(tuple(local), tuple(_down(tree, tree.root, local)), measured), standards


def _asked(weigher: Weigher, siblings: Siblings) -> tuple[float, ...]:
    """The weights of one group; a refusal names the method of its step."""
    try:
        return weigher.weigh(siblings)
    except Unfit as fault:
        fault.method = weigher.id
        raise


def _down(tree: Tree, top: int, local: Sequence[float]) -> list[float]:
    """The product of weights from ``top`` down to each node below it; 0 elsewhere."""
    effective = [0.0] * len(tree.ids)
    effective[top] = 1.0
    for node in reversed(range(top)):
        effective[node] = local[node] * effective[tree.parent[node]]
    return effective


def boughs(
    tree: Tree,
    weights: Weights,
    joiner: Callable[[int], Joiner],
    standards: Mapping[str, Array],
) -> tuple[Bough, ...]:
    """Every measured group with its measured children, from the leaves up.

    A child that a method gives no weight is a child all the same: what units are compared with has
    a column for it.
    """
    told = []
    for group in tree.groups:
        children = tuple(c for c in tree.children(group) if weights.measured[c] > 0)
        if children:
            local = tuple(weights.local[c] for c in children)
            standard = standards.get(tree.ids[group])
            told.append(Bough(group, children, local, joiner(group), standard))
    return tuple(told)


def climb(
    tree: Tree,
    weights: Weights,
    boughs: Sequence[Bough],
    normalised: Array,
    observed: Mask,
    *,
    min_coverage: float,
) -> Climbed:
    """Scores of all groups from those of the leaves, a block of rows at a time.

    ``normalised``: (rows, leaves), filled values included; ``observed``: same shape, where a value
    was read and not filled. Coverage is the share of a group's weight observed; a group below the
    root is scored when ``min_coverage`` of its weight has a score, filled or not.
    """
    rows = normalised.shape[0]
    groups = np.full((rows, len(tree.groups)), np.nan)
    coverage = np.empty((rows, len(tree.groups)))
    floored = np.zeros((rows, len(tree.ids)), dtype=bool)
    coverage_of = _Coverage(tree, weights.local)
    for first in range(0, rows, _BLOCK):
        part = slice(first, first + _BLOCK)
        nodes = np.full((len(normalised[part]), len(tree.ids)), np.nan)
        nodes[:, : tree.leaves] = normalised[part]
        held = ~np.isnan(normalised[part])
        covered = coverage_of(held)
        try:
            _join(tree, boughs, nodes, floored[part], covered, min_coverage)
        except Unjoined as fault:
            raise Unjoined(first + fault.row, fault.child, fault.group, fault.score) from fault
        groups[part] = nodes[:, tree.leaves :]
        alike = bool((held == observed[part]).all())
        coverage[part] = covered if alike else coverage_of(observed[part])
    return Climbed(groups, coverage, floored)


def _join(
    tree: Tree,
    boughs: Sequence[Bough],
    nodes: Array,
    floored: Mask,
    covered: Array,
    min_coverage: float,
) -> None:
    """Fill in the groups of ``nodes`` from the leaves up, and where a floor served."""
    for bough in boughs:
        combined = _combined(bough, nodes, points=False)
        nodes[:, bough.group] = combined.score
        if bough.group != tree.root:
            thin = covered[:, bough.group - tree.leaves] < min_coverage - _ROUNDING
            nodes[thin, bough.group] = np.nan
        if combined.floored.any():
            # What has no weight was not lifted for anything, and what has no score neither.
            served = np.array(bough.weights) > 0
            scored = ~np.isnan(nodes[:, [bough.group]])
            floored[:, bough.children] = combined.floored & served & scored


def _combined(bough: Bough, nodes: Array, *, points: bool) -> Combined:
    parts = np.ascontiguousarray(nodes[:, bough.children])
    try:
        return bough.joiner.combine(parts, bough.weights, bough.standard, points=points)
    except NonPositive as fault:
        child = bough.children[fault.child]
        raise Unjoined(fault.row, child, bough.group, fault.score) from fault


class _Coverage:
    """Share of each group's own weight that a row has values for, (rows, groups)."""

    def __init__(self, tree: Tree, local: Sequence[float]) -> None:
        self._within = [_down(tree, group, local)[: tree.leaves] for group in tree.groups]
        # Most rows lack nothing: the same sums, so the same bits, once and for all.
        self._counted = [i for i in range(tree.leaves) if any(w[i] > 0 for w in self._within)]
        self._whole = self._of(np.ones((1, tree.leaves), dtype=bool))

    def __call__(self, held: Mask) -> Array:
        """The shares of ``held`` (rows, leaves)."""
        if held[:, self._counted].all():
            return np.repeat(self._whole, held.shape[0], axis=0)
        return self._of(held)

    def _of(self, held: Mask) -> Array:
        return np.column_stack([_share(within, held) for within in self._within])


def _share(within: Sequence[float], held: Mask) -> Array:
    """Of weights by leaf, the share that each row of ``held`` (rows, leaves) has, 0-1."""
    counted = [(leaf, weight) for leaf, weight in enumerate(within) if weight > 0]
    whole = sum(weight for _, weight in counted)
    out = np.zeros(held.shape[0])
    for leaf, weight in counted:
        out += np.where(held[:, leaf], weight / whole, 0.0)
    return np.minimum(out, 1.0)


def points(tree: Tree, boughs: Sequence[Bough], nodes: Array) -> Array:
    """What each node adds to the index, (rows, nodes): its part of its parent, times the parent's.

    The points of the root's children sum to the index.
    """
    told = np.zeros(nodes.shape)
    told[:, tree.root] = np.where(np.isnan(nodes[:, tree.root]), 0.0, nodes[:, tree.root])
    # The product of weights from the root down.
    falls = np.ones(nodes.shape)
    for bough in reversed(boughs):
        children = list(bough.children)
        shares = _combined(bough, nodes, points=True).points
        score, held = nodes[:, [bough.group]], told[:, [bough.group]]
        by_weight = np.nan_to_num(shares_present(nodes[:, children], bough.weights))
        falls[:, children] = falls[:, [bough.group]] * by_weight
        with np.errstate(divide="ignore", invalid="ignore"):
            part = held * (shares / score)
        # A group at zero still holds points when a floor raised it: shared by weight. When it
        # holds none its children cancel out, and each adds what it would beside any other sum.
        cancelled = falls[:, [bough.group]] * shares
        part = np.where(score == 0, np.where(held == 0, cancelled, held * by_weight), part)
        # Divided, then multiplied back by the score, a point may lose a bit; the root's must not.
        own = shares if bough.group == tree.root else part
        told[:, children] = np.where(np.isnan(score), 0.0, own)
    return told
