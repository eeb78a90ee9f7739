"""The tree in many variants at once: weights differ from variant to variant, the rest does not.

A group whose scores are weighted sums of complete columns is one matrix product over all variants;
so is a group above such groups, whose effective weights are products. What is missing, joined
otherwise or read with an error is worked out child by child.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from stiscore.methods.aggregate import Arithmetic, Geometric, NonPositive
from stiscore.methods.base import Array, Mask
from stiscore.methods.climb import Bough
from stiscore.robust.places import together

Bend = Callable[[Array], Array]
_ONE = np.ones((1, 1))


class Setting(NamedTuple):
    """All that the variants of one configuration have in common.

    ``leaves``: (units, leaves), normalised, NaN missing. ``boughs``: the groups at work, from the
    leaves up, with the weights that variants multiply; ``top`` is the index. ``scored``: (units,
    nodes), where a node has a score under the configuration's own weights; a variant takes none
    away by coverage and adds none. ``fills``: whether a unit that lacks an area has the median
    there of all units that have it; else the rest of its areas count for it. ``tie``: scores this
    close are equal. ``fixed``: whether units are compared with the reference as it was learned,
    whatever varies; else with the units of this table as each variant has them.
    """

    leaves: Array
    boughs: tuple[Bough, ...]
    top: int
    scored: Mask
    fills: bool
    tie: float
    fixed: bool = False


def climb_variants(
    setting: Setting,
    multipliers: Array,
    groups: Sequence[int],
    noise: Mapping[int, Array] | None = None,
) -> list[Array]:
    """Scores of some groups in every variant, (draws, units) each, or (1, units) when all agree.

    ``multipliers``: (draws, nodes), 0 or more, by which each node's weight in its parent is
    multiplied before weights are brought to a sum of 1; a node with 0 is left out, a group without
    any child left has no score. ``noise``: by leaf its scores in every variant, (draws, units).
    """
    ascent = _Ascent(setting, multipliers, noise or {})
    return [ascent.score(group) for group in groups]


class _Weighed(NamedTuple):
    """Weights of a group's children, (draws or 1, children), and what they summed to before.

    They sum to 1; where no child is left they are all 0.
    """

    shares: Array
    mass: Array


class _Line(NamedTuple):
    """A group as one weighted sum: (draws, leaves) or (1, leaves), and the leaves' places."""

    weights: Array
    leaves: tuple[int, ...]


@dataclass(slots=True)
class _Ascent:
    """One block of variants on its way up; what is known of a group is worked out once."""

    setting: Setting
    multipliers: Array
    noise: Mapping[int, Array]
    _scores: dict[int, Array] = field(default_factory=dict)
    _lines: dict[int, _Line | None] = field(default_factory=dict)
    _weights: dict[int, _Weighed] = field(default_factory=dict)

    def score(self, place: int) -> Array:
        """Scores of a node."""
        if place < self.setting.leaves.shape[1]:
            return self.noise.get(place, self.setting.leaves[None, :, place])
        if place not in self._scores:
            self._scores[place] = self._held(self._bough(place))
        return self._scores[place]

    def _bough(self, group: int) -> Bough:
        return next(b for b in self.setting.boughs if b.group == group)

    def _held(self, bough: Bough) -> Array:
        """A group's scores, missing where it has none."""
        told = self._plain(bough)
        if told is None:
            line = self._line(bough.group)
            told = line.weights @ self._columns(line.leaves) if line else self._joined(bough)
            empty: Mask = self._weighed(bough).mass[:, 0] == 0
            if empty.any():
                told = np.where(empty[:, None], np.nan, told)
        scored = self.setting.scored[:, bough.group]
        held: Array = told if scored.all() else np.where(scored, told, np.nan)
        return held

    def _plain(self, bough: Bough) -> Array | None:
        """The weighted mean of leaves that are all there, None where the group is anything else.

        Divided by the sum of the weights last: there are fewer scores than weights.
        """
        if not isinstance(bough.joiner, Arithmetic) or not self._whole(bough.children):
            return None
        factors, own = self.multipliers[:, together(bough.children)], np.array(bough.weights)
        if _unvaried(factors):
            factors = factors[:1]
        told: Array = factors @ (own[:, None] * self._columns(bough.children))
        with np.errstate(invalid="ignore"):
            told /= (factors @ own)[:, None]
        return told

    def _columns(self, leaves: tuple[int, ...]) -> Array:
        """Scores of some leaves, (leaves, units), row by row in memory."""
        return np.ascontiguousarray(self.setting.leaves[:, leaves].T)

    def _joined(self, bough: Bough) -> Array:
        """Child by child, as the group's method has it."""
        joiner = bough.joiner
        if isinstance(joiner, Arithmetic):
            return self._mean(bough, _as_it_is)
        # Without a floor the method itself must see to scores that are not positive.
        if isinstance(joiner, Geometric) and (joiner.floor is not None or self._positive(bough)):
            floor = joiner.floor or 0.0
            return np.exp(self._mean(bough, lambda scores: np.log(np.maximum(scores, floor))))
        return self._by_method(bough)

    def _positive(self, bough: Bough) -> bool:
        return not any((self._entering(child, bough) <= 0).any() for child in bough.children)

    def _weighed(self, bough: Bough) -> _Weighed:
        """Multiplied weights of the children; one row where nothing varies."""
        if bough.group not in self._weights:
            factors, own = self.multipliers[:, together(bough.children)], np.array([bough.weights])
            shares = own if _unvaried(factors) else factors * own
            mass = shares.sum(axis=1, keepdims=True)
            # In place: fresh memory costs more than the division.
            np.divide(shares, mass, out=shares, where=True if mass.all() else mass > 0)
            self._weights[bough.group] = _Weighed(shares, mass)
        return self._weights[bough.group]

    def _line(self, group: int) -> _Line | None:
        """The group as one weighted sum, None where it is none for every unit."""
        if group not in self._lines:
            self._lines[group] = self._drawn(self._bough(group))
        return self._lines[group]

    def _drawn(self, bough: Bough) -> _Line | None:
        if not isinstance(bough.joiner, Arithmetic):
            return None
        if self._whole(bough.children):
            return _Line(self._weighed(bough).shares, bough.children)
        below = [self._complete(child) for child in bough.children]
        lines = [line for line in below if line is not None]
        if len(lines) < len(below):
            return None
        shares, places = self._weighed(bough).shares, sum((line.leaves for line in lines), ())
        draws = max(len(shares), *(len(line.weights) for line in lines))
        whole, first = np.empty((draws, len(places))), 0
        for at, line in enumerate(lines):
            part = whole[:, first : first + len(line.leaves)]
            np.multiply(shares[:, at : at + 1], line.weights, out=part)
            first += len(line.leaves)
        return _Line(whole, places)

    def _complete(self, child: int) -> _Line | None:
        """A child as a weighted sum, None where it is none or some unit has no score in it."""
        if child >= self.setting.leaves.shape[1]:
            return self._line(child) if self.setting.scored[:, child].all() else None
        return _Line(_ONE, (child,)) if self._whole((child,)) else None

    def _whole(self, nodes: tuple[int, ...]) -> bool:
        """Whether they are leaves, there for every unit, and the same in every variant."""
        leaves = self.setting.leaves
        if max(nodes) >= leaves.shape[1] or not self.noise.keys().isdisjoint(nodes):
            return False
        return not np.isnan(leaves[:, together(nodes)]).any()

    def _entering(self, child: int, bough: Bough) -> Array:
        """A child's scores as they enter its parent; filled with the peers' median at the top."""
        scores = self.score(child)
        if self.setting.fills and bough.group == self.setting.top:
            return _with_median(scores)
        return scores

    def _mean(self, bough: Bough, bend: Bend) -> Array:
        """Weighted mean of bent scores over the children each unit has."""
        weights, leaves = self._weighed(bough).shares, self.setting.leaves
        fills = self.setting.fills and bough.group == self.setting.top
        still = [
            at
            for at, child in enumerate(bough.children)
            if child < leaves.shape[1] and child not in self.noise and not fills
        ]
        total, mass = np.zeros((1, leaves.shape[0])), np.zeros((1, 1))
        if still:
            parts = bend(np.ascontiguousarray(leaves[:, [bough.children[at] for at in still]]))
            held = ~np.isnan(parts)
            taken = np.ascontiguousarray(weights[:, still])
            total = taken @ np.where(held, parts, 0.0).T
            whole = held.all()
            mass = taken.sum(axis=1, keepdims=True) if whole else taken @ held.T.astype(np.float64)
        for at in sorted({*range(len(bough.children))} - {*still}):
            scores = bend(self._entering(bough.children[at], bough))
            held, weight = ~np.isnan(scores), weights[:, at : at + 1]
            whole = held.all()
            total = total + weight * (scores if whole else np.where(held, scores, 0.0))
            mass = mass + (weight if whole else weight * held)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean: Array = total / mass
        return mean

    def _by_method(self, bough: Bough) -> Array:
        """Through the method itself: all variants at once where it looks at one row at a time."""
        parts = [self._entering(child, bough) for child in bough.children]
        weights, joiner = self._weighed(bough).shares, bough.joiner
        draws, units = max(len(p) for p in (weights, *parts)), self.setting.leaves.shape[0]
        still = all(len(p) == 1 for p in parts)
        # Whoever has other scores than once learned is compared with the others as they now are.
        standard = bough.standard if self.setting.fixed or self._as_learned(bough) else None
        if draws == 1:
            return self._one(bough, parts, weights, 0, standard)[None, :]
        if still and joiner.per_unit:
            left = self.multipliers[:, bough.children] > 0
            _, first, back = np.unique(left, axis=0, return_index=True, return_inverse=True)
            told = np.array([self._one(bough, parts, weights, d, standard) for d in first])
            return told if len(first) == 1 else told[back.reshape(-1)]
        if joiner.per_unit or joiner.compares:
            each = [self._one(bough, parts, weights, d, standard) for d in range(draws)]
            return np.array(each)
        wide = np.stack([np.broadcast_to(p, (draws, units)).ravel() for p in parts], axis=1)
        spread = [np.repeat(np.broadcast_to(w, draws), units) for w in weights.T]
        try:
            return joiner.combine(wide, spread, points=False).score.reshape(draws, units)  # type: ignore[arg-type]
        except NonPositive:
            return np.array([self._one(bough, parts, weights, d, standard) for d in range(draws)])

    def _as_learned(self, bough: Bough) -> bool:
        """Whether the children have the configuration's own scores: none varied, none filled."""
        fills = self.setting.fills and bough.group == self.setting.top
        if fills and any(np.isnan(self.score(child)).any() for child in bough.children):
            return False
        return all(self._still(child) for child in bough.children)

    def _still(self, place: int) -> bool:
        if place < self.setting.leaves.shape[1]:
            return place not in self.noise
        bough = self._bough(place)
        same = _unvaried(self.multipliers[:, bough.children])
        return same and all(self._still(child) for child in bough.children)

    def _one(
        self,
        bough: Bough,
        parts: Sequence[Array],
        weights: Array,
        draw: int,
        standard: Array | None,
    ) -> Array:
        """One variant without the children it leaves out, (units,).

        All missing where none is left, or where the method refuses a score.
        """
        left = np.flatnonzero(self.multipliers[draw, bough.children]).tolist()
        if not left:
            return np.full(self.setting.leaves.shape[0], np.nan)
        held = np.column_stack([parts[at][draw if len(parts[at]) > 1 else 0] for at in left])
        shares = weights[draw if len(weights) > 1 else 0, left].tolist()
        others = None if standard is None else np.ascontiguousarray(standard[:, left])
        try:
            return bough.joiner.combine(held, shares, others, points=False).score
        except NonPositive:
            return np.full(held.shape[0], np.nan)


def _unvaried(factors: Array) -> bool:
    """Whether no weight is multiplied; mostly the first variant tells."""
    return bool((factors[:1] == 1.0).all() and (factors == 1.0).all())


def _as_it_is(scores: Array) -> Array:
    return scores


def _with_median(scores: Array) -> Array:
    """Missing scores replaced by the median of the units that have one, variant by variant."""
    missing = np.isnan(scores)
    some = np.flatnonzero(missing.any(axis=1) & ~missing.all(axis=1))
    if not some.size:
        return scores
    told, lacking = scores.copy(), missing[some]
    told[some] = np.where(lacking, _medians(scores[some])[:, None], scores[some])
    return told


def _medians(scores: Array) -> Array:
    """The median of what each row has, (draws,).

    ``numpy.median`` imports numpy.ma, which takes longer than a thousand variants do.
    """
    ordered, rows = np.sort(scores, axis=1), np.arange(len(scores))
    held = scores.shape[1] - np.isnan(scores).sum(axis=1)
    told: Array = (ordered[rows, (held - 1) // 2] + ordered[rows, held // 2]) / 2
    return told
