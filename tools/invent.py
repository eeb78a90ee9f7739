"""Invents the workbook that shows the whole regional framework; no figure in it is a statistic.

Each figure lies between the goalposts by how developed a province is taken to be (its place by GDP
per head, the one thing borrowed from reality) and by chance with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from sheets import cell, exact, head, loud, prose, save, widths

from stiscore.framework.model import Indicator

Row = dict[str, str]
MARK = "虚构数据 INVENTED DATA - 仅供演示 for demonstration only"
SEED = 2024
YEARS = (2021, 2022)
BLANK = 0.04
# What the framework measures in, as a Chinese table would say it; the rest stays as it is there.
MEASURED_IN = {
    "per 100 FTE": "篇/百人年",
    "per 1,000 population": "人/千人",
    "per 10,000 R&D FTE": "个/万人年",
    "per 100,000 R&D FTE": "项/十万人年",
    "index 0-1": "指数0-1",
    "points": "分",
    "days": "天",
    "ratio": "比",
}


def development(people: list[Row]) -> dict[str, float]:
    """Every province's place by GDP per head, from 0 (lowest) to 1 (highest)."""

    def per_head(row: Row) -> float:
        return float(row["context_gdp_yi_yuan"]) / float(row["context_population_wan"])

    order = sorted(people, key=per_head)
    return {row["省份"]: place / (len(order) - 1) for place, row in enumerate(order)}


def figure(indicator: Indicator, share: float) -> str:
    """The value ``share`` of the way to the better goalpost, inside the plausible range."""
    scale = indicator.levels["regional"]
    if scale.goalposts is None or scale.plausible is None:
        message = f"{indicator.id} has no goalposts or plausible range to invent figures by"
        raise ValueError(message)
    low, high = scale.goalposts if indicator.direction == "benefit" else scale.goalposts[::-1]
    bent = share * share if indicator.curve == "sqrt" else share
    least, most = scale.plausible
    value = min(max(low + (high - low) * bent, least), most)
    return f"{value:.{digits(abs(high - low))}f}"


def digits(width: float) -> int:
    """Decimals that suit an indicator whose goalposts lie this far apart."""
    return 3 if width <= 1 else 2 if width <= 10 else 1


def draw(chosen: Sequence[Indicator], people: list[Row]) -> dict[tuple[str, int], list[str | None]]:
    """The figures of every province and year, in the order of the indicators; None is a blank."""
    chance = random.Random(SEED)
    drawn: dict[tuple[str, int], list[str | None]] = {}
    for province, level in development(people).items():
        own = 0.1 + 0.7 * level + chance.gauss(0, 0.06)
        start = [own + chance.gauss(0, 0.12) for _ in chosen]
        for passed, year in enumerate(YEARS):
            gains = [passed * max(chance.gauss(0.03, 0.02), 0) for _ in chosen]
            shares = [max(s, 0.02) + g for s, g in zip(start, gains, strict=True)]
            drawn[province, year] = [
                None if chance.random() < BLANK else figure(i, s)
                for i, s in zip(chosen, shares, strict=True)
            ]
    return drawn


def invent(
    chosen: Sequence[Indicator], people: list[Row], told: list[tuple[str, str]], path: Path
) -> None:
    """Write the workbook: every indicator, every province, two years, each sheet marked."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet, notes = book.create_sheet("invented_data"), book.create_sheet("invented_notes")
    for each in (sheet, notes):
        loud(each, MARK)
        each.sheet_properties.tabColor = "C00000"
    names = ["省份", "年份", *(i.name.zh for i in chosen)]
    ids = [None, None, *(i.id for i in chosen)]
    measured = ["单位", None, *(MEASURED_IN.get(i.measured_in, i.measured_in) for i in chosen)]
    head(sheet, [names, ids, measured], first=2)
    widths(sheet, [10, 8])
    drawn = draw(chosen, people)
    keys = [(row["省份"], year) for year in YEARS for row in people]
    for r, (province, year) in enumerate(keys, start=5):
        cell(sheet, r, 1).value, cell(sheet, r, 2).value = province, year
        for c, value in enumerate(drawn[province, year], start=3):
            if value is not None:
                exact(cell(sheet, r, c), value)
    sheet.freeze_panes = "C5"
    prose(notes, told, (18, 110), first=2)
    save(book, path)
