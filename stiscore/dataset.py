"""Dataset: what was read, as columns of numbers that remember the cells they came from.

A row is a unit in a period. Columns are indicators in framework order, then raw quantities, then
context. Beside the values, same shape: flags (why a value is missing or marked) and the origin
cell. Arrays are read-only and C-ordered; equality is by ``digest``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntFlag
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from stiscore.errors import Location
from stiscore.units.normal import has_han

if TYPE_CHECKING:
    from stiscore.framework.model import Framework
    from stiscore.words import Lang
from stiscore.finding import Finding

Kind = Literal["indicator", "raw", "context"]
Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.uint16]
Origin = npt.NDArray[np.int32]

_TYPES = {"values": np.float64, "flags": np.uint16, "origin": np.int32, "errors": np.float64}


class Flag(IntFlag):
    """Why a value is missing, or what was done to it on the way in."""

    BLANK = 1
    MISSING_MARK = 2
    NOT_A_NUMBER = 4
    ERROR_CELL = 8
    NO_CACHED_VALUE = 16
    PERCENT_FORMAT = 32
    CONVERTED = 64
    DERIVED = 128
    NUMBER_AS_TEXT = 256
    ZERO_DENOMINATOR = 512
    TOLERATED = 1024
    COMMA = 2048
    ALONG_YEARS = 4096


@dataclass(frozen=True, slots=True)
class Unit:
    """A scored unit: ``id`` (CN-BJ, CHN, or the file's own), the source's label, names."""

    id: str
    label: str
    name_en: str
    name_zh: str
    groups: tuple[str, ...] = ()


class Labelled(Protocol):
    """Whatever carries a unit's label and its names."""

    @property
    def label(self) -> str:
        """As the source prints it."""

    @property
    def name_en(self) -> str:
        """English name."""

    @property
    def name_zh(self) -> str:
        """Chinese name."""


class Identified(Labelled, Protocol):
    """A unit with its id."""

    @property
    def id(self) -> str:
        """As the registry has it, or the file."""


def titled(unit: Labelled, lang: Lang) -> str:
    """A unit as the source labels it, and in ``lang`` where the label is in another script.

    >>> fujian = Unit("CN-FJ", "福建", "Fujian", "福建")
    >>> titled(fujian, "en"), titled(fujian, "zh"), titled(fujian, "both")
    ('福建 Fujian', '福建', '福建 Fujian')
    """
    chinese = has_han(unit.label)
    if lang == ("zh" if chinese else "en"):
        return unit.label
    other = unit.name_en if chinese else unit.name_zh
    return f"{unit.label} {other}" if other and other != unit.label else unit.label


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was read: what it means, how it was headed, what it was measured in.

    ``factor`` turned its figures into the measurement wanted; NaN when ``measured_in`` was not
    understood, and the figures then stand as read. ``header_at``: 1-based row and column.
    """

    id: str
    kind: Kind
    header: str
    measured_in: str | None = None
    factor: float = 1.0
    derived_from: tuple[str, ...] = ()
    header_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something in the table that was not read, and why; nothing is dropped in silence."""

    kind: Literal["column", "row", "sheet"]
    why: Literal[
        "unknown", "aggregate", "other-level", "blank", "footnote", "duplicate", "context",
        "unstated", "scope", "error-alone", "error-half", "error-twice",
    ]  # fmt: skip
    text: str
    location: Location
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """A share counted from coded policy measures or a questionnaire, and what it rests on.

    ``share``, ``low`` and ``high`` are in the indicator's measurement; the ends are those of
    Wilson's 95 % interval, None for shares of amounts. ``hits`` of ``cases`` were counted.
    ``kappa`` is Cohen's, over the ``twice`` cases that two coders answered; None where there are
    none or it is not defined. ``kappas``: the same by question. ``cells``: ranges, one a column.
    """

    sheet: Literal["coding", "questionnaire"]
    share: float
    hits: float
    cases: float
    low: float | None
    high: float | None
    kappa: float | None
    twice: int
    cells: tuple[Location, ...]
    kappas: tuple[tuple[str, float | None], ...] = ()

    @property
    def first(self) -> Location:
        """The first of its cells."""
        cell = self.cells[0].cell or ""
        return replace(self.cells[0], cell=cell.partition(",")[0].partition(":")[0] or None)


@dataclass(frozen=True, slots=True)
class Origins:
    """The file a dataset came from, how it was read, and what the reader has to say of it."""

    file: str
    sha256: str
    sheet: str | None = None
    container: str = "frame"
    encoding: str | None = None
    text_file: bool = False
    invented: bool = False
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Rows of (unit, period), columns of figures.

    ``values``: (rows, columns) float64, NaN where missing. ``flags``: same shape. ``origin``:
    (rows, columns, 2), 1-based row and column of the cell, 0 where there is none (derived values).
    ``texts``: what stood in a cell that is not a number, by (row, column) position. ``keys_at``:
    1-based row and column of the cell that names each row's unit; empty when there is no file.
    ``collected``: what stands behind a value counted from a coding or questionnaire sheet, by
    (row, column) position; such a value has no origin cell of its own.
    ``references``: the rows of totals (全国, World), which are never scored among the units and may
    be shown beside them.
    ``groupings``: by id of a grouping column (income group, region), the group of each row, None
    where its cell is blank.
    ``errors``: (rows, columns, 2) float64 >= 0, the standard error below and above each value in
    the column's measurement, NaN where none is given; None where no value has one.
    """

    level: str
    units: tuple[Unit, ...]
    periods: tuple[str | None, ...]
    columns: tuple[Column, ...]
    values: Values
    flags: Flags
    origin: Origin
    source: Origins
    texts: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))
    leftovers: tuple[Leftover, ...] = ()
    keys_at: tuple[tuple[int, int], ...] = ()
    collected: Mapping[tuple[int, int], Collected] = field(
        default_factory=lambda: MappingProxyType({})
    )
    references: Dataset | None = None
    groupings: Mapping[str, tuple[str | None, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    errors: Values | None = None

    def __post_init__(self) -> None:
        # Without any error a table is the same as one that was never given errors.
        if self.errors is not None and np.isnan(self.errors).all():
            object.__setattr__(self, "errors", None)
        for name, dtype in _TYPES.items():
            if getattr(self, name) is None:
                continue
            held = np.ascontiguousarray(getattr(self, name), dtype=dtype)
            if held is getattr(self, name) and held.flags.writeable:
                held = held.copy()
            held.setflags(write=False)
            object.__setattr__(self, name, held)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the columns, in order."""
        return tuple(column.id for column in self.columns)

    def position(self, column: str) -> int | None:
        """Where a column stands, None when the table has no such column."""
        return next((i for i, held in enumerate(self.columns) if held.id == column), None)

    def location(self, row: int, column: int) -> Location:
        """The cell a value came from; for a derived or counted value the first of its cells."""
        counted = self.collected.get((row, column))
        return counted.first if counted else self.locations(row, column)[0]

    def locations(self, row: int, column: int) -> tuple[Location, ...]:
        """All cells behind a value: one when read, those of its parts when derived or counted."""
        if (row, column) in self.collected:
            return self.collected[row, column].cells
        parts = self.columns[column].derived_from
        if parts:
            found = [p for p in map(self.position, parts) if p is not None]
            return tuple(place for p in found for place in self.locations(row, p))
        return (self._cell(int(self.origin[row, column, 0]), int(self.origin[row, column, 1])),)

    def header_location(self, column: int) -> Location:
        """The cell a column is headed in; for a derived column the header of its first part."""
        parts = self.columns[column].derived_from
        known = [p for p in map(self.position, parts) if p is not None]
        return self._cell(*(self.columns[known[0] if known else column].header_at or (0, 0)))

    def key_location(self, row: int) -> Location:
        """The cell that names a row's unit."""
        return self._cell(*(self.keys_at[row] if self.keys_at else (0, 0)))

    def _cell(self, line: int, place: int) -> Location:
        if line == 0:
            return Location(self.source.file)
        if self.source.text_file:
            return Location(self.source.file, line=line, column=place)
        return Location(self.source.file, self.source.sheet, f"{column_letters(place)}{line}")

    def rows(self, rows: Sequence[int]) -> Dataset:
        """The dataset with only these rows, in this order."""
        kept = list(rows)
        back = {old: new for new, old in enumerate(kept)}
        return replace(
            self,
            units=tuple(self.units[r] for r in kept),
            periods=tuple(self.periods[r] for r in kept),
            values=self.values[kept],
            flags=self.flags[kept],
            origin=self.origin[kept],
            texts=MappingProxyType(
                {(back[r], c): t for (r, c), t in self.texts.items() if r in back}
            ),
            keys_at=tuple(self.keys_at[r] for r in kept) if self.keys_at else (),
            collected=MappingProxyType(
                {(back[r], c): held for (r, c), held in self.collected.items() if r in back}
            ),
            groupings=MappingProxyType(
                {name: tuple(held[r] for r in kept) for name, held in self.groupings.items()}
            ),
            errors=None if self.errors is None else self.errors[kept],
        )

    def errors_beside(self, more: int) -> Values | None:
        """The errors with so many further columns at the end that have none; None without any."""
        if self.errors is None:
            return None
        none = np.full((len(self.units), more, 2), np.nan)
        return np.concatenate([self.errors, none], axis=1)

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        framework: Framework | None = None,
        *,
        level: str | None = None,
        any_units: bool = False,
    ) -> Dataset:
        """A pandas DataFrame as a Dataset; see ``stiscore.api.from_frame``."""
        from stiscore import api

        return api.from_frame(frame, framework, level=level, any_units=any_units)

    @property
    def digest(self) -> str:
        """SHA-256 over level, units, periods, columns, values and errors, where there are any.

        Equal digests, equal data.
        """
        told = hashlib.sha256()
        keys = [(u.id, p) for u, p in zip(self.units, self.periods, strict=True)]
        told.update(repr((self.level, keys, self.ids)).encode())
        for held in (self.values, self.errors):
            if held is not None:
                told.update(np.where(np.isnan(held), np.nan, held).tobytes())
        return told.hexdigest()


def column_letters(number: int) -> str:
    """A spreadsheet's name for its n-th column.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
