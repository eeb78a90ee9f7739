"""The technology achievement index, as the Handbook works it out and prints it.

OECD/JRC (2008), Handbook on Constructing Composite Indicators, ISBN 978-92-64-04345-9. ``tai.csv``
is table A.2 (p. 152), the 23 countries of the case study; telephones and electricity are logarithms
already. All was transcribed from the text of the Handbook. Since the data are printed rounded, what
is worked out from them may differ from the printed figures by more than their last digit; each test
says by how much.

The goalposts behind the linear orders of table 23, which the Handbook leaves out, are printed by
Saisana, Saltelli and Tarantola (2005), Uncertainty and sensitivity analysis techniques as tools for
the quality assessment of composite indicators, JRSS A 168, 307-323, table 1 (p. 313).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from stiscore.methods.aggregate import Arithmetic, Geometric
from stiscore.methods.base import Array
from stiscore.methods.distances import FractionOfMax
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.normalise import Goalposts, MinMax, Rank, ZScore
from stiscore.methods.reliability import cronbach, cronbach_without, principal
from stiscore.methods.scaling import Scaling
from stiscore.methods.siblings import Siblings
from stiscore.methods.weight_bod import BenefitOfTheDoubt, benefit_of_the_doubt
from stiscore.methods.weight_pca import Pca, components, varimax, weights_of

# Half of the last printed digit, and what a float adds.
TWO_DIGITS = 0.005 + 1e-9
SCHOOLING = 6

# Table 17 (p. 90): patents, royalties, internet, exports, telephones, electricity, schooling,
# university on the four factors kept.
LOADINGS = [
    [0.07, 0.97, 0.06, 0.06],
    [0.13, 0.07, -0.07, 0.93],
    [0.79, -0.21, 0.21, 0.42],
    [-0.64, 0.56, -0.04, 0.36],
    [0.37, 0.17, 0.38, 0.68],
    [0.82, -0.04, 0.25, 0.35],
    [0.88, 0.23, -0.09, 0.09],
    [0.08, 0.04, 0.96, 0.04],
]
# Table 18 (p. 91), the column PC.
WEIGHTS = [0.17, 0.15, 0.11, 0.07, 0.08, 0.12, 0.14, 0.16]
# Table 19 (p. 94), the last column.
BEST_SCORES = [
    1.00, 1.00, 1.00, 0.87, 0.80, 0.75, 0.71, 0.73, 0.66, 0.62, 0.62, 0.86,
    0.60, 0.54, 0.58, 0.52, 0.51, 0.49, 0.34, 0.38, 0.31, 0.27, 0.28,
]  # fmt: skip
# Rows of table A.2 in the order of tables 23 and 38, which have Singapore before Canada.
RANKED_ROWS = [*range(7), 9, 7, 8, *range(10, 23)]
# Table 23 (p. 100) and, for the geometric mean, table 38 (p. 116).
ORDERS = {
    "EW": list(range(1, 24)),
    "FA": [1, 2, 3, 4, 5, 6, 8, 11, 10, 7, 12, 9, 14, 15, 13, 16, 17, 18, 19, 20, 21, 23, 22],
    "BOD": [1, 1, 1, 4, 6, 7, 9, 12, 8, 10, 11, 5, 13, 15, 14, 16, 17, 18, 20, 19, 21, 23, 22],
    "BAP": [1, 2, 3, 5, 4, 8, 7, 6, 10, 11, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23],
    "AHP": [1, 3, 4, 5, 2, 11, 7, 6, 10, 9, 8, 16, 12, 13, 18, 15, 14, 17, 19, 21, 22, 20, 23],
    "GME": [2, 1, 3, 4, 16, 5, 6, 18, 13, 14, 8, 11, 7, 9, 17, 12, 10, 15, 19, 21, 23, 22, 20],
}
# Table 22 (p. 100).
GIVEN = {
    "EW": [1.0] * 8,
    "FA": [0.17, 0.15, 0.11, 0.06, 0.08, 0.13, 0.13, 0.17],
    "BAP": [0.11, 0.11, 0.11, 0.18, 0.10, 0.06, 0.15, 0.18],
    "AHP": [0.09, 0.10, 0.07, 0.21, 0.05, 0.06, 0.18, 0.25],
}
# Saisana et al. (2005), table 1, there before logarithms.
GOALPOSTS = [
    (0.0, 994.0),
    (0.0, 272.6),
    (0.0, 232.4),
    (0.0, 80.8),
    (math.log10(1), math.log10(901)),
    (math.log10(22), math.log10(6969)),
    (0.8, 12.0),
    (0.1, 27.4),
]


def _read() -> tuple[list[str], Array]:
    with Path(__file__).with_name("tai.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return head[1:], np.array([[float(cell) for cell in row[1:]] for row in rows])


COLUMNS, TAI = _read()


def _scored(method: Scaling, values: Array = TAI) -> Array:
    """All columns are benefits without goalposts, scored within the data themselves."""
    specs = [ColumnSpec(str(j), True, "linear", None) for j in range(values.shape[1])]
    return apply_maps(values, method.fit(values, specs))


def _order(scores: Array) -> list[int]:
    """Ranks from the highest score, in the order of the printed tables."""
    return [1 + int((scores > score).sum()) for score in scores[RANKED_ROWS]]


def _linear(weights: Sequence[float]) -> Array:
    """Weighted mean over the goalposts, 0-100."""
    specs = [
        ColumnSpec(name, True, "linear", ends)
        for name, ends in zip(COLUMNS, GOALPOSTS, strict=True)
    ]
    return Arithmetic().combine(apply_maps(TAI, Goalposts().fit(TAI, specs)), weights).score


@pytest.mark.parametrize(
    ("method", "printed", "off"),
    [
        (
            Rank(),
            [15, 23, 19, 12, 17, 9, 9, 20, 18, 1, 16, 22, 9, 8, 21, 6, 5, 14, 4, 3, 12, 7, 1],
            0,
        ),
        (
            ZScore(),
            [
                0.26, 1.52, 1.14, -0.06, 0.76, -0.12, -0.12, 1.27, 0.83, -1.58, 0.38, 1.46,
                -0.12, -0.19, 1.33, -0.76, -1.08, 0.00, -1.46, -1.52, -0.06, -0.31, -1.58,
            ],
            TWO_DIGITS,
        ),
        (
            MinMax(range=(0, 1)),
            [
                0.59, 1.00, 0.88, 0.49, 0.76, 0.47, 0.47, 0.92, 0.78, 0.00, 0.63, 0.98,
                0.47, 0.45, 0.94, 0.27, 0.16, 0.51, 0.04, 0.02, 0.49, 0.41, 0.00,
            ],
            TWO_DIGITS,
        ),
        (
            FractionOfMax(scale=1),
            [
                0.83, 1.00, 0.95, 0.79, 0.90, 0.78, 0.78, 0.97, 0.91, 0.59, 0.85, 0.99,
                0.78, 0.78, 0.98, 0.70, 0.66, 0.80, 0.61, 0.60, 0.79, 0.76, 0.59,
            ],
            TWO_DIGITS,
        ),
    ],
    ids=["rank", "z-score", "min-max", "distance to the best"],
)  # fmt: skip
def test_normalised_schooling(method: Scaling, printed: Sequence[float], off: float) -> None:
    """Table 15 (p. 87): mean years of school, which are printed in full."""
    ours = _scored(method, TAI[:, [SCHOOLING]])[:, 0]
    np.testing.assert_allclose(ours, printed, rtol=0, atol=off)


def test_variance_explained() -> None:
    """Tables 7 and 16 (pp. 65, 90), in per cent."""
    printed = [41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9]
    ours = 100 * principal(TAI).explained
    np.testing.assert_allclose(ours, printed, rtol=0, atol=0.15)
    np.testing.assert_allclose(100 * components(TAI).values / 8, ours, rtol=0, atol=1e-9)


def test_loadings_before_rotation() -> None:
    """Table 8 (p. 69), the four components kept; signs are arbitrary."""
    printed = np.array(
        [
            [-0.11, -0.75, 0.13, 0.60],
            [-0.56, -0.48, 0.22, -0.54],
            [-0.92, 0.21, 0.02, -0.10],
            [0.35, -0.85, 0.01, -0.13],
            [-0.76, -0.39, -0.16, -0.16],
            [-0.91, 0.13, 0.01, 0.07],
            [-0.74, 0.11, 0.37, 0.39],
            [-0.36, -0.12, -0.87, 0.15],
        ]
    )
    ours = principal(TAI).loadings[:, :4]
    ours *= np.sign((ours * printed).sum(axis=0))
    np.testing.assert_allclose(ours, printed, rtol=0, atol=0.0155)


def test_loadings_after_rotation() -> None:
    """Tables 9 and 17 (pp. 71, 90): loadings, variance of the factors, communalities."""
    values, vectors = components(TAI)
    ours = varimax(vectors[:, :4] * np.sqrt(values[:4]))
    ours *= np.sign((ours * LOADINGS).sum(axis=0))
    np.testing.assert_allclose(ours, LOADINGS, rtol=0, atol=0.0155)
    np.testing.assert_allclose((ours**2).sum(axis=0), [2.64, 1.39, 1.19, 1.76], rtol=0, atol=0.025)
    communal = [0.95, 0.89, 0.89, 0.86, 0.77, 0.85, 0.85, 0.93]
    np.testing.assert_allclose((ours**2).sum(axis=1), communal, rtol=0, atol=0.0155)


def test_weights_by_principal_components() -> None:
    """Table 18: to the printed digit from the printed loadings, within 0.01 from the raw data.

    Four factors are kept although only two eigenvalues are above 1 (pp. 70, 89).
    """
    np.testing.assert_allclose(weights_of(np.array(LOADINGS)), WEIGHTS, rtol=0, atol=TWO_DIGITS)
    eight = Siblings(tuple(COLUMNS), (1.0,) * 8, (1.0,) * 8, (1,) * 8, TAI)
    np.testing.assert_allclose(Pca(factors=4).weigh(eight), WEIGHTS, rtol=0, atol=0.01)
    assert int((components(TAI).values > 1).sum()) == 2


def test_reliability() -> None:
    """Table 11 and p. 72: alpha of the standardised indicators, whole and without each."""
    scores = _scored(ZScore())
    printed = [0.704, 0.645, 0.636, 0.774, 0.603, 0.624, 0.662, 0.706]
    assert round(cronbach(scores), 2) == 0.70
    np.testing.assert_allclose(cronbach_without(scores), printed, rtol=0, atol=0.0015)


def test_benefit_of_the_doubt() -> None:
    """Tables 19 and 23, on min-max scores (p. 93).

    Each indicator takes 10-15 % of a country's total weight (note 29, p. 157); shares of the score
    within the same bounds give other scores.
    """
    scores = _scored(MinMax(range=(0, 1)))
    ours = BenefitOfTheDoubt(bounds=(0.10, 0.15), bounds_on="weights").combine(scores, [1] * 8)
    np.testing.assert_allclose(ours.score / 100, BEST_SCORES, rtol=0, atol=0.01)
    assert _order(ours.score.round(6)) == ORDERS["BOD"]
    shares = benefit_of_the_doubt(scores, scores, (0.10, 0.15), "score").score
    assert np.abs(shares - BEST_SCORES).max() > 0.1


def test_geometric_mean_of_the_raw_data() -> None:
    """Table 38: the order of all 23 countries, equal weights, no normalisation (p. 118)."""
    assert _order(Geometric(floor=None).combine(TAI, [1] * 8).score) == ORDERS["GME"]


def test_index_itself() -> None:
    """Saisana et al. (2005), p. 316: Finland and the United States, times 100."""
    np.testing.assert_allclose(_linear(GIVEN["EW"])[:2], [74.4, 73.3], rtol=0, atol=0.1)


@pytest.mark.parametrize(("weights", "off"), [("EW", 0), ("BAP", 0), ("FA", 1), ("AHP", 2)])
def test_orders_by_weights(weights: str, off: int) -> None:
    """Table 23 (and LIN of table 38): exact, or as near as weights of two digits allow."""
    moved = np.subtract(_order(_linear(GIVEN[weights])), ORDERS[weights])
    assert np.abs(moved).max() <= off
