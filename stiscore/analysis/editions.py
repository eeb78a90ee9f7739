"""The tables of a comparison: every file in every year asked for, each with a label of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from stiscore.dataset import Dataset, titled
from stiscore.errors import DataInvalid, Location, UsageError
from stiscore.words.faults import found, refusal
from stiscore.words.faults.layout import NO_YEARS
from stiscore.words.faults.usage import FORMS

EVERY_YEAR = "all"


class Edition(NamedTuple):
    """One file in one year; where no year was asked for, the file as it is."""

    label: str
    data: Dataset


def editions(
    tables: Sequence[Dataset], years: Sequence[str] = (), option: str = "--year"
) -> tuple[Edition, ...]:
    """The tables in order, each parted into the years asked for.

    ``years``: years, ranges as ``2019:2022``, or ``all``; none: each file's latest, which the
    caller takes. ``option``: the one they were given with, named where they are refused. A file is
    labelled by its name, a year of a file by the year, both where needed.
    Raises UsageError for no table (U149), a year that no file has and a file without any (L114),
    DataInvalid for different levels (C332) and for a unit in two tables of one label (C330).
    """
    if not tables:
        raise refusal(UsageError, [found("U149")])
    _of_one_level(tables)
    wanted = _wanted(tables, years, option)
    parts = [
        (number, year, table.rows(_rows(table, year)) if years else table)
        for number, table in enumerate(tables)
        for year in (_held(table, wanted) if years else [_latest(table)])
    ]
    single = len({table.source.file for table in tables}) == len(parts)
    alone = len(tables) == 1
    told = []
    for _, year, data in parts:
        file = data.source.file
        label = file if single or year is None else year if alone else f"{file} {year}"
        told.append(Edition(label, data))
    _apart(told)
    return tuple(told)


def _of_one_level(tables: Sequence[Dataset]) -> None:
    first = tables[0]
    for table in tables[1:]:
        if table.level != first.level:
            told = found(
                "C332",
                Location(table.source.file),
                first=first.source.file,
                level=first.level,
                second=table.source.file,
                other=table.level,
            )
            raise refusal(DataInvalid, [told])


def _periods(table: Dataset) -> list[str]:
    return sorted({period for period in table.periods if period is not None})


def _latest(table: Dataset) -> str | None:
    return max(_periods(table), default=None)


def _rows(table: Dataset, year: str | None) -> list[int]:
    return [row for row, period in enumerate(table.periods) if period == year]


def _wanted(tables: Sequence[Dataset], years: Sequence[str], option: str) -> list[str]:
    """The years asked for, in order, each once; all of them must be in some table."""
    known = sorted({period for table in tables for period in _periods(table)})
    wanted: set[str] = set()
    for text in years:
        if text == EVERY_YEAR:
            wanted.update(known)
            continue
        start, colon, end = (part.strip() for part in text.partition(":"))
        for year in (start, end) if colon else (start,):
            if year not in known:
                raise _no_year(year, known, tables[0])
        if colon and start > end:
            told = found("U103", option=option, form=FORMS["years"], given=text)
            raise refusal(UsageError, [told])
        wanted.update(year for year in known if start <= year <= (end or start))
    return sorted(wanted)


def _held(table: Dataset, wanted: Sequence[str]) -> list[str]:
    held = [year for year in wanted if year in table.periods]
    if not held:
        raise _no_year(", ".join(wanted) or EVERY_YEAR, _periods(table), table)
    return held


def _no_year(year: str, known: Sequence[str], table: Dataset) -> Exception:
    there = ", ".join(known) or NO_YEARS
    where = Location(table.source.file)
    return refusal(UsageError, [found("L114", where, period=year, periods=there)])


def _apart(parts: Sequence[Edition]) -> None:
    """Nothing would tell the figures of a unit apart in two tables of one label."""
    numbered = [(f"{part.data.source.file} ({n})", part) for n, part in enumerate(parts, 1)]
    for (first, one), (second, other) in combinations(numbered, 2):
        if one.label != other.label:
            continue
        held = {unit.id for unit in one.data.units}
        twice = next((unit for unit in other.data.units if unit.id in held), None)
        if twice is not None:
            told = found("C330", name=titled(twice, "both"), first=first, second=second)
            raise refusal(DataInvalid, [told])
