"""Fitted column maps: what normalisation comes down to once the reference data are known.

A curve, then a straight line, then limits: min-max, goalposts, z-score and the distances all fit to
``Affine``. Ranks fit to ``Ecdf``, which keeps the reference values, classes to ``Steps``. Direction
is in the map, so no stage flips a column.
"""

import math
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple, Protocol

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Strict

Curve = Literal["linear", "sqrt"]
# Rows that are mapped at a time: enough to be quick, few enough to stay in the cache.
_BLOCK = 4096
_LARGEST = float(np.finfo(np.float64).max)
# How often the last bits of a line are moved until it keeps its ends; one or two times do.
_NUDGES = 64


class ColumnSpec(NamedTuple):
    """What a stage needs to know of a column; goalposts and target in its own measurement."""

    id: str
    benefit: bool
    curve: Curve
    goalposts: tuple[float, float] | None
    target: float | None = None


class Map(Protocol):
    """Anything that turns a column into another, element by element; NaN stays NaN."""

    def apply(self, column: Array) -> Array:
        """The mapped column, same shape."""


class Affine(Strict):
    """``clip(scale * curve(x) + offset, lower, upper)``, one column.

    Missing stays missing. ``lower`` and ``upper`` of None do not clip.
    """

    kind: Literal["affine"] = "affine"
    curve: Curve = "linear"
    scale: float
    offset: float
    lower: float | None = None
    upper: float | None = None

    def apply(self, column: Array) -> Array:
        """The mapped column, same shape."""
        mapped = np.empty(column.shape)
        _line(bend(column, self.curve), self.scale, _plain(self.offset), mapped)
        _limit(mapped, [self])
        return mapped

    def unclipped(self, value: float) -> float:
        """The mapped value before the limits."""
        mapped = np.empty(1)
        _line(bend(np.array([value]), self.curve), self.scale, _plain(self.offset), mapped)
        return float(mapped[0])

    def backwards(self, score: float) -> float:
        """The value that is mapped to ``score``, limits aside; ``scale`` must not be 0.

        >>> Affine(curve="sqrt", scale=10.0, offset=50.0).backwards(20.0)
        -9.0
        """
        bent = (score - self.offset) / self.scale
        return bent * abs(bent) if self.curve == "sqrt" else bent


class Ecdf(Strict):
    """``scale * worse(x) + offset``, where ``worse`` counts the reference values worse than x.

    ``values``: the reference values, rising. With ``ties: average`` half of the other values equal
    to x count as worse. A value better than all reference values counts as the best of them, so the
    scale keeps its ends. Missing stays missing.

    >>> Ecdf(values=(1.0, 2.0, 2.0), benefit=True, scale=50.0, offset=0.0).apply(np.array([2.0, 9]))
    array([ 50., 100.])
    """

    kind: Literal["ecdf"] = "ecdf"
    values: tuple[float, ...]
    benefit: bool
    scale: float
    offset: float
    ties: Literal["min", "average"] = "min"

    def apply(self, column: Array) -> Array:
        """The mapped column, same shape."""
        known = np.array(self.values, dtype=np.float64)
        place = np.searchsorted(known, column, side="left" if self.benefit else "right")
        worse = (place if self.benefit else known.size - place).astype(np.float64)
        if self.ties == "average":
            beyond = np.searchsorted(known, column, side="right" if self.benefit else "left")
            worse += np.maximum(np.abs(beyond - place) - 1, 0) / 2
        worse = np.minimum(worse, max(known.size - 1, 0))
        mapped: Array = np.where(np.isnan(column), np.nan, self.scale * worse + self.offset)
        return mapped


class Steps(Strict):
    """The score of the class a value falls in; a value on a threshold belongs to the better class.

    ``thresholds``: between classes, from the worst to the best, of values as they are for a benefit
    and with their sign turned for a cost. ``scores``: one more. Missing stays missing.

    >>> Steps(thresholds=(5.0,), scores=(0.0, 100.0), benefit=True).apply(np.array([4.0, 5.0]))
    array([  0., 100.])
    """

    kind: Literal["steps"] = "steps"
    thresholds: tuple[float, ...]
    scores: tuple[float, ...]
    benefit: bool

    def apply(self, column: Array) -> Array:
        """The mapped column, same shape."""
        turned = column if self.benefit else -column
        place = np.searchsorted(np.array(self.thresholds), turned, side="right")
        told = np.array(self.scores)[np.minimum(place, len(self.thresholds))]
        mapped: Array = np.where(np.isnan(column), np.nan, told)
        return mapped


ColumnMap = Annotated[Affine | Ecdf | Steps, Field(union_mode="left_to_right")]


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
    spec: ColumnSpec,
    ends: tuple[float, float],
    target: tuple[float, float],
    *,
    clip: bool,
    bent: bool = False,
) -> Affine:
    """The map that sends ``ends`` (bent alike, unless they are already) to ``target``.

    Reversed for a cost. ``ends`` must differ: callers handle a zero range first.

    >>> line_through(ColumnSpec("days", False, "linear", None), (0, 20), (0, 100), clip=True).scale
    -5.0
    """
    told = np.array(ends, dtype=np.float64)
    low, high = (told if bent else bend(told, spec.curve)).tolist()
    if not clip:
        scale, offset = straight((low, high) if spec.benefit else (high, low), target)
        return Affine(curve=spec.curve, scale=scale, offset=offset)
    first, last = target if spec.benefit else target[::-1]
    scale = (last - first) / (high - low)
    lower, upper = min(target), max(target)
    return Affine(
        curve=spec.curve, scale=scale, offset=first - scale * low, lower=lower, upper=upper
    )


def straight(ends: tuple[float, float], target: tuple[float, float]) -> tuple[float, float]:
    """Scale and offset of the line that sends the worst value and the best to ``target``.

    No value between the two falls outside of ``target``. Rounding would else put the worst a last
    bit below 0, where a mean or a weighting that takes no negative score refuses it.

    >>> straight((20.0, 0.0), (0.0, 100.0))
    (-5.0, 100.0)
    """
    (worst, best), (low, high) = ends, target
    scale = (high - low) / (best - worst)
    offset = low - scale * worst
    for _ in range(_NUDGES):
        if scale * best + offset > high:
            scale = math.nextafter(scale, 0.0)
            offset = low - scale * worst
        elif scale * worst + offset < low:
            offset = math.nextafter(offset, math.inf)
        else:
            break
    return scale, offset


def level_at(spec: ColumnSpec, score: float) -> Affine:
    """The map of a column that tells nothing: one score for every value."""
    return Affine(curve=spec.curve, scale=0.0, offset=score)


def apply_maps(values: Array, maps: Sequence[Map]) -> Array:
    """Every column through its map.

    ``values``: (units, columns), one map a column. Missing (NaN) stays missing. Elementwise, so a
    subset of rows gives the same bits as the whole.

    >>> half = Affine(scale=50.0, offset=0.0, lower=0.0, upper=100.0)
    >>> apply_maps(np.array([[1.0], [3.0], [np.nan]]), [half]).ravel()
    array([ 50., 100.,  nan])
    """
    straight = [m for m in maps if isinstance(m, Affine)]
    if len(straight) == len(maps):
        return _all_affine(values, straight)
    out = np.empty(values.shape)
    for j, fitted in enumerate(maps):
        out[:, j] = fitted.apply(np.ascontiguousarray(values[:, j]))
    return out


def _all_affine(values: Array, maps: Sequence[Affine]) -> Array:
    """Straight lines for a block of rows at once; the same operations, so the same bits."""
    scale, offset = np.array([m.scale for m in maps]), np.array([_plain(m.offset) for m in maps])
    curved = [j for j, m in enumerate(maps) if m.curve != "linear"]
    out = np.empty(values.shape)
    for first in range(0, values.shape[0], _BLOCK):
        rows = slice(first, first + _BLOCK)
        bent = values[rows]
        if curved:
            bent = bent.copy()
            bent[:, curved] = bend(bent[:, curved], "sqrt")
        _line(bent, scale, offset, out[rows])
        _limit(out[rows], maps)
    return out


def _line(values: Array, scale: float | Array, offset: float | Array, out: Array) -> None:
    """``scale * values + offset`` into ``out``; what is too large becomes the largest number.

    A value far outside a narrow range would else score infinitely, and its parents not at all.
    """
    try:
        with np.errstate(over="raise"):
            np.multiply(values, scale, out=out)
            out += offset
    except FloatingPointError:
        with np.errstate(over="ignore"):
            np.clip(values * scale, -_LARGEST, _LARGEST, out=out)
            np.clip(out + offset, -_LARGEST, _LARGEST, out=out)


def _limit(block: Array, maps: Sequence[Affine]) -> None:
    """Clip in place; one pair of limits for all columns, as is usual, is much the quicker."""
    limits = {(m.lower, m.upper) for m in maps}
    if limits == {(None, None)}:
        return
    if len(limits) == 1:
        [(lower, upper)] = limits
        np.clip(block, None if lower is None else _plain(lower), upper, out=block)
        return
    np.maximum(block, [-np.inf if m.lower is None else _plain(m.lower) for m in maps], out=block)
    np.minimum(block, [np.inf if m.upper is None else m.upper for m in maps], out=block)


def _plain(number: float) -> float:
    """Without the sign of -0.0: it would print, and adding or clipping to it would pass it on."""
    return number + 0.0
