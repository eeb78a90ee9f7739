"""Denomination: raw quantities become comparable indicators (shares, ratios, per head)."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Method


class Recipe(NamedTuple):
    """How one indicator is computed: columns above and below the line, joins, and a factor."""

    numerators: tuple[int, ...]
    denominators: tuple[int, ...]
    combine: Literal["sum", "mean"]
    combine_denominators: Literal["sum", "mean"]
    factor: float


class DeriveRatios(Method):
    """``factor * join(numerators) / join(denominators)``, as each indicator's recipe says.

    ``values``: (units, columns) of raw quantities in matching measurements. Any part missing makes
    the result missing; nothing is filled. A denominator of zero makes it missing as well: the rule
    D310 reports it with its cell. A recipe without denominators divides by 1.

    Reference: OECD/JRC Handbook (2008), step 5; Frascati Manual (2015) for R&D intensities.

    >>> abroad, total = 3.0, 60.0
    >>> share = Recipe((0,), (1,), "sum", "sum", 100.0)
    >>> DeriveRatios().derive(np.array([[abroad, total]]), share)
    array([5.])
    """

    id: Literal["derive"] = "derive"
    stage: ClassVar[str] = "denominate"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 5"

    def derive(self, values: Array, recipe: Recipe) -> Array:
        """The indicator of one recipe, shape (units,)."""
        above = _join(values, recipe.numerators, recipe.combine)
        below = np.ones_like(above)
        if recipe.denominators:
            below = _join(values, recipe.denominators, recipe.combine_denominators)
        return _quotient(recipe.factor, above, below)


class ByColumn(Method):
    """``factor * x / below``: an indicator's own figures divided by another column.

    ``denominator`` is that column's id, a quantity or another indicator; null divides by nothing.
    The quotient is missing where either is missing or the denominator is zero (D310).

    Reference: OECD/JRC Handbook (2008), step 5.

    >>> ByColumn(denominator="population", factor=1000).divide(np.array([3.0]), np.array([60.0]))
    array([50.])
    """

    id: Literal["column"] = "column"
    denominator: str | None = None
    factor: Annotated[float, Field(gt=0)] = 1.0
    stage: ClassVar[str] = "denominate"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 5"

    def divide(self, values: Array, below: Array) -> Array:
        """The quotient, shape (units,)."""
        return _quotient(self.factor, values, below)


def _quotient(factor: float, above: Array, below: Array) -> Array:
    """``factor * above / below``, missing where it is not a finite number."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        quotient = factor * above / below
        # In the other order where the product would not fit.
        quotient = np.where(np.isfinite(quotient), quotient, above / below * factor)
    return np.where(np.isfinite(quotient), quotient, np.nan)


def _join(values: Array, columns: Sequence[int], how: Literal["sum", "mean"]) -> Array:
    total = np.zeros(values.shape[0])
    for column in columns:
        total = total + values[:, column]
    return total / len(columns) if how == "mean" else total


Denominate = Annotated[DeriveRatios | ByColumn, Field(discriminator="id")]
