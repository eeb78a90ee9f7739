"""The head of a table: which rows belong to it, which columns name units, what the rest mean.

Usually one row names the columns and the rows beside it repeat it, complete it or hold
measurements. A yearbook rather cuts each name into lines, one a row; where the lines of a column
joined make known names and single rows do not, the block from the head of the units down is the
head.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stiscore.dataset import Flag
from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.io.layouts.error_heads import error_of
from stiscore.io.layouts.joined import is_child, joined, measured_whole, said_above, title_of
from stiscore.io.layouts.recognition import Named
from stiscore.io.layouts.roles import SEARCHED as _SEARCHED
from stiscore.io.layouts.roles import years_in
from stiscore.io.measurement import measure, of_table, plain, stated
from stiscore.units.registry import find

if TYPE_CHECKING:
    from stiscore.io.grid import Grid
    from stiscore.io.layouts.error_heads import ErrorHead
    from stiscore.io.vocabulary import Meaning, Role, Vocabulary

_MEASURE_WORDS = frozenset(
    {"单位", "计量单位", "unit", "units", "measured in", "measurement", "unit of measurement"}
)

_WORDS = Flag.NOT_A_NUMBER


@dataclass(slots=True)
class Head:
    """A head while it is being made out: rows and columns count from 0."""

    grid: Grid
    vocabulary: Vocabulary
    header: int = 0
    labels: list[int] = field(default_factory=list)
    unit_row: int | None = None
    unit: int | None = None
    code: int | None = None
    year: int | None = None
    keys: list[int] = field(default_factory=list)
    asides: list[int] = field(default_factory=list)
    block: range | None = None
    _meanings: dict[str, Meaning | None] = field(default_factory=dict)
    _worded: dict[int, str] = field(default_factory=dict)
    _wholes: dict[tuple[int, int, int], list[str] | None] = field(default_factory=dict)
    _merged: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for top, left, bottom, right in self.grid.merged:
            if top == bottom < 2 * _SEARCHED:
                self._merged |= {(top, column): left for column in range(left, right + 1)}
        self.vocabulary = self.vocabulary.under(title_of(self.grid, self.vocabulary))

    @property
    def rows(self) -> list[int]:
        """The rows of the head, from the top."""
        own = [self.header, *self.labels]
        return sorted(own if self.unit_row is None else [*own, self.unit_row])

    def text(self, row: int, column: int) -> str:
        """A cell's text without the spaces around it."""
        return self.grid.text(row, column).strip()

    def _over(self, row: int, column: int) -> str:
        """What stands in a cell, or in the merged one that reaches over it from the left."""
        return self.text(row, self._merged.get((row, column), column))

    def name(self, row: int) -> str:
        """What stands in a row's unit cell, or else in its code cell."""
        places = [c for c in (self.unit, self.code) if c is not None]
        return next((t for t in (self.text(row, c) for c in places) if t), "")

    def find_header(self) -> int:
        """Settle on the row that names most columns, of equals the first; how many it names."""
        most = 0
        for row in range(min(_SEARCHED, self.grid.shape[0])):
            # A row of data is no header, even where one of its words happens to be a name.
            if self._ends(row):
                continue
            ids = {m.term.id for _, t in self._words(row) if (m := self._meaning(t))}
            if len(ids) > most:
                most, self.header = len(ids), row
        block = self._lines_of_names()
        if len(block) > 1 or any(is_child(t) for row in block for _, t in self._words(row)):
            met = {m.term.id for c in range(self.grid.shape[1]) if (m := self._joint(block, c)[1])}
            if len(met) > most:
                most, self.block, self.header = len(met), block, block.start
        return most

    def find_keys(self) -> bool:
        """Settle on the columns of units, codes, years and remarks; whether units were found."""
        roles: dict[Role, list[int]] = defaultdict(list)
        # Of a header split over rows the upper one often names the units.
        for column in range(self.grid.shape[1]):
            near = range(max(0, self.header - 2), min(self.header + 2, self.grid.shape[0]))
            for row in sorted(near, key=lambda r: abs(r - self.header)):
                role = (
                    self.vocabulary.role(self.text(row, column)) if self.text(row, column) else None
                )
                if role and not self._meaning(self.text(self.header, column)):
                    roles[role].append(column)
                    break
        named = sorted(roles["unit"], key=lambda c: -self._units_in(c))
        self.unit = named[0] if named else None
        self.code = roles["code"][0] if roles["code"] else None
        if self.unit is None and self.code is None:
            self.unit = self._unheaded()
        self.year = roles["year"][0] if roles["year"] else None
        self.keys = [*named[1:], *roles["code"][1:]]
        self.asides = roles["aside"]
        return self.unit is not None or self.code is not None

    def extend(self) -> None:
        """Take in the rows beside the header that belong to the head."""
        if self.block is not None:
            for row in self.block:
                if row != self.header:
                    self._take(row)
            return
        row = self.header + 1
        while row < self.grid.shape[0] and self._belongs(row, below=True):
            self._take(row)
            row += 1
        row = self.header - 1
        while row >= 0 and self._belongs(row, below=False):
            self._take(row)
            row -= 1

    def columns(self) -> Iterator[Named]:
        """Every column of figures with what it means, unknown ones included."""
        said, alike = said_above(self.grid, self.rows[0]), self._alike()
        for column in range(self.grid.shape[1]):
            if column in self._apart():
                continue
            row, meaning = self._column(column, alike)
            header = self.text(row, column)
            if meaning is not None:
                yield Named(column, header, row, _measured(meaning, said))
            elif header or (self.grid.kinds[self.rows[-1] + 1 :, column] != CellKind.EMPTY).any():
                yield Named(column, header, row, None, self._error(column))

    def years_beside(self, columns: tuple[Named, ...]) -> bool:
        """Whether a row in or beside the head says of which year each column is."""
        for row in (self.rows[0] - 1, *self.rows, self.rows[-1] + 1):
            if not 0 <= row < self.grid.shape[0] or find(self.name(row)):
                continue
            years = years_in(self.grid, row)
            if sum(c.column in years for c in columns) > 1:
                return True
        return False

    def _column(self, column: int, alike: set[int]) -> tuple[int, Meaning | None]:
        """The row of a column's header, and its meaning where the head's rows agree on one."""
        given = self._given(column)
        if self.block is not None or is_child(self.text(self.header, column)):
            block = self.block or range(self.header, self.header + 1)
            row, meaning = self._joint(block, column)
            return row, meaning and meaning._replace(measured_in=given or meaning.measured_in)
        rows = [self.header, *sorted(self.labels, key=lambda r: abs(r - self.header))]
        texts = [(r, t) for r in rows if (t := self._over(r, column))]
        met = [(r, m) for r, t in texts if (m := self.vocabulary.meaning(t, given))]
        shown = texts[0][0] if texts else self.header
        if len({m.term.id for _, m in met}) != 1:
            return shown, None
        row, meaning = met[0]
        # "Exports" under "Trade" is not trade: a sub-header nobody knows makes the column unknown.
        doubtful = any(not self._meaning(t) and not {r, row} <= alike for r, t in texts)
        return (shown, None) if doubtful else (row, meaning)

    def _error(self, column: int) -> ErrorHead | None:
        """What a column gives the error of; names cut into lines say it of none."""
        rows = [] if self.block is not None else [self.header, *self.labels]
        texts = [text for row in rows if (text := self._over(row, column))]
        return error_of(texts, self.vocabulary, self._given(column)) if texts else None

    def _lines_of_names(self) -> range:
        """The rows from the head of the units to the last above the figures; may be none."""
        for top in range(min(_SEARCHED, self.grid.shape[0])):
            if any(self.vocabulary.role(t) == "unit" for _, t in self._words(top)):
                row = top
                while row < self.grid.shape[0] and not self._ends(row):
                    row += 1
                return range(top, row)
        return range(0)

    def _ends(self, row: int) -> bool:
        """Whether a row is one of data: it holds figures or begins with a unit."""
        if self._figures(row):
            return True
        first = next((t for c in range(self.grid.shape[1]) if (t := self.text(row, c))), "")
        # Eurostat heads its units "geo", which is also Georgia's code.
        return bool(first) and self.vocabulary.role(first) is None and find(first) is not None

    def _joint(self, block: range, column: int) -> tuple[int, Meaning | None]:
        """The first row with words in a column of a block, and what its lines mean joined."""
        words = [(r, t) for r in block if (t := self._over(r, column))]
        if not words:
            return block.start, None
        parent = None
        if is_child(words[0][1]):
            parent = self._whole_of(block, column)
        names = joined([t for _, t in words], parent)
        met = {m.term.id: m for name in names if (m := self._meaning(name))}
        return words[0][0], next(iter(met.values())) if len(met) == 1 else None

    def _whole_of(self, block: range, column: int) -> list[str] | None:
        """The lines of the nearest name on the left that is no part itself."""
        own = (block.start, block.stop, column)
        for left in range(column - 1, -1, -1):
            if (beside := (block.start, block.stop, left)) in self._wholes:
                self._wholes[own] = self._wholes[beside]
                break
            lines = [t for r in block if (t := self.text(r, left))]
            if lines and not is_child(lines[0]):
                self._wholes[own] = lines
                break
        return self._wholes.setdefault(own, None)

    def _given(self, column: int) -> str | None:
        """What the unit row says of a column; a dash there says nothing."""
        text = self._over(self.unit_row, column) if self.unit_row is not None else ""
        return None if parse_cell(text).flag & (Flag.BLANK | Flag.MISSING_MARK) else _bare(text)

    def _alike(self) -> set[int]:
        """Rows that each name the same columns; the others split one header over rows."""
        agreeing = (r for r in self.labels if self._agreements(r) * 2 >= len(self._known_in(r)) > 0)
        return {self.header, *agreeing}

    def _agreements(self, row: int) -> int:
        own = self._known_in(self.header)
        return sum(own.get(c) == name for c, name in self._known_in(row).items())

    def _known_in(self, row: int) -> dict[int, str]:
        return {c: m.term.id for c, t in self._words(row) if (m := self._meaning(t))}

    def _belongs(self, row: int, *, below: bool) -> bool:
        words = [(c, t) for c, t in self._words(row) if c not in self._apart()]
        name = self.name(row)
        if not words or self._figures(row) or (name and find(name)):
            return False
        if self._is_unit_row(row, words) or any(self._meaning(t) for _, t in words):
            return True
        # Below the header, words without a unit are a second line of it; above, they are preface.
        return below and (not name or self.vocabulary.role(name) is not None)

    def _take(self, row: int) -> None:
        words = [(c, t) for c, t in self._words(row) if c not in self._apart()]
        if self.unit_row is None and self._is_unit_row(row, words):
            self.unit_row = row
        else:
            self.labels.append(row)

    def _is_unit_row(self, row: int, words: list[tuple[int, str]]) -> bool:
        if self.unit_row is not None or any(self._meaning(t) for _, t in words):
            return False
        said = plain(self.name(row)).casefold().rstrip(":") in _MEASURE_WORDS
        texts = [_bare(t) for _, t in words]
        if not said and self._for_all(row, words):
            return False
        return said or sum(measure(t) is not None for t in texts) * 2 >= len(texts)

    def _for_all(self, row: int, words: list[tuple[int, str]]) -> bool:
        """Whether a row above states one measurement for the whole table.

        单位：万元 may stand on the left and (10 000 yuan) on the right, over any column.
        """
        if measured_whole(self.name(row)):
            return True
        known = self._known_in(self.header)
        over = sum(column in known for column, _ in words)
        alone = all(measured_whole(text) for _, text in words)
        return row < self.header and alone and over * 2 <= len(known)

    def _apart(self) -> set[int | None]:
        """The columns that hold no figures."""
        return {self.unit, self.code, self.year, *self.keys, *self.asides}

    def _figures(self, row: int) -> bool:
        """Whether a row holds numbers outside the columns that name units and years."""
        apart, kinds = self._apart(), self.grid.kinds[row]
        other = np.flatnonzero((kinds != CellKind.EMPTY) & (kinds != CellKind.TEXT)).tolist()
        if any(column not in apart for column in other):
            return True
        texts = (t for c, t in self.grid.words(row) if c not in apart)
        return any(parse_cell(text).value is not None for text in texts)

    def _words(self, row: int) -> Iterator[tuple[int, str]]:
        """The cells of a row that hold words: neither numbers nor missing marks."""
        for column in (self.grid.kinds[row] == CellKind.TEXT).nonzero()[0].tolist():
            place = int(self.grid.text_at[row, column])
            if place not in self._worded:
                text = self.grid.texts[place].strip()
                self._worded[place] = text if parse_cell(text).flag is _WORDS else ""
            if self._worded[place]:
                yield column, self._worded[place]

    def _meaning(self, text: str) -> Meaning | None:
        if text not in self._meanings:
            self._meanings[text] = self.vocabulary.meaning(text) if text else None
        return self._meanings[text]

    def _units_in(self, column: int) -> int:
        """How many of the first rows under the header name a unit of the registry here."""
        texts = (self.text(r, column) for r in self._sampled())
        return sum((e := find(t)) is not None and e.registry != "aggregate" for t in texts if t)

    def _unheaded(self) -> int | None:
        """The first column that mostly names units, though nothing above says so."""
        for column in range(min(self.grid.shape[1], 10)):
            filled = sum(bool(self.text(r, column)) for r in self._sampled())
            if filled and self._units_in(column) * 2 >= filled:
                return column
        return None

    def _sampled(self) -> range:
        return range(self.header + 1, min(self.header + 1 + _SEARCHED, self.grid.shape[0]))


def _bare(text: str) -> str:
    """A unit row's cell without brackets or ``单位：``."""
    name, given = stated(text)
    return given if given is not None and not name else plain(text)


def _measured(meaning: Meaning, said: tuple[str, ...]) -> Meaning:
    """A meaning with the measurement of its unit row or header, or else the whole table's."""
    if meaning.measured_in is not None:
        return meaning._replace(measured_in=_bare(meaning.measured_in))
    return meaning._replace(measured_in=of_table(said, meaning.term.measured_in))
