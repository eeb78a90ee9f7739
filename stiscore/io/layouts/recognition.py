"""What a layout found in a grid: where its table stands and what its columns mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stiscore.io.grid import Grid
    from stiscore.io.vocabulary import Meaning, Vocabulary
    from stiscore.seen import Reason


@dataclass(frozen=True, slots=True)
class Named:
    """A column of figures: its place, its header as printed, the row the header stands in.

    ``meaning`` is None when the header is not known.
    """

    column: int
    header: str
    row: int
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Recognition:
    """A table in a grid. Rows and columns count from 0.

    ``score`` is 0 when the layout does not fit and otherwise grows with what was recognised; it is
    comparable between sheets. ``first`` is the first row of data. ``keys`` are columns that name
    units a second time, ``asides`` hold remarks or sources: neither is read.
    """

    layout: str
    grid: Grid
    score: float
    reasons: tuple[Reason, ...]
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


Recogniser = Callable[["Grid", "Vocabulary"], Recognition]
