"""Weights by the spread and the conflict of the children's scores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Mask, Unfit
from stiscore.methods.correlation import correlate
from stiscore.methods.siblings import Siblings, Weighing, complete, listed, near_one

# Correlations this near 1 differ from it by rounding alone.
_ROUNDING = 1e-12


class Entropy(Weighing):
    """Shannon entropy: a child weighs more the more unevenly its scores are spread over the units.

    ``p = x / sum(x)``, ``E = -sum(p ln p) / ln n`` over the n units with a score, ``w`` in
    proportion to ``1 - E``. Scores of 0 or more. Range: 0-1. Missing values are left out of their
    column. A constant child weighs 0. Depends on where the scale starts, as any ratio does. Raises
    ValueError with fewer than two values of a child, a negative score, or all children constant.

    Reference: Shannon (1948); Hwang and Yoon (1981), Multiple Attribute Decision Making, p. 52.

    >>> entropy(np.array([[1.0, 1.0], [1.0, 3.0]]))
    array([0., 1.])
    """

    id: Literal["entropy"] = "entropy"
    uses_data: ClassVar[bool] = True
    reference: ClassVar[str] = "Hwang and Yoon (1981), Multiple Attribute Decision Making"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        parts = self._enough(siblings, 2)
        self._refuse(siblings, (parts < 0).any(axis=0), "below_zero")
        return _plain(entropy(parts))


class Critic(Weighing):
    """CRITIC: spread times conflict with the siblings.

    ``w_j`` in proportion to ``s_j sum_k (1 - r_jk)``: ``s`` the standard deviation after min-max
    over the units, ``r`` the correlation (``pearson`` or ``spearman``). Scores are after direction,
    so cost columns are turned already, as scikit-criteria does it; pymcdm and objective-weighting
    ignore direction, and agree only where all columns are benefits. Range: 0-1. Missing values: a
    pair uses the units that have both. A constant child weighs 0 and conflicts with none. Raises
    ValueError with fewer than three values of a child, a pair that fewer than three units have, or
    no spread or conflict at all.

    Reference: Diakoulaki, Mavrotas and Papayannakis (1995), Determining objective weights in
    multiple criteria problems: the CRITIC method, Computers & Operations Research 22, 763-770.

    >>> critic(np.array([[0.0, 0.0, 3.0], [1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])).round(6)
    array([0.25, 0.25, 0.5 ])
    """

    id: Literal["critic"] = "critic"
    correlation: Literal["pearson", "spearman"] = "pearson"
    uses_data: ClassVar[bool] = True
    reference: ClassVar[str] = "Diakoulaki, Mavrotas and Papayannakis (1995)"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        parts = self._enough(siblings, 3)
        held = (~np.isnan(parts)).astype(np.float64)
        apart = np.argwhere(np.triu(held.T @ held < 3, 1))
        if apart.size:
            pair = listed([siblings.ids[i] for i in apart[0]])
            raise Unfit("few_pairs", f"it needs 3 units with both of {pair}", names=pair)
        return _plain(critic(parts, self.correlation))


class StandardDeviation(Weighing):
    """A child weighs in proportion to the standard deviation of its scores.

    ``w = s / sum(s)`` on the scores as normalised. Range: 0-1. Missing values are left out of their
    column. A constant child weighs 0. Raises ValueError with fewer than two values of a child, or
    all children constant.

    Reference: Diakoulaki, Mavrotas and Papayannakis (1995), section 2.

    >>> standard_deviation(np.array([[1.0, 3.0], [2.0, 6.0]]))
    array([0.25, 0.75])
    """

    id: Literal["standard-deviation"] = "standard-deviation"
    uses_data: ClassVar[bool] = True
    reference: ClassVar[str] = "Diakoulaki, Mavrotas and Papayannakis (1995)"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        return _plain(standard_deviation(self._enough(siblings, 2)))


class Merec(Weighing):
    """MEREC: a child weighs what its removal changes.

    With ``n = min(x) / x`` and ``S = ln(1 + mean_j |ln n_j|)``, ``w_j`` in proportion to the sum
    over the units of ``|S without j - S|``. Scores above 0 are needed; ``floor`` raises lower ones
    to it. Range: 0-1. Missing values: units that have every child count. A constant child weighs 0.
    Raises ValueError with fewer than two such units, a score of 0 or below, or all children
    constant.

    Reference: Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene (2021),
    Determination of objective weights using a new method based on the removal effects of criteria
    (MEREC), Symmetry 13, 525.

    >>> merec(np.array([[1.0, 5.0], [2.0, 5.0]]))
    array([1., 0.])
    """

    id: Literal["merec"] = "merec"
    floor: Annotated[float, Field(gt=0)] | None = None
    uses_data: ClassVar[bool] = True
    reference: ClassVar[str] = "Keshavarz-Ghorabaee et al. (2021), Symmetry 13, 525"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        rows = complete(siblings, least=2)
        if self.floor is not None:
            rows = np.maximum(rows, self.floor)
        self._refuse(siblings, (rows <= 0).any(axis=0), "not_positive")
        return _plain(merec(rows))


def entropy(matrix: Array) -> Array:
    """Entropy weights (columns,) of ``matrix`` (units, columns), 0 or more; see Entropy.

    Missing values (NaN) are left out of their column. NaN throughout when no column varies.
    """
    here = ~np.isnan(matrix)
    top = np.max(matrix, axis=0, initial=0.0, where=here)
    held = np.where(here, matrix, 0.0) / np.where(top > 0, top, 1.0)
    total = held.sum(axis=0)
    p = held / np.where(total > 0, total, 1.0)
    logs = np.log(np.where(p > 0, p, 1.0))
    even = -(p * logs).sum(axis=0) / np.log(np.maximum(here.sum(axis=0), 2))
    return _shares(np.where(_varies(matrix), np.maximum(1 - even, 0.0), 0.0))


def critic(
    matrix: Array, correlation: Literal["pearson", "spearman"] = "pearson", *, scale: bool = True
) -> Array:
    """CRITIC weights (columns,) of ``matrix`` (units, columns); see Critic.

    ``scale``: min-max before the standard deviation is taken. NaN throughout when no column varies,
    or none conflicts with another.
    """
    varies = _varies(matrix)
    conflict = 1 - correlate(correlation, matrix).r
    conflict = np.where(np.isnan(conflict) | (conflict < _ROUNDING), 0.0, conflict).sum(axis=1)
    spread = _spread(_min_max(matrix) if scale else near_one(matrix, each=False))
    return _shares(np.where(varies, spread * conflict, 0.0))


def standard_deviation(matrix: Array) -> Array:
    """Standard deviations of the columns of ``matrix`` (units, columns) over their sum.

    Missing values (NaN) are left out of their column. NaN throughout when no column varies.
    """
    return _shares(np.where(_varies(matrix), _spread(near_one(matrix, each=False)), 0.0))


def merec(matrix: Array, benefit: Mask | None = None) -> Array:
    """MEREC weights (columns,) of ``matrix`` (units, columns), above 0, none missing; see Merec.

    ``benefit``: False for columns where less is better, ``n = x / max(x)`` there; None: all are
    benefits. NaN throughout when no column varies.
    """
    logs = np.log(matrix)
    better = np.ones(matrix.shape[1], dtype=bool) if benefit is None else benefit
    sizes = np.where(better, logs - logs.min(axis=0), logs.max(axis=0) - logs)
    total, count = sizes.sum(axis=1, keepdims=True), matrix.shape[1]
    without = np.log1p(np.maximum(total - sizes, 0.0) / count)
    return _shares(np.abs(without - np.log1p(total / count)).sum(axis=0))


def _plain(weights: Array) -> list[float]:
    """Weights as numbers; none where nothing weighs, for ``weigh`` to refuse."""
    return np.nan_to_num(weights).tolist()  # type: ignore[no-any-return]


def _shares(weights: Array) -> Array:
    total = weights.sum()
    if not total > 0:
        return np.full(weights.shape, np.nan)
    told: Array = weights / total
    return told


def _varies(matrix: Array) -> Mask:
    here = ~np.isnan(matrix)
    highest = np.max(matrix, axis=0, initial=-np.inf, where=here)
    varies: Mask = highest > np.min(matrix, axis=0, initial=np.inf, where=here)
    return varies


def _min_max(matrix: Array) -> Array:
    """Every column from 0 to 1; constant ones 0."""
    here, halved = ~np.isnan(matrix), matrix / 2
    low = np.min(halved, axis=0, initial=np.inf, where=here)
    span = np.max(halved, axis=0, initial=-np.inf, where=here) - low
    scaled: Array = (halved - low) / np.where(span > 0, span, 1.0)
    return scaled


def _spread(matrix: Array) -> Array:
    """Population standard deviation of each column over the values it has."""
    here = ~np.isnan(matrix)
    count = np.maximum(here.sum(axis=0), 1)
    held = np.where(here, matrix, 0.0)
    off = np.where(here, held - held.sum(axis=0) / count, 0.0)
    spread: Array = np.sqrt((off * off).sum(axis=0) / count)
    return spread
