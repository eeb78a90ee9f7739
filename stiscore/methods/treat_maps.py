"""What treatment comes to for one column: limits, and transforms that pull in a long tail.

Every step is elementwise and learned once from the reference data. A new value beyond the end that
a transform starts from counts as that end, since the logarithm there has no value.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Strict
from stiscore.methods.moments import deviation

Transform = Literal["log", "log-plus", "log-orig", "log-gii", "box-cox"]
# The Box-Cox parameters that are searched.
_LAMBDAS = (-5.0, 5.0)
# The share of the range that keeps the lowest value of a column off the logarithm of zero.
_OFF = 0.01
# A smaller range is none; larger products and exponents would leave the numbers there are.
_SMALLEST, _MOST, _EXPONENT = 1e-304, 1e307, 700.0


class Clip(Strict):
    """``min(max(x, lower), upper)``; a limit of None does not clip. Missing stays missing.

    >>> Clip(upper=10.0).apply(np.array([3.0, 100.0, np.nan]))
    array([ 3., 10., nan])
    """

    kind: Literal["clip"] = "clip"
    lower: float | None = None
    upper: float | None = None

    def apply(self, column: Array) -> Array:
        """The limited column, same shape."""
        if self.lower is None and self.upper is None:
            return column
        limited: Array = np.clip(column, self.lower, self.upper)
        return limited

    @property
    def formula(self) -> str:
        """The limits, for people.

        >>> Clip(lower=0.5).formula, Clip(lower=0.0, upper=9.0).formula
        ('x >= 0.5', '0 <= x <= 9')
        """
        below = "" if self.lower is None else f"{self.lower:.6g} <= "
        above = "" if self.upper is None else f" <= {self.upper:.6g}"
        return f"x >= {self.lower:.6g}" if below and not above else f"{below}x{above}"


class Pull(Strict):
    """A transform of the distance from one end of a column, which rises with the value.

    ``end``: the lowest reference value, or for ``mirrored`` the highest, from which the distance is
    then taken downwards and the result negated.
    """

    end: float
    mirrored: bool = False

    @abstractmethod
    def bent(self, distance: Array) -> Array:
        """The transform of distances (zero or more), which may be overwritten."""

    @abstractmethod
    def written(self, distance: str) -> str:
        """The formula, given how the distance is written."""

    def apply(self, column: Array) -> Array:
        """The transformed column, same shape; missing stays missing."""
        away = self.end - column if self.mirrored else column - self.end
        bent = self.bent(np.maximum(away, 0.0, out=away))
        return np.negative(bent, out=bent) if self.mirrored else bent

    @property
    def formula(self) -> str:
        """The transform, for people."""
        sign = "+" if self.end < 0 else "-"
        if self.mirrored:
            return f"-{self.written(f'{self.end:.6g} - x')}"
        return self.written(f"x {sign} {abs(self.end):.6g}" if self.end else "x")


class Log(Pull):
    """``ln(times (x - end) + plus)``, or ``-ln(times (end - x) + plus)`` when mirrored.

    >>> step = Log(end=3.1, plus=0.4)
    >>> step.formula, step.apply(np.array([3.7, np.nan])).round(9)
    ('ln(x - 3.1 + 0.4)', array([ 0., nan]))
    >>> Log(end=9.0, plus=1.0, times=99.0, mirrored=True).formula
    '-ln(99 (9 - x) + 1)'
    """

    kind: Literal["log"] = "log"
    plus: float = Field(gt=0)
    times: float = Field(default=1.0, gt=0)

    def bent(self, distance: Array) -> Array:
        """The logarithm of distances (zero or more), which are overwritten."""
        if self.times != 1.0:
            np.minimum(distance, _MOST / max(self.times, 1.0), out=distance)
            distance *= self.times
        distance += self.plus
        bent: Array = np.log(distance, out=distance)
        return bent

    def written(self, distance: str) -> str:
        """The formula, given how the distance is written."""
        apart = distance if distance == "x" else f"({distance})"
        far = distance if self.times == 1.0 else f"{self.times:.6g} {apart}"
        return f"ln({far} + {self.plus:.6g})"


class BoxCoxMap(Pull):
    """``((x - end + 1)^lam - 1) / lam``, the natural logarithm for ``lam`` of zero.

    >>> BoxCoxMap(end=1.0, lam=0.5).apply(np.array([1.0, 4.0]))
    array([0., 2.])
    >>> BoxCoxMap(end=1.0, lam=0.5).formula
    '((x - 1 + 1)^0.5 - 1) / 0.5'
    """

    kind: Literal["box-cox"] = "box-cox"
    lam: float

    def bent(self, distance: Array) -> Array:
        """The transform of distances (zero or more), which may be overwritten."""
        bent: Array = np.log1p(distance, out=distance)
        if self.lam:
            # Without expm1 digits are lost for a lambda near zero.
            bent *= self.lam
            np.expm1(np.minimum(bent, _EXPONENT, out=bent), out=bent)
            bent /= self.lam
        return bent

    def written(self, distance: str) -> str:
        """The formula, given how the distance is written."""
        if not self.lam:
            return f"ln({distance} + 1)"
        return f"(({distance} + 1)^{self.lam:.6g} - 1) / {self.lam:.6g}"


Step = Annotated[Clip | Log | BoxCoxMap, Field(discriminator="kind")]


def transform(
    kind: Transform, column: Array, skew: float, lam: float | None = None
) -> Log | BoxCoxMap | None:
    """The transform of a column (units,) without missing values, which has that skewness.

    ``lam``: of box-cox; None takes the likeliest. None when the column has no range, or the
    transform no finite and rising values there: ``log-gii`` of a column that is nowhere positive.

    >>> transform("log", np.array([1.0, 2.0, 101.0]), 1.7).formula
    'ln(x - 1 + 1)'
    >>> transform("log-plus", np.array([0.0, 99.0, 100.0]), -1.7).formula
    '-ln(100 - x + 1)'
    """
    least, most = float(column.min()), float(column.max())
    if not _SMALLEST < most - least < np.inf:
        return None
    if kind == "box-cox":
        step: Log | BoxCoxMap | None = BoxCoxMap(
            end=least, lam=likeliest(column - least) if lam is None else lam
        )
    else:
        step = _logarithm(kind, least, most, skew)
    if step is None:
        return None
    ends = step.apply(np.array([least, most]))
    return step if np.isfinite(ends).all() and ends[0] < ends[1] else None


def _logarithm(kind: Transform, least: float, most: float, skew: float) -> Log | None:
    mirrored = kind in {"log-plus", "log-gii"} and not skew > 0
    end = most if mirrored else least
    if kind == "log-orig":
        return Log(end=end, plus=1.0)
    if kind == "log-gii":
        if most <= 0:
            return None
        times = (most * _power_of_ten(most) - 1) / (most - least)
        # Below 1e-308 no power of ten that a number can hold is enough.
        if not np.isfinite(times):
            return None
        return Log(end=end, plus=1.0, times=times, mirrored=mirrored)
    return Log(end=end, plus=_OFF * (most - least), mirrored=mirrored)


def _power_of_ten(most: float) -> float:
    """The least power of ten, 1 or more, that brings ``most`` to 10 or more."""
    factor = 1.0
    while most * factor < 10:
        factor *= 10
    return factor


def likeliest(distance: Array) -> float:
    """The Box-Cox parameter of ``distance + 1`` with the greatest profile likelihood, -5 to 5.

    ``distance``: (units,), zero or more, not all alike.

    Reference: Box and Cox (1964), An analysis of transformations.

    >>> grown = np.exp(np.linspace(0.0, 3.0, 50)) - 1
    >>> abs(likeliest(grown)) < 0.01
    True
    """
    from scipy.optimize import minimize_scalar

    logs = np.log1p(distance)
    total = float(logs.mean())

    def loss(lam: float) -> float:
        """What is least where the likelihood is greatest."""
        # In units of the greatest power, so that none overflows.
        unit = float(logs.max() if lam > 0 else logs.min())
        bent = np.expm1(lam * (logs - unit)) / lam if lam else logs
        spread = float(deviation(bent).item())
        return float(np.log(spread)) + lam * unit - lam * total

    return float(minimize_scalar(loss, bounds=_LAMBDAS, method="bounded").x)
