"""The rows of a table: which are units of the level, which are totals, notes or mistakes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from stiscore.dataset import Leftover, Unit
from stiscore.errors import DataInvalid, Location, UsageError
from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.units.registry import Entry, find, suggest
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt

    from stiscore.finding import Finding
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Grid
    from stiscore.io.layouts import Recognition

_NOTE = re.compile(
    r"\s*(?:注|备注|说明|附注|(?:数据|资料)?来源|notes?\b|(?:data )?sources?\b|[*†‡#※①])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?\s*(?:年度?)?(?:\s*\[YR[0-9]{4}\])?")
_DATE = re.compile(r"((?:19|20)[0-9]{2})[-/][0-9]{1,2}[-/][0-9]{1,2}.*")
# Looking for likenesses is slow; beyond so many unknown names the table is of something else.
_SUGGESTED = 50


class Row(NamedTuple):
    """One row of the table: its place, what it names, and the column that names it."""

    row: int
    column: int
    code: str
    name: str
    period: str | None
    entry: Entry | None

    @property
    def text(self) -> str:
        """The label as the source prints it."""
        return self.name or self.code


class Kept(NamedTuple):
    """The rows that are scored, their units, and what was left out."""

    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    leftovers: tuple[Leftover, ...]


def rows_of(table: Recognition) -> tuple[Row, ...]:
    """Every row below the head that is not wholly blank."""
    grid, entries = table.grid, dict[tuple[str, str], Entry | None]()
    places = (table.unit, table.code, table.year)
    label = next(c for c in places if c is not None)
    filled = (grid.kinds[table.first :] != CellKind.EMPTY).any(axis=1).nonzero()[0] + table.first
    names, codes, years = (_texts(grid, filled, c) for c in places)
    rows = []
    for row, name, code, year in zip(filled.tolist(), names, codes, years, strict=True):
        if (code, name) not in entries:
            entries[code, name] = _entry(code, name)
        rows.append(Row(row, label, code, name, period_of(year), entries[code, name]))
    return tuple(rows)


def _texts(grid: Grid, rows: npt.NDArray[np.intp], column: int | None) -> list[str]:
    """The trimmed texts of a column in some rows; blank throughout where there is no column."""
    if column is None:
        return [""] * len(rows)
    if (grid.kinds[rows, column] == CellKind.NUMBER).any():
        return [grid.text(row, column).strip() for row in rows.tolist()]
    return [grid.texts[at].strip() if at >= 0 else "" for at in grid.text_at[rows, column].tolist()]


def period_of(text: str) -> str | None:
    """A year as four digits where it is one, any other text as it is, None when blank.

    >>> period_of("2022.0"), period_of("2022年"), period_of("2022 [YR2022]"), period_of("2020-2022")
    ('2022', '2022', '2022', '2020-2022')
    """
    year = _YEAR.fullmatch(text) or _DATE.fullmatch(text)
    return year[1] if year else text or None


def level_of(table: Recognition, rows: tuple[Row, ...], framework: Framework) -> str:
    """The framework's level whose registry the rows are of.

    Raises DataInvalid when rows are of two registries (L108) or of none that has a level (L104).
    """
    counts = Counter(r.entry.registry for r in rows if r.entry and r.entry.registry != "aggregate")
    if len(counts) > 1:
        raise refusal(DataInvalid, [_mixed(table, rows, counts)])
    levels = framework.levels
    fitting = [name for name, level in levels.items() if level.registry in counts]
    if not counts:
        free = [name for name, level in levels.items() if level.registry is None]
        fitting = list(levels) if len(levels) == 1 else free
    if len(fitting) != 1:
        first = next((r.text for r in rows if r.text), "")
        where = table.grid.location(table.first, rows[0].column) if rows else None
        raise refusal(DataInvalid, [found("L104", where, text=first, levels=", ".join(levels))])
    return fitting[0]


def known_level(framework: Framework, level: str, file: str) -> str:
    """``level`` itself when the framework has it; UsageError (L113) otherwise."""
    if level not in framework.levels:
        fault = found("L113", Location(file), level=level, levels=", ".join(framework.levels))
        raise refusal(UsageError, [fault])
    return level


def sort_rows(
    table: Recognition, rows: tuple[Row, ...], registry: str | None, *, any_units: bool = False
) -> Kept:
    """Units of ``registry`` (None: whatever stands there) and the other rows with the reasons."""
    kept: list[Row] = []
    units: list[Unit] = []
    leftovers: list[Leftover] = []
    unknown: set[str] = set()
    for row in rows:
        unit = _unit(row, registry, any_units=any_units)
        if unit is not None:
            kept.append(row)
            units.append(unit)
        else:
            leftovers.extend(_left(table, row, unknown))
    return Kept(tuple(kept), tuple(units), tuple(leftovers))


def _entry(code: str, name: str) -> Entry | None:
    """What code and name mean together; None when they contradict each other."""
    by_code, by_name = find(code) if code else None, find(name) if name else None
    if by_code and by_name and by_code != by_name:
        return None
    return by_code or by_name


def _unit(row: Row, registry: str | None, *, any_units: bool) -> Unit | None:
    if not row.text or (row.entry is None and _NOTE.match(row.text)):
        return None
    if registry is not None and row.entry is not None:
        entry = row.entry
        return (
            Unit(entry.id, row.text, entry.name_en, entry.name_zh)
            if entry.registry == registry
            else None
        )
    if registry is None or any_units:
        return Unit(row.code or row.name, row.text, row.text, row.text)
    return None


def _left(table: Recognition, row: Row, unknown: set[str]) -> Iterator[Leftover]:
    """Why a row is left out; a row without a unit only when it holds figures or words."""
    where = table.grid.location(row.row, row.column)
    if not row.text:
        if _figures(table, row.row):
            yield Leftover("row", "blank", "", where)
        else:
            yield Leftover("row", "footnote", _words(table, row.row), where)
    elif _NOTE.match(row.text) or (
        row.entry is None and len(row.text) > 25 and not _figures(table, row.row)
    ):
        yield Leftover("row", "footnote", row.text, where)
    elif row.entry is not None:
        aggregate = row.entry.registry == "aggregate"
        yield Leftover("row", "aggregate" if aggregate else "other-level", row.text, where)
    else:
        unknown.add(row.text)
        text = f"{row.code} {row.name}" if _contradicted(row) else row.text
        yield Leftover("row", "unknown", text, where, _suggestion(row, len(unknown)))


def _contradicted(row: Row) -> bool:
    """Whether code and name each name a unit, and not the same one."""
    return bool(row.code and row.name and find(row.code) and find(row.name))


def _suggestion(row: Row, number: int) -> str | None:
    if _contradicted(row):
        both = (find(row.code), find(row.name))
        return " / ".join(f"{e.name_zh} {e.name_en}" for e in both if e)
    return suggest(row.text) if number <= _SUGGESTED else None


def _figures(table: Recognition, row: int) -> bool:
    """Whether a row holds a number in a column of figures."""
    grid = table.grid
    for column in (c.column for c in table.columns):
        kind = grid.kinds[row, column]
        if kind == CellKind.NUMBER or (
            kind == CellKind.TEXT and parse_cell(grid.text(row, column)).value is not None
        ):
            return True
    return False


def _words(table: Recognition, row: int) -> str:
    texts = (table.grid.text(row, c).strip() for c in range(table.grid.shape[1]))
    return next((t for t in texts if t), "")


def _mixed(table: Recognition, rows: tuple[Row, ...], counts: Counter[str]) -> Finding:
    """L108 at the first row of the registry that has fewer rows."""
    _, (fewer, _) = counts.most_common(2)
    first = next(r for r in rows if r.entry and r.entry.registry == fewer)
    return found(
        "L108",
        table.grid.location(first.row, first.column),
        text=first.text,
        economies=counts["economy"],
        provinces=counts["province"],
    )
