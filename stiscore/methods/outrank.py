"""Outranking: units are compared pair by pair, and no part can make up for another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import Field

from stiscore.methods.base import Array, Mask
from stiscore.methods.combined import Combined, Combining, no_points, shares_present

# Scores closer than this share of the largest are equal: rounding must not order them.
TIE = 1e-12
# Majorities closer than this share of the weight compared are none, for the same reason.
DRAW = 1e-12
# Pairs compared at once: few enough that they stay in a processor's cache.
PAIRS = 1 << 17

Places = npt.NDArray[np.signedinteger]


class _Column(NamedTuple):
    """One child: where each row and each reference unit stands, and who has a score at all."""

    rows: Places
    standard: Places
    has: Mask
    standard_has: Mask


class Copeland(Combining):
    """Net wins in weighted pairwise majorities: ``50 + 50 (wins - losses) / n`` over n units.

    Unit a beats b when the weight of the children where a is the higher exceeds the weight of those
    where b is; what both lack or one lacks is left out, and a tie, or a pair with nothing in
    common, counts for neither. Each row of ``parts`` (units, children) meets the ``n`` rows of
    ``reference`` that have a score (the rows of ``parts`` themselves where none is given), so a
    unit's score depends on whom it is compared with and not on who else is scored. Range: 0-100,
    for reference units, who tie with themselves, 50 / n short of the ends. One unit alone gets 50;
    a row without any child, or that has nothing in common with anyone, is missing. Only the order
    within each child counts: no compensation, and no units of measurement. Reference scores of a
    child that follow one another within ``tie`` times its largest are equal, since rounding must
    not order them; 0 orders whatever differs, as COINr does.

    Points (ours): the score shared in proportion to weight times the share of reference units the
    child beats; by weight where it beats none. They add up to the score.

    Reference: OECD/JRC Handbook (2008), section 6.13, non-compensatory approach; Copeland (1951);
    Saari and Merlin (1996), Economic Theory 8, 51-76.

    >>> Copeland().combine(np.array([[9.0, 9.0], [5.0, 1.0], [1.0, 5.0]]), [2, 1]).score.round(1)
    array([83.3, 50. , 16.7])
    """

    id: Literal["copeland"] = "copeland"
    tie: Annotated[float, Field(ge=0, lt=1)] = TIE
    compares: ClassVar[bool] = True
    own_ends: ClassVar[tuple[float, float] | None] = (0.0, 100.0)
    between_parts: ClassVar[bool] = False
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.13; Copeland (1951)"

    def combine(
        self,
        parts: Array,
        weights: Sequence[float],
        reference: Array | None = None,
        *,
        points: bool = True,
    ) -> Combined:
        """Score and points of ``parts`` (units, children) against ``reference``."""
        standard = parts if reference is None else reference
        columns = _columns(parts, standard, self.tie)
        met = int((~np.isnan(shares_present(standard, weights)[:, 0])).sum())
        net, compared = _net(columns, weights)
        score = np.where(compared, 50.0 + 50.0 * net / max(met, 1), np.nan)
        told = _points(score, columns, parts, weights) if points else no_points(parts)
        return Combined(score, told, np.zeros(parts.shape, dtype=bool))


def outranking(
    parts: Array, weights: Sequence[float], reference: Array | None = None, *, tie: float = TIE
) -> Array:
    """Share of weight by which each row is ahead of each reference row, (rows, reference rows).

    Over the children both have, their weights renormalised; a tie gives half. 0.5 where two have
    nothing in common and of a unit with itself, so that ``o_ij + o_ji = 1`` always.

    Reference: OECD/JRC Handbook (2008), section 6.13, the outranking matrix.

    >>> outranking(np.array([[9.0, 2.0], [5.0, np.nan]]), [3, 1])
    array([[0.5, 1. ],
           [0. , 0.5]])
    """
    standard = parts if reference is None else reference
    matrix = np.full((parts.shape[0], standard.shape[0]), 0.5)
    for rows, margin, mass in _duels(_columns(parts, standard, tie), weights):
        ahead = np.divide(margin, mass, out=np.zeros(margin.shape), where=mass > 0)
        matrix[rows] += 0.5 * ahead
    return matrix


def net_wins(
    parts: Array, weights: Sequence[float], reference: Array | None = None, *, tie: float = TIE
) -> Array:
    """Reference rows each row beats less those it loses to, (rows,): Copeland's own count.

    Whole numbers; a row without anything to compare has 0.

    >>> net_wins(np.array([[9.0], [5.0], [1.0]]), [1]).tolist()
    [2.0, 0.0, -2.0]
    """
    standard = parts if reference is None else reference
    return _net(_columns(parts, standard, tie), weights)[0]


def _net(columns: Sequence[_Column], weights: Sequence[float]) -> tuple[Array, Mask]:
    """Wins less losses of each row, and whether it had anyone to be compared with."""
    net = np.zeros(columns[0].has.size)
    compared = np.zeros(net.shape, dtype=bool)
    for rows, margin, mass in _duels(columns, weights):
        won = np.count_nonzero(margin > DRAW * mass, axis=1)
        net[rows] = won - np.count_nonzero(margin < -DRAW * mass, axis=1)
        compared[rows] = np.broadcast_to(mass > 0, margin.shape).any(axis=1)
    return net, compared


def _columns(parts: Array, standard: Array, tie: float) -> list[_Column]:
    return [_column(parts[:, j], standard[:, j], tie) for j in range(parts.shape[1])]


def _column(values: Array, standard: Array, tie: float) -> _Column:
    """Places on a ladder: reference scores on its odd rungs, all between them on the even ones.

    Whole numbers are compared in a quarter of the time, and equality, settled here, is alike for
    every pair.
    """
    has, standard_has = ~np.isnan(values), ~np.isnan(standard)
    ordered = np.sort(standard[standard_has])
    slack = tie * float(np.abs(ordered).max(initial=0.0))
    with np.errstate(over="ignore"):
        rung = np.concatenate(([0], np.cumsum(ordered[1:] - ordered[:-1] > slack)))
    small = np.int16 if 2 * ordered.size + 1 < np.iinfo(np.int16).max else np.int32

    def place(scores: Array) -> Places:
        """Odd on a rung, even between two or beyond the ends."""
        first = np.searchsorted(ordered, scores - slack)
        held = np.minimum(first, max(ordered.size - 1, 0))
        on = (first < ordered.size) & (scores + slack >= _at(ordered, held))
        between = np.where(first < ordered.size, 2 * rung[held], 2 * rung[-1] + 2)
        rungs: Places = np.where(on, 2 * rung[held] + 1, between).astype(small)
        return rungs

    return _Column(place(values), place(standard), has, standard_has)


def _at(ordered: Array, places: npt.NDArray[np.intp]) -> Array:
    """The scores at ``places``; NaN throughout when there are none."""
    return ordered[places] if ordered.size else np.full(places.shape, np.nan)


def _duels(
    columns: Sequence[_Column], weights: Sequence[float]
) -> Iterator[tuple[slice, Array, Array]]:
    """Rows in blocks: weight ahead less weight behind, and the weight compared, of each pair."""
    rows, others = columns[0].has.size, columns[0].standard_has.size
    step = max(1, PAIRS // max(others, 1))
    whole = all(c.has.all() and c.standard_has.all() for c in columns)
    for start in range(0, rows, step):
        block = slice(start, min(start + step, rows))
        shape = (block.stop - block.start, others)
        margin, mass = np.zeros(shape), np.zeros((1, 1) if whole else shape)
        for weight, alike in _by_weight(columns, weights):
            ahead, compared = _counted(alike, block, shape, whole=whole)
            margin += weight * ahead
            mass += weight * compared
        yield block, margin, mass


def _by_weight(
    columns: Sequence[_Column], weights: Sequence[float]
) -> Iterator[tuple[float, list[_Column]]]:
    """Children of one weight together: they are counted in whole numbers, quicker and exact."""
    for weight in dict.fromkeys(weights):
        yield weight, [c for c, w in zip(columns, weights, strict=True) if w == weight]


def _counted(
    columns: Sequence[_Column], block: slice, shape: tuple[int, int], *, whole: bool
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16] | int]:
    """Children ahead less children behind, and children compared, of each pair."""
    ahead = np.zeros(shape, dtype=np.int16)
    compared = np.zeros(shape, dtype=np.int16)
    for column in columns:
        mine, theirs = column.rows[block, None], column.standard[None, :]
        sign = (mine > theirs).view(np.int8) - (mine < theirs).view(np.int8)
        if not whole:
            both = (column.has[block, None] & column.standard_has[None, :]).view(np.int8)
            sign *= both
            compared += both
        ahead += sign
    return ahead, len(columns) if whole else compared


def _points(
    score: Array, columns: Sequence[_Column], parts: Array, weights: Sequence[float]
) -> Array:
    shares = shares_present(parts, weights)
    shares = np.where(np.isnan(shares), 0.0, shares)
    beaten = np.zeros(parts.shape)
    total = np.zeros(parts.shape[0])
    for j, column in enumerate(columns):
        held = np.sort(column.standard[column.standard_has])
        below = np.searchsorted(held, column.rows) / max(held.size, 1)
        beaten[:, j] = shares[:, j] * np.where(column.has, below, 0.0)
        total += beaten[:, j]
    part = np.divide(beaten, total[:, None], out=shares, where=total[:, None] > 0)
    return part * np.where(np.isnan(score), 0.0, score)[:, None]
