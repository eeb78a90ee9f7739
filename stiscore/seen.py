"""What a reader saw in a file, as data: facts for ``inspect``, without a judgement.

It stands between the readers that fill it and the renderers that show it: they know nothing of
each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from stiscore.dataset import Kind
from stiscore.finding import Finding, Findings


class Reason(NamedTuple):
    """One fact that spoke for or against a layout: a stable key and its figures, no prose."""

    key: str
    facts: Mapping[str, object] = MappingProxyType({})


class SheetSeen(NamedTuple):
    """A reading of a sheet: the sheet's size, a layout, how well (0: not at all) and why."""

    name: str
    shape: tuple[int, int]
    layout: str
    score: float
    reasons: tuple[Reason, ...]
    hidden_rows: tuple[int, ...]


class ColumnSeen(NamedTuple):
    """A column of figures: its header and, when known, what it means and is multiplied with.

    ``factor`` is NaN when ``measured_in`` is not understood; ``suggestion`` is for unknown headers.
    A column that gives the error of another has that one's id; ``kind`` says which part of it.
    """

    header: str
    cell: str
    id: str | None = None
    kind: Kind | Literal["se", "low", "high"] | None = None
    measured_in: str | None = None
    wanted: str | None = None
    factor: float = 1.0
    suggestion: str | None = None


class Inspection(NamedTuple):
    """Facts of a file, and of its table when there is one. Rows are as the file counts them."""

    file: str
    sha256: str
    container: str
    encoding: str | None
    delimiter: str | None
    notes: tuple[Finding, ...]
    sheets: tuple[SheetSeen, ...]
    refused: Findings
    sheet: str | None = None
    layout: str | None = None
    level: str | None = None
    header_row: int | None = None
    label_rows: tuple[int, ...] = ()
    unit_row: int | None = None
    preface: tuple[str, ...] = ()
    unit_header: str | None = None
    code_header: str | None = None
    year_header: str | None = None
    columns: tuple[ColumnSeen, ...] = ()
    units: tuple[tuple[str, int], ...] = ()
    unknown_units: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[ColumnSeen, ...]:
        """The columns that will be read."""
        return tuple(c for c in self.columns if c.id is not None)

    @property
    def unknown(self) -> tuple[ColumnSeen, ...]:
        """The columns that will not."""
        return tuple(c for c in self.columns if c.id is None)


class SheetCells(NamedTuple):
    """A sheet as plain values, to be written again: rows in order, each with its row number.

    A value is a number, a text as it stands, or None. ``percent``: 1-based (row, column) of the
    numbers shown in per cent. ``name`` None: a text file. ``rows`` can be gone through once.
    """

    name: str | None
    rows: Iterator[tuple[int, list[float | str | None]]]
    percent: frozenset[tuple[int, int]]
