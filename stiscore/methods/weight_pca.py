"""Weights by principal components of the children's scores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array
from stiscore.methods.correlation import pearson
from stiscore.methods.siblings import Siblings, Weighing, correlated

_SWEEPS = 1000
_STILL = 1e-13
_ROUNDING = 1e-9


class Components(NamedTuple):
    """``values``: eigenvalues, largest first, (columns,); ``vectors``: (columns, components)."""

    values: Array
    vectors: Array


class Pca(Weighing):
    """Squared loadings on rotated factors, each factor counted by the variance it explains.

    Factors: principal components of the correlation matrix with an eigenvalue above 1 that explain
    more than 10 % of the variance, the first in any case, or as many as ``factors`` says (the
    Handbook keeps 4 for its example); rotated by varimax with Kaiser's normalisation. A child
    belongs to the factor on which it loads highest and weighs in proportion to its squared loading
    there, scaled to the sum of 1 in the factor, times the factor's share of the variance explained.
    Range: 0-1; weights measure what correlates, not what matters, and the sign of a loading is not
    seen. Missing values: units that have every child count. Raises ValueError with fewer such units
    than children and one more (three at least), or for a constant child.

    Reference: Nicoletti, Scarpetta and Boylaud (2000), OECD Economics Department Working Paper 226;
    OECD/JRC Handbook (2008), section 6.1; Kaiser (1958) for the rotation.

    >>> x = np.array([1.0, 2.0, 3.0, 4.0])
    >>> pca(np.column_stack([x, 2 * x])).round(9)
    array([0.5, 0.5])
    """

    id: Literal["pca"] = "pca"
    factors: Annotated[int, Field(ge=1)] | None = None
    uses_data: ClassVar[bool] = True
    reference: ClassVar[str] = "Nicoletti et al. (2000); OECD/JRC Handbook (2008), section 6.1"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        return pca(correlated(siblings), self.factors)


class PcaFirst(Weighing):
    """Loadings on the first principal component of the correlation matrix.

    ``w`` in proportion to the first eigenvector, its sign such that the sum is positive. Range:
    0-1. Missing values: units that have every child count. Raises ValueError with fewer such units
    than children and one more (three at least), for a constant child, and for a child that the
    component counts against the others, since a weight below 0 is none.

    Reference: OECD/JRC Handbook (2008), section 6.1; Jolliffe (2002), Principal Component Analysis.

    >>> x = np.array([1.0, 2.0, 3.0, 4.0])
    >>> pca_first(np.column_stack([x, 2 * x])).round(6)
    array([0.707107, 0.707107])
    """

    id: Literal["pca-first"] = "pca-first"
    uses_data: ClassVar[bool] = True
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.1"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        loadings = pca_first(correlated(siblings))
        self._refuse(siblings, loadings < -_STILL, "mixed_signs")
        return np.maximum(loadings, 0.0)


def components(matrix: Array) -> Components:
    """Eigenvalues and eigenvectors of the correlation matrix of ``matrix`` (units, columns).

    Every vector has the sign that makes its sum positive, or its first entry where the sum is 0. No
    missing values, no constant column.

    >>> components(np.array([[1.0, 3.0], [2.0, 1.0], [3.0, 2.0]])).values
    array([1.5, 0.5])
    """
    values, vectors = np.linalg.eigh(pearson(matrix).r)
    sums = vectors.sum(axis=0)
    lead = np.where(np.abs(sums) > _ROUNDING, sums, vectors[0])
    signs = np.where(lead < 0, -1.0, 1.0)
    return Components(
        np.maximum(values[::-1], 0.0), np.ascontiguousarray((vectors * signs)[:, ::-1])
    )


def pca_first(matrix: Array) -> Array:
    """The first eigenvector (columns,) of the correlations of ``matrix`` (units, columns).

    Unit length; the sign makes the sum positive. No missing values, no constant column.
    """
    return components(matrix).vectors[:, 0]


def pca(matrix: Array, factors: int | None = None) -> Array:
    """Weights (columns,) of ``matrix`` (units, columns) by rotated factors; see Pca.

    No missing values, no constant column.
    """
    values, vectors = components(matrix)
    kept = (values > 1 + _ROUNDING) & (values > 0.1 * matrix.shape[1])
    count = max(1, int(kept.sum())) if factors is None else factors
    return weights_of(varimax(vectors[:, :count] * np.sqrt(values[:count])))


def weights_of(loadings: Array) -> Array:
    """Weights (columns,) from rotated loadings (columns, factors), summing to 1.

    Squared loading over its factor's variance, times that variance over all that is explained.

    >>> weights_of(np.array([[0.9, 0.1], [-0.3, 0.6], [0.6, 0.2]])).round(3)
    array([0.529, 0.235, 0.235])
    """
    highest = (loadings * loadings).max(axis=1)
    told: Array = highest / highest.sum()
    return told


def varimax(loadings: Array) -> Array:
    """Loadings (columns, factors) rotated so that the variance of their squares is largest.

    Rows are brought to length 1 for the rotation (Kaiser's normalisation). Pairs of factors are
    turned by the angle of Kaiser (1958) until none moves.

    >>> varimax(np.array([[1.0, 1.0], [1.0, -1.0]]) / 2).round(6) + 0.0
    array([[ 0.707107,  0.      ],
           [ 0.      , -0.707107]])
    """
    lengths = np.sqrt((loadings * loadings).sum(axis=1, keepdims=True))
    turned = loadings / np.where(lengths > 0, lengths, 1.0)
    for _ in range(_SWEEPS):
        angles = [
            _turn(turned, i, j)
            for i in range(turned.shape[1])
            for j in range(i + 1, turned.shape[1])
        ]
        if all(abs(angle) < _STILL for angle in angles):
            break
    told: Array = turned * lengths
    return told


def _turn(loadings: Array, i: int, j: int) -> float:
    """Turn two factors in place to where the criterion is largest; the angle."""
    x, y = loadings[:, i].copy(), loadings[:, j].copy()
    u, v, n = x * x - y * y, 2 * x * y, x.size
    top = 2 * float((u * v).sum()) - 2 * float(u.sum() * v.sum()) / n
    low = float((u * u - v * v).sum()) - float(u.sum() ** 2 - v.sum() ** 2) / n
    angle = float(np.arctan2(top, low)) / 4 if np.hypot(top, low) > _STILL else 0.0
    loadings[:, i] = x * np.cos(angle) + y * np.sin(angle)
    loadings[:, j] = y * np.cos(angle) - x * np.sin(angle)
    return angle
