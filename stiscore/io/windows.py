"""A large sheet's XML as a run of small sheets, cut between rows.

Each piece is a whole sheet of its own for the parser and for the second look, so that neither ever
holds the large one. Runs in the worker, on the standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stiscore.io.guard import MB
from stiscore.io.second_look import DATA, Unclear

SIZE = 16 * MB  # the parser takes about four times as much for the cells of one piece
_ROOT = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?worksheet)\b[^>]*>\s*")
# What may hold text that only looks like the end of a row, or like a cell.
_SPECIAL = (b"<!", b"<?")
_WRAPPER = b"AlternateContent"


def windows(pieces: Iterable[bytes], size: int = SIZE) -> Iterator[bytes]:
    """Whole small sheets of about ``size`` bytes; the last has all that follows the cells.

    Raises Unclear, possibly after some were given, where the sheet cannot be cut for certain: the
    caller must then read it whole.

    >>> xml = b'<worksheet><sheetData><row r="1"></row><row r="2"></row></sheetData></worksheet>'
    >>> list(windows([xml[:42], xml[42:]], 40))[0]
    b'<worksheet><sheetData><row r="1"></row></sheetData></worksheet>'
    """
    held, head, foot, row_end = bytearray(), b"", b"", b""
    for piece in pieces:
        held += piece
        if len(held) < size:
            continue
        if not head:
            head, foot, row_end = _ends(bytes(held))
            del held[: len(head)]
        cut = held.rfind(row_end) + len(row_end)
        if cut >= len(row_end) and held.find(b"sheetData") < 0:
            yield head + _plain(bytes(held[:cut])) + foot
            del held[:cut]
    yield head + (_plain(bytes(held)) if head else bytes(held))


def _ends(start: bytes) -> tuple[bytes, bytes, bytes]:
    """What comes before the cells, what closes a sheet after them, what closes a row."""
    data, root = DATA.search(start), _ROOT.search(start)
    if data is None or data[2] or root is None or root.end() > data.start():
        raise Unclear
    head = start[: data.end()]
    if b"<!" in head or _WRAPPER in head:
        raise Unclear
    return head, b"</%bsheetData></%b>" % (data[1], root[1]), b"</%brow>" % data[1]


def _plain(rows: bytes) -> bytes:
    if any(rows.find(sign) >= 0 for sign in _SPECIAL):
        raise Unclear
    return rows
