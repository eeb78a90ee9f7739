"""The figures of chosen rows and columns as arrays, in the measurement wanted, each gap flagged.

Numbers come as arrays; only cells of text are parsed, each distinct text once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from stiscore.dataset import Flag, Flags, Origin, Values
from stiscore.io.cells import parse_cell, plain_number
from stiscore.io.grid import CellKind, Grid
from stiscore.io.measurement import conversion

if TYPE_CHECKING:
    from stiscore.io.layouts import Named
    from stiscore.io.vocabulary import Meaning

_KIND_FLAGS = {
    CellKind.EMPTY: Flag.BLANK,
    CellKind.BOOLEAN: Flag.NOT_A_NUMBER,
    CellKind.DATE: Flag.NOT_A_NUMBER,
    CellKind.ERROR: Flag.ERROR_CELL,
    CellKind.NO_VALUE: Flag.NO_CACHED_VALUE,
}
_TOLD = (
    Flag.MISSING_MARK
    | Flag.NOT_A_NUMBER
    | Flag.ERROR_CELL
    | Flag.NO_CACHED_VALUE
    | Flag.NUMBER_AS_TEXT
)


class Figures(NamedTuple):
    """Arrays of a Dataset, (rows, columns), and the texts that are no plain numbers."""

    values: Values
    flags: Flags
    origin: Origin
    texts: Mapping[tuple[int, int], str]


def factor_of(meaning: Meaning) -> float:
    """What turns a column's figures into the measurement wanted; NaN when that is not known.

    A column that states no measurement is taken to be in the one wanted.
    """
    given, wanted = meaning.measured_in, meaning.term.measured_in
    if given is None or wanted is None:
        return 1.0
    factor = conversion(given, wanted)
    return math.nan if factor is None else factor


def figures(grid: Grid, rows: Sequence[int], columns: Sequence[Named]) -> Figures:
    """Read the cells where ``rows`` (grid positions) and ``columns`` cross.

    Missing is NaN. Figures are multiplied into the wanted measurement; cells with a per cent format
    or sign are read as such whatever the column's header says.
    """
    at = np.ix_(np.array(rows, dtype=np.intp), np.array([c.column for c in columns], dtype=np.intp))
    kinds, text_at = grid.kinds[at], grid.text_at[at]
    values = np.where(kinds == CellKind.NUMBER, grid.numbers[at], np.nan)
    flags = np.zeros(kinds.shape, dtype=np.uint16)
    for kind, flag in _KIND_FLAGS.items():
        flags[kinds == kind] = flag
    percent = _parse_texts(grid, kinds, text_at, values, flags)
    formatted = grid.percent[at] & (kinds == CellKind.NUMBER)
    for j, column in enumerate(columns):
        if column.meaning is not None:
            _measure(values[:, j], flags[:, j], percent[:, j], formatted[:, j], column.meaning)
    told = np.argwhere((flags & np.uint16(_TOLD)) > 0)
    texts = {(r, c): grid.text(rows[r], columns[c].column) for r, c in told.tolist()}
    return Figures(values, flags, _origin(grid, rows, columns), MappingProxyType(texts))


def _parse_texts(
    grid: Grid,
    kinds: npt.NDArray[np.uint8],
    text_at: npt.NDArray[np.int32],
    values: Values,
    flags: Flags,
) -> npt.NDArray[np.bool_]:
    """Fill values and flags of the cells of text; where a per cent sign stood, (rows, columns)."""
    percent = np.zeros(kinds.shape, dtype=bool)
    texts = kinds == CellKind.TEXT
    if not texts.any():
        return percent
    # Not np.unique, which would load masked arrays for the sake of a sort.
    held = np.zeros(len(grid.texts), dtype=bool)
    held[text_at[texts]] = True
    back = np.cumsum(held)[text_at[texts]] - 1
    distinct = [grid.texts[i] for i in np.flatnonzero(held).tolist()]
    numbers = np.array([float(t) if plain_number(t) else math.nan for t in distinct])
    marks, signs = np.zeros(len(distinct), dtype=np.uint16), np.zeros(len(distinct), dtype=bool)
    for i in np.flatnonzero(~np.isfinite(numbers)).tolist():
        value, flag, sign = parse_cell(distinct[i])
        numbers[i], marks[i], signs[i] = math.nan if value is None else value, flag, sign
    values[texts], flags[texts], percent[texts] = numbers[back], marks[back], signs[back]
    return percent


def _measure(
    values: Values,
    flags: Flags,
    signed: npt.NDArray[np.bool_],
    formatted: npt.NDArray[np.bool_],
    meaning: Meaning,
) -> None:
    """Bring one column, in place, into the measurement wanted."""
    wanted, factor = meaning.term.measured_in, factor_of(meaning)
    own = np.zeros(values.shape, dtype=bool)
    if wanted is not None and signed.any():
        own |= signed
        by_sign = conversion("%", wanted)
        if by_sign is None:
            values[signed] = np.nan
            flags[signed] |= np.uint16(Flag.NOT_A_NUMBER)
        else:
            values[signed] = _times(values[signed], by_sign)
    by_format = conversion("ratio", wanted) if wanted is not None and formatted.any() else None
    if by_format is not None:
        own |= formatted
        if by_format != 1.0:
            # 0.29 * 100 is 28.999999999999996; what the sheet shows is 29.
            shown = [float(f"{v:.15g}") for v in _times(values[formatted], by_format).tolist()]
            values[formatted] = shown
            flags[formatted] |= np.uint16(Flag.PERCENT_FORMAT)
    if factor != 1.0 and not math.isnan(factor):
        converted = ~own & ~np.isnan(values)
        values[converted] = _times(values[converted], factor)
        flags[converted] |= np.uint16(Flag.CONVERTED)


def _times(values: Values, factor: float) -> Values:
    """The product, as a division by a whole number where that rounds better: 3 / 10."""
    if 0 < factor < 1 and math.isclose(1 / factor, round(1 / factor), rel_tol=1e-12):
        return values / round(1 / factor)
    return values * factor


def _origin(grid: Grid, rows: Sequence[int], columns: Sequence[Named]) -> Origin:
    origin = np.empty((len(rows), len(columns), 2), dtype=np.int32)
    origin[:, :, 0] = grid.lines[list(rows)][:, None] if rows else 0
    origin[:, :, 1] = [c.column + 1 for c in columns]
    return origin
