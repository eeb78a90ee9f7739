"""What a layout found in a grid: where its table stands and what its columns mean.

Every layout ends in the same ``Table``: a row for each unit and period, a column for each figure,
and for each crossing the cell of the file. Nothing is copied and nothing is moved, so a figure of a
long table or of years across the columns keeps its address as one of a wide table does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from stiscore.io.figures import factor_of
from stiscore.io.vocabulary import unstated
from stiscore.units.normal import unpadded
from stiscore.units.registry import find

if TYPE_CHECKING:
    from stiscore.finding import Finding
    from stiscore.io.grid import Grid
    from stiscore.io.layouts.error_heads import ErrorHead
    from stiscore.io.vocabulary import Meaning, Vocabulary
    from stiscore.seen import Reason
    from stiscore.units.registry import Entry

Places = npt.NDArray[np.int32]


class Named(NamedTuple):
    """A column of figures: the place of its header, and the header as printed.

    ``meaning`` is None when the header is not known. ``error``: what the column gives the error of,
    where that is what its header says.
    """

    column: int
    header: str
    row: int
    meaning: Meaning | None
    error: ErrorHead | None = None


class Row(NamedTuple):
    """A unit in a period: the cell that names it, and what the cell was found to name."""

    row: int
    column: int
    code: str
    name: str
    period: str | None
    entry: Entry | None

    @property
    def text(self) -> str:
        """The label as the source prints it, without the spaces that pad a Chinese name."""
        return unpadded(self.name or self.code)


class Clash(NamedTuple):
    """A second figure for the same unit, period and column: where it and the first stand."""

    row: Row
    column: Named
    second: tuple[int, int]
    first: tuple[int, int]


class Table(NamedTuple):
    """A table made out.

    ``rows_at`` and ``columns_at``: positions in the grid, broadcastable to (rows, columns), -1
    where the file has no cell. ``marks``: what the source says beside a figure, by position.
    ``repeated``: a unit's name may stand in many records, and what is said of it is said once.
    """

    rows: tuple[Row, ...]
    columns: tuple[Named, ...]
    rows_at: Places
    columns_at: Places
    clashes: tuple[Clash, ...] = ()
    marks: Mapping[tuple[int, int], str] = MappingProxyType({})
    repeated: bool = False

    def places(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[Places, Places]:
        """Where the chosen rows and columns cross, as two arrays that broadcast together."""
        shape = (len(self.rows), len(self.columns))

        def chosen(at: Places) -> Places:
            """Along an axis that is not broadcast, the wanted positions."""
            for axis, wanted in ((0, rows), (1, columns)):
                if at.shape[axis] == shape[axis]:
                    at = np.take(at, np.asarray(wanted, dtype=np.intp), axis=axis)
            return at

        return chosen(self.rows_at), chosen(self.columns_at)


class Recognition(NamedTuple):
    """A layout's reading of a grid. Rows and columns count from 0.

    ``score`` is 0 when the layout does not fit and otherwise grows with what was recognised; it is
    comparable between sheets and layouts. ``question``: the layout fits, but something has to be
    told before the table can be read. ``make`` lays the table out, once the reading is chosen.
    ``keys`` are columns that name units a second time, ``asides`` hold remarks or sources: neither
    is read.
    """

    layout: str
    grid: Grid
    score: float
    reasons: tuple[Reason, ...]
    make: Callable[[], Table] | None = None
    question: Finding | None = None
    header: int = 0
    labels: tuple[int, ...] = ()
    unit_row: int | None = None
    preface: tuple[int, ...] = ()
    first: int = 0
    unit: int | None = None
    code: int | None = None
    year: int | None = None
    keys: tuple[int, ...] = ()
    asides: tuple[int, ...] = ()
    columns: tuple[Named, ...] = ()

    @property
    def sheet(self) -> str:
        """The sheet's name, or the file's where there are no sheets."""
        return self.grid.sheet or self.grid.file

    def table(self) -> Table:
        """The table laid out; an empty one where the layout does not fit."""
        none = np.zeros((0, 0), dtype=np.int32)
        return self.make() if self.make else Table((), (), none, none)


def merged(columns: Iterable[Named]) -> tuple[Named, ...]:
    """The columns there will be: names of one meaning share one.

    Where they are measured differently no measurement is right for all: all are given together and
    not understood.
    """
    held: dict[str | Named, list[Named]] = {}
    for column in columns:
        alike = held.setdefault(column.meaning.term.id if column.meaning else column, [column])
        if not any(_measured_alike(column, other) for other in alike):
            alike.append(column)
    return tuple(_together(alike) for alike in held.values())


def _measured_alike(one: Named, other: Named) -> bool:
    """Whether a figure means the same under both, which have one meaning."""
    if one is other or one.meaning is None or other.meaning is None or one.meaning == other.meaning:
        return True
    silent = [unstated(n.header, m) for n, m in ((one, one.meaning), (other, other.meaning))]
    return silent[0] == silent[1] and factor_of(one.meaning) == factor_of(other.meaning)


def _together(alike: list[Named]) -> Named:
    first = alike[0]
    if len(alike) == 1 or first.meaning is None:
        return first
    given = " | ".join((c.meaning and c.meaning.measured_in) or "-" for c in alike)
    return first._replace(meaning=first.meaning._replace(measured_in=given))


Recogniser = Callable[["Grid", "Vocabulary"], Recognition]


class Namer:
    """Finds what codes and names mean together, each distinct pair once."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Entry | None] = {}

    def entry(self, code: str, name: str) -> Entry | None:
        """The unit named; None when there is none or code and name contradict each other."""
        pair = (code, name)
        if pair not in self._held:
            by_code, by_name = find(code) if code else None, find(name) if name else None
            against = by_code and by_name and by_code != by_name
            self._held[pair] = None if against else by_code or by_name
        return self._held[pair]

    def contradict(self, one: str, other: str) -> bool:
        """Whether two names are of two units of one registry; a province has its country beside."""
        met = [e for e in (self.entry("", one), self.entry("", other)) if e]
        return (
            len(met) == 2 and met[0] != met[1] and met[0].registry == met[1].registry != "aggregate"
        )


class Spread:
    """Collects figures one by one and lays them out as a table of units and periods.

    The first figure of a unit, period and column is kept; every further one is a clash.
    """

    def __init__(self, columns: Sequence[Named]) -> None:
        self._columns = tuple(columns)
        self._rows: dict[tuple[str, str | None], int] = {}
        self._keys: list[Row] = []
        self._found: dict[tuple[int, int], tuple[int, int]] = {}
        self._clashes: list[Clash] = []
        self._marks: dict[tuple[int, int], str] = {}

    def row(self, row: Row) -> int:
        """The table's row of a unit and period, a new one when it is the first of its kind."""
        # Totals of different bodies may share an entry, and are different rows.
        scored = row.entry is not None and row.entry.registry != "aggregate"
        own = row.entry.id if row.entry and scored else f"\0{row.code}\0{row.name}"
        if not row.text:
            own = f"\0{row.row}"  # rows without a name have nothing in common
        key = (own, row.period)
        if key not in self._rows:
            self._rows[key] = len(self._keys)
            self._keys.append(row)
        return self._rows[key]

    def put(self, row: int, column: int, cell: tuple[int, int], mark: str = "") -> None:
        """A figure of ``row`` and ``column``, and the cell it stands in."""
        held = self._found.setdefault((row, column), cell)
        if held != cell:
            self._clashes.append(Clash(self._keys[row], self._columns[column], cell, held))
        elif mark:
            self._marks[row, column] = mark

    def table(self) -> Table:
        """What was collected."""
        shape = (len(self._keys), len(self._columns))
        rows_at = np.full(shape, -1, dtype=np.int32)
        columns_at = np.full(shape, -1, dtype=np.int32)
        for place, (row, column) in self._found.items():
            rows_at[place], columns_at[place] = row, column
        return Table(
            tuple(self._keys),
            self._columns,
            rows_at,
            columns_at,
            tuple(self._clashes),
            MappingProxyType(self._marks),
            repeated=True,
        )
