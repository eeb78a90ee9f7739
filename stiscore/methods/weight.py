"""Weights: how much each child counts in its parent.

Declared and equal ones stand here; those of experts, of the data and of each unit next door.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from stiscore.methods.siblings import Siblings, Weighing
from stiscore.methods.weight_balanced import Balanced
from stiscore.methods.weight_bod import BenefitOfTheDoubt
from stiscore.methods.weight_data import Critic, Entropy, Merec, StandardDeviation
from stiscore.methods.weight_experts import Ahp, AreaWeight, Budget, scaled
from stiscore.methods.weight_pca import Pca, PcaFirst

__all__ = [
    "Ahp",
    "Balanced",
    "BenefitOfTheDoubt",
    "Budget",
    "Critic",
    "Declared",
    "Entropy",
    "Equal",
    "Merec",
    "Pca",
    "PcaFirst",
    "Siblings",
    "StandardDeviation",
    "Weighing",
    "Weighting",
    "Weights",
]


class Weights(NamedTuple):
    """Weights by node; unmeasured nodes have 0.

    ``local`` sums to 1 inside each measured parent, ``effective`` is the product down the tree and
    sums to 1 over the leaves, ``measured`` is the share of the node's framework weight that has a
    column.
    """

    local: tuple[float, ...]
    effective: tuple[float, ...]
    measured: tuple[float, ...]


class Declared(Weighing):
    """The weights the framework declares, for the columns there are.

    With ``area_weight: scaled`` a child counts ``w m / sum(w m)`` in its parent, ``m`` the share of
    its framework weight that has a column, so that an indicator keeps its importance relative to
    all others however many columns are absent; with ``equal`` it counts ``w / sum(w)`` over the
    children measured at all. Range: 0-1. Missing values play no part.

    Reference: OECD/JRC Handbook (2008), step 6; the scaling rule is ours (docs/adr/0001).

    >>> import numpy as np
    >>> half = Siblings(("a", "b"), (1.0, 1.0), (0.5, 1.0), (1, 2), np.empty((0, 2)))
    >>> [round(w, 3) for w in Declared().weigh(half)]
    [0.333, 0.667]
    """

    id: Literal["declared"] = "declared"
    area_weight: AreaWeight = "scaled"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 6"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        return scaled(siblings.declared, siblings, self.area_weight)


class Equal(Weighing):
    """Equal weights, whatever the framework declares.

    ``among: siblings``: each measured child ``1 / n``; ``among: indicators``: each child counts its
    measured indicators, ``c / sum(c)``, so that all measured indicators of the index weigh alike.
    Range: 0-1. Missing values play no part.

    Reference: OECD/JRC Handbook (2008), step 6.

    >>> import numpy as np
    >>> two = Siblings(("a", "b"), (5.0, 1.0), (1.0, 1.0), (1, 3), np.empty((0, 2)))
    >>> Equal().weigh(two), Equal(among="indicators").weigh(two)
    ((0.5, 0.5), (0.25, 0.75))
    """

    id: Literal["equal"] = "equal"
    among: Literal["siblings", "indicators"] = "siblings"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 6"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        return siblings.counts if self.among == "indicators" else [1.0] * len(siblings.ids)


Weighting = Annotated[
    Declared
    | Equal
    | Budget
    | Ahp
    | Pca
    | PcaFirst
    | Entropy
    | Critic
    | StandardDeviation
    | Merec
    | BenefitOfTheDoubt
    | Balanced,
    Field(discriminator="id"),
]
