"""Power means: how far a high part may make up for a low one, in one number."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Mask
from stiscore.methods.combined import Compensating, NonPositive, raised_to, weighted_sum

Floor = Annotated[float, Field(gt=0)] | None


class Harmonic(Compensating):
    """Weighted harmonic mean ``1 / sum(w / s)`` over the children a unit has, weights summing to 1.

    ``parts``: (units, children), ``weights``: one a child. Scores below ``floor`` are raised to it
    and flagged; without a floor a score that is not positive raises NonPositive. Range: between the
    lowest and the highest part after the floor, never above the geometric mean. Missing children
    are left out and the rest renormalised; with no child the score is missing. The least
    compensating of the classic means.

    Points: Shapley values counted from all children at the floor (1 when there is none), see
    ``shapley``; they add up to the score.

    Reference: OECD/JRC Handbook (2008), sections 6.11 and 6.12; Hardy, Littlewood and Polya (1934),
    Inequalities, chapter 2.

    >>> import numpy as np
    >>> Harmonic().combine(np.array([[20.0, 80.0], [20.0, np.nan]]), [1, 1]).score
    array([32., 20.])
    """

    id: Literal["harmonic"] = "harmonic"
    floor: Floor = 1.0
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), sections 6.11 and 6.12"

    @property
    def positive(self) -> bool:
        """Every child must be above 0, by itself or by the floor."""
        return True

    @property
    def base(self) -> float:
        """The floor, 1 when there is none."""
        return self.floor or 1.0

    def _admit(self, parts: Array, shares: Array) -> tuple[Array, Mask]:
        del shares
        return raised_to(self.floor, parts)

    def _score(self, parts: Array, shares: Array) -> Array:
        # Measured by the lowest, the quotients stay between 0 and 1 at any magnitude.
        lowest = np.where(shares > 0, parts, np.inf).min(axis=1)
        score: Array = lowest / weighted_sum(lowest[:, None] / parts, shares)
        return score


class GeneralisedMean(Compensating):
    """Weighted power mean ``(sum(w s ** p)) ** (1 / p)``, ``p`` being ``power``.

    1 is the arithmetic mean, 0 the geometric (its limit), -1 the harmonic; the lower the power, the
    less a high part makes up for a low one. ``parts``: (units, children), ``weights``: one a child,
    summing to 1 after renormalisation. Missing children are left out, whatever the power; with no
    child the score is missing. Range: between the lowest and the highest part.

    A power of 0 or less needs positive scores: those below ``floor`` are raised to it and flagged,
    and without a floor one that is not positive raises NonPositive. A positive power takes a zero
    as it is, so the floor has no part in it; a score below zero raises NonPositive, unless the
    power is 1.

    Points: Shapley values counted from all children at 0, or for a power of 0 or less at the floor
    (1 when there is none), see ``shapley``; they add up to the score.

    Reference: OECD/JRC Handbook (2008), section 6.12; Hardy, Littlewood and Polya (1934),
    Inequalities, chapter 2.

    >>> import numpy as np
    >>> parts = np.array([[0.0, 100.0], [np.nan, 100.0]])
    >>> GeneralisedMean(power=0.5).combine(parts, [1, 1]).score.round(9)
    array([ 25., 100.])
    """

    id: Literal["generalised-mean"] = "generalised-mean"
    power: float = 0.5
    floor: Floor = 1.0
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.12"

    @property
    def positive(self) -> bool:
        """Whether every child must be above 0, by itself or by the floor."""
        return self.power <= 0

    @property
    def base(self) -> float:
        """0 for a positive power; else the floor, 1 when there is none."""
        return 0.0 if self.power > 0 else self.floor or 1.0

    def _admit(self, parts: Array, shares: Array) -> tuple[Array, Mask]:
        del shares
        if self.power <= 0:
            return raised_to(self.floor, parts)
        bad = np.argwhere(parts < 0)
        if bad.size and self.power != 1:
            row, child = (int(i) for i in bad[0])
            raise NonPositive(row, child, float(parts[row, child]))
        return parts, np.zeros(parts.shape, dtype=bool)

    def _score(self, parts: Array, shares: Array) -> Array:
        if self.power == 1:
            return weighted_sum(parts, shares)
        # Measured by the part that leads, powers stay between 0 and 1 at any magnitude, and the
        # logarithms of 1 + x keep their digits as the power nears 0.
        counts = shares > 0
        leading = (
            np.where(counts, parts, -np.inf).max(axis=1)
            if self.power > 0
            else np.where(counts, parts, np.inf).min(axis=1)
        )
        logs = np.log(parts) - np.log(leading)[:, None]
        if self.power == 0:
            return np.asarray(leading * np.exp(weighted_sum(logs, shares)))
        risen = weighted_sum(np.where(counts, np.expm1(self.power * logs), 0.0), shares)
        return np.where(leading == 0, 0.0, leading * np.exp(np.log1p(risen) / self.power))
