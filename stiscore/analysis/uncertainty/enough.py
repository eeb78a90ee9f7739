"""How many variants a tolerance asks for."""

from __future__ import annotations

import math

import numpy as np

from stiscore.analysis.uncertainty.variants import Variants
from stiscore.robust.draws import blocks
from stiscore.robust.ranking import RankShares

# No tolerance asks for more variants than these.
MOST_DRAWS = 10_000_000
# Standard errors that a share of the first block may be off by.
_OFF = 4.0


def enough(variants: Variants, draws: int, seed: int, tolerance: float) -> int:
    """As many variants as bring every rank share's standard error under ``tolerance``.

    Told from the first block, so that the same seed asks for the same number.
    """
    root = variants.evaluated.scores.fitted.tree.root
    first = next(blocks(MOST_DRAWS, len(variants.rows))).size
    told = variants.run(first, seed, groups=(root,)).shares[0]
    return max(draws, min(MOST_DRAWS, math.ceil(_needed(told, tolerance))))


def _needed(told: RankShares, tolerance: float) -> float:
    """Variants after which ``p (1 - p) / n`` is the square of the tolerance for the widest share.

    ``n`` counts the variants in which a unit has a rank. It and ``p`` are shares of but one block:
    what they may be off by is allowed for.
    """
    held = told.scored > 0
    scored, shares = told.scored[held][:, None], told.shares[held]
    spread = shares * (1.0 - shares)
    spread += _OFF * np.abs(1.0 - 2.0 * shares) * np.sqrt(spread / scored)
    part = scored / told.draws
    part = np.maximum(part - _OFF * np.sqrt(part * (1.0 - part) / told.draws), 1.0 / told.draws)
    with np.errstate(over="ignore"):
        needed = np.minimum(spread, 0.25) / part / tolerance / tolerance
    return float(min(needed.max(initial=0.0), MOST_DRAWS))
