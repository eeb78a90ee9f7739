"""What the worker tells its parent: one message, the same few types on both sides.

The worker runs on strangers' bytes, so this module imports the standard library only. A message is
a header (magic, two lengths), JSON for text and facts, then packed little-endian arrays.
"""

from __future__ import annotations

import json
import struct
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Mapping, Sequence

    from stiscore.io.texts import Texts

MAGIC: Final = b"STIGRID2"
HEADER: Final = struct.Struct("<8sQQ")
# The order and the dtype of a sheet's arrays; each is padded to eight bytes. The texts of all its
# cells are one block, and ``ends`` tells where each ends.
ARRAYS: Final = (
    ("numbers", "<f8"),
    ("text_at", "<i4"),
    ("lines", "<i4"),
    ("kinds", "u1"),
    ("percent", "u1"),
    ("ends", "<i8"),
    ("block", "u1"),
)

# The values of stiscore.io.grid.CellKind, which cannot be imported here without numpy.
EMPTY, NUMBER, TEXT, BOOLEAN, DATE, ERROR, NO_VALUE = range(7)


class Refused(Exception):
    """A guard or a parser says no: a code of words/faults/file.py, its figures, its place."""

    def __init__(
        self, code: str, place: Mapping[str, object] | None = None, **fields: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.place = dict(place or {})
        self.fields = fields


class Note(NamedTuple):
    """Something to tell that stops nothing; ``place`` as in ``Location`` without the file."""

    code: str
    place: dict[str, object]
    fields: dict[str, object]


Box = tuple[int, int, int, int]


class Sheet(NamedTuple):
    """A grid as flat arrays in row order.

    ``lines`` is empty where rows are numbered from 1, ``numbers`` where no cell holds one and
    ``percent`` where none is shown as a percentage: a text file need not send zeros.
    """

    name: str | None
    rows: int
    columns: int
    numbers: array[float]
    text_at: array[int]
    kinds: bytes | bytearray
    percent: bytes | bytearray
    texts: Texts
    lines: array[int]
    hidden_rows: tuple[int, ...] = ()
    merged: Sequence[Box] = ()
    hidden_columns: tuple[int, ...] = ()


class Parsed(NamedTuple):
    """A file, parsed."""

    container: str
    sheets: list[Sheet]
    notes: list[Note]
    encoding: str | None = None
    delimiter: str | None = None


def padded(length: int) -> int:
    """The room an array of ``length`` bytes takes in a message.

    >>> padded(9), padded(16)
    (16, 16)
    """
    return -(-length // 8) * 8


def book_message(parsed: Parsed, sha256: str) -> Iterable[bytes | memoryview]:
    """The message for a parsed file, in pieces to be written one after another."""
    arrays = [_arrays(sheet) for sheet in parsed.sheets]
    sheets = [
        {
            "name": s.name,
            "rows": s.rows,
            "columns": s.columns,
            "bytes": {name: held.nbytes for name, held in these.items()},
            "hidden_rows": s.hidden_rows,
            "hidden_columns": s.hidden_columns,
            "merged": s.merged,
        }
        for s, these in zip(parsed.sheets, arrays, strict=True)
    ]
    facts = {
        "sha256": sha256,
        "container": parsed.container,
        "encoding": parsed.encoding,
        "delimiter": parsed.delimiter,
        "notes": parsed.notes,
        "sheets": sheets,
    }
    return _message(facts, [held for these in arrays for held in these.values()])


def refusal_message(refused: Refused) -> Iterable[bytes | memoryview]:
    """The message for a file that was not read."""
    return _message({"refused": [refused.code, refused.place, refused.fields]}, [])


def _message(facts: Mapping[str, object], arrays: list[memoryview]) -> Iterable[bytes | memoryview]:
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    text += b" " * (padded(len(text)) - len(text))
    yield HEADER.pack(MAGIC, len(text), sum(padded(held.nbytes) for held in arrays))
    yield text
    for held in arrays:
        yield held
        yield bytes(padded(held.nbytes) - held.nbytes)


def _arrays(sheet: Sheet) -> dict[str, memoryview]:
    """The arrays by name, as bytes and not copied: a large sheet must not stand here twice."""
    held = {**sheet._asdict(), "ends": sheet.texts.ends, "block": sheet.texts.block}
    views = {}
    for name, dtype in ARRAYS:
        if sys.byteorder == "big" and dtype.startswith("<"):
            held[name].byteswap()
        views[name] = memoryview(held[name]).cast("B")
    return views
