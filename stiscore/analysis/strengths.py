"""What stands out for a unit against its own profile and the table; often nothing does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stiscore.methods.base import Array, Mask
from stiscore.scores import Scores, quantile


@dataclass(frozen=True, slots=True)
class Profile:
    """Positions of the leaves that stand out, most striking first; empty when none does.

    ``judged`` is false where there were too few core indicators to say anything.
    """

    strengths: tuple[int, ...]
    weaknesses: tuple[int, ...]
    judged: bool = True


def standing(scores: Scores) -> Array:
    """Percentile rank of each row in each leaf's column, 0-1, 1 is best; (rows, leaves).

    ``(below + (equal - 1) / 2) / (n - 1)`` over the rows that have a value; missing stays missing,
    and a column with one value has no standing.
    """
    rows, leaves = scores.normalised.shape
    out = np.full((rows, leaves), np.nan)
    for j in range(leaves):
        column = scores.normalised[:, j]
        held = np.flatnonzero(~np.isnan(column))
        if held.size > 1:
            ordered = np.sort(column[held])
            below = np.searchsorted(ordered, column[held] - scores.tie, side="left")
            upto = np.searchsorted(ordered, column[held] + scores.tie, side="right")
            out[held, j] = (below + (upto - below - 1) / 2) / (held.size - 1)
    return out


def profiles(scores: Scores) -> tuple[Profile, ...]:
    """Strengths and weaknesses of every row by the framework's rules.

    A strength is at or above the row's own upper percentile of standings (type 7) and in the
    table's top share; a weakness mirrors it. Core indicators only, and values that were filled say
    nothing of a row; none with too few of them.
    """
    table = np.where(scores.imputed, np.nan, standing(scores))
    core = np.array([leaf.role == "core" for leaf in scores.fitted.leaves], dtype=bool)
    return tuple(_profile(table[row], core, scores) for row in range(table.shape[0]))


def _profile(own: Array, core: Mask, scores: Scores) -> Profile:
    rules = scores.fitted.framework.method.strengths
    held = np.flatnonzero(core & ~np.isnan(own))
    if held.size < rules.at_least_core:
        return Profile((), (), judged=False)
    most = min(rules.at_most, int(held.size * rules.at_most_share + 1e-9))
    high = quantile(own[held], rules.own_percentile)
    low = quantile(own[held], 1 - rules.own_percentile)
    up = [i for i in held if own[i] >= high - 1e-12 and own[i] >= 1 - rules.table_share - 1e-12]
    down = [i for i in held if own[i] <= low + 1e-12 and own[i] <= rules.table_share + 1e-12]
    return Profile(
        tuple(int(i) for i in sorted(up, key=lambda i: (-own[i], i))[:most]),
        tuple(int(i) for i in sorted(down, key=lambda i: (own[i], i))[:most]),
    )
