"""Which column of a table of records plays which part: unit, year, indicator, value, flag.

Headers are asked first and contents decide: ``unit`` may head provinces or 万元, and many files
call the column of indicators something of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from stiscore.io.cells import plain_number
from stiscore.io.grid import CellKind
from stiscore.io.layouts.recognition import Named
from stiscore.io.measurement import measure, of_table, stated
from stiscore.units.registry import find
from stiscore.words.faults import found

if TYPE_CHECKING:
    from stiscore.finding import Finding
    from stiscore.io.grid import Grid
    from stiscore.io.vocabulary import Meaning, Role, Vocabulary

# A header further down than this is no header.
SEARCHED = 60
_SAMPLED = 200
_LISTED = 12
_YEAR_HEAD = re.compile(
    r"(?:(?:y|yr|fy|x|year|field|value)[ _]?)?((?:19|20)[0-9]{2})(?:\.0+)?"
    r"\s*(?:年度?)?(?:\s*\[YR[0-9]{4}\])?",
    re.IGNORECASE,
)


# 1.2.3, NY.GDP.MKTP.CD, A0201: a code, and no word of any language.
_CODE = re.compile(r"(?=.*[0-9._])[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_EARLIEST, _LATEST = 1900, 2100


class Parts(NamedTuple):
    """Columns by the part they play; ``indicators``: all that name what a figure is of."""

    unit: int | None
    code: int | None
    year: int | None
    indicators: tuple[int, ...]
    value: int | None
    flag: int | None
    measurement: int | None
    asides: tuple[int, ...]
    cell: int | None = None

    @property
    def keyed(self) -> bool:
        """Whether some column names units."""
        return self.unit is not None or self.code is not None

    def label(self) -> int:
        """The column a row's label is printed in."""
        return next(c for c in (self.unit, self.code) if c is not None)

    def used(self) -> set[int]:
        """Every column that plays a part."""
        single = (
            *(self.unit, self.code, self.year, self.value, self.flag, self.measurement),
            self.cell,
        )
        return {c for c in single if c is not None} | {*self.indicators, *self.asides}


def parts_in(grid: Grid, vocabulary: Vocabulary, header: int) -> Parts:
    """The parts of the columns under the row ``header``."""
    held: dict[Role, list[int]] = {}
    for column in range(grid.shape[1]):
        text = grid.text(header, column).strip()
        role = vocabulary.role(text) if text else None
        if role:
            held.setdefault(role, []).append(column)
    sampled = _Sample(grid, header)
    units = sorted(held.get("unit", ()), key=lambda c: -sampled.units(c))
    unit = next((c for c in units if sampled.units(c)), None)
    code = next((c for c in held.get("code", ()) if sampled.units(c)), None)
    if unit is None and code is None:
        unit = next((c for c in range(min(10, grid.shape[1])) if sampled.mostly_units(c)), None)
    year = next((c for c in held.get("year", ()) if c != unit and sampled.years(c)), None)
    measured = [c for c in (*held.get("measurement", ()), *units) if c != unit]
    parts = Parts(
        unit,
        code,
        year,
        (),
        next(iter(held.get("value", ())), None),
        next(iter(held.get("flag", ())), None),
        next((c for c in measured if sampled.measures(c)), None),
        tuple(held.get("aside", ())),
        next(iter(held.get("cell", ())), None),
    )
    named = _indicators(parts, held.get("indicator", []), sampled, vocabulary)
    return parts._replace(indicators=named)


def _indicators(
    parts: Parts, headed: list[int], sampled: _Sample, vocabulary: Vocabulary
) -> tuple[int, ...]:
    """The columns headed so, and any other column of text that holds a name which is known."""
    others = (
        c
        for c in range(sampled.grid.shape[1])
        if c not in parts.used() and c not in headed and sampled.known(c, vocabulary)
    )
    return tuple(sorted({*headed, *others}))


class _Sample:
    """The first rows under a header, column by column."""

    def __init__(self, grid: Grid, header: int) -> None:
        self.grid = grid
        self._rows = np.arange(header + 1, min(header + 1 + _SAMPLED, grid.shape[0]))
        self._held: dict[int, list[str]] = {}

    def texts(self, column: int) -> list[str]:
        """The texts that stand there, each once."""
        if column not in self._held:
            held = dict.fromkeys(self.grid.column(column, self._rows))
            self._held[column] = [t for t in held if t]
        return self._held[column]

    def units(self, column: int) -> int:
        """How many distinct names of units stand there."""
        return sum(find(text) is not None for text in self.texts(column))

    def mostly_units(self, column: int) -> bool:
        """Whether at least half of what stands there names units."""
        held = self.texts(column)
        return bool(held) and self.units(column) * 2 >= len(held)

    def years(self, column: int) -> bool:
        """Whether what stands there are years or spans of years."""
        held = self.texts(column)
        return bool(held) and sum(_YEAR.match(text) is not None for text in held) * 2 >= len(held)

    def measures(self, column: int) -> bool:
        """Whether what stands there are measurements."""
        held = self.texts(column)
        return bool(held) and sum(measure(text) is not None for text in held) * 2 >= len(held)

    def known(self, column: int, vocabulary: Vocabulary) -> bool:
        """Whether any text there means something."""
        kinds = self.grid.kinds[self._rows, column]
        if not (kinds == CellKind.TEXT).any():
            return False
        words = (t for t in self.texts(column) if not plain_number(t))
        return any(vocabulary.meaning(text) is not None for text in words)

    def repeated(self, columns: tuple[int, ...]) -> tuple[str, int] | None:
        """The entry of some columns that most rows share, and how many; None if all differ."""
        held = Counter(zip(*(self.grid.column(c, self._rows) for c in columns), strict=True))
        most = [(k, n) for k, n in held.most_common(2) if any(k)]
        return (" ".join(filter(None, most[0][0])), most[0][1]) if most and most[0][1] > 1 else None


def others(grid: Grid, header: int, used: Container[int]) -> Iterator[Named]:
    """The columns under ``header`` that play no part."""
    for column in range(grid.shape[1]):
        text = grid.text(header, column).strip()
        if text and column not in used:
            yield Named(column, text, header, None)


def unnamed(
    grid: Grid, vocabulary: Vocabulary, header: int, parts: Parts, column: int, shown: str
) -> Finding:
    """What is to be told of figures that nothing in the table names.

    L118 where there is one figure a unit and year, else L125: something tells the rows apart.
    """
    keys = tuple(c for c in (parts.unit, parts.code, parts.year) if c is not None)
    twice = _Sample(grid, header).repeated(keys)
    if twice is not None:
        where = grid.location(header, parts.label())
        return found("L125", where, label=twice[0], count=twice[1])
    near = vocabulary.suggested_by(grid.file)
    return found("L118", grid.location(header, column), column=shown, suggestion=near)


def nameless(grid: Grid, header: int, column: int, names: list[str]) -> Finding:
    """L119: the table names its figures, and none of the names is known."""
    shown = ", ".join(names[:_LISTED]) + (" ..." if len(names) > _LISTED else "")
    return found("L119", grid.location(header, column), count=len(names), names=shown)


def joint_meaning(
    texts: tuple[str, ...], vocabulary: Vocabulary, measured_in: str | None = None
) -> Meaning | None:
    """What name and code of an indicator mean together; None when unknown or contradictory.

    A heading and an item under it may also make one name: "source of funds / abroad".
    """
    told = [t for t in texts if t]
    whole = vocabulary.meaning(" / ".join(told), measured_in)
    met = {t: m for t in told if (m := vocabulary.meaning(t, measured_in))}
    if whole is None and not _coded(told, met):
        return None
    meanings = [whole] if whole else list(met.values())
    if len({m.term.id for m in meanings}) != 1:
        return None
    given = measured_in or next((m.measured_in for m in meanings if m.measured_in), None)
    return meanings[0]._replace(measured_in=given)


def _coded(told: list[str], met: dict[str, Meaning]) -> bool:
    """Whether what is not known beside a name may be passed over: one of the two is a code.

    Under the heading "trade" the item "exports" is not trade.
    """
    unknown = [t for t in told if t not in met]
    if all(map(_CODE.fullmatch, unknown)):
        return True
    last = told[-1]
    return any(_CODE.fullmatch(t) for t in met) or (last in met and met[last].term.id == last)


def named_by(
    told: Iterable[tuple[int, tuple[str, ...], str]], parts: Parts, names: Naming
) -> dict[tuple[str, ...], Named]:
    """Every distinct name of a figure, with the place it first stands at and what it means.

    ``told``: of every record its row, what its columns of indicators say, and its measurement.
    """
    first: dict[tuple[str, ...], int] = {}
    measured: dict[tuple[str, ...], dict[str, None]] = {}
    for row, name, given in told:
        first.setdefault(name, row)
        if given:
            measured.setdefault(name, {})[given] = None
    held = {}
    for name, row in first.items():
        # Of several measurements none is right for all: shown together, they are not understood.
        meaning = joint_meaning(name, names.vocabulary, " | ".join(measured.get(name, ())) or None)
        header = " / ".join(t for t in name if t)
        held[name] = Named(parts.indicators[0], header, row, meaning and names.of(meaning))
    return held


class Naming(NamedTuple):
    """What names mean in a table, and the measurements that are stated for all of it."""

    vocabulary: Vocabulary
    said: tuple[str, ...]

    def of(self, meaning: Meaning) -> Meaning:
        """A meaning with the table's measurement where it states none of its own."""
        if meaning.measured_in is not None:
            return meaning
        return meaning._replace(measured_in=of_table(self.said, meaning.term.measured_in))

    def meaning(self, text: str) -> Meaning | None:
        """What a name means."""
        meaning = self.vocabulary.meaning(text)
        return meaning and self.of(meaning)

    def sole(self, measured_in: str | None) -> Meaning | None:
        """What figures that no name stands beside are of, when the user said so."""
        known = self.vocabulary.sole_meaning(measured_in)
        stated = known and of_table(self.said, known.term.measured_in)
        return known if measured_in or not stated else self.vocabulary.sole_meaning(stated)


def filled_down(grid: Grid, column: int, rows: npt.NDArray[np.intp]) -> list[str]:
    """What a column's cells show in some rows; a merged cell counts for all it stands beside."""
    texts = grid.column(column, rows)
    places = {row: place for place, row in enumerate(rows.tolist())}
    for top, left, bottom, right in grid.merged:
        if left <= column <= right and bottom > top and (text := grid.text(top, left).strip()):
            for row in range(top, bottom + 1):
                place = places.get(row)
                if place is not None and not texts[place]:
                    texts[place] = text
    return texts


def years_in(grid: Grid, row: int) -> dict[int, str]:
    """The columns a row heads with a year, as four digits."""
    numbers = grid.numbers[row]
    plain = (numbers >= _EARLIEST) & (numbers < _LATEST) & (numbers == np.floor(numbers))
    held = {c: f"{numbers[c]:.0f}" for c in np.flatnonzero(plain).tolist()}
    for column, text in grid.words(row):
        year = _year(text)
        if year is not None:
            held[column] = year
    return dict(sorted(held.items()))


@lru_cache(maxsize=8192)
def _year(text: str) -> str | None:
    if not _YEAR.search(text):
        return None
    found = _YEAR_HEAD.fullmatch(text) or _YEAR_HEAD.fullmatch(stated(text)[0])
    return found[1] if found else None
