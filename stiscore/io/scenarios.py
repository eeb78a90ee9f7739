"""Changes as they are written (x2, +10%, -3, 2亿元), and files of scenarios."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stiscore.analysis.supposed import Change
from stiscore.errors import InputRefused, Location, UsageError
from stiscore.io.grid import CellKind
from stiscore.io.measurement import conversion
from stiscore.io.parse import read_book
from stiscore.words.faults import found, refusal
from stiscore.words.faults.scenario import CHANGE, SCENARIOS
from stiscore.words.measurements import measurement

if TYPE_CHECKING:
    from stiscore.io.grid import Grid

_HEADS: dict[str, tuple[str, ...]] = {
    "scenario": ("scenario", "scenarios", "name", "情景", "情景名称", "方案"),
    "indicator": ("indicator", "figure", "quantity", "indicator or quantity", "指标", "原始量"),
    "change": ("change", "changes", "变动", "调整", "变化"),
    "unit": ("unit", "province", "economy", "单位", "省份", "地区", "国家（地区）", "国家(地区)"),
}
_NEEDED = ("scenario", "indicator", "change")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?"
_FACTOR = re.compile(rf"[x×*]\s*(?P<number>{_NUMBER})", re.IGNORECASE)
_RELATIVE = re.compile(rf"(?P<sign>[+-])\s*(?P<number>{_NUMBER})\s*%", re.IGNORECASE)
_PLUS = re.compile(rf"(?P<sign>[+-])\s*(?P<number>{_NUMBER})\s*(?P<measure>.*)", re.IGNORECASE)
_SET = re.compile(rf"(?P<sign>-?)\s*(?P<number>{_NUMBER})\s*(?P<measure>.*)", re.IGNORECASE)
# Each is a table scored again.
_MOST = 1_000


class Asked(NamedTuple):
    """One change as it was written: of what, and where it stands."""

    figure: str
    change: str
    where: Location | None = None


class Scenario(NamedTuple):
    """Changes under a name; ``unit``: None where it is the one given beside the file."""

    name: str | None
    unit: str | None
    changes: tuple[Asked, ...]


class Written(NamedTuple):
    """A change read from text; ``measure``: the measurement written behind a figure."""

    change: Change
    measure: str | None = None


def parse_change(text: str) -> Written | None:
    """What a written change does; None when it is none.

    A number that begins with a sign is added; ``=-3`` is the value -3.

    >>> parse_change("x2").change.of(1.5), parse_change("-10%").change.of(200.0)
    (3.0, 180.0)
    >>> parse_change("+3").change.of(1.0), parse_change("=-3").change.of(1.0)
    (4.0, -3.0)
    >>> parse_change("2亿元").measure, parse_change("twice")
    ('亿元', None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    told = plain.removeprefix("=").strip()
    if told == plain:
        if found_ := _FACTOR.fullmatch(plain):
            return _finite(Change("times", _float(found_), text.strip()))
        if found_ := _RELATIVE.fullmatch(plain):
            share = float(f"{found_['sign']}{found_['number'].replace(',', '')}")
            # 110 / 100 rounds better than 1 + 0.1.
            return _finite(Change("times", (100 + share) / 100, text.strip()), least=0.0)
        if found_ := _PLUS.fullmatch(plain):
            change = Change("plus", _signed(found_), text.strip())
            return _finite(change, found_["measure"] or None)
    if found_ := _SET.fullmatch(told):
        # Without its sign of equality a negative value would read as one to be added.
        shown = told if _signed(found_) >= 0 else plain
        return _finite(Change("set", _signed(found_), shown), found_["measure"] or None)
    return None


def _float(number: re.Match[str]) -> float:
    return float(number["number"].replace(",", ""))


def _signed(number: re.Match[str]) -> float:
    return -_float(number) if number["sign"] == "-" else _float(number)


def _finite(change: Change, measure: str | None = None, least: float = -math.inf) -> Written | None:
    """The change, unless no number came of it or it takes more than all away."""
    fits = math.isfinite(change.amount) and change.amount >= least
    return Written(change, measure) if fits else None


def as_change(asked: Asked, measured_in: str, called: object, option: str = "whatif") -> Change:
    """A written change of a figure kept in ``measured_in``, its own measurement converted.

    UsageError for a form nobody reads (U103) or a measurement that does not convert (U172).
    """
    written = parse_change(asked.change)
    if written is None:
        told = found("U103", asked.where, option=option, form=CHANGE, given=asked.change)
        raise refusal(UsageError, [told])
    if written.measure is None:
        return written.change
    factor = conversion(written.measure, measured_in)
    if factor is None:
        told = found(
            "U172",
            asked.where,
            given=asked.change,
            measured=measurement(measured_in),
            called=called,
        )
        raise refusal(UsageError, [told])
    return written.change._replace(amount=written.change.amount * factor)


def on_command_line(changes: Sequence[str]) -> tuple[Scenario, ...]:
    """Arguments as scenarios: ``figure=change``; one that ends with a colon begins a named one."""
    names: list[str | None] = [None]
    held: list[list[Asked]] = [[]]
    for text in changes:
        plain = unicodedata.normalize("NFKC", text).strip()
        figure, mark, change = plain.partition("=")
        if not mark and plain.endswith(":"):
            names.append(plain.removesuffix(":").strip())
            held.append([])
        elif not (figure.strip() and change.strip()):
            told = found("U103", option="whatif", form=CHANGE, given=text)
            raise refusal(UsageError, [told])
        else:
            held[-1].append(Asked(figure.strip(), change.strip()))
    named = zip(names, held, strict=True)
    return tuple(Scenario(n, None, tuple(c)) for n, c in named if n is not None or c)


def given(scenario: Mapping[str, str | float]) -> tuple[Asked, ...]:
    """Changes of a program: a number is the value itself, a text is read as it is written."""
    return tuple(
        Asked(figure, change if isinstance(change, str) else f"={float(change)!r}")
        for figure, change in scenario.items()
    )


def read_scenarios(path: Path, *, allow_large: bool = False) -> tuple[Scenario, ...]:
    """The scenarios of the first sheet of a file, in its order; a row is one change.

    Columns: scenario, indicator, change, and unit where there is one. A blank scenario is the one
    of the row above. Raises InputRefused (U178) where the columns are not there or a row cannot be
    understood, and what reading any file raises.
    """
    grid = read_book(path, allow_large=allow_large).grids[0]
    rows = [r for r in range(grid.shape[0]) if any(_texts(grid, r))]
    if not rows:
        raise _refused("empty", grid.location(0) if grid.shape[0] else Location(grid.file))
    columns = _columns(grid, rows[0])
    return _gathered(list(_rows(grid, rows[1:], columns)), grid)


def _texts(grid: Grid, row: int) -> list[str]:
    return [grid.text(row, column).strip() for column in range(grid.shape[1])]


def _columns(grid: Grid, row: int) -> dict[str, int]:
    """Where each column stands."""
    heads = [" ".join(text.casefold().split()) for text in _texts(grid, row)]
    told = {}
    for column, names in _HEADS.items():
        places = [i for i, head in enumerate(heads) if head in names]
        if places:
            told[column] = places[0]
        elif column in _NEEDED:
            raise _refused("columns", grid.location(row), column=column)
    return told


def _rows(
    grid: Grid, rows: Sequence[int], columns: Mapping[str, int]
) -> Iterator[tuple[str, str | None, Asked]]:
    """Each row as the name of its scenario, its unit and its change."""
    scenario: str | None = None
    for row in rows:
        cells = {c: grid.text(row, at).strip() for c, at in columns.items()}
        scenario = cells["scenario"] or scenario
        blank = next((c for c in _NEEDED[1:] if not cells[c]), None)
        if scenario is None or blank:
            raise _refused("blank", grid.location(row), column=blank or "scenario")
        where = grid.location(row, columns["change"])
        if _ambiguous(grid, row, columns["change"]):
            raise _refused("number", where, value=cells["change"])
        yield scenario, cells.get("unit") or None, Asked(cells["indicator"], cells["change"], where)


def _ambiguous(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell of a workbook may have been typed as a change and is kept as a value."""
    if grid.kinds[row, column] != CellKind.NUMBER:
        return False
    return bool(grid.percent[row, column]) or grid.numbers[row, column] < 0


def _gathered(rows: Sequence[tuple[str, str | None, Asked]], grid: Grid) -> tuple[Scenario, ...]:
    """Rows of one scenario together, in the order in which each is met first."""
    held: dict[str, Scenario] = {}
    for name, unit, asked in rows:
        known = held.get(name, Scenario(name, unit, ()))
        if unit and known.unit and unit != known.unit:
            raise _refused("units", asked.where, scenario=name, first=known.unit, second=unit)
        held[name] = Scenario(name, known.unit or unit, (*known.changes, asked))
    if not held:
        raise _refused("empty", Location(grid.file, grid.sheet))
    if len(held) > _MOST:
        raise _refused("many", Location(grid.file, grid.sheet), n=len(held), most=_MOST)
    return tuple(held.values())


def _refused(key: str, where: Location | None, **fields: object) -> Exception:
    told = found("U178", where, what=SCENARIOS[key].filled(**fields))
    return refusal(InputRefused, [told])
