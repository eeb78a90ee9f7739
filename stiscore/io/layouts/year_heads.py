"""Names that stand over the years of a head, or under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stiscore.dataset import Flag
from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.io.layouts.recognition import Named
from stiscore.io.measurement import stated

if TYPE_CHECKING:
    from stiscore.io.grid import Grid
    from stiscore.io.layouts.roles import Naming


def names_in_head(
    grid: Grid, header: int, years: dict[int, str], naming: Naming
) -> tuple[dict[int, Named], int]:
    """Names in the row above the years, each over some of them, or under them, one a column.

    With the columns they name come the number of rows the head reaches below the years; ``years``
    is filled to the right where a year stands over several names.
    """
    if header + 1 < grid.shape[0]:
        below = _named_in(grid, header + 1, range(min(years), grid.shape[1]), naming)
        if below:
            _fill(years, below)
            return {c: n for c, n in below.items() if c in years}, 1
    if header == 0:
        return {}, 0
    above = _named_in(grid, header - 1, range(min(years), max(years) + 1), naming)
    if not above or min(above) > min(years):
        return {}, 0
    named: dict[int, Named] = {}
    last = above[min(above)]
    for column in range(min(years), max(years) + 1):
        last = above.get(column, last)
        if column in years:
            named[column] = last
    return named, 0


def _fill(years: dict[int, str], named: dict[int, Named]) -> None:
    """Give every named column the year that stands over it or, merged, to its left."""
    last = None
    for column in range(min(years), max(named) + 1):
        last = years.get(column, last)
        if column in named and last is not None:
            years[column] = last


def _named_in(grid: Grid, row: int, columns: range, naming: Naming) -> dict[int, Named]:
    """The cells of a row that name something, unknown names among them; none if none is known."""
    texts = ((c, grid.text(row, c).strip()) for c in columns if grid.kinds[row, c] == CellKind.TEXT)
    met = {
        c: Named(c, t, row, naming.meaning(t))
        for c, t in texts
        # A measurement alone or a missing mark names nothing.
        if stated(t)[0] and parse_cell(t).flag is Flag.NOT_A_NUMBER
    }
    return met if any(n.meaning for n in met.values()) else {}
