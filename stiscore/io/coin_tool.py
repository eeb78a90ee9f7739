"""A workbook of the JRC COIN Tool -> a framework, and its figures as a table.

Nothing is read from fixed addresses: cells are found by their labels, so that both versions of the
tool and a workbook with rows put in are read alike.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stiscore.io.coin_database import Database, Row
from stiscore.io.coin_framework import FrameworkSheet
from stiscore.io.elements.assemble import About, assembled
from stiscore.io.elements.element import Element, Imported, Ledger
from stiscore.io.elements.tree import branches
from stiscore.io.parse import read_book

if TYPE_CHECKING:
    from stiscore.io.grid import Book, Grid


class CoinTool(NamedTuple):
    """What a workbook held: the framework with notes, and a table with its head first."""

    imported: Imported
    table: tuple[Row, ...]


def from_coin_tool(
    path: Path,
    *,
    id_: str | None = None,
    title: str | None = None,
    allow_large: bool = False,
) -> CoinTool:
    """The framework of a COIN Tool workbook and the figures of its sheet Database.

    Normalisation by min-max, goalposts, z-scores or percentile ranks is taken over, and a mean that
    all groups of a step share; other settings are noted (F175). Figures stand as they are before
    any treatment, missing ones are None, texts that are no figures stay texts. Raises InputRefused
    for a sheet (F158) or a label (F159) that is not there, an indicator without a column (F160), a
    sheet without units (F161), and faults of rows as ``from_coinr`` does.
    """
    book = read_book(path, allow_large=allow_large)
    ledger = Ledger(book.file)
    sheet = FrameworkSheet.of(_sheet(book, "Framework", ledger), ledger)
    rows = sheet.elements()
    leaves = _leaves(rows, ledger)
    database = Database.of(_sheet(book, "Database", ledger), leaves, ledger)
    elements = database.completed(rows)
    method = {**database.normalisation(elements), **sheet.aggregation(rows)}
    made = assembled(elements, About(path.name, "coin-tool", id_, title, method), ledger)
    ids = [indicator.id for indicator in made.framework.indicators]
    return CoinTool(made, database.table([leaf.code for leaf in leaves], ids))


def _leaves(elements: list[Element], ledger: Ledger) -> list[Element]:
    """The indicators in the order of the tree; its faults are raised."""
    top, below = branches(elements, ledger)
    waiting, leaves = [top], []
    while waiting:
        element = waiting.pop()
        waiting.extend(reversed(below.get(element.code, [])))
        if element.kind == "Indicator":
            leaves.append(element)
    return leaves


def _sheet(book: Book, name: str, ledger: Ledger) -> Grid:
    """The sheet of a name, F158 when there is none."""
    for grid in book.grids:
        if (grid.sheet or "").strip().casefold() == name.casefold():
            return grid
    held = ", ".join(grid.sheet or "-" for grid in book.grids)
    ledger.note("F158", None, name=name, held=held)
    raise ledger.refused()
