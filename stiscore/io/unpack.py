"""The worker's message as grids: the parent's half of wire.py, with numpy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stiscore.errors import EnvironmentFault, InputRefused, Location
from stiscore.finding import Finding
from stiscore.io.grid import Book, CellKind, Grid
from stiscore.io.texts import KNOWN, Texts
from stiscore.io.wire import ARRAYS, padded
from stiscore.words.faults import found, refusal

# Refusals that are not the file's fault: an extra that is not installed.
_SURROUNDINGS = ("R129",)


def unpacked(path: Path, text: bytes, arrays: memoryview) -> Book:
    """A message as a Book; arrays are read-only views into the message.

    A refusal in it is raised with its one finding: InputRefused, or EnvironmentFault where an
    extra is missing.
    """
    facts = json.loads(text)
    if "refused" in facts:
        told = _finding(path, *facts["refused"])
        kind = EnvironmentFault if told.code in _SURROUNDINGS else InputRefused
        raise refusal(kind, [told])
    grids, at = [], 0
    for sheet in facts["sheets"]:
        grid, at = _grid(path.name, sheet, arrays, at)
        grids.append(replace(grid, semicolons=facts["delimiter"] == ";"))
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
    return found(code, Location(str(path), **place), unit=None, group=None, at=None, **fields)


def _grid(file: str, sheet: dict[str, Any], arrays: memoryview, at: int) -> tuple[Grid, int]:
    shape = (sheet["rows"], sheet["columns"])
    held: dict[str, npt.NDArray[Any]] = {}
    for name, dtype in ARRAYS:
        length = sheet["bytes"][name]
        held[name] = np.frombuffer(arrays[at : at + length], dtype)
        at += padded(length)
    kinds = held["kinds"].reshape(shape)
    lines = held["lines"] if held["lines"].size else np.arange(1, shape[0] + 1, dtype=np.int32)
    grid = Grid(
        file=file,
        sheet=sheet["name"],
        kinds=kinds,
        numbers=_numbers(held["numbers"], kinds),
        text_at=held["text_at"].reshape(shape),
        texts=_texts(held["block"], held["ends"]),
        percent=_or_none(held["percent"], shape),
        lines=lines,
        hidden_rows=tuple(sheet["hidden_rows"]),
        merged=tuple((a, b, c, d) for a, b, c, d in sheet["merged"]),
        hidden_columns=tuple(sheet["hidden_columns"]),
    )
    for array in (kinds, grid.numbers, grid.text_at, grid.percent, lines):
        array.setflags(write=False)
    return grid, at


def _numbers(sent: npt.NDArray[Any], kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """The numbers, NaN elsewhere: written into the message, so that they stand in memory once."""
    if not sent.size:
        return np.broadcast_to(np.float64(np.nan), kinds.shape)
    numbers = sent.reshape(kinds.shape)
    numbers[kinds != CellKind.NUMBER] = np.nan
    return numbers


def _or_none(sent: npt.NDArray[Any], shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
    return sent.reshape(shape).view(np.bool_) if sent.size else np.broadcast_to(False, shape)


def _texts(block: npt.NDArray[Any], ends: npt.NDArray[np.int64]) -> Sequence[str]:
    """Few texts as strings, which are looked up faster; many as the block they came in."""
    texts = Texts(block.data, ends.data)
    return tuple(texts) if len(texts) <= KNOWN else texts
