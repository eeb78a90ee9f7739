"""An iMeta table of COINr -> a framework: one row an indicator, an aggregate or another column."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stiscore.framework.strict import MOST_WEIGHT
from stiscore.io.elements.assemble import About, assembled
from stiscore.io.elements.element import (
    KINDS,
    Element,
    Imported,
    Kind,
    Ledger,
    figure,
    hint,
    is_blank,
)
from stiscore.io.parse import read_book

if TYPE_CHECKING:
    from stiscore.errors import Location
    from stiscore.io.grid import Grid

# Columns by the name we give them; COINr's own are unique but for case.
COLUMNS = {
    "icode": "code", "iname": "name", "direction": "direction", "weight": "weight",
    "unit": "unit", "target": "target", "denominator": "denominator", "parent": "parent",
    "type": "kind", "goalpost_lower": "lower", "goalpost_upper": "upper",
}  # fmt: skip
NEEDED = {"iCode": "code", "Parent": "parent", "Type": "kind", "Direction": "direction",
          "Weight": "weight"}  # fmt: skip
# The level follows from the parents.
KNOWN = frozenset({"level"})


def from_coinr(path: Path, *, id_: str | None = None, title: str | None = None) -> Imported:
    """The framework that an iMeta table describes (CSV or the first sheet of a workbook).

    Rows of Type Indicator and Aggregate become the tree, Denominator the quantities indicators are
    divided by, Group the columns that group units; Other is left out. Columns that have no
    counterpart are named in a note (F171). Cells that are empty or NA say nothing. ``id_`` and
    ``title`` replace those of the file and of the top. Raises InputRefused with every fault and its
    cell (F141 to F157), and as ``read_book`` does for a file that cannot be read.
    """
    grid = read_book(path).grids[0]
    ledger = Ledger(grid.file)
    table = _Table.of(grid, ledger)
    elements = [e for row in table.rows() if (e := table.element(row)) is not None]
    return assembled(elements, About(path.name, "coinr", id_, title), ledger)


@dataclass(frozen=True, slots=True)
class _Table:
    """The grid with its columns known: ``at`` by our names, ``shown`` by the file's own."""

    grid: Grid
    ledger: Ledger
    at: Mapping[str, int]
    head: int

    @classmethod
    def of(cls, grid: Grid, ledger: Ledger) -> _Table:
        """The head is the first row that names any column of COINr's; F141 for what it lacks."""
        rows = range(grid.shape[0])
        head = next((r for r in rows if any(t.casefold() == "icode" for _, t in grid.words(r))), 0)
        named = {t.casefold(): c for c, t in reversed(grid.words(head))}
        at = {ours: named[theirs] for theirs, ours in COLUMNS.items() if theirs in named}
        held = ", ".join(t for _, t in grid.words(head))
        for name, ours in NEEDED.items():
            if ours not in at:
                ledger.note("F141", grid.location(head), name=name, held=held)
        ledger.settle()
        left = [t for _, t in grid.words(head) if t.casefold() not in {*COLUMNS, *KNOWN}]
        if left:
            ledger.note("F171", grid.location(head), names=", ".join(left))
        return cls(grid, ledger, at, head)

    def rows(self) -> list[int]:
        """The rows below the head that are not wholly blank."""
        below = range(self.head + 1, self.grid.shape[0])
        return [r for r in below if any(self.text(r, name) for name in self.at)]

    def text(self, row: int, name: str) -> str:
        """What a cell says; '' where it says nothing or there is no such column."""
        text = self.grid.text(row, self.at[name]).strip() if name in self.at else ""
        return "" if is_blank(text) else text

    def value(self, row: int, name: str) -> float | None:
        """The number in a cell, None where there is none."""
        return figure(self.grid, row, self.at[name]) if self.text(row, name) else None

    def place(self, row: int, name: str) -> Location:
        """Where a cell stands."""
        return self.grid.location(row, self.at[name])

    def element(self, row: int) -> Element | None:
        """The row, None where it is left out or too faulty to go on with."""
        code, kind = self.text(row, "code"), self._kind(row)
        if not code:
            self.ledger.note("F143", self.place(row, "code"))
            return None
        if kind == "Other":
            self.ledger.note("F172", self.place(row, "code"), id=code)
        if kind in (None, "Other"):
            return None
        return Element(
            code=code,
            name=self.text(row, "name"),
            kind=kind,
            row=int(self.grid.lines[row]),
            unit=self.text(row, "unit"),
            places={name: self.place(row, name) for name in self.at},
            **self._own(row, code, kind),
        )

    def _own(self, row: int, code: str, kind: Kind) -> dict[str, Any]:
        """What only rows of some Types have."""
        own: dict[str, Any] = {}
        if kind in ("Indicator", "Aggregate"):
            own["direction"] = self._direction(row, code, kind)
            own |= {"weight": self._weight(row, code), "parent": self.text(row, "parent")}
        if kind == "Indicator":
            own |= {"target": self._number(row, code, "target", "Target")}
            own |= {"goalposts": self._goalposts(row, code)}
            own["denominator"] = self.text(row, "denominator")
        return own

    def _kind(self, row: int) -> Kind | None:
        given = self.text(row, "kind")
        for kind in KINDS:
            if kind.casefold() == given.casefold():
                return kind
        near = hint(given.capitalize(), KINDS)
        id_ = self.text(row, "code") or "-"
        self.ledger.note("F142", self.place(row, "kind"), id=id_, given=given, hint=near)
        return None

    def _direction(self, row: int, code: str, kind: Kind) -> int:
        """1 or -1; an aggregate may leave it out, and is never turned around."""
        given, value = self.text(row, "direction"), self.value(row, "direction")
        if kind == "Aggregate" and not given:
            return 1
        if value not in ((1.0,) if kind == "Aggregate" else (1.0, -1.0)):
            self.ledger.note("F149", self.place(row, "direction"), id=code, given=given)
        return -1 if value == -1.0 else 1

    def _weight(self, row: int, code: str) -> float:
        given, value = self.text(row, "weight"), self.value(row, "weight")
        if value is None or not 0 < value <= MOST_WEIGHT:
            self.ledger.note("F150", self.place(row, "weight"), id=code, given=given)
            return 1.0
        return value

    def _number(self, row: int, code: str, column: str, name: str) -> float | None:
        given, value = self.text(row, column), self.value(row, column)
        if given and value is None:
            self.ledger.note("F152", self.place(row, column), name=name, id=code, given=given)
        return value

    def _goalposts(self, row: int, code: str) -> tuple[float, float] | None:
        low = self._number(row, code, "lower", "goalpost_lower")
        high = self._number(row, code, "upper", "goalpost_upper")
        if low is None or high is None:
            return None
        if not low < high or not math.isfinite(high - low):
            self.ledger.note("F156", self.place(row, "lower"), id=code, low=low, high=high)
            return None
        return low, high
