"""Small frameworks with levels, and tables as rows of Python values, for tests of reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.io.grid import Book, Grid
from stiscore.io.memory import grid_of
from stiscore.io.read import interpret
from tests import made

PROVINCES = ["北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江"]


def indicator(node: str, measured_in: str = "%", **fields: Any) -> dict[str, Any]:
    """A leaf used at both levels, named '<id> name' and '<id>名称'."""
    scale = {"goalposts": [0, 50], "basis": "judgement", "plausible": [0, 80]}
    given = {
        "measured_in": measured_in,
        "name": {"en": f"{node} name", "zh": f"{node}名称"},
        "levels": {"national": scale, "regional": scale},
    }
    return made.leaf(node, **{**given, **fields})


def framework(*leaves: dict[str, Any], **fields: Any) -> Framework:
    """A framework of provinces and economies; without leaves of share, papers, money, context."""
    shown = leaves or (
        indicator("share", bounds=[0, 100], aliases=["Trade (% of GDP)", "占比"]),
        indicator("papers", "per 1,000 population", bounds=[0, None]),
        indicator("index", "index 0-1", bounds=[0, 1]),
        indicator("fiscal", role="context"),
    )
    levels = {
        "national": {**_level("national"), "registry": "economy"},
        "regional": {**_level("regional"), "registry": "province"},
    }
    quantities = [
        {"id": "gdp", "name": {"en": "GDP", "zh": "地区生产总值"}, "measured_in": "万元"},
        {"id": "trade", "name": {"en": "Trade value", "zh": "进出口总额"}, "measured_in": "万元"},
    ]
    return made.framework(
        made.group("whole", [made.group("area", shown)]),
        **{"levels": levels, "quantities": quantities, **fields},
    )


def _level(node: str) -> dict[str, Any]:
    return {"name": made.name(node), "units": made.name("units")}


def sheet(rows: Sequence[Sequence[object]], name: str | None = "data") -> Grid:
    """Rows as a sheet of 'd.xlsx', or of 'd.csv' when the name is None."""
    grid = grid_of(rows)
    return Grid(
        file="d.xlsx" if name else "d.csv",
        sheet=name,
        kinds=grid.kinds,
        numbers=grid.numbers,
        text_at=grid.text_at,
        texts=grid.texts,
        percent=grid.percent,
        lines=grid.lines,
    )


def book(*grids: Grid) -> Book:
    """A workbook of these sheets."""
    container = "xlsx" if grids[0].sheet else "csv"
    return Book(grids[0].file, "0" * 64, container, grids)


def read(
    rows: Sequence[Sequence[object]], model: Framework | None = None, **options: Any
) -> Dataset:
    """A Dataset from rows of a sheet called 'data'."""
    return interpret(book(sheet(rows)), model or framework(), **options)
