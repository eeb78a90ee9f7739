"""A sheet's rows, as the parser gives them, to flat arrays. Runs in the worker, without numpy.

Whole-table steps run in C (``map`` over types, ``array`` over numbers); only cells that hold no
number are looked at one by one.
"""

from __future__ import annotations

import datetime as dt
import math
from array import array
from collections.abc import Mapping
from itertools import chain, compress
from typing import Any

from stiscore.io.second_look import Seen
from stiscore.io.wire import BOOLEAN, DATE, EMPTY, NUMBER, TEXT, Sheet

Rows = list[list[Any]]

_KINDS: Mapping[type, int] = {
    float: NUMBER,
    int: NUMBER,
    str: TEXT,
    bool: BOOLEAN,
    dt.date: DATE,
    dt.datetime: DATE,
    dt.time: DATE,
    dt.timedelta: DATE,
}
# For compress(): 1 where the cell holds no number and must be looked at one by one.
_NOT_NUMBERS = bytes(kind != NUMBER for kind in range(256))


def packed(name: str | None, rows: Rows, seen: Seen) -> Sheet:
    """Rows of equal length as flat arrays, trailing empty rows and columns cut off."""
    width = len(rows[0]) if rows else 0
    flat = list(chain.from_iterable(rows))
    kinds = bytearray(map(_KINDS.__getitem__, map(type, flat)))
    for (row, column), (kind, text) in seen.marks.items():
        kinds[row * width + column] = kind
        flat[row * width + column] = text
    table: dict[str, int] = {}
    text_at = _take_texts(flat, kinds, table)
    numbers = array("d", flat)
    if not math.isfinite(sum(numbers)):
        _refuse_infinite(numbers, kinds, text_at, table)
    tall, wide = _used(kinds, width)
    if wide < width:
        cut = [i for i in range(tall * width) if i % width < wide]
        numbers = array("d", [numbers[i] for i in cut])
        text_at = array("i", [text_at[i] for i in cut])
        kinds = bytearray(kinds[i] for i in cut)
    size = tall * wide
    percent = _percent(seen, kinds, tall, wide)
    hidden = tuple(row for row in seen.hidden_rows if row <= tall)
    return Sheet(
        name, tall, wide, numbers[:size], text_at[:size], kinds[:size], percent, list(table),
        array("i"), hidden,
    )  # fmt: skip


def _percent(seen: Seen, kinds: bytearray, tall: int, wide: int) -> bytearray:
    """1 where a number is shown as a percentage."""
    percent = bytearray(tall * wide)
    for row, column in seen.percent:
        if row < tall and column < wide and kinds[row * wide + column] == NUMBER:
            percent[row * wide + column] = 1
    return percent


def _take_texts(flat: list[Any], kinds: bytearray, table: dict[str, int]) -> array[int]:
    """Move all that is no number from ``flat`` (0.0 stays) to ``table`` and point to it."""
    text_at = array("i", [-1]) * len(flat)
    for at in compress(range(len(flat)), kinds.translate(_NOT_NUMBERS)):
        held = flat[at]
        flat[at] = 0.0
        text = held if isinstance(held, str) else _shown(held)
        if text:
            text_at[at] = table.setdefault(text, len(table))
        else:
            kinds[at] = EMPTY
    return text_at


def _shown(held: object) -> str:
    """A truth value or a moment as text, dates and times in ISO 8601."""
    if isinstance(held, bool):
        return "TRUE" if held else "FALSE"
    if isinstance(held, dt.timedelta):
        return f"PT{held.total_seconds():.15g}S"
    if isinstance(held, (dt.date, dt.time)):
        return held.isoformat()
    return str(held)


def _refuse_infinite(
    numbers: array[float], kinds: bytearray, text_at: array[int], table: dict[str, int]
) -> None:
    """A cell that says inf or nan is text, not a number."""
    for at, number in enumerate(numbers):
        if not math.isfinite(number):
            kinds[at], numbers[at] = TEXT, 0.0
            text_at[at] = table.setdefault(str(number), len(table))


def _used(kinds: bytearray, width: int) -> tuple[int, int]:
    tall = -(-len(kinds.rstrip(b"\0")) // width) if width else 0
    wide = width if tall else 0
    while wide and not any(kinds[wide - 1 : tall * width : width]):
        wide -= 1
    return tall, wide


def widened(rows: Rows, tall: int, wide: int) -> Rows:
    """The rows with empty cells added, up to ``tall`` by ``wide``."""
    if rows and wide > len(rows[0]):
        rows = [row + [""] * (wide - len(row)) for row in rows]
    return rows + [[""] * wide for _ in range(tall - len(rows))]
