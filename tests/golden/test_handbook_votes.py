"""Non-compensatory and partly compensatory examples that the Handbook works out and prints.

OECD/JRC (2008), Handbook on Constructing Composite Indicators, ISBN 978-92-64-04345-9, sections
6.11 to 6.13. What these figures are worked out from is printed in full, so ours agree to the digit;
only the geometric means are cut off there, not rounded.
"""

from __future__ import annotations

import numpy as np
import pytest

from stiscore.methods.aggregate import Geometric
from stiscore.methods.base import Array
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.normalise import Borda
from stiscore.methods.outrank import net_wins, outranking

# Table 35 (p. 113): Finland, USA, Sweden, Japan, Korea.
FIVE = [
    [187, 125.6, 200.2, 50.7, 3.080, 4.150, 10.0, 27.4],
    [289, 130.0, 179.1, 66.2, 2.997, 4.073, 12.0, 13.9],
    [271, 156.6, 125.8, 59.7, 3.096, 4.145, 11.4, 15.3],
    [994, 64.6, 49.0, 80.8, 3.003, 3.865, 9.5, 10.0],
    [779, 9.8, 4.8, 66.7, 2.972, 3.653, 10.8, 23.2],
]
# Tables 25 (p. 106) and 28 (p. 108): how many indicators rank the countries in which order.
MOULIN = {"abcd": 3, "acbd": 5, "bdca": 7, "cbda": 6}
CONDORCET = {"abc": 23, "bca": 17, "bac": 2, "cab": 10, "cba": 8}


def test_geometric_mean_rewards_balance() -> None:
    """Section 6.11 (p. 104): 21, 1, 1, 1 against four sixes, and each with one more point."""
    parts = np.array([[21.0, 1, 1, 1], [6, 6, 6, 6], [21, 2, 1, 1], [6, 7, 6, 6]])
    ours = Geometric(floor=None).combine(parts, [1] * 4).score
    np.testing.assert_allclose(ours, [2.14, 6, 2.54, 6.23], rtol=0, atol=0.007)


def test_outranking_matrix() -> None:
    """Tables 35 and 36 (pp. 113, 114): five countries, eight indicators of equal weight."""
    printed = np.array(
        [
            [0.000, 0.500, 0.375, 0.750, 0.625],
            [0.500, 0.000, 0.500, 0.625, 0.625],
            [0.625, 0.500, 0.000, 0.750, 0.625],
            [0.250, 0.375, 0.250, 0.000, 0.750],
            [0.375, 0.375, 0.375, 0.250, 0.000],
        ]
    )
    ours = outranking(np.array(FIVE), [1] * 8)
    np.fill_diagonal(ours, 0)
    np.testing.assert_allclose(ours, printed, rtol=0, atol=1e-12)


def _ranked(ballots: dict[str, int]) -> tuple[Array, list[int]]:
    """A column a ballot, higher for better, and how often it was cast."""
    who = sorted(next(iter(ballots)))
    columns = [[len(who) - ballot.index(one) for one in who] for ballot in ballots]
    return np.array(columns, dtype=float).T, list(ballots.values())


@pytest.mark.parametrize(
    ("ballots", "points", "matrix"),
    [
        (
            MOULIN,
            [24, 44, 38, 20],
            [[0, 8, 8, 8], [13, 0, 10, 21], [13, 11, 0, 14], [13, 0, 7, 0]],
        ),
        (CONDORCET, [58, 69, 53], [[0, 33, 25], [27, 0, 42], [35, 18, 0]]),
    ],
    ids=["Moulin", "Condorcet"],
)
def test_votes(ballots: dict[str, int], points: list[int], matrix: list[list[int]]) -> None:
    """Borda's points and the outranking matrices: tables 26, 27, 29, 30 (pp. 107-108)."""
    places, votes = _ranked(ballots)
    who = [ColumnSpec(str(j), True, "linear", None) for j in range(places.shape[1])]
    scores = apply_maps(places, Borda().fit(places, who))
    np.testing.assert_array_equal(scores @ votes, points)
    ours = outranking(places, votes) * sum(votes)
    np.fill_diagonal(ours, 0)
    np.testing.assert_allclose(ours, matrix, rtol=0, atol=1e-9)


def test_winners_by_pairs() -> None:
    """Pp. 107 and 109: c before b, d and a; and a cycle in which no country can be selected."""
    assert net_wins(*_ranked(MOULIN)).tolist() == [-3, 1, 3, -1]
    assert net_wins(*_ranked(CONDORCET)).tolist() == [0, 0, 0]
