"""Fitted column maps: what normalisation comes down to once the reference data are known.

A curve, then a straight line, then limits. Min-max and goalposts (later z-score, distance to a
reference) all fit to ``Affine``; direction is the sign of ``scale``, so no stage flips a column.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from stiscore.methods.base import Array, Strict

Curve = Literal["linear", "sqrt"]


class ColumnSpec(NamedTuple):
    """What normalisation needs to know of a column; goalposts in the column's own measurement."""

    id: str
    benefit: bool
    curve: Curve
    goalposts: tuple[float, float] | None


class Affine(Strict):
    """``clip(scale * curve(x) + offset, lower, upper)``, one column.

    Missing stays missing. ``lower`` and ``upper`` of None do not clip.
    """

    curve: Curve = "linear"
    scale: float
    offset: float
    lower: float | None = None
    upper: float | None = None


def bend(values: Array, curve: Curve) -> Array:
    """The curve of a column; a square root keeps the sign, so that it stays monotone below zero.

    >>> bend(np.array([-4.0, 9.0]), "sqrt")
    array([-2.,  3.])
    """
    if curve == "sqrt":
        bent: Array = np.sign(values) * np.sqrt(np.abs(values))
        return bent
    return values


def line_through(
    spec: ColumnSpec, ends: tuple[float, float], target: tuple[float, float], *, clip: bool
) -> Affine:
    """The map that sends ``ends`` (bent alike) to ``target``, reversed for a cost.

    ``ends`` must differ: callers handle a zero range first.

    >>> line_through(ColumnSpec("days", False, "linear", None), (0, 20), (0, 100), clip=True).scale
    -5.0
    """
    low, high = bend(np.array(ends, dtype=np.float64), spec.curve).tolist()
    first, last = target if spec.benefit else target[::-1]
    scale = (last - first) / (high - low)
    lower, upper = (min(target), max(target)) if clip else (None, None)
    return Affine(
        curve=spec.curve, scale=scale, offset=first - scale * low, lower=lower, upper=upper
    )


def apply_maps(values: Array, maps: Sequence[Affine]) -> Array:
    """Every column through its map.

    ``values``: (units, columns), one map a column. Missing (NaN) stays missing. Elementwise, so a
    subset of rows gives the same bits as the whole.

    >>> half = Affine(scale=50.0, offset=0.0, lower=0.0, upper=100.0)
    >>> apply_maps(np.array([[1.0], [3.0], [np.nan]]), [half]).ravel()
    array([ 50., 100.,  nan])
    """
    out = np.array(values, dtype=np.float64, order="C")
    for j, fitted in enumerate(maps):
        column = fitted.scale * bend(out[:, j], fitted.curve) + fitted.offset
        if fitted.lower is not None or fitted.upper is not None:
            column = np.clip(column, fitted.lower, fitted.upper)
        # Adding zero turns -0.0 into 0.0, which would print a minus sign.
        out[:, j] = column + 0.0
    return out
