"""Screening: units with too few data to be scored at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Mask, Method

# A share that misses its threshold by rounding alone has reached it.
_ROUNDING = 1e-12


class Screened(NamedTuple):
    """Which units (units,) are left out, and why.

    ``available``: share of columns with a value; ``nonzero``: share of those that are not zero;
    ``forced``: where the decision was given and not computed.
    """

    excluded: Mask
    available: Array
    nonzero: Array
    forced: Mask


class Screening(Method):
    """Row-wise: a unit's own values decide, whoever else is in the table."""

    stage: ClassVar[str] = "screen"


class NoScreen(Screening):
    """Every unit stays, however little is known of it.

    Reference: OECD/JRC Handbook (2008), section 2 (the default here; coverage rules still decide
    who is ranked).

    >>> NoScreen().screen(np.array([[1.0], [np.nan]]), ["A", "B"]).excluded
    array([False, False])
    """

    id: Literal["none"] = "none"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 2"

    def screen(self, values: Array, units: Sequence[str]) -> Screened:
        """Nobody of ``values`` (units, columns) is left out."""
        del values
        nobody = np.zeros(len(units), dtype=np.bool_)
        # Shares that nobody asks for would cost as much as the scoring of a large table.
        none = np.full(len(units), np.nan)
        return Screened(nobody, none, none, nobody)


class Availability(Screening):
    """Units with a value for too few columns, or with too many zeros, are left out.

    ``values``: (units, columns). With ``mode: missing`` a unit is left out when its share of
    columns with a value is below ``min_unit_coverage``; with ``zeros`` when the share of its values
    that are not zero is below ``min_nonzero``; with ``both`` for either reason. Strictly below: a
    share equal to the threshold stays. A missing value is not a zero, and a unit without any value
    has none. ``force`` keeps (true) or leaves out (false) units by id, whatever their values.

    Reference: OECD/JRC Handbook (2008), section 2, data selection.

    >>> half = Availability(min_unit_coverage=0.5)
    >>> half.screen(np.array([[1, np.nan], [np.nan, np.nan]]), ["A", "B"]).excluded
    array([False,  True])
    """

    id: Literal["availability"] = "availability"
    min_unit_coverage: Annotated[float, Field(ge=0, le=1)] = 0.66
    min_nonzero: Annotated[float, Field(ge=0, le=1)] = 0.5
    mode: Literal["missing", "zeros", "both"] = "missing"
    force: dict[str, bool] = Field(default_factory=dict)
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 2"

    def screen(self, values: Array, units: Sequence[str]) -> Screened:
        """Who of ``values`` (units, columns) is left out; ``units`` are the ids of the rows."""
        available, nonzero = shares(values)
        thin = available < self.min_unit_coverage - _ROUNDING
        hollow = nonzero < self.min_nonzero - _ROUNDING
        chosen = {"missing": thin, "zeros": hollow, "both": thin | hollow}[self.mode]
        forced = np.array([unit in self.force for unit in units], dtype=np.bool_)
        kept = np.array([self.force.get(unit, True) for unit in units], dtype=np.bool_)
        return Screened(np.where(forced, ~kept, chosen), available, nonzero, forced)


def shares(values: Array) -> tuple[Array, Array]:
    """Share of columns with a value, and share of those values that are not zero, (units,) each.

    Without any value the second is 1: nothing is zero.

    >>> shares(np.array([[0.0, 2.0, np.nan, np.nan]]))
    (array([0.5]), array([0.5]))
    """
    present = (~np.isnan(values)).sum(axis=1)
    zeros = (values == 0).sum(axis=1)
    return present / max(values.shape[1], 1), 1 - zeros / np.maximum(present, 1)


Screen = Annotated[NoScreen | Availability, Field(discriminator="id")]
