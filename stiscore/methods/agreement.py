"""Counted shares: how sure a share of few cases is, and whether two coders saw the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence

# The 97.5th percentile of the standard normal distribution: an interval of 95 %.
Z95 = 1.959963984540054
# Fewer cases, or coders that agree less, are told of.
FEW_CASES = 10
LEAST_KAPPA = 0.6


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Agreement of two coders beyond what their habits alone would give: (po - pe) / (1 - pe).

    ``first`` and ``second`` hold the two coders' answers to the same cases in the same order.
    ``po`` is the share of cases answered alike, ``pe`` the share to be expected from how often each
    gives each answer. At most 1; 0 is no better than habit. None where it is not defined: no cases,
    or both coders gave one and the same answer throughout. Cases one of them left open have no
    place here. Raises ValueError when the lengths differ.

    Reference: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and
    Psychological Measurement 20(1), 37-46.

    >>> cohen_kappa("yyyynnnnnn", "yyynnnnnny")
    0.5833333333333334
    >>> cohen_kappa("yyyy", "yyyy") is None
    True
    """
    cases = len(first)
    if len(second) != cases:
        raise ValueError("both coders must have answered the same cases")
    mine, other = Counter(first), Counter(second)
    # Counts, not shares: whole numbers tell exactly when there is nothing to divide by.
    agreed = sum(a == b for a, b in zip(first, second, strict=True))
    expected = sum(mine[answer] * other[answer] for answer in mine)
    if expected == cases * cases:
        return None
    return (agreed * cases - expected) / (cases * cases - expected)


def wilson(hits: int, cases: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval of a share: its lower and upper end, both within 0 and 1.

    Unlike the interval of the textbooks it stays inside 0 and 1 and does not shrink to nothing at a
    share of 0 or 1. ``z`` is the normal quantile wanted. Raises ValueError unless
    0 <= hits <= cases and cases > 0.

    References: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22, 209-212; Newcombe, R. G. (1998),
    Statistics in Medicine 17, 857-872, method 3.

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if not 0 <= hits <= cases or cases == 0:
        raise ValueError(f"{hits} of {cases} is no share")
    misses, square = cases - hits, z * z
    middle = hits + square / 2
    half = z * math.sqrt(hits * misses / cases + square / 4)
    whole = cases + square
    low = 0.0 if hits == 0 else (middle - half) / whole
    high = 1.0 if misses == 0 else (middle + half) / whole
    # A last bit must not carry an end across the share it is an interval of.
    return min(low, hits / cases), max(high, hits / cases)
