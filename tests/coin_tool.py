"""A workbook laid out as the COIN Tool's version 1 is described to be, for tests to change.

The sheet Framework has its table on the left and repeats codes, weights and directions in a panel
on the right; unused slots hold dashes. The sheet Database has the list of methods in its first
column, settings on top, rows that describe the indicators, and a numbered row a unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

Cells = Mapping[str, str | float]

FRAMEWORK: dict[str, str | float] = {
    "B2": "Conceptual framework", "M2": "Name", "O2": "Skills", "L3": "Your conceptual framework",
    "M3": "Weight", "O3": 1, "B4": "Item", "C4": "Dimension/indicator", "D4": "Supra-dimension",
    "E4": "Weight", "F4": "Aggregation", "G4": "Direction", "H4": "Name of dimension/indicator",
    "J4": "Code", "M4": "Direction", "O4": 1, "M5": "Level 4",
}  # fmt: skip
ROWS = (
    ("Index", "Index", "", 1, "Arithmetic", 1, "Skills"),
    ("Sub-indices", "si.01", "Index", 1, "Arithmetic", 1, "Skills"),
    ("", "si.02", "-", "-", "-", "-", "-"),
    ("Pillars", "p.01", "si.01", 0.6, "Geometric", 1, "Development"),
    ("", "p.02", "si.01", 0.4, "Geometric", 1, "Matching"),
    ("Sub-pillars", "sp.01", "p.01", 1, "Arithmetic", 1, "Education"),
    ("", "sp.02", "p.02", 1, "Arithmetic", 1, "Mismatch"),
    ("Indicators", "ind.01", "sp.01", 0.7, "", 1, "Pupils per teacher"),
    ("", "ind.02", "sp.01", 0.3, "", 1, "Recent training"),
    ("", "ind.03", "sp.02", 1, "", -1, "Long-term unemployment"),
    ("", "ind.04", "-", "-", "", "-", "-"),
)
DATABASE: dict[str, str | float] = {
    "A1": "Minmax", "A2": "Datamax", "A3": "Goalposts", "B1": "Database",
    "C2": "Normalisation method:", "D2": "Minmax", "C3": "Minimum score", "D3": 1,
    "C4": "Maximum score", "D4": 10, "C5": "Mean score", "D5": 50, "C6": "Standard deviation",
    "D6": 10, "D8": "Code", "E8": "ind.01", "F8": "ind.02", "G8": "ind.03",
    "D9": "Indicator name", "E9": "Pupils per teacher", "F9": "Recent training",
    "G9": "Long-term unemployment", "D10": "Unit", "E10": "ratio", "F10": "%", "G10": "%",
    "D11": "Lower goalpost", "E11": 8, "F11": 0, "G11": 0.5,
    "D12": "Upper goalpost", "E12": 20, "F12": 30, "G12": 20, "D13": "Source", "E13": "Eurostat",
    "B14": 1, "C14": "AT", "D14": "Austria", "E14": 13.5, "F14": 14.9, "G14": 1.8,
    "B15": 2, "C15": "BE", "D15": "Belgium", "E15": 14.1, "F15": "..", "G15": 4.0,
    "B16": 3, "C16": "EL", "D16": "Greece", "E16": "n.d.", "F16": 4.0, "G16": 17.0,
}  # fmt: skip


def workbook(file: Path, framework: Cells | None = None, database: Cells | None = None) -> Path:
    """Write the workbook with some cells of its sheets changed; "" leaves a cell empty."""
    book = Workbook()
    book.remove(book.active)
    rows = {
        f"{column}{number}": value
        for number, row in enumerate(ROWS, start=5)
        for column, value in zip("BCDEFGH", row, strict=True)
    }
    sheets = {
        "Intro": {"F3": "COIN Tool"},
        "Database": {**DATABASE, **(database or {})},
        "Framework": {**FRAMEWORK, **rows, **(framework or {})},
    }
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for address, value in cells.items():
            sheet[address] = None if value == "" else value
    book.save(file)
    return file
