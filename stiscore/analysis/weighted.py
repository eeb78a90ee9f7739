"""What a weight method gives: each node beside its declared weight, and what the method adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from stiscore.analysis.declared import declared_weights
from stiscore.dataset import Unit
from stiscore.framework.method import MethodSettings
from stiscore.methods.climb import Bough
from stiscore.methods.weight import Ahp
from stiscore.scores import Fitted, Scores, number

# Saaty (1980): above it the judgements on a group should be asked for again.
INCONSISTENT = 0.1


class NodeWeight(NamedTuple):
    """A measured node; shares of its group (local) and of the index (effective), 0-1.

    ``depth``: 0 for the index itself, 1 for its children, and so on.
    """

    node: str
    parent: str | None
    depth: int
    declared: float
    declared_effective: float
    local: float
    effective: float

    @property
    def difference(self) -> float:
        """Share of the index the method gives beyond the declared one, -1 to 1."""
        return self.effective - self.declared_effective


class Consistency(NamedTuple):
    """Pairwise judgements on a group; ``ratio`` is None above 15 things (no random index)."""

    group: str
    things: int
    lambda_max: float
    ratio: float | None

    @property
    def doubtful(self) -> bool:
        """Whether the judgements contradict each other too much."""
        return self.ratio is not None and self.ratio > INCONSISTENT


class UnitShares(NamedTuple):
    """A unit's score in a group and the share of it each child gives (pie shares, 0-1).

    None where the unit has no score, or none above 0.
    """

    unit: Unit
    period: str | None
    score: float | None
    shares: tuple[float | None, ...]


class OwnWeights(NamedTuple):
    """A group in which every unit has weights of its own; rows in the order of the data."""

    group: str
    children: tuple[str, ...]
    units: tuple[UnitShares, ...]


class Weighted(NamedTuple):
    """All nodes, parents first; ``methods``: the weight method by step (``level1`` ...)."""

    methods: dict[str, str]
    nodes: tuple[NodeWeight, ...]
    consistency: tuple[Consistency, ...]
    own: tuple[OwnWeights, ...]


def weighted(scores: Scores, declared: MethodSettings) -> Weighted:
    """The weights ``scores`` stand on, beside those declared.

    ``declared``: the framework's own method, whose ``area_weight`` says how declared weights meet
    columns that are absent. Only measured nodes are told.
    """
    fitted = scores.fitted
    heights = sorted({fitted.tree.height(b.group) for b in fitted.boughs})
    return Weighted(
        {f"level{h}": fitted.framework.method.at("weight", h).id for h in heights},
        tuple(_nodes(fitted, declared)),
        tuple(consistency(fitted)),
        tuple(_own(scores, b) for b in fitted.boughs if _per_unit(fitted, b)),
    )


def consistency(fitted: Fitted) -> Iterator[Consistency]:
    """The consistency of the judgements on each group weighed by pairs; two cannot disagree."""
    for bough in fitted.boughs:
        method = fitted.framework.method.at("weight", fitted.tree.height(bough.group))
        ids = [fitted.tree.ids[child] for child in bough.children]
        if isinstance(method, Ahp) and len(ids) > 2 and method.asked_about(ids):
            told = method.judged(ids)
            yield Consistency(
                fitted.tree.ids[bough.group],
                len(bough.children),
                told.lambda_max,
                number(told.consistency_ratio),
            )


def _nodes(fitted: Fitted, method: MethodSettings) -> Iterator[NodeWeight]:
    tree, held = fitted.tree, fitted.weights
    declared = declared_weights(fitted, method)

    def walk(node: int, depth: int) -> Iterator[NodeWeight]:
        """``node``, then the measured nodes below it."""
        yield NodeWeight(
            tree.ids[node],
            tree.ids[tree.parent[node]] if depth else None,
            depth,
            declared.local[node],
            declared.effective[node],
            held.local[node],
            held.effective[node],
        )
        for child in tree.children(node):
            if held.measured[child] > 0:
                yield from walk(child, depth + 1)

    yield from walk(tree.root, 0)


def _per_unit(fitted: Fitted, bough: Bough) -> bool:
    method = fitted.framework.method.at("weight", fitted.tree.height(bough.group))
    return bool(method.per_unit) and len(bough.children) > 1


def _own(scores: Scores, bough: Bough) -> OwnWeights:
    tree = scores.fitted.tree
    parts = np.column_stack([scores.node(child) for child in bough.children])
    points = bough.joiner.combine(parts, bough.weights, bough.standard).points
    score = scores.node(bough.group)
    whole = np.where(score > 0, points.sum(axis=1), np.nan)[:, None]
    shares = np.where(np.isnan(parts), 0.0, points) / np.where(whole > 0, whole, np.nan)
    data = scores.data
    return OwnWeights(
        tree.ids[bough.group],
        tuple(tree.ids[child] for child in bough.children),
        tuple(
            UnitShares(unit, period, number(score[row]), tuple(map(number, shares[row])))
            for row, (unit, period) in enumerate(zip(data.units, data.periods, strict=True))
        ),
    )
