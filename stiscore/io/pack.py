"""A sheet's rows, as the parser gives them, to flat arrays. Runs in the worker, without numpy.

Whole-table steps run in C (``map`` over types, ``array`` over numbers); only cells that hold no
number are looked at one by one. A large sheet comes in blocks of rows, which are joined at the end.
"""

from __future__ import annotations

import datetime as dt
import math
from array import array
from collections.abc import Mapping
from itertools import chain, compress
from typing import Any, NamedTuple

from stiscore.io.around import within
from stiscore.io.second_look import Place, Seen
from stiscore.io.texts import Collector
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


class Block(NamedTuple):
    """Consecutive rows, all of one width, as flat arrays in row order; ``top`` is 0-based."""

    top: int
    wide: int
    numbers: array[float]
    text_at: array[int]
    kinds: bytearray
    percent: bytearray

    @property
    def tall(self) -> int:
        """How many rows."""
        return len(self.kinds) // self.wide if self.wide else 0


def packed(rows: Rows, start: Place, seen: Seen, known: Collector) -> Block:
    """Rows of equal length whose first cell is ``start``, with what the second look saw."""
    top, boxed = _boxed(rows, start, seen)
    width = len(boxed[0]) if boxed else 0
    flat = list(chain.from_iterable(boxed))
    kinds = bytearray(map(_KINDS.__getitem__, map(type, flat)))
    for (row, column), (kind, text) in seen.marks.items():
        kinds[(row - top) * width + column] = kind
        flat[(row - top) * width + column] = text
    text_at = _take_texts(flat, kinds, known)
    numbers = array("d", flat)
    if not math.isfinite(sum(numbers)):
        _refuse_infinite(numbers, kinds, text_at, known)
    percent = bytearray(len(kinds))
    for row, column in seen.percent:
        at = (row - top) * width + column
        if row >= top and column < width and at < len(kinds) and kinds[at] == NUMBER:
            percent[at] = 1
    return Block(top, width, numbers, text_at, kinds, percent)


def joined(name: str | None, blocks: list[Block], seen: Seen, known: Collector) -> Sheet:
    """Blocks from top to bottom as one sheet, trailing empty rows and columns cut off.

    Of ``seen`` only what stands around the cells is used. ``blocks`` is emptied on the way.
    """
    used = [_used(block.kinds, block.wide) for block in blocks]
    tall = max((b.top + rows for b, (rows, _) in zip(blocks, used, strict=True) if rows), default=0)
    wide = max((columns for _, columns in used), default=0)
    whole = Block(0, wide, array("d"), array("i"), bytearray(), bytearray())
    if len(blocks) == 1 and not blocks[0].top and blocks[0].wide == wide:
        whole = blocks.pop()
    for block in reversed([blocks.pop() for _ in range(len(blocks))]):
        _append(whole, block)
    _cut(whole, tall * wide)
    return Sheet(
        name,
        tall,
        wide,
        whole.numbers if NUMBER in whole.kinds else array("d"),
        whole.text_at,
        whole.kinds,
        whole.percent if 1 in whole.percent else b"",
        known.texts(),
        array("i"),
        tuple(row for row in seen.hidden_rows if row <= tall),
        tuple(within(seen.merged, tall, wide)),
        tuple(column for column in seen.hidden_columns if column <= wide),
    )


def _boxed(rows: Rows, start: Place, seen: Seen) -> tuple[int, Rows]:
    """The rows with empty cells around them, from column 0 and wide enough for every mark."""
    top, left = start if rows else (0, 0)
    bottom, wide = top + len(rows), left + (len(rows[0]) if rows else 0)
    if seen.marks:
        marked = [row for row, _ in seen.marks]
        top = min(top, *marked) if rows else min(marked)
        bottom = max(bottom, max(marked) + 1)
        wide = max(wide, max(column for _, column in seen.marks) + 1)
    right = wide - left - (len(rows[0]) if rows else 0)
    if left or right:
        before, after = [""] * left, [""] * right
        rows = [before + row + after for row in rows]
    above = start[0] - top if rows else 0
    blank = [""] * wide
    return top, [blank] * above + rows + [blank] * (bottom - top - above - len(rows))


def _take_texts(flat: list[Any], kinds: bytearray, known: Collector) -> array[int]:
    """Move all that is no number from ``flat`` (0.0 stays) to ``known`` and point to it."""
    text_at = array("i", [-1]) * len(flat)
    places = known.places
    for at in compress(range(len(flat)), kinds.translate(_NOT_NUMBERS)):
        held = flat[at]
        flat[at] = 0.0
        text = held if isinstance(held, str) else _shown(held)
        if text:
            text_at[at] = places[text]
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
    numbers: array[float], kinds: bytearray, text_at: array[int], known: Collector
) -> None:
    """A cell that says inf or nan is text, not a number."""
    for at, number in enumerate(numbers):
        if not math.isfinite(number):
            kinds[at], numbers[at] = TEXT, 0.0
            text_at[at] = known.places[str(number)]


def _used(kinds: bytearray, width: int) -> tuple[int, int]:
    tall = -(-len(kinds.rstrip(b"\0")) // width) if width else 0
    wide = width if tall else 0
    while wide and not any(kinds[wide - 1 : tall * width : width]):
        wide -= 1
    return tall, wide


def _append(whole: Block, block: Block) -> None:
    """Add a block below, after as many empty rows as lie between."""
    if not whole.wide:
        return
    _fill(whole, block.top * whole.wide - len(whole.kinds))
    if block.wide == whole.wide:
        _take(whole, block, 0, len(block.kinds))
        return
    kept = min(block.wide, whole.wide)
    for begin in range(0, len(block.kinds), block.wide or 1):
        _take(whole, block, begin, begin + kept)
        _fill(whole, whole.wide - kept)


def _take(whole: Block, block: Block, begin: int, end: int) -> None:
    whole.numbers.extend(block.numbers[begin:end])
    whole.text_at.extend(block.text_at[begin:end])
    whole.kinds.extend(block.kinds[begin:end])
    whole.percent.extend(block.percent[begin:end])


def _fill(whole: Block, cells: int) -> None:
    whole.numbers.frombytes(bytes(8 * cells))
    whole.text_at.extend([-1] * cells)
    whole.kinds.extend(bytes(cells))
    whole.percent.extend(bytes(cells))


def _cut(whole: Block, size: int) -> None:
    del whole.numbers[size:]
    del whole.text_at[size:]
    del whole.kinds[size:]
    del whole.percent[size:]
