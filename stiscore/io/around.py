"""What stands around a sheet's cells: merged ranges after them, hidden columns before them.

Runs in the worker, on the standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from stiscore.io.wire import Box

MERGES = 10_000  # a table's head has dozens; a million would only cost memory
_COLUMNS = 16_384
_REFERENCE = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?\Z")


@lru_cache(maxsize=20_000)
def column_number(letters: bytes) -> int:
    """The 0-based column of a letter name.

    >>> column_number(b"A"), column_number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell, from 0-based places.

    >>> cell_name(2, 27)
    'AB3'
    """
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


@lru_cache(maxsize=64)
def _attribute(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?:^|\s)%b\s*=\s*(?:\"([^\"]*)\"|'([^']*)')" % re.escape(name))


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """The value of an attribute in the inside of a tag.

    >>> attribute(b' r="A1" s="3"', b"s")
    b'3'
    """
    found = _attribute(name).search(tag)
    if found is None:
        return None
    return found[1] if found[1] is not None else found[2]


def merges(xml: bytes, prefix: bytes, after: int) -> tuple[Box, ...]:
    """The merged ranges a sheet lists after its cells, at most ``MERGES``; none overlaps in Excel.

    >>> merges(b'<mergeCells><mergeCell ref="B1:C2"/></mergeCells>', b"", 0)
    ((0, 1, 1, 2),)
    """
    if xml.find(b"<%bmergeCell " % prefix, after) < 0:
        return ()
    tag = re.compile(rb"<%bmergeCell(\s[^>]*)>" % re.escape(prefix))
    boxes = (_box(attribute(found[1], b"ref")) for found in tag.finditer(xml, after))
    return tuple(islice((box for box in boxes if box is not None), MERGES))


def hidden_columns(xml: bytes, prefix: bytes, before: int) -> tuple[int, ...]:
    """The hidden columns, 1-based, from the column list in front of the cells.

    >>> hidden_columns(b'<cols><col min="2" max="3" hidden="1"/></cols>', b"", 46)
    (2, 3)
    """
    begin = xml.find(b"<%bcols" % prefix, 0, before)
    if begin < 0:
        return ()
    hidden: set[int] = set()
    for found in re.finditer(rb"<%bcol(\s[^>]*)>" % re.escape(prefix), xml[begin:before]):
        if attribute(found[1], b"hidden") in (b"1", b"true"):
            ends = (attribute(found[1], b"min") or b"", attribute(found[1], b"max") or b"")
            if all(end.isdigit() and len(end) <= 5 for end in ends):
                hidden.update(range(int(ends[0]), min(int(ends[1]), _COLUMNS) + 1))
    return tuple(sorted(hidden))


def within(boxes: Iterable[Box], tall: int, wide: int) -> Iterator[Box]:
    """The ranges that begin in the used range, cut off at its end; a lone cell is no merge.

    >>> list(within([(0, 0, 0, 9), (0, 2, 5, 2), (7, 0, 8, 0)], 3, 3))
    [(0, 0, 0, 2), (0, 2, 2, 2)]
    """
    for top, left, bottom, right in boxes:
        last = (min(bottom, tall - 1), min(right, wide - 1))
        if top <= last[0] and left <= last[1] and (top, left) != last:
            yield top, left, *last


def _box(reference: bytes | None) -> Box | None:
    found = _REFERENCE.match(reference or b"")
    if found is None or found[3] is None:
        return None
    rows = sorted((int(found[2]) - 1, int(found[4]) - 1))
    columns = sorted((column_number(found[1]), column_number(found[3])))
    return (rows[0], columns[0], rows[1], columns[1]) if rows[0] >= 0 else None
