"""Fitted scales and the scores made with them.

``Fitted`` is what the reference data taught: a handful of numbers a column, saved as JSON, so that
another year, a single unit or a part of a big table can be put on the same scale. ``Scores`` keeps
every stage of every unit. Ranks belong to collected scores, never to the scoring of a part.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from stiscore.dataset import Dataset
from stiscore.framework.model import Framework, Group, Indicator, Strict
from stiscore.methods.base import Array, Mask
from stiscore.methods.climb import Bough, Joiner, boughs, points
from stiscore.methods.impute import Fills
from stiscore.methods.maps import ColumnMap
from stiscore.methods.treat import Treated
from stiscore.methods.tree import Tree
from stiscore.methods.weight import Weights

# Scores closer than this share of the scale are equal: summation noise must not order them.
TIE_TOLERANCE = 1e-9

Ranks = npt.NDArray[np.int64]


class Reference(Strict):
    """The data a frame was fitted on."""

    units: int
    periods: tuple[str | None, ...]
    digest: str = Field(description="Dataset.digest of the reference")


class FittedWeights(Strict):
    """Weights by node of the tree; see methods.weight.Weights."""

    local: tuple[float, ...]
    effective: tuple[float, ...]
    measured: tuple[float, ...]


class Filling(Strict):
    """How missing values of some columns are filled; ``family`` names the grouping of units."""

    columns: tuple[str, ...]
    family: str | tuple[str, ...] | None = None
    fills: Fills


class Fitted(Strict):
    """A frame: the framework as resolved, and all that was learned from the reference data.

    ``columns`` are the scored indicators that have a column, in framework order. What follows them
    is in the order of the stages: ``fillings`` for missing values, one entry of ``treatments`` and
    of ``maps`` a column (no treatments: none at all). ``standards``: the reference units' scores of
    a group's children, where rows are compared with them. ``superseded`` are proxies left out
    because the indicator they stand for has a column.
    """

    schema_: Literal["stiscore.frame/1"] = Field(default="stiscore.frame/1", alias="schema")
    stiscore: str
    framework: Framework
    level: str
    columns: tuple[str, ...]
    fillings: tuple[Filling, ...] = ()
    treatments: tuple[Treated, ...] = ()
    maps: tuple[ColumnMap, ...]
    standards: dict[str, tuple[tuple[float | None, ...], ...]] = Field(default_factory=dict)
    superseded: tuple[str, ...] = ()
    weights: FittedWeights
    reference: Reference

    @model_validator(mode="after")
    def _hangs_together(self) -> "Fitted":
        """A frame from a file may say anything; what does not fit together is refused."""
        if self.level not in self.framework.levels:
            message = f"the framework has no level {self.level}"
            raise ValueError(message)
        nodes = len(self.tree.ids)
        sizes = {
            len(w) for w in (self.weights.local, self.weights.effective, self.weights.measured)
        }
        known = set(self.tree.ids[: self.tree.leaves])
        columns = len(self.columns)
        misfit = len(self.maps) != columns or len(self.treatments) not in {0, columns}
        if sizes != {nodes} or misfit or not known >= {*self.columns}:
            message = "columns, maps and weights do not fit the framework"
            raise ValueError(message)
        # Without its standard a group would compare rows with whoever else is scored.
        compared = {self.tree.ids[b.group]: b for b in self.boughs if b.joiner.compares}
        rows = {(group, len(row)) for group, held in self.standards.items() for row in held}
        if {*self.standards} != {*compared} or rows - {
            (group, len(bough.children)) for group, bough in compared.items()
        }:
            message = "what units are compared with does not fit the framework"
            raise ValueError(message)
        return self

    @cached_property
    def tree(self) -> Tree:
        """The scored tree at this level, measured or not; no context, no superseded proxies."""
        return build_tree(self.framework, self.level, frozenset(self.superseded))

    @cached_property
    def leaves(self) -> tuple[Indicator, ...]:
        """The indicators at the tree's leaves, measured or not."""
        by_id = {i.id: i for i in self.framework.indicators}
        return tuple(by_id[leaf] for leaf in self.tree.ids[: self.tree.leaves])

    @property
    def weight_share(self) -> float:
        """Share of the framework's weight at this level that has a column, 0-1."""
        return self.weights.measured[self.tree.root]

    @property
    def ends(self) -> tuple[float, float]:
        """The nominal ends of the scale scores are on."""
        low, high = self.framework.method.normalise.ends(self.reference.units)
        return float(low), float(high)

    def joiner(self, group: int) -> Any:
        """What joins a group's children: weights of each unit's own, or its step's aggregation."""
        return joiner_of(self.framework, self.tree, group)

    @cached_property
    def boughs(self) -> tuple[Bough, ...]:
        """Every measured group at work, from the leaves up."""
        standards = {
            group: np.array([[np.nan if v is None else v for v in row] for row in rows])
            for group, rows in self.standards.items()
        }
        weights = Weights(self.weights.local, self.weights.effective, self.weights.measured)
        return boughs(self.tree, weights, self.joiner, standards)

    def measures(self, place: int) -> bool:
        """Whether a node has a column, or one below it; a method may give it no weight even so."""
        return self.weights.measured[place] > 0

    @property
    def areas(self) -> tuple[int, ...]:
        """Positions of the root's children."""
        return self.tree.children(self.tree.root)


def joiner_of(framework: Framework, tree: Tree, group: int) -> Joiner:
    """The weight method of a group's step when it gives each unit its own, else the aggregation."""
    height = tree.height(group)
    weigher = framework.method.at("weight", height)
    joiner: Joiner = weigher if weigher.per_unit else framework.method.at("aggregate", height)
    return joiner


def build_tree(framework: Framework, level: str, left_out: frozenset[str] = frozenset()) -> Tree:
    """The framework at one level as a numeric tree; branches without scored leaves fall away."""
    leaves = [i for i in framework.scored_at(level) if i.id not in left_out]
    alive = {i.id for i in leaves}
    groups: list[Group] = []
    for group in framework.groups:
        if any(child.id in alive for child in group.children):
            alive.add(group.id)
            groups.append(group)
    nodes: list[Group | Indicator] = [*leaves, *groups]
    place = {node.id: i for i, node in enumerate(nodes)}
    parents = framework.parents
    return Tree(
        ids=tuple(node.id for node in nodes),
        parent=tuple(place[parents[node.id]] if node.id in parents else -1 for node in nodes),
        weight=tuple(node.weight for node in nodes),
        leaves=len(leaves),
        standins=frozenset(i for i, leaf in enumerate(leaves) if leaf.proxy_for in place),
    )


@dataclass(frozen=True, eq=False)
class Scores:
    """Every stage of every row, in the order of ``data``; columns are the nodes of ``fitted.tree``.

    ``raw``, ``filled``, ``treated``, ``normalised``: (rows, leaves), as read or derived, after
    imputation, after treatment, and on the scale; a stage that does nothing hands on the array it
    was given. ``groups``, ``coverage``: (rows, groups); a score is NaN where too little was there,
    and coverage counts what was read, not what was filled. ``floored``: (rows, nodes), where a
    floor served. ``excluded``: (rows,), screened out and therefore without any score.
    """

    fitted: Fitted
    data: Dataset
    raw: Array
    filled: Array
    treated: Array
    normalised: Array
    groups: Array
    coverage: Array
    floored: Mask
    excluded: Mask

    @cached_property
    def points(self) -> Array:
        """What a node adds to the index, (rows, nodes); those of the root's children sum to it."""
        nodes = np.column_stack([self.normalised, self.groups])
        return points(self.fitted.tree, self.fitted.boughs, nodes)

    @cached_property
    def imputed(self) -> Mask:
        """Where a missing value was filled, (rows, leaves)."""
        if self.filled is self.raw:
            return np.zeros(self.raw.shape, dtype=np.bool_)
        held: Mask = np.isnan(self.raw) & ~np.isnan(self.filled)
        return held

    @property
    def index(self) -> Array:
        """The composite, (rows,)."""
        return self.groups[:, -1]

    def node(self, place: int) -> Array:
        """Scores of any node of the tree, (rows,)."""
        leaves = self.fitted.tree.leaves
        return self.normalised[:, place] if place < leaves else self.groups[:, place - leaves]

    @property
    def absent_areas(self) -> Mask:
        """Where a measured area has no score: (rows, measured areas)."""
        measured = [a for a in self.fitted.areas if self.fitted.measures(a)]
        absent: Mask = np.isnan(np.column_stack([self.node(a) for a in measured]))
        return absent

    @property
    def ranked(self) -> Mask:
        """Which rows have enough behind them to be ranked."""
        rules = self.fitted.framework.method.coverage
        missing = self.absent_areas.sum(axis=1)
        enough = self.coverage[:, -1] >= rules.min_unit_coverage - 1e-12
        spread: Mask = missing <= rules.max_areas_missing
        ranked: Mask = enough & spread
        return ranked & ~np.isnan(self.index)

    @property
    def measured(self) -> tuple[int, ...]:
        """Positions of the leaves this table has a value for; on a saved frame maybe fewer."""
        held = [i for i in range(self.fitted.tree.leaves) if self.fitted.measures(i)]
        return tuple(i for i in held if not np.isnan(self.raw[:, i]).all())

    @property
    def weight_share(self) -> float:
        """Share of the framework's weight that this table measures, 0-1."""
        fitted = self.fitted
        if len(self.measured) == len(fitted.columns):
            return fitted.weight_share
        return fitted.weight_share * sum(fitted.weights.effective[i] for i in self.measured)

    @property
    def partial(self) -> bool:
        """Whether so little is measured that the number must be called a partial index."""
        return self.weight_share < self.fitted.framework.method.coverage.partial_below

    @property
    def complete(self) -> Mask:
        """Which rows have a score in every measured area."""
        return np.asarray(~self.absent_areas.any(axis=1), dtype=np.bool_)

    @property
    def tie(self) -> float:
        """Scores this close are equal."""
        low, high = self.fitted.ends
        return TIE_TOLERANCE * (high - low)


def rank(scores: Array, tie: float, *, among: Mask | None = None) -> Ranks:
    """Ranks, highest score first; ties share the lowest rank; 0 for missing or not ``among``.

    Neighbours in order that differ by at most ``tie`` are equal.

    >>> rank(np.array([3.0, np.nan, 5.0, 3.0]), 1e-9)
    array([2, 0, 1, 2])
    """
    ranks = np.zeros(scores.shape[0], dtype=np.int64)
    present = ~np.isnan(scores) if among is None else ~np.isnan(scores) & among
    held = np.flatnonzero(present)
    order = held[np.argsort(-scores[held], kind="stable")]
    if order.size:
        falls = np.concatenate(([True], scores[order[:-1]] - scores[order[1:]] > tie))
        ranks[order] = np.maximum.accumulate(np.where(falls, np.arange(1, order.size + 1), 0))
    return ranks


def number(value: float | np.float64) -> float | None:
    """A figure as people and programs are told it: None for missing, NaN never leaves the core."""
    return None if np.isnan(value) else float(value)


def quantile(values: Array, share: float) -> float:
    """The type 7 quantile of values without missing ones; numpy's own loads masked arrays first.

    >>> quantile(np.array([1.0, 2.0, 4.0]), 0.75)
    3.0
    """
    ordered = np.sort(values)
    place = share * (ordered.size - 1)
    below = int(place)
    above = min(below + 1, ordered.size - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))
