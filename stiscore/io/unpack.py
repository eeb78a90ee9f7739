"""The worker's message as grids: the parent's half of wire.py, with numpy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stiscore.errors import InputRefused, Location
from stiscore.finding import Finding
from stiscore.io.grid import Book, CellKind, Grid
from stiscore.io.wire import ARRAYS, padded
from stiscore.words.faults import found, refusal


def unpacked(path: Path, text: bytes, arrays: memoryview) -> Book:
    """A message as a Book; a refusal in it is raised as InputRefused with its one finding.

    Arrays are read-only views into the message, numbers apart.
    """
    facts = json.loads(text)
    if "refused" in facts:
        raise refusal(InputRefused, [_finding(path, *facts["refused"])])
    grids, at = [], 0
    for sheet in facts["sheets"]:
        grid, at = _grid(path.name, sheet, arrays, at)
        grids.append(grid)
    return Book(
        file=path.name,
        sha256=facts["sha256"],
        container=facts["container"],
        grids=tuple(grids),
        encoding=facts["encoding"],
        delimiter=facts["delimiter"],
        notes=tuple(_finding(Path(path.name), *note) for note in facts["notes"]),
    )


def _finding(path: Path, code: str, place: dict[str, Any], fields: dict[str, object]) -> Finding:
    return found(code, Location(str(path), **place), unit=None, group=None, **fields)


def _grid(file: str, sheet: dict[str, Any], arrays: memoryview, at: int) -> tuple[Grid, int]:
    rows, columns = sheet["rows"], sheet["columns"]
    held: dict[str, npt.NDArray[Any]] = {}
    for name, dtype in ARRAYS:
        count = rows * columns if name != "lines" else (0 if sheet["numbered"] else rows)
        held[name] = np.frombuffer(arrays, dtype, count, at)
        at += padded(held[name].nbytes)
    shape = (rows, columns)
    kinds = held["kinds"].reshape(shape)
    numbers = np.where(kinds == CellKind.NUMBER, held["numbers"].reshape(shape), np.nan)
    lines = np.arange(1, rows + 1, dtype=np.int32) if sheet["numbered"] else held["lines"]
    grid = Grid(
        file=file,
        sheet=sheet["name"],
        kinds=kinds,
        numbers=numbers,
        text_at=held["text_at"].reshape(shape),
        texts=tuple(sheet["texts"]),
        percent=held["percent"].reshape(shape).view(np.bool_),
        lines=lines,
        hidden_rows=tuple(sheet["hidden_rows"]),
    )
    for array in (kinds, numbers, grid.text_at, grid.percent, lines):
        array.setflags(write=False)
    return grid, at
