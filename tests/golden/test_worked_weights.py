"""Pairwise judgements as Saaty printed them, with the weights and the consistency beside them.

The papers themselves could not be had. Judgements and results are checked against those who copied
them: the sources are named in each test.
"""

from __future__ import annotations

import numpy as np

from stiscore.methods.weight_experts import ahp


def _square(upper: list[list[float]]) -> np.ndarray:
    """The full matrix from the judgements right of the diagonal, row by row."""
    size = len(upper) + 1
    matrix = np.eye(size)
    for i, row in enumerate(upper):
        matrix[i, i + 1 :] = row
        matrix[i + 1 :, i] = 1 / np.array(row)
    return matrix


def test_buying_a_house() -> None:
    """Saaty (1990), How to make a decision: the analytic hierarchy process, EJOR 48, 9-26.

    Table 2, and again Saaty (2003), EJOR 145, 85-91, table 1 (p. 88). The judgements stand in the
    model library of LINDO Systems (AnaHierProc02); weights, eigenvalue and consistency ratio are
    quoted from both tables alike in tests of other programs.

    Size, transport, neighbourhood, age, yard, modern facilities, condition, financing.
    """
    told = ahp(
        _square(
            [
                [5, 3, 7, 6, 6, 1 / 3, 1 / 4],
                [1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
                [6, 3, 4, 6, 1 / 5],
                [1 / 3, 1 / 4, 1 / 7, 1 / 8],
                [1 / 2, 1 / 5, 1 / 6],
                [1 / 5, 1 / 6],
                [1 / 2],
            ]
        )
    )
    printed = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    np.testing.assert_allclose(told.weights, printed, atol=0.0005)
    assert round(told.lambda_max, 3) == 9.669
    assert round(told.consistency_ratio, 3) == 0.169


def test_what_americans_drink() -> None:
    """Saaty (2008), Decision making with the analytic hierarchy process, IJSS 1, 83-98.

    Judgements, weights and consistency ratio as the manual of the package AHPy quotes them.

    Coffee, wine, tea, beer, sodas, milk, water.
    """
    told = ahp(
        _square(
            [
                [9, 5, 2, 1, 1, 1 / 2],
                [1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
                [1 / 3, 1 / 4, 1 / 3, 1 / 9],
                [1 / 2, 1, 1 / 3],
                [2, 1 / 2],
                [1 / 3],
            ]
        )
    )
    printed = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    np.testing.assert_allclose(told.weights, printed, atol=0.0005)
    assert round(told.consistency_ratio, 3) == 0.022
