"""``evaluate`` as a whole process, beside the bare floor and beside ``import pandas``.

The floor is the least a tool of this kind can do with the same libraries: a Typer command with one
argument that imports pydantic, rich, yaml and numpy, reads the workbook with the bare parser and
scores it in a few lines: no framework, checks, guards, names or report.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.race import race, table
from stiscore.framework.locate import shipped_samples

FLOOR = """
from pathlib import Path
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

@app.command()
def score(book: Path) -> None:
    import numpy as np
    import yaml
    from pydantic import BaseModel
    from python_calamine import CalamineWorkbook
    from rich.console import Console
    from rich.table import Table

    class Row(BaseModel):
        place: int

    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    x = np.array([[v if isinstance(v, float) else np.nan for v in row] for row in rows])
    x = x[~np.isnan(x).all(axis=1)]
    low, high = np.nanmin(x, axis=0), np.nanmax(x, axis=0)
    score = np.nanmean(100 * (x - low) / np.where(high > low, high - low, 1), axis=1)
    shown = Table()
    shown.add_column("rank")
    shown.add_column("score")
    for place, row in enumerate(np.argsort(-score), start=1):
        shown.add_row(str(Row(place=place).place), f"{score[row]:.1f}")
    Console().print(shown)

app()
"""


def run(runs: int) -> None:
    """Print the table."""
    book = str(Path(shipped_samples()) / "provinces_2022.xlsx")
    python = sys.executable
    commands = {
        "floor": [python, "-W", "ignore", "-c", FLOOR, book],
        "import pandas": [python, "-c", "import pandas"],
        "stiscore --help": [python, "-m", "stiscore", "--help"],
        "stiscore evaluate": [python, "-m", "stiscore", "evaluate", book],
    }
    print(table(race(commands, runs), against="floor"))
