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
from stiscore.io.cells import lone_comma, parse_cell, plain_number
from stiscore.io.grid import CellKind, Grid
from stiscore.io.measurement import conversion

if TYPE_CHECKING:
    from stiscore.io.layouts import Table
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
    | Flag.COMMA
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


def figures(grid: Grid, table: Table, rows: Sequence[int], columns: Sequence[int]) -> Figures:
    """Read the cells where ``rows`` and ``columns``, positions in the table, cross.

    Missing is NaN. Figures are multiplied into the wanted measurement; cells with a per cent format
    or sign are read as such whatever the column's header says.
    """
    at = table.places(rows, columns)
    kinds, text_at = grid.kinds[at], grid.text_at[at]
    nowhere = at[0] < 0
    if nowhere.any():
        kinds[nowhere], text_at[nowhere] = CellKind.EMPTY, -1
    values = np.where(kinds == CellKind.NUMBER, grid.numbers[at], np.nan)
    flags = np.zeros(kinds.shape, dtype=np.uint16)
    for kind, flag in _KIND_FLAGS.items():
        flags[kinds == kind] = flag
    percent = _parse_texts(grid, kinds, text_at, values, flags)
    formatted = grid.percent[at] & (kinds == CellKind.NUMBER)
    for j, column in enumerate(columns):
        meaning = table.columns[column].meaning
        if meaning is not None:
            _measure(values[:, j], flags[:, j], percent[:, j], formatted[:, j], meaning)
    told = np.argwhere((flags & np.uint16(_TOLD)) > 0).tolist()
    rows_at, columns_at = np.broadcast_arrays(*at)
    texts = {(r, c): grid.text(rows_at[r, c], columns_at[r, c]) for r, c in told}
    texts |= _marked(table, rows, columns, values, flags)
    return Figures(values, flags, _origin(grid, rows_at, columns_at), MappingProxyType(texts))


def _marked(
    table: Table, rows: Sequence[int], columns: Sequence[int], values: Values, flags: Flags
) -> dict[tuple[int, int], str]:
    """Flag the figures the source put a mark beside; what they then read like."""
    row_of = {place: r for r, place in enumerate(rows)}
    column_of = {place: c for c, place in enumerate(columns)}
    texts = {}
    for (row, column), mark in table.marks.items():
        here = (row_of.get(row, -1), column_of.get(column, -1))
        if min(here) >= 0 and not np.isnan(values[here]):
            flags[here] |= np.uint16(Flag.NUMBER_AS_TEXT)
            texts[here] = f"{values[here]:.15g} {mark}"
    return texts


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
        if grid.semicolons and value is not None and lone_comma(distinct[i]):
            value, flag = None, Flag.COMMA
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


def _origin(grid: Grid, rows: npt.NDArray[np.int32], columns: npt.NDArray[np.int32]) -> Origin:
    origin = np.zeros((*rows.shape, 2), dtype=np.int32)
    origin[:, :, 0] = np.where(rows < 0, 0, grid.lines[rows])
    origin[:, :, 1] = np.where(rows < 0, 0, columns + 1)
    return origin
