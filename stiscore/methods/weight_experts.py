"""Weights that people give: points out of a budget, and judgements pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field, model_validator

from stiscore.methods.base import Array, Unfit
from stiscore.methods.siblings import Siblings, Weighing, listed

AreaWeight = Literal["scaled", "equal"]

# Mean consistency index of random judgements on 1 to 15 things: Saaty (1980).
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
# Two readings of one judgement that differ by less than rounding agree.
_ALIKE = 1e-3


def scaled(weights: Iterable[float], siblings: Siblings, by: AreaWeight) -> list[float]:
    """Weights times the measured share of each child, or as they are."""
    if by == "equal":
        return list(weights)
    return [w * m for w, m in zip(weights, siblings.measured, strict=True)]


class Budget(Weighing):
    """Budget allocation: each expert shares out points, and the shares are averaged.

    ``points``: expert to node to points, 0 or more. An expert's share of a child is its points over
    those the expert gave to the measured children of the parent; experts who gave them none are
    left out. The weight is the mean share, times the child's measured share as under ``declared``
    (``area_weight``). A group nobody gave points keeps its declared weights. Range: 0-1. The scores
    play no part, missing or not.

    Reference: OECD/JRC Handbook (2008), section 6.5.

    >>> told = {"Li": {"a": 60.0, "b": 40.0}, "Wu": {"a": 1.0, "b": 3.0}, "Xu": {"c": 9.0}}
    >>> two = Siblings(("a", "b"), (1.0, 1.0), (1.0, 1.0), (1, 1), np.ones((3, 2)))
    >>> [round(w, 3) for w in Budget(points=told).weigh(two)]
    [0.425, 0.575]
    """

    id: Literal["budget"] = "budget"
    points: dict[str, dict[str, Annotated[float, Field(ge=0)]]] = Field(default_factory=dict)
    area_weight: AreaWeight = "scaled"
    required: ClassVar[str | None] = "points"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.5"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        means = [0.0] * len(siblings.ids)
        experts = 0
        for given in self.points.values():
            own = [given.get(child, 0.0) for child in siblings.ids]
            if (most := max(own)) > 0:
                experts += 1
                near = [points / most for points in own]
                means = [mean + near[j] / sum(near) for j, mean in enumerate(means)]
        if not experts and self.points:
            return scaled(siblings.declared, siblings, self.area_weight)
        if not experts:
            names = listed(siblings.ids)
            raise Unfit("no_points", f"no expert has points for {names}", names=names)
        return scaled([mean / experts for mean in means], siblings, self.area_weight)


class Judged(NamedTuple):
    """What pairwise judgements come to.

    ``weights`` sum to 1; ``lambda_max`` is the principal eigenvalue, the number of things when the
    judgements are consistent; ``consistency_ratio`` is 0 then, and should stay below 0.1. NaN above
    15 things, where Saaty gives no random index.
    """

    weights: Array
    lambda_max: float
    consistency_ratio: float


def ahp(matrix: Array) -> Judged:
    """Weights from a matrix of pairwise judgements, (things, things).

    ``matrix[i, j]``: how many times as important i is as j; positive, ``1 / matrix[j, i]``. Weights
    are its principal eigenvector; ``CI = (lambda_max - n) / (n - 1)`` and ``CR = CI / RI``. No
    missing values: raises ValueError where an entry is missing or not positive.

    Reference: Saaty (1977), Journal of Mathematical Psychology 15, 234-281; Saaty (1980).

    >>> weights, largest, ratio = ahp(np.array([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]]))
    >>> weights.round(6), round(largest, 9), round(abs(ratio), 9)
    (array([0.6, 0.3, 0.1]), 3.0, 0.0)
    """
    if not (matrix > 0).all():
        message = "a pairwise judgement is missing or not positive"
        raise ValueError(message)
    size = matrix.shape[0]
    values, vectors = np.linalg.eig(matrix)
    principal = int(values.real.argmax())
    # Positive by Perron's theorem; one more product keeps rounding from saying otherwise.
    vector = matrix @ np.abs(vectors[:, principal].real)
    largest = float(values.real[principal])
    index = (largest - size) / (size - 1) if size > 1 else 0.0
    random = RANDOM_INDEX[size - 1] if size <= len(RANDOM_INDEX) else float("nan")
    return Judged(vector / vector.sum(), largest, index / random if random else 0.0)


class Ahp(Weighing):
    """Analytic hierarchy process: weights from judgements on pairs, by the principal eigenvector.

    ``judgements``: ``{"a/b": 3.0}`` says that a is 3 times as important as b; 1 to 9 and their
    reciprocals by custom. Every pair of measured children must be judged, in either order. The
    eigenvector's weight is taken times the child's measured share as under ``declared``
    (``area_weight``). Range: 0-1. The scores play no part, missing or not. Raises ValueError naming
    the pairs that have no judgement.

    Reference: OECD/JRC Handbook (2008), section 6.7; Saaty (1977), Journal of Mathematical
    Psychology 15, 234-281.

    >>> three = Siblings(("a", "b", "c"), (1.0,) * 3, (1.0,) * 3, (1,) * 3, np.ones((3, 3)))
    >>> method = Ahp(judgements={"a/b": 2.0, "c/b": 1 / 3, "a/c": 6.0})
    >>> [round(w, 6) for w in method.weigh(three)]
    [0.6, 0.3, 0.1]
    """

    id: Literal["ahp"] = "ahp"
    judgements: dict[
        Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")], Annotated[float, Field(ge=1e-9, le=1e9)]
    ] = Field(default_factory=dict)
    area_weight: AreaWeight = "scaled"
    required: ClassVar[str | None] = "judgements"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.7; Saaty (1977)"

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Ahp:
        for pair, judged in self.judgements.items():
            one, other = pair.split("/")
            back = self.judgements.get(f"{other}/{one}", 1 / judged)
            if abs(back * judged - 1) > _ALIKE:
                message = f"{pair} and {other}/{one} contradict each other"
                raise Unfit("contradiction", message, pair=pair, back=f"{other}/{one}")
        return self

    def judged(self, ids: Sequence[str]) -> Judged:
        """Weights and consistency of the children ``ids``; ValueError where a pair is missing."""
        matrix, missing = np.eye(len(ids)), []
        for (i, one), (j, other) in combinations(enumerate(ids), 2):
            direct = self.judgements.get(f"{one}/{other}")
            back = self.judgements.get(f"{other}/{one}")
            if direct is None and back is None:
                missing.append(f"{one}/{other}")
                continue
            matrix[i, j] = direct or 1 / (back or 1.0)
            matrix[j, i] = 1 / matrix[i, j]
        if missing:
            pairs = listed(missing)
            raise Unfit("no_judgement", f"there is no judgement on {pairs}", names=pairs)
        return ahp(matrix)

    def asked_about(self, ids: Sequence[str]) -> bool:
        """Whether there is a judgement on any two of the children ``ids``."""
        known = {frozenset(pair.split("/")) for pair in self.judgements}
        return any(frozenset(pair) in known for pair in combinations(ids, 2))

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        if self.judgements and not self.asked_about(siblings.ids):
            return scaled(siblings.declared, siblings, self.area_weight)
        told: list[float] = self.judged(siblings.ids).weights.tolist()
        return scaled(told, siblings, self.area_weight)
