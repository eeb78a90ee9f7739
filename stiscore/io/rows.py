"""The rows of a table: which are units of the level, which are totals, notes or mistakes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stiscore.dataset import Leftover, Unit
from stiscore.errors import DataInvalid, Location, UsageError
from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.units.near import suggest
from stiscore.units.registry import Entry, counted, find, in_table, in_two_letters, within
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stiscore.finding import Finding
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Grid
    from stiscore.io.layouts import Row, Table

_NOTE = re.compile(
    r"\s*(?:注|备注|说明|附注|(?:数据|资料)?来源|notes?\b|(?:data )?sources?\b|data from\b"
    r"|last updated\b|[*†‡#※①])",
    re.IGNORECASE,
)
# Looking for likenesses is slow; beyond so many unknown names the table is of something else.
_SUGGESTED = 50


def is_note(text: str) -> bool:
    """Whether a text is a note below or between the rows of a table.

    >>> is_note("注：初步核算数"), is_note("Source: NBS"), is_note("北京")
    (True, True, False)
    """
    return _NOTE.match(text) is not None


class Kept(NamedTuple):
    """The positions of the rows that are scored, their units, and what was left out.

    ``totals``: positions and names of the aggregates, which are not scored among the units.
    """

    rows: tuple[int, ...]
    units: tuple[Unit, ...]
    leftovers: tuple[Leftover, ...]
    totals: tuple[int, ...] = ()
    total_units: tuple[Unit, ...] = ()


def registries(rows: Sequence[Row]) -> Counter[str]:
    """How many distinct units of each registry the rows name."""
    return counted(r.entry for r in rows)


def level_of(grid: Grid, rows: tuple[Row, ...], framework: Framework) -> str:
    """The framework's level whose registry the rows are of, or else the one that takes any units.

    Raises DataInvalid when rows are of two registries (L108) or of none that has a level (L104).
    """
    counts = registries(rows)
    del counts["aggregate"]
    levels = framework.levels
    free = [name for name, level in levels.items() if level.registry is None]
    if len(counts) > 1 and len(free) < len(levels):
        raise refusal(DataInvalid, [_mixed(grid, rows, counts)])
    fitting = [name for name, level in levels.items() if level.registry in counts] or free
    if not counts and len(levels) == 1:
        fitting = list(levels)
    if len(fitting) != 1:
        first = next((r.text for r in rows if r.text), "")
        where = grid.location(rows[0].row, rows[0].column) if rows else None
        raise refusal(DataInvalid, [found("L104", where, text=first, levels=", ".join(levels))])
    return fitting[0]


def known_level(framework: Framework, level: str, file: str) -> str:
    """``level`` itself when the framework has it; UsageError (L113) otherwise."""
    if level not in framework.levels:
        fault = found("L113", Location(file), level=level, levels=", ".join(framework.levels))
        raise refusal(UsageError, [fault])
    return level


def sort_rows(grid: Grid, table: Table, registry: str | None, *, any_units: bool = False) -> Kept:
    """Units of ``registry`` (None: whatever stands there) and the other rows with the reasons."""
    kept: list[int] = []
    units: list[Unit] = []
    leftovers: list[Leftover] = []
    unknown: set[str] = set()
    told: set[str] = set()
    table = table._replace(rows=_settled(table.rows, registry))
    for place, row in enumerate(table.rows):
        unit = _unit(row, registry, any_units=any_units)
        if unit is not None:
            kept.append(place)
            units.append(unit)
        elif not (table.repeated and row.text and row.text in told):
            told.add(row.text)
            leftovers.extend(_left(grid, table, place, unknown, registry))
    totals = [(p, e) for p, r in enumerate(table.rows) if (e := r.entry) and _is_total(e)]
    return Kept(
        tuple(kept),
        tuple(units),
        tuple(leftovers),
        tuple(place for place, _ in totals),
        tuple(Unit(e.id, table.rows[p].text, e.name_en, e.name_zh) for p, e in totals),
    )


def _is_total(entry: Entry) -> bool:
    return entry.registry == "aggregate"


def _settled(rows: tuple[Row, ...], registry: str | None) -> tuple[Row, ...]:
    """The rows as a table of ``registry`` means them, now that its level is known."""
    coded = in_two_letters(r.text for r in rows)
    return tuple(row._replace(entry=_meant(row, registry, coded=coded)) for row in rows)


def _meant(row: Row, registry: str | None, *, coded: bool) -> Entry | None:
    """What a row is about, now that codes and names of few letters can be read too."""
    if _contradicted(row, registry):
        return None
    if row.code and row.name and row.entry is not None:
        return within(row.entry, registry)
    return in_table(row.text, row.entry, registry, coded=coded)


def _unit(row: Row, registry: str | None, *, any_units: bool) -> Unit | None:
    if not row.text or (row.entry is None and is_note(row.text)):
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


def _left(
    grid: Grid, table: Table, place: int, unknown: set[str], registry: str | None
) -> Iterator[Leftover]:
    """Why a row is left out; a row without a unit only when it holds figures or words."""
    row = table.rows[place]
    where = grid.location(row.row, row.column)
    if not row.text:
        if _figures(grid, table, place):
            yield Leftover("row", "blank", "", where)
        else:
            yield Leftover("row", "footnote", _words(grid, row.row), where)
    elif is_note(row.text) or (
        row.entry is None and len(row.text) > 25 and not _figures(grid, table, place)
    ):
        yield Leftover("row", "footnote", row.text, where)
    elif row.entry is not None:
        total = _is_total(row.entry)
        yield Leftover("row", "aggregate" if total else "other-level", row.text, where)
    else:
        unknown.add(row.text)
        text = f"{row.code} {row.name}" if _contradicted(row, registry) else row.text
        yield Leftover("row", "unknown", text, where, _suggestion(row, registry, len(unknown)))


def _named_twice(row: Row, registry: str | None) -> tuple[Entry | None, Entry | None]:
    """What the code names and what the name does."""
    return (find(row.code, registry) if row.code else None), find(row.name, registry)


def _contradicted(row: Row, registry: str | None) -> bool:
    """Whether code and name each name a unit, and not the same one."""
    by_code, by_name = _named_twice(row, registry)
    return by_code is not None and by_name is not None and by_code != by_name


def _suggestion(row: Row, registry: str | None, number: int) -> str | None:
    if _contradicted(row, registry):
        both = _named_twice(row, registry)
        return " / ".join(f"{e.name_zh} {e.name_en}" for e in both if e)
    return suggest(row.text) if number <= _SUGGESTED else None


def _figures(grid: Grid, table: Table, row: int) -> bool:
    """Whether a row of the table holds a number."""
    at, columns = table.places([row], range(len(table.columns)))
    for r, c in zip(*(a.ravel().tolist() for a in np.broadcast_arrays(at, columns)), strict=True):
        kind = grid.kinds[r, c] if r >= 0 else CellKind.EMPTY
        if kind == CellKind.NUMBER or (
            kind == CellKind.TEXT and parse_cell(grid.text(r, c)).value is not None
        ):
            return True
    return False


def _words(grid: Grid, row: int) -> str:
    texts = (grid.text(row, c).strip() for c in range(grid.shape[1]))
    return next((t for t in texts if t), "")


def _mixed(grid: Grid, rows: tuple[Row, ...], counts: Counter[str]) -> Finding:
    """L108 at the first row of the registry that has fewer rows."""
    _, (fewer, _) = counts.most_common(2)
    first = next(r for r in rows if r.entry and r.entry.registry == fewer)
    return found(
        "L108",
        grid.location(first.row, first.column),
        text=first.text,
        economies=counts["economy"],
        provinces=counts["province"],
    )
